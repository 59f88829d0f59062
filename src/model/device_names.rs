//! Recognises the names that Windows keeps for devices.

/// Devices with a number behind their name.
const NUMBERED: [&str; 2] = ["COM", "LPT"];
/// Devices without a number.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Whether a name of a file means a device on Windows, whatever ending it has: `nul`, `Com1.csv`.
#[must_use]
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end_matches(' ').to_uppercase();
    let numbers = NUMBERED.iter().filter_map(|device| stem.strip_prefix(device));
    let mut numbers = numbers.map(|number| number.chars().collect::<Vec<_>>());
    let is_numbered = numbers.any(|number| matches!(*number, ['1'..='9' | '¹' | '²' | '³']));
    is_numbered || DEVICES.contains(&&*stem)
}

#[cfg(test)]
mod tests {
    use super::is_device_name;

    #[test]
    fn devices_are_known_by_their_stem() {
        for name in ["NUL", "nul", "con.csv", "aux.tar.gz", "COM1", "lpt9.txt", "com¹", "prn .csv"]
        {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["", "null", "console.csv", "com0", "com10.csv", "lpt.csv", "my-con.csv"] {
            assert!(!is_device_name(name), "{name}");
        }
    }
}
