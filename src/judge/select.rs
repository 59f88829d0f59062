//! Resolves the names in `--select`, `--ignore` and `--severity` to rules.
//!
//! Such a name is a code, a rule's name, a family (the letters of a code, with or without its
//! first digits) or `ALL`, in upper or lower case. Any other name is an [`UnknownRule`]; the
//! command line decides what to do about it.

use crate::judge::RULES;
use crate::model::alike::nearest_name;
use crate::model::fact::NoticeKind;
use crate::model::rule::{Rule, Severity, Trigger};
use std::collections::BTreeMap;
use std::fmt;

/// A name that no rule and no family has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name, as it was given.
    pub name: String,
    /// The code, name or family that may have been meant.
    pub nearest: Option<&'static str>,
}

impl UnknownRule {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        match self.nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`shiftlint rules` lists them".to_owned(),
        }
    }
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "no rule or family of rules is called `{}`", self.name)
    }
}

impl std::error::Error for UnknownRule {}

/// The severity of each rule that is on, by code.
///
/// - Without `select`, every rule is on that is not off by default.
/// - With it, only those it names. A rule that is off by default comes on as a
///   warning when its own code or name is selected, and not with its family.
/// - `severity` gives a level to the rules it names, the last one that names a
///   rule decides. A level brings a rule on that is off by default, `None`
///   takes it off; what `select` leaves out stays out.
/// - What `ignore` names is off, whatever else says it is on.
/// - A rule that wants a limit is off: none is set.
///
/// # Errors
/// The first name that no rule and no family has.
pub fn selected(
    select: &[String],
    ignore: &[String],
    severity: &[(String, Option<Severity>)],
) -> Result<BTreeMap<&'static str, Severity>, UnknownRule> {
    selected_under(&[], select, ignore, severity)
}

/// As [`selected`], with limits set for these kinds of notice. A limit brings its rule
/// on as an error, as if it were not off by default.
///
/// # Errors
/// The first name that no rule and no family has.
pub fn selected_under(
    limits: &[NoticeKind],
    select: &[String],
    ignore: &[String],
    severity: &[(String, Option<Severity>)],
) -> Result<BTreeMap<&'static str, Severity>, UnknownRule> {
    selected_of(RULES, limits, select, ignore, severity)
}

/// The first of these names that stands only for rules which want a limit, none
/// of which has one.
#[must_use]
pub fn without_limit<'n>(limits: &[NoticeKind], names: &'n [String]) -> Option<&'n str> {
    let powerless = |name: &&String| {
        find(RULES, name).is_ok_and(|named| named.rules.iter().all(|rule| !is_ready(rule, limits)))
    };
    names.iter().find(powerless).map(String::as_str)
}

/// Whether a rule wants no limit, or has it.
fn is_ready(rule: &Rule, limits: &[NoticeKind]) -> bool {
    match rule.trigger {
        Trigger::Notice(kind) if kind.wants_limit() => limits.contains(&kind),
        _ => true,
    }
}

/// The severity of a rule before anything is said of it. A limit speaks for its
/// rule.
fn severity_of(rule: &Rule, limits: &[NoticeKind]) -> Option<Severity> {
    match rule.trigger {
        Trigger::Notice(kind) if limits.contains(&kind) => Some(Severity::Error),
        _ => rule.severity,
    }
}

type Levels<T> = BTreeMap<&'static str, T>;

