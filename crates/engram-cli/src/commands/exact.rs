//! `engram exact`.

use engram_lab::machine::ExactReport;
use serde::Serialize;

use crate::Streams;
use crate::args::Exact;
use crate::failure::Failure;
use crate::input;
use crate::number::{Number, numbers};

/// What is printed; `engram exact --help` explains it.
#[derive(Serialize)]
struct Report {
    temperature: Number,
    ln_z: Number,
    energy_mean: Number,
    heat_capacity: Number,
    free_energy: Number,
    entropy: Number,
    mean: Vec<Number>,
    pair: Vec<(usize, usize, Number)>,
    energy_min: Number,
    energy_max: Number,
    minima: Vec<Class>,
    weak_minima: Vec<Class>,
    attractors: Attractors,
}

/// States of one energy.
#[derive(Serialize)]
struct Class {
    energy: Number,
    count: usize,
}

#[derive(Serialize)]
struct Attractors {
    /// The update rule.
    rule: &'static str,
    fixed_points: Vec<FixedPoint>,
    two_cycles: Vec<TwoCycle>,
    two_cycle_basin: u32,
    other: Other,
}

#[derive(Serialize)]
struct FixedPoint {
    state: String,
    energy: Number,
    basin: u32,
}

#[derive(Serialize)]
struct TwoCycle {
    states: [String; 2],
    energies: [Number; 2],
    basin: u32,
}

/// Cycles of three states or more.
#[derive(Serialize)]
struct Other {
    count: u32,
    longest: u32,
    basin: u32,
}

/// Prints everything there is to know of a small net.
pub fn exact(args: &Exact, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (name, machine) = input::machine(&args.spec, streams)?;
    let found = machine.exact().map_err(|error| Failure::at(&name, error))?;
    streams.note(&machine.notices_but(found.used));
    streams.note(&found.notices);
    serde_json::to_writer(&mut *streams.out, &report(&found))?;
    Ok(writeln!(streams.out)?)
}

fn classes<T>(all: &[T], class: impl Fn(&T) -> (f64, usize)) -> Vec<Class> {
    all.iter().map(class).map(|(energy, count)| Class { energy: Number(energy), count }).collect()
}

fn report(found: &ExactReport) -> Report {
    let (averages, ends) = (&found.averages, &found.attractors);
    let state = |code| found.state_text(code);
    Report {
        temperature: Number(averages.temperature),
        ln_z: Number(averages.ln_z),
        energy_mean: Number(averages.energy_mean),
        heat_capacity: Number(averages.heat_capacity),
        free_energy: Number(averages.free_energy),
        entropy: Number(averages.entropy),
        mean: numbers(&averages.mean),
        pair: averages.pair.iter().map(|&(i, j, x)| (i, j, Number(x))).collect(),
        energy_min: Number(averages.energy_min),
        energy_max: Number(averages.energy_max),
        minima: classes(&found.minima.strict_classes, |class| (class.energy, class.count)),
        weak_minima: classes(&found.minima.weak_classes, |class| (class.energy, class.count)),
        attractors: Attractors {
            rule: found.rule,
            fixed_points: ends
                .fixed
                .iter()
                .map(|p| FixedPoint { state: state(p.code), energy: Number(p.energy), basin: p.basin })
                .collect(),
            two_cycles: ends
                .two_cycles
                .iter()
                .map(|c| TwoCycle {
                    states: c.codes.map(state),
                    energies: c.energies.map(Number),
                    basin: c.basin,
                })
                .collect(),
            two_cycle_basin: ends.two_cycle_basin,
            other: Other { count: ends.other.count, longest: ends.other.longest, basin: ends.other.basin },
        },
    }
}
