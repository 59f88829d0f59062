//! Reads a folder of compiled zone files, such as `/usr/share/zoneinfo`.
//!
//! What the bytes mean is not known here.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where systems keep their zone files.
const SYSTEM: [&str; 3] = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"];

/// Folders within that hold the same zones under other rules.
const OTHER_RULES: [&str; 2] = ["posix", "right"];

/// The largest that a zone file is taken to be, in bytes.
const LARGEST: u64 = 1 << 20;

/// How a zone file begins.
const MAGIC: &[u8] = b"TZif";

/// The zone files of a folder.
#[derive(Debug, Clone, Default)]
pub struct ZoneFiles {
    /// Its version, where a file in it says so.
    pub version: Option<String>,
    /// The bytes of each file by the name of its zone.
    pub zones: BTreeMap<String, Vec<u8>>,
}

/// The folder in which this system keeps its zone files, if it has one.
#[must_use]
pub fn system_folder() -> Option<&'static Path> {
    SYSTEM.into_iter().map(Path::new).find(|folder| folder.is_dir())
}

/// The version of a folder's zone files, where a file in it says so.
#[must_use]
pub fn version(folder: &Path) -> Option<String> {
    let first_line = |name: &str| {
        let mut text = String::new();
        File::open(folder.join(name)).ok()?.take(64).read_to_string(&mut text).ok()?;
        text.lines().next().map(str::to_owned)
    };
    let spelled =
        first_line("tzdata.zi").and_then(|line| Some(line.strip_prefix("# version ")?.to_owned()));
    let version = spelled.or_else(|| first_line("+VERSION"))?;
    let version = version.trim();
    let plain = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| version.to_owned())
}

/// Reads all zone files of a folder.
///
/// # Errors
/// When the folder cannot be read, with the path at which that showed.
pub fn read(folder: &Path) -> Result<ZoneFiles, (PathBuf, io::Error)> {
    let mut files = ZoneFiles { version: version(folder), zones: BTreeMap::new() };
    let mut waiting = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, name, depth)) = waiting.pop() {
        if !path.is_dir() {
            let bytes = read_zone(&path).map_err(|error| (path, error))?;
            files.zones.extend(bytes.map(|bytes| (name, bytes)));
            continue;
        }
        let entries = path.read_dir().map_err(|error| (path.clone(), error))?;
        for entry in entries.flatten() {
            let Ok(part) = entry.file_name().into_string() else { continue };
            if depth < 3 && !(depth == 0 && OTHER_RULES.contains(&part.as_str())) {
                let name = if name.is_empty() { part } else { format!("{name}/{part}") };
                waiting.push((entry.path(), name, depth + 1));
            }
        }
    }
    Ok(files)
}

/// The bytes of a zone file; `None` if it is something else.
fn read_zone(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let about = path.metadata()?;
    if !about.is_file() || about.len() > LARGEST {
        return Ok(None);
    }
    let mut file = File::open(path)?.take(LARGEST);
    let mut bytes = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut bytes)?;
    if bytes != MAGIC {
        return Ok(None);
    }
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
