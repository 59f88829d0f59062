//! The image: nothing but a program, which runs without rights.

use super::{file, root};

/// The instructions of a stage: `COPY` and the rest of its line.
type Stage = Vec<(String, String)>;

/// The stages of `Containerfile`.
fn stages() -> Vec<Stage> {
    let text = file("Containerfile").replace("\\\n", " ");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut stages: Vec<Stage> = Vec::new();
    for line in lines {
        let (name, rest) = line.split_once(' ').expect("an instruction and its words");
        if name == "FROM" {
            stages.push(Vec::new());
        }
        stages.last_mut().expect("FROM comes first").push((name.to_owned(), rest.to_owned()));
    }
    stages
}

fn instructions<'s>(stage: &'s Stage, name: &str) -> Vec<&'s str> {
    stage.iter().filter(|(of, _)| of == name).map(|(_, rest)| rest.as_str()).collect()
}

#[test]
fn the_image_holds_the_program_and_nothing_else() {
    let stages = stages();
    let [build, image] = &stages[..] else { panic!("two stages: {stages:?}") };
    assert_eq!(instructions(image, "FROM"), ["scratch"]);
    assert_eq!(instructions(image, "COPY"), ["--from=build /built/bin/shiftlint /shiftlint"]);
    assert!(instructions(build, "FROM")[0].ends_with(" AS build"));
    let known = ["FROM", "COPY", "USER", "WORKDIR", "ENTRYPOINT"];
    assert!(image.iter().all(|(name, _)| known.contains(&name.as_str())), "{image:?}");
    assert_eq!(instructions(image, "ENTRYPOINT"), ["[\"/shiftlint\"]"]);
    assert_eq!(instructions(image, "WORKDIR"), ["/work"]);
}

/// An image from `scratch` has no list of users, and root is 0.
#[test]
fn the_program_runs_as_a_user_without_a_name() {
    let stages = stages();
    let users = instructions(stages.last().expect("a stage"), "USER");
    let [user] = users[..] else { panic!("one user: {users:?}") };
    let ids: Vec<u32> = user.split(':').map(|id| id.parse().expect("a number")).collect();
    assert!(ids.len() == 2 && ids.iter().all(|id| *id > 0), "{user}");
}

/// Alpine links musl, statically by default. The version is a whole one, new enough for the program.
#[test]
fn the_compiler_is_pinned() {
    let stages = stages();
    let from = instructions(&stages[0], "FROM")[0];
    let tag = from.strip_prefix("docker.io/library/rust:").expect("the image of Rust");
    let (version, system) = tag.split_once('-').expect("a system");
    let numbers: Vec<u32> = version.split('.').map(|of| of.parse().expect("a number")).collect();
    let needed = env!("CARGO_PKG_RUST_VERSION").split('.').map(|of| of.parse().expect("a number"));
    assert!(numbers.len() == 3 && numbers >= needed.collect::<Vec<u32>>(), "{tag}");
    assert!(system.starts_with("alpine3."), "{tag}");
    let built = instructions(&stages[0], "RUN");
    assert!(built[0].starts_with("cargo install ") && built[0].contains(" --locked "), "{built:?}");
}

#[test]
fn what_is_copied_exists_and_is_not_ignored() {
    let ignored = file(".dockerignore");
    let lines: Vec<&str> = ignored.lines().filter(|line| !line.starts_with('#')).collect();
    let kept = lines.iter().filter_map(|line| line.strip_prefix('!'));
    let mut kept: Vec<&str> = kept.collect();
    assert_eq!(lines[0], "*");
    let mut copied: Vec<String> = Vec::new();
    for line in instructions(&stages()[0], "COPY") {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        words.pop();
        copied.extend(words.into_iter().map(str::to_owned));
    }
    for name in &copied {
        assert!(root().join(name).exists(), "{name}");
    }
    copied.sort();
    kept.sort_unstable();
    assert_eq!(copied, kept);
}
