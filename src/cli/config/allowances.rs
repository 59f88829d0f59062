//! Reads the allowances of a configuration: findings that somebody has decided to live with.

use super::document::{ConfigEntry, Located};
use super::patterns::PathPattern;
use super::refusals::unknown_key;
use crate::baseline::can_be_known;
use crate::error::Error;
use crate::gate::iso_date;
use crate::judge::doubts::find as find_doubt;
use crate::judge::{self, rule_named};
use crate::model::gate::Allowance;
use crate::model::rule::Rule;

/// An allowance, and the pattern for its inputs.
#[derive(Debug, Clone)]
pub(crate) struct PatternAllowance {
    pub(crate) allowance: Allowance,
    pub(crate) pattern: Option<PathPattern>,
    /// All that it is about, to recognise a second one.
    about: String,
}

/// The keys of an allowance.
const KEYS: [&str; 8] = ["rule", "agent", "ids", "from", "to", "path", "reason", "until"];

/// Adds the allowances of a configuration.
///
/// # Errors
/// When one of them makes no sense, or is about what another one is about.
pub(super) fn add(tables: &ConfigEntry, all: &mut Vec<PatternAllowance>) -> Result<(), Error> {
    for table in tables.value.items() {
        let table = table.beside(table.entries("allow")?);
        let allowance = read(&table)?;
        if let Some(other) = all.iter().find(|other| other.about == allowance.about) {
            let message = format!("this allows what {} allows", other.allowance.place);
            return Err(table.refuse(&message, "remove one of them"));
        }
        all.push(allowance);
    }
    Ok(())
}

fn read(table: &Located<&[ConfigEntry]>) -> Result<PatternAllowance, Error> {
    let (mut rule, mut agent, mut ids, mut pattern, mut reason) =
        (None, None, Vec::new(), None, None);
    let (mut days, mut until) = ([None, None], None);
    let mut about = Vec::new();
    for ConfigEntry { key, value } in table.value {
        let name = &*key.value;
        match name {
            "rule" => rule = Some(rule_of(&value.beside(value.word(name)?))?),
            "agent" => agent = Some(value.word(name)?.to_owned()),
            "ids" => {
                let words = value.items().iter().map(|item| item.word(name).map(str::to_owned));
                ids = words.collect::<Result<Vec<_>, _>>()?;
                ids.sort();
                if ids.is_empty() {
                    return Err(value.refuse("`ids` is empty", "leave it out to allow any ids"));
                }
            }
            "from" => days[0] = Some(date(&value.beside(value.word(name)?))?),
            "to" => days[1] = Some(date(&value.beside(value.word(name)?))?),
            "until" => until = Some(date(&value.beside(value.word(name)?))?),
            "path" => pattern = Some(PathPattern::new(&value.beside(value.word(name)?))?),
            "reason" => reason = Some(value.word(name)?.trim().to_owned()),
            other => return Err(unknown_key(key, other, &KEYS)),
        }
        match name {
            "until" | "reason" => {}
            "ids" => about.push(format!("ids={ids:?}")),
            "rule" => about.push(format!("rule={:?}", rule.map(|rule| rule.code))),
            _ => about.push(format!("{name}={:?}", value.word(name)?)),
        }
    }
    let Some(rule) = rule else {
        return Err(table.refuse("this allowance has no `rule`", "name one: rule = \"OV201\""));
    };
    let Some(reason) = reason.filter(|reason| !reason.is_empty()) else {
        return Err(table.refuse("this allowance has no `reason`", "say why it is allowed"));
    };
    if days[0].is_some() && days[1].is_some() && days[0] > days[1] {
        return Err(table.refuse("`from` is after `to`, so that this allows nothing", ""));
    }
    about.sort();
    let place = table.place();
    let allowance = Allowance { place, rule, agent, ids, days, inputs: None, reason, until };
    Ok(PatternAllowance { allowance, pattern, about: about.join(" ") })
}

fn rule_of(name: &Located<&str>) -> Result<&'static Rule, Error> {
    if let Some(rule) = rule_named(name.value) {
        if !can_be_known(rule) {
            let message = format!("{} cannot be allowed: it says what was not checked", rule.code);
            return Err(name.refuse(&message, ""));
        }
        return Ok(rule);
    }
    if find_doubt(name.value).is_some() {
        let help = "answer it: `shiftlint inspect` shows how";
        return Err(
            name.refuse(&format!("`{}` is a doubt, which cannot be allowed", name.value), help)
        );
    }
    match judge::selected(&[name.value.to_owned()], &[], &[]) {
        Ok(_) => {
            let message =
                format!("`{}` is a family of rules, and an allowance is for one", name.value);
            Err(name.refuse(&message, "add an allowance for each rule"))
        }
        Err(unknown) => Err(name.refuse(&unknown.to_string(), &unknown.help())),
    }
}

/// A date as `2026-03-02`, so that texts are compared as dates are.
fn date(word: &Located<&str>) -> Result<String, Error> {
    iso_date(word.value).ok_or_else(|| {
        word.refuse(&format!("`{}` is no date", word.value), "expected a date such as 2026-03-02")
    })
}
