//! Decides which names of columns and keys stay.

use super::names::Pseudonyms;
use super::words::WordUse;
use crate::model::source::Role;
use crate::read::names::{NoField, is_of_quantity, key, meaning, names_offsets, says_what_is_held};
use crate::timestamp;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of names beside those that say what is held, in small letters: pages and envelopes of
/// answers, lists that hold records or do not, and the columns by which the formats of vendors are
/// known. A word that is missing here makes a copy that is refused, and not a wrong one.
const WORDS: &str = "absence absences absolute abwesenheiten accrual accruals accrued acd activities activity after \
     agent agents all allocations allowance allowances archive archived assenze assignments async \
     attachment attachments attendance attendances audit audits ausencias aux availabilities \
     availability balance balances base batch before body break breaks business canceled cancelled \
     category changelog clocking clockings closure closures coaching coachings code codes \
     collection color comment comments complete completed config configuration conges content \
     context continuation contract contracts correlation count counts coverage coverages crew \
     criteria current cursor custom daily data date dates day days delete deleted demand demands \
     description detail details dienstplaene dienstplan dipendenti displayname done download draft \
     drafts draw dst duration edges edited elements embedded empleados employee employees employes \
     employment employments end entities entitlement entitlements entries entry error errors etag \
     event events example examples exc excdate exception exceptions export external failed fallback \
     feiertage ferie festivos fichajes fields filter filtered filters finished forecast forecasts \
     friday from fte full funcionarios general genesys graph group has head headcount headcounts \
     header headers heads histories history hits holiday holidays hours href iex illness incomplete \
     index info initiating inprogress interval intervals inutes is item items job jobs last layer \
     layers leave leaves length limit limits link links list log logon logs lunch lunches \
     management manually marker markers max meal meals medewerkers meeting meetings member members \
     message messages meta metadata method minutes mitarbeiter modification monday month more mu \
     name next node nodes note notes number obsolete odata off offset old open operation options \
     original originals page pages pagination paging paid parameters params partial pausas pause \
     pausen pauses pauze pauzes payable payload payroll pending people per period periods person \
     personnel persons plan planning plannings pointages policies policy preferences prev previous \
     processing properties pto ptos published punch punches query queued quota quotas range ready \
     reason record records rejected rel removed report request requests requirement requirements \
     resources response responses rest result results returned roster rosters rota row rows running \
     saturday sched schedule schedules segment segments self sender settings shared shift shifts \
     sick sickness size skip slot slots source span ssn staff staffing staged start started state \
     states status statuses stempelungen stop succeeded success sunday superseded sync system tag \
     tags task tasks teams template templates theme thursday timbrature time timecard timecards \
     timeoff timeoffs times timesheet timesheets token top total training trainings truncated \
     tuesday tv type types unavailabilities unavailability unavailable unit units uri url urlaub \
     user username users vacaciones vacation vacations value values verlof version volumes warning \
     warnings web wednesday week weeks window windows work worker workers workload workloads zone";

/// The same, to be looked up.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Whether the name of a column or key says only what is held there.
pub(super) fn stays(name: &str, role: Role) -> bool {
    key(name, role).is_some()
        || meaning(name, role).field.is_ok()
        || names_offsets(name)
        || says_what_is_held(name, &|word| KNOWN.contains(word))
}

/// The name of a column or key as it may leave the house. A name that is not known may name
/// somebody, and dates may be names of keys.
pub(super) fn heading(name: &str, role: Role, names: &mut Pseudonyms) -> String {
    let is_date = timestamp::date(name.trim().as_bytes()).is_some();
    if name.trim().is_empty() || is_date || stays(name, role) {
        return name.to_owned();
    }
    names.of(name)
}

/// What the words under a heading are used for, by itself.
pub(super) fn heading_use(name: &str, role: Role) -> Option<WordUse> {
    let found = meaning(name, role).field;
    let field = key(name, role).map(|(field, _)| field).or(found.ok());
    match field.map(WordUse::of) {
        Some(known) if known != WordUse::Unread => Some(known),
        _ if found == Err(NoField::Bookkeeping) => Some(WordUse::Bookkeeping),
        _ => (is_of_quantity(name) || names_offsets(name)).then_some(WordUse::Quantity),
    }
}
