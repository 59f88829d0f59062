//! Words the refusals of a configuration: its unknown keys, words and names of rules.

use super::document::Located;
use crate::error::Error;
use crate::judge;
use crate::model::alike::nearest_name;
use crate::model::source::Role;

/// The keys that are no options.
const OWN_KEYS: [&str; 5] = ["extends", "inputs", "files", "zones", "allow"];

/// The options that say where reports go and how they look.
const OUTPUTS: [&str; 8] =
    ["format", "output", "color", "quiet", "verbose", "statistics", "fixes", "no-progress"];

/// Refuses a key that is no option and nothing else.
pub(super) fn refuse_key(key: &Located<String>, settable: &[&clap::Arg]) -> Error {
    let name = &*key.value;
    if OUTPUTS.contains(&name) {
        let message = format!("`{name}` is about outputs, which cannot be configured");
        return key.refuse(&message, &format!("type --{name} where shiftlint is called"));
    }
    if let Some(role) = Role::ALL.into_iter().find(|role| role.name() == name) {
        let help = format!("write it below `[inputs]`: {role} = \"…\"");
        return key.refuse(&format!("`{name}` is an input"), &help);
    }
    let names: Vec<&str> =
        settable.iter().filter_map(|arg| arg.get_long()).chain(OWN_KEYS).collect();
    unknown_key(key, name, &names)
}

/// Refuses a key that is none of these.
pub(super) fn unknown_key(key: &Located<String>, name: &str, known: &[&str]) -> Error {
    let help = match nearest_name(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.len() <= 8 => format!("the keys here are {}", known.join(", ")),
        None => "`shiftlint schema config` has all keys".to_owned(),
    };
    key.refuse(&format!("no key is called `{name}`"), &help)
}

/// Refuses a word that an option does not take either.
pub(super) fn refuse_word(place: &Located<String>, word: &str, why: &str) -> Error {
    place.refuse(&format!("`{word}`: {why}"), "")
}

/// Refuses a name that no rule and no family of rules has.
pub(super) fn rule_named_in(name: &Located<impl AsRef<str>>) -> Result<(), Error> {
    let names = [name.value.as_ref().to_owned()];
    match judge::selected(&names, &[], &[]) {
        Ok(_) => Ok(()),
        Err(unknown) => Err(name.refuse(&unknown.to_string(), &unknown.help())),
    }
}
