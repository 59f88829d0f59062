//! Bytes of a JavaScript host become a report.
//!
//! The host writes the inputs of a check into memory, one after the other, and reads the
//! report from there. All calls are made by one thread.

use shiftlint::{Check, Role};
use std::sync::{Mutex, PoisonError};

#[derive(Default)]
struct State {
    check: Check,
    /// What the host writes next.
    room: Vec<u8>,
    /// What the host reads.
    report: String,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);

fn with_state<T>(act: impl FnOnce(&mut State) -> T) -> T {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    act(state.get_or_insert_default())
}

/// Room for so many bytes, and where it is.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    with_state(|state| {
        state.room = vec![0; length];
        state.room.as_mut_ptr()
    })
}

/// Takes what the room holds: a name, a line end, and the bytes of an input. The role is
/// its place among batch, published, time off, swaps and agents.
#[unsafe(no_mangle)]
pub extern "C" fn input(role: u32) {
    let roles = [Role::Batch, Role::Published, Role::TimeOff, Role::Swaps, Role::Agents];
    with_state(|state| {
        let room = std::mem::take(&mut state.room);
        let end = room.iter().position(|byte| *byte == b'\n').unwrap_or(room.len());
        let name = String::from_utf8_lossy(&room[..end]).into_owned();
        let bytes = room.get(end + 1..).unwrap_or_default();
        let check = std::mem::take(&mut state.check);
        state.check = check.input(roles[role as usize], &name, bytes);
    });
}

/// Runs the check, and gives the length of its report in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> usize {
    with_state(|state| {
        let report = std::mem::take(&mut state.check).run();
        state.report = report.map_or_else(|error| error.to_string(), |report| report.to_json());
        state.report.len()
    })
}

/// Where the report is.
#[unsafe(no_mangle)]
pub extern "C" fn report() -> *const u8 {
    with_state(|state| state.report.as_ptr())
}
