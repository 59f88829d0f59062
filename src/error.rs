//! The error of a run that failed: a wrong setting, or a machine that failed, never wrong data.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why shiftlint could not do its job.
///
/// Whatever is wrong with the data is a finding or a problem of an input;
/// this is for the rest.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of failure.
#[derive(Debug)]
pub enum ErrorKind {
    /// What was asked for makes no sense; nothing was checked (exit code 2).
    Usage {
        /// What is wrong, without a full stop.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// A report could not be written (exit code 3).
    Write {
        /// The file; `None` for standard output.
        path: Option<PathBuf>,
        /// The error of the system.
        source: io::Error,
        /// What to do.
        help: Option<String>,
    },
    /// What was asked for would not be safe, or not be the same; nothing was written (exit
    /// code 3).
    Refused {
        /// What is the case, without a full stop.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// Threads could not be started (exit code 3).
    Threads(String),
    /// The caller cancelled the check (exit code 3).
    Cancelled,
}

impl Error {
    /// A request that makes no sense.
    #[must_use]
    pub fn usage(message: impl Into<String>, help: Option<String>) -> Error {
        Error(Box::new(ErrorKind::Usage { message: message.into(), help }))
    }

    /// A report that could not be written.
    #[must_use]
    pub fn write(path: Option<PathBuf>, source: io::Error, help: Option<String>) -> Error {
        Error(Box::new(ErrorKind::Write { path, source, help }))
    }

    /// A request that cannot be fulfilled with these inputs.
    #[must_use]
    pub fn refused(message: impl Into<String>, help: Option<String>) -> Error {
        Error(Box::new(ErrorKind::Refused { message: message.into(), help }))
    }

    /// Threads that could not be started.
    #[must_use]
    pub fn threads(reason: impl fmt::Display) -> Error {
        Error(Box::new(ErrorKind::Threads(reason.to_string())))
    }

    /// A check that was cancelled.
    #[must_use]
    pub fn cancelled() -> Error {
        Error(Box::new(ErrorKind::Cancelled))
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The exit code it leads to.
    #[must_use]
    pub fn code(&self) -> u8 {
        match *self.0 {
            ErrorKind::Usage { .. } => 2,
            ErrorKind::Refused { .. }
            | ErrorKind::Write { .. }
            | ErrorKind::Threads(_)
            | ErrorKind::Cancelled => 3,
        }
    }

    /// What to do about it, if that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match &*self.0 {
            ErrorKind::Usage { help, .. }
            | ErrorKind::Refused { help, .. }
            | ErrorKind::Write { help, .. } => help.as_deref(),
            ErrorKind::Threads(_) | ErrorKind::Cancelled => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Usage { message, .. } | ErrorKind::Refused { message, .. } => {
                out.write_str(message)
            }
            ErrorKind::Write { path: Some(path), source, .. } => {
                write!(out, "{}: cannot be written: {source}", path.display())
            }
            ErrorKind::Write { path: None, source, .. } => {
                write!(out, "standard output: cannot be written: {source}")
            }
            ErrorKind::Threads(reason) => write!(out, "threads could not be started: {reason}"),
            ErrorKind::Cancelled => out.write_str("the check was cancelled"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            ErrorKind::Write { source, .. } => Some(source),
            ErrorKind::Usage { .. }
            | ErrorKind::Refused { .. }
            | ErrorKind::Threads(_)
            | ErrorKind::Cancelled => None,
        }
    }
}
