//! `shiftlint.toml`: where it is found, what it says, and how it is refused.

use crate::program::{Folder, finish, shifts};
use serde_json::{Value, json};

const SHIFTS: &str = "agent,id,start,end
anna,s-1,2026-03-02 08:00,2026-03-02 16:00
anna,s-2,2026-03-02 15:00,2026-03-02 18:00
";

/// A repository with a batch below it.
fn repository(config: &str) -> Folder {
    Folder::new()
        .with(".git/HEAD", "")
        .with("week/batch.csv", SHIFTS)
        .with("shiftlint.toml", config)
}

fn rules(report: &Value) -> Value {
    report["summary"]["rules"].clone()
}

#[test]
fn an_option_means_what_it_means_when_it_is_typed() {
    let config = "tz = \"America/Chicago\"\nselect = [\"OV\", \"LB\"]\nmin-rest = \"11h\"\n\
                  jobs = 1\nmax-per-agent = 5\nfold-agents = true\n[severity]\nOV101 = \"info\"\n\
                  [map]\n\"batch:agent\" = \"agent\"\n[inputs]\nbatch = \"week/*.csv\"\n";
    let configured = repository(config).run(&["check", "--format", "json"]).report();
    let words = "check --no-config --tz America/Chicago --select OV,LB --min-rest 11h --jobs 1 \
                 --max-per-agent 5 --fold-agents --severity OV101=info --map batch:agent=agent \
                 week/batch.csv --format json";
    let words: Vec<&str> = words.split(' ').collect();
    let typed = repository("").run(&words).report();
    assert_eq!(configured["configuration"], "shiftlint.toml");
    assert_eq!(typed["configuration"], Value::Null);
    for key in ["verdict", "inputs", "summary", "findings"] {
        assert_eq!(configured[key], typed[key], "{key}");
    }
    assert_eq!(configured["summary"]["findings"], json!({"error": 0, "warning": 0, "info": 1}));
}

#[test]
fn it_is_found_up_to_the_root_of_the_repository_and_no_further() {
    let folder = repository("select = [\"LB101\"]\nmin-rest = \"1h\"\n");
    let below = |folder: &Folder, name: &str, args: &[&str]| {
        let mut command = folder.command(args);
        finish(command.current_dir(folder.path().join(name)))
    };
    let check = ["check", "batch.csv", "--format", "json"];
    assert_eq!(below(&folder, "week", &check).report()["configuration"], "../shiftlint.toml");
    let outside = Folder::new().with("shiftlint.toml", "").with("week/batch.csv", SHIFTS);
    assert_eq!(below(&outside, "week", &check).report()["configuration"], Value::Null);
    let nested = folder.with("week/.shiftlint.toml", "");
    assert_eq!(below(&nested, "week", &check).report()["configuration"], ".shiftlint.toml");
    let both = nested.with("week/shiftlint.toml", "");
    below(&both, "week", &check).exits(2).complains(&["two configurations"]);
    below(&both, "week", &["rules"]).exits(0);
}

#[test]
fn a_configuration_can_be_named_and_left_out() {
    let folder = repository("select = [\"OV103\"]\n").with("other.toml", "select = [\"OV101\"]\n");
    let run = |args: &[&str]| {
        folder.run(&[&["check", "week/batch.csv", "--format", "json"], args].concat()).report()
    };
    assert_eq!(rules(&run(&[])), json!({}));
    assert_eq!(rules(&run(&["--config", "other.toml"])), json!({"OV101": 1}));
    assert!(rules(&run(&["--no-config"])).as_object().is_some_and(|all| all.len() > 1));
    let mut command = folder.command(&["check", "week/batch.csv", "--format", "json"]);
    let named = finish(command.env("SHIFTLINT_CONFIG", "other.toml")).report();
    assert_eq!(named["configuration"], "other.toml");
    let mut command = folder.command(&["check", "week/batch.csv", "--format", "json"]);
    let empty = finish(command.env("SHIFTLINT_CONFIG", "")).report();
    assert_eq!(empty["configuration"], "shiftlint.toml");
}

