//! The table of senses, and of the words that have them in seven languages.
//!
//! This is the one table by which names of columns and keys are understood. A word has one row
//! only. Case, accents, spaces, `_`, `-` and so on do not matter: `first name` is also
//! `firstName`, `FIRST_NAME` and `firstname`. A word without a row is [`Sense::Unknown`], and
//! makes a name mean nothing.

/// What a word says within a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Sense {
    /// It is not in the table.
    Unknown,
    /// Someone who works.
    Person,
    /// Those who work, or how many do.
    People,
    /// Someone who works, only beside another word: `MA-Nr`.
    PersonShort,
    /// Who it is, of whatever: `Who`.
    Who,
    /// Who is on guard, if it is the only word; else what is done in a shift.
    Guard,
    /// Who gets something: a person in files of shifts, the taker in a swap.
    Recipient,
    /// A thing that works or an envelope around a record: `resource`.
    Resource,
    /// Someone else than who works the shift.
    OtherPerson,
    /// Who asks: another person in files of shifts, the giver in a swap.
    Requester,
    /// Who is served.
    Customer,
    /// By whom something was done.
    By,
    /// That a person was chosen for it.
    Assigned,
    /// Whose number of a person it is.
    Origin,
    /// The number of a person, without a word for person.
    Badge,
    /// An id of what is named beside it, or of the record.
    Id,
    /// A number or code; by itself of nothing.
    Number,
    /// How many there are.
    Count,
    /// What distinguishes a person from others, beside a word for a person.
    Qualifier,
    /// A login.
    Login,
    /// An e-mail address.
    Email,
    /// An address, beside a login.
    Address,
    /// A name.
    Name,
    /// That a name is whole.
    Full,
    /// A text for people, which names a person where one is around it.
    Label,
    /// A first name.
    GivenName,
    /// A last name.
    FamilyName,
    /// The first of several; alone, a first name.
    First,
    /// The second of several.
    Second,
    /// The third of several.
    Third,
    /// The last of several; alone, a last name.
    Last,
    /// When something begins.
    Start,
    /// When something ends.
    End,
    /// From when, or from whom.
    From,
    /// Until when, or to whom.
    To,
    /// From when, if it is the only or the last word; else a particle.
    WeakFrom,
    /// Until when, if it is the only or the last word; else a particle.
    WeakTo,
    /// A date.
    Date,
    /// A day, or a date.
    Day,
    /// A date in Italian and Portuguese, an envelope in JSON.
    Data,
    /// A time of day, or of anything.
    Time,
    /// A date and time in one.
    DateTime,
    /// A start and an end in one.
    Span,
    /// How long something takes.
    Length,
    /// A number of hours.
    Hours,
    /// A number of minutes.
    Minutes,
    /// A number of seconds.
    Seconds,
    /// A number of milliseconds.
    Milliseconds,
    /// A number of days, or some days of the week.
    Days,
    /// A number of weeks.
    Weeks,
    /// An abbreviated unit, only beside another word: `h`, `min`.
    HoursShort,
    /// Likewise.
    MinutesShort,
    /// Likewise.
    SecondsShort,
    /// That a number counts since 1970.
    Epoch,
    /// That it is a sum.
    Total,
    /// A time zone.
    Zone,
    /// A time zone, or a part of a building.
    AreaZone,
    /// A distance, of clocks or of days.
    Offset,
    /// On the clock of UTC.
    Utc,
    /// On the clock of the place.
    Local,
    /// A shift, or another thing with an id that has a start and an end.
    Shift,
    /// A record of such a thing.
    Entry,
    /// What is done in a shift, without an id.
    Work,
    /// What contains shifts.
    Schedule,
    /// As planned.
    Planned,
    /// As proposed, not live.
    Draft,
    /// As everybody sees it.
    Shared,
    /// As it happened.
    Attendance,
    /// When somebody came.
    In,
    /// When somebody left.
    Out,
    /// What was done with the record, or how someone is employed.
    Bookkeeping,
    /// That it was changed.
    Changed,
    /// As asked for.
    Requested,
    /// What was asked for.
    Request,
    /// That it was allowed.
    Approval,
    /// As it was allowed.
    Granted,
    /// A part of a shift.
    Part,
    /// Work beside a shift: overtime.
    Extra,
    /// That it is one more, or one instead.
    Another,
    /// What is done in a part of a shift.
    Activity,
    /// A list of activities.
    Activities,
    /// Of which kind something is.
    Kind,
    /// How far something is.
    Status,
    /// The version of something.
    Version,
    /// People who work together.
    Team,
    /// From midnight to midnight.
    AllDay,
    /// Not working.
    Absence,
    /// Free to work.
    Availability,
    /// That there are more records than one.
    Repeat,
    /// On which days of the week.
    Weekday,
    /// How many times.
    Occurrences,
    /// In which order it comes back, or when somebody works.
    Pattern,
    /// How often it comes back.
    Rhythm,
    /// Until when, beyond an end that is there.
    Through,
    /// When somebody is back.
    Return,
    /// Who works instead.
    Cover,
    /// How many days after.
    DayOffset,
    /// That the end is on another day.
    NextDay,
    /// Of the calendar, and not of a shift.
    Calendar,
    /// Of a time around shifts: opening hours, bounds, wishes.
    Around,
    /// Where.
    Place,
    /// In a swap, who gives the shift.
    Giver,
    /// In a swap, who takes the shift.
    Taker,
    /// A swap.
    Swap,
    /// What contains a record in JSON.
    Wrapper,
    /// What contains a record or all of them.
    Envelope,
    /// How the value is written.
    Format,
    /// It says nothing.
    Particle,
}

