//! A configuration becomes words of the command line, and what no option can say.
//!
//! `shiftlint.toml` says what options say, by the same names, and names the inputs. Its options
//! are put before what was typed, so that clap reads both by the same rules and what was typed
//! counts. What it says of some files or agents alone is a [`Config`].

mod allowances;

mod by_path;

mod document;

mod inputs;

mod options;

mod patterns;

mod refusals;

mod schema;

mod search;

pub(crate) use allowances::PatternAllowance;
pub(crate) use by_path::PathSettings;
pub(crate) use schema::schema;
pub(crate) use search::{NAMES, beside};

use crate::error::Error;
use crate::model::rule::Severity;
use crate::model::source::Role;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use document::ConfigEntry;
use inputs::RoleFiles;
use options::ConfigWord;
use refusals::refuse_key;
use std::path::PathBuf;

/// The environment variable that names a configuration.
const VARIABLE: &str = "SHIFTLINT_CONFIG";

/// What a configuration says beside options.
#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    /// Its path; `None` if there is no configuration.
    pub(crate) path: Option<String>,
    /// What it says of some files.
    pub(crate) by_path: Vec<PathSettings>,
    /// How many of the levels and of the mappings of columns are its own: those behind them are
    /// typed.
    pub(crate) own_levels: usize,
    pub(crate) own_mappings: usize,
    /// The path of the one that it extends.
    pub(crate) base: Option<String>,
    /// Whether rules are typed (`--select`), which are then on whatever it turns off.
    pub(crate) is_selected: bool,
    /// Agents and their zones.
    pub(crate) zones: Vec<(String, String)>,
    /// Findings that somebody has decided to live with.
    pub(crate) allowances: Vec<PatternAllowance>,
}

/// A configuration as a command takes it.
pub(crate) struct Configured {
    pub(crate) config: Config,
    /// What stands before what was typed.
    words: Vec<ConfigWord>,
}

impl Configured {
    /// The words that stand before what was typed.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &*word.word)
    }

    /// Where it says its options.
    pub(crate) fn places(&self) -> OptionPlaces {
        let place = |of: &ConfigWord| (option_of(&of.word).to_owned(), of.key.place());
        OptionPlaces(self.words.iter().map(place).collect())
    }

    /// Where it says what clap refuses, by an option as clap writes it: `--tz <ZONE>`.
    pub(crate) fn place_of(&self, option: &str) -> Option<String> {
        let name = option.split([' ', '=']).next().unwrap_or_default();
        let says = |word: &&ConfigWord| option_of(&word.word) == name;
        self.words.iter().find(says).map(|word| word.key.place())
    }
}

/// Options that a configuration says, such as `--tz`, each with its place there.
#[derive(Debug, Default)]
pub(crate) struct OptionPlaces(Vec<(String, String)>);

impl OptionPlaces {
    /// The place of the option with which the words of a refusal begin.
    pub(crate) fn of(&self, words: &str) -> Option<&str> {
        let option = words.split([' ', ':']).next().filter(|word| word.starts_with("--"))?;
        let (_, place) = self.0.iter().find(|(of, _)| of == option)?;
        Some(place)
    }
}

fn option_of(word: &str) -> &str {
    word.split('=').next().unwrap_or_default()
}

/// The configuration for a command with these words; `None` if there is none. `check` has all
/// options that a configuration can set.
///
/// # Errors
/// When it cannot be read or makes no sense.
pub(crate) fn configured(
    check: &Command,
    command: &Command,
    typed: &ArgMatches,
) -> Result<Option<Configured>, Error> {
    let Some(path) = path_of(typed)? else { return Ok(None) };
    let (home, entries) = search::read(&path)?;
    let mut found = Configured { config: Config::default(), words: Vec::new() };
    found.config.path = Some(home.shown.clone());
    let mut homes = entries.iter().map(|entry| &entry.key.home.shown);
    found.config.base = homes.find(|shown| **shown != home.shown).cloned();
    found.config.is_selected = is_typed(typed, "select");
    let mut roles = Vec::new();
    for entry in &entries {
        found.add(entry, (check, command, typed), &mut roles)?;
    }
    found.drop_idle(command, typed);
    found.add_inputs(roles, command, typed);
    let count = |option: &str| found.words.iter().filter(|of| of.word.starts_with(option)).count();
    let [levels, mappings] = ["--severity=", "--map="].map(count);
    (found.config.own_levels, found.config.own_mappings) = (levels, mappings);
    Ok(Some(found))
}

/// The path of the configuration: what was typed, what the environment says, or what is found.
fn path_of(typed: &ArgMatches) -> Result<Option<PathBuf>, Error> {
    if typed.get_flag("no_config") {
        return Ok(None);
    }
    match typed.get_one::<String>("config").map(PathBuf::from) {
        Some(path) => Ok(Some(path)),
        None => unnamed(),
    }
}

/// The configuration of a run that names none.
fn unnamed() -> Result<Option<PathBuf>, Error> {
    match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => Ok(Some(PathBuf::from(path))),
        None => search::find(),
    }
}

