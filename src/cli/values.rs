//! Parses the values of options into what the settings need.

use crate::judge::doubts::find as find_doubt;
use crate::model::row::Field;
use crate::model::rule::Severity;
use crate::model::settings::{Limits, Mapping, NamedEncoding};
use crate::model::source::Role;
use crate::read::content::is_encoding;
use crate::read::names::field_named;

/// An encoding, of a file or of all.
pub(crate) fn encoding(text: &str) -> Result<NamedEncoding, String> {
    let (path, name) = match text.rsplit_once('=') {
        Some((path, name)) => (Some(path.to_owned()), name),
        None => (None, text),
    };
    if is_encoding(name) {
        return Ok(NamedEncoding { path, name: name.to_owned() });
    }
    Err("expected a name such as utf-8, utf-16le, windows-1252 or shift_jis, with `FILE=` before \
         it for one file"
        .to_owned())
}

/// A number of bytes, or of units of 1024 of them: `K`, `M`, `G`, `T`.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let upper = text.trim().to_uppercase();
    let plain = upper.trim_end_matches("IB").trim_end_matches('B');
    let number = plain.trim_end_matches(['K', 'M', 'G', 'T']);
    let power = match plain.strip_prefix(number) {
        Some("") => 0,
        Some("K") => 10,
        Some("M") => 20,
        Some("G") => 30,
        Some("T") => 40,
        _ => return Err("expected a size such as 500M or 20G".to_owned()),
    };
    let size = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(1 << power));
    size.ok_or_else(|| "expected a size such as 500M or 20G".to_owned())
}

/// A size that the length of a record can be limited to.
pub(crate) fn record_size(text: &str) -> Result<usize, String> {
    let size = usize::try_from(size(text)?).ok();
    size.filter(|size| (Limits::SHORTEST..=Limits::LONGEST).contains(size))
        .ok_or_else(|| "expected a size from 1M to 1G".to_owned())
}

/// A field and its column.
pub(crate) fn mapping(text: &str) -> Result<Mapping, String> {
    let (name, column) =
        text.split_once('=').ok_or("expected FIELD=COLUMN, such as agent=\"Booked for\"")?;
    if column.trim().is_empty() {
        return Err("expected the name of a column behind `=`".to_owned());
    }
    let (role, name) = match name.split_once(':') {
        Some((role, field)) => (Some(role_named(role)?), field),
        None => (None, name),
    };
    Ok(Mapping {
        role,
        field: field(name)?,
        column: column.trim().to_owned(),
        files: None,
        is_typed: true,
    })
}

fn role_named(name: &str) -> Result<Role, String> {
    let named = |role: &Role| role.name().eq_ignore_ascii_case(name.trim());
    Role::ALL.into_iter().find(named).ok_or_else(|| {
        let names = Role::ALL.map(Role::name).join(", ");
        format!("no role is called `{name}`; the roles are {names}")
    })
}

/// A field by its name.
pub(crate) fn field(name: &str) -> Result<Field, String> {
    field_named(name)
        .ok_or_else(|| format!("no field is called `{name}`; the fields are {}", Field::listed()))
}

/// A kind of doubt, and a place.
pub(crate) fn acceptance(text: &str) -> Result<(String, String), String> {
    let (code, place) = text.split_once('=').ok_or("expected CODE=PLACE, such as RD103=/drafts")?;
    match find_doubt(code.trim()) {
        Some(kind) => Ok((kind.code.to_owned(), place.to_owned())),
        None => Err(format!("no doubt is called `{code}`; `shiftlint rules` lists them")),
    }
}

/// A rule and its level; `None` for off.
pub(crate) fn level(text: &str) -> Result<(String, Option<Severity>), String> {
    let (rule, level) = text.split_once('=').ok_or("expected RULE=LEVEL, such as OV203=error")?;
    let level = match level.trim().to_lowercase().as_str() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        "off" => None,
        _ => return Err(format!("`{level}` is not a level; expected error, warning, info or off")),
    };
    Ok((rule.trim().to_owned(), level))
}
