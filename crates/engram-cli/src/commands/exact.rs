//! `engram exact`.

use engram_lab::exact_learning::{Changes, Equilibrium, LearningReport};
use engram_lab::machine::ExactReport;
use serde::Serialize;

use crate::Streams;
use crate::args::Exact;
use crate::failure::Failure;
use crate::file;
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
    let (name, mut machine) = input::machine(&args.spec, &args.own, streams)?;
    if let Some(weights) = &args.weights {
        file::put(machine.as_mut(), weights)?;
    }
    if machine.describe().learns || args.cd.is_some() {
        let found = machine.exact_learning(args.cd).map_err(|error| Failure::at(&name, error))?;
        serde_json::to_writer(&mut *streams.out, &learning(&found))?;
        return Ok(writeln!(streams.out)?);
    }
    let found = machine.exact().map_err(|error| Failure::at(&name, error))?;
    streams.note(&machine.notices_but(found.used));
    streams.note(&found.notices);
    serde_json::to_writer(&mut *streams.out, &report(&found))?;
    Ok(writeln!(streams.out)?)
}

/// What is printed of a machine that learns.
#[derive(Serialize)]
struct Learning {
    ln_z: Number,
    log_likelihood: Number,
    divergence: Number,
    free_energies: Vec<Number>,
    gradient: Update,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Expected>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    distribution: Vec<(String, Number)>,
    #[serde(flatten)]
    equilibrium: Option<Averages>,
}

/// A machine left to itself.
#[derive(Serialize)]
struct Averages {
    temperature: Number,
    energy_mean: Number,
    entropy: Number,
    free_energy: Number,
    mean: Vec<Number>,
    pair: Vec<(usize, usize, Number)>,
    estimates: Vec<Estimate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completion: Option<Completion>,
}

/// Means without looking at all states.
#[derive(Serialize)]
struct Estimate {
    way: &'static str,
    mean: Vec<Number>,
    free_energy: Number,
    converged: bool,
}

/// The likeliest completion.
#[derive(Serialize)]
struct Completion {
    state: String,
    probability: Number,
}

fn averages(found: &Equilibrium) -> Averages {
    let estimate = |of: &engram_lab::exact_learning::Estimate| Estimate {
        way: of.way,
        mean: numbers(&of.mean),
        free_energy: Number(of.free_energy),
        converged: of.converged,
    };
    let completion = |(state, probability): &(String, f64)| Completion {
        state: state.clone(),
        probability: Number(*probability),
    };
    Averages {
        temperature: Number(found.temperature),
        energy_mean: Number(found.energy_mean),
        entropy: Number(found.entropy),
        free_energy: Number(found.free_energy),
        mean: numbers(&found.mean),
        pair: found.pair.iter().map(|&(i, j, x)| (i, j, Number(x))).collect(),
        estimates: found.estimates.iter().map(estimate).collect(),
        completion: found.completion.as_ref().map(completion),
    }
}

/// Changes of weights and biases.
#[derive(Serialize)]
struct Update {
    weights: Vec<Vec<Number>>,
    biases: Vec<Number>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log_variances: Vec<Number>,
}

/// The update of a sampler, on average.
#[derive(Serialize)]
struct Expected {
    steps: u32,
    #[serde(flatten)]
    update: Update,
}

fn learning(found: &LearningReport) -> Learning {
    let update = |changes: &Changes| Update {
        weights: changes.weights.iter().map(|row| numbers(row)).collect(),
        biases: numbers(&changes.biases),
        log_variances: numbers(&changes.log_variances),
    };
    Learning {
        ln_z: Number(found.ln_z),
        log_likelihood: Number(found.log_likelihood),
        divergence: Number(found.divergence),
        free_energies: numbers(&found.free_energies),
        gradient: update(&found.gradient),
        expected: found
            .expected
            .as_ref()
            .map(|(steps, changes)| Expected { steps: *steps, update: update(changes) }),
        distribution: found.distribution.iter().map(|(state, p)| (state.clone(), Number(*p))).collect(),
        equilibrium: found.equilibrium.as_ref().map(averages),
    }
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
