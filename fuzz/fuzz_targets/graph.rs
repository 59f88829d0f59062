#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shiftlint_fuzz::graph(bytes));
