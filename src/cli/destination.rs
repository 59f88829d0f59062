//! Finds where a report is written, whatever name it is given.

use crate::model::device_names::is_device_name;
use std::path::{Path, PathBuf};

/// Whether standard input reads this file: a shell opens it, and gives no name.
#[cfg(unix)]
pub(crate) fn feeds_standard_input(path: &Path) -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let input = std::io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    match (input.and_then(|input| input.metadata()), path.metadata()) {
        (Ok(input), Ok(file)) => {
            file.is_file() && (input.dev(), input.ino()) == (file.dev(), file.ino())
        }
        _ => false,
    }
}

/// Whether standard input reads this file, which only Unix says without ado.
#[cfg(not(unix))]
pub(crate) fn feeds_standard_input(_: &Path) -> bool {
    false
}

/// Where a file is or will be: links are followed, even to what is not there
/// yet.
pub(crate) fn destination(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    // This spells the name as the folder does, whatever case it was typed in.
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = place.read_link() else { break };
        place = place.parent().unwrap_or(Path::new("")).join(next);
    }
    let folder = folder_of(&place).unwrap_or(Path::new(".")).canonicalize();
    match (folder, place.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => place,
    }
}

/// What all names of one place share.
pub(crate) fn identity(path: &Path) -> PathBuf {
    folded(destination(path), cfg!(any(windows, target_os = "macos")))
}

/// A place in lower case where the file system does not tell case apart.
fn folded(place: PathBuf, ignores_case: bool) -> PathBuf {
    match ignores_case {
        true => PathBuf::from(place.to_string_lossy().to_lowercase()),
        false => place,
    }
}

/// Whether a path is or will be a plain file, and not a device, a pipe or a folder.
pub(crate) fn is_plain_file(path: &Path) -> bool {
    let is_device = cfg!(windows) && means_device(path);
    !is_device && path.metadata().map_or(true, |about| about.is_file())
}

/// Whether Windows takes a path for a device.
fn means_device(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.to_string_lossy().starts_with(r"\\.\") || is_device_name(&name)
}

/// The folder that a path names, if it names one.
pub(crate) fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{destination, folded, means_device};
    use std::path::{Path, PathBuf};

    #[test]
    fn case_counts_where_the_file_system_tells_it_apart() {
        let [one, other] = ["/data/Week.json", "/data/wEEK.json"].map(PathBuf::from);
        assert_eq!(folded(one.clone(), true), folded(other.clone(), true));
        assert_ne!(folded(one, false), folded(other, false));
    }

    #[test]
    fn a_place_has_one_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = folder.path().canonicalize().expect("it is there");
        std::fs::create_dir(folder.path().join("week")).expect("a folder");
        let typed = folder.path().join("week/../new.json");
        assert_eq!(destination(&typed), whole.join("new.json"));
        std::fs::write(&typed, "").expect("a file");
        assert_eq!(destination(&typed), whole.join("new.json"));
    }

    #[test]
    fn devices_of_windows_are_known() {
        for device in ["NUL", "nul.json", r"\\.\pipe\reports"] {
            assert!(means_device(Path::new(device)), "{device}");
        }
        assert!(!means_device(Path::new("reports/null.json")));
    }
}
