//! The program and the library from outside.

mod samples;
mod times;