impl Sense {
    /// How many there are.
    pub(super) const COUNT: u32 = Sense::Particle as u32 + 1;
}

/// A set of senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Senses(u128);

impl Senses {
    /// The set of these.
    pub(super) const fn of(senses: &[Sense]) -> Senses {
        let (mut bits, mut place) = (0, 0);
        while place < senses.len() {
            bits |= 1 << senses[place] as u32;
            place += 1;
        }
        Senses(bits)
    }

    /// All that are in one of two sets.
    pub(super) const fn and(self, more: Senses) -> Senses {
        Senses(self.0 | more.0)
    }

    /// All that are in both sets.
    pub(super) const fn both(self, other: Senses) -> Senses {
        Senses(self.0 & other.0)
    }

    /// Without those of another set.
    pub(super) const fn without(self, less: Senses) -> Senses {
        Senses(self.0 & !less.0)
    }

    /// Whether any is in both sets.
    pub(super) const fn any(self, other: Senses) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether this one is among them.
    pub(super) const fn has(self, sense: Sense) -> bool {
        self.0 & (1 << sense as u32) != 0
    }

    /// Whether there is none.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub(super) const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

const _: () = assert!(Sense::COUNT <= u128::BITS, "a set of senses has a bit for each");

/// The words of one sense, by language, divided by commas.
pub(super) struct Synonyms {
    pub(super) sense: Sense,
    /// English.
    pub(super) en: &'static str,
    /// German.
    pub(super) de: &'static str,
    /// French.
    pub(super) fr: &'static str,
    /// Spanish.
    pub(super) es: &'static str,
    /// Italian.
    pub(super) it: &'static str,
    /// Portuguese.
    pub(super) pt: &'static str,
    /// Dutch.
    pub(super) nl: &'static str,
}

impl Synonyms {
    /// Its words in all languages.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        let languages = [self.en, self.de, self.fr, self.es, self.it, self.pt, self.nl];
        let words = languages.into_iter().flat_map(|words| words.split(','));
        words.map(str::trim_ascii).filter(|word| !word.is_empty())
    }
}

/// A row with words of English alone.
const fn english(sense: Sense, en: &'static str) -> Synonyms {
    Synonyms { sense, en, de: "", fr: "", es: "", it: "", pt: "", nl: "" }
}

