//! Recognises a folder that holds a plan and nothing else, so that it may be replaced.

use super::folder::MANIFEST;
use serde::Deserialize;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The files of a plan, as its manifest names them.
#[derive(Deserialize)]
struct PlannedFiles {
    tool: ToolName,
    files: Vec<PlannedInput>,
    lanes: Vec<PlannedLane>,
}

#[derive(Deserialize)]
struct ToolName {
    name: String,
}

#[derive(Deserialize)]
struct PlannedInput {
    path: String,
}

#[derive(Deserialize)]
struct PlannedLane {
    chunks: Vec<PlannedFile>,
}

#[derive(Deserialize)]
struct PlannedFile {
    file: String,
}

/// Whether a folder with these files is a plan and nothing else: its manifest, the chunks that it
/// names, and what waits.
pub fn is_plan(folder: &Path, manifest: impl Read, files: &[PathBuf]) -> bool {
    let planned = serde_json::from_reader::<_, PlannedFiles>(BufReader::new(manifest));
    let Ok(PlannedFiles { tool, files: inputs, lanes }) = planned else { return false };
    let chunks = lanes.into_iter().flat_map(|lane| lane.chunks).map(|chunk| chunk.file);
    let chunks: HashSet<PathBuf> = chunks.map(|file| folder.join(file)).collect();
    let hold = folder.join("hold");
    // What waits is named after its input if there are several, and ends as that does unpacked.
    let endings = |name: &Path| {
        let unpacked = name.file_stem().map(Path::new).and_then(Path::extension);
        [name.extension(), unpacked].into_iter().flatten().map(OsStr::to_owned).collect::<Vec<_>>()
    };
    let is_held = |path: &Path| {
        let ending = path.extension().unwrap_or_default();
        let of_input =
            |file: &PlannedInput| endings(Path::new(&file.path)).contains(&ending.to_owned());
        path.parent() == Some(&*hold) && (ending == "csv" || inputs.iter().any(of_input))
    };
    let is_known =
        |path: &Path| *path == folder.join(MANIFEST) || chunks.contains(path) || is_held(path);
    tool.name == "shiftlint" && files.iter().all(|path| is_known(path))
}
