//! Recognises the names of lengths that are written in two columns: `Amount` and `Unit`.

use crate::model::row::fold_name;

/// Whether only the values of a column of this name show that it is a part of a length.
pub(in crate::read) fn may_be_of_length(name: &str) -> bool {
    may_name_units(name) || may_name_amounts(name)
}

/// Whether a column of this name can say what the number in another one counts, if its values
/// are units of time.
pub(super) fn may_name_units(name: &str) -> bool {
    const UNITS: [&str; 6] = ["unit", "uom", "measure", "einheit", "unidad", "eenheid"];
    contains_any(name, &UNITS)
}

/// Whether a column of this name can hold the number of such units that somebody is off.
pub(super) fn may_name_amounts(name: &str) -> bool {
    const AMOUNTS: [&str; 11] = [
        "amount", "quantit", "qty", "units", "menge", "anzahl", "cantidad", "aantal", "duration",
        "dauer", "value",
    ];
    // What somebody has left, and what is paid for it.
    const OTHERS: [&str; 10] =
        ["balance", "remain", "accru", "entitle", "saldo", "solde", "rest", "paid", "pay", "cost"];
    contains_any(name, &AMOUNTS) && !contains_any(name, &OTHERS)
}

fn contains_any(name: &str, parts: &[&str]) -> bool {
    let folded = fold_name(name);
    parts.iter().any(|part| folded.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{may_name_amounts, may_name_units};

    #[test]
    fn amounts_and_their_units_are_known_by_name() {
        for name in ["Unit", "UOM", "duration_unit", "Unit of Measure", "Einheit", "Unit\u{e9}"] {
            assert!(may_name_units(name), "{name}");
        }
        for name in ["Amount", "Quantity", "qty", "Units", "Menge", "Quantit\u{e9}", "cantidad"] {
            assert!(may_name_amounts(name), "{name}");
        }
        for name in ["Balance Amount", "Amount paid", "Remaining Quantity", "Restmenge", "Hours"] {
            assert!(!may_name_amounts(name), "{name}");
        }
    }
}
