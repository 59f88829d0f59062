//! Ordinary exports of schedules, in the shapes of many programs: all of their
//! records are read, and nothing is in doubt.

use crate::program::Folder;

/// What stands above, the header, and a row. In the row `#` is the number of an
/// agent, `DD` a day of March 2026 and `WD` a weekday.
type Export = (&'static str, &'static str, &'static str);

const EXPORTS: [Export; 68] = [
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
    ("", "Agente;Fecha;Hora de inicio;Hora de fin;Puesto", "Ana #;DD/03/2026;08:00;16:00;Caja"),
    ("", "Empleado;Fecha inicio;Fecha fin;Notas", "Ana #;DD/03/2026 08:00;DD/03/2026 16:00;"),
    ("", "Mitarbeiter;Datum;Von;Bis;Pause;Bereich", "Lee #;DD.03.2026;08:00;16:00;30;Lager"),
    (
        "",
        "Mitarbeiter-ID;Mitarbeitername;Schichtbeginn;Schichtende;Schichtart",
        "4#;Lee #;DD.03.2026 08:00;DD.03.2026 16:00;Früh",
    ),
    ("", "Salarié;Date;Début;Fin;Poste;Commentaire", "Lee #;DD/03/2026;08:00;16:00;Accueil;"),
    ("", "Employé;Début;Fin;Site", "Lee #;DD/03/2026 08:00;DD/03/2026 16:00;Lyon"),
    ("", "Dipendente;Data;Ora inizio;Ora fine;Reparto", "Lia #;DD/03/2026;08:00;16:00;Cassa"),
    ("", "Funcionário;Data;Início;Fim;Função", "Rui #;DD/03/2026;08:00;16:00;Caixa"),
    ("", "Medewerker;Datum;Begintijd;Eindtijd;Afdeling", "Jan #;DD-03-2026;08:00;16:00;Kassa"),
    ("", "Agent\tDate\tStart\tEnd\tQueue", "Ann #\t2026-03-DD\t08:00\t16:00\tSales"),
    (
        "",
        "Employee ID\tName\tShift Start\tShift End",
        "e#\tAnn #\t2026-03-DD 08:00\t2026-03-DD 16:00",
    ),
    ("", "Employee|Start|End|Role", "Ann #|2026-03-DD 08:00|2026-03-DD 16:00|Cook"),
    ("", "Agent,Start,End", "Ann #,3/DD/2026 8:00 AM,3/DD/2026 4:00 PM"),
    ("", "Agent,Date,Start,End", "Ann #,DD/03/2026,08:00,16:00"),
    ("", "Agent,Date,Start Time,Stop Time,Activity", "Ann #,3/DD/2026,08:00 AM,04:00 PM,Shift"),
    ("", "Employee,Date,Shift", "Ann #,2026-03-DD,08:00-16:00"),
    ("", "Employee,Date,Hours", "Ann #,2026-03-DD,8:00 AM - 4:00 PM"),
    ("", "Name,Datum,Schicht", "Ann #,DD.03.2026,08:00–16:00"),
    (
        "",
        "agent,starts_at,ends_at,created_at,updated_at",
        "a#,2026-03-DDT08:00:00-05:00,2026-03-DDT16:00:00-05:00,2026-03-01T09:00:00Z,2026-03-02T10:00:00Z",
    ),
    (
        "",
        "user_id,shift_id,start_utc,end_utc,timezone",
        "u#,k#-DD,2026-03-DDT13:00:00Z,2026-03-DDT16:00:00Z,America/Chicago",
    ),
    ("", "agentId,startDate,lengthInMinutes", "a#,2026-03-DDT08:00:00Z,480"),
    ("", "Agent,Start,Duration", "Ann #,2026-03-DD 08:00,8:00"),
    ("", "Agent,Start,Duration (hours)", "Ann #,2026-03-DD 08:00,8"),
    (
        "",
        "Employee Number,Employee,Schedule Date,In,Out,Department,Manager",
        "#,Ann #,2026-03-DD,08:00,16:00,Deli,Kim Ray",
    ),
    (
        "",
        "Employee,Date,Start,End,Job,Rate,Cost,Approved By,Approved At",
        "Ann #,2026-03-DD,08:00,16:00,Host,17.50,140.00,Kim,2026-03-05 10:00",
    ),
    (
        "",
        "Employee,Date,Start,End,Hire Date,Birth Date",
        "Ann #,2026-03-DD,08:00,16:00,2020-01-06,1990-05-0#",
    ),
    (
        "",
        "Employee,Date,Start,End,Break Start,Break End",
        "Ann #,2026-03-DD,08:00,16:00,12:00,12:30",
    ),
    (
        "",
        "Employee,Date,Start,End,Lunch Start,Lunch End,Team,Color",
        "Ann #,2026-03-DD,08:00,16:00,12:00,12:30,T1,red",
    ),
    ("", "Person Id,Person,Start (UTC),End (UTC)", "p#,Ann #,2026-03-DD 08:00,2026-03-DD 16:00"),
    (
        "",
        "Person,Start (America/New_York),End (America/New_York)",
        "Ann #,2026-03-DD 08:00,2026-03-DD 16:00",
    ),
    (
        "",
        "Subject,Start Date,Start Time,End Date,End Time,Description,Location,Employee",
        "Shift,3/DD/2026,8:00 AM,3/DD/2026,4:00 PM,,Main,Ann #",
    ),
    (
        "",
        "Member,Work Email,Group,Shift Start Date,Shift Start Time,Shift End Date,Shift End Time,Theme Color,Custom Label,Unpaid Break (minutes),Notes,Shared",
        "Ann Lee #,ann#@x.com,Floor,3/DD/2026,8:00 AM,3/DD/2026,4:00 PM,2. Green,,30,,1. Shared",
    ),
    ("\u{feff}", "Employee,Start,End", "Ann #,2026-03-DD 08:00,2026-03-DD 16:00"),
    (
        "Exported 2026-03-01 09:00\n\n",
        "Employee,Start,End,Status",
        "Ann #,2026-03-DD 08:00,2026-03-DD 16:00,Published",
    ),
];

/// A document: what stands above, what each agent's records stand between, a record,
/// and what stands below. `SECONDS08` is 08:00 UTC of the day in Unix time.
struct Document {
    name: &'static str,
    above: &'static str,
    opens: &'static str,
    record: &'static str,
    closes: &'static str,
    below: &'static str,
}

const DOCUMENTS: [Document; 27] = [
    Document {
        name: r##"j.json"##,
        above: r##"["##,
        opens: r##""##,
        record: r##"{"agentId":"a#","start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"]"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"shifts":["##,
        opens: r##""##,
        record: r##"{"id":"k#-DD","employee":{"id":"e#","name":"Ann #"},"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z","notes":null}"##,
        closes: r##""##,
        below: r##"],"count":9}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"agentSchedules":["##,
        opens: r##"{"user":{"id":"6f1c5a6#-0f3c-4b8e-9d4e-0a1b2c3d4e5f"},"shifts":["##,
        record: r##"{"id":"k#-DD","startDate":"2026-03-DDT08:00:00Z","lengthMinutes":480,"activities":[{"startDate":"2026-03-DDT08:00:00Z","lengthMinutes":240,"activityCodeId":"0"},{"startDate":"2026-03-DDT12:00:00Z","lengthMinutes":30,"activityCodeId":"2"}],"manuallyEdited":false}"##,
        closes: r##"],"metadata":{"version":3}}"##,
        below: r##"],"businessUnitTimeZone":"Europe/Paris"}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"userSchedules":{"##,
        opens: r##""6f1c5a6#-0f3c-4b8e-9d4e-0a1b2c3d4e5f":{"shifts":["##,
        record: r##"{"startDate":"2026-03-DDT08:00:00Z","lengthInMinutes":480,"activities":[{"startDate":"2026-03-DDT08:00:00Z","lengthInMinutes":480,"activityCodeId":"0","paid":true}]}"##,
        closes: r##"],"delete":false}"##,
        below: r##"}}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"agents":["##,
        opens: r##"{"agentId":"a#","agentName":"Ann #","schedule":["##,
        record: r##"{"date":"2026-03-DD","startTime":"08:00","endTime":"16:00","activity":"Phone"}"##,
        closes: r##"]}"##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"value":["##,
        opens: r##""##,
        record: r##"{"id":"SHFT_#-DD","userId":"u#","schedulingGroupId":"TAG_1","createdDateTime":"2026-03-01T09:00:00Z","lastModifiedDateTime":"2026-03-01T10:00:00Z","sharedShift":{"displayName":"Day","startDateTime":"2026-03-DDT08:00:00Z","endDateTime":"2026-03-DDT16:00:00Z","theme":"blue","notes":"","activities":[]},"draftShift":null}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"["##,
        opens: r##""##,
        record: r##"{"Id":#DD,"Employee":7#,"Date":"2026-03-DD","StartTimeLocalized":"2026-03-DDT08:00:00-05:00","EndTimeLocalized":"2026-03-DDT16:00:00-05:00","Comment":"","Published":true,"Open":false}"##,
        closes: r##""##,
        below: r##"]"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"shifts":["##,
        opens: r##""##,
        record: r##"{"id":#DD,"account_id":5,"user_id":4#,"location_id":9,"start_time":"2026-03-DD 08:00:00","end_time":"2026-03-DD 16:00:00","break_time":0.5,"color":"cc0000","notes":"","published":true}"##,
        closes: r##""##,
        below: r##"],"users":[{"id":41,"first_name":"Ann"},{"id":42,"first_name":"Ben"},{"id":43,"first_name":"Cleo"}]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"schedules":["##,
        opens: r##""##,
        record: r##"{"employee":{"id":10#,"qualifier":"1000#"},"startDateTime":"2026-03-DDT08:00:00","endDateTime":"2026-03-DDT16:00:00","posted":true,"label":"8-4"}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"data":["##,
        opens: r##""##,
        record: r##"{"employeeId":"#","scheduleDate":"2026-03-DD","shiftStart":"08:00","shiftEnd":"16:00","organization":"Org 1"}"##,
        closes: r##""##,
        below: r##"],"status":"complete"}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"activities":[],"schedules":["##,
        opens: r##""##,
        record: r##"{"agent_id":"#","start_time":SECONDS08,"end_time":SECONDS16}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"items":["##,
        opens: r##""##,
        record: r##"{"id":"ev#DD","summary":"Shift","created":"2026-03-01T09:00:00Z","updated":"2026-03-01T09:30:00Z","employee":"ann#","start":{"dateTime":"2026-03-DDT08:00:00-05:00","timeZone":"America/Chicago"},"end":{"dateTime":"2026-03-DDT16:00:00-05:00","timeZone":"America/Chicago"},"status":"confirmed"}"##,
        closes: r##""##,
        below: r##"],"kind":"list"}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"data":{"shifts":{"edges":["##,
        opens: r##""##,
        record: r##"{"cursor":"c#DD","node":{"id":"k#-DD","assignee":{"id":"a#"},"startsAt":"2026-03-DDT08:00:00Z","endsAt":"2026-03-DDT16:00:00Z"}}"##,
        closes: r##""##,
        below: r##"],"pageInfo":{"hasNextPage":false,"endCursor":"z"}}}}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"page":1,"pageSize":25,"pageCount":1,"total":9,"entities":["##,
        opens: r##""##,
        record: r##"{"userId":"u#","start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"],"nextUri":null}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"results":["##,
        opens: r##""##,
        record: r##"{"worker":"w#","starts_at":"2026-03-DDT08:00:00Z","ends_at":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"],"next":null,"previous":null,"count":9}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"##,
        opens: r##""ann#@x.com":["##,
        record: r##"{"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##"]"##,
        below: r##"}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"users":{"##,
        opens: r##""ann#":["##,
        record: r##"{"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##"]"##,
        below: r##"}}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"employees":["##,
        opens: r##"{"id":"e#","name":"Ann #","shifts":["##,
        record: r##"{"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z","breaks":[{"start":"2026-03-DDT12:00:00Z","end":"2026-03-DDT12:30:00Z"}]}"##,
        closes: r##"]}"##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"schedule":{"id":"s1","weekDate":"2026-03-09"},"shifts":["##,
        opens: r##""##,
        record: r##"{"agent":"a#","begin":"2026-03-DDT08:00:00Z","finish":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"shifts":["##,
        opens: r##""##,
        record: r##"{"agents":["a#"],"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"shifts":["##,
        opens: r##""##,
        record: r##"{"users":[{"id":"u#","name":"Ann #"}],"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"forecast":[{"start":"2026-03-14T08:00Z","end":"2026-03-14T08:30Z","calls":12}],"holidays":[{"date":"2026-03-17","name":"Parade"}],"shifts":["##,
        opens: r##""##,
        record: r##"{"agent":"a#","start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.json"##,
        above: r##"{"generatedAt":"2026-03-01T09:00:00Z","range":{"start":"2026-03-14","end":"2026-03-17"},"shifts":["##,
        opens: r##""##,
        record: r##"{"agent":"a#","start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z","punches":[{"in":"2026-03-DDT07:58:00Z","out":"2026-03-DDT16:04:00Z"}]}"##,
        closes: r##""##,
        below: r##"]}"##,
    },
    Document {
        name: r##"j.ndjson"##,
        above: r##""##,
        opens: r##""##,
        record: r##"{"agent":"a#","start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}"##,
        closes: r##""##,
        below: r##""##,
    },
    Document {
        name: r##"j.ndjson"##,
        above: r##""##,
        opens: r##""##,
        record: r##"{"employee_id":"e#","shift_date":"2026-03-DD","start_time":"08:00","end_time":"16:00","location":{"id":3,"name":"Main","timezone":"America/Chicago"}}"##,
        closes: r##""##,
        below: r##""##,
    },
    Document {
        name: r##"j.ndjson"##,
        above: r##""##,
        opens: r##""##,
        record: r##"{"_id":"k#DD","_source":{"user":{"id":"u#"},"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"}}"##,
        closes: r##""##,
        below: r##""##,
    },
    Document {
        name: r##"j.ndjson"##,
        above: r##""##,
        opens: r##""##,
        record: r##"{"op":"upsert","employee":{"number":"e#"},"shift":{"start":"2026-03-DDT08:00:00Z","end":"2026-03-DDT16:00:00Z"},"audit":{"createdAt":"2026-03-01T09:00:00Z","updatedAt":"2026-03-01T12:00:00Z"}}"##,
        closes: r##""##,
        below: r##""##,
    },
];

/// Time off of the agents `a1` to `a3`, and swaps of their shifts: the option, the
/// file, what stands above, a row or record, and what stands below. None of it is on
/// a day with a shift but where `DD` is one.
type Side = (&'static str, &'static str, &'static str, &'static str, &'static str);

const SIDES: [Side; 8] = [
    (
        "--time-off",
        "off.csv",
        "agent,start,end,status\n",
        "a#,2026-03-DD 00:00,2026-03-DD 23:59,approved\n",
        "",
    ),
    (
        "--time-off",
        "off.csv",
        "Employee,Start Date,End Date,Type,Status\n",
        "a#,2026-03-DD,2026-03-DD,Vacation,Approved\n",
        "",
    ),
    ("--time-off", "off.csv", "Mitarbeiter;Von;Bis;Art\n", "a#;DD.03.2026;DD.03.2026;Urlaub\n", ""),
    (
        "--time-off",
        "off.csv",
        "Employé;Date de début;Date de fin;Motif\n",
        "a#;DD/03/2026;DD/03/2026;Congé\n",
        "",
    ),
    (
        "--time-off",
        "off.csv",
        "Agent,Date,Start Time,Duration (hours),Reason\n",
        "a#,2026-03-DD,08:00,8,PTO\n",
        "",
    ),
    (
        "--time-off",
        "off.json",
        "[null",
        r#",{"agentId":"a#","startDate":"2026-03-DD","endDate":"2026-03-DD","status":"APPROVED"}"#,
        "]",
    ),
    (
        "--time-off",
        "off.json",
        r#"{"timeOffRequests":[{}"#,
        r#",{"user":{"id":"a#"},"isFullDayRequest":true,"dates":["2026-03-DD"],"status":"APPROVED"}"#,
        "]}",
    ),
    (
        "--time-off",
        "off.ndjson",
        "",
        "{\"userId\":\"a#\",\"startDateTime\":\"2026-03-DDT05:00:00Z\",\"endDateTime\":\"2026-03-DDT23:00:00Z\",\"timeOffReasonId\":\"R1\"}\n",
        "",
    ),
];

const DAYS: [(u32, &str); 3] = [(14, "Sat"), (15, "Sun"), (17, "Tue")];

/// A row or record for an agent and a day.
fn filled(template: &str, agent: u32, (day, weekday): (u32, &str)) -> String {
    // 1773446400 is the midnight with which 14 March 2026 begins in UTC.
    let midnight = 1_773_446_400 + (day - 14) * 86_400;
    let (early, late) = (midnight + 8 * 3600, midnight + 16 * 3600);
    let row = template.replace('#', &agent.to_string()).replace("DD", &day.to_string());
    let row = row.replace("SECONDS08", &early.to_string());
    row.replace("SECONDS16", &late.to_string()).replace("WD", weekday)
}

/// The same record with another end, or start where it has a length, and another id.
fn changed(record: &str) -> String {
    const TIMES: [(&str, &str); 14] = [
        ("16:00", "15:30"),
        ("4:00 PM", "3:30 PM"),
        ("04:00 PM", "03:30 PM"),
        ("17:00", "16:30"),
        ("14:00", "13:30"),
        ("5:00pm", "4:30pm"),
        ("16h00", "15h30"),
        ("16:30", "15:30"),
        ("23:00", "22:30"),
        ("06:00", "05:30"),
        ("12:00;13:00", "11:30;13:00"),
        ("12:00,", "11:30,"),
        ("08:00", "08:30"),
        ("SECONDS16", "SECONDS15"),
    ];
    let change = TIMES.iter().find(|(old, _)| record.contains(old));
    let record = change.map_or(record.to_owned(), |(old, new)| record.replace(old, new));
    // A label that gives hours has to give those of the record.
    let record = record.replace("8a-4:30p", "8a-3:30p").replace("8a-4p", "8a-3:30p");
    let record = record.replace("SECONDS15", "1773498600");
    record
        .replace("k#-DD", "k9#-DD")
        .replace("s#-DD", "s9#-DD")
        .replace("SHFT_#-DD", "SHFT_9#-DD")
        .replace("#DD", "9#DD")
}

impl Document {
    fn text(&self, planted: bool) -> String {
        let between = if self.name.ends_with("ndjson") { "\n" } else { "," };
        let records_of = |agent: u32| {
            let mut records = Vec::from(DAYS.map(|day| filled(self.record, agent, day)));
            if planted && agent == 1 {
                records.push(filled(&changed(self.record), agent, DAYS[0]));
            }
            let opens = filled(self.opens, agent, DAYS[0]);
            format!("{opens}{}{}", records.join(between), self.closes)
        };
        let agents = [1, 2, 3].map(records_of);
        format!("{}{}{}", self.above, agents.join(between), self.below)
    }
}

fn table((above, header, row): Export, planted: bool) -> String {
    let mut text = format!("{above}{header}\n");
    for day in DAYS {
        for agent in 1..4 {
            text += &filled(row, agent, day);
            text.push('\n');
        }
    }
    if planted {
        text += &filled(&changed(row), 1, DAYS[0]);
        text.push('\n');
    }
    text
}

/// What is wrong with how a file was read, if anything is.
fn misread(name: &str, content: &[u8], planted: bool) -> Option<String> {
    let folder = Folder::new().with(name, content);
    let outcome = folder.run(&["check", name, "--tz", "America/Chicago", "--format", "json"]);
    let report = outcome.report();
    let input = &report["inputs"][0];
    let records = 9 + u64::from(planted);
    let whole = input["doubts"].as_array().is_some_and(Vec::is_empty)
        && input["records"] == records
        && input["checked"] == records;
    let overlaps = || outcome.out.contains("\"OV10");
    let right = whole && outcome.code == Some(i32::from(planted)) && (!planted || overlaps());
    let text = String::from_utf8_lossy(content);
    (!right).then(|| {
        format!(
            "planted {planted}: {text}\n{}\n{:?} {:.1500}\n",
            input["doubts"],
            outcome.code,
            report["findings"].to_string()
        )
    })
}

/// Every file is tried before the test fails.
fn all_are_read<'a>(files: impl Iterator<Item = (&'a str, [Vec<u8>; 2])>) {
    let wrong = files.flat_map(|(name, [plain, planted])| {
        [misread(name, &plain, false), misread(name, &planted, true)]
    });
    let wrong: Vec<String> = wrong.flatten().collect();
    assert!(wrong.is_empty(), "{} misread:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ordinary_tables_are_read_without_a_doubt() {
    let files = EXPORTS.into_iter().map(|export| {
        ("batch.csv", [false, true].map(|planted| table(export, planted).into_bytes()))
    });
    all_are_read(files);
}

#[test]
fn ordinary_documents_are_read_without_a_doubt() {
    let files = DOCUMENTS.iter().map(|document| {
        (document.name, [false, true].map(|planted| document.text(planted).into_bytes()))
    });
    all_are_read(files);
}

#[test]
fn tables_in_other_encodings_are_read_without_a_doubt() {
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(bytes).collect()
    };
    let exports = EXPORTS.into_iter().filter(|(above, ..)| !above.starts_with('\u{feff}'));
    let files = exports.step_by(5).flat_map(|export| {
        [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes].map(|bytes| {
            ("batch.csv", [false, true].map(|planted| utf16(&table(export, planted), bytes)))
        })
    });
    all_are_read(files);
}

#[test]
fn ordinary_time_off_is_read_without_a_doubt() {
    let batch: String = (1..4)
        .flat_map(|agent| {
            DAYS.map(|day| filled("a#,2026-03-DD 08:00,2026-03-DD 16:00\n", agent, day))
        })
        .collect();
    let batch = format!("agent,start,end\n{batch}");
    for (option, name, above, record, below) in SIDES {
        for (day, code) in [(16, 0), (17, 1)] {
            let records: String = (1..4).map(|agent| filled(record, agent, (day, "day"))).collect();
            let text = format!("{above}{records}{below}");
            let folder = Folder::new().with("batch.csv", &batch).with(name, &text);
            let arguments =
                ["check", "batch.csv", option, name, "--tz", "America/Chicago", "--format", "json"];
            let outcome = folder.run(&arguments);
            let report = outcome.report();
            for input in report["inputs"].as_array().expect("a list of inputs") {
                assert_eq!(input["doubts"].as_array().map(Vec::len), Some(0), "{text}: {input:#}");
            }
            assert_eq!(outcome.code, Some(code), "{text}\n{:.1500}", report["findings"]);
        }
    }
}
