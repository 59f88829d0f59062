//! Header rows in the shapes of exports.
//!
//! Columns are divided by bars. After `=` stands what they hold: `@` the agent,
//! `@name` another name of the agent, `@given` and `@family` the halves of a name, `#` an id,
//! `d:` a date, `D:` the date of the end, `s:` a start, `e:` an end and `b:` both (with
//! what stands between them after a second colon), each as strftime spells it, `l:` a
//! length in `h`, `m` or `s`, and anything else that value in each row.

use super::fill::{Cell, HeaderRow, Scene};
use super::{Score, judge};
use crate::program::Folder;

/// Files of shifts.
const SHIFTS: &str = "
employee_id=@ | shift_date=d:%Y-%m-%d | start_time=s:%H:%M | end_time=e:%H:%M | station=Grill
Emp No=@ | Emp Name=@name | Roster Date=d:%Y-%m-%d | Duty Start=s:%H:%M | Duty End=e:%H:%M
Staff Member=@ | Day=Monday | Date=d:%Y-%m-%d | Start=s:%H:%M | Finish=e:%H:%M | Break=30
EMPLOYEE_NUMBER=@ | WORK_DATE=d:%Y-%m-%d | SHIFT_START=s:%H:%M:%S | SHIFT_END=e:%H:%M:%S | CODE=D8
Username=@ | Shift Start Date and Time=s:%Y-%m-%d %H:%M | Shift End Date and Time=e:%Y-%m-%d %H:%M
Person Number=@ | Full Name=@name | Start Date=d:%Y-%m-%d | Start Time=s:%-I:%M %p | End Date=D:%Y-%m-%d | End Time=e:%-I:%M %p
Member=@name | Work Email=@ | Shift Start Date=d:%Y-%m-%d | Shift Start Time=s:%H:%M | Shift End Date=D:%Y-%m-%d | Shift End Time=e:%H:%M | Unpaid Break (minutes)=30
Agent=@ | Team=Blue | Activity=Phone | Start=s:iso | Stop=e:iso
Agent ID=@ | Agent Name=@name | Scheduled Start=s:z | Scheduled End=e:z | Actual Start=2026-03-16T08:03:00Z | Actual End=2026-03-16T12:07:00Z
Technician=@ | Scheduled In=s:%Y-%m-%d %H:%M | Scheduled Out=e:%Y-%m-%d %H:%M | Created=2026-01-02
user_id=@ | starts_at=s:unix | ends_at=e:unix | updated_at=1773000000
uid=# | badge=@ | begin=s:ms | until=e:ms
Employee=@ | Payroll ID=P-1 | Shift Start=s:%Y-%m-%d %H:%M | Shift End=e:%Y-%m-%d %H:%M | Hours=l:h
Name=@ | Date=d:%Y-%m-%d | From=s:%H:%M | To=e:%H:%M | Manager=Zoe Park
Guard=@ | Site=Gate 4 | Shift Date=d:%Y-%m-%d | Time Start=s:%H%M | Time End=e:%H%M
Nurse ID=@ | Ward=B2 | Date=d:%Y-%m-%d | Start=s:%H:%M | End=e:%H:%M | Shift Code=LD
Driver=@ | Run=101 | Service Date=d:%Y-%m-%d | Start Time=s:%H:%M:%S | End Time=e:%H:%M:%S | Vehicle=12
Provider=@ | Patient=J. Roe | Visit Date=d:%Y-%m-%d | Visit Start=s:%-I:%M %p | Visit End=e:%-I:%M %p
Tutor=@ | Student=Kim | Lesson Date=d:%Y-%m-%d | Begin=s:%H:%M | End=e:%H:%M
volunteer_email=@ | role=Usher | date_start=s:%Y-%m-%d %H:%M | date_end=e:%Y-%m-%d %H:%M
Resource=@ | Start Date/Time=s:%Y-%m-%d %H:%M | End Date/Time=e:%Y-%m-%d %H:%M | Approved By=Zoe
Assigned To=@ | Shift ID=# | Start (UTC)=s:z | End (UTC)=e:z | Location=Pier
on_call_user=@ | start=s:z | end=e:z | escalation_level=1
employee=@ | date=d:%Y-%m-%d | clock_in=s:%H:%M | clock_out=e:%H:%M | hours_worked=l:h
Worker=@ | Work Date=d:%Y-%m-%d | Time In=s:%-I:%M %p | Time Out=e:%-I:%M %p | Lunch Out=12:00 PM | Lunch In=12:30 PM
Associate=@ | Date=d:%Y-%m-%d | Sched Start=s:%H:%M | Sched End=e:%H:%M | Punch In=08:01 | Punch Out=12:02
Crew Member=@ | Date=d:%Y-%m-%d | In=s:%H:%M | Out=e:%H:%M | Total=4
Employee Name=@name | Employee Code=@ | Date=d:%Y-%m-%d | Weekday=Mon | Login Time=s:%H:%M | Logout Time=e:%H:%M
name=Early | employee_id=@ | role_id=3 | start_datetime=s:%Y-%m-%d %H:%M:%S | end_datetime=e:%Y-%m-%d %H:%M:%S | state=published
record_id=# | staff_id=@ | start_at=s:iso | end_at=e:iso | break_minutes=30 | is_public_holiday=false
index=0 | id=# | user_id=@ | start_time=s:z | end_time=e:z | created_at=2026-01-01T10:00:00Z
Date=d:%Y-%m-%d | Shift=Late | Person=@ | Start=s:%H:%M | End=e:%H:%M | Overtime=0
Mitarbeiter=@ | Datum=d:%d.%m.%Y | Von=s:%H:%M | Bis=e:%H:%M | Pause=30
Personalnummer=@ | Name, Vorname=@name | Datum=d:%d.%m.%Y | Dienstbeginn=s:%H:%M | Dienstende=e:%H:%M | Dienstart=Früh
MA-Nr.=@ | Tag=d:%d.%m.%Y | Kommt=s:%H:%M | Geht=e:%H:%M | Soll (Std.)=8,0 | Erstellt am=01.03.2026
Mitarbeiter-Nr.=@ | Mitarbeiter=@name | Schichtdatum=d:%Y-%m-%d | Schichtbeginn=s:%H:%M | Schichtende=e:%H:%M | Genehmigt von=Zoe
Beschäftigte=@ | Startdatum=d:%d.%m.%Y | Startzeit=s:%H:%M | Enddatum=D:%d.%m.%Y | Endzeit=e:%H:%M
Datum=d:%d.%m.%Y | Objekt=Halle | Personalnr=@ | geplanter Beginn=s:%H:%M | geplantes Ende=e:%H:%M | Ist-Beginn=08:03
Employé=@ | Date=d:%Y-%m-%d | Heure de début=s:%H:%M | Heure de fin=e:%H:%M | Pause=30
Matricule=@ | Nom=Morel | Prénom=Ana | Jour=d:%Y-%m-%d | Début=s:%H:%M | Fin=e:%H:%M | Poste=Caisse
Salarié=@ | Date de début=d:%Y-%m-%d | Heure début=s:%H:%M | Date de fin=D:%Y-%m-%d | Heure fin=e:%H:%M | Validé par=Zoe
Agent=@ | Date=d:%Y-%m-%d | Arrivée=s:%H:%M | Départ=e:%H:%M | Durée (h)=l:h
Collaborateur=@ | Jour=d:%Y-%m-%d | De=s:%H:%M | À=e:%H:%M
Empleado=@name | ID Empleado=@ | Fecha=d:%Y-%m-%d | Hora de inicio=s:%H:%M | Hora de fin=e:%H:%M | Turno=Noche
Trabajador=@ | Fecha=d:%Y-%m-%d | Entrada=s:%H:%M | Inicio descanso=12:00 | Fin descanso=12:30 | Salida=e:%H:%M
Código empleado=@ | Fecha inicio=d:%Y-%m-%d | Hora inicio=s:%H:%M | Fecha fin=D:%Y-%m-%d | Hora fin=e:%H:%M | Jefe=Zoe
Enfermera=@ | Día=d:%Y-%m-%d | Desde=s:%H:%M | Hasta=e:%H:%M | Sede=Norte
Dipendente=@ | Data=d:%Y-%m-%d | Ora inizio=s:%H:%M | Ora fine=e:%H:%M | Ore=l:h
Matricola=@ | Cognome e nome=@name | Giorno=d:%Y-%m-%d | Dalle=s:%H:%M | Alle=e:%H:%M | Mansione=Bar
Operatore=@ | Data inizio=d:%Y-%m-%d | Orario inizio=s:%H:%M | Data fine=D:%Y-%m-%d | Orario fine=e:%H:%M
Nome dipendente=@ | Data=d:%Y-%m-%d | Entrata=s:%H:%M | Uscita=e:%H:%M | Straordinario=0
Funcionário=@ | Data=d:%Y-%m-%d | Início=s:%H:%M | Término=e:%H:%M | Almoço=12:00
Matrícula=@ | Colaborador=@name | Data=d:%Y-%m-%d | Hora início=s:%H:%M | Hora fim=e:%H:%M | Escala=12x36
Colaborador=@ | Data=d:%Y-%m-%d | Entrada=s:%H:%M | Saída=e:%H:%M | Horas extras=0 | Aprovado por=Zoe
id_funcionario=@ | data=d:%Y-%m-%d | das=s:%H:%M | às=e:%H:%M
Medewerker=@ | Datum=d:%Y-%m-%d | Begintijd=s:%H:%M | Eindtijd=e:%H:%M | Pauze=30
Personeelsnummer=@ | Naam=@name | Datum=d:%Y-%m-%d | Van=s:%H:%M | Tot=e:%H:%M | Afdeling=Kassa
Werknemer=@ | Startdatum=d:%Y-%m-%d | Starttijd=s:%H:%M | Einddatum=D:%Y-%m-%d | Eindtijd=e:%H:%M | Goedgekeurd door=Zoe
Medewerker=@ | Datum=d:%Y-%m-%d | Ingepland van=s:%H:%M | Ingepland tot=e:%H:%M | Ingeklokt=08:02 | Uitgeklokt=12:01
";

