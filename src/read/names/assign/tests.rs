use super::{Assignment, NoField, PersonRank, Unused, Usage, assign};
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::names::Shape;

/// Columns with the values under them, divided by bars.
type Sheet<'s> = &'s [(&'s str, &'s str)];

fn assigned(role: Role, mapped: &[(Field, &str)], sheet: Sheet<'_>) -> Assignment {
    let names: Vec<String> = sheet.iter().map(|(name, _)| (*name).to_owned()).collect();
    let shape = |values: &str| Shape::of(&values.split(" | ").collect::<Vec<_>>());
    let shapes: Vec<Shape> = sheet.iter().map(|(_, values)| shape(values)).collect();
    let mapped: Vec<(Field, String)> =
        mapped.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
    assign(&names, &shapes, &mapped, role)
}

/// The columns that are read: `Employee=agent, Date=date`.
fn read(sheet: Sheet<'_>, found: &Assignment) -> String {
    let pairs = sheet.iter().zip(found.fields());
    let told = pairs.filter_map(|((name, _), field)| Some(format!("{name}={}", field?.name())));
    told.collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn assert_reads(sheet: Sheet<'_>, expected: &str) -> Assignment {
    let found = assigned(Role::Batch, &[], sheet);
    assert_eq!(read(sheet, &found), expected);
    found
}

const DATES: &str = "2026-03-02 | 2026-03-03";
const EIGHT: &str = "08:00 | 08:00";
const FOUR: &str = "16:00 | 16:00";
const TWO_TIMES: &str = "2026-03-02 08:00 | 2026-03-03 08:00";
const RANGES: &str = "08:00-16:00 | 22:00-06:00";

#[test]
fn a_number_names_the_agent_before_a_login_before_a_name() {
    let times = [("Date", DATES), ("Start", EIGHT), ("End", FOUR)];
    let sheet = |people: &[(&'static str, &'static str)]| [people, &times[..]].concat();
    let first = |people: &[(&'static str, &'static str)]| {
        let found = assigned(Role::Batch, &[], &sheet(people));
        (people[found.column(Field::Agent).expect("an agent")].0, found.agent_rank)
    };
    let name = ("Employee Name", "Ann Lee | Bob Ray");
    let login = ("Work Email", "ann@x.com | bob@x.com");
    let number = ("Employee ID", "17 | 18");
    assert_eq!(first(&[name, login, number]), ("Employee ID", Some(PersonRank::Number)));
    assert_eq!(first(&[name, login]), ("Work Email", Some(PersonRank::Login)));
    assert_eq!(first(&[name, ("Name", "x | y")]), ("Employee Name", Some(PersonRank::Name)));
    // A bare word for a person is settled by its values.
    let bare = ("Employee", "Ann Lee | Bob Ray");
    assert_eq!(first(&[bare, login]), ("Work Email", Some(PersonRank::Login)));
    assert_eq!(first(&[bare, name]), ("Employee", Some(PersonRank::Name)));
    let numbered = ("Employee", "17 | 18");
    assert_eq!(first(&[login, numbered]), ("Employee", Some(PersonRank::Number)));
    let coded = ("Employee", "e-17 | e-18");
    assert_eq!(first(&[name, coded]), ("Employee", Some(PersonRank::Person)));
    assert_eq!(first(&[coded, login]), ("Work Email", Some(PersonRank::Login)));
    // The id of an employee says more than a badge.
    assert_eq!(first(&[("badge", "1 | 2"), number]).0, "Employee ID");
}

#[test]
fn two_columns_of_one_rank_are_rivals() {
    let found = assert_reads(
        &[("employee_id", "1 | 2"), ("user_id", "7 | 8"), ("start", TWO_TIMES)],
        "employee_id=agent, start=start",
    );
    assert_eq!(found.contenders.len(), 1);
    assert_eq!((found.contenders[0].chosen, found.contenders[0].other), (0, 1));
    let ranked = assert_reads(
        &[("employee_id", "1 | 2"), ("email", "a@x | b@x"), ("start", TWO_TIMES)],
        "employee_id=agent, start=start",
    );
    assert_eq!(ranked.contenders, []);
}

#[test]
fn a_column_that_says_one_thing_throughout_is_no_agent_beside_one_that_divides() {
    let found = assert_reads(
        &[("user_id", "exporter | exporter"), ("employee", "ann | bob"), ("start", TWO_TIMES)],
        "employee=agent, start=start",
    );
    assert!(found.passed_constant);
    // If no column distinguishes records, or the values are unknown, the better name
    // counts.
    for values in ["7 | 7", "7"] {
        let found = assert_reads(
            &[("user_id", values), ("employee", "ann | ann"), ("start", TWO_TIMES)],
            "user_id=agent, start=start",
        );
        assert!(!found.passed_constant);
    }
}

#[test]
fn a_plain_name_is_the_agent_only_where_nothing_else_names_a_person() {
    let found = assert_reads(
        &[("Name", "Ann | Bob"), ("Date", DATES), ("Start", EIGHT)],
        "Name=agent, Date=date, Start=start",
    );
    assert_eq!(found.agent_rank, Some(PersonRank::PlainName));
    assert_reads(
        &[("name", "Early | Late"), ("employee_id", "1 | 2"), ("start", TWO_TIMES)],
        "name=name, employee_id=agent, start=start",
    );
    for other in ["customer", "Patient Name"] {
        let sheet = [("name", "Cut | Wash"), (other, "Ann | Bob"), ("start", TWO_TIMES)];
        let found = assigned(Role::Batch, &[], &sheet);
        assert_eq!(found.missing, Some(Field::Agent));
    }
    // An address that says nothing names nobody.
    assert_reads(
        &[("Name", "Ann | Bob"), ("Email", "x | x"), ("start", TWO_TIMES)],
        "Name=agent, start=start",
    );
    assert_reads(
        &[("Email", "a@x | b@x"), ("Client", "C | D"), ("staff", "1 | 2"), ("start", TWO_TIMES)],
        "staff=agent, start=start",
    );
    let client = [("Email", "a@x | b@x"), ("Client", "C | D"), ("start", TWO_TIMES)];
    assert_eq!(assigned(Role::Batch, &[], &client).missing, Some(Field::Agent));
}

#[test]
fn who_it_is_counts_where_nothing_else_names_a_person() {
    assert_reads(
        &[("Date", DATES), ("Who", "Hannah | Mo"), ("From", EIGHT), ("To", FOUR)],
        "Date=date, Who=agent, From=start, To=end",
    );
    assert_reads(
        &[("Fecha", DATES), ("Guardia", "Ana Gil | Luis Mar"), ("Inicio", EIGHT)],
        "Fecha=date, Guardia=agent, Inicio=start",
    );
    // What is on guard is a name, a time or a sort of shift, but not beside a person.
    assert_reads(
        &[("Fecha", DATES), ("Empleado", "Ana Gil | Luis Mar"), ("Guardia", RANGES)],
        "Fecha=date, Empleado=agent, Guardia=times",
    );
    for (person, expected) in [("Nombre", "Nombre=agent"), ("Vigilante", "Vigilante=agent")] {
        let sheet = [(person, "Ana | Luis"), ("Guardia", "Noche | Tarde"), ("Inicio", TWO_TIMES)];
        assert_reads(&sheet, &format!("{expected}, Inicio=start"));
    }
    assert_reads(
        &[("Vorname", "A | B"), ("Nachname", "L | R"), ("Wer", "x | y"), ("Beginn", TWO_TIMES)],
        "Vorname=first name, Nachname=last name, Beginn=start",
    );
    let client = [("Who", "Ann | Bob"), ("Client", "C | D"), ("start", TWO_TIMES)];
    assert_eq!(assigned(Role::Batch, &[], &client).missing, Some(Field::Agent));
}

#[test]
fn a_column_without_values_is_no_field_that_another_one_fills() {
    let none = " | ";
    for (sheet, expected) in [
        (
            &[("Employee ID", none), ("Name", "Ann | Bob"), ("start", TWO_TIMES)][..],
            "Name=agent, start=start",
        ),
        (
            &[("user_id", none), ("employee", "ann | ann"), ("start", TWO_TIMES)],
            "employee=agent, start=start",
        ),
        (
            &[
                ("ID", none),
                ("PersNr", none),
                ("Vorname", "A | B"),
                ("Nachname", "L | R"),
                ("Beginn", TWO_TIMES),
            ],
            "ID=id, Vorname=first name, Nachname=last name, Beginn=start",
        ),
        (
            &[
                ("agent", "1 | 2"),
                ("Planned Start", none),
                ("Start", TWO_TIMES),
                ("End", TWO_TIMES),
            ],
            "agent=agent, Start=start, End=end",
        ),
        (
            &[("agent", "1 | 2"), ("Start", TWO_TIMES), ("End", none), ("Shift End", TWO_TIMES)],
            "agent=agent, Start=start, Shift End=end",
        ),
        (
            &[("agent", "1 | 2"), ("Date", none), ("Shift Date", DATES), ("Start", EIGHT)],
            "agent=agent, Shift Date=date, Start=start",
        ),
        (
            &[
                ("agent", "1 | 2"),
                ("Date", DATES),
                ("Start", none),
                ("End", none),
                ("Shift", RANGES),
            ],
            "agent=agent, Date=date, Start=start, End=end, Shift=times",
        ),
        (
            &[("agent", "1 | 2"), ("start", TWO_TIMES), ("duration", none), ("length", "8 | 8")],
            "agent=agent, start=start, length=length",
        ),
        // Where nothing else is filled, the better name counts.
        (
            &[("user_id", none), ("name", none), ("start", TWO_TIMES)],
            "user_id=agent, name=name, start=start",
        ),
        // The plan is not replaced by what happened later, nor the first of several.
        (
            &[
                ("agent", "1 | 2"),
                ("Start 1", none),
                ("Start 2", TWO_TIMES),
                ("End 1", none),
                ("End 2", TWO_TIMES),
            ],
            "agent=agent, Start 1=start, End 1=end",
        ),
    ] {
        let found = assigned(Role::Batch, &[], sheet);
        assert_eq!(read(sheet, &found), expected);
    }
    for (sheet, expected) in [
        (
            &[("agent", "1 | 2"), ("email", none), ("name", "A | B"), ("zone", "UTC | UTC")][..],
            "agent=agent, name=name, zone=zone",
        ),
        (&[("email", none), ("id", "1 | 2"), ("name", "A | B")], "id=agent, name=name"),
        (
            &[("email", "a@x | b@x"), ("id", none), ("name", "A | B")],
            "email=agent, id=id, name=name",
        ),
        (&[("id", none), ("name", "A | B")], "id=id, name=agent"),
        (&[("agent", none), ("email", "a@x | b@x")], "email=agent"),
    ] {
        let found = assigned(Role::Agents, &[], sheet);
        assert_eq!(read(sheet, &found), expected);
    }
    let swaps = [("shift", "1 | 2"), ("agent id", none), ("agent", "A | B")];
    let found = assigned(Role::Swaps, &[], &swaps);
    assert_eq!(read(&swaps, &found), "shift=shift, agent=agent");
}

#[test]
fn first_and_last_name_together_are_the_agent_if_there_is_no_better_one() {
    assert_reads(
        &[("First Name", "Ann | Bob"), ("Last Name", "Lee | Ray"), ("start", TWO_TIMES)],
        "First Name=first name, Last Name=last name, start=start",
    );
    assert_reads(
        &[("Vorname", "A | B"), ("Nachname", "L | R"), ("PersNr", "1 | 2"), ("Beginn", TWO_TIMES)],
        "PersNr=agent, Beginn=start",
    );
    // A plain name beside one of them is the other.
    assert_reads(
        &[("Nom", "Lee | Ray"), ("Prénom", "Ann | Bob"), ("Début", TWO_TIMES)],
        "Nom=last name, Prénom=first name, Début=start",
    );
    assert_reads(
        &[("Nombre", "Ann | Bob"), ("Apellidos", "Lee | Ray"), ("Inicio", TWO_TIMES)],
        "Nombre=first name, Apellidos=last name, Inicio=start",
    );
    // One alone is all there is.
    let found = assert_reads(
        &[("Nachname", "Lee | Ray"), ("Beginn", TWO_TIMES)],
        "Nachname=agent, Beginn=start",
    );
    assert_eq!(found.agent_rank, Some(PersonRank::Name));
    assert_eq!(found.missing, None);
}

#[test]
fn how_many_work_is_nobody() {
    for name in ["employees", "Workers", "agents"] {
        let found = assigned(Role::Batch, &[], &[(name, "3 | 5"), ("start", TWO_TIMES)]);
        assert_eq!(found.missing, Some(Field::Agent), "{name}");
    }
    assert_reads(
        &[("Employees", "Ann | Bob"), ("start", TWO_TIMES)],
        "Employees=agent, start=start",
    );
    assert_reads(&[("employee", "3 | 5"), ("start", TWO_TIMES)], "employee=agent, start=start");
}

#[test]
fn others_are_never_the_agent() {
    let sheet = [("Approved By", "Ann | Bob"), ("manager_id", "1 | 2"), ("start", TWO_TIMES)];
    let found = assigned(Role::Batch, &[], &sheet);
    assert_eq!(found.missing, Some(Field::Agent));
    let other = Usage::Unused(Unused::NoField(NoField::OtherPerson));
    assert_eq!(found.usages[..2], [other, other]);
}

#[test]
fn a_plan_counts_before_attendance() {
    let found = assert_reads(
        &[
            ("Employee", "1 | 2"),
            ("Date", DATES),
            ("Clock In", "08:03 | 08:01"),
            ("Clock Out", "16:02 | 16:05"),
            ("Scheduled Start", EIGHT),
            ("Scheduled End", FOUR),
        ],
        "Employee=agent, Date=date, Scheduled Start=start, Scheduled End=end",
    );
    assert!(!found.attendance);
    assert_eq!(found.usages[2], Usage::Unused(Unused::Attendance(Field::Start)));
    assert_eq!(found.contenders, []);
    assert_eq!(found.unread_times, [2, 3]);
    let found = assert_reads(
        &[
            ("Employee", "1 | 2"),
            ("Date", DATES),
            ("Clock In", EIGHT),
            ("Clock Out", FOUR),
            ("Hours Worked", "8 | 8"),
        ],
        "Employee=agent, Date=date, Clock In=start, Clock Out=end, Hours Worked=length",
    );
    assert!(found.attendance);
    // A start without times is not a plan; a range under `shift` is one.
    let found = assert_reads(
        &[("user", "1 | 2"), ("start", "Rome | Oslo"), ("In", TWO_TIMES), ("Out", TWO_TIMES)],
        "user=agent, In=start, Out=end",
    );
    assert!(found.attendance);
    assert_reads(
        &[("user", "1 | 2"), ("Date", DATES), ("Shift", RANGES), ("Clock In", EIGHT)],
        "user=agent, Date=date, Shift=times",
    );
}

#[test]
fn the_start_that_says_the_least_counts() {
    let starts = |names: &[&'static str]| {
        let mut sheet = vec![("user_id", "1 | 2")];
        sheet.extend(names.iter().map(|name| (*name, TWO_TIMES)));
        let found = assigned(Role::Batch, &[], &sheet);
        sheet[found.column(Field::Start).expect("a start")].0
    };
    assert_eq!(starts(&["local start", "start_utc", "start"]), "start");
    assert_eq!(starts(&["local start", "start_utc"]), "start_utc");
    assert_eq!(starts(&["Shift Start", "Start"]), "Start");
    assert_eq!(starts(&["start", "scheduled_start"]), "scheduled_start");
    let sheet = [("user_id", "1 | 2"), ("start", TWO_TIMES), ("start_utc", TWO_TIMES)];
    let found = assert_reads(&sheet, "user_id=agent, start=start");
    assert_eq!(found.contenders.len(), 1);
}

#[test]
fn a_start_and_an_end_that_say_the_same_beside_belong_together() {
    assert_reads(
        &[
            ("user_id", "1 | 2"),
            ("Start (local)", TWO_TIMES),
            ("End (UTC)", TWO_TIMES),
            ("Start (UTC)", TWO_TIMES),
            ("End (local)", TWO_TIMES),
        ],
        "user_id=agent, End (UTC)=end, Start (UTC)=start",
    );
    assert_reads(
        &[
            ("user_id", "1 | 2"),
            ("start", TWO_TIMES),
            ("shift start", TWO_TIMES),
            ("shift end", TWO_TIMES),
        ],
        "user_id=agent, shift start=start, shift end=end",
    );
    // A number is not the end of a clock time.
    assert_reads(
        &[("user_id", "1 | 2"), ("date", DATES), ("start", EIGHT), ("tot", "8 | 8"), ("end", FOUR)],
        "user_id=agent, date=date, start=start, end=end",
    );
}

#[test]
fn numbered_columns_are_records_of_their_own() {
    let found = assert_reads(
        &[
            ("user_id", "1 | 2"),
            ("date", DATES),
            ("start", EIGHT),
            ("end", FOUR),
            ("start2", "18:00 | "),
            ("end2", "20:00 | "),
        ],
        "user_id=agent, date=date, start=start, end=end",
    );
    assert_eq!(found.groups.len(), 1);
    assert_eq!(found.groups[0].number, 2);
    assert_eq!(found.groups[0].columns, [(4, Field::Start), (5, Field::End)]);
    let found = assert_reads(
        &[
            ("Employee", "1 | 2"),
            ("Date", DATES),
            ("In 1", EIGHT),
            ("Out 1", "12:00 | 12:00"),
            ("In 2", "13:00 | 13:00"),
            ("Out 2", FOUR),
        ],
        "Employee=agent, Date=date, In 1=start, Out 1=end",
    );
    assert_eq!(found.groups[0].columns, [(4, Field::Start), (5, Field::End)]);
    let found = assert_reads(
        &[("Date", DATES), ("Start", EIGHT), ("Employee 1", "a | b"), ("Employee 2", "c | d")],
        "Date=date, Start=start, Employee 1=agent",
    );
    assert_eq!(found.groups[0].columns, [(3, Field::Agent)]);
    let found = assert_reads(
        &[("Name", "a | b"), ("Date", DATES), ("Shift 1", RANGES), ("Shift 2", RANGES)],
        "Name=agent, Date=date, Shift 1=times",
    );
    assert_eq!(found.groups[0].columns, [(3, Field::Times)]);
    // Attendance beside a plan is unused, however often somebody came.
    let found = assert_reads(
        &[("user", "1 | 2"), ("start", TWO_TIMES), ("In 1", EIGHT), ("In 2", EIGHT)],
        "user=agent, start=start",
    );
    assert_eq!(found.groups, []);
}

#[test]
fn values_confirm_names() {
    assert_reads(
        &[("user", "1 | 2"), ("Day", "Monday | Tuesday"), ("Date", DATES), ("Start", EIGHT)],
        "user=agent, Date=date, Start=start",
    );
    assert_reads(
        &[("user", "1 | 2"), ("Day", "2 | 3"), ("Start", TWO_TIMES)],
        "user=agent, Start=start",
    );
    assert_reads(
        &[("user", "1 | 2"), ("date", DATES), ("start", "8 | 9"), ("end", "16 | 17")],
        "user=agent, date=date, start=start, end=end",
    );
    assert_reads(
        &[("user", "1 | 2"), ("start", TWO_TIMES), ("zone", "A | B")],
        "user=agent, start=start",
    );
    assert_reads(
        &[("user", "1 | 2"), ("start", TWO_TIMES), ("time zone", "Atlantis | Lemuria")],
        "user=agent, start=start, time zone=zone",
    );
    // A column without values is what its name says.
    assert_reads(
        &[("user", ""), ("date", ""), ("start", ""), ("end", ""), ("zone", "")],
        "user=agent, date=date, start=start, end=end, zone=zone",
    );
    // Without any other column, each record says what is wrong with it.
    assert_reads(
        &[("user", "1 | 2"), ("date", DATES), ("start", "tbd | tbd")],
        "user=agent, date=date, start=start",
    );
    assert_reads(
        &[("user", "1 | 2"), ("day", "Monday | Tuesday"), ("start", EIGHT)],
        "user=agent, day=date, start=start",
    );
}

#[test]
fn a_column_of_ranges_holds_both_clock_times() {
    for name in
        ["time", "shift", "shift_type", "Availability Time", "hours", "Schedule", "Von - Bis"]
    {
        let sheet = [("user", "1 | 2"), ("date", DATES), (name, RANGES)];
        let found = assigned(Role::Batch, &[], &sheet);
        assert_eq!(found.column(Field::Times), Some(2), "{name}");
        assert!(found.has_hours);
        // Beside a start it is not needed.
        let sheet = [("user", "1 | 2"), ("start", TWO_TIMES), (name, RANGES)];
        let found = assigned(Role::Batch, &[], &sheet);
        assert_eq!((found.column(Field::Start), found.column(Field::Times)), (Some(1), None));
    }
    assert_reads(
        &[("user", "1 | 2"), ("date", DATES), ("start", "Rome | Oslo"), ("shift", RANGES)],
        "user=agent, date=date, shift=times",
    );
    assert_reads(
        &[("user", "1 | 2"), ("date", DATES), ("location", RANGES)],
        "user=agent, date=date",
    );
    assert_reads(
        &[("user", "1 | 2"), ("date", DATES), ("shift", "Early | Late")],
        "user=agent, date=date",
    );
}

#[test]
fn a_time_is_the_start_where_there_is_a_length_and_no_start() {
    assert_reads(
        &[("user", "1 | 2"), ("Date", DATES), ("Time", EIGHT), ("Duration", "480 | 480")],
        "user=agent, Date=date, Time=start, Duration=length",
    );
    assert_reads(&[("user", "1 | 2"), ("Date", DATES), ("Time", EIGHT)], "user=agent, Date=date");
}

#[test]
fn hours_are_known_to_be_missing() {
    let hours = |sheet: Sheet<'_>| assigned(Role::Batch, &[], sheet).has_hours;
    assert!(!hours(&[("user", "1 | 2"), ("date", DATES), ("shift", "Early | Late")]));
    assert!(!hours(&[("user", "1 | 2"), ("start_date", DATES), ("end_date", DATES)]));
    assert!(!hours(&[("user", "1 | 2"), ("start", DATES), ("end", DATES)]));
    assert!(hours(&[("user", "1 | 2"), ("start_date", TWO_TIMES)]));
    assert!(hours(&[("user", "1 | 2"), ("date", DATES), ("start", EIGHT)]));
    assert!(hours(&[("user", "1 | 2"), ("start", "tbd | tbd")]));
    let sheet: Sheet<'_> =
        &[("user", "1 | 2"), ("date", DATES), ("x", EIGHT), ("created_at", TWO_TIMES)];
    assert_eq!(assigned(Role::Batch, &[], sheet).unread_times, [2]);
}

#[test]
fn what_the_user_says_comes_first() {
    let sheet: Sheet<'_> = &[
        ("agent", "a | b"),
        ("Emp No", "1 | 2"),
        ("begin", TWO_TIMES),
        ("x", TWO_TIMES),
        ("end", TWO_TIMES),
    ];
    let reads = |mapped: &[(Field, &str)]| {
        let found = assigned(Role::Batch, mapped, sheet);
        (read(sheet, &found), found.contenders.len())
    };
    let expected = "agent=agent, x=start, end=end".to_owned();
    assert_eq!(reads(&[(Field::Agent, "agent"), (Field::Start, "x")]), (expected, 0));
    // Of several columns for one field the first that is there counts.
    let mapped = [(Field::Agent, "Badge"), (Field::Agent, "emp_no"), (Field::Agent, "agent")];
    let expected = "Emp No=agent, begin=start, end=end".to_owned();
    assert_eq!(reads(&mapped), (expected, 0));
    assert_eq!(assigned(Role::Batch, &mapped, sheet).agent_rank, None);
}

