//! `engram run`.

use engram_lab::describe::Shape;
use engram_lab::machine::{Cells, Machine};
use engram_lab::spec::Spec;
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use crate::Streams;
use crate::args::{Run, Unit};
use crate::failure::Failure;
use crate::input;
use crate::number::{Number, numbers};

/// Runs a spec and prints a line a step.
pub fn run(args: &Run, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let input::Named { name, spec } = input::spec_with(&args.spec, &args.own, streams)?;
    let mut machine = input::open(&name, &chosen(&name, spec, args.beside)?)?;
    streams.note(&machine.notices());
    if let count @ 1.. = machine.spec().beside.len() {
        streams.note(&[format!(
            "this is the spec's own machine; --beside 0 to {} runs those that stand beside it",
            count - 1
        )]);
    }
    let mut step = 0;
    loop {
        let last = step == args.steps || machine.at_rest();
        serde_json::to_writer(&mut *streams.out, &Line { step, machine: machine.as_ref(), last })?;
        writeln!(streams.out)?;
        if last {
            return Ok(());
        }
        let sweep = machine.sweep_length();
        machine.advance(match args.unit {
            Unit::Update => 1,
            Unit::Sweep => sweep - machine.age() % sweep,
        });
        step += 1;
    }
}

/// The spec, or that of a machine beside its own.
fn chosen(name: &str, spec: Spec, beside: Option<usize>) -> Result<Spec, Failure> {
    let Some(number) = beside else { return Ok(spec) };
    let mut others = spec.others();
    if number < others.len() {
        return Ok(others.swap_remove(number));
    }
    let there = match others.len() {
        0 => "no machine stands beside this one".to_owned(),
        1 => "one machine stands beside this one, number 0".to_owned(),
        count => format!("{count} machines stand beside this one, numbers 0 to {}", count - 1),
    };
    Err(Failure::at(name, format!("--beside {number}: {there}")))
}

/// One line: the machine as it is.
struct Line<'a> {
    step: u64,
    machine: &'a dyn Machine,
    /// Whether the verdict is part of it.
    last: bool,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { step, machine, last } = *self;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("step", &step)?;
        line.serialize_entry("updates", &machine.age())?;
        match machine.cells() {
            Cells::Spins(_) => line.serialize_entry("state", &machine.state_text())?,
            Cells::Grey(levels) => line.serialize_entry("state", &numbers(levels))?,
        }
        let observation = machine.observe();
        let (mut scalars, mut lists) = (observation.scalars.iter(), observation.per_memory.iter());
        for observable in &machine.describe().observables {
            match observable.shape {
                Shape::Scalar => {
                    line.serialize_entry(observable.key, &scalars.next().map(|&x| Number(x)))?;
                }
                Shape::Memory => {
                    line.serialize_entry(observable.key, &lists.next().map(|list| numbers(list)))?;
                }
            }
        }
        line.serialize_entry("hash", &format!("{:016x}", machine.hash()))?;
        if last {
            let verdict = serde_json::to_value(machine.outcome()).map_err(S::Error::custom)?;
            line.serialize_entry("outcome", &verdict["kind"])?;
            for (key, value) in verdict.as_object().into_iter().flatten() {
                let told = key == "kind" || machine.describe().observables.iter().any(|o| o.key == key);
                if !told {
                    line.serialize_entry(key, value)?;
                }
            }
        }
        line.end()
    }
}