/// Files of shifts whose columns hold what is not read yet.
const RECOGNISED: &str = "
Date=d:%Y-%m-%d | Time=b:%H:%M:- | Employee=@
staff_id=@ | date=d:%Y-%m-%d | shift_type=b:%H:%M: - | site=Pier
Employee=@ | Date=d:%Y-%m-%d | Working Hours=b:%-I:%M %p: - 
Mitarbeiter=@ | Datum=d:%d.%m.%Y | Dienst=Früh | Uhrzeit=b:%H:%M:-
Agent=@ | Jour=d:%Y-%m-%d | Horaires=b:%H:%M:-
First Name=@given | Last Name=@family | Date=d:%Y-%m-%d | Start=s:%H:%M | End=e:%H:%M
Nachname=@family | Vorname=@given | Datum=d:%d.%m.%Y | Beginn=s:%H:%M | Ende=e:%H:%M
Cognome=@family | Nome=@given | Data=d:%Y-%m-%d | Inizio=s:%H:%M | Fine=e:%H:%M
Worker=@ | Shift Start=s:%Y-%m-%d %H:%M | Shift Hours=l:h
agent_id=@ | start_utc=s:%Y-%m-%d %H:%M | end_utc=e:%Y-%m-%d %H:%M
Employee=@ | Start (America/Chicago)=s:%Y-%m-%d %H:%M | End (America/Chicago)=e:%Y-%m-%d %H:%M
Employee=@ | Date=d:%Y-%m-%d | In 1=s:%H:%M | Out 1=e:%H:%M | In 2=18:00 | Out 2=20:00
";

