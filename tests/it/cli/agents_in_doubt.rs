//! Who a record is about: cells with several agents, and ids that name nobody.

use crate::program::{Folder, Outcome};

fn check(name: &str, text: &str) -> Outcome {
    Folder::new().with(name, text).run(&["check", name, "--tz", "UTC", "--ignore", "ID106,RC104"])
}

/// A batch in which each agent has a shift on a day of its own.
fn batch_of(column: &str, agents: &[&str]) -> String {
    let quoted = |agent: &str| format!("\"{}\"", agent.replace('"', "\"\""));
    let row = |(day, agent): (usize, &&str)| {
        format!("{},2026-03-{day:02} 08:00,2026-03-{day:02} 16:00\n", quoted(agent))
    };
    let rows: String = (1..).zip(agents).map(row).collect();
    format!("{column},start,end\n{rows}")
}

/// A column and its agents.
type Agents = (&'static str, &'static [&'static str]);

/// Cells with several agents, of whom not all have a shift of their own.
const LISTS: &[Agents] = &[
    ("staff", &["Ann, Ben", "Ann, Cy", "Ben, Cy"]),
    ("employee", &["Ann / Ben", "Ann / Cy", "Ben / Cy"]),
    ("employee", &["Ann & Ben", "Ann & Cy"]),
    ("employee", &["Ann Ito\nBen Oko", "Ann Ito\nCy Adler"]),
    ("employee", &["Ann; Ben", "Ann; Cy"]),
    ("Mitarbeiter", &["Anna und Ben", "Anna und Cem"]),
    ("employee", &["Ann Ito and Ben Oko", "Cy"]),
    ("employee", &["Ann, Zoe", "Ann", "Ben"]),
    ("employee", &["Ann + Zoe", "Dan"]),
    ("employee", &["Ann|Ben", "Ann|Cy"]),
    ("employee", &["Ann, Ben, Cy", "Dan"]),
    ("employee IDs", &["101,102", "101,103"]),
    ("employee", &["e101,e102", "e103"]),
    ("Resource Names", &["Ann[50%],Ben", "Ann"]),
    ("employees", &["['Ann', 'Ben']", "['Ann', 'Cy']"]),
    ("employees", &["[\"Ann\",\"Ben\"]", "[\"Ann\",\"Cy\"]"]),
    ("employees", &["Ito, Ann; Oko, Ben", "Ito, Ann; Adl, Cy"]),
    ("employee", &["ann@x.org, ben@x.org", "cy@x.org"]),
];

/// Names and ids of one agent each that can be divided.
const SINGLE: &[Agents] = &[
    ("employee", &["Miller, Ann", "Miller, Bob", "Ito, Ann"]),
    (
        "employee",
        &["Thomas, Kim", "Ito, Thomas", "Oko, Ben", "Adler, Cy", "Lee, Ann", "Ho, Dan", "Fox, Ed"],
    ),
    ("employee", &["Miller, Ann, RN", "Ito, Ben, LPN", "Oko, Cy"]),
    ("employee", &["Miller, Ann, Nurse", "Ito, Ben, Nurse", "Oko, Cy, Porter"]),
    ("employee", &["Miller, Ann, Jr", "Ito, Ben"]),
    ("employee", &["Müller/Schmidt", "Müller/Ito", "Oko"]),
    ("employee", &["Ortega y Gasset", "Costa e Silva"]),
    ("employee", &["Ann Ito\nNurse", "Ben Oko\nNurse"]),
    ("employee", &["Ann\nIto", "Ben\nOko"]),
    ("employee id", &["1,001", "1,002", "101,102"]),
    ("employee id", &["auth0|5f7c8ec7", "auth0|61aa02bc"]),
    ("employee id", &["12/3", "12/4"]),
    ("employee", &["R&D", "F&B"]),
    ("employee", &["ann+work@x.org", "ann+home@x.org"]),
    ("employee", &["CN=Ann,OU=Users", "CN=Ben,OU=Users"]),
    ("employee", &["Ward 3/Night", "Ward 4/Night"]),
];

#[test]
fn a_cell_with_several_agents_is_a_doubt() {
    for (column, agents) in LISTS {
        check("batch.csv", &batch_of(column, agents)).exits(3).says(&["[RD107]", column]);
    }
    for (column, agents) in SINGLE {
        let outcome = check("batch.csv", &batch_of(column, agents));
        assert_eq!(outcome.code, Some(0), "{agents:?}: {}", outcome.told());
    }
}

#[test]
fn several_agents_in_time_off_are_a_doubt() {
    let batch = batch_of("employee", &["Ann Ito", "Ben Oko", "Cy Adler"]);
    for list in ["Ann Ito, Dan Fox", "Ann Ito\nDan Fox", "Ann + Ben"] {
        let off = batch_of("employees", &[list]);
        let folder = Folder::new().with("batch.csv", batch.as_str()).with("off.csv", off);
        let outcome = folder.run(&["check", "batch.csv", "--time-off", "off.csv", "--tz", "UTC"]);
        outcome.exits(3).says(&["[RD107]", "off.csv:2", "employees"]);
    }
}

#[test]
fn a_listed_name_is_one_agent() {
    let batch = batch_of("employee", &["Ann", "Ann & Ben"]);
    let folder =
        Folder::new().with("batch.csv", batch).with("agents.csv", "agent\nAnn\nAnn & Ben\n");
    folder.run(&["check", "batch.csv", "--agents", "agents.csv", "--tz", "UTC"]).exits(0);
}

#[test]
fn an_id_for_nobody_beside_a_name_is_a_doubt() {
    let null = "00000000-0000-0000-0000-000000000000";
    for id in ["", "0", "TBD", "Unassigned", null] {
        let table = |name: &str, other: &str| {
            format!(
                "employee id,{name},start,end\n{id},{other},2026-03-02 08:00,2026-03-02 16:00\n\
                 {id},{other},2026-03-02 12:00,2026-03-02 20:00\n7,Ben,2026-03-02 08:00,2026-03-02 16:00\n"
            )
        };
        for name in ["employee name", "name", "email"] {
            let outcome = check("batch.csv", &table(name, "Ann"));
            outcome.exits(3).says(&["[RD106]", name, "names nobody in 2 records"]);
        }
        check("batch.csv", &table("employee name", "Open")).exits(0);
        let json = format!(
            "[{{\"employeeId\": \"{id}\", \"employeeName\": \"Ann\", \"start\": \"2026-03-02T08:00Z\", \"end\": \"2026-03-02T16:00Z\"}},
              {{\"employeeName\": \"Ann\", \"employeeId\": \"{id}\", \"start\": \"2026-03-02T12:00Z\", \"end\": \"2026-03-02T20:00Z\"}},
              {{\"employeeId\": \"7\", \"employeeName\": \"Ben\", \"start\": \"2026-03-02T08:00Z\", \"end\": \"2026-03-02T16:00Z\"}}]"
        );
        check("batch.json", &json).exits(3).says(&["[RD106]", "names nobody in 2 records"]);
    }
}

#[test]
fn an_id_for_nobody_beside_the_name_of_a_shift_is_an_unassigned_shift() {
    let batch = "employee id,name,start,end\n0,Early,2026-03-02 08:00,2026-03-02 16:00\n\
                 1,Early,2026-03-02 08:00,2026-03-02 16:00\n2,Early,2026-03-02 08:00,2026-03-02 16:00\n";
    check("batch.csv", batch).exits(0).says(&["1 unassigned shift"]);
}

/// Some shifts of an hour, one a day, with the cells of two columns before them.
fn table(columns: &str, cells: &[&str]) -> String {
    let row = |(day, cells): (usize, &&str)| {
        format!("{cells},2026-03-{day:02} 08:00,2026-03-{day:02} 09:00\n")
    };
    let rows: String = (1..).zip(cells).map(row).collect();
    format!("{columns},start,end\n{rows}")
}

/// Columns of which the one that is read may be of somebody else than who works.
const TWO_PEOPLE: &[Agents] = &[
    ("employee,user", &["Ann,kmeier", "Ann,jdoe", "Ann,kmeier"]),
    ("employee,resource", &["Ann,Desk 1", "Ann,Desk 2"]),
    ("employee,email", &["Ann,a@x.org", "Ann,b@x.org"]),
    ("employee,badge", &["Ann,1", "Ann,2"]),
    ("Personalnummer,Benutzer", &["7,kmeier", "7,jdoe"]),
    ("Mitarbeiter,Kürzel", &["Anna,F", "Anna,S", "Bernd,N", "Bernd,F"]),
    // Who always has one code of shifts is not that code.
    ("Employee,Kürzel", &["Anna Ito,F", "Anna Ito,F", "Bernd Oko,F", "Cara Ray,S", "Dora Sun,S"]),
    (
        "user,employee",
        &["kmeier,Ann Ito", "jdoe,Ann Ito", "kmeier,Ben Oko", "jdoe,Cy Adl", "kmeier,Cy Adl"],
    ),
    ("resource,employee name", &["Desk 1,Ann Ito", "Desk 2,Ann Ito", "Desk 3,Ben Oko"]),
    ("resource id,employee name", &["R1,Ann Ito", "R2,Ann Ito", "R3,Ben Oko"]),
];

/// Columns of which one says the same of agents as the other, but for a few of one name.
const ONE_PERSON: &[Agents] = &[
    ("user,employee", &["aito,Ann Ito", "boko,Ben Oko", "aito,Ann Ito"]),
    (
        "user id,employee name",
        &["1,Ann Lee", "2,Ann Lee", "3,Ben Oko", "4,Cy Adl", "5,Di Fox", "6,Ed Gil"],
    ),
    ("user,employee", &["admin,Ann", "admin,Ben", "admin,Cy"]),
    ("employee,resource", &["Ann,Desk", "Ben,Desk", "Ann,Desk"]),
    ("employee id,user", &["1,admin", "1,admin"]),
    ("Mitarbeiter,Kürzel", &["Anna Ito,AI", "Anna Ito,AI", "Bernd Oko,BO"]),
];

#[test]
fn a_column_that_names_who_works_more_plainly_is_a_doubt() {
    for (columns, cells) in TWO_PEOPLE {
        let outcome = check("batch.csv", &table(columns, cells));
        outcome.exits(3).says(&["[RD106]", "could both be the agent", "--map"]);
    }
    for (columns, cells) in ONE_PERSON {
        let outcome = check("batch.csv", &table(columns, cells));
        assert_eq!(outcome.code, Some(0), "{columns}: {}", outcome.told());
    }
}

#[test]
fn the_id_of_an_object_beside_that_of_its_agent_is_a_doubt() {
    let hours = |day: usize| {
        format!(
            "\"start\": \"2026-03-0{day}T08:00Z\", \"end\": \"2026-03-0{day}T16:00Z\", \"n\": {day}"
        )
    };
    for (object, expected) in [
        ("{\"user\": {\"id\": ROW, \"user_id\": 5}, HOURS}", Some(3)),
        ("{\"resource\": {\"id\": ROW, \"employeeId\": \"e1\", HOURS}}", Some(3)),
        ("{\"resource\": {\"id\": ROW, \"user\": {\"id\": 5}, HOURS}}", Some(3)),
        ("{\"user\": {\"id\": 5, \"user_id\": 5}, HOURS}", Some(0)),
        ("{\"user\": {\"id\": 5, \"user_id\": ROW}, HOURS}", Some(0)),
    ] {
        let record = |day: usize| {
            object.replace("ROW", &(990 + day).to_string()).replace("HOURS", &hours(day))
        };
        let outcome = check("batch.json", &format!("[{}, {}]", record(2), record(3)));
        assert_eq!(outcome.code, expected, "{object}: {}", outcome.told());
    }
}

#[test]
fn the_answer_of_two_columns_settles_them() {
    let (columns, cells) = TWO_PEOPLE[0];
    for agent in ["agent=employee", "agent=user"] {
        let folder = Folder::new().with("batch.csv", table(columns, cells));
        folder.run(&["check", "batch.csv", "--tz", "UTC", "--map", agent]).exits(0);
    }
}
