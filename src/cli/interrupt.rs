//! A run that is stopped leaves no half-written report behind.
//!
//! While a report file is written, its temporary file is remembered here. A
//! signal that ends the program takes that file away first; the program then
//! ends as the signal would have ended it. Until a report file is begun, signals
//! are left alone.

use std::io;
use tempfile::NamedTempFile;

/// Begins a temporary file that goes away if the program is stopped.
///
/// # Errors
/// When it cannot be created.
#[cfg(unix)]
pub(crate) fn guarded(
    create: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<NamedTempFile> {
    unix::watch();
    let mut pending = unix::pending();
    let file = create()?;
    *pending = Some(file.path().to_owned());
    Ok(file)
}

/// Begins a temporary file. Signals are a matter of Unix.
///
/// # Errors
/// When it cannot be created.
#[cfg(not(unix))]
pub(crate) fn guarded(
    create: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<NamedTempFile> {
    create()
}

#[cfg(unix)]
mod unix {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::path::PathBuf;
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};

    static PENDING: Mutex<Option<PathBuf>> = Mutex::new(None);

    /// The file that is being written.
    pub(super) fn pending() -> MutexGuard<'static, Option<PathBuf>> {
        PENDING.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for signals from now on. Not for SIGHUP, which `nohup` means to be
    /// ignored. Where this fails, a report is written all the same.
    pub(super) fn watch() {
        static STARTED: Once = Once::new();
        STARTED.call_once(|| {
            if let Ok(signals) = Signals::new([SIGINT, SIGTERM]) {
                let _ = std::thread::Builder::new().spawn(move || stop(signals));
            }
        });
    }

    fn stop(mut signals: Signals) {
        for signal in signals.forever() {
            // Held to the end, so that no other file is begun.
            let pending = pending();
            if let Some(path) = &*pending {
                let _ = std::fs::remove_file(path);
            }
            let _ = emulate_default_handler(signal);
        }
    }
}