/// Documents of shifts.
const DOCUMENTS: &str = "
id=# | user.id=@ | user.name=@name | dtstart=s:z | dtend=e:z | location.id=4
shiftId=# | employee.id=@ | employee.firstName=Ann | shift.startDateTime=s:iso | shift.endDateTime=e:iso
node.id=# | node.assignee.id=@ | node.startsAt=s:z | node.endsAt=e:z | node.manager.id=9
start=s:z | end=e:z | user.email=@ | schedule.name=Primary | escalation_policy.id=E1
attributes.starts_at=s:z | attributes.ends_at=e:z | attributes.person_id=@ | attributes.created_at=2026-01-01T00:00:00Z
assignment.user.id=@ | start.dateTime=s:iso | start.timeZone=UTC | end.dateTime=e:iso
";

/// Time off.
const TIME_OFF: &str = "
id=# | staff_id=@ | start_date=d:%Y-%m-%d | end_date=D:%Y-%m-%d | status=approved | created_at=2026-01-01
Employee=@ | Leave Type=Annual | Leave Start=d:%Y-%m-%d | Leave End=D:%Y-%m-%d | Days=2 | Approved By=Zoe
Employee=@ | From=d:%Y-%m-%d | To=D:%Y-%m-%d | Status=Approved | Requested On=2026-01-05
Mitarbeiter=@ | Urlaub von=d:%d.%m.%Y | Urlaub bis=D:%d.%m.%Y | Grund=Urlaub | Beantragt am=01.02.2026
Empleado=@ | Tipo=Vacaciones | Fecha de inicio=d:%Y-%m-%d | Fecha de fin=D:%Y-%m-%d | Aprobado por=Zoe
";

