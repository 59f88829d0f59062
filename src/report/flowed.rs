//! Writes sentences in lines that are broken between words.

use super::visible::{shortened, visible, width};
use std::io::{self, Write};

/// So many of something: `1 record`, `2 records`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Lines that are broken between words.
pub(crate) struct FlowedLines<'a> {
    /// The width that lines have where words allow it.
    pub(crate) columns: usize,
    /// Whether labels are bold.
    pub(crate) color: bool,
    /// Where they go.
    pub(crate) out: &'a mut dyn Write,
}

impl FlowedLines<'_> {
    /// Writes a sentence; further lines are indented by two more.
    pub(crate) fn flow(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.flow_under(indent, 2, text)
    }

    /// Writes a sentence; further lines are indented by so many more.
    pub(crate) fn flow_under(
        &mut self,
        indent: usize,
        further: usize,
        text: &str,
    ) -> io::Result<()> {
        self.labelled(indent, further, "", text)
    }

    /// Writes a sentence that begins with a label of harmless words.
    pub(crate) fn labelled(
        &mut self,
        indent: usize,
        further: usize,
        label: &str,
        text: &str,
    ) -> io::Result<()> {
        let mut line = [&" ".repeat(indent), label].concat();
        let mut is_empty = label.is_empty();
        let mut is_first = !is_empty;
        let text = visible(text);
        for word in text.split(' ') {
            let room = self.columns.saturating_sub(width(&line) + 1);
            if !is_empty && width(word) > room {
                self.line(&line, indent, label, is_first)?;
                line = " ".repeat(indent + further);
                is_empty = true;
                is_first = false;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(&shortened(word, self.columns.max(60) * 2));
            is_empty = false;
        }
        self.line(&line, indent, label, is_first)
    }

    fn line(&mut self, line: &str, indent: usize, label: &str, is_first: bool) -> io::Result<()> {
        match line.split_at_checked(indent + label.len()) {
            Some((front, rest)) if is_first && self.color => {
                let front = front.trim_start();
                let blank = " ".repeat(indent);
                writeln!(self.out, "{blank}\u{1b}[1m{front}\u{1b}[0m{}", rest.trim_end())
            }
            _ => writeln!(self.out, "{}", line.trim_end()),
        }
    }
}
