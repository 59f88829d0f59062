//! Columns that are not read: what they can add to a record is a doubt, and what only
//! looks like it passes.

use crate::program::{Folder, Outcome};
use serde_json::Value;
use std::process::Stdio;

/// A file by itself as a batch, or as time off beside a batch of one shift.
#[derive(Debug, Clone, Copy)]
enum Given {
    Batch(&'static str),
    Off(&'static str),
}

use Given::{Batch, Off};

impl Given {
    fn run(self, options: &[&str]) -> Outcome {
        let shift = "agent,start,end\nanna,2026-03-04 08:00,2026-03-04 16:00\n";
        let (folder, given) = match self {
            Batch(text) => (Folder::new().with("batch.csv", text), &[][..]),
            Off(text) => (
                Folder::new().with("batch.csv", shift).with("off.csv", text),
                &["--time-off", "off.csv", "--ignore", "ID107,RC108"][..],
            ),
        };
        folder.run(&[&["check", "batch.csv", "--tz", "UTC"], given, options].concat())
    }

    /// The doubts about the file, and the commands that answer each.
    fn doubts(self, options: &[&str]) -> Vec<(String, Vec<Vec<String>>)> {
        let outcome = self.run(&[options, &["--format", "json"]].concat());
        let report = outcome.report();
        let inputs = report["inputs"].as_array().expect("inputs");
        let doubts = inputs.iter().flat_map(|input| input["doubts"].as_array().expect("doubts"));
        let doubt = |doubt: &Value| {
            let text = |key: &str| doubt[key].as_str().expect("a text").to_owned();
            let answers = doubt["answers"].as_array().expect("answers");
            let words = |answer: &Value| -> Vec<String> {
                let options = answer["options"].as_array().expect("options").iter();
                options.filter_map(Value::as_str).map(str::to_owned).collect()
            };
            let answers = answers.iter().map(words).filter(|words| !words.is_empty());
            (format!("{} {}", text("code"), text("place")), answers.collect())
        };
        doubts.map(doubt).collect()
    }
}

/// Files whose unread columns are a doubt, with its code and place.
const DOUBTS: &[(Given, &str)] = &[
    // A number of days beside one date.
    (Off("agent,start,Days\nanna,2026-03-01,7\n"), "RD102 Days"),
    (Off("agent,date,Number of days\nanna,2026-03-01,7\n"), "RD102 Number of days"),
    (Off("agent,start date,Weeks\nanna,2026-03-01,2\n"), "RD102 Weeks"),
    (Off("agent,from,Nights\nanna,2026-03-01,7\n"), "RD102 Nights"),
    (Off("agent,start,Duration (days)\nanna,2026-03-01,7\n"), "RD102 Duration (days)"),
    (Off("Mitarbeiter,von,Anzahl Tage\nanna,2026-03-01,7\n"), "RD102 Anzahl Tage"),
    (Off("agent,start,Days Requested\nanna,2026-03-01,7\n"), "RD102 Days Requested"),
    (Off("agent,start,days\nanna,2026-03-01,Mon-Fri\n"), "RD107 days"),
    // A length or another end beside the end.
    (Off("agent,start,end,Days\nanna,2026-03-01,2026-03-02,7\n"), "RD107 Days"),
    (Off("agent,start,end,length\nanna,2026-03-01,2026-03-02,7 days\n"), "RD107 length"),
    (Off("agent,start,end,new end\nanna,2026-03-01,2026-03-02,2026-03-06\n"), "RD105 new end"),
    (
        Off("agent,start,end,extended to\nanna,2026-03-01,2026-03-02,2026-03-06\n"),
        "RD105 extended to",
    ),
    (
        Off("agent,start,end,actual end\nanna,2026-03-01,2026-03-02,2026-03-06\n"),
        "RD105 actual end",
    ),
    (
        Off("agent,start,end,return to work\nanna,2026-03-01,2026-03-02,2026-03-06\n"),
        "RD107 return to work",
    ),
    (Off("agent,start,end,back on\nanna,2026-03-01,2026-03-02,2026-03-06\n"), "RD107 back on"),
    (
        Off(
            "agent,Absence From,Absence To,Approved From,Approved To\nanna,2026-03-05,2026-03-06,2026-03-02,2026-03-03\n",
        ),
        "RD105 Approved From",
    ),
    (
        Off(
            "Mitarbeiter,von,bis,Genehmigt von,Genehmigt bis\nanna,2026-03-05,2026-03-06,2026-03-05,2026-03-07\n",
        ),
        "RD105 Genehmigt von",
    ),
    // A further span.
    (
        Batch("agent,date,start,end,Split start,Split end\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 Split start",
    ),
    (
        Batch("agent,date,start,end,OT start,OT end\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 OT start",
    ),
    (
        Batch("agent,date,start,end,extra start,extra end\na,2026-03-02,,,13:00,17:00\n"),
        "RD107 extra start",
    ),
    (
        Batch(
            "agent,start,end,abc start,abc end\na,2026-03-02 08:00,2026-03-02 12:00,13:00,17:00\n",
        ),
        "RD107 abc start",
    ),
    (Batch("agent,date,start,end,In2,Out2\na,2026-03-02,08:00,12:00,13:00,17:00\n"), "RD107 In2"),
    (
        Batch("agent,date,start,end,PM in,PM out\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 PM in",
    ),
    (
        Batch("employé,date,début,fin,Reprise,Fin reprise\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 Reprise",
    ),
    (
        Batch("employé,date,début,fin,Reprise,Départ\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 Reprise",
    ),
    (
        Batch("agent,date,start,end,Return,Leave\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 Return",
    ),
    (
        Batch("agent,date,in,out,Resume,Finish\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
        "RD107 Resume",
    ),
    (Batch("agent,date,start,end,abc,def\na,2026-03-02,08:00,12:00,13:00,17:00\n"), "RD103 abc"),
    // Another end, alone or with a start.
    (Batch("agent,date,start,end,New End\na,2026-03-02,08:00,16:00,18:00\n"), "RD105 New End"),
    (
        Batch(
            "agent,start,end,Revised End\na,2026-03-02 08:00,2026-03-02 16:00,2026-03-02 18:00\n",
        ),
        "RD105 Revised End",
    ),
    (
        Batch("agent,date,start,end,Extended To\na,2026-03-02,08:00,16:00,18:00\n"),
        "RD105 Extended To",
    ),
    (
        Batch("agent,date,start,end,Extended Until\na,2026-03-02,08:00,16:00,18:00\n"),
        "RD105 Extended Until",
    ),
    (
        Batch(
            "agent,date,start,end,Updated Start,Updated End\na,2026-03-02,08:00,12:00,13:00,17:00\n",
        ),
        "RD107 Updated Start",
    ),
    (
        Batch(
            "agent,date,start,end,Modified Start,Modified End\na,2026-03-02,08:00,16:00,12:00,20:00\n",
        ),
        "RD107 Modified Start",
    ),
    (
        Batch("agent,date,start,end,Updated End\na,2026-03-02,08:00,16:00,18:00\n"),
        "RD105 Updated End",
    ),
    // Minutes beside hours.
    (
        Batch("agent,date,Start Hour,Start Minute,End Hour,End Minute\na,2026-03-02,8,0,16,30\n"),
        "RD107 End Minute",
    ),
    // Another date.
    (
        Batch("agent,date,start,end,New Date\na,2026-03-05,13:00,17:00,2026-03-02\n"),
        "RD107 New Date",
    ),
    (
        Batch("Mitarbeiter,Datum,von,bis,Neues Datum\na,05.03.2026,13:00,17:00,13.03.2026\n"),
        "RD107 Neues Datum",
    ),
    // More days.
    (Batch("agent,start,end,days\na,2026-03-02 08:00,2026-03-02 16:00,Mon-Fri\n"), "RD107 days"),
    (Batch("agent,start,end,days\na,2026-03-02 08:00,2026-03-02 16:00,MTWTF\n"), "RD107 days"),
    (Batch("agent,start,end,days\na,2026-03-02 08:00,2026-03-02 16:00,5\n"), "RD107 days"),
    (
        Batch("agent,start,end,pattern\na,2026-03-02 08:00,2026-03-02 16:00,weekly\n"),
        "RD107 pattern",
    ),
    (Batch("agent,start,end,Weekly\na,2026-03-02 08:00,2026-03-02 16:00,Yes\n"), "RD107 Weekly"),
    (
        Batch("Mitarbeiter,von,bis,w\u{f6}chentlich\na,2026-03-02 08:00,2026-03-02 16:00,ja\n"),
        "RD107 w\u{f6}chentlich",
    ),
    (
        Batch("agent,start,end,Rotation days\na,2026-03-02 08:00,2026-03-02 16:00,\"Mon,Wed\"\n"),
        "RD107 Rotation days",
    ),
    (Batch("agent,start,end,every\na,2026-03-02 08:00,2026-03-02 16:00,week\n"), "RD107 every"),
    (
        Batch(
            "agent,start,end,Mon,Tue,Wed,Thu,Fri,Sat,Sun\na,2026-03-02 08:00,2026-03-02 16:00,x,x,,,,,\n",
        ),
        "RD107 Mon",
    ),
    (
        Batch(
            "agent,start,end,Su,Mo,Tu,We,Th,Fr,Sa\na,2026-03-02 08:00,2026-03-02 16:00,0,1,1,0,0,0,0\n",
        ),
        "RD107 Su",
    ),
    (
        Batch(
            "Mitarbeiter,Beginn,Ende,Mo,Di,Mi,Do,Fr\na,2026-03-02 08:00,2026-03-02 16:00,ja,ja,,,\n",
        ),
        "RD107 Mo",
    ),
    (
        Batch("agent,date,start,end,other date\na,2026-03-02,08:00,16:00,2026-03-06\n"),
        "RD107 other date",
    ),
    (Batch("agent,date,start,end,Also on\na,2026-03-02,08:00,16:00,2026-03-06\n"), "RD107 Also on"),
    (Batch("agent,date,start,end,Also on\na,2026-03-02,08:00,16:00,Thu\n"), "RD107 Also on"),
    (
        Batch("agent,date,start,end,More dates\na,2026-03-02,08:00,16:00,2026-03-03; 2026-03-04\n"),
        "RD107 More dates",
    ),
    (
        Batch("Mitarbeiter,Datum,von,bis,Auch am\na,02.03.2026,08:00,16:00,13.03.2026\n"),
        "RD107 Auch am",
    ),
    (
        Batch("agent,date,début,fin,Autre date\na,2026-03-02,08:00,16:00,2026-03-06\n"),
        "RD107 Autre date",
    ),
    (
        Batch("empleado,fecha,inicio,fin,Otra fecha\na,2026-03-02,08:00,16:00,2026-03-06\n"),
        "RD107 Otra fecha",
    ),
    // No word of it is known, and some records have a date there that follows their own.
    (
        Batch(
            "agent,date,start,end,Wdh\na,3/12/2026,08:00,16:00,3/20/2026\nb,3/14/2026,08:00,16:00,\n",
        ),
        "RD107 Wdh",
    ),
    (Batch("agent,date,through,start,end\na,2026-03-02,2026-03-06,08:00,16:00\n"), "RD107 through"),
    (
        Batch("agent,start,end,through\na,2026-03-02 08:00,2026-03-02 16:00,2026-03-06\n"),
        "RD107 through",
    ),
    (
        Batch("agent,first day,last day,start,end\na,2026-03-02,2026-03-06,08:00,16:00\n"),
        "RD107 last day",
    ),
    // Somebody else.
    (
        Batch(
            "agent,start,end,covered by\na,2026-03-02 08:00,2026-03-02 16:00,b\nb,2026-03-03 08:00,2026-03-03 16:00,\n",
        ),
        "RD107 covered by",
    ),
    (
        Batch(
            "Mitarbeiter,Vertretung durch,Datum,Von,Bis\nann,ben,2026-03-02,08:00,16:00\nben,,2026-03-03,08:00,16:00\n",
        ),
        "RD107 Vertretung durch",
    ),
    (
        Batch(
            "employee id,employee name,start,end\n1,Anna,2026-03-02 08:00,2026-03-02 16:00\n,Anna,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD106 employee name",
    ),
    (
        Batch(
            "employee id,email,start,end\n1,a@x.org,2026-03-02 08:00,2026-03-02 16:00\n,a@x.org,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD106 email",
    ),
    (
        Batch(
            "employee id,first name,last name,start,end\n1,Anna,Lee,2026-03-02 08:00,2026-03-02 16:00\n,Anna,Lee,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD106 first name",
    ),
    (
        Batch(
            "agent,date,start,end,Claimed By\na,2026-03-02,08:00,16:00,\n,2026-03-02,12:00,20:00,a\n",
        ),
        "RD107 Claimed By",
    ),
    (
        Batch(
            "agent,date,start,end,Covered By\na,2026-03-02,08:00,16:00,\nOPEN,2026-03-02,12:00,20:00,a\n",
        ),
        "RD107 Covered By",
    ),
    // Several agents in one cell.
    (
        Batch(
            "agent,start,end\nAnna,2026-03-02 08:00,2026-03-02 16:00\nBob,2026-03-03 08:00,2026-03-03 16:00\n\"Anna, Bob\",2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD107 agent",
    ),
    (
        Batch(
            "agent,start,end\nanna,2026-03-02 08:00,2026-03-02 16:00\nbob,2026-03-03 08:00,2026-03-03 16:00\nanna/bob,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD107 agent",
    ),
    (
        Batch(
            "agent,start,end\na1,2026-03-02 08:00,2026-03-02 16:00\na2,2026-03-03 08:00,2026-03-03 16:00\na1;a2,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD107 agent",
    ),
    (
        Batch(
            "agent,start,end\nanna,2026-03-02 08:00,2026-03-02 16:00\nditto,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD107 agent",
    ),
    (
        Batch(
            "agent,start,end\nanna,2026-03-02 08:00,2026-03-02 16:00\n〃,2026-03-02 12:00,2026-03-02 20:00\n",
        ),
        "RD107 agent",
    ),
];

#[test]
fn what_an_unread_column_adds_is_a_doubt_that_its_answers_settle() {
    for (given, expected) in DOUBTS {
        let found = given.doubts(&[]);
        let names: Vec<&str> = found.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, [*expected], "{given:?}");
        given.run(&[]).exits(3).says(&[&format!("[{}]", &expected[..5])]);
        let (_, answers) = &found[0];
        assert!(!answers.is_empty(), "{given:?}");
        for answer in answers {
            let answer: Vec<&str> = answer.iter().map(String::as_str).collect();
            let outcome = given.run(&answer);
            assert_ne!(outcome.code, Some(3), "{answer:?} {given:?}: {}", outcome.told());
        }
    }
}

/// Files that only look like it.
const NEAR_MISSES: &[Given] = &[
    Off("agent,start,end,Days\nanna,2026-03-05,2026-03-09,5\n"),
    Off("agent,start,end,Days\nanna,2026-03-05,2026-03-09,3\n"),
    Off("agent,date,Days\nanna,2026-03-05,1\n"),
    Off("agent,date,Days\nanna,2026-03-05,0.5\n"),
    Off("agent,date,Days remaining\nanna,2026-03-02,12\n"),
    Off("agent,start,end,return\nanna,2026-03-05,2026-03-05,2026-03-06\n"),
    // Back on Monday.
    Off("agent,start,end,return\nanna,2026-03-05,2026-03-06,2026-03-09\n"),
    Off("agent,start,end,new end\nanna,2026-03-05,2026-03-06,\n"),
    Off(
        "agent,From,To,Approved start,Approved end\nanna,2026-03-05,2026-03-06,2026-03-05,2026-03-06\n",
    ),
    Off("agent,From,To,Approved By,Approved On\nanna,2026-03-05,2026-03-06,ben,2026-03-07\n"),
    Off(
        "Mitarbeiter,von,bis,Genehmigt von,Genehmigt am\nanna,2026-03-05,2026-03-06,Ben,2026-03-07\n",
    ),
    Off(
        "agent,From,To,Contract start,Contract end\nanna,2026-03-05,2026-03-06,2020-01-01,2026-12-31\n",
    ),
    Off("agent,start,end,actual end\nanna,2026-03-05,2026-03-06,2026-03-06\n"),
    Batch("agent,date,start,end,break start,break end\na,2026-03-02,08:00,17:00,12:00,12:30\n"),
    Batch("agent,date,start,end,OT start,OT end\na,2026-03-02,08:00,17:00,16:00,17:00\n"),
    Batch("agent,date,start,end,actual start,actual end\na,2026-03-02,08:00,17:00,08:05,17:10\n"),
    Batch(
        "agent,date,start,end,in,out,in2,out2\na,2026-03-02,08:00,17:00,08:05,12:00,17:00,19:10\n",
    ),
    Batch("agent,date,start,end,clock in 2,clock out 2\na,2026-03-02,08:00,17:00,13:05,17:10\n"),
    // Lengths look like clock times.
    Batch(
        "agent,date,start,end,regular,overtime,doubletime,total\na,2026-03-02,08:00,18:00,8:00,2:00,0:00,10:00\nb,2026-03-02,22:00,06:00,8:00,0:00,0:00,8:00\n",
    ),
    Batch(
        "agent,date,start,end,normal,premium\na,2026-03-02,14:00,18:00,3:00,1:00\nb,2026-03-02,10:00,18:00,7:30,0:30\n",
    ),
    Batch("agent,date,start,end,sunrise,sunset\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
    Batch("agent,date,start,end,lunch out,lunch in\na,2026-03-02,08:00,12:00,13:00,17:00\n"),
    Batch("agent,date,start,end,call,curtain\na,2026-03-02,18:00,23:00,18:30,20:00\n"),
    Batch("agent,date,start,end,earliest start,latest end\na,2026-03-02,08:00,17:00,06:00,22:00\n"),
    Batch(
        "agent,date,start,end,available from,available to\na,2026-03-02,08:00,17:00,06:00,22:00\n",
    ),
    Batch("agent,date,start,end,store open,store close\na,2026-03-02,08:00,17:00,06:00,22:00\n"),
    Batch(
        "agent,date,start,end,previous start,previous end\na,2026-03-02,08:00,17:00,06:00,22:00\n",
    ),
    Batch("agent,date,start,end,abc,def\na,2026-03-02,08:00,17:00,09:00,10:00\n"),
    Batch("agent,date,day,start,end\na,2026-03-02,Mon,08:00,16:00\n"),
    Batch("agent,date,days,start,end\na,2026-03-02,Mon,08:00,16:00\n"),
    Batch("agent,date,days,start,end\na,2026-03-02,1,08:00,16:00\n"),
    Batch(
        "agent,start,end,kind,days\na,2026-03-02,2026-03-04,PTO,3\nb,2026-03-02 08:00,2026-03-02 16:00,,1\n",
    ),
    Batch("agent,date,shift pattern,start,end\na,2026-03-02,Early,08:00,16:00\n"),
    Batch("agent,start,end,Mon,Tue,Wed,Thu,Fri\na,2026-03-02 08:00,2026-03-02 16:00,x,,,,\n"),
    Batch("agent,start,end,Mon,Tue,Wed,Thu,Fri\na,2026-03-02 08:00,2026-03-02 16:00,E,L,N,,\n"),
    Batch("agent,start,end,M,T,W\na,2026-03-02 08:00,2026-03-02 16:00,1,1,1\n"),
    Batch("agent,date,other date,start,end\na,2026-03-02,2026-03-02,08:00,16:00\n"),
    Batch("agent,date,start,end,Also on\na,2026-03-02,08:00,16:00,Mon\n"),
    Batch("agent,date,start,end,Other\na,2026-03-02,08:00,16:00,keys; badge\n"),
    // About the record: the end of its week, or a day long before or after it.
    Batch(
        "agent,date,start,end,W/E\na,2026-03-02,08:00,16:00,2026-03-08\nb,2026-03-03,08:00,16:00,2026-03-08\n",
    ),
    Batch(
        "agent,date,start,end,Visa\na,2026-03-02,08:00,16:00,2027-03-08\nb,2026-03-03,08:00,16:00,\n",
    ),
    Batch(
        "agent,date,start,end,Told\na,2026-03-02,08:00,16:00,2026-02-20\nb,2026-03-03,08:00,16:00,\n",
    ),
    Batch("agent,date,through,start,end\na,2026-03-02,2026-03-03,22:00,06:00\n"),
    Batch("agent,first day,last day,start,end\na,2026-03-02,2026-03-02,08:00,16:00\n"),
    Batch(
        "agent,start,end,covered by\na,2026-03-02 08:00,2026-03-02 16:00,insurance\nb,2026-03-03 08:00,2026-03-03 16:00,b\n",
    ),
    Batch(
        "agent,start,end,approved by\na,2026-03-02 08:00,2026-03-02 16:00,b\nb,2026-03-03 08:00,2026-03-03 16:00,a\n",
    ),
    Batch(
        "employee id,employee name,start,end\n1,Anna,2026-03-02 08:00,2026-03-02 16:00\n,Open,2026-03-02 12:00,2026-03-02 20:00\n,,2026-03-02 12:00,2026-03-02 20:00\n",
    ),
    Batch("agent,date,start,end,New End\na,2026-03-02,08:00,16:00,15:00\n"),
    Batch("agent,date,start,end,New Date\na,2026-03-02,08:00,16:00,2026-03-02\n"),
    Batch("agent,date,Start Hour,Start Minute,End Hour,End Minute\na,2026-03-02,8,0,16,0\n"),
    Batch("agent,date,start,end,New End\na,2026-03-02,08:00,16:00,\n"),
    Batch("agent,date,start,end,Extended To\na,2026-03-02,08:00,16:00,16:00\n"),
    Batch(
        "agent,date,start,end,Updated On,Updated At,Updated By\na,2026-03-02,08:00,16:00,2026-03-05,18:00,b\nb,2026-03-03,08:00,16:00,,,a\n",
    ),
    Batch(
        "agent,date,start,end,Last Modified,Changed,Edited\na,2026-03-02,08:00,16:00,2026-03-05 18:00,2026-03-05,18:00\n",
    ),
    Batch(
        "agent,date,start,end,Claimed By,Posted By\na,2026-03-02,08:00,16:00,,\n,2026-03-02,12:00,20:00,,a\n,2026-03-02,12:00,20:00,nobody,a\n",
    ),
    // No recurrence.
    Batch("agent,start,end,weekly\na,2026-03-02 08:00,2026-03-02 16:00,No\n"),
    Batch("agent,start,end,weekly hours\na,2026-03-02 08:00,2026-03-02 16:00,1\n"),
    Batch("agent,start,end,rotation\na,2026-03-02 08:00,2026-03-02 16:00,A\n"),
    // The name of a shift.
    Batch(
        "employee id,name,start,end\n1,Early,2026-03-02 08:00,2026-03-02 16:00\n2,Early,2026-03-02 08:00,2026-03-02 16:00\n,Late,2026-03-02 12:00,2026-03-02 20:00\n",
    ),
    Batch(
        "agent,start,end\n\"Lee, Anna\",2026-03-02 08:00,2026-03-02 16:00\n\"Lee, Bob\",2026-03-02 08:00,2026-03-02 16:00\nTeam A/B,2026-03-02 08:00,2026-03-02 16:00\n",
    ),
];

#[test]
fn what_only_looks_like_more_passes() {
    for given in NEAR_MISSES {
        let outcome = given.run(&[]);
        assert_eq!(outcome.code, Some(0), "{given:?}: {}", outcome.told());
        assert!(!outcome.out.contains("[RD"), "{given:?}: {}", outcome.told());
    }
}

/// Whole days by the user's word, and a column that holds later dates.
#[test]
fn whole_days_of_shifts_may_end_in_an_unread_column() {
    let text = "agent,date,through\na,2026-03-02,2026-03-06\n";
    let days = ["--whole-days", "batch.csv"];
    Batch(text).run(&days).exits(3).says(&["[RD102]", "`through`"]);
    Batch(text).run(&[&days[..], &["--map", "end=through"]].concat()).exits(0);
    Batch("agent,date,through\na,2026-03-02,2026-03-02\n").run(&days);
}

/// What is read of two pairs of columns is what would be read of two rows.
#[test]
fn pairs_of_columns_that_are_numbered_by_words_are_rows_of_their_own() {
    let spans =
        [("08:00,12:00", "13:00,17:00"), ("08:00,12:00", ","), ("06:00,09:00", "16:00,18:00")];
    for names in [
        "AM start,AM end,PM start,PM end",
        "Start A,End A,Start B,End B",
        "Start,End,Start II,End II",
        "start,end,start_b,end_b",
        "start i,end i,start ii,end ii",
        "Morning start,Morning end,Afternoon start,Afternoon end",
        "Beginn vormittag,Ende vormittag,Beginn nachmittag,Ende nachmittag",
        "1st start,1st end,2nd start,2nd end",
    ] {
        let (mut pairs, mut rows) =
            (format!("agent,date,{names}\n"), "agent,date,start,end\n".to_owned());
        for (agent, (first, second)) in [("a", spans[0]), ("a", spans[2]), ("b", spans[1])] {
            pairs += &format!("{agent},2026-03-02,{first},{second}\n");
            for span in [first, second].into_iter().filter(|span| *span != ",") {
                rows += &format!("{agent},2026-03-02,{span}\n");
            }
        }
        let told = |text: String| {
            let folder = Folder::new().with("batch.csv", text);
            let outcome = folder.run(&["check", "batch.csv", "--tz", "UTC", "--format", "json"]);
            let report = outcome.exits(1).report();
            let spans = report["findings"].as_array().expect("findings").iter();
            spans
                .map(|finding| format!("{} {}", finding["start"], finding["end"]))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(pairs), told(rows), "{names}");
    }
    let overlapping =
        "agent,date,AM start,AM end,PM start,PM end\na,2026-03-02,08:00,14:00,13:00,17:00\n";
    let folder = Folder::new().with("batch.csv", overlapping);
    folder.run(&["check", "batch.csv", "--tz", "UTC"]).exits(3).says(&["[RD108]"]);
}

/// Several agents in one cell, and a mark for the one above, in one column.
#[test]
fn an_answer_that_settles_two_doubts_is_told_once() {
    let text = "agent,start,end\nanna,2026-03-02 08:00,2026-03-02 16:00\n\
                bob,2026-03-02 08:00,2026-03-02 16:00\nanna/bob,2026-03-03 08:00,2026-03-03 16:00\n\
                ditto,2026-03-04 08:00,2026-03-04 16:00\n";
    let outcome = Batch(text).run(&[]).exits(3).says(&["2 questions are open"]);
    let command = outcome.out.lines().find(|line| line.contains("answered, this would be"));
    assert_eq!(command.unwrap_or_default().matches("--accept RD107=agent").count(), 1);
    Batch(text).run(&["--accept", "RD107=agent"]).exits(0);
}

/// A stream is read once, and again from what was kept of it.
#[test]
fn doubts_of_unread_columns_are_the_same_of_a_stream() {
    let long = "x".repeat(600);
    for (given, expected) in DOUBTS {
        let Batch(text) = given else { continue };
        // Records of more than 512 bytes are kept by their words.
        let padded: String = text.lines().enumerate().fold(String::new(), |all, (at, line)| {
            all + line
                + if at == 0 { ",note" } else { "," }
                + if at == 0 { "" } else { &long }
                + "\n"
        });
        for text in [(*text).to_owned(), padded] {
            let folder = Folder::new();
            let mut command = folder.command(&["check", "-", "--tz", "UTC"]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().expect("a process");
            std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), text.as_bytes())
                .expect("all written");
            let output = child.wait_with_output().expect("an end");
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(output.status.code(), Some(3), "{text}: {told}");
            assert!(told.contains(&format!("[{}]", &expected[..5])), "{text}: {told}");
        }
    }
}

/// Below a table stands what its program has to say; a record that is cut short is none
/// of that.
#[test]
fn the_foot_of_a_report_is_no_record() {
    let table = |line: &str| {
        format!(
            "agent,start,end\nanna,2026-03-02 08:00,2026-03-02 16:00\n\
             Total,2026-03-02 08:00,2026-03-02 16:00\n{line}\n"
        )
    };
    let run = |line: &str| {
        let folder = Folder::new().with("batch.csv", table(line));
        folder.run(&["check", "batch.csv", "--tz", "UTC"])
    };
    for line in [
        "Generated by HR 5.1,,",
        "Exported on 2026-03-09",
        "Page 1 of 3,,",
        ",Page 1 of 3,",
        "(2 rows),,",
        "End of report,,",
        "Erstellt am 09.03.2026,,",
        "Grand Total,,",
    ] {
        run(line).exits(0).says(&["1 total line"]);
    }
    for line in
        ["ben,,", "ben", "ben,2026-03-02 08:00", "Page Smith,,", "Total,,", "Report,,", ",,16:00"]
    {
        let outcome = run(line);
        assert!(matches!(outcome.code, Some(0 | 3)), "{line}: {}", outcome.told());
        if !line.starts_with(',') {
            outcome.exits(3).says(&["[RC101]"]);
        }
    }
}

/// Names of two columns in a language that is not known are not read as one date.
#[test]
fn the_end_of_time_off_is_not_its_date() {
    let off = "agent,Data od,Data do\nanna,2026-03-01,2026-03-06\n";
    Off(off).run(&[]).exits(3).says(&["no column for the start"]);
    Off(off).run(&["--map", "time-off:start date=Data od"]).exits(1).says(&["[OV201]"]);
}

/// In a document, too, a record whose better key for the agent is empty is nobody's only
/// if no other key names somebody.
#[test]
fn a_key_that_is_null_leaves_somebody_else_in_doubt() {
    let record = |agent: &str, hour: &str| {
        format!(r#"{{{agent},"start":"2026-03-02T{hour}:00Z","end":"2026-03-02T16:00Z"}}"#)
    };
    let check = |records: &[String], options: &[&str]| {
        let text = format!("[{}]", records.join(","));
        let args = [&["check", "batch.json"], options].concat();
        Folder::new().with("batch.json", text).run(&args)
    };
    let named = record(r#""employee_id":7,"employee":"Ann""#, "08");
    for other in
        [r#""employee_id":null,"employee":"Ann""#, r#""employee":"Ann","employee_id":null"#]
    {
        let records = [named.clone(), record(other, "09")];
        check(&records, &[]).exits(3).says(&["[RD106]", "--map agent=employee"]);
        check(&records, &["--map", "agent=employee"]).exits(1).says(&["[OV101]"]);
    }
    for open in [r#""employee_id":null,"employee":null"#, r#""employee_id":null,"employee":"Open""#]
    {
        check(&[named.clone(), record(open, "09")], &[]).exits(0).says(&["1 unassigned"]);
    }
}

#[test]
fn a_second_range_beside_the_one_that_is_read_is_a_doubt() {
    for (name, range) in
        [("Evening", "15:00-20:00"), ("PM shift", "15h00-20h00"), ("Also", "3pm-8pm")]
    {
        let table = |other: &str| {
            format!(
                "employee,date,shift,{name}\nann,2026-03-02,08:00-12:00,{other}\nben,2026-03-02,08:00-12:00,\n"
            )
        };
        let run = |text: String| {
            Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "UTC"])
        };
        run(table(range)).exits(3).says(&["[RD105]", name]);
        run(table("08:00-12:00")).exits(0);
        run(table("")).exits(0);
    }
}

/// Whatever stands between two times, and whatever the column is called.
#[test]
fn a_range_beside_a_start_and_an_end_is_a_doubt_if_it_leaves_them() {
    let run = |name: &str, range: &str| {
        let table = format!(
            "agent,date,start,end,{name}\na,2026-03-02,08:00,12:00,{range}\n\
             a,2026-03-02,19:00,20:00,\n"
        );
        Folder::new().with("batch.csv", table).run(&["check", "batch.csv", "--tz", "UTC"])
    };
    for name in ["Overtime", "Extra", "Überstunden", "Heures sup", "Bonus", "Late duty"] {
        for range in [
            "18:00-22:00",
            "18:00–22:00",
            "18:00 to 22:00",
            "18:00 bis 22:00",
            "18:00 a 22:00",
            "6pm-10pm",
            "+ 18:00-22:00",
            "& 6pm-10pm",
            "13:00-14:00; 18:00-22:00",
        ] {
            let doubt = run(name, range).exits(3);
            assert!(doubt.out.contains("[RD103]"), "{name} {range}: {}", doubt.told());
        }
        for range in ["11:00-12:00", "none", "2", "1.5"] {
            let clean = run(name, range);
            assert_eq!(clean.code, Some(0), "{name} {range}: {}", clean.told());
        }
    }
    for name in ["SyntaxError", "Notes", "Actual", "Store hours", "Availability"] {
        run(name, "18:00-22:00").exits(0);
    }
}

#[test]
fn a_column_that_names_other_agents_is_a_doubt_whatever_it_is_called() {
    let run = |text: String| {
        Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "UTC"])
    };
    let table = |name: &str, [one, other]: [&str; 2], second: &str| {
        format!(
            "date,start,end,employee,{name}\n2026-03-02,08:00,16:00,{one},{second}\n\
             2026-03-02,15:00,18:00,{other},{one}\n"
        )
    };
    let names = ["ann", "cara"];
    for name in ["backup", "partner", "codriver", "buddy"] {
        run(table(name, names, "ben")).exits(3).says(&["[RD107]", name]);
    }
    // A supervisor is known to be somebody else; rooms have numbers, as agents may have.
    run(table("supervisor", names, "ben")).exits(0);
    run(table("backup", names, "ann")).exits(3);
    run(table("floor", ["1", "2"], "3")).exits(0);
    run(table("backup", names, "").replace(",cara,ann", ",cara,")).exits(0);
}

/// Who works is named twice: as planned and in the end, by two professions, by ids and
/// by names.
#[test]
fn a_second_column_of_persons_is_a_doubt_if_it_names_other_agents() {
    let run = |text: String| {
        Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "UTC"])
    };
    let table = |names: &str, rows: [&str; 2]| {
        let [one, other] = rows;
        format!(
            "date,start,end,{names}\n2026-03-02,08:00,16:00,{one}\n2026-03-02,08:00,18:00,{other}\n"
        )
    };
    for (names, rows, code) in [
        ("Nurse,Doctor", ["ann,ben", "cara,ann"], "[RD107]"),
        ("Employee,Driver", ["Ann Lee,Cara Ray", "Cara Ray,Ann Lee"], "[RD107]"),
        ("Employee,Actual Employee", ["ann,ann", "cara,ann"], "[RD107]"),
        ("Employee,Worked By", ["ann,ann", "cara,ann"], "[RD107]"),
        ("Employee,Shadowed by", ["ann,ben", "cara,ann"], "[RD107]"),
        ("Agent,Trainee", ["ann,ben", "cara,ann"], "[RD107]"),
        ("Mitarbeiter,Gearbeitet von", ["ann,ann", "cara,ann"], "[RD107]"),
        ("First Name,Last Name,Backup", ["Ann,Lee,Cara Ray", "Cara,Ray,"], "[RD107]"),
        ("Employee ID,Employee Name,Backup", ["E1,Ann Lee,Cara Ray", "E2,Cara Ray,"], "[RD107]"),
        ("Employee ID,Name,Covered by", ["E1,Ann Lee,Cara Ray", "E2,Cara Ray,"], "[RD107]"),
        (
            "Employee ID,First Name,Last Name,Backup",
            ["E1,Ann,Lee,Cara Ray", "E2,Cara,Ray,"],
            "[RD107]",
        ),
    ] {
        let outcome = run(table(names, rows)).exits(3);
        let told = outcome.told();
        assert!(
            outcome.out.contains(code) && outcome.out.contains("1 question"),
            "{names}: {told}"
        );
    }
    for (names, rows) in [
        ("Employee,Manager,Approved By,Created By", ["ann,cara,cara,cara", "cara,ann,ann,ann"]),
        ("Employee,Supervisor,Assigned By", ["ann,cara,cara", "cara,ann,ann"]),
        ("Employee,Actual Employee", ["ann,ann", "cara,cara"]),
        ("Employee,Customer", ["ann,cara", "cara,ann"]),
        ("Employee ID,Employee Name,Email", ["1,Ann,a@x.org", "2,Cara,c@x.org"]),
        ("Employee ID,Name,Full Name", ["1,Ann,Ann Lee", "2,Cara,Cara Ray"]),
        ("Employee ID,Employee Clock ID", ["1017,1018", "1018,1019"]),
        // The names of shifts.
        ("Employee ID,Name,Next", ["E1,Early,Late", "E2,Late,Early"]),
    ] {
        let text = table(names, rows);
        // Each agent has several shifts.
        let later: String = text
            .lines()
            .skip(1)
            .map(|line| {
                line.replace("03-02", "03-03")
                    .replace("Early", "x")
                    .replace("Late", "Early")
                    .replace('x', "Late")
                    + "\n"
            })
            .collect();
        let outcome = run(text + &later);
        assert_eq!(outcome.code, Some(0), "{names}: {}", outcome.told());
    }
}

/// A shift on Monday, the second of March, from 08:00 to 16:00, with columns and cells of its own.
fn shift_with(columns: &str, cells: &str) -> Folder {
    let empty = ",".repeat(columns.matches(',').count());
    let text = format!(
        "agent,date,start,end,{columns}\nann,2026-03-02,08:00,16:00,{cells}\n\
         ben,2026-03-02,10:00,20:00,{empty}\n"
    );
    Folder::new().with("batch.csv", text)
}

#[test]
fn an_absence_beside_a_shift_is_a_doubt() {
    for (columns, cells) in [
        ("Leave From,Leave To", "2026-03-01,2026-03-04"),
        ("Leave From,Leave To", "2026-02-26,2026-03-02"),
        ("Leave From,Leave To", "2026-03-01,"),
        ("Leave From,Leave To", "2026-03-04,2026-03-01"),
        ("Vacation Start,Vacation End", "03/01/2026,03/04/2026"),
        ("Urlaub von,Urlaub bis", "01.03.2026,04.03.2026"),
        ("Absence Start,Absence End", "10:00,12:00"),
        ("Unavailable From,Unavailable To", "10:00,12:00"),
        ("Time off start,Time off end", "2026-03-02 10:00,2026-03-02 12:00"),
        ("Leave From", "soon"),
        ("Absence", "Vacation"),
        ("Abwesenheit", "Urlaub"),
        ("Vacation", "2026-03-01 - 2026-03-04"),
        ("Vacation", "2026-03-02"),
        ("Vacation", "Mar 1-4"),
        ("Unavailable", "2026-03-02"),
        ("Absent", "10:00-12:00"),
        ("On Leave", "Yes"),
        ("Is Absent", "1"),
        ("Krank", "x"),
        ("Exception", "Vacation"),
        ("Attendance", "Sick"),
        ("Pay Code", "PTO"),
        ("Day Off", "Monday"),
        ("Day Off", "\"Sun, Mon\""),
    ] {
        let place = columns.split(',').next().expect("a column");
        let folder = shift_with(columns, cells);
        let outcome = folder.run(&["check", "batch.csv", "--tz", "UTC"]);
        assert_eq!(outcome.code, Some(3), "{columns} {cells} {}", outcome.told());
        outcome.says(&["[RD107]", &format!("`{place}`"), "the agent is absent"]);
        let accept = format!("RD107={place}");
        folder.run(&["check", "batch.csv", "--tz", "UTC", "--accept", &accept]).exits(0);
    }
}

#[test]
fn an_absence_beside_a_shift_is_none_at_another_time() {
    for (columns, cells) in [
        ("Leave From,Leave To", "2026-03-03,2026-03-05"),
        ("Leave From,Leave To", "2026-02-20,2026-03-01"),
        ("Leave From,Leave To", "2026-03-03,"),
        ("Leave From,Leave To", ",2026-03-02"),
        ("Urlaub von,Urlaub bis", "03.03.2026,04.03.2026"),
        ("Unavailable From,Unavailable To", "16:00,18:00"),
        ("Unavailable From,Unavailable To", "20:00,09:00"),
        ("Unavailable", "2026-03-03"),
        ("Day Off", "Sunday"),
        ("Day Off", "\"Sat, Sun\""),
        ("On Leave", "No"),
        ("On Leave", "0"),
        ("Absence", "none"),
        ("Absence", "Present"),
        ("Leave", "16:00"),
        ("Leave", "4:00 PM"),
        // An account, or about time off.
        ("Vacation", "12.5"),
        ("Vacation days left", "12"),
        ("Leave Balance", "8"),
        ("PTO Hours", "40"),
        ("PTO Accrued", "3"),
        ("Sick Pay", "Yes"),
        ("Leave Policy", "Standard"),
        ("Leave Approver", "Cara"),
        ("Leave Year", "2026"),
        ("Holiday", "Labour Day"),
        ("Exception", "late by 5 minutes"),
        ("Attendance", "on time"),
        ("Pay Code", "REG"),
    ] {
        let outcome = shift_with(columns, cells).run(&["check", "batch.csv", "--tz", "UTC"]);
        assert_eq!(outcome.code, Some(0), "{columns} {cells} {}", outcome.told());
    }
    // An absence is what the record itself is.
    let text = "agent,start,end,type,Absence\nann,2026-03-02 08:00,2026-03-02 16:00,PTO,Sick\n\
                ann,2026-03-03 08:00,2026-03-03 16:00,,\n";
    let outcome = Folder::new().with("batch.csv", text).run(&["check", "batch.csv", "--tz", "UTC"]);
    outcome.never_says(&["[RD107]"]);
}
