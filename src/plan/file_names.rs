//! Names the files of a plan after the inputs that their records come from.
//!
//! A plan can be written on one machine and sent from another, so that its names have to be good on
//! every system: some systems do not tell upper from lower case, and Windows has reserved names.

use super::cutting::CutInput;
use crate::model::device_names::is_device_name;
use crate::model::settings::InputFile;
use crate::schedule::run::Run;
use std::collections::BTreeMap;
use std::path::Path;

/// The table of reasons, beside the records that wait.
pub(super) const REASONS: &str = "reasons.csv";

/// A name for the files of each input, each another one.
pub(super) fn file_names(
    run: &Run<'_>,
    inputs: &BTreeMap<u16, CutInput<'_>>,
) -> BTreeMap<u16, String> {
    let named = inputs.iter().map(|(rank, input)| {
        let file = &run.sources[usize::from(*rank)].file;
        (*rank, file_name(file, input.is_flat()))
    });
    distinct(named)
}

/// Puts a number before each name that is taken already.
fn distinct(named: impl Iterator<Item = (u16, String)>) -> BTreeMap<u16, String> {
    let mut names: BTreeMap<u16, String> = BTreeMap::new();
    for (rank, name) in named {
        let mut unique = name.clone();
        let mut number = 2;
        let is_taken = |unique: &str| {
            let lower = unique.to_lowercase();
            lower == REASONS || names.values().any(|known| known.to_lowercase() == lower)
        };
        while is_taken(&unique) {
            unique = format!("{number}-{name}");
            number += 1;
        }
        names.insert(rank, unique);
    }
    names
}

/// The name of a file, as it is unpacked; of a sheet with that of the sheet.
fn file_name(file: &InputFile, flat: bool) -> String {
    let name = Path::new(&*file.path).file_name();
    let mut name = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for packed in [".gz", ".zst", ".zip"] {
        if let Some(bare) = name.strip_suffix(packed) {
            name = bare.to_owned();
        }
    }
    if let Some(sheet) = &file.sheet {
        name = format!("{}.{}.csv", stem(&name), sheet.name);
    } else if flat || !name.contains('.') {
        name = format!("{}.csv", stem(&name));
    }
    portable(&name)
}

/// A name that is good on every system.
fn portable(name: &str) -> String {
    let is_harmless = |letter: char| letter.is_alphanumeric() || "._- ".contains(letter);
    let name: String =
        name.chars().map(|letter| if is_harmless(letter) { letter } else { '_' }).collect();
    // Windows drops what a name ends with if it is one of these.
    let kept = name.trim_end_matches(['.', ' ']);
    match kept.trim_matches(['.', ' ']) {
        "" => "batch.csv".to_owned(),
        _ if is_device_name(kept) => format!("_{kept}"),
        _ => kept.to_owned(),
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The ending of a name, without its dot.
pub(super) fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("txt", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::{distinct, portable};

    fn names(names: &[&str]) -> Vec<String> {
        let named = names.iter().map(|name| (*name).to_owned());
        distinct((0..).zip(named)).into_values().collect()
    }

    #[test]
    fn names_differ_where_case_does_not_count() {
        assert_eq!(names(&["Mo.csv", "mo.csv"]), ["Mo.csv", "2-mo.csv"]);
        assert_eq!(names(&["Süd.csv", "SÜD.csv"]), ["Süd.csv", "2-SÜD.csv"]);
        assert_eq!(names(&["a.csv", "2-a.csv", "A.csv"]), ["a.csv", "2-a.csv", "3-A.csv"]);
    }

    #[test]
    fn the_table_of_reasons_keeps_its_name() {
        assert_eq!(names(&["Reasons.csv", "b.csv"]), ["2-Reasons.csv", "b.csv"]);
    }

    #[test]
    fn names_are_good_on_every_system() {
        for (name, good) in [
            ("week 10.csv", "week 10.csv"),
            ("a:b*c?.csv", "a_b_c_.csv"),
            ("con.csv", "_con.csv"),
            ("Lpt1.Monday.csv", "_Lpt1.Monday.csv"),
            ("batch.csv. .", "batch.csv"),
            (". .", "batch.csv"),
        ] {
            assert_eq!(portable(name), good, "{name}");
        }
    }
}
