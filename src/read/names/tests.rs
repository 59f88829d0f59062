//! Tests what names mean, in every language, and that nothing else about them matters.

use super::{Basis, Meaning, ZoneHint, key, meaning};
use crate::model::row::Field;
use crate::model::source::Role;
use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};

/// A meaning in a few words: `start attendance 2`.
fn described(meaning: &Meaning) -> String {
    let mut said = match meaning.field {
        Ok(field) => field.name().to_owned(),
        Err(why) => format!("none, {}", format!("{why:?}").to_lowercase()),
    };
    let mut say = |word: &str| {
        said.push(' ');
        said.push_str(&word.to_lowercase());
    };
    if let Some(rank) = meaning.person {
        say(&format!("by {rank:?}"));
    }
    if meaning.basis == Basis::Attendance {
        say("attendance");
    }
    if meaning.number > 0 {
        say(&meaning.number.to_string());
    }
    match &meaning.zone {
        Some(ZoneHint::Utc) => say("utc"),
        Some(ZoneHint::Local) => say("local"),
        Some(ZoneHint::Offset(seconds)) => say(&format!("{seconds:+}")),
        Some(ZoneHint::Named(name) | ZoneHint::Abbreviation(name)) => say(name),
        None => {}
    }
    if let Some(unit) = meaning.unit {
        say(unit.name());
    }
    if meaning.maybe_times && !meaning.is(Field::Times) {
        say("or times");
    }
    if meaning.maybe_start {
        say("or start");
    }
    said
}

/// Lines of a meaning and the names that have it, divided by bars.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once(": ")).flat_map(|(meaning, names)| {
        names.split(" | ").map(move |name| (meaning.trim(), name.trim()))
    })
}

