//! What was decided becomes the files of a plan.

use super::batch::Batch;
use super::cells::CellWriter;
use super::checksum::{Checksum, checksum_of};
use super::cutting::CutInput;
use super::file_names::{REASONS, ending, file_names};
use super::manifest::{Manifest, ManifestHead, SourceFile};
use super::record_texts::{RecordTexts, WrittenChunk, portions};
use super::shipping::PlannedChunk;
use super::{HeldRecord, Made, Plan, PlanSettings, Ruling};
use crate::analyze::Recaller;
use crate::model::finding::Record;
use crate::model::settings::InputFile;
use crate::model::source::Origin;
use crate::report::visible::defused;
use crate::schedule::Schedule;
use crate::schedule::run::Run;
use crate::split::PageChange;
use crate::thread_pool::ThreadPool;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// The name of the manifest, by which a folder is known to be a plan.
pub const MANIFEST: &str = "plan.json";

/// Where the files of a plan are written.
pub trait PlanFiles: Sync {
    /// Begins a file. Several threads do so at once. Its name is a path with `/`, whose folders may
    /// not exist yet.
    ///
    /// # Errors
    /// When it cannot be created.
    fn create(&self, name: &str) -> io::Result<Box<dyn Write>>;
}

/// The inputs of a plan as its files are made from them.
pub(super) struct PlanInputs<'a> {
    /// Those of the batch that have records, by their ranks.
    cut: BTreeMap<u16, CutInput<'a>>,
    files: Vec<SourceFile>,
}

impl<'a> PlanInputs<'a> {
    /// Finds where they are cut, and their checksums.
    pub(super) fn of(schedule: &Schedule<'a>, batch: &Batch) -> PlanInputs<'a> {
        PlanInputs { cut: CutInput::all(schedule, batch), files: source_files(schedule.run) }
    }
}

/// Writes the files of a plan.
///
/// # Errors
/// When they cannot be written.
pub(super) fn write(
    made: Made<'_>,
    wishes: &PlanSettings,
    files: &dyn PlanFiles,
    complete: bool,
) -> io::Result<Plan> {
    let writer = FolderWriter { made: &made, wishes, files };
    let written = writer.write(complete)?;
    Ok(written.into_plan(made, wishes, complete))
}

/// The counts of what was written.
struct WrittenPlan {
    lanes: Vec<usize>,
    live: u64,
    sent: u64,
    last_second: Option<u64>,
}

impl WrittenPlan {
    fn into_plan(self, made: Made<'_>, wishes: &PlanSettings, complete: bool) -> Plan {
        let WrittenPlan { lanes, live, sent, last_second } = self;
        Plan {
            records: made.batch.records().len() as u64,
            sent,
            live,
            lanes,
            lanes_wanted: wishes.lanes.get(),
            proven_largest: made.decision.proven_largest,
            possibly_more: made.decision.possibly_more,
            last_second,
            allowances: wishes.allowed.outcomes.clone(),
            folder: wishes.folder.clone(),
            complete,
            held: made.held,
        }
    }
}

struct FolderWriter<'a> {
    made: &'a Made<'a>,
    wishes: &'a PlanSettings,
    files: &'a dyn PlanFiles,
}

