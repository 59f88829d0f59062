//! What an installation brings beside the program: completions and manual pages.

use crate::program::Folder;

/// The commands that have a page of their own.
pub(crate) const COMMANDS: [&str; 13] = [
    "check",
    "plan",
    "triage",
    "why",
    "fix",
    "diff",
    "init",
    "inspect",
    "redact",
    "rules",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_shell_gets_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Folder::new().run(&["completions", shell]).exits(0);
        script.says(&COMMANDS);
    }
    let wrong = Folder::new().run(&["completions", "cmd"]).exits(2);
    wrong.complains(&["bash", "zsh", "fish"]);
}

/// A script that the shell of this machine takes.
#[cfg(unix)]
#[test]
fn bash_takes_its_script() {
    use std::process::Command;
    let folder = Folder::new();
    let script = folder.run(&["completions", "bash"]).exits(0).out;
    let folder = folder.with("shiftlint.bash", script);
    let ask = "source ./shiftlint.bash; COMP_WORDS=(shiftlint ch); COMP_CWORD=1; \
               _shiftlint shiftlint ch shiftlint; echo \"${COMPREPLY[@]}\"";
    let mut command = Command::new("bash");
    match command.arg("-c").arg(ask).current_dir(folder.path()).output() {
        Ok(done) => {
            let told = String::from_utf8_lossy(&done.stdout).into_owned();
            assert!(told.contains("check"), "{told}{}", String::from_utf8_lossy(&done.stderr));
        }
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
    }
}

#[test]
fn the_program_and_each_command_have_a_page() {
    let folder = Folder::new();
    folder.run(&["man"]).exits(0).says(&[".TH shiftlint 1", "SUBCOMMANDS"]);
    for command in COMMANDS {
        let page = folder.run(&["man", command]).exits(0);
        page.says(&[&format!(".TH shiftlint-{command} 1"), "SYNOPSIS", "OPTIONS"]);
    }
    let wrong = folder.run(&["man", "chek"]).exits(2);
    wrong.complains(&["no command is called `chek`", "the commands are check, plan"]);
}
