//! Joins the pages of all rules and doubts into one document, `docs/rules.md`.

use crate::judge::RULES;
use crate::judge::doubts::DOUBTS;
use crate::model::doubt::DoubtKind;
use crate::model::rule::Rule;

/// The whole of `docs/rules.md`: an index, then every page.
#[must_use]
pub fn rules_page() -> String {
    let mut page = String::from(INTRODUCTION);
    for rule in RULES {
        page.push_str(&index_line(rule));
    }
    page.push_str(DOUBTS_INTRODUCTION);
    for kind in DOUBTS {
        page.push_str(&index_line_of_doubt(kind));
    }
    for rule in RULES {
        page.push_str(&section(rule));
    }
    for kind in DOUBTS {
        page.push_str(&section_of_doubt(kind));
    }
    page
}

const DOUBTS_INTRODUCTION: &str = "
A doubt is not a rule: it makes a check incomplete (exit code 3), and nothing but its answer settles it,
or `--accept CODE=PLACE`.

| code | name | raised when |
|---|---|---|
";

fn index_line_of_doubt(kind: &DoubtKind) -> String {
    let DoubtKind { code, name, summary, .. } = kind;
    format!("| [{code}](#{}-{name}) | {name} | {summary} |\n", code.to_lowercase())
}

fn section_of_doubt(kind: &DoubtKind) -> String {
    let DoubtKind { code, name, summary, docs } = kind;
    format!("\n## {code} {name}\n\n*doubt: {summary}*\n\n{}\n", docs.trim_end())
}

const INTRODUCTION: &str = "\
# Rules

<!-- Written from the doc comments in src/judge: edit those, then run `BLESS=1 cargo test`. -->

`shiftlint rules OV101` prints one of these pages. A code (`OV101`), a name (`shift-overlap`), a
family (`OV`, `OV1`) or `ALL` stands for rules in `--select`, `--ignore` and `--severity`.

| code | name | severity | reported when |
|---|---|---|---|
";

fn index_line(rule: &Rule) -> String {
    let Rule { code, name, summary, .. } = rule;
    format!(
        "| [{code}](#{}-{name}) | {name} | {} | {summary} |\n",
        code.to_lowercase(),
        level(rule)
    )
}

fn section(rule: &Rule) -> String {
    let Rule { code, name, summary, page, .. } = rule;
    format!("\n## {code} {name}\n\n*{}: {summary}*\n\n{}\n", level(rule), page.trim_end())
}

fn level(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.name())
}

#[cfg(test)]
mod tests {
    use super::rules_page;
    use std::path::Path;

    /// `BLESS=1 cargo test` writes the file.
    #[test]
    fn the_file_of_rules_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
        if std::env::var_os("BLESS").is_some() {
            let written = std::fs::create_dir_all(path.with_file_name(""))
                .and_then(|()| std::fs::write(&path, rules_page()));
            assert!(written.is_ok(), "{}: {written:?}", path.display());
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == rules_page(),
            "docs/rules.md is not what the rules say: run `BLESS=1 cargo test --lib judge`"
        );
    }
}
