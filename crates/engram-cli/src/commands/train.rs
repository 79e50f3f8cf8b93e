//! `engram train`.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use engram_lab::files::{self, Format, Precision};
use engram_lab::learned::Progress;
use engram_lab::machine::{Machine, Outcome};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::Streams;
use crate::args::{Bits, Train};
use crate::failure::Failure;
use crate::file;
use crate::input;
use crate::number::Number;

/// How often it writes where it is.
const EVERY: Duration = Duration::from_secs(1);

/// How long it learns between looks at the clock, about.
const A_WHILE: Duration = Duration::from_millis(50);

/// Whether somebody wants it to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// Listens to signals once for all commands of a process.
static LISTEN: Once = Once::new();

/// Lets a machine learn.
pub fn train(args: &Train, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Some(format) = args.out.to_str().and_then(Format::of_name) else {
        return Err(Failure::at("--out", "the name must end in .safetensors or .npz"));
    };
    let precision = match args.bits {
        None => Precision::Full,
        Some(_) if format == Format::Npz => {
            return Err(Failure::at("--bits", "only .safetensors files are written in fewer bits"));
        }
        Some(Bits::Sixteen) => Precision::Half,
        Some(Bits::Eight) => Precision::Byte,
    };
    // Dreams would cost time, and what is learned does not depend on them.
    let (name, mut machine) = input::learner(&args.spec, &args.own, 0, streams)?;
    let spec = machine.spec().to_json();
    let part = Part { file: file::beside(&args.out, "part"), spec: spec.clone() };
    if !args.fresh && part.go_on(machine.as_mut())? {
        let done = words(progress(machine.as_ref()).unwrap_or(NOTHING));
        streams.note(&[format!("it goes on where it was stopped, after {done}")]);
    }
    LISTEN.call_once(|| {
        // Without it a signal ends the command at once, and a second of work is lost.
        let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    });
    STOP.store(false, Ordering::Relaxed);
    // Where nothing can be written is better known before than after.
    part.save(machine.as_ref())?;
    learn(machine.as_mut(), &part, streams)?;
    let learned = machine.learned().ok_or_else(|| Failure::at(&name, "it learned nothing"))?;
    if !learned.is_sound() {
        part.forget();
        return Err(Failure::at(
            &name,
            "the weights have run away: take a lower learning rate (params.rate)",
        ));
    }
    let arrays = learned.arrays();
    let bytes = match precision {
        Precision::Full => files::write(format, &arrays, &spec),
        precision => files::pack(&arrays, &spec, precision),
    };
    file::replace(&args.out, &bytes.map_err(|error| Failure::at(args.out.display(), error))?)?;
    part.forget();
    serde_json::to_writer(&mut *streams.out, &Line { machine: machine.as_ref(), file: Some(&args.out) })?;
    Ok(writeln!(streams.out)?)
}

/// Nothing learned, and nothing to learn.
const NOTHING: Progress = Progress { done: 0, plan: 0, per_epoch: 1 };

fn progress(machine: &dyn Machine) -> Option<Progress> {
    machine.learned().map(|learned| learned.progress())
}

/// Learns to the end, unless it is told to stop.
fn learn(machine: &mut dyn Machine, part: &Part, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (begin, first) = (Instant::now(), progress(machine).unwrap_or(NOTHING).done);
    let (mut saved, mut pace) = (begin, 1u64);
    let shown = io::stderr().is_terminal();
    loop {
        let now = progress(machine).unwrap_or(NOTHING);
        if now.done >= now.plan {
            if shown {
                let _ = writeln!(streams.err);
            }
            return Ok(());
        }
        if STOP.load(Ordering::Relaxed) {
            part.save(machine)?;
            let message = format!("stopped after {}; the same command goes on from there", words(now));
            return Err(Failure::at(part.file.display(), message));
        }
        let since = Instant::now();
        if machine.advance(pace.min(now.per_epoch - now.done % now.per_epoch)) == 0 {
            let message = format!("what was stopped after {} cannot go on; --fresh begins anew", words(now));
            return Err(Failure::at(part.file.display(), message));
        }
        pace = if since.elapsed() < A_WHILE { (pace * 2).min(1 << 20) } else { (pace / 2).max(1) };
        let then = progress(machine).unwrap_or(NOTHING);
        if then.done.is_multiple_of(then.per_epoch) {
            serde_json::to_writer(&mut *streams.out, &Line { machine, file: None })?;
            writeln!(streams.out)?;
            streams.out.flush()?;
        }
        if saved.elapsed() >= EVERY {
            part.save(machine)?;
            saved = Instant::now();
            if shown {
                let left = begin.elapsed().as_secs_f64() * (then.plan - then.done) as f64
                    / (then.done - first) as f64;
                let _ = write!(streams.err, "\rengram: {}, {left:.0} s left  ", words(then));
                let _ = streams.err.flush();
            }
        }
    }
}

/// How far it has come, in words.
fn words(progress: Progress) -> String {
    let Progress { done, plan, per_epoch } = progress;
    format!("epoch {} of {}, batch {} of {per_epoch}", done / per_epoch, plan / per_epoch, done % per_epoch)
}

/// Where it writes how far it has come.
struct Part {
    file: PathBuf,
    /// The spec that is learned by.
    spec: String,
}

impl Part {
    /// The length of the spec, the spec, and a snapshot.
    fn save(&self, machine: &dyn Machine) -> Result<(), Failure> {
        let mut bytes = (self.spec.len() as u64).to_le_bytes().to_vec();
        bytes.extend(self.spec.as_bytes());
        bytes.extend(machine.snapshot());
        file::replace(&self.file, &bytes)
    }

    /// Puts the machine where it was, if it has learned by this spec before.
    fn go_on(&self, machine: &mut dyn Machine) -> Result<bool, Failure> {
        let bytes = match fs::read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Failure::at(self.file.display(), input::words(&error))),
        };
        let broken = |what: &str| {
            Failure::at(self.file.display(), format!("{what}; --fresh begins anew, and this is lost"))
        };
        let spec = bytes.split_first_chunk().and_then(|(length, rest)| {
            rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
        });
        let Some((spec, snapshot)) = spec else {
            return Err(broken("this is no work that was stopped"));
        };
        if spec != self.spec.as_bytes() {
            return Err(broken("another spec was learned here"));
        }
        machine.restore(snapshot).map_err(|error| broken(&error.to_string()))?;
        Ok(true)
    }

    fn forget(&self) {
        // One that is left over is for this very spec, and at its end.
        let _ = fs::remove_file(&self.file);
    }
}

/// One line: an epoch, or the end.
struct Line<'a> {
    machine: &'a dyn Machine,
    file: Option<&'a Path>,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        let scalars = self.machine.observe().scalars;
        let observables = self.machine.describe().observables.iter();
        for (observable, value) in observables.zip(scalars) {
            line.serialize_entry(observable.key, &Number(value))?;
        }
        if let Some(file) = self.file {
            if let Outcome::Answer { says, .. } | Outcome::Underway { says } = self.machine.outcome() {
                line.serialize_entry("says", &says)?;
            }
            line.serialize_entry("weights", &file.display().to_string())?;
            line.serialize_entry("hash", &self.machine.hash_text())?;
        }
        line.end()
    }
}
