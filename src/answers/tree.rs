//! The values of JSON.

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as written.
    Number(String),
    /// A string without its quotes and escapes.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Object(Object),
}

impl Tree {
    /// The object that it is.
    pub(super) fn as_object(&self) -> Option<&Object> {
        if let Tree::Object(object) = self { Some(object) } else { None }
    }

    /// The elements of the list that it is.
    pub(super) fn as_list(&self) -> Option<&[Tree]> {
        if let Tree::List(list) = self { Some(list) } else { None }
    }

    /// The text that it is.
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Tree::Text(text) = self { Some(text) } else { None }
    }

    /// The word of a string or number.
    pub(super) fn as_word(&self) -> Option<&str> {
        match self {
            Tree::Text(word) | Tree::Number(word) => Some(word.trim()),
            _ => None,
        }
    }
}

/// A JSON object.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Object {
    /// Its keys and values, in order.
    pub(super) members: Vec<(String, Tree)>,
    /// Whether the text breaks off within it.
    pub(super) cut: bool,
}

impl Object {
    /// The value of a key; of several equal keys the last counts, as nearly everywhere.
    pub(super) fn get(&self, key: &str) -> Option<&Tree> {
        self.members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether it has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}
