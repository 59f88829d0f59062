//! A machine of a CI system, with a release to download and nothing but these variables.

use super::root;
use crate::program::{Folder, Outcome, finish};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the release is said to be.
pub(super) const BASE_URL: &str = "https://example.org/releases/v1";

/// Copies what is asked for from a folder, and writes down its address.
const CURL: &str = "#!/bin/sh
while [ $# -gt 1 ]; do
  case $1 in -o) out=$2; shift 2 ;; *) shift ;; esac
done
printf '%s\\n' \"$1\" >>\"$RELEASE/asked\"
cp \"$RELEASE/${1##*/}\" \"$out\"
";

/// Makes an archive for Windows, of another kind.
const SEVEN_ZIP: &str = "#!/bin/sh\ntar -czf \"$3\" \"$4\"\n";

/// A machine with files, on which steps run one after another.
pub(super) struct Machine {
    pub(super) folder: Folder,
    /// The folders that steps have added to the path.
    pub(super) added: Vec<PathBuf>,
    /// The archive of the release.
    pub(super) archive: String,
}

impl Machine {
    /// A machine with these files to check, and with a release for a target.
    pub(super) fn new(files: &[(&str, &str)], target: &str) -> Machine {
        let program = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_shiftlint"));
        let mut folder = Folder::new()
            .with("bin/curl", CURL)
            .with("built/shiftlint", program)
            .with("release/asked", "")
            .with("bin/7z", SEVEN_ZIP)
            .with("temporary/.keep", "")
            .with("work/.keep", "");
        for (name, content) in files {
            folder = folder.with(&format!("work/{name}"), content);
        }
        let mut machine = Machine { folder, added: Vec::new(), archive: String::new() };
        machine.make_runnable(&["bin/curl", "bin/7z", "built/shiftlint"]);
        machine.release(target);
        machine
    }

    fn make_runnable(&self, names: &[&str]) {
        use std::os::unix::fs::PermissionsExt;
        for name in names {
            let runnable = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(self.place(name), runnable).expect("permissions");
        }
    }

    /// Makes the archive of the program and its checksum, as a release does.
    fn release(&mut self, target: &str) {
        let script = format!(
            "'{}' ../built/shiftlint {target} ../release && cd ../release && \
             sha256sum shiftlint-* >SHA256SUMS",
            root().join(".github/archive.sh").display()
        );
        let name = self.run(&["bash", "-ec"], &script, "", &[]).exits(0).out;
        self.archive = name.trim().to_owned();
    }

    /// The files of the archive.
    pub(super) fn archived(&self) -> Vec<String> {
        let script = format!("tar -tzf ../release/{}", self.archive);
        let names = self.run(&["sh", "-c"], &script, "", &[]).exits(0).out;
        names.lines().filter(|name| !name.ends_with('/')).map(str::to_owned).collect()
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a script by a shell in a folder of the machine, with these variables alone.
    pub(super) fn run(
        &self,
        shell: &[&str],
        script: &str,
        folder: &str,
        variables: &[(String, String)],
    ) -> Outcome {
        let system = std::env::var_os("PATH").unwrap_or_default();
        let path = self.added.iter().cloned().chain([self.place("bin")]);
        let path = std::env::join_paths(path.chain(std::env::split_paths(&system)));
        let mut command = Command::new(shell[0]);
        command.args(&shell[1..]).arg(script).env_clear().stdin(Stdio::null());
        command.current_dir(self.place("work").join(folder));
        command.env("PATH", path.expect("a path")).env("RELEASE", self.place("release"));
        command.env("TMPDIR", self.place("temporary"));
        finish(command.envs(variables.iter().cloned()))
    }

    /// The addresses that were asked for.
    pub(super) fn asked(&self) -> Vec<String> {
        let asked = self.folder.read("release/asked").unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }
}

/// A batch of two shifts that touch.
pub(super) const CLEAN: &str = "agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                                ann,s-2,2026-03-02T16:00Z,2026-03-02T18:00Z\n";
/// A batch of two shifts at once.
pub(super) const CLASH: &str = "agent,id,start,end\nann,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z\n\
                                ann,s-2,2026-03-02T15:00Z,2026-03-02T18:00Z\n";
/// A batch that cannot be read.
pub(super) const BROKEN: &str = "agent,id,start,end\nann,s-1,soon,later\n";
/// A shift that is published, and clashes with [`CLEAN`].
pub(super) const LIVE: &str = "agent,id,start,end\nann,p-1,2026-03-02T17:00Z,2026-03-02T20:00Z\n";

/// Fails unless a shell takes a script, and shellcheck where it is installed.
#[track_caller]
pub(super) fn takes(shell: &str, script: &str) {
    let parse = Command::new(shell).args(["-n", "-c", script]).output().expect("a shell");
    assert!(parse.status.success(), "{}", String::from_utf8_lossy(&parse.stderr));
    let folder = Folder::new().with("step", script);
    let mut check = Command::new("shellcheck");
    check.args(["--shell", shell, "--exclude", "SC2086"]).arg(folder.path().join("step"));
    if let Ok(found) = check.output() {
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
    }
}