/// Whether there is a configuration for a run that names none, or more than one.
pub(crate) fn is_there() -> bool {
    unnamed().map_or(true, |path| path.is_some())
}

impl Configured {
    fn add(
        &mut self,
        entry: &ConfigEntry,
        (check, command, typed): (&Command, &Command, &ArgMatches),
        roles: &mut Vec<RoleFiles>,
    ) -> Result<(), Error> {
        match &*entry.key.value {
            "inputs" => inputs::add(entry, roles)?,
            "allow" => allowances::add(entry, &mut self.config.allowances)?,
            "files" => self.config.by_path.extend(by_path::read(entry)?),
            "zones" => self.add_zones(entry)?,
            name => {
                let settable = options::settable(check);
                let is_it = |arg: &&&clap::Arg| arg.get_long() == Some(name);
                let Some(option) = settable.iter().find(is_it) else {
                    return Err(refuse_key(&entry.key, &settable));
                };
                let words = options::words(entry, option)?;
                let known = command.get_arguments().any(|arg| arg.get_id() == option.get_id());
                let kept = |word: &ConfigWord| !options::is_overruled(word, option, typed);
                self.words.extend(words.into_iter().filter(|word| known && kept(word)));
            }
        }
        Ok(())
    }

    fn add_zones(&mut self, entry: &ConfigEntry) -> Result<(), Error> {
        for ConfigEntry { key, value } in entry.value.entries("zones")? {
            let zone = value.word(&key.value)?;
            self.config.zones.retain(|(agent, _)| *agent != key.value);
            self.config.zones.push((key.value.clone(), zone.to_owned()));
        }
        Ok(())
    }

    /// Drops what has no meaning for this run: a plan and a fix read records as they are written,
    /// a first day of weeks is for a limit of hours, a plan that is checked says itself how its
    /// inputs are read, pseudonyms are in no baseline, and rules that are typed are selected
    /// whatever is ignored otherwise.
    fn drop_idle(&mut self, command: &Command, typed: &ArgMatches) {
        let limits = |word: &ConfigWord| word.key.value == "max-week";
        let limited = self.words.iter().any(limits) || is_typed(typed, "max_week");
        let as_written = ["plan", "fix"].contains(&command.get_name());
        let of_plan = command.get_name() == "check" && is_typed(typed, "plan");
        let selects = is_typed(typed, "select");
        let levels = typed.try_get_many::<(String, Option<Severity>)>("severity");
        let levels: Vec<_> = levels.ok().flatten().into_iter().flatten().collect();
        let is_typed_level = |word: &str| {
            let ignored = word.strip_prefix("--ignore=");
            levels.iter().any(|(rule, _)| ignored.is_some_and(|of| of.eq_ignore_ascii_case(rule)))
        };
        let is_redacted = command.get_name() == "check" && is_typed(typed, "redact");
        let rules: Vec<&str> = ["RuleArgs", "LabourArgs"]
            .iter()
            .filter_map(|name| command.get_groups().find(|group| group.get_id() == *name))
            .flat_map(|group| group.get_args().map(|id| id.as_str()))
            .collect();
        self.words.retain(|ConfigWord { word, .. }| {
            let name = word.trim_start_matches("--").split('=').next().unwrap_or_default();
            let reads = !rules.contains(&&*name.replace('-', "_")) && name != "jobs";
            !(of_plan && reads
                || as_written && name == "apply-swaps"
                || is_redacted && name.ends_with("baseline")
                || selects && (name == "ignore" || name == "severity" && word.ends_with("=off"))
                || is_typed_level(word)
                || !limited && name == "week-start")
        });
    }

    /// Adds the inputs of roles for which none is typed. A look at files is at those that are
    /// typed, if any are.
    fn add_inputs(&mut self, roles: Vec<RoleFiles>, command: &Command, typed: &ArgMatches) {
        let looks = ["inspect", "redact"].contains(&command.get_name());
        let id = |role: Role| match role {
            Role::Batch if looks => "files".to_owned(),
            role => role.name().replace('-', "_"),
        };
        let has = |role: Role| is_typed(typed, &id(role));
        let compares = command.get_name() == "diff";
        let roles = roles.into_iter().filter(|of| !(compares && of.role == Role::Batch));
        if is_typed(typed, "plan") && command.get_name() == "check"
            || looks && Role::ALL.into_iter().any(has)
        {
            return;
        }
        for RoleFiles { role, names } in roles.filter(|of| !has(of.role)) {
            let word = |name: &str| match role {
                // A name that begins with `-` is no option.
                Role::Batch if name.starts_with('-') && name != "-" => format!("./{name}"),
                Role::Batch => name.to_owned(),
                role => format!("--{}={name}", role.name()),
            };
            let words = names.into_iter();
            self.words.extend(words.map(|name| ConfigWord {
                word: word(&name.value),
                key: name.beside(role.name().to_owned()),
            }));
        }
    }
}

/// Whether an argument was typed; a command that does not have it was typed without it.
fn is_typed(typed: &ArgMatches, id: &str) -> bool {
    let has = typed.try_contains_id(id).is_ok();
    has && typed.value_source(id) == Some(ValueSource::CommandLine)
}
