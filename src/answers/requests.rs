//! Reads the names of the items in the body of a request.

use super::draft::Draft;
use super::item_names::add_name;
use super::parser::parse;
use super::senses::sense;
use super::tree::Tree;
use crate::model::complaint::{AnswerPlace, ItemName, NameLevel};

/// The items in the body of a request in JSON, in their order; none of any other body.
#[must_use]
pub fn items(body: &[u8]) -> Vec<ItemName> {
    let mut items = Vec::new();
    if let Some(tree) = parse(&String::from_utf8_lossy(body)).tree {
        read(&tree, "", &mut items);
    }
    items
}

fn read(tree: &Tree, path: &str, items: &mut Vec<ItemName>) {
    match tree {
        Tree::List(list) => {
            for (place, value) in list.iter().enumerate() {
                read(value, &format!("{path}/{place}"), items);
            }
        }
        Tree::Object(object) => {
            let mut draft = Draft::default();
            for (key, value) in &object.members {
                if let Some(sense) = sense(key) {
                    add_name(&mut draft, key, sense, value);
                }
            }
            draft.close_span();
            let before = items.len();
            for (key, value) in &object.members {
                read(value, &format!("{path}/{key}"), items);
            }
            // An object around others, such as the agent of several shifts, is not an item.
            if items.len() == before && draft.names.level() == NameLevel::Record {
                let place = AnswerPlace { line: None, pointer: Some(path.to_owned()) };
                items.push(ItemName { place, ..draft.names });
            } else if let Some(agent) = draft.names.agents.first() {
                let of_agent = items.iter_mut().skip(before).filter(|item| item.agents.is_empty());
                of_agent.for_each(|item| item.agents.push(agent.clone()));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn items_are_the_innermost_objects_with_names() {
        let body = br#"{"agentId":"7","shifts":[{"id":"s-1","start":"a","end":"b"},{"id":"s-2"}]}"#;
        let items = items(body);
        let shown: Vec<_> = items
            .iter()
            .map(|item| (item.place.to_string(), item.ids.join(" "), item.agents.join(" ")))
            .collect();
        let of = |place: &str, id: &str| (place.to_owned(), id.to_owned(), "7".to_owned());
        assert_eq!(shown, [of("/shifts/0", "s-1"), of("/shifts/1", "s-2")]);
    }

    #[test]
    fn other_bodies_have_no_items() {
        assert!(items(b"").is_empty());
        assert!(items(b"id=s-1&start=x").is_empty());
        assert!(items(br#"{"note":"x"}"#).is_empty());
    }
}