#[track_caller]
fn assert_means(table: &'static str, role: Role) {
    let wrong: Vec<String> = lines(table)
        .map(|(expected, name)| (expected, name, described(&meaning(name, role))))
        .filter(|(expected, _, found)| expected != found)
        .map(|(expected, name, found)| format!("{name}: {found}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Names in English.
const ENGLISH: &str = r#"
start: start | Start Time | start_at | startDateTime | start_ts | startTimestamp | start_epoch_ms
start: start_unix | begin | Begin Time | from | From Time | time from | Shift Start
start: shift_start_time | ShiftStartDateTime | Scheduled Start | sched_start | Planned Start Time
start: Rostered Start | duty start | Work Start | assignment start | Event Start | start hour
start: starts at | starting | dtstart | start.dateTime | node.startTime | attributes.starts_at
start: shift.start | sharedShift.startDateTime | draftShift.startDateTime | data.start
start: Start Date/Time | Start Date and Time | Start Time (HH:MM) | on call start | visit start
start: tour_start | roster start | Scheduled In
start date: date from | From Date | Start Date | start_date | Start Day | startDate | Date Start
start date: start.date
start utc: Start (UTC) | start_utc | startTimeUtc | start time in UTC
start local: Start (local) | local start | startTimeLocalized
start america/chicago: Start (America/Chicago)
start +19800: Start (UTC+05:30)
start cst: Start (CST)
start europe/berlin: Start [Europe/Berlin]
start 2: start2 | Start 2 | Shift 2 Start | second start
start 1: First Start
end: end | End Time | end_at | finish | Finish Time | stop | Stop Time | to | until | till
end: Shift End | Scheduled End | end.dateTime | dtend | ends_at | To Time | Sched Out
end utc: end_utc
end date: End Date | endDate | Stop Date | To Date
end 2: end2
times: Start/End | Start - End | start_end | From-To | Von - Bis | times | Times | Timing
times: time slot | Shift Times | Shift Timing | Slot
times attendance: In/Out
length hours or times: Working Hours | hours | Hours | Shift Hours | hours_scheduled | Total Hours
length hours or times: hrs | Sched Hrs
none, unknown or times or start: time | Time | Shift Time
none, unknown or start: Date Time | datetime | timestamp
none, unknown or times: shift | Shift | shift name | shift code | Availability Time
schedule or times: schedule | Schedule
kind or times: shift type | shift.type | Event Type
start attendance: Clock In | clock_in | ClockInTime | Punch In | Time In | In Time | Check-In
start attendance: check_in_time | In | actual start | Login Time | Sign In | started_at
start attendance: arrival time
end attendance: Clock Out | punch_out | Time Out | Checked Out | Out | Actual End Time
end attendance: Logout Time | finished_at
start attendance 1: In 1
end attendance 2: Out 2
start date attendance: actual_start_date | Clock in date
none, attendance: worked | Actual | punch type | attendance
time off request: timeOffRequestId | absence request | leave_request_id | PTO ID | timeOffRequest.id
length: duration | length | Duration (formatted) | Shift Length
length minutes: Duration (min) | duration_min | durationMinutes | lengthMinutes | lengthInMinutes
length minutes: minutes
length seconds: Duration (seconds)
length attendance hours: Hours Worked
length hours: Duration (h)
length milliseconds: length_ms
none, bookkeeping: Contracted Hours | Paid Hours | hourly rate | created_at | Created | updated_at
none, bookkeeping: Last Modified | modified_on | exported at | Requested | requested_at
none, bookkeeping: request date | submitted on | Approved Date | approval date | approved_at
none, bookkeeping: Reviewed | published_at | Published | issue date | Expires | valid from
none, bookkeeping: valid_to | effective_from | Effective Date | Hire Date | hired on | terminated
none, bookkeeping: termination date | Contract Start | contract_end | Employment Start Date
deleted: deleted | Gelöscht am | geloescht | Supprimé le | deleted_at | deletedDate | Removed On | attributes.deleted_at
cancelled: cancelled_at | canceledAt | Cancellation Date | is_cancelled | shift.cancelledAt
none, otherperson: cancelled_by | deleted_by
none, bookkeeping: user.deleted_at | employee.cancelledAt | cancelled
none, bookkeeping: birth date | Date of Birth | DOB | Pay Date | paid at | due date | last_login
none, bookkeeping: order date | delivery date | payment status | joined at | Last Updated
none, bookkeeping: notified_at | deleted_reason | Order ID | Employment Type | Pay Type
none, bookkeeping: Payment Status | price | Amount
none, part: Overtime Hours | Break (min) | break_minutes | break | Break Start | Lunch Out
none, part: meal_start | Break Length | break.start | overtime | Activity Start | task start
none, unknown: min | h | is_holiday | Number of Employees | Employee Count | service_id
none, unknown: run_id | trip_id | location_id | job_id | escalation_policy.id | product_id
none, unknown: team_id | app version | user.type | location type | Employee Status
none, unknown: account status | offset | half day | Employee Group | department | Start Location
none, unknown: start_odometer | Role | Position | Job Title | Notes | Location | Color | quantity
none, unknown: product | subject | title | notes | total
date: date | Date | day | Day | dates | Shift Date | work_date | WorkDate | Roster Date
date: Schedule Date | Service Date | Event Date | Availability Date | Duty Date | Visit Date
date: data
date attendance: punch date
date 2: Date 2
none, more(weekdays): weekday | Day of Week | DOW | days of week
none, more(repeat): repeat | rrule | Recurrence Rule | frequency
none, more(occurrences): occurrences | repeat count
none, more(dayoffset): Day Number | day offset
none, more(nextday): next day | Overnight
none, more(days): days | Work Days | Days Worked | on days | Number of Days
none, more(pattern): pattern | Shift Pattern
none, more(repeat): every | recurs | cadence
none, part: Overtime Start | OT end | Overtime Length
none, unknown: split start | PM start | Start II | covered by | replacement | through
none, unknown: other date | earliest start
none, unknown 1: First Day Back
end date: last day
date 1: first day
none, calendar: week | Week Starting | Month | period | Pay Period Start | period_start
none, calendar: isWeekend | forecast | 01/02/2026 | 2026-03-02 | today
none, calendar 16: Mon 16/03
agent by person: agent | Employee | Staff | Worker | user | resource | nurse | technician
agent by person: assignee | assigned_to | Assigned To | Assigned Employee | _source.agent
agent by person: employees | users | Team Member | Staff Member | Member | on call user
agent by number: Agent ID | agentId | AGENT_ID | agent.id | employee_id | EmployeeNumber
agent by number: Employee # | Emp No | Emp. No. | EMPID | Staff ID | worker id | Person Number
agent by number: personId | user_id | User ID | resource_id | resource.id | Badge | badge_id
agent by number: Badge Number | employee code | employee_key | Nurse ID | driver_id | provider_id
agent by number: assigned_user_id | assignedUserIds | shift.user.id | assignment.user.id
agent by number: recipient.id
agent by login: userName | username | login | email | E-Mail | Work Email | employee_email
agent by login: Email Address | user.email | resource.email | candidate_email
agent by person 2: employee 2 | Second Employee
agent by person 1: Employee1
name by name: user.summary | user.display_name | Employee Name | agentName | Full Name
name by name: Name (Full) | staff name | Last name, First name | Display Name
name by plainname: name | Name | Who | who
date: Operating day | operating_date | Duty date | Service day
agent by number: ServiceResourceId
agent by person: assigned resource | Assigned Resource | serviceResource
name by name: ServiceResource.Name
none, unknown: ServiceResource.attributes.type | Whole | Whom
first name by name: First Name | firstname | given_name | First | employee.firstName
last name by name: Last Name | Surname | family name | Last
none, otherperson: manager | Manager Name | manager.id | Supervisor | approver | Approved By
none, otherperson: created_by | creator.email | updatedBy | author | planner | requester
none, otherperson: Requested By | employee.manager.id | Team Lead | owner | Shift lead | Gruppenleiter | Verantwortlich | Eingetragen von
none, customer: Customer | customer_id | Client Name | patient | Student ID | visitor
id: id | ID | _id | Shift ID | shiftId | shift.id | Assignment ID | record_id | Event ID
id: request_id | uuid | UID | node.id | entry id | staffShiftId
schedule: schedule_id | schedule.id | roster_id | Schedule ID
version: version | Version | etag | @odata.etag | rowVersion | metadata.version | schedule version
version: revision | syncVersion
kind: kind | type | Record Type | activity | Activity Type | activity name | Leave Type
kind: Absence Type | Time Off Type
status: status | Status | state | approval | Approval Status | Shift Status | schedule_status
status: Request Status | Leave Status
zone: zone | Zone | time zone | timezone | TZ | Time Zone ID | tzid | local time zone
zone: start.timeZone | end.timeZone | user.timezone | timezone_offset | utc_offset | UTC Offset
zone: location timezone
all day: all day | isAllDay | All Day Event | full day | is_full_day
team: team | Team | Team Name | group
activities: activities | Activities
"#;

/// Names in German.
const GERMAN: &str = r#"
start: Beginn | Startzeit | Schichtbeginn | Dienstbeginn | Arbeitsbeginn | Von | Ab | Uhrzeit von
start: Beginn Uhrzeit | geplanter Beginn | Soll Beginn
start attendance: Ist-Beginn | Kommt | Kommen | Einstempel
start date: Startdatum | Anfangsdatum | Datum von | Von Datum
start utc: Beginn (UTC)
end: Ende | Endzeit | Schichtende | Dienstende | Bis
end date: Enddatum | Datum bis
date: Datum | Tag | Schichtdatum | Einsatzdatum
length: Dauer
length minutes: Dauer (min) | Dauer in Minuten
length hours or times: Stunden | Arbeitszeit (Std.)
times: Arbeitszeit | Dienstzeit | Zeiten
none, unknown or times or start: Uhrzeit
end attendance: Geht | Gehen | Ausgestempelt
none, part: Pause | Pausenbeginn | Mittagsbeginn | Überstunden | Ueberstunden
agent by person: Mitarbeiter | Mitarbeiter/in | Mitarbeiter*innen | Benutzer | Lehrer | Fahrer
agent by person: Ärztin
agent by number: Mitarbeiternummer | Mitarbeiter-Nr. | Mitarbeiter ID | Personalnummer
agent by number: Personalnr | Pers.-Nr. | PersNr | MA-Nr
name by name: Mitarbeitername | Name, Vorname
none, unknown: MA | Standort | Bemerkung | Kostenstelle
agent by login: Benutzername | E-Mail-Adresse
name by plainname: Name | Wer
date: Betriebstag
first name by name: Vorname
last name by name: Nachname | Familienname
none, otherperson: Vorgesetzter
none, bookkeeping: Genehmigt von | Erstellt am | Erstellt von | Geändert am | Geaendert am
none, bookkeeping: Gültig ab | Eintrittsdatum | Geburtsdatum | Beantragt am
status: Status
kind or times: Schichtart | Dienstart
kind: Abwesenheitsart | Art | Typ
zone: Zeitzone
all day: Ganztägig | ganztaegig
none, unknown or times: Schicht | Schichten
id: Schicht ID | Schicht-ID
schedule or times: Dienstplan
schedule: Dienstplan-ID
none, more(weekdays): Wochentag
none, calendar: KW | Feiertag
team: Team | Gruppe
none, customer: Kunde
none, more(nextday): Folgetag
none, more(repeat): Wiederholung
version: Version
"#;

/// Names in French.
const FRENCH: &str = r#"
start: Début | Heure de début | heure_debut | Début prévu | Début poste | De | Du
start date: Date de début | Date début | date_debut
start utc: Début (UTC)
end: Fin | Heure de fin | À | Au | Jusqu'à
end date: Date de fin
date: Date | Jour
length: Durée
length minutes: Durée (min)
length hours: Durée (h)
length hours or times: Heures
length attendance hours: Heures travaillées
times: Horaire | Horaires
start attendance: Arrivée | Heure d'arrivée | Heure d'entrée | Entrée
end attendance: Départ | Sortie
none, part: Début pause | Pause | Pause déjeuner
agent by person: Employé | Employée | Salarié | Collaborateur | Agent | Infirmière
agent by number: Id employé | Numéro employé | N° employé | Matricule
name by name: Nom de l'employé | Nom complet | Nom et prénom
name by plainname: Nom | Qui
first name by name: Prénom
last name by name: Nom de famille
agent by login: Adresse e-mail | Courriel
id: Identifiant
none, otherperson: Responsable | Validé par | Saisi par
none, bookkeeping: Créé le | Modifié le | Date de naissance | Date d'embauche | Date de création
status: Statut | État
kind: Type | Type d'absence
kind or times: Type de poste
zone: Fuseau horaire
all day: Toute la journée | Journée entière
none, more(weekdays): Jour de la semaine
none, calendar: Semaine
team: Équipe | Groupe
schedule or times: Planning
none, unknown or times: Poste | Quart
none, customer: Client
none, unknown: Commentaire
version: Version
"#;

/// Names in Spanish.
const SPANISH: &str = r#"
start: Inicio | Hora inicio | Hora de inicio | hora_inicio | Inicio turno | Inicio previsto
start: Desde | Entrada programada
start date: Fecha inicio | Fecha de inicio
end: Fin | Hora fin | Término | Hasta
end date: Fecha fin
date: Fecha | Día
none, unknown or start: Fecha y hora
length: Duración
length minutes: Duración (min)
length hours or times: Horas
length attendance hours: Horas trabajadas
times: Horario
start attendance: Entrada | Hora entrada | Entrada real
end attendance: Salida | Hora de salida
none, part: Inicio descanso | Descanso | Horas extra
agent by person: Empleado | Trabajador | Usuario | Médico
agent by number: ID Empleado | id_empleado | Código empleado | Nº empleado | Número de empleado
agent by number: Legajo
name by name: Nombre del empleado | Nombre completo | Nombre y apellidos
name by plainname: Nombre | Quién
agent by person: Vigilante
name by plainname or times: Guardia
start: Inicio guardia
last name by name: Apellidos | Apellido
agent by login: Correo electrónico | Nombre de usuario
none, otherperson: Jefe | Aprobado por | Creado por
none, bookkeeping: Fecha de creación | Fecha de nacimiento | Fecha de alta | Solicitado
status: Estado
kind: Tipo | Tipo de ausencia
kind or times: Tipo de turno
zone: Zona horaria
all day: Todo el día
none, more(weekdays): Día de la semana
none, calendar: Semana
team: Equipo
none, unknown or times: Turno
id: ID turno
none, customer: Cliente
none, unknown: Observaciones
"#;

/// Names in Italian.
const ITALIAN: &str = r#"
start: Inizio | Ora inizio | ora_inizio | Inizio turno | Inizio previsto | Dalle | Da | Dal
start: Orario inizio
start date: Data inizio
end: Fine | Ora fine | Alle | Al
end date: Data fine
date: Data | Giorno
length: Durata
length minutes: Durata (min)
length hours or times: Ore
length attendance hours: Ore lavorate
times: Orario
start attendance: Entrata
end attendance: Uscita
none, part: Inizio pausa | Pausa | Straordinario
agent by person: Dipendente | Lavoratore | Operatore | Utente | Infermiere
agent by number: ID dipendente | Codice dipendente | Matricola
name by name: Nome dipendente | Nome e cognome | Cognome e nome
name by plainname: Nome | Nominativo | Chi
last name by name: Cognome
agent by login: Posta elettronica | Nome utente
none, otherperson: Responsabile
none, bookkeeping: Approvato da | Creato il | Data di nascita | Data assunzione
status: Stato
kind: Tipo | Tipo assenza
zone: Fuso orario
all day: Tutto il giorno
none, more(weekdays): Giorno della settimana
none, calendar: Settimana
team: Squadra
none, unknown or times: Turno
id: ID turno
none, customer: Cliente
version: Versione
"#;

/// Names in Portuguese.
const PORTUGUESE: &str = r#"
start: Início | Hora início | hora_inicio | Início do turno | Início previsto | Das
start date: Data início | Data de início
end: Fim | Hora fim | Término | Às | Até
end date: Data fim
date: Data | Dia
length: Duração
length minutes: Duração (min)
length hours or times: Horas
length attendance hours: Horas trabalhadas
times: Horário
start attendance: Entrada | Hora de entrada
end attendance: Saída | Hora saída
none, part: Início almoço | Almoço | Horas extras
agent by person: Funcionário | Colaborador | Empregado | Usuário | Enfermeira
agent by number: ID Funcionário | id_funcionario | Matrícula | Código do colaborador
name by name: Nome do funcionário | Nome completo
name by plainname: Nome | Quem
last name by name: Sobrenome
agent by login: Nome de usuário | E-mail
none, otherperson: Gestor | Aprovado por
none, bookkeeping: Criado em | Data de nascimento | Data de admissão | Data de criação
status: Situação | Status
kind: Tipo | Tipo de ausência
zone: Fuso horário
all day: Dia inteiro
none, more(weekdays): Dia da semana
none, calendar: Semana
team: Equipe
none, unknown or times: Turno
id: ID do turno
schedule or times: Escala
none, customer: Cliente
version: Versão
none, unknown: Observações
"#;

/// Names in Dutch.
const DUTCH: &str = r#"
start: Begin | Begintijd | begin_tijd | Starttijd | Aanvang | Begin dienst | Gepland begin
start: Ingepland van | Van | Vanaf
start date: Startdatum | Begindatum
end: Ingepland tot | Einde | Eindtijd | Tot | Tot en met
end date: Einddatum
date: Datum | Dag
length: Duur
length minutes: Duur (min)
length hours or times: Uren
length attendance hours: Gewerkte uren
times: Werktijd
none, unknown or times or start: Tijd
start attendance: Ingeklokt
end attendance: Uitgeklokt
none, part: Pauze | Begin pauze | Overuren
agent by person: Medewerker | Werknemer | Gebruiker | Verpleegkundige
agent by number: Medewerkernummer | Medewerker ID | Personeelsnummer
agent by login: Gebruikersnaam | E-mailadres
name by name: Naam medewerker | Volledige naam
name by plainname: Naam | Wie
first name by name: Voornaam
last name by name: Achternaam
none, otherperson: Leidinggevende | Goedgekeurd door
none, bookkeeping: Aangemaakt op | Geboortedatum
status: Status
kind: Soort | Soort verlof | Verlofsoort
zone: Tijdzone
all day: Hele dag
none, more(weekdays): Dag van de week
none, calendar: Week
team: Team | Groep
none, unknown or times: Dienst
id: Dienst ID
schedule or times: Rooster
none, customer: Klant
version: Versie
none, unknown: Opmerking
"#;

/// Names in files of swaps.
const SWAPS: &str = r#"
agent by person: agent | initiating | initiating agent | initiating user | sender | from
agent by person: from agent | user | employee | requester | Original Employee
agent by number: agent id | initiating agent id | initiating user id | sender id | sender user id
agent by number: from agent id | user id | employee id | initiatingUser.id | requester_id
agent by number: requesting_staff_id | initiating.user.id
id: id | swap id | trade id | shift trade id | request id | record id
start: start | start time | shift start | initiating start | initiating shift start
start: initiating shift start date | sender start | from start
end: end time | initiating shift end date
zone: zone | time zone | tz | local time zone
status: status | state | approval | swap status | trade status
shift: shift | shift id | initiating shift | initiating shift id | sender shift | sender shift id
shift: from shift | from shift id | offered shift | offeredShiftId
with agent by person: with agent | with | receiving | receiving agent | receiving user | recipient
with agent by person: to | to agent | Covering Employee | Swap With | partner | To Employee
with agent by number: with agent id | receiving agent id | receiving user id | recipient id
with agent by number: recipient user id | to agent id | covering_employee_id | target_user_id
with shift: with shift | with shift id | receiving shift | receiving shift id | recipient shift
with shift: recipient shift id | to shift | to shift id | recipientShiftId | receiving.shift.id
with start: with start | receiving start | receiving shift start | receiving shift start date
with start: recipient start | to start
with end: with end | receiving shift end date | to end
none, otherperson: Requested By | Approved By | manager.id
none, unknown: New Employee | Shift Date | team
none, bookkeeping: created_at
agent by name: from_employee_name
"#;

/// Names in files of time off.
const TIME_OFF: &str = r#"
start: Leave Start | Absence From | vacation start | requested from | Requested Start | Urlaub von
start: Congé du | Start | Holiday Start | From
start date: leave_start_date | Time Off Start Date | date_from | request_date_from
start date: Fecha de inicio
end: Time Off End Time | Urlaub bis | To
none, bookkeeping: requested_date | Request Date | approved_at
id: Leave ID | timeOffRequestId | request id
kind: Leave Type
status: leave status
none, unknown: Abwesend von | half_day
date: Date | Leave Date | Time Off Date | Absence Date
length days: days | total_days | Number of Days | No. of Days | Leave Days | Days Requested | nights
length days: Duration (days) | Working Days | Anzahl Tage | Urlaubstage | jours | días
length weeks: weeks | Number of Weeks
none, calendar: Days Remaining | days_balance | week
end date: Last Day | Last Day of Leave | Data do
none, unknown: Return to Work | back on | Extended To | New End
length hours or times: hours
none, otherperson: Approved By
"#;

#[test]
fn names_mean_the_same_in_seven_languages() {
    for table in [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH] {
        assert!(lines(table).count() >= 50, "{}", lines(table).count());
        assert_means(table, Role::Batch);
        assert_means(table, Role::Published);
    }
}

#[test]
fn files_of_swaps_and_time_off_have_names_of_their_own() {
    assert_means(SWAPS, Role::Swaps);
    assert_means(TIME_OFF, Role::TimeOff);
}

/// Names by which fields have been known as long as there are fields.
const ESTABLISHED: &[(Field, &str)] = &[
    (
        Field::Agent,
        "agent | agent id | user | user id | employee | employee id | employee number | worker | \
         person | person id | staff | username | resource",
    ),
    (Field::Id, "id | shift id | assignment id | record id | event id | request id"),
    (Field::Schedule, "schedule | schedule id"),
    (Field::Version, "version | schedule version | etag"),
    (Field::Start, "start | start time | start date time | start at | begin | from | shift start"),
    (
        Field::End,
        "end | end time | end date time | end at | finish | stop | to | until | shift end",
    ),
    (Field::Times, "times"),
    (Field::Length, "length | length minutes | duration | duration minutes | minutes"),
    (Field::Date, "date | shift date | day | dates"),
    (Field::StartDate, "start date"),
    (Field::EndDate, "end date"),
    (Field::AllDay, "all day | is all day | full day | is full day"),
    (Field::Zone, "zone | time zone | tz | local time zone"),
    (Field::Kind, "kind | type | record type | activity"),
    (Field::Status, "status | state | approval"),
    (Field::Name, "name | agent name | full name"),
    (Field::GivenName, "first name"),
    (Field::FamilyName, "last name"),
    (Field::Team, "team | team name | group"),
    (Field::Activities, "activities"),
];

#[test]
fn established_names_keep_their_meaning() {
    for (field, names) in ESTABLISHED {
        for name in names.split(" | ") {
            for role in [Role::Batch, Role::Published, Role::TimeOff, Role::Agents] {
                assert_eq!(meaning(name, role).field, Ok(*field), "{name}");
                assert_eq!(meaning(name, role).basis, Basis::Planned, "{name}");
            }
            // In a document a key names itself; a person's name is the agent.
            let known = key(name, Role::Batch).map(|(field, _)| field);
            let person = matches!(name.split_once(' '), Some(("agent" | "full", "name")));
            assert_eq!(known, Some(if person { Field::Agent } else { *field }), "{name}");
        }
    }
}

#[test]
fn keys_stand_for_fields_by_their_names_alone() {
    let found = |name: &str| key(name, Role::Batch);
    for (name, expected) in [
        ("agentId", Some((Field::Agent, 0))),
        ("user.id", Some((Field::Agent, 0))),
        ("badgeNo", Some((Field::Agent, 1))),
        ("user.email", Some((Field::Agent, 2))),
        ("user", Some((Field::Agent, 3))),
        ("user.name", Some((Field::Agent, 2))),
        ("user.summary", Some((Field::Agent, 4))),
        ("node.startTime", Some((Field::Start, 0))),
        ("startTimeLocal", Some((Field::Start, 0))),
        ("metadata.version", Some((Field::Version, 0))),
        // Only a whole file can decide.
        ("email", None),
        ("clock_in", None),
        ("start2", None),
        ("start_utc", None),
        ("hours", None),
        // Where the records themselves may be.
        ("data.agentId", None),
        ("meta.from", None),
    ] {
        assert_eq!(found(name), expected, "{name}");
    }
    assert_eq!(key("agent name", Role::Agents), Some((Field::Name, 0)));
}

#[test]
fn a_name_without_end_means_nothing() {
    let long = format!("start{}", "_".repeat(300));
    assert_eq!(described(&meaning(&long, Role::Batch)), "none, unknown");
    let letters = "x".repeat(256);
    assert_eq!(described(&meaning(&letters, Role::Batch)), "none, unknown");
}

/// The words of names that consist of letters and spaces, in lower case.
fn all_words() -> Vec<Vec<String>> {
    [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH]
        .into_iter()
        .flat_map(lines)
        .filter(|(_, name)| name.chars().all(|letter| letter.is_alphabetic() || letter == ' '))
        .filter(|(_, name)| !name.contains(char::is_lowercase) || divided_by_spaces(name))
        .map(|(_, name)| name.to_lowercase().split(' ').map(str::to_owned).collect())
        .collect()
}

/// Whether no word of a name begins within another: `startDate` does.
fn divided_by_spaces(name: &str) -> bool {
    name.split(' ').all(|word| !word.chars().skip(1).any(char::is_uppercase))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.into_iter().chain([letters.collect()]).collect()
}

/// Ways to write a word and to join it to the next.
fn writing() -> impl Strategy<Value = (fn(&str) -> String, &'static str)> {
    let case = prop_oneof![
        Just(str::to_owned as fn(&str) -> String),
        Just(str::to_uppercase as fn(&str) -> String),
        Just(capital as fn(&str) -> String),
    ];
    (case, prop::sample::select(vec![" ", "_", "-", "/", ": ", "  "]))
}

#[test]
fn words_of_fields_can_be_written_together() {
    let mut wrong = Vec::new();
    for words in all_words() {
        let plain = meaning(&words.join(" "), Role::Batch);
        // Short words are found in anything, and unknown ones in nothing.
        if plain.field.is_err() || words.iter().any(|word| word.chars().count() < 3) {
            continue;
        }
        let camel: String = words.iter().map(|word| capital(word)).collect();
        for written in [words.concat(), words.concat().to_uppercase(), camel] {
            let found = meaning(&written, Role::Batch);
            if found != plain {
                wrong.push((written, described(&found), described(&plain)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn case_joints_and_spaces_around_do_not_matter(
        words in prop::sample::select(all_words()),
        (case, joint) in writing(),
        around in prop::sample::select(vec!["", " ", "\u{feff}", "\"", "\t"]),
    ) {
        let plain = meaning(&words.join(" "), Role::Batch);
        let written: Vec<String> = words.iter().map(|word| case(word)).collect();
        let name = format!("{around}{}{around}", written.join(joint));
        prop_assert_eq!(meaning(&name, Role::Batch), plain, "{}", name);
    }

    #[test]
    fn any_name_means_something_or_nothing(name in "\\PC{0,40}") {
        for role in [Role::Batch, Role::TimeOff, Role::Swaps, Role::Agents] {
            let _ = described(&meaning(&name, role));
        }
    }
}