/// The table. A word that two languages share is listed with the first of them.
pub(super) static ROWS: &[Synonyms] = &[
    // People.
    Synonyms {
        sense: Sense::Person,
        en: "agent, user, employee, emp, empl, worker, person, staff, staffer, staff member, \
             team member, teammate, crew member, member, personnel, associate, colleague, technician, \
             driver, nurse, doctor, physician, clinician, caregiver, carer, care worker, \
             support worker, provider, practitioner, teacher, instructor, tutor, guard, \
             officer, operator, operators, volunteer, attendant, cashier, therapist, \
             assignee, assigned to, helper, contractor, candidate, freelancer, engineer, \
             responder, pilot, lifeguard, interpreter, consultant, advisor, representative, csr, \
             personal, service resource",
        de: "Mitarbeiter, Mitarbeiter in, Mitarbeiterin, Mitarbeitender, Mitarb, \
             Angestellter, Angestellte, Beschäftigter, Beschäftigte, Arbeitnehmer, \
             Arbeitnehmerin, Arbeitskraft, Benutzer, Nutzer, Bediensteter, Kollege, Kollegin, \
             Fahrer, Pflegekraft, Pfleger, Arzt, Ärztin, Lehrer, Lehrerin, Lehrkraft, Dozent, Dozentin, Betreuer, Betreuerin, Therapeut, Helfer, Aushilfe, Personals",
        fr: "employé, employée, salarié, salariée, collaborateur, collaboratrice, \
             utilisateur, utilisatrice, personne, travailleur, infirmier, infirmière, \
             soignant, soignante, médecin, conducteur, chauffeur, intervenant, intervenante, \
             vacataire, équipier, enseignant, enseignante, professeur, formateur, animateur",
        es: "empleado, empleada, trabajador, trabajadora, agente, usuario, usuaria, persona, \
             colaborador, colaboradora, operario, operaria, vigilante, enfermero, enfermera, médico, \
             médica, conductor, chofer, profesor, profesora, docente, maestro",
        it: "dipendente, lavoratore, lavoratrice, operatore, operatrice, addetto, addetta, \
             utente, collaboratore, collaboratrice, infermiere, infermiera, autista, insegnante",
        pt: "funcionário, funcionária, empregado, empregada, trabalhador, trabalhadora, \
             usuário, usuária, utilizador, pessoa, servidor, enfermeiro, enfermeira, \
             motorista, plantonista, professor, professora",
        nl: "medewerker, werknemer, personeel, personeels, personeelslid, gebruiker, persoon, \
             collega, verpleegkundige, arts, vrijwilliger, leraar, docent, begeleider",
    },
    Synonyms {
        sense: Sense::People,
        en: "agents, users, employees, workers, persons, people, staff members, team members, \
             members, associates, technicians, drivers, nurses, doctors, physicians, \
             caregivers, carers, providers, teachers, guards, officers, volunteers, \
             assignees, candidates",
        de: "Mitarbeiter innen, Mitarbeiterinnen, Mitarbeitende, Mitarbeitenden",
        fr: "employés, employées, salariés, collaborateurs, infirmiers",
        es: "empleados, empleadas, trabajadores, agentes, usuarios, colaboradores",
        it: "dipendenti, lavoratori, operatori, addetti, agenti, utenti, medici",
        pt: "funcionários, empregados, trabalhadores, usuários",
        nl: "medewerkers, werknemers",
    },
    Synonyms { de: "MA, Pers", ..english(Sense::PersonShort, "") },
    Synonyms {
        sense: Sense::Who,
        en: "who",
        de: "wer",
        fr: "qui",
        es: "quién, quien",
        it: "chi",
        pt: "quem",
        nl: "wie",
    },
    Synonyms { es: "guardia", ..english(Sense::Guard, "") },
    Synonyms {
        fr: "destinataire",
        es: "destinatario",
        ..english(Sense::Recipient, "recipient, recipients")
    },
    Synonyms {
        de: "Ressource",
        es: "recurso",
        it: "risorsa",
        ..english(Sense::Resource, "resource, resources")
    },
    Synonyms {
        sense: Sense::OtherPerson,
        en: "manager, managers, supervisor, supervisors, boss, leader, team lead, team leader, shift lead, \
             approver, approvers, creator, author, planner, scheduler, dispatcher, reviewer, \
             editor, modifier, recruiter, coordinator, submitter, administrator, admin, organizer, \
             organiser, owner, reports to, reporting to, trainer, coach, mentor, preceptor, foreman, \
             charge nurse, crew chief, key holder, keyholder, replaces, \
             swapped from, cover for, covering for, absence cover for",
        de: "Vorgesetzter, Vorgesetzte, Leiter, Teamleiter, Gruppenleiter, Leitung, Genehmiger, Ersteller, Eingetragen von, \
             Bearbeiter, Planer, Verantwortlich, Verantwortlicher, Disponent, Führungskraft",
        fr: "responsable, superviseur, chef, approbateur, créateur, valideur, gestionnaire, \
             planificateur",
        es: "jefe, jefa, gerente, encargado, encargada, aprobador, creador",
        it: "responsabile, supervisore, capo, approvatore",
        pt: "responsável, chefe, gestor, gestora, aprovador, criador",
        nl: "leidinggevende, beheerder, goedkeurder",
    },
    Synonyms {
        sense: Sense::Requester,
        en: "requester, requestor",
        de: "Antragsteller, Antragstellerin",
        fr: "demandeur",
        es: "solicitante",
        it: "richiedente",
        pt: "",
        nl: "aanvrager",
    },
    Synonyms {
        sense: Sense::Customer,
        en: "customer, customers, client, clients, patient, patients, guest, guests, visitor, \
             visitors, student, students, pupil, participant, participants, tenant, vendor, \
             supplier, contact, passenger, buyer, payer, borrower",
        de: "Kunde, Kundin, Kunden, Besucher, Schüler, Klient, Patienten, Gast",
        fr: "visiteur, élève, étudiant, usager",
        es: "cliente, clientes, paciente, pacientes, alumno, visitante, proveedor",
        it: "paziente, pazienti, ospite, alunno, fornitore",
        pt: "aluno, hóspede, fornecedor",
        nl: "klant, klanten, patiënt, bezoeker, leerling, leverancier",
    },
    Synonyms {
        sense: Sense::By,
        en: "by",
        de: "durch",
        fr: "par",
        es: "por",
        it: "",
        pt: "pelo, pela",
        nl: "door",
    },
    Synonyms {
        sense: Sense::Assigned,
        en: "assigned, allocated",
        de: "zugewiesen, zugewiesener, zugeteilt",
        fr: "affecté, affectée, assigné",
        es: "asignado, asignada",
        it: "assegnato, assegnata",
        pt: "atribuído, designado",
        nl: "toegewezen",
    },
    english(Sense::Origin, "external, internal, global, unique, corporate, company"),
    // What a person is known by.
    Synonyms {
        sense: Sense::Badge,
        en: "badge, badge id, eid, clock number, clock id, clock no",
        de: "PersNr, PNr, Stammnummer, Kürzel",
        fr: "matricule",
        es: "legajo",
        it: "matricola",
        pt: "matrícula, crachá, chapa",
        nl: "",
    },
    Synonyms {
        sense: Sense::Id,
        en: "id, ids, uuid, guid, uid, identifier, ident",
        de: "Kennung",
        fr: "identifiant",
        es: "identificador, identificación",
        it: "identificativo",
        pt: "identificação",
        nl: "identificatie",
    },
    Synonyms {
        sense: Sense::Number,
        en: "number, no, nr, num, nbr, code, key, #, ref, reference",
        de: "Nummer",
        fr: "numéro, n, référence",
        es: "número, nro, código, cod",
        it: "numero, codice",
        pt: "",
        nl: "",
    },
    Synonyms {
        de: "Anzahl",
        it: "quantità",
        pt: "quantidade",
        nl: "aantal",
        es: "cantidad",
        ..english(Sense::Count, "number of, no of, num of, # of, count, headcount, head count")
    },
    english(Sense::Qualifier, "qualifier"),
    Synonyms {
        sense: Sense::Login,
        en: "login, log in, logon, login name, username, user name, user login, upn, \
             user principal name",
        de: "Benutzername, Nutzername, Anmeldename",
        fr: "nom utilisateur, nom d utilisateur",
        es: "nombre de usuario",
        it: "nome utente",
        pt: "nome de usuário",
        nl: "gebruikersnaam",
    },
    Synonyms {
        sense: Sense::Email,
        en: "email, e mail, emails, mail",
        de: "",
        fr: "courriel, mél",
        es: "correo, correo electrónico",
        it: "posta elettronica",
        pt: "correio, correio eletrônico",
        nl: "",
    },
    Synonyms {
        sense: Sense::Address,
        en: "address",
        de: "Adresse",
        fr: "",
        es: "dirección",
        it: "indirizzo",
        pt: "endereço",
        nl: "adres",
    },
    Synonyms {
        sense: Sense::Name,
        en: "name, names",
        de: "Namen",
        fr: "nom, noms",
        es: "nombre, nombres",
        it: "nome, nomi, nominativo",
        pt: "nomes",
        nl: "naam",
    },
    Synonyms {
        sense: Sense::Full,
        en: "full, display, complete, whole",
        de: "vollständiger, vollständig, voller",
        fr: "complet",
        es: "completo",
        it: "",
        pt: "",
        nl: "volledige, volledig",
    },
    english(Sense::Label, "label, summary, title, formatted name"),
    Synonyms {
        sense: Sense::GivenName,
        en: "first name, given name, given names, forename, fname",
        de: "Vorname, Vornamen",
        fr: "prénom, prénoms",
        es: "primer nombre",
        it: "",
        pt: "primeiro nome",
        nl: "voornaam, roepnaam",
    },
    Synonyms {
        sense: Sense::FamilyName,
        en: "last name, surname, family name, lname",
        de: "Nachname, Nachnamen, Familienname, Zuname",
        fr: "nom de famille",
        es: "apellido, apellidos, primer apellido",
        it: "cognome",
        pt: "sobrenome, apelido, último nome",
        nl: "achternaam, familienaam",
    },
    Synonyms {
        sense: Sense::First,
        en: "first, 1st",
        de: "erste, erster, erstes",
        fr: "premier, première",
        es: "primer, primero, primera",
        it: "primo, prima",
        pt: "primeiro, primeira",
        nl: "eerste",
    },
    Synonyms {
        sense: Sense::Second,
        en: "second, 2nd",
        de: "zweite, zweiter, zweites",
        fr: "deuxième, seconde",
        es: "segundo, segunda",
        it: "secondo, seconda",
        pt: "",
        nl: "tweede",
    },
    Synonyms {
        sense: Sense::Third,
        en: "third, 3rd",
        de: "dritte, dritter, drittes",
        fr: "troisième",
        es: "tercer, tercero, tercera",
        it: "terzo, terza",
        pt: "terceiro, terceira",
        nl: "derde",
    },
    Synonyms {
        sense: Sense::Last,
        en: "last",
        de: "letzte, letzter, letztes",
        fr: "dernier, dernière",
        es: "último, última",
        it: "ultimo, ultima",
        pt: "",
        nl: "laatste",
    },
    // When.
    Synonyms {
        sense: Sense::Start,
        en: "start, starts, starting, begin, begins, beginning, beg, commence, commences, commencing, dtstart, \
             partial day start date times",
        de: "Beginn, beginnt, Anfang, Anfangs",
        fr: "début, débute, commencement, prise de service, prise de poste",
        es: "inicio, inicial, inicia, comienzo, empieza",
        it: "inizio, inizia",
        pt: "início, começo",
        nl: "aanvang, begint",
    },
    Synonyms {
        sense: Sense::End,
        en: "end, ends, ending, finish, finishes, stop, cease, ceases, until, till, dtend",
        de: "Ende, endet, Schluss",
        fr: "fin, finit, fin de service, fin de poste, jusque, jusqu, jusqu à, jusqu au",
        es: "término, termina, finaliza, final",
        it: "fine, finisce, termine",
        pt: "fim",
        nl: "einde, eind, eindigt",
    },
    Synonyms {
        sense: Sense::From,
        en: "from",
        de: "von, ab",
        fr: "",
        es: "desde",
        it: "dalle",
        pt: "",
        nl: "vanaf",
    },
    Synonyms {
        sense: Sense::To,
        en: "to",
        de: "bis",
        fr: "",
        es: "hasta",
        it: "alle",
        pt: "até",
        nl: "tot, tot en met",
    },
    Synonyms {
        sense: Sense::WeakFrom,
        en: "",
        de: "",
        fr: "de, du",
        es: "",
        it: "da, dal",
        pt: "das",
        nl: "van",
    },
    Synonyms {
        sense: Sense::WeakTo,
        en: "",
        de: "",
        fr: "à, au",
        es: "",
        it: "al",
        pt: "às, do",
        nl: "",
    },
    Synonyms {
        sense: Sense::Date,
        en: "date, dates, service date, service day, operating date, operating day, \
             operational day, business date, business day, calendar date, trading date, class date, \
             business unit date, business unit dates, management unit date, \
             management unit dates, full day dates, full day business unit dates, \
             full day management unit dates",
        de: "Datum, Betriebstag, Verkehrstag",
        fr: "jour d exploitation, jour de service",
        es: "fecha, fechas, día de servicio, día operativo",
        it: "giorno di servizio, giorno di esercizio",
        pt: "dia de serviço, dia de operação",
        nl: "dienstdag, exploitatiedag",
    },
    Synonyms {
        sense: Sense::Day,
        en: "day",
        de: "Tag",
        fr: "jour, journée",
        es: "día",
        it: "giorno, giornata",
        pt: "",
        nl: "dag",
    },
    english(Sense::Data, "data"),
    Synonyms {
        sense: Sense::Time,
        en: "time, tm, hour, at, clock time, moment",
        de: "Zeit, Uhrzeit, Uhr, Zeitpunkt",
        fr: "heure",
        es: "hora",
        it: "ora",
        pt: "",
        nl: "tijd, tijdstip, uur",
    },
    Synonyms {
        sense: Sense::DateTime,
        en: "datetime, timestamp, time stamp, dttm, dt, ts",
        de: "Zeitstempel",
        fr: "horodatage",
        es: "fechahora, fecha y hora, fecha hora",
        it: "dataora, data ora, data e ora",
        pt: "data hora, data e hora",
        nl: "tijdstempel",
    },
    english(Sense::Epoch, "epoch, unix"),
    Synonyms {
        sense: Sense::Span,
        en: "times, timing, timings, slot, slots, time slot, time range, time span, range, from to",
        de: "Zeiten, Uhrzeiten, Arbeitszeit, Arbeitszeiten, Dienstzeit, Dienstzeiten, Zeitraum, \
             Zeitspanne, von bis",
        fr: "horaire, horaires, plage horaire",
        es: "horario, horarios",
        it: "orario, orari",
        pt: "",
        nl: "tijden, werktijd, werktijden, diensttijd, diensttijden, van tot",
    },
    Synonyms {
        sense: Sense::Length,
        en: "length, duration, dur, daily duration, daily length",
        de: "Dauer, Länge",
        fr: "durée",
        es: "duración",
        it: "durata",
        pt: "duração",
        nl: "duur, lengte",
    },
    Synonyms {
        sense: Sense::Hours,
        en: "hours, hrs, hr, in hours, time in hours",
        de: "Stunden, Std, Stundenzahl",
        fr: "heures",
        es: "horas",
        it: "ore",
        pt: "",
        nl: "uren",
    },
    Synonyms {
        sense: Sense::Minutes,
        en: "minutes, minute, mins, in minutes, time in minutes",
        de: "Minuten",
        fr: "",
        es: "minutos",
        it: "minuti",
        pt: "",
        nl: "minuten",
    },
    Synonyms {
        sense: Sense::Seconds,
        en: "seconds, secs",
        de: "Sekunden",
        fr: "secondes",
        es: "segundos",
        it: "secondi",
        pt: "",
        nl: "seconden",
    },
    Synonyms {
        sense: Sense::Days,
        en: "days, nights, calendar days, business days, workdays",
        de: "Tage, Nächte, Arbeitstage, Urlaubstage, Werktage, Kalendertage, Fehltage",
        fr: "jours, nuits, jours ouvrés",
        es: "días, noches",
        it: "giorni, notti",
        pt: "noites",
        nl: "dagen, nachten",
    },
    Synonyms {
        sense: Sense::Weeks,
        en: "weeks",
        de: "Wochen",
        fr: "semaines",
        es: "semanas",
        it: "settimane",
        pt: "",
        nl: "weken",
    },
    english(Sense::Milliseconds, "milliseconds, millisecond, millis, msec, ms"),
    english(Sense::HoursShort, "h"),
    english(Sense::MinutesShort, "min, m"),
    english(Sense::SecondsShort, "sec, s"),
    Synonyms {
        sense: Sense::Total,
        en: "total, totals, sum",
        de: "Gesamt, Summe",
        fr: "totale",
        es: "totales",
        it: "totali",
        pt: "",
        nl: "totaal",
    },
    Synonyms {
        sense: Sense::Zone,
        en: "time zone, tz, tzid",
        de: "Zeitzone",
        fr: "fuseau, fuseau horaire",
        es: "zona horaria, huso horario",
        it: "fuso, fuso orario",
        pt: "fuso horário",
        nl: "tijdzone",
    },
    english(Sense::AreaZone, "zone"),
    english(Sense::Offset, "offset"),
    Synonyms { de: "Weltzeit", ..english(Sense::Utc, "utc, gmt, zulu, in utc, time in utc") },
    Synonyms {
        sense: Sense::Local,
        en: "local, localized, localised, in local time, time in local",
        de: "lokal, lokale, Ortszeit",
        fr: "locale",
        es: "",
        it: "",
        pt: "",
        nl: "lokaal",
    },
    // What the record is.
    Synonyms {
        sense: Sense::Shift,
        en: "shift, shifts, event",
        de: "Schicht, Schichten, Dienst",
        fr: "quart, créneau",
        es: "turno, turnos",
        it: "turni, evento",
        pt: "",
        nl: "diensten",
    },
    Synonyms {
        sense: Sense::Entry,
        en: "entry, record, assignment, booking",
        de: "Eintrag, Buchung",
        fr: "affectation",
        es: "registro, asignación",
        it: "assegnazione",
        pt: "atribuição",
        nl: "",
    },
    Synonyms {
        sense: Sense::Work,
        en: "work, working, duty, on call, tour, visit, lesson, session, appointment, trip, standby",
        de: "Arbeit, Arbeits, Einsatz, Bereitschaft",
        fr: "poste, travail, garde, astreinte",
        es: "trabajo, jornada",
        it: "lavoro, servizio",
        pt: "trabalho, plantão, expediente",
        nl: "werk, inzet",
    },
    Synonyms {
        sense: Sense::Schedule,
        en: "schedule, schedules, roster, rota",
        de: "Plan, Dienstplan, Schichtplan",
        fr: "planning",
        es: "cuadrante, programación",
        it: "pianificazione",
        pt: "escala",
        nl: "rooster",
    },
    Synonyms {
        sense: Sense::Planned,
        en: "scheduled, planned, sched, rostered",
        de: "geplant, geplante, geplanter, geplantes, Soll",
        fr: "prévu, prévue, planifié, planifiée, programmé",
        es: "programado, programada, previsto, prevista, planificado, planificada, planeado",
        it: "pianificato, pianificata, programmato",
        pt: "planejado, planejada, agendado, agendada",
        nl: "gepland, geplande, ingepland, ingeplande",
    },
    english(Sense::Draft, "draft"),
    english(Sense::Shared, "shared"),
    Synonyms {
        sense: Sense::Attendance,
        en: "actual, worked, punch, clock, attendance",
        de: "Ist, tatsächlich, tatsächliche, tatsächlicher, gearbeitet, gestempelt, erfasst, \
             erfasste",
        fr: "réel, réelle, travaillé, travaillée, travaillées, pointé, pointage",
        es: "real, trabajado, trabajada, trabajadas, fichaje",
        it: "effettivo, effettiva, reale, lavorato, lavorata, lavorate, timbratura",
        pt: "realizado, realizada, trabalhado, trabalhada, trabalhadas, ponto",
        nl: "werkelijk, werkelijke, daadwerkelijk, daadwerkelijke, gewerkt, gewerkte",
    },
    Synonyms {
        sense: Sense::In,
        en: "in, clock in, clocked in, punch in, punched in, check in, checked in, time in, \
             in time, sign in, signed in, logged in, log in time, login time, logged in time, \
             arrival, arrived, sign on, signed on, started, began",
        de: "kommt, kommen, kam, einstempel, einstempeln, eingestempelt, einstempelung",
        fr: "entrée, arrivée, heure d entrée, heure d arrivée",
        es: "entrada, llegada, ingreso",
        it: "entrata, ingresso",
        pt: "chegada",
        nl: "ingeklokt, inklok, inklokken, aankomst",
    },
    Synonyms {
        sense: Sense::Out,
        en: "out, clock out, clocked out, punch out, punched out, check out, checked out, \
             time out, out time, sign out, signed out, logged out, logout, log out, log out time, \
             logout time, logged out time, departure, departed, sign off, signed off, ended, \
             finished, stopped",
        de: "geht, gehen, ging, ausstempel, ausstempeln, ausgestempelt, ausstempelung",
        fr: "sortie, départ, heure de sortie, heure de départ",
        es: "salida, egreso",
        it: "uscita",
        pt: "saída",
        nl: "uitgeklokt, uitklok, uitklokken, vertrek",
    },
    // What does not say when somebody works.
    Synonyms {
        sense: Sense::Bookkeeping,
        en: "created, create, creation, update, exported, export, imported, import, submitted, submission, reviewed, published, \
             issued, issue, expires, expired, expiry, expiration, valid, effective, hired, hire, \
             terminated, termination, contract, contracted, employment, employed, birth, \
             birthday, dob, born, pay, paid, payable, payment, payroll, wage, wages, salary, rate, \
             cost, invoice, billed, billing, billable, price, amount, deleted, archived, synced, \
             sync, posted, logged, generated, notified, acknowledged, accepted, declined, \
             cancelled, canceled, denied, due, deadline, seen, viewed, sent, received, registered, \
             registration, joined, joining, last login, order, delivery, ship, shipping, purchase, holiday \
             calendar",
        de: "erstellt, angelegt, Anlage, Änderung, Änderungs, exportiert, eingereicht, geprüft, veröffentlicht, gültig, Gültigkeit, \
             Ablauf, Eintritt, Eintritts, Austritt, Austritts, Vertrag, Vertrags, Anstellung, \
             Geburt, Geburts, Lohn, Gehalt, bezahlt, Rechnung, Rechnungs, Bestell, Liefer",
        fr: "créé, créée, création, modification, mise à jour, exporté, soumis, \
             validation, publié, expire, embauche, contrat, naissance, paie, \
             payé, payées, salaire, saisi, saisie, facture, commande, livraison",
        es: "creado, creada, creación, modificación, exportado, enviado, \
             revisado, publicado, vencimiento, vigencia, válido, contratación, contrato, \
             alta, baja, nacimiento, pago, pagado, nómina, salario, factura, pedido, entrega",
        it: "creato, creata, creazione, modifica, esportato, inviato, \
             pubblicato, scadenza, valido, assunzione, contratto, nascita, paga, \
             pagato, stipendio, fattura, ordine, consegna",
        pt: "criado, criada, criação, validade, admissão, demissão, \
             nascimento, pagamento, salário, fatura",
        nl: "aangemaakt, geëxporteerd, ingediend, \
             gepubliceerd, geldig, vervalt, geboorte, loon, salaris, betaald, factuur, bestelling, \
             levering",
    },
    Synonyms {
        sense: Sense::Changed,
        en: "updated, modified, changed, edited",
        de: "geändert, geänderter, geändertes, aktualisiert",
        fr: "modifié, modifiée",
        es: "actualizado, modificado",
        it: "aggiornato, modificato",
        pt: "atualizado, alterado",
        nl: "gewijzigd, bijgewerkt",
    },
    Synonyms {
        sense: Sense::Requested,
        en: "requested, requesting",
        de: "beantragt, beantragte",
        fr: "demandée",
        es: "solicitado, solicitada",
        it: "richiesto",
        pt: "",
        nl: "aangevraagd, aangevraagde",
    },
    Synonyms {
        sense: Sense::Request,
        en: "request, requests",
        de: "Antrag, Antrags",
        fr: "demande",
        es: "solicitud",
        it: "richiesta",
        pt: "solicitação, pedido de férias",
        nl: "aanvraag",
    },
    Synonyms {
        sense: Sense::Approval,
        en: "approval",
        de: "Genehmigung, Genehmigungs, Freigabe",
        fr: "approbation",
        es: "aprobación",
        it: "approvazione",
        pt: "aprovação",
        nl: "goedkeuring, goedkeurings",
    },
    Synonyms {
        sense: Sense::Granted,
        en: "approved, granted",
        de: "genehmigt, genehmigte, genehmigter, freigegeben, bewilligt, bewilligte",
        fr: "approuvé, validé, accordé",
        es: "aprobado, concedido",
        it: "approvato, concesso",
        pt: "aprovado, concedida",
        nl: "goedgekeurd, toegekend",
    },
    Synonyms {
        sense: Sense::Part,
        en: "break, breaks, lunch, meal, meals, meal break, mealbreak, pause, rest break, travel, \
             commute, handover",
        de: "Pausen, Mittag, Mittags, Mittagspause",
        fr: "repas, déjeuner, coupure",
        es: "descanso, descansos, comida, almuerzo, pausa, refrigerio",
        it: "pranzo",
        pt: "almoço, intervalo, refeição",
        nl: "pauze, pauzes",
    },
    Synonyms {
        sense: Sense::Extra,
        en: "overtime, over time, ot",
        de: "Überstunden, Mehrarbeit",
        fr: "heures supplémentaires, heures sup",
        es: "horas extra, extra",
        it: "straordinario, straordinari",
        pt: "horas extras, extras",
        nl: "overuren, overwerk",
    },
    Synonyms {
        sense: Sense::Another,
        en: "new date, revised date, corrected date, makeup date, make up date, replacement date, \
             moved to, rescheduled to, postponed to, other, another, additional, alternate, alternative, also, again, further, more",
        de: "neues Datum, verschoben auf, verlegt auf, weiterer, weitere, weiteres, anderer, andere, anderes, auch, ebenfalls, zusätzlich, \
             zusätzliche, zusätzlicher, zusätzliches, nochmals",
        fr: "nouvelle date, reporté au, autre, autres, aussi, également, supplémentaire, encore",
        es: "nueva fecha, otro, otra, otros, otras, también, adicional",
        it: "nuova data, altro, altra, altri, altre, anche, ulteriore",
        pt: "outro, outra, outros, outras, também",
        nl: "nieuwe datum, ander, ook, extra dag, extra datum",
    },
    Synonyms {
        sense: Sense::Activity,
        en: "activity, task, segment",
        de: "Tätigkeit, Aktivität, Aufgabe",
        fr: "activité, tâche",
        es: "actividad, tarea",
        it: "attività",
        pt: "atividade, tarefa",
        nl: "activiteit, taak",
    },
    Synonyms {
        sense: Sense::Activities,
        en: "activities",
        de: "Tätigkeiten, Aktivitäten",
        fr: "activités",
        es: "actividades",
        it: "",
        pt: "atividades",
        nl: "activiteiten",
    },
    Synonyms {
        sense: Sense::Kind,
        en: "type, kind",
        de: "Art, Typ",
        fr: "genre",
        es: "tipo",
        it: "tipologia",
        pt: "",
        nl: "soort",
    },
    Synonyms {
        sense: Sense::Status,
        en: "status, state",
        de: "Zustand",
        fr: "statut, état",
        es: "estado, estatus, situación",
        it: "stato",
        pt: "situação",
        nl: "",
    },
    Synonyms {
        sense: Sense::Version,
        en: "version, revision, etag, row version, sync version",
        de: "",
        fr: "",
        es: "versión, revisión",
        it: "versione, revisione",
        pt: "versão, revisão",
        nl: "versie, revisie",
    },
    Synonyms {
        sense: Sense::Team,
        en: "team, teams, group",
        de: "Gruppe",
        fr: "équipe, groupe",
        es: "equipo, grupo",
        it: "squadra, gruppo",
        pt: "",
        nl: "ploeg, groep",
    },
    Synonyms {
        sense: Sense::AllDay,
        en: "all day, full day, whole day",
        de: "ganztägig, ganztags, ganzer Tag",
        fr: "toute la journée, journée entière, journée complète",
        es: "todo el día, día completo",
        it: "tutto il giorno, giornata intera, intera giornata",
        pt: "dia inteiro, dia todo",
        nl: "hele dag",
    },
    Synonyms {
        sense: Sense::Absence,
        en: "leave, absence, absences, vacation, holiday, time off, pto, day off, sick, sickness",
        de: "Urlaub, Urlaubs, Abwesenheit, Abwesenheits, Fehlzeit, krank, Krankheit",
        fr: "congé, congés",
        es: "ausencia, vacaciones, permiso, licencia",
        it: "assenza, ferie, permesso",
        pt: "férias, licença, folga",
        nl: "verlof, afwezigheid, vakantie, ziekte",
    },
    Synonyms {
        sense: Sense::Availability,
        en: "availability, available",
        de: "Verfügbarkeit, verfügbar",
        fr: "disponibilité, disponible",
        es: "disponibilidad",
        it: "disponibilità",
        pt: "disponibilidade, disponível",
        nl: "beschikbaarheid, beschikbaar",
    },
    // What makes a record more than it shows.
    Synonyms {
        sense: Sense::Repeat,
        en: "repeat, repeats, repeating, recur, recurs, recurrence, recurring, rrule, frequency, \
             freq, cadence, every, recurrence rule, recurrence pattern",
        de: "Wiederholung, Serie",
        fr: "récurrence, répétition, fréquence",
        es: "recurrencia, repetición, frecuencia",
        it: "ricorrenza, ripetizione, frequenza",
        pt: "recorrência, repetição, frequência",
        nl: "herhaling, frequentie",
    },
    Synonyms {
        sense: Sense::Weekday,
        en: "weekday, weekdays, day of week, day of the week, days of week, days of the week, \
             week day, dow, byday, week days",
        de: "Wochentag, Wochentage",
        fr: "jour semaine, jour de semaine, jour de la semaine",
        es: "día semana, día de semana, día de la semana",
        it: "giorno settimana, giorno della settimana",
        pt: "dia da semana",
        nl: "weekdag, dag van de week",
    },
    english(
        Sense::Pattern,
        "pattern, shift pattern, work pattern, schedule pattern, rotation, rotation days, \
         rotation pattern, rotation day",
    ),
    Synonyms {
        de: "wöchentlich, täglich, monatlich, zweiwöchentlich",
        fr: "hebdomadaire, quotidien, mensuel",
        es: "semanal, mensual",
        it: "settimanale, mensile",
        pt: "semanalmente",
        nl: "wekelijks, dagelijks, maandelijks",
        ..english(Sense::Rhythm, "daily, weekly, biweekly, fortnightly, monthly")
    },
    english(Sense::Through, "through, thru, extended, extension"),
    Synonyms {
        de: "Rückkehr, Wiederaufnahme",
        fr: "reprise, retour",
        es: "regreso, reincorporación",
        it: "rientro",
        pt: "retorno",
        nl: "terugkeer",
        ..english(
            Sense::Return,
            "return, returns, returning, return to work, returns to work, back to work, back, back on, \
             resume, resumes",
        )
    },
    Synonyms {
        de: "Vertretung, Vertretung durch, Vertreter, Vertreterin, vertreten durch, gearbeitet von, geleistet von, \
             übernommen von, besetzt mit",
        fr: "remplaçant, remplaçante, remplacé par, assuré par, effectué par",
        es: "sustituto, sustituta, cubierto por, trabajado por",
        it: "sostituto, sostituta, sostituito da, svolto da, coperto da",
        pt: "coberto por, trabalhado por",
        nl: "vervanger, vervangen door, gewerkt door, overgenomen door",
        ..english(
            Sense::Cover,
            "cover, covered by, coverage by, covering, replacement, replaced by, substitute, \
             substituted by, stand in, taken by, taken over by, picked up by, claimed by, grabbed by, reassigned to, given to, \
             swapped with, swapped to, traded to, traded with, worked by, staffed by, filled by, \
             driven by, taught by, shadowed by, accompanied by, assisted by, trainee, trainees, \
             apprentice, apprentices",
        )
    },
    english(
        Sense::Occurrences,
        "occurrence, occurrences, repeat count, repetitions, number of occurrences, \
         number of repeats",
    ),
    Synonyms {
        de: "Tagesversatz",
        ..english(
            Sense::DayOffset,
            "day number, day no, day offset, day index, date offset, end day offset, \
             end date offset, start day offset",
        )
    },
    Synonyms {
        de: "Folgetag, nächster Tag, über Mitternacht",
        ..english(
            Sense::NextDay,
            "next day, nextday, overnight, crosses midnight, spans midnight, over midnight, \
             ends next day, end next day, plus one day",
        )
    },
    Synonyms {
        sense: Sense::Calendar,
        en: "week, month, months, year, quarter, period, pay period, season, forecast, \
             demand, requirement, requirements, interval, intervals, weekend, today, yesterday, \
             tomorrow, public, bank, fiscal, monday, tuesday, wednesday, thursday, friday, \
             saturday, sunday, mon, tue, wed, thu, fri, sat, sun",
        de: "Woche, Kalenderwoche, KW, Monat, Jahr, Quartal, Feiertag, Wochenende, Periode, heute, Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag",
        fr: "semaine, mois, année, période, trimestre, lundi, mardi, mercredi, jeudi, vendredi, \
             samedi, dimanche",
        es: "semana, mes, año, período, festivo, hoy, lunes, martes, miércoles, jueves, \
             viernes, sábado, domingo",
        it: "settimana, mese, anno, oggi, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, \
             domenica",
        pt: "mês, feriado, hoje, segunda feira, terça, terça feira, quarta, quarta feira, quinta, \
             quinta feira, sexta, sexta feira",
        nl: "maand, jaar, feestdag, vandaag, maandag, dinsdag, woensdag, donderdag, \
             vrijdag, zaterdag, zondag",
    },
    english(
        Sense::Around,
        "earliest, latest, preferred, desired, core, open, opens, opening, close, closes, closing, \
         sunrise, sunset, pickup, pick up, dropoff, drop off",
    ),
    Synonyms {
        sense: Sense::Place,
        en: "location, site, store, office, branch, unit, business unit, management unit, \
             department, facility, venue",
        de: "Standort, Filiale, Abteilung",
        fr: "lieu, magasin, établissement",
        es: "ubicación, sede, sucursal, tienda",
        it: "filiale, reparto",
        pt: "loja, local de trabalho",
        nl: "locatie, vestiging, afdeling",
    },
    // Swaps.
    english(
        Sense::Giver,
        "initiating, initiator, sender, giver, given, offering, offerer, offered, original",
    ),
    english(
        Sense::Taker,
        "receiving, receiver, taker, accepting, acceptor, target, partner, with, counterpart, \
         swap with, trade with",
    ),
    Synonyms {
        sense: Sense::Swap,
        en: "swap, swaps, trade, trades, shift swap, shift trade, exchange",
        de: "Tausch, Schichttausch, Diensttausch",
        fr: "échange",
        es: "cambio, intercambio",
        it: "scambio",
        pt: "troca",
        nl: "ruil",
    },
    // What says nothing.
    english(
        Sense::Wrapper,
        "node, attributes, attribute, fields, properties, props, item, entity, object, source",
    ),
    english(
        Sense::Envelope,
        "payload, details, detail, body, info, row, document, content, result, items, meta, \
         metadata, odata, value, values",
    ),
    english(
        Sense::Format,
        "hh, mm, ss, yyyy, yy, dd, ddmmyyyy, iso, 8601, formatted, optional, required",
    ),
    Synonyms {
        sense: Sense::Particle,
        en: "of, the, is, and, for, on, an",
        de: "der, die, des, dem, am, um, und, im",
        fr: "la, le, les, l, d, et",
        es: "del, el, los, las, y, en",
        it: "di, della, dell, il, e",
        pt: "dos, o",
        nl: "het, op",
    },
];
