//! Recognises values that say nothing, such as `null`, `no` and `once`.

/// Whether the value of a column or key says that there is nothing, or nothing more than
/// the record: `null`, `no`, `once`.
pub(in crate::read) fn says_nothing(value: &[u8]) -> bool {
    const NOTHING: [&str; 26] = [
        "",
        "null",
        "false",
        "f",
        "0",
        "[]",
        "{}",
        "none",
        "never",
        "no",
        "n",
        "off",
        "-",
        "--",
        "n/a",
        "once",
        "one time",
        "one-time",
        "one_time",
        "onetime",
        "single",
        "does not repeat",
        "denied",
        "rejected",
        "nein",
        "non",
    ];
    NOTHING.iter().any(|known| value.eq_ignore_ascii_case(known.as_bytes()))
}
