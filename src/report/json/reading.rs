//! Writes receipts as JSON objects.

use super::finding::push_record;
use crate::model::conventions::LengthUnit;
use crate::model::fate::{Fate, Fates};
use crate::model::finding::Input;
use crate::model::receipt::{
    Column, Extent, FirstRecord, IgnoredList, Receipt, ShownBy, Suggestion, ZoneUse, Zones,
};
use crate::model::row::Field;
use crate::model::time::DateOrder;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The receipt of an input.
#[derive(Serialize)]
pub(super) struct ReceiptObject<'a> {
    recognised: Recognised<'a>,
    columns: Vec<ColumnShape<'a>>,
    looked_at: LookedAt,
    ignored: Vec<IgnoredShape<'a>>,
    zones: ZonesShape<'a>,
    date_order: Option<ConfirmedValue>,
    length_unit: Option<ConfirmedValue>,
    exclusive_ends: bool,
    fates: FatesShape<'a>,
    #[serde(skip)]
    first: &'a [FirstRecord],
    options: Vec<OptionShape<'a>>,
}

impl<'a> ReceiptObject<'a> {
    pub(super) fn of(input: &'a Input, receipt: &'a Receipt) -> ReceiptObject<'a> {
        let by = &receipt.recognition;
        ReceiptObject {
            recognised: Recognised {
                format_by: by.format.name(),
                known_from: Some(by.known_from).filter(|source| !source.is_empty()),
                role_by: by.role.name(),
                container: by.container,
                encoding: &by.encoding,
            },
            columns: receipt.columns.iter().map(ColumnShape::of).collect(),
            looked_at: LookedAt::of(receipt.extent, input.fates.records),
            ignored: receipt.ignored.iter().map(IgnoredShape::of).collect(),
            zones: ZonesShape::of(&receipt.zones),
            date_order: receipt.date_order.map(ConfirmedValue::of_order),
            length_unit: receipt.length_unit.map(ConfirmedValue::of_unit),
            exclusive_ends: receipt.exclusive_ends,
            fates: FatesShape(&input.fates),
            first: &receipt.first,
            options: receipt.options.iter().map(OptionShape::of).collect(),
        }
    }

    /// Adds it to a text.
    pub(super) fn push(&self, text: &mut String) {
        super::push(text, self);
        text.pop();
        text.push_str(",\"first\":[");
        for (place, first) in self.first.iter().enumerate() {
            text.push_str(if place == 0 { "{\"fate\":" } else { ",{\"fate\":" });
            super::push(text, &first.fate.map(Fate::name));
            text.push_str(",\"record\":");
            push_record(text, &first.record);
            text.push('}');
        }
        text.push_str("]}");
    }
}

#[derive(Serialize)]
struct Recognised<'a> {
    format_by: &'static str,
    known_from: Option<&'static str>,
    role_by: &'static str,
    container: Option<&'static str>,
    encoding: &'a str,
}

#[derive(Serialize)]
struct ColumnShape<'a> {
    name: &'a str,
    field: Option<&'static str>,
    values: &'static str,
    count: u64,
    samples: &'a [String],
}

impl ColumnShape<'_> {
    fn of(column: &Column) -> ColumnShape<'_> {
        ColumnShape {
            name: &column.name,
            field: column.field.map(Field::name),
            values: column.values.name(),
            count: column.count,
            samples: &column.samples,
        }
    }
}

#[derive(Serialize)]
struct LookedAt {
    records: u64,
    all: bool,
}

impl LookedAt {
    fn of(extent: Extent, all: u64) -> LookedAt {
        match extent {
            Extent::Whole => LookedAt { records: all, all: true },
            Extent::First(records) => LookedAt { records, all: false },
        }
    }
}

#[derive(Serialize)]
struct IgnoredShape<'a> {
    pointer: &'a str,
    count: u64,
    why: &'a str,
}

impl IgnoredShape<'_> {
    fn of(list: &IgnoredList) -> IgnoredShape<'_> {
        IgnoredShape { pointer: &list.pointer, count: list.count, why: &list.why }
    }
}

#[derive(Serialize)]
struct ZonesShape<'a> {
    records: u64,
    all: bool,
    with_offsets: u64,
    local: Vec<ZoneShape<'a>>,
}

#[derive(Serialize)]
struct ZoneShape<'a> {
    zone: &'a str,
    from: &'static str,
    records: u64,
}

impl ZonesShape<'_> {
    fn of(zones: &Zones) -> ZonesShape<'_> {
        fn shape(known: &ZoneUse) -> ZoneShape<'_> {
            let (from, records) = (known.source.name(), known.records);
            ZoneShape { zone: &known.zone, from, records }
        }
        ZonesShape {
            records: zones.records,
            all: zones.whole,
            with_offsets: zones.with_offsets,
            local: zones.local.iter().map(shape).collect(),
        }
    }
}

/// A value, and what says that it holds.
#[derive(Serialize)]
struct ConfirmedValue {
    value: &'static str,
    by: &'static str,
}

impl ConfirmedValue {
    fn of_order((order, by): (DateOrder, ShownBy)) -> ConfirmedValue {
        ConfirmedValue { value: order.name(), by: by.name() }
    }

    fn of_unit((unit, by): (LengthUnit, ShownBy)) -> ConfirmedValue {
        ConfirmedValue { value: unit.name(), by: by.name() }
    }
}

/// Every fate with its number: they add up to the records.
struct FatesShape<'a>(&'a Fates);

impl Serialize for FatesShape<'_> {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        let mut map = writer.serialize_map(Some(Fate::COUNT + 2))?;
        map.serialize_entry("records", &self.0.records)?;
        map.serialize_entry("entries", &self.0.entries)?;
        for fate in Fate::ALL {
            // Keys have underscores, and words such as `day-off` that are values have not.
            map.serialize_entry(&fate.name().replace('-', "_"), &self.0.of(fate))?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct OptionShape<'a> {
    options: &'a [String],
    effect: &'a str,
}

impl OptionShape<'_> {
    fn of(option: &Suggestion) -> OptionShape<'_> {
        OptionShape { options: &option.words, effect: &option.effect }
    }
}