impl FolderWriter<'_> {
    fn write(&self, complete: bool) -> io::Result<WrittenPlan> {
        let Made { schedule, batch, inputs, decision, shipping, report, held: reasons } = self.made;
        let names = file_names(schedule.run, &inputs.cut);
        let pool = pool_for(schedule, batch);
        let of = |ruling: fn(&Ruling) -> bool| -> Vec<u32> {
            let rulings = decision.rulings.of_records.iter().zip(0..);
            rulings.filter(|(of, _)| ruling(of)).map(|(_, place)| place).collect()
        };
        let held = of(|ruling| matches!(ruling, Ruling::Waits(_)));
        let live = of(|ruling| *ruling == Ruling::Live);
        let write_hold = || {
            self.write_held(&held, &inputs.cut, &names)?;
            self.write_reasons(reasons)
        };
        let write_send = || self.write_lanes(pool, &inputs.cut, &names);
        let (hold, lanes) = pool.beside(write_hold, write_send);
        let lanes = lanes?;
        hold?;
        let sent = lanes.iter().flatten().map(|of| of.chunk.records.len() as u64).sum();
        let counts = [
            ("records", batch.records().len() as u64),
            ("kept", sent),
            ("held", held.len() as u64),
            ("already_live", live.len() as u64),
        ];
        let [total, parts @ ..] = counts.map(|(_, count)| count);
        assert_eq!(parts.iter().sum::<u64>(), total, "every record is sent, waits or is live");
        let head = ManifestHead {
            report,
            wishes: self.wishes,
            complete,
            counts,
            proven_largest: decision.proven_largest,
            possibly_more: decision.possibly_more,
            files: &inputs.files,
        };
        self.write_manifest(pool, &head, &lanes, &live)?;
        Ok(WrittenPlan {
            lanes: lanes.iter().map(Vec::len).collect(),
            live: live.len() as u64,
            sent,
            last_second: shipping.chunks().filter_map(|chunk| chunk.at_second).max(),
        })
    }

    fn write_lanes(
        &self,
        pool: &ThreadPool,
        inputs: &BTreeMap<u16, CutInput<'_>>,
        names: &BTreeMap<u16, String>,
    ) -> io::Result<Vec<Vec<WrittenChunk<'_>>>> {
        let lanes = self.made.shipping.lanes.iter().enumerate();
        let written = lanes.map(|(lane, chunks)| {
            let name = |chunk: &PlannedChunk, place: usize| match inputs.len() {
                1 => format!("chunk-{:03}.{}", place + 1, ending(&names[&chunk.input])),
                _ => format!("chunk-{:03}.{}", place + 1, names[&chunk.input]),
            };
            let file = |chunk: &PlannedChunk, place: usize| {
                format!("send/lane-{}/{}", lane + 1, name(chunk, place))
            };
            self.write_lane(pool, inputs, chunks, &file)
        });
        written.collect()
    }

    fn write_held(
        &self,
        held: &[u32],
        inputs: &BTreeMap<u16, CutInput<'_>>,
        names: &BTreeMap<u16, String>,
    ) -> io::Result<()> {
        for (rank, input) in inputs {
            let of_input: Vec<u32> =
                held.iter().copied().filter(|place| input.records.contains(place)).collect();
            if !of_input.is_empty() {
                let name = match inputs.len() {
                    1 => format!("hold.{}", ending(&names[rank])),
                    _ => names[rank].clone(),
                };
                self.write_records(&format!("hold/{name}"), input, &of_input)?;
            }
        }
        Ok(())
    }

    fn write_manifest(
        &self,
        pool: &ThreadPool,
        head: &ManifestHead<'_>,
        lanes: &[Vec<WrittenChunk<'_>>],
        live: &[u32],
    ) -> io::Result<()> {
        let Made { schedule, batch, held, .. } = self.made;
        let origins: Vec<Origin> = batch.records().iter().map(|record| record.origin).collect();
        let recaller = Recaller::of(schedule, batch.by_source().map(|(rank, _)| rank));
        let texts = RecordTexts { origins: &origins, recaller, pool };
        let mut out = BufWriter::new(self.files.create(MANIFEST)?);
        let mut manifest = Manifest::begin(schedule.run.pool, &texts, &mut out, head)?;
        manifest.lanes(lanes)?;
        manifest.live(live)?;
        manifest.held(held)
    }

    /// Writes the chunks of a lane, by all threads.
    fn write_lane<'c>(
        &self,
        pool: &ThreadPool,
        inputs: &BTreeMap<u16, CutInput<'_>>,
        chunks: &'c [PlannedChunk],
        file: &(dyn Fn(&PlannedChunk, usize) -> String + Sync),
    ) -> io::Result<Vec<WrittenChunk<'c>>> {
        let write = |(place, chunk): (usize, &'c PlannedChunk)| {
            let file = file(chunk, place);
            let (sha256, changes) =
                self.write_records(&file, &inputs[&chunk.input], &chunk.records)?;
            Ok(WrittenChunk { chunk, file, sha256, changes })
        };
        let mut first = 0;
        let portions = portions(chunks, |chunk| chunk.records.len()).into_iter().map(|portion| {
            first += portion.len();
            (first - portion.len()..).zip(portion)
        });
        let mut written = Vec::with_capacity(chunks.len());
        pool.relay(
            portions,
            |portion| portion.map(write).collect::<io::Result<Vec<_>>>(),
            |portion| portion.map(|portion| written.extend(portion)),
        )?;
        Ok(written)
    }

    /// Writes records of an input into a file; its checksum, and which page keys were changed.
    fn write_records(
        &self,
        file: &str,
        input: &CutInput<'_>,
        records: &[u32],
    ) -> io::Result<(String, Vec<PageChange>)> {
        let (bytes, changes) = input.file((self.made.schedule, self.made.batch), records)?;
        let mut out = self.files.create(file)?;
        out.write_all(&bytes)?;
        out.flush()?;
        Ok((Checksum::of(&bytes).digits(), changes))
    }

    /// Writes why records wait, as a table for a spreadsheet.
    fn write_reasons(&self, held: &[HeldRecord]) -> io::Result<()> {
        if held.is_empty() {
            return Ok(());
        }
        let mut out = BufWriter::new(self.files.create(&format!("hold/{REASONS}"))?);
        let mut table = CellWriter::new(&mut out);
        table.row(&["path", "record", "id", "agent", "rule", "message", "waits_for"])?;
        for HeldRecord { record, rule, message, because } in held {
            let others: Vec<String> = because.iter().map(|other| other.call()).collect();
            let record: &Record = record;
            table.row(&[
                &defused(record.file()),
                &record.number.to_string(),
                &defused(record.id.as_deref().unwrap_or_default()),
                &defused(&record.agent),
                rule,
                &defused(message),
                &defused(&others.join(" ")),
            ])?;
        }
        table.finish()?;
        out.flush()
    }
}

/// Who reads the batch again: one thread if an input has to be unpacked from its beginning for
/// whoever goes back in it, and else all.
pub(super) fn pool_for<'a>(schedule: &Schedule<'a>, batch: &Batch) -> &'a ThreadPool {
    static ALONE: ThreadPool = ThreadPool::alone();
    let source = |rank: u16| &schedule.run.sources[usize::from(rank)];
    match batch.by_source().any(|(rank, _)| source(rank).reads_forward()) {
        true => &ALONE,
        false => schedule.run.pool,
    }
}

/// The files that a plan was made from, with their checksums.
fn source_files(run: &Run<'_>) -> Vec<SourceFile> {
    let mut files: Vec<&InputFile> = Vec::new();
    for source in run.sources {
        let file = &source.file;
        let is_known = |known: &&InputFile| known.path == file.path && known.role == file.role;
        // A workbook is one file, whatever sheets it has.
        if !(file.sheet.is_some() && files.iter().any(is_known)) {
            files.push(file);
        }
    }
    run.pool.map(files, |file| {
        // What cannot be read is told as an input.
        let (sha256, bytes) = checksum_of(file);
        SourceFile { path: (*file.path).to_owned(), role: file.role.name(), bytes, sha256 }
    })
}
