//! The values that pass between stages.
//!
//! Values have fields, constructors and small pure methods. They do no input or output, know no
//! clock and no calendar, and import no stage.

pub mod activity_codes;
pub mod agents;
pub mod alike;
pub mod allowed;
pub mod cause;
pub mod complaint;
pub mod conventions;
pub mod device_names;
pub mod doubt;
pub mod fact;
pub mod fate;
pub mod finding;
pub mod gate;
pub mod inventory;
pub mod keys;
pub mod kinds;
pub mod letters;
pub mod listener;
pub mod nobody;
pub mod observation;
pub mod occurrences;
pub mod offer;
pub mod operation;
pub mod packed;
pub mod partition;
pub mod prefetch;
pub mod receipt;
pub mod row;
pub mod rule;
pub mod settings;
pub mod sheet;
pub mod shift;
pub mod short;
pub mod slabs;
pub mod source;
pub mod spelling;
pub mod swap;
pub mod text;
pub mod time;
pub mod version;
pub mod word_hash;
