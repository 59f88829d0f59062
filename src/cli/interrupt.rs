//! Removes an unfinished report or plan when a signal ends the program.
//!
//! While a report file or the folder of a plan is written, this module remembers the temporary
//! one. A signal that ends the program removes that first; the program then ends as the signal would have ended it.
//! No signal is caught before the first report file is created.
//!
//! Windows has no signals: a program that is stopped there leaves `.shiftlint-…` behind. A folder
//! that is read skips it, because its name begins with a dot.

#[cfg(unix)]
pub(crate) use unix::guarded;

/// Begins a temporary file or folder.
///
/// # Errors
/// When it cannot be created.
#[cfg(not(unix))]
pub(crate) fn guarded<Begun>(
    create: impl FnOnce() -> std::io::Result<Begun>,
) -> std::io::Result<Begun> {
    create()
}

#[cfg(unix)]
mod unix {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, MutexGuard, Once, PoisonError};
    use tempfile::{NamedTempFile, TempDir};

    static PENDING: Mutex<Option<PathBuf>> = Mutex::new(None);

    /// A temporary file or folder.
    pub(crate) trait Temporary {
        /// Where it is.
        fn place(&self) -> &Path;
    }

    impl Temporary for NamedTempFile {
        fn place(&self) -> &Path {
            self.path()
        }
    }

    impl Temporary for TempDir {
        fn place(&self) -> &Path {
            self.path()
        }
    }

    /// Begins a temporary file or folder that goes away if the program is stopped.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn guarded<Begun: Temporary>(
        create: impl FnOnce() -> io::Result<Begun>,
    ) -> io::Result<Begun> {
        watch();
        let mut pending = pending();
        let begun = create()?;
        *pending = Some(begun.place().to_owned());
        Ok(begun)
    }

    /// The file or folder that is being written.
    fn pending() -> MutexGuard<'static, Option<PathBuf>> {
        PENDING.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for signals from now on. Where this fails, a report is written all the
    /// same.
    fn watch() {
        static STARTED: Once = Once::new();
        STARTED.call_once(|| {
            let hangup = (!is_hangup_ignored()).then_some(SIGHUP);
            if let Ok(signals) = Signals::new([SIGINT, SIGTERM].into_iter().chain(hangup)) {
                let _ = std::thread::Builder::new().spawn(move || stop(signals));
            }
        });
    }

    /// Whether the program continues when its terminal is closed, as with `nohup`. If the
    /// system does not say so, it may.
    fn is_hangup_ignored() -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        ignored.is_none_or(|mask| mask >> (SIGHUP - 1) & 1 == 1)
    }

    fn stop(mut signals: Signals) {
        for signal in signals.forever() {
            // Held to the end, so that no other file is begun.
            let pending = pending();
            if let Some(path) = &*pending {
                let _ = std::fs::remove_file(path).or_else(|_| std::fs::remove_dir_all(path));
            }
            let _ = emulate_default_handler(signal);
        }
    }
}
