//! Reads the text of a configuration: TOML becomes values that know their lines.

use crate::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The file that a value is from.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// How messages call it.
    pub(super) shown: String,
    /// Its folder, relative to the working directory; empty if it is that.
    pub(super) folder: PathBuf,
}

/// Something in a file, and the line at which it begins, from 1.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    pub(super) home: Arc<Home>,
    pub(super) line: usize,
    pub(super) value: T,
}

impl<T> Located<T> {
    /// A refusal that names the place.
    pub(super) fn refuse(&self, message: &str, help: &str) -> Error {
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        Error::usage(format!("{}: {message}", self.place()), help)
    }

    /// The place as messages call it: `shiftlint.toml:7`.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.home.shown, self.line)
    }

    /// Something else at the same place.
    pub(super) fn beside<Other>(&self, value: Other) -> Located<Other> {
        Located { home: Arc::clone(&self.home), line: self.line, value }
    }
}

/// A value of TOML, as far as configurations need it.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// A number or a date, as it is written.
    Literal(String),
    Flag(bool),
    List(Vec<Located<Value>>),
    Table(Vec<ConfigEntry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct ConfigEntry {
    pub(super) key: Located<String>,
    pub(super) value: Located<Value>,
}

impl Value {
    /// What it is, for messages.
    const fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::Literal(_) => "a number or a date",
            Value::Flag(_) => "true or false",
            Value::List(_) => "an array",
            Value::Table(_) => "a table",
        }
    }
}

impl Located<Value> {
    /// A refusal of a value that is of another kind than its key wants.
    fn refuse_kind(&self, key: &str, wanted: &str) -> Error {
        self.refuse(&format!("`{key}` wants {wanted}, and this is {}", self.value.kind()), "")
    }

    /// The words of a string, a number or a date.
    ///
    /// # Errors
    /// When it is something else.
    pub(super) fn word(&self, key: &str) -> Result<&str, Error> {
        match &self.value {
            Value::Text(word) | Value::Literal(word) => Ok(word),
            _ => Err(self.refuse_kind(key, "a string")),
        }
    }

    /// Whether it says `true`.
    ///
    /// # Errors
    /// When it says neither `true` nor `false`.
    pub(super) fn flag(&self, key: &str) -> Result<bool, Error> {
        match self.value {
            Value::Flag(flag) => Ok(flag),
            _ => Err(self.refuse_kind(key, "true or false")),
        }
    }

    /// The items of an array, or the one value that stands for an array of one.
    pub(super) fn items(&self) -> &[Located<Value>] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a table.
    ///
    /// # Errors
    /// When it is no table.
    pub(super) fn entries(&self, key: &str) -> Result<&[ConfigEntry], Error> {
        match &self.value {
            Value::Table(entries) => Ok(entries),
            _ => Err(self.refuse_kind(key, "a table")),
        }
    }
}

/// The entries of a configuration, by line.
///
/// # Errors
/// When the text is not TOML.
pub(super) fn parse(text: &str, home: &Arc<Home>) -> Result<Vec<ConfigEntry>, Error> {
    let lines = ConfigText { home, text };
    let table = DeTable::parse(text).map_err(|error| {
        let place = lines.at(error.span().map_or(0, |span| span.start), ());
        let message = error.message().replace('\n', "; ");
        place.refuse(&format!("this is not TOML: {message}"), "")
    })?;
    Ok(lines.table(table.get_ref()))
}

/// A text, in which values have lines.
struct ConfigText<'t> {
    home: &'t Arc<Home>,
    text: &'t str,
}

impl ConfigText<'_> {
    fn at<T>(&self, byte: usize, value: T) -> Located<T> {
        let before = self.text.as_bytes().get(..byte).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Located { home: Arc::clone(self.home), line, value }
    }

    fn table(&self, table: &DeTable<'_>) -> Vec<ConfigEntry> {
        let mut entries: Vec<ConfigEntry> = table
            .iter()
            .map(|(key, value)| ConfigEntry {
                key: self.at(key.span().start, key.get_ref().clone().into_owned()),
                value: self.value(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key.line);
        entries
    }

    fn list(&self, items: &DeArray<'_>) -> Vec<Located<Value>> {
        items.iter().map(|item| self.value(item)).collect()
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Located<Value> {
        let converted = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            DeValue::Integer(number) if number.radix() == 10 => {
                Value::Literal(number.as_str().to_owned())
            }
            DeValue::Integer(number) => {
                let parsed = i64::from_str_radix(number.as_str(), number.radix());
                Value::Literal(parsed.map_or_else(|_| number.as_str().into(), |it| it.to_string()))
            }
            DeValue::Float(number) => Value::Literal(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(moment) => Value::Literal(moment.to_string()),
            DeValue::Array(items) => Value::List(self.list(items)),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        self.at(value.span().start, converted)
    }
}