fn selected_of(
    table: &[&'static Rule],
    limits: &[NoticeKind],
    select: &[String],
    ignore: &[String],
    severity: &[(String, Option<Severity>)],
) -> Result<Levels<Severity>, UnknownRule> {
    let mut levels = chosen(table, limits, select)?;
    for (name, level) in severity {
        for rule in find(table, name)?.rules {
            levels.entry(rule.code).and_modify(|current| *current = *level);
        }
    }
    for name in ignore {
        for rule in find(table, name)?.rules {
            levels.remove(rule.code);
        }
    }
    for rule in table.iter().filter(|rule| !is_ready(rule, limits)) {
        levels.remove(rule.code);
    }
    Ok(levels.into_iter().filter_map(|(code, level)| Some((code, level?))).collect())
}

/// The rules that may be on, each with its level; `None` while it is off.
fn chosen(
    table: &[&'static Rule],
    limits: &[NoticeKind],
    select: &[String],
) -> Result<Levels<Option<Severity>>, UnknownRule> {
    if select.is_empty() {
        return Ok(table.iter().map(|rule| (rule.code, severity_of(rule, limits))).collect());
    }
    let mut levels = BTreeMap::new();
    for name in select {
        let NamedRules { rules, alone } = find(table, name)?;
        for rule in rules {
            let level = severity_of(rule, limits).or(alone.then_some(Severity::Warning));
            let current = levels.entry(rule.code).or_insert(level);
            *current = current.or(level);
        }
    }
    Ok(levels)
}

/// The rules that a name stands for.
struct NamedRules {
    rules: Vec<&'static Rule>,
    /// Whether it is the code or the name of one rule.
    alone: bool,
}

fn find(table: &[&'static Rule], name: &str) -> Result<NamedRules, UnknownRule> {
    if let Some(rule) = named(table, name) {
        return Ok(NamedRules { rules: vec![rule], alone: true });
    }
    let rules: Vec<&Rule> = table.iter().copied().filter(|rule| in_family(rule, name)).collect();
    if rules.is_empty() {
        return Err(UnknownRule {
            name: name.to_owned(),
            nearest: nearest_name(name, known_names(table)),
        });
    }
    Ok(NamedRules { rules, alone: false })
}

/// The rule with this code or name.
#[must_use]
pub fn rule_named(name: &str) -> Option<&'static Rule> {
    named(RULES, name)
}

fn named(table: &[&'static Rule], name: &str) -> Option<&'static Rule> {
    table
        .iter()
        .copied()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.name.eq_ignore_ascii_case(name))
}

/// The name of everything.
const ALL: &str = "ALL";
/// How many letters of a code name its family.
const FAMILY: usize = 2;

fn in_family(rule: &Rule, name: &str) -> bool {
    let head = rule.code.get(..name.len());
    name.eq_ignore_ascii_case(ALL)
        || (name.len() >= FAMILY && head.is_some_and(|head| head.eq_ignore_ascii_case(name)))
}

fn known_names(table: &[&'static Rule]) -> impl Iterator<Item = &'static str> {
    let codes = table.iter().map(|rule| rule.code);
    let names = table.iter().map(|rule| rule.name);
    let families = table.iter().filter_map(|rule| rule.code.get(..FAMILY));
    codes.chain(names).chain(families).chain([ALL])
}

#[cfg(test)]
mod tests {
    use super::{
        RULES, UnknownRule, rule_named, selected, selected_of, selected_under, without_limit,
    };
    use crate::judge::fold_time;
    use crate::model::fact::NoticeKind;
    use crate::model::rule::Severity::{Error, Info, Warning};
    use crate::model::rule::{Rule, Severity};
    use std::collections::BTreeMap;

    type Levels = BTreeMap<&'static str, Severity>;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn levels(
        select: &[&str],
        ignore: &[&str],
        severity: &[(&str, Option<Severity>)],
    ) -> Result<Levels, UnknownRule> {
        let severity: Vec<_> =
            severity.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect();
        selected(&names(select), &names(ignore), &severity)
    }

    fn codes(levels: Result<Levels, UnknownRule>) -> Vec<&'static str> {
        levels.map(|levels| levels.into_keys().collect()).unwrap_or_default()
    }

    fn defaults(wanted: fn(&Rule) -> bool) -> Result<Levels, UnknownRule> {
        let rules = RULES.iter().filter(|rule| wanted(rule));
        Ok(rules.filter_map(|rule| Some((rule.code, rule.severity?))).collect())
    }

    #[test]
    fn without_a_wish_every_rule_has_its_own_level() {
        assert_eq!(levels(&[], &[], &[]), defaults(|_| true));
    }

    #[test]
    fn a_code_a_name_a_family_and_all_select() {
        assert_eq!(codes(levels(&["ov101"], &[], &[])), ["OV101"]);
        assert_eq!(codes(levels(&["Shift-Overlap"], &[], &[])), ["OV101"]);
        assert_eq!(codes(levels(&["ov2"], &[], &[])), ["OV201", "OV202", "OV203", "OV204"]);
        assert_eq!(levels(&["tz"], &[], &[]), defaults(|rule| rule.code.starts_with("TZ")));
        assert_eq!(levels(&["all"], &[], &[]), defaults(|_| true));
        let ids = ["ID101", "ID102", "ID104", "ID106", "ID107", "ID108", "ID109", "ID110"];
        assert_eq!(codes(levels(&["ID104", "ID1"], &[], &[])), ids);
    }

    #[test]
    fn ignoring_outranks_selecting_and_levels() {
        assert_eq!(codes(levels(&["OV2"], &["OV203"], &[])), ["OV201", "OV202", "OV204"]);
        assert_eq!(codes(levels(&["OV201"], &["OV"], &[("OV201", Some(Info))])), [""; 0]);
        assert_eq!(levels(&[], &["ALL"], &[]), Ok(Levels::new()));
    }

    #[test]
    fn a_level_is_set_for_what_is_selected() {
        let wish = [("OV", Some(Info)), ("OV202", Some(Error)), ("OV203", None)];
        let expected = Levels::from([("OV201", Info), ("OV202", Error), ("OV204", Info)]);
        assert_eq!(levels(&["OV2"], &[], &wish), Ok(expected));
        let wish = [("tz103", None), ("TZ", Some(Warning))];
        assert_eq!(
            levels(&["TZ103"], &[], &wish),
            Ok(Levels::from([("TZ103", Warning)])),
            "the last level that names a rule decides"
        );
    }

    static OFF: Rule = Rule { code: "TZ199", name: "rarely-wanted", ..Rule::COMMON };
    static TABLE: &[&Rule] = &[&fold_time::RULE, &OFF];

    fn level_of_off(select: &[&str], severity: &[(&str, Option<Severity>)]) -> Option<Severity> {
        let severity: Vec<_> =
            severity.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect();
        let levels = selected_of(TABLE, &[], &names(select), &[], &severity).unwrap_or_default();
        levels.get(OFF.code).copied()
    }

    #[test]
    fn a_rule_that_is_off_comes_on_by_its_own_name_or_a_level() {
        for family in [&[][..], &["ALL"], &["TZ"], &["tz19"], &["TZ103"]] {
            assert_eq!(level_of_off(family, &[]), None, "{family:?}");
        }
        assert_eq!(level_of_off(&["TZ199"], &[]), Some(Warning));
        assert_eq!(level_of_off(&["rarely-wanted", "TZ"], &[]), Some(Warning));
        assert_eq!(level_of_off(&["TZ", "tz199"], &[]), Some(Warning));
        assert_eq!(level_of_off(&[], &[("TZ199", Some(Error))]), Some(Error));
        assert_eq!(level_of_off(&["TZ"], &[("ALL", Some(Info))]), Some(Info));
        assert_eq!(level_of_off(&["TZ199"], &[("TZ", None)]), None);
        assert_eq!(level_of_off(&["TZ103"], &[("TZ199", Some(Error))]), None, "left out stays out");
    }

    #[test]
    fn a_limit_brings_its_rule_on_and_nothing_else_does() {
        let rest = [NoticeKind::ShortRest];
        let level =
            |limits: &[NoticeKind], select: &[&str], ignore: &[&str], wish: &[(&str, _)]| {
                let wish: Vec<_> =
                    wish.iter().map(|(name, level)| ((*name).to_owned(), *level)).collect();
                let levels = selected_under(limits, &names(select), &names(ignore), &wish);
                levels.unwrap_or_default().get("LB101").copied()
            };
        assert_eq!(level(&[], &[], &[], &[]), None);
        assert_eq!(level(&[], &["LB101"], &[], &[("LB101", Some(Error))]), None);
        assert_eq!(level(&[NoticeKind::TooManyHours], &["ALL"], &[], &[("LB", Some(Error))]), None);
        assert_eq!(level(&rest, &[], &[], &[]), Some(Error));
        for select in ["LB", "LB101", "short-rest", "all"] {
            assert_eq!(level(&rest, &[select], &[], &[]), Some(Error), "{select}");
        }
        assert_eq!(level(&rest, &["OV"], &[], &[]), None, "left out stays out");
        assert_eq!(level(&rest, &[], &["LB101"], &[("LB101", Some(Error))]), None);
        assert_eq!(level(&rest, &[], &[], &[("LB", Some(Warning))]), Some(Warning));
        assert_eq!(level(&rest, &[], &[], &[("LB101", None)]), None);
    }

    #[test]
    fn a_name_without_any_limit_is_found() {
        let rest = [NoticeKind::ShortRest];
        for (limits, select, expected) in [
            (&[][..], &["OV", "LB"][..], Some("LB")),
            (&[], &["short-rest"], Some("short-rest")),
            (&[], &["ALL", "OV", "nothing"], None),
            (&rest, &["LB"], None),
            (&rest, &["LB101", "LB102"], Some("LB102")),
        ] {
            assert_eq!(without_limit(limits, &names(select)), expected, "{select:?}");
        }
    }

    #[test]
    fn an_unknown_name_is_refused_wherever_it_stands() {
        let unknown = |name: &str| {
            let error = |result: Result<Levels, UnknownRule>| result.err();
            let found = error(levels(&[name], &[], &[]));
            assert_eq!(found, error(levels(&["OV"], &[name], &[])));
            assert_eq!(found, error(levels(&["OV"], &[], &[(name, None)])));
            found.map(|error| error.nearest)
        };
        assert_eq!(unknown("OV110"), Some(Some("OV101")));
        assert_eq!(unknown("shft-overlap"), Some(Some("shift-overlap")));
        assert_eq!(unknown("OW"), Some(Some("OV")));
        assert_eq!(unknown("al"), Some(Some("ALL")));
        assert_eq!(unknown("O"), Some(Some("OV")), "one letter is no family");
        assert_eq!(unknown(""), Some(None));
        assert_eq!(unknown("Ö"), Some(None));
        assert_eq!(unknown("OVö"), Some(Some("OV")));
        assert_eq!(unknown("night-owl"), Some(None));
        assert_eq!(unknown(&"x".repeat(1 << 20)), Some(None));
        assert_eq!(unknown("OV1011"), Some(Some("OV101")));
    }

    #[test]
    fn an_unknown_name_is_told_with_what_was_meant() {
        let mut error = UnknownRule { name: "OV110".to_owned(), nearest: Some("OV101") };
        assert_eq!(error.to_string(), "no rule or family of rules is called `OV110`");
        assert_eq!(error.help(), "did you mean `OV101`?");
        error.nearest = None;
        assert_eq!(error.help(), "`shiftlint rules` lists them");
    }

    #[test]
    fn a_family_is_no_rule() {
        assert_eq!(rule_named("ov104").map(|rule| rule.name), Some("published-overlap"));
        assert_eq!(rule_named("gap-time").map(|rule| rule.code), Some("TZ102"));
        assert_eq!(rule_named("OV"), None);
    }
}