#[test]
fn what_is_typed_counts_before_what_is_configured() {
    let config = "tz = \"Europe/Berlin\"\nfail-on = \"never\"\nselect = [\"OV103\"]\n\
                  [severity]\nOV101 = \"warning\"\nOV103 = \"info\"\n\
                  [inputs]\nbatch = \"none.csv\"\npublished = \"live.csv\"\n";
    let folder = repository(config)
        .with("none.csv", "agent,start,end\n")
        .with("live.csv", "agent,id,start,end\nanna,p-1,2026-03-02 09:00,2026-03-02 10:00\n");
    let folder = folder.with("other.csv", "agent,id,start,end\n");
    let typed = ["check", "week/batch.csv", "--format", "json", "--tz", "America/Chicago"];
    let more = ["--select", "OV", "--severity", "OV103=error", "--published", "other.csv"];
    let report = folder.run(&[&typed[..], &more].concat()).exits(0).report();
    assert_eq!(rules(&report), json!({"OV101": 1}), "the role's list is replaced");
    assert_eq!(report["findings"][0]["severity"], "warning", "levels are added");
    assert!(report["findings"][0]["start"].as_str().is_some_and(|at| at.ends_with("-06:00")));
    let report = folder.run(&typed[..4]).exits(0).report();
    assert_eq!(report["inputs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn paths_are_those_of_the_configuration() {
    let folder = Folder::new()
        .with("ci/shiftlint.toml", "[inputs]\nbatch = \"../week/*.csv\"\n")
        .with("week/batch.csv", SHIFTS);
    let report = folder.run(&["check", "--config", "ci/shiftlint.toml", "--format", "json"]);
    assert_eq!(report.report()["inputs"][0]["path"], "ci/../week/batch.csv");
}

#[test]
fn files_can_differ() {
    let config = "[inputs]\nbatch = [\"a.csv\", \"deep/b.csv\"]\n\
                  [[files]]\npath = \"b.csv\"\nmap = { agent = \"Booked for\" }\n\
                  encoding = \"windows-1252\"\nseverity = { OV101 = \"off\" }\n\
                  [[files]]\npath = \"deep/*.csv\"\nseverity = { TZ101 = \"info\" }\n";
    let other = SHIFTS.replace("agent,", "Booked for,").replace("anna", "J\u{fc}rgen");
    let bytes: Vec<u8> = other.chars().map(|letter| letter as u8).collect();
    let folder = Folder::new().with("a.csv", SHIFTS).with("deep/b.csv", bytes);
    let folder = folder.with("shiftlint.toml", config);
    let report = folder.run(&["check", "--format", "json"]).exits(1).report();
    assert_eq!(
        rules(&report),
        json!({"ID101": 2, "OV101": 1, "TZ101": 4}),
        "off for the other file"
    );
    let severities = |path: &str| {
        let findings = report["findings"].as_array().expect("a list").iter();
        let of = findings.filter(|of| of["records"][0]["path"] == path && of["rule"] == "TZ101");
        of.map(|of| of["severity"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (severities("a.csv"), severities("deep/b.csv")),
        (vec![json!("error"); 2], vec![json!("info"); 2])
    );
    let agents = report["findings"].as_array().expect("a list").iter();
    assert!(agents.clone().any(|of| of["agent"] == "J\u{fc}rgen"), "{report:#}");
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let config = "[[files]]\npath = \"late/*.csv\"\nseverity = { OV101 = \"warning\" }\n";
    let folder = Folder::new().with("shiftlint.toml", config).with("in.csv", SHIFTS);
    let run = |name: &str| {
        let args = ["check", "-", "--stdin-name", name, "--select", "OV", "-q"];
        let mut command = folder.command(&args);
        let file = std::fs::File::open(folder.path().join("in.csv")).expect("a file");
        finish(command.stdin(file)).code
    };
    assert_eq!((run("late/x.csv"), run("x.csv")), (Some(0), Some(1)));
}

#[test]
fn agents_have_zones() {
    let rows = "agent,id,start,end\nanna,s-1,2026-03-02 08:00,2026-03-02 16:00\n\
                ben,s-2,2026-03-02 08:00,2026-03-02 16:00\n";
    let live = "agent,id,start,end\nanna,p-1,2026-03-02T14:30Z,2026-03-02T16:00Z\n\
                ben,p-2,2026-03-02T14:30Z,2026-03-02T16:00Z\n";
    let config =
        "select = [\"OV\"]\n[zones]\nanna = \"America/Chicago\"\nben = \"Europe/Berlin\"\n";
    let folder = Folder::new().with("b.csv", rows).with("l.csv", live);
    let folder = folder.with("shiftlint.toml", config);
    let args = ["check", "b.csv", "--published", "l.csv", "--format", "json"];
    let report = folder.run(&args).exits(1).report();
    let minutes: Vec<i64> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|of| of["minutes"].as_i64())
        .collect();
    assert_eq!(minutes, [90, 30]);
    let folder = folder.with("agents.csv", "agent\nben\n");
    let listed = ["--agents", "agents.csv", "--select", "OV,ID104"];
    let report = folder.run(&[&args[..], &listed].concat()).report();
    assert_eq!(report["summary"]["rules"]["ID104"], 1, "a zone makes no agent known");
    let folder = folder.with("shiftlint.toml", "[zones]\nanna = \"Amerika/Chicago\"\n");
    folder.run(&args).exits(2).complains(&["zones: anna", "America/Chicago"]);
}

#[test]
fn one_configuration_extends_another() {
    let base = "fail-on = \"never\"\nselect = [\"OV\"]\nfold-agents = true\n\
                [severity]\nOV101 = \"warning\"\nOV103 = \"info\"\n";
    let config = "extends = \"shared/base.toml\"\nselect = [\"OV101\"]\nfold-agents = false\n\
                  [severity]\nOV103 = \"off\"\n";
    let folder = repository(config).with("shared/base.toml", base);
    let report = folder.run(&["check", "week/batch.csv", "--format", "json"]).exits(0).report();
    assert_eq!(rules(&report), json!({"OV101": 1}));
    assert_eq!(report["findings"][0]["severity"], "warning");
    let folder = folder.with("shared/base.toml", "extends = \"../shiftlint.toml\"\n");
    let outcome = folder.run(&["check", "week/batch.csv"]).exits(2);
    outcome.complains(&["shared/base.toml:1", "is extended itself"]);
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    let refused: [(&str, &[&str]); 24] = [
        ("selct = [\"OV\"]", &["shiftlint.toml:1: no key", "`select`"]),
        ("\n\nfail-on = \"eror\"", &["shiftlint.toml:3:", "'eror'", "error, warning, never"]),
        ("jobs = true", &["shiftlint.toml:1: `jobs` wants a string"]),
        ("fold-agents = \"yes\"", &["`fold-agents` wants true or false, and this is a string"]),
        ("select = [\"OV1O1\"]", &["shiftlint.toml:1: no rule", "OV101"]),
        ("[severity]\nOV999 = \"error\"", &["shiftlint.toml:2: no rule"]),
        ("[severity]\nOV101 = \"fatal\"", &["shiftlint.toml:2:", "`fatal` is not a level"]),
        ("[map]\nagnt = \"Who\"", &["shiftlint.toml:2:", "no field is called `agnt`"]),
        ("format = \"json\"", &["outputs, which cannot be configured"]),
        ("batch = \"a.csv\"", &["`batch` is an input", "[inputs]"]),
        ("[inputs]\nbach = \"a.csv\"", &["shiftlint.toml:2: no role", "`batch`"]),
        ("[inputs]\nbatch = \"week/bach.csv\"", &["matches no file", "`week/batch.csv`"]),
        ("[inputs]\nbatch = \"gone/*.csv\"", &["shiftlint.toml:2:", "optional = true"]),
        ("[inputs]\nbatch = { paths = \"a\" }", &["no key is called `paths`", "`path`"]),
        ("[[files]]\nmap = { agent = \"x\" }", &["shiftlint.toml:1: `files` has no `path`"]),
        ("[[files]]\npath = \"a[\"", &["is no pattern of paths"]),
        ("[[files]]\npath = \"a\"\nencoding = \"utf-7x\"", &["no encoding is called"]),
        ("tz = ", &["shiftlint.toml:1: this is not TOML"]),
        ("extends = \"none.toml\"", &["shiftlint.toml:1: the configuration `none.toml` cannot"]),
        ("extends = \"week\"", &["is a folder"]),
        ("[[allow]]\nrule = \"OV101\"", &["shiftlint.toml:1: this allowance has no `reason`"]),
        ("[[allow]]\nrule = \"OV\"\nreason = \"x\"", &["is a family of rules"]),
        ("[[allow]]\nrule = \"RC101\"\nreason = \"x\"", &["RC101 cannot be allowed"]),
        (
            "[[allow]]\nrule = \"OV101\"\nreason = \"x\"\n[[allow]]\nrule = \"shift-overlap\"\n\
             reason = \"y\"\nuntil = 2026-01-01",
            &["shiftlint.toml:4: this allows what shiftlint.toml:1 allows"],
        ),
    ];
    for (config, said) in refused {
        let folder = repository(config);
        for command in ["check", "why"] {
            let more: &[&str] = if command == "why" { &["--", "s-1"] } else { &[] };
            let words = [&[command, "week/batch.csv", "--tz", "UTC"], more].concat();
            if config.contains("eror") && command == "why" || config.contains("[inputs]\nbatch") {
                continue;
            }
            let outcome = folder.run(&words).exits(2).complains(said);
            assert!(outcome.out.is_empty(), "{config}: {}", outcome.told());
        }
        folder.run(&["check", "--tz", "UTC", "--config", "shiftlint.toml"]).exits(2);
    }
    for (config, said) in [
        ("\ntz = \"Mars/Base\"", "shiftlint.toml:2: --tz: the time zone `Mars/Base`"),
        ("baseline = \"none.txt\"", "shiftlint.toml:1: --baseline: `none.txt` cannot be read"),
        ("strict-baseline = true", "shiftlint.toml:1: `strict-baseline` is about a baseline"),
    ] {
        repository(config).run(&["check", "week/batch.csv"]).exits(2).complains(&[said]);
    }
    let typed = repository("tz = \"Mars/Base\"").run(&["check", "week/batch.csv", "--tz", "X/Y"]);
    assert!(typed.exits(2).err.starts_with("error: --tz: the time zone `X/Y`"));
    let folder = repository("").with("c/x.txt", "");
    folder.run(&["check", "week/batch.csv", "--config", "c"]).exits(2).complains(&["is a folder"]);
    let missing = folder.run(&["check", "week/batch.csv", "--config", "shiftlnt.toml"]).exits(2);
    missing.complains(&["did you mean `shiftlint.toml`?"]);
}

#[test]
fn inputs_that_match_nothing_are_refused_with_what_may_be_meant() {
    for (value, said) in [
        ("\"week/bach.csv\"", "did you mean `week/batch.csv`?"),
        ("\"gone/*.csv\"", "optional = true"),
        ("[\"week/batch.csv\", \"gone.csv\"]", "`gone.csv` matches no file"),
    ] {
        let folder = repository(&format!("[inputs]\nbatch = {value}\n"));
        folder.run(&["check"]).exits(2).complains(&["shiftlint.toml:2", said]);
    }
    let optional = "[inputs]\nbatch = \"week/*.csv\"\n\
                    time-off = { path = \"off/*.csv\", optional = true }\n";
    let report = repository(optional).run(&["check", "--format", "json"]).report();
    assert_eq!(report["inputs"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_plan_that_is_checked_is_read_as_it_was_planned() {
    let config = "tz = \"America/Chicago\"\n[[files]]\npath = \"batch.csv\"\n\
                  map = { agent = \"Who\" }\n";
    let shifts = SHIFTS.replace("agent,", "Who,");
    let folder = Folder::new().with("batch.csv", shifts).with("shiftlint.toml", config);
    folder.run(&["plan", "batch.csv", "--out", "plan"]).exits(1);
    folder.run(&["check", "--plan", "plan"]).exits(0);
    let folder = folder.with("elsewhere/x", "");
    let mut command = folder.command(&["check", "--plan", "plan", "--no-config"]);
    finish(&mut command).exits(0);
}

#[test]
fn init_writes_a_configuration_that_is_read() {
    let folder = Folder::new()
        .with("batch.csv", SHIFTS)
        .with("Live week.csv", SHIFTS.replace("s-", "p-"))
        .with("off.csv", "agent,id,type,start,end\nanna,r-1,vacation,2026-03-05,2026-03-06\n");
    folder.run(&["init", "--preset", "strict"]).exits(0).says(&["wrote shiftlint.toml"]);
    let text = folder.read("shiftlint.toml").expect("a configuration");
    assert!(text.contains("\"batch.csv\"") && text.contains("OV202 = \"error\""), "{text}");
    assert!(text.contains("published = \"Live week.csv\""), "{text}");
    let report = folder.run(&["check", "--format", "json"]).report();
    assert_eq!(report["configuration"], "shiftlint.toml");
    assert_eq!(report["inputs"][0]["role"], "batch");
    folder.run(&["init"]).exits(2).complains(&["there is a configuration"]);
    // Every line of it that is commented out is one that can be used.
    let used: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(key) if key.contains(" = ") || key.starts_with('[') => format!("{key}\n"),
            _ => format!("{line}\n"),
        })
        .filter(|line| {
            !line.contains(".csv\"") || line.contains("batch.csv") || line.contains("path")
        })
        .collect();
    let outcome = folder.with("shiftlint.toml", &used).run(&["check"]);
    assert_ne!(outcome.code, Some(2), "{used}\n{}", outcome.told());
}

#[test]
fn names_of_a_configuration_are_in_no_redacted_report() {
    let config =
        "tz = \"America/Chicago\"\nbaseline = \"none.txt\"\n[inputs]\nbatch = \"batch.csv\"\n";
    let folder = Folder::new()
        .with("batch.csv", SHIFTS)
        .with("secretary/shiftlint.toml", config.replace("batch.csv", "../batch.csv"))
        .with("key", "0123456789abcdef0123456789abcdef");
    let check =
        ["check", "--redact", "--redact-key", "key", "--config", "secretary/shiftlint.toml"];
    let outcome =
        folder.run(&[&check[..], &["--format", "json", "--no-progress"]].concat()).exits(1);
    assert_eq!(outcome.report()["summary"]["rules"]["OV101"], 1);
    let outcome = outcome.never_says(&["secretary", "anna", "s-1"]);
    assert!(!outcome.err.contains("anna"), "{}", outcome.told());
    for table in [
        "[zones]\nanna = \"UTC\"",
        "[[files]]\npath = \"a\"",
        "[[allow]]\nrule = \"OV101\"\nreason = \"x\"",
    ] {
        let folder = Folder::new()
            .with("batch.csv", SHIFTS)
            .with("shiftlint.toml", table)
            .with("key", "0123456789abcdef0123456789abcdef");
        let check = ["check", "batch.csv", "--redact", "--redact-key", "key"];
        folder.run(&check).exits(2).complains(&["is about names"]);
        let copy = ["redact", "batch.csv", "--redact-key", "key", "--out", "copies"];
        folder.run(&copy).exits(2).complains(&["is about names"]);
    }
}

#[test]
fn a_folder_has_no_doubt_about_files_of_this_program() {
    let shift = shifts(&["anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z"]);
    let baseline = "{\"shiftlint\":\"baseline\",\"version\":1}\n";
    let spaced = "\u{feff}{ \"shiftlint\": \"baseline\", \"version\": 7 }\r\n";
    let folder = Folder::new()
        .with("batch.csv", &shift)
        .with("shiftlint.toml", "fail-on = \"error\"\n")
        .with("known.txt", baseline)
        .with("known.baseline", baseline)
        .with("known.json", spaced)
        .with("known", baseline);
    let names = ["shiftlint.toml", "known.txt", "known.baseline", "known.json", "known"];
    for args in [
        &["check", "."][..],
        &["check", ".", "--no-config"],
        &["check", ".", "--baseline", "known.txt"],
    ] {
        let outcome = folder.run(&[args, &["--verbose"]].concat()).exits(0);
        names.iter().for_each(|name| assert!(outcome.out.contains(name), "{}", outcome.told()));
    }
    folder
        .run(&["inspect", "."])
        .exits(0)
        .says(&["./shiftlint.toml: not read: it is the configuration"]);
    // What is named is read, and what is not recognised is in doubt.
    folder.run(&["check", "known.txt"]).exits(3);
    let folder = folder.with("rules.toml", "fail-on = \"error\"\n");
    folder.run(&["check", "."]).exits(3).says(&["RD117", "./rules.toml"]);
    folder.run(&["check", ".", "--config", "rules.toml"]).exits(0);
    let folder = folder.with("rules.csv", "fail-on = \"error\"\n").with("rules.toml.sig", "");
    std::fs::remove_file(folder.path().join("rules.toml")).expect("removed");
    folder.run(&["check", ".", "--config", "./rules.csv"]).exits(0);
    let folder = folder.with("more.toml", "fail-on = \"error\"\n");
    folder.run(&["check", ".", "--config", "rules.csv"]).exits(3).says(&["RD117", "./more.toml"]);
    let folder = folder.with("rules.csv", "extends = \"more.toml\"\n");
    folder.run(&["check", ".", "--config", "rules.csv"]).exits(0);
    let folder = folder.with("notes.dat", "{\"shiftlint\":\"report\"}");
    folder.run(&["check", ".", "--config", "rules.csv"]).exits(3).says(&["RD117", "./notes.dat"]);
}

#[test]
fn init_writes_nothing_about_nothing() {
    let folder = Folder::new();
    folder.run(&["init"]).exits(2).complains(&["there is no schedule in `.`"]);
    folder.run(&["init", "nix.csv"]).exits(2).complains(&["there is no file `nix.csv`"]);
    let shift = shifts(&["anna,s-1,2026-03-02T08:00Z,2026-03-02T16:00Z"]);
    let folder = folder.with("batch.csv", &shift).with("known.txt", "{\"shiftlint\":\"baseline\"}");
    let help = ["there is no file `bath.csv`", "did you mean `batch.csv`?"];
    folder.run(&["init", "bath.csv"]).exits(2).complains(&help);
    folder.run(&["init", "batch.csv", "nix.csv"]).exits(2).complains(&["`nix.csv`"]);
    assert_eq!(folder.names(), ["batch.csv", "known.txt"]);
    folder.run(&["init"]).exits(0);
    let text = folder.read("shiftlint.toml").expect("a configuration");
    assert!(text.contains("\nbatch = \"batch.csv\"\n"), "{text}");
    folder.run(&["check"]).exits(0);
}

#[test]
fn init_knows_time_off_by_name_and_names_copies() {
    let rows = |agent: &str| shifts(&[&*format!("{agent},x,2026-03-02T08:00Z,2026-03-02T16:00Z")]);
    for name in [
        "urlaub.csv",
        "pto.csv",
        "absences.csv",
        "Sick leave.csv",
        "Days off.csv",
        "vacaciones-2026.csv",
    ] {
        let folder = Folder::new()
            .with("batch.csv", rows("anna"))
            .with("batch copy.csv", rows("anna"))
            .with(name, rows("ben"));
        folder.run(&["init"]).exits(0);
        let text = folder.read("shiftlint.toml").expect("a configuration");
        assert!(text.contains(&format!("\ntime-off = \"{name}\"\n")), "{text}");
        let copy = "# ./batch.csv: not read: it holds the same bytes as ./batch copy.csv\n";
        assert!(text.contains(copy), "{text}");
        let told = folder.run(&["check", ".", "--no-config"]).exits(3);
        told.says(&["its name says", "--time-off"]);
    }
    for name in ["shifts.csv", "leaver.csv", "urlaubsort.csv", "time.csv"] {
        let folder = Folder::new().with(name, rows("ben"));
        folder.run(&["check", "."]).exits(0);
    }
}

#[test]
fn zones_of_nobody_are_noted() {
    let rows =
        ["Anna,s-1,2026-03-02T08:00,2026-03-02T16:00", "ben,s-2,2026-03-02T08:00,2026-03-02T16:00"];
    let json = "[{\"agent\":\"Anna\",\"start\":\"2026-03-02T08:00\",\"end\":\"2026-03-02T16:00\"}]";
    let zones =
        "[zones]\nanna = \"Europe/Berlin\"\nzoe = \"Europe/Berlin\"\nben = \"Europe/Berlin\"\n";
    let folder = Folder::new()
        .with("batch.csv", shifts(&rows))
        .with("batch.json", json)
        .with("live.csv", shifts(&["anna,s-9,2026-03-09T08:00,2026-03-09T16:00"]))
        .with("shiftlint.toml", zones);
    let what = "has a zone in the configuration, and no record names this agent";
    let notes = |args: &[&str]| {
        let report = folder.run(&[args, &["--tz", "UTC", "--format", "json"]].concat()).report();
        let notes = report["inputs"][0]["notes"].as_array().expect("notes").clone();
        let notes = notes.iter().filter_map(|note| note.as_str().map(str::to_owned));
        notes.filter(|note| note.contains(what)).collect::<Vec<String>>()
    };
    let anna = format!("`anna` {what}; did you mean `Anna`?");
    let zoe = format!("`zoe` {what}");
    assert_eq!(notes(&["check", "batch.csv"]), [anna.clone(), zoe.clone()]);
    let ben = format!("`ben` {what}");
    assert_eq!(notes(&["check", "batch.json"]), [anna, zoe.clone(), ben]);
    assert_eq!(notes(&["check", "batch.csv", "--published", "live.csv"]), [zoe]);
    assert_eq!(notes(&["check", "batch.csv", "--fold-agents"]).len(), 1);
    assert!(notes(&["check", "batch.csv", "--no-config"]).is_empty());
    let told = folder.run(&["check", "batch.csv", "--tz", "UTC"]);
    told.says(&["did you mean `Anna`?"]);
}

#[test]
fn the_zone_of_an_agent_with_two_names_is_in_the_receipt() {
    let folder = Folder::new()
        .with("batch.csv", shifts(&["Anna Lee,s-1,2026-03-02T08:00,2026-03-02T16:00"]))
        .with("agents.csv", "id,name,email\na1,Anna Lee,anna@example.com\n");
    for name in ["a1", "anna@example.com", "Anna Lee"] {
        let zones = format!("[zones]\n\"{name}\" = \"Europe/Berlin\"\n\"a2\" = \"Asia/Tokyo\"\n");
        std::fs::write(folder.path().join("shiftlint.toml"), zones).expect("written");
        let args = ["check", "batch.csv", "--agents", "agents.csv", "--tz", "UTC", "--verbose"];
        let outcome = folder.run(&args).says(&["1 local in `Europe/Berlin` (the agent's)"]);
        outcome
            .says(&["`a2` has a zone in the configuration and is not listed; did you mean `a1`?"]);
    }
}