/// Files that are no schedules, or lack what a schedule needs.
const REFUSED: &str = "
customer_id=1 | first_name=Ann | last_name=Lee | email=ann@x.com | phone=555 | created_at=2026-01-01
sku=A-1 | product=Lamp | price=9.50 | quantity=3 | updated_at=2026-01-01T10:00:00Z
employee_id=7 | name=Ann Lee | department=Bar | hire_date=2020-01-01 | salary=3000
Employee=Ann | Pay Period Start=2026-03-01 | Pay Period End=2026-03-15 | Gross Pay=900 | Net Pay=700
employee_id=7 | pay_date=2026-03-31 | regular_hours=80 | rate=20 | gross=1600
ticket_id=T-1 | customer=Ann | status=open | created_at=2026-03-01T10:00:00Z | resolved_at=2026-03-02T10:00:00Z
order_id=1 | order_date=2026-03-01 | delivery_date=2026-03-03 | client_name=Ann | total=30
Subject=Call | Start Date=2026-03-16 | Start Time=10:00 AM | End Date=2026-03-16 | End Time=11:00 AM | Location=Room
date=2026-03-16 | start=08:00 | end=16:00 | title=Early
interval_start=08:00 | interval_end=08:30 | forecast=17 | required_agents=5
Date=2026-03-16 | Start=08:00 | End=16:00 | Employees=5
name=Cut | customer=Ann | start=2026-03-16 08:00 | end=2026-03-16 09:00
event=Keynote | room=A | start_time=2026-03-16 08:00 | end_time=2026-03-16 09:00 | host_email=x@x.com
Employee=Ann | Leave Type=Annual | Balance=12 | Accrued=2 | As Of=2026-03-01
trip_id=1 | stop_id=2 | arrival_time=08:00:00 | departure_time=08:01:00 | stop_sequence=1
Visitor Name=Ann | Host Name=Bob | Scheduled Start=2026-03-16 08:00 | Scheduled End=2026-03-16 09:00
employee_id=7 | effective_from=2026-01-01 | effective_to=2026-12-31 | weekday=Monday | start_time=08:00 | end_time=16:00
";

/// Files that are read, but not without a word: what they hold may be no schedule.
const NOTED: &str = "
Date=d:%Y-%m-%d | Staff=@ | Product=Lamp | Quantity=1 | Price=9.50
Fecha=d:%Y-%m-%d | Empleado=@ | Producto=Vela | Cantidad=2 | Total=9
employee_id=@ | start_date=d:%Y-%m-%d | end_date=D:%Y-%m-%d | job_title=Clerk
assignee=@ | summary=Fix it | start_date=d:%Y-%m-%d | priority=high
employee=@ | date=d:%Y-%m-%d | shift=Night
name=@ | start=s:%Y-%m-%d %H:%M | end=e:%Y-%m-%d %H:%M | room=A
session_id=7 | user_id=@ | login_time=s:%Y-%m-%d %H:%M | logout_time=e:%Y-%m-%d %H:%M
";

fn cell(spec: &str) -> Cell {
    let (kind, rest) = spec.split_once(':').unwrap_or((spec, ""));
    match kind {
        "@" => Cell::Agent,
        "@name" => Cell::OtherName,
        "@given" => Cell::GivenName,
        "@family" => Cell::FamilyName,
        "#" => Cell::Id,
        "d" => Cell::Date(rest.to_owned()),
        "D" => Cell::EndDate(rest.to_owned()),
        "s" => Cell::Start(rest.to_owned()),
        "e" => Cell::End(rest.to_owned()),
        "b" => {
            let (spelling, joint) = rest.rsplit_once(':').expect("what stands between");
            Cell::Both(spelling.to_owned(), joint.to_owned())
        }
        "l" => Cell::Length(rest.to_owned()),
        _ => Cell::Fill(spec.to_owned()),
    }
}

