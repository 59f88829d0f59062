//! Declares the options of the rules about rest and weekly hours.

use super::duration::up_to_a_week;
use crate::error::Error;
use crate::judge;
use crate::model::fact::NoticeKind;
use crate::model::settings::Labour;
use crate::model::time::WEEKDAYS;
use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Labour rules")]
pub(crate) struct LabourArgs {
    /// The least rest between two shifts of an agent: 11h, 90m, 11h30m; turns LB101 on
    #[arg(long, value_name = "LENGTH", value_parser = up_to_a_week, allow_hyphen_values = true)]
    min_rest: Option<i64>,

    /// The most work of an agent in a local week: 48h, 37.5h; turns LB102 on
    #[arg(long, value_name = "LENGTH", value_parser = up_to_a_week, allow_hyphen_values = true)]
    max_week: Option<i64>,

    /// The day on which the weeks of --max-week begin [default: monday]
    #[arg(long, value_name = "DAY", value_parser = weekday, requires = "max_week")]
    week_start: Option<u8>,
}

impl LabourArgs {
    /// What was typed; where no first day of weeks was, it is this one.
    pub(crate) fn meant(&self, week_start: u8) -> Labour {
        let (min_rest, max_week) = (self.min_rest, self.max_week);
        Labour { min_rest, max_week, week_start: self.week_start.unwrap_or(week_start) }
    }

    /// What there is a limit for.
    pub(crate) fn limits(&self) -> Vec<NoticeKind> {
        let rest = self.min_rest.map(|_| NoticeKind::ShortRest);
        rest.into_iter().chain(self.max_week.map(|_| NoticeKind::TooManyHours)).collect()
    }

    /// Refuses to select rules of which none has its limit: they would find
    /// nothing, and that would look like an all-clear.
    pub(crate) fn accept(&self, select: &[String]) -> Result<(), Error> {
        let Some(name) = judge::without_limit(&self.limits(), select) else { return Ok(()) };
        let message = format!("--select {name}: a labour rule is off without its limit");
        let help = "add --min-rest LENGTH for LB101, --max-week LENGTH for LB102";
        Err(Error::usage(message, Some(help.to_owned())))
    }
}

/// Days since Monday of a weekday's English name, or its first three letters.
fn weekday(text: &str) -> Result<u8, String> {
    let folded = text.trim().to_lowercase();
    let known = |name: &str| folded == name || name.get(..3) == Some(folded.as_str());
    let place = WEEKDAYS.iter().position(|name| known(name));
    place
        .and_then(|place| u8::try_from(place).ok())
        .ok_or_else(|| "expected a weekday such as monday or sun".to_owned())
}

#[cfg(test)]
mod tests {
    use super::weekday;

    #[test]
    fn weekdays_are_known_by_their_names() {
        for (text, day) in [("monday", 0), ("Mon", 0), ("SUNDAY", 6), ("thu", 3), (" sat ", 5)] {
            assert_eq!(weekday(text), Ok(day), "{text}");
        }
        for text in ["", "mo", "mond", "lundi", "0", "mondays"] {
            assert!(weekday(text).is_err(), "{text}");
        }
    }
}
