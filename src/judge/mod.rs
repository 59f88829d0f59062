//! Facts become findings.
