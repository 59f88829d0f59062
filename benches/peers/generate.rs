//! Writes a made-up schedule, for measuring shiftlint against other tools.

#[path = "../schedule.rs"]
mod schedule;

use schedule::{FORMS, Form, Schedule};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: generate AGENTS SHIFTS SHARE FILE [FORM]
  AGENTS  how many agents
  SHIFTS  how many shifts each of them has, at most 160
  SHARE   the share of shifts that overlap the one before, such as 0.01
  FORM    offsets (the default), zone, clock, time-off, calm, identical
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut messages = io::stderr();
    let Some((schedule, path, form)) = understood(&words) else {
        let _ = messages.write_all(USAGE.as_bytes());
        return ExitCode::from(2);
    };
    match write(schedule, path, form) {
        Ok(told) => {
            let _ = messages.write_all(told.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = messages.write_all(format!("{path}: {error}\n").as_bytes());
            ExitCode::FAILURE
        }
    }
}

fn understood(words: &[String]) -> Option<(Schedule, &str, Form)> {
    let (arguments, form) = match words {
        [arguments @ .., form] if arguments.len() == 4 => (arguments, form.as_str()),
        arguments => (arguments, "offsets"),
    };
    let [agents, shifts, share, path] = arguments else { return None };
    let (_, form) = FORMS.into_iter().find(|(name, _)| *name == form)?;
    let schedule = Schedule {
        agents: agents.parse().ok()?,
        shifts: shifts.parse().ok().filter(|shifts| *shifts <= Schedule::MOST_SHIFTS)?,
        share: share.parse().ok().filter(|share| (0.0..=1.0).contains(share))?,
    };
    Some((schedule, path, form))
}

fn write(schedule: Schedule, path: &str, form: Form) -> io::Result<String> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let written = schedule.write(form, &mut out)?;
    out.flush()?;
    Ok(format!("{} records, {} overlapping pairs\n", written.records, written.pairs))
}
