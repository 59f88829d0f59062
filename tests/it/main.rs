//! The program and the library from outside.

mod samples;
