//! Ordinary exports of schedules, in the shapes of many programs: all of their
//! records are read, and nothing is in doubt.

use crate::program::Folder;

/// What stands above, the header, and a row. In the row `#` is the number of an
/// agent, `DD` a day of March 2026 and `WD` a weekday.
type Export = (&'static str, &'static str, &'static str);

const EXPORTS: [Export; 34] = [
    (
        "",
        "Employee ID;Employee Name;Date;Weekday;Shift;Start;End;Break (min);Hours",
        "100#;Lee, Ann #;DD.03.2026;WD;Früh;06:00;14:00;30;7,5",
    ),
    (
        "sep=;\r\n",
        "Personalnummer;Name;Datum;Beginn;Ende;Pause",
        "7#;Lee Ann;DD.03.2026;06:00;14:00;0:30",
    ),
    (
        "",
        "Name,Email,Date,Day,Start time,End time,Position,Notes",
        "Ann Lee #,ann#@x.com,2026-03-DD,WD,8:00 AM,4:00 PM,Cashier,\"call, me\nat noon\"",
    ),
    (
        "",
        "Employee Id,Employee Name,Employee Export Code,Location Name,Area Name,Date,Start,End,Meal Break,Total Time,Cost,Comment,Published,Open",
        "#,Ann # Lee,E#,Site A,Bar,2026-03-DD,09:00,17:00,00:30,7.5,120.00,,Yes,No",
    ),
    (
        "",
        "First Name,Last Name,Employee ID,Email,Position,Site,Start Date,Start Time,End Date,End Time,Unpaid Break,Total Hours,Notes,Published",
        "Ann#,Lee,#,a#@x.com,Host,Main,2026-03-DD,9:00am,2026-03-DD,5:00pm,30,7.5,,true",
    ),
    (
        "",
        "Agent,Management Unit,Week,Date,Start Time,End Time,Activity Code,Paid Minutes,Time Zone",
        "Ann Lee#,MU1,2026-03-02,2026-03-DD,08:00,16:00,On Queue Work,480,Europe/Berlin",
    ),
    (
        "",
        "Agent ID,Agent Name,Team,Schedule Date,Shift Start,Shift End,Activity,Activity Start,Activity End",
        "#,Lee Ann #,T1,2026-03-DD,08:00,16:00,Open,08:00,12:00",
    ),
    (
        "Report: Agent Schedules\nDate Range: 3/2/2026 - 3/8/2026\nMU: 100 Sales\n\n",
        "Agent ID,Agent Name,Date,Start,Stop,Length",
        "#,\"Lee, Ann #\",2026-03-DD,8:00 AM,4:00 PM,8:00",
    ),
    (
        "\"Roster, week 10\",,,\nFrom:,2026-03-02,To:,2026-03-08\n",
        "Agent,Start,End,Skill",
        "Ann #,2026-03-DD 08:00,2026-03-DD 16:00,Sales",
    ),
    (
        "",
        "Employee ID,Last Name,First Name,Organization,Assignment,Start,End,Duration",
        "#,Lee#,Ann,Org,Phone,2026-03-DD 08:00,2026-03-DD 16:00,8:00",
    ),
    (
        "",
        "Last Name,First Name,Organization,Start,End",
        "Lee#,Ann,Org,2026-03-DD 08:00,2026-03-DD 16:00",
    ),
    (
        "",
        "Person Number,Person Full Name,Schedule Date,Shift Start Date/Time,Shift End Date/Time,Shift Label,Job Transfer,Pay Code",
        "#,Ann Lee#,2026-03-DD,2026-03-DD 08:00,2026-03-DD 16:30,8a-4:30p,,",
    ),
    (
        "",
        "employee_id,eid,employee_name,schedule,date,start_time,end_time,total_time,location,notes",
        "10#,#,Ann Lee#,Bar,2026-03-DD,8:00 AM,4:00 PM,8.00,Main,",
    ),
    (
        "",
        "Employee,Role,Shift Date,Scheduled In,Scheduled Out,Actual In,Actual Out,Scheduled Hours,Actual Hours",
        "Ann Lee#,Host,2026-03-DD,08:00,16:00,07:58,16:04,8,8.1",
    ),
    (
        "",
        "First name,Last name,Shift title,Job,Start date,Start time,End date,End time,Timezone,Status,Is published",
        "Ann#,Lee,Open bar,Bar,2026-03-DD,08:00,2026-03-DD,16:00,America/Chicago,Published,yes",
    ),
    (
        "",
        "Personalnummer;Name;Datum;Beginn 1;Ende 1;Beginn 2;Ende 2;Summe",
        "#;Lee Ann#;DD.03.2026;08:00;12:00;13:00;17:00;8,00",
    ),
    ("", "Employee,Date,Start,End,Start 2,End 2", "e#,2026-03-DD,08:00,12:00,,"),
    ("", "Employee,Shift,Date,Start,End", "e#,08:00-16:00,2026-03-DD,08:00,16:00"),
    ("", "Employee,Shift Name,Start,End", "e#,8a-4p,2026-03-DD 8:00 AM,2026-03-DD 4:00 PM"),
    (
        "",
        "Employee,Date,Start,End,Meal,Lunch window,Store Hours",
        "e#,2026-03-DD,08:00,16:00,12:00-12:30,11:00-13:00,07:00-22:00",
    ),
    (
        "",
        "agent_id,start,end,metadata,tags",
        "e#,2026-03-DDT08:00Z,2026-03-DDT16:00Z,\"{\"\"color\"\":\"\"red\"\",\"\"createdAt\"\":\"\"2026-03-01T08:00Z\"\"}\",\"[\"\"a\"\"]\"",
    ),
    (
        "",
        "employee_id,payroll_id,badge,email,start,end",
        "#,50#,B#,a#@x.com,2026-03-DD 08:00,2026-03-DD 16:00",
    ),
    ("", "Employee,Start,End,,", "e#,2026-03-DD 08:00,2026-03-DD 16:00,,"),
    (
        "",
        "Employee,Start,End,Recurrence,Overnight,Day Offset",
        "e#,2026-03-DD 20:00,2026-03-DD 23:00,None,No,0",
    ),
    ("", "Employee,Date,Start,End,Overnight", "e#,2026-03-DD,22:00,06:00,Yes"),
    (
        "",
        "Employee ID,Date,Planned Start,Planned End,Actual Start,Actual End",
        "#,2026-03-DD,08:00,16:00,08:03,16:10",
    ),
    (
        "",
        "agent,date,start,start time,end,end time",
        "e#,2026-03-DD,2026-03-DD 08:00,08:00,2026-03-DD 16:00,16:00",
    ),
    (
        "",
        "Employee Name,Preferred Name,Start,End",
        "Ann Lee#,Annie Lee#,2026-03-DD 08:00,2026-03-DD 16:00",
    ),
    (
        "",
        "Employee,Start,End,Status,Approval Status,Shift Type,Type",
        "Ann#,2026-03-DD 08:00,2026-03-DD 16:00,Published,Approved,Regular,Work",
    ),
    (
        "",
        "\"Employee\",\"Start\",\"End\",\"Note\"",
        "\"Ann#\",\"2026-03-DD 08:00\",\"2026-03-DD 16:00\",\"see\nnote, of 2026-03-01, please, ok\"",
    ),
    (
        "",
        "Matricule;Nom;Prénom;Date;Heure début;Heure fin;Total",
        "#;Lee#;Ann;DD/03/2026;08h00;16h00;8",
    ),
    (
        "",
        "Employee,Start,End,Address",
        "Ann#,2026-03-DD 08:00,2026-03-DD 16:00,\"12 Main St, Springfield, IL, USA\nring twice\"",
    ),
    ("", "Resource\tStart\tFinish\tWork", "Ann#\t2026-03-DD 08:00\t2026-03-DD 16:00\t8 hrs"),
    (
        "",
        "user.id,user.name,shift.id,shift.start,shift.end,shift.notes",
        "u#,Ann #,s#-DD,2026-03-DDT08:00:00+01:00,2026-03-DDT16:00:00+01:00,",
    ),
];

#[test]
fn ordinary_exports_pass_without_a_doubt() {
    for (above, header, row) in EXPORTS {
        let mut text = format!("{above}{header}\n");
        for (day, weekday) in [(14, "Sat"), (15, "Sun"), (17, "Tue")] {
            for agent in 1..4 {
                let row = row.replace('#', &agent.to_string()).replace("DD", &day.to_string());
                text += &row.replace("WD", weekday);
                text.push('\n');
            }
        }
        let folder = Folder::new().with("batch.csv", &text);
        let arguments = ["check", "batch.csv", "--tz", "America/Chicago", "--format", "json"];
        let outcome = folder.run(&arguments);
        let report = outcome.report();
        let input = &report["inputs"][0];
        assert_eq!(input["doubts"].as_array().map(Vec::len), Some(0), "{header}: {input:#}");
        assert_eq!((&input["records"], &input["checked"]), (&9.into(), &9.into()), "{header}");
        assert_eq!(outcome.code, Some(0), "{header}: {}", outcome.told());
    }
}
