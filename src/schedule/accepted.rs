//! Decides whether the user has accepted a doubt.

use crate::model::doubt::Doubt;
use crate::model::settings::Settings;

/// Whether the user has accepted a doubt about an input.
pub(crate) fn is_accepted(settings: &Settings, doubt: &Doubt, path: &str) -> bool {
    is_settled(settings, doubt.kind.code, &doubt.place, path)
}

/// Whether the user has accepted doubts of this code at a place of an input.
pub(crate) fn is_settled(settings: &Settings, code: &str, place: &str, path: &str) -> bool {
    let accepted = |(of, at): &(String, String)| of == code && (at == place || at == path);
    settings.accepted.iter().any(accepted)
}
