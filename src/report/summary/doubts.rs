//! Writes doubts as text: the place and answers of each, and one command that answers all.

use super::{path_of, place_of_line};
use crate::model::doubt::{Answer, Doubt};
use crate::model::finding::{Input, Report};
use crate::model::rule::Severity;
use crate::report::Style;
use crate::report::page::{AnsiStyle, Page, grouped};
use crate::report::visible::{visible, width};

/// The doubts that are not accepted, with their inputs.
pub(super) fn open(report: &Report) -> impl Iterator<Item = (&Input, &Doubt)> {
    let of_input = |input| std::iter::repeat(input).zip(doubts_of(input));
    report.inputs.iter().flat_map(of_input).filter(|(_, doubt)| !doubt.accepted)
}

fn doubts_of(input: &Input) -> &[Doubt] {
    &input.doubts
}

/// Writes every doubt that is not accepted.
pub(super) fn write(page: &mut Page, report: &Report, style: &Style) {
    report.inputs.iter().for_each(|input| write_of(page, input, style));
}

/// Writes the doubts about an input that are not accepted.
pub(super) fn write_of(page: &mut Page, input: &Input, style: &Style) {
    for doubt in doubts_of(input).iter().filter(|doubt| !doubt.accepted) {
        let place = place_of_line(input, doubt.line);
        if style.quiet {
            page.text.push_str(&place);
            page.text.push_str(": ");
        }
        let code = format!("error[{}]", doubt.kind.code);
        page.painted(AnsiStyle::of(Severity::Error), &code);
        let place = if style.quiet { String::new() } else { format!("{place}: ") };
        let rest = format!(" {}: {place}{}", doubt.kind.name, doubt.message);
        if style.quiet {
            page.text.push_str(&visible(&rest));
            page.text.push('\n');
            continue;
        }
        page.flow(&rest, width(&code), 4);
        for (number, answer) in doubt.answers.iter().enumerate() {
            write_answer(page, number == 0, answer);
        }
        page.text.push('\n');
    }
}

fn write_answer(page: &mut Page, first: bool, answer: &Answer) {
    let lead = if first { "  help: " } else { "        " };
    page.text.push_str(lead);
    page.flow(&answer_in_words(answer), lead.len(), 10);
}

/// `if these are the planned hours: --map start=Plan`.
pub(in crate::report) fn answer_in_words(answer: &Answer) -> String {
    let when = if answer.when.is_empty() { String::new() } else { format!("{}: ", answer.when) };
    match &*answer.options {
        [] => answer.advice.clone(),
        options => format!(
            "{when}{}",
            options.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
        ),
    }
}

/// Writes a numbered list of the open doubts, and the command line that settles
/// them.
pub(super) fn write_list(page: &mut Page, report: &Report) {
    let open: Vec<(&Input, &Doubt)> = open(report).collect();
    for (number, (input, doubt)) in open.iter().enumerate() {
        let line =
            format!("    {}. {}  {}  {}", number + 1, path_of(input), doubt.kind.name, doubt.brief);
        page.flow(&line, 0, 7);
    }
    if report.command.is_empty() {
        return;
    }
    let mut words: Vec<String> = report.command.iter().map(|word| quoted(word)).collect();
    let mut answers: Vec<&[String]> = Vec::new();
    for (_, doubt) in &open {
        let options = doubt.answers.iter().map(|answer| &*answer.options);
        // One answer can settle two doubts about one column.
        let first = options.into_iter().find(|options| !options.is_empty());
        answers.extend(first.filter(|options| !answers.contains(options)));
    }
    words.extend(answers.iter().copied().flatten().map(|word| quoted(word)));
    if !answers.is_empty() {
        page.text.push_str("    answered, this would be: ");
        page.text.push_str(&visible(&words.join(" ")));
        page.text.push('\n');
    }
}

/// `2 questions are open`.
pub(super) fn counted(report: &Report) -> Option<String> {
    match open(report).count() {
        0 => None,
        1 => Some("1 question is open".to_owned()),
        more => Some(format!("{} questions are open", grouped(more as u64))),
    }
}

/// A word as the shells of this system take it.
pub(in crate::report) fn quoted(word: &str) -> String {
    if cfg!(windows) { quoted_for_windows(word) } else { quoted_for_unix(word) }
}

/// A word as both `cmd` and PowerShell take it. Single quotes mean nothing to the first, and
/// commas and `@` are operators of the second.
fn quoted_for_windows(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || r"-_./\=:+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let escaped = word.replace('"', "\\\"");
    // A backslash before the quote that ends the word would escape it.
    let end = if escaped.ends_with('\\') { "\\" } else { "" };
    format!("\"{escaped}{end}\"")
}

fn quoted_for_unix(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./=:,@%+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{quoted_for_unix, quoted_for_windows};

    #[test]
    fn words_are_quoted_as_the_shells_of_a_system_take_them() {
        for (word, unix, windows) in [
            ("export/batch.csv", "export/batch.csv", "export/batch.csv"),
            (r"C:\export\a.csv", r"'C:\export\a.csv'", r"C:\export\a.csv"),
            ("week 10.csv", "'week 10.csv'", "\"week 10.csv\""),
            ("it's", r"'it'\''s'", "\"it's\""),
            ("start=Von,Bis", "start=Von,Bis", "\"start=Von,Bis\""),
            (r#"say "x""#, r#"'say "x"'"#, r#""say \"x\"""#),
            ("my folder\\", r"'my folder\'", r#""my folder\\""#),
            ("", "''", "\"\""),
        ] {
            assert_eq!(quoted_for_unix(word), unix);
            assert_eq!(quoted_for_windows(word), windows);
        }
    }
}