#[test]
fn of_other_fields_the_plainest_name_counts() {
    assert_reads(
        &[
            ("user", "1 | 2"),
            ("start", TWO_TIMES),
            ("shift_id", "s1 | s2"),
            ("id", "r1 | r2"),
            ("shift_type", "Day | Day"),
            ("type", "WORK | PTO"),
        ],
        "user=agent, start=start, id=id, type=kind",
    );
    // Ids are one for each record.
    assert_reads(
        &[("user", "1 | 2"), ("start", TWO_TIMES), ("id", "x | x"), ("shift_id", "s1 | s2")],
        "user=agent, start=start, shift_id=id",
    );
}

#[test]
fn files_of_agents_and_swaps_have_rules_of_their_own() {
    let reads = |role, sheet: Sheet<'_>| read(sheet, &assigned(role, &[], sheet));
    let sheet: Sheet<'_> =
        &[("id", "1 | 2"), ("email", "a@x | b@x"), ("name", "A | B"), ("tz", "")];
    assert_eq!(reads(Role::Agents, sheet), "id=agent, name=name, tz=zone");
    let sheet: Sheet<'_> = &[("id", "1 | 2"), ("employee_id", "7 | 8"), ("Employee Name", "A | B")];
    assert_eq!(reads(Role::Agents, sheet), "id=id, employee_id=agent, Employee Name=name");
    let sheet: Sheet<'_> = &[("username", "a | b"), ("time zone", "UTC | UTC")];
    assert_eq!(reads(Role::Agents, sheet), "username=agent, time zone=zone");
    let sheet: Sheet<'_> =
        &[("id", ""), ("from_name", ""), ("from_id", ""), ("to_id", ""), ("shift", "")];
    assert_eq!(reads(Role::Swaps, sheet), "id=id, from_id=agent, to_id=with agent, shift=shift");
    assert_eq!(assigned(Role::Swaps, &[], &[("id", "")]).missing, Some(Field::Shift));
}

#[test]
fn time_off_needs_no_hours() {
    let sheet: Sheet<'_> = &[
        ("Employee", "1 | 2"),
        ("Leave Type", "Sick | Sick"),
        ("Leave Start", DATES),
        ("Leave End", DATES),
        ("Requested On", DATES),
        ("Approved By", "x | y"),
    ];
    let found = assigned(Role::TimeOff, &[], sheet);
    let expected = "Employee=agent, Leave Type=kind, Leave Start=start, Leave End=end";
    assert_eq!(read(sheet, &found), expected);
    assert_eq!(found.missing, None);
}
