//! `engram sample`.

use serde::Serialize;

use crate::Streams;
use crate::args::Sample;
use crate::failure::Failure;
use crate::input;
use crate::number::{Number, numbers};

/// Most chains at once.
const CHAINS: u32 = 100;

/// One picture.
#[derive(Serialize)]
struct Line {
    sample: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<Number>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chances: Vec<Number>,
}

/// Draws pictures.
pub fn sample(args: &Sample, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (name, mut machine) = input::trained(&args.trained, args.count.min(CHAINS), streams)?;
    let mut sample = 0;
    while sample < args.count {
        machine.advance(u64::from(args.sweeps));
        let learned = machine.learned();
        let learned = learned.ok_or_else(|| Failure::at(&name, "this model draws no pictures"))?;
        for dream in learned.dreams(args.chances).into_iter().take((args.count - sample) as usize) {
            let chances: Vec<f64> = dream.iter().map(|level| 0.5 * (1.0 + level)).collect();
            let is_binary = dream.iter().all(|level| level.abs() == 1.0);
            let ink = || dream.iter().map(|&level| if level > 0.0 { '1' } else { '0' }).collect();
            let line = Line {
                sample,
                state: (!args.chances && is_binary).then(ink),
                levels: if args.chances || is_binary { Vec::new() } else { numbers(&dream) },
                chances: if args.chances { numbers(&chances) } else { Vec::new() },
            };
            serde_json::to_writer(&mut *streams.out, &line)?;
            writeln!(streams.out)?;
            sample += 1;
        }
    }
    Ok(())
}