/// The row that a line describes.
fn row(line: &str) -> HeaderRow {
    let columns = line.split(" | ").map(|column| column.split_once('=').expect("a column"));
    let (columns, fields): (Vec<_>, Vec<_>) =
        columns.map(|(name, spec)| (name.to_owned(), cell(spec))).unzip();
    HeaderRow {
        columns,
        fields,
        agents: vec!["a1".to_owned(), "a2".to_owned()],
        options: ["--tz", "UTC"].map(str::to_owned).to_vec(),
        delimiter: ',',
        json: None,
        off: None,
        refused: false,
    }
}

fn rows(list: &'static str) -> impl Iterator<Item = (&'static str, HeaderRow)> {
    list.lines().filter(|line| !line.is_empty()).map(|line| (line, row(line)))
}

#[track_caller]
fn assert_scores(rows: Vec<(&str, HeaderRow)>, expected: impl Fn(&Score) -> bool) {
    for (line, row) in rows {
        let score = judge(&row);
        assert!(expected(&score), "{line}: {score:#?}");
    }
}

#[test]
fn shifts_are_read_without_an_option() {
    let rows: Vec<_> = rows(SHIFTS).collect();
    assert!(rows.len() >= 55, "{}", rows.len());
    assert_scores(rows, |score| *score == Score::Right);
}

#[test]
fn other_delimiters_change_nothing() {
    for delimiter in [';', '\t', '|'] {
        let some = rows(SHIFTS).step_by(5);
        let some = some.map(|(line, row)| (line, HeaderRow { delimiter, ..row }));
        assert_scores(some.collect(), |score| *score == Score::Right);
    }
}

#[test]
fn what_is_not_read_yet_is_recognised() {
    assert_scores(rows(RECOGNISED).collect(), |score| !matches!(score, Score::Wrong(_)));
    for (line, row) in rows(RECOGNISED) {
        let folder = Folder::new().with("file.csv", row.file(Scene::OverMidnight));
        let outcome = folder.run(&["check", "file.csv", "--tz", "UTC"]);
        assert_ne!(outcome.code, Some(0), "{line}: {}", outcome.told());
    }
}

#[test]
fn keys_of_documents_are_names_too() {
    for list in ["", "shifts"] {
        let json = || Some(list.to_owned());
        let rows = rows(DOCUMENTS).map(|(line, row)| (line, HeaderRow { json: json(), ..row }));
        assert_scores(rows.collect(), |score| *score == Score::Right);
    }
}

#[test]
fn time_off_is_read_without_an_option() {
    let off = || Some("days".to_owned());
    let rows = rows(TIME_OFF).map(|(line, row)| (line, HeaderRow { off: off(), ..row }));
    assert_scores(rows.collect(), |score| *score == Score::Right);
}

#[test]
fn what_is_no_schedule_is_refused() {
    for (line, row) in rows(REFUSED) {
        let folder = Folder::new().with("file.csv", row.file(Scene::Touching));
        folder.run(&["check", "file.csv", "--tz", "UTC"]).exits(3).says(&["file.csv"]);
        assert!(rows(SHIFTS).all(|(other, _)| other != line));
    }
}

#[test]
fn what_may_be_no_schedule_does_not_pass_without_a_word() {
    for (line, row) in rows(NOTED) {
        let folder = Folder::new().with("file.csv", row.file(Scene::Touching));
        let outcome = folder.run(&["check", "file.csv", "--tz", "UTC"]);
        let said = ["note: file.csv", "warning[RC109]", "[RD101]"];
        let told = said.iter().any(|word| outcome.out.contains(word));
        assert!(told, "{line}: {}", outcome.told());
    }
}

#[test]
fn a_row_is_what_its_line_says() {
    let row = row("Who=@ | When=b:%H:%M: to  | Where=Pier");
    assert_eq!(row.columns, ["Who", "When", "Where"]);
    let joint = Cell::Both("%H:%M".to_owned(), " to ".to_owned());
    assert_eq!(row.fields, [Cell::Agent, joint, Cell::Fill("Pier".to_owned())]);
    assert_eq!(row.cells(Scene::Touching)[0], ["a1", "08:00 to 12:00", "Pier"]);
}
