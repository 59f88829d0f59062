//! Says which inputs a path pattern of a configuration is about.

use super::document::{Home, Located};
use crate::error::Error;
use crate::model::settings::InputFile;
use glob::{MatchOptions, Pattern};
use std::path::{Component, Path, PathBuf};

/// A pattern for paths, relative to the folder of its configuration. Without a folder in it, it is
/// about files of that name in any folder.
#[derive(Debug, Clone)]
pub(crate) struct PathPattern {
    /// Without `./` and `../` at its beginning.
    pattern: Pattern,
    /// How many folders above that of the configuration it begins: no `*` means one of these.
    up: usize,
    /// The folder of the configuration, from the root.
    folder: PathBuf,
    by_name: bool,
}

/// `*` is a part of one name, as in a shell.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

impl PathPattern {
    /// The pattern that stands at a place of a configuration.
    ///
    /// # Errors
    /// When it is malformed.
    pub(super) fn new(text: &Located<&str>) -> Result<PathPattern, Error> {
        let mut trimmed = text.value.strip_prefix("./").unwrap_or(text.value);
        let mut up = 0;
        while let Some(rest) = trimmed.strip_prefix("../") {
            (trimmed, up) = (rest, up + 1);
        }
        let pattern = Pattern::new(trimmed).map_err(|error| {
            text.refuse(&format!("`{}` is no pattern of paths: {}", text.value, error.msg), "")
        })?;
        let folder = from_root(&folder_of(&text.home));
        Ok(PathPattern { pattern, up, folder, by_name: !text.value.contains('/') })
    }

    /// Whether it is about this input, by the name that reports have for it.
    pub(crate) fn is_about(&self, file: &InputFile) -> bool {
        let path = Path::new(&*file.shown);
        if self.by_name {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            return self.pattern.matches_with(&name, OPTIONS);
        }
        let whole = from_root(path);
        let matches = |path: &Path| self.pattern.matches_with(&with_slashes(path), OPTIONS);
        if Path::new(self.pattern.as_str()).is_absolute() {
            return matches(&whole);
        }
        let (up, below) = relative(&whole, &self.folder);
        up == self.up && matches(below)
    }
}

/// The folder of a configuration as a path.
fn folder_of(home: &Home) -> PathBuf {
    if home.folder.as_os_str().is_empty() { PathBuf::from(".") } else { home.folder.clone() }
}

/// The path from the root, without `.` and `..`; links are not followed, because a pattern is about
/// names.
fn from_root(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// A path as it is named from a folder: how many folders up, and then down. Both are from the root.
fn relative<'p>(path: &'p Path, folder: &Path) -> (usize, &'p Path) {
    let up = folder.ancestors().take_while(|above| !path.starts_with(above)).count();
    let shared = folder.ancestors().nth(up).unwrap_or(Path::new(""));
    (up, path.strip_prefix(shared).unwrap_or(path))
}

/// The path with `/` between its parts, on every system.
fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::{from_root, relative};
    use std::path::Path;

    #[test]
    fn paths_are_named_from_a_folder() {
        for (path, folder, expected) in [
            ("/a/b/c.csv", "/a/b", (0, "c.csv")),
            ("/a/b/c.csv", "/a", (0, "b/c.csv")),
            ("/a/c.csv", "/a/b", (1, "c.csv")),
            ("/x/c.csv", "/a/b", (2, "x/c.csv")),
        ] {
            let (up, down) = relative(Path::new(path), Path::new(folder));
            assert_eq!((up, down), (expected.0, Path::new(expected.1)));
        }
        assert_eq!(from_root(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
