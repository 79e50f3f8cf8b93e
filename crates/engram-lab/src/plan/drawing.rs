//! Edits of a drawn graph: its points are the spec's places, its links the spec's edges.

use engram::math;

use crate::LabError;
use crate::machine::Machine;
use crate::spec::Spec;
use crate::value::{Args, Figure};

/// The graph as the machine has it, on its way into a spec.
struct Drawing {
    places: Vec<[f64; 2]>,
    edges: Vec<(usize, usize, f64)>,
}

impl Drawing {
    fn of(machine: &dyn Machine) -> Self {
        Self { places: machine.places(), edges: machine.edges() }
    }

    /// From here on the graph is given, and not drawn by chance.
    fn into_spec(self, spec: &mut Spec) {
        spec.places = Some(self.places.into_iter().map(Vec::from).collect());
        let edge = |(a, b, weight)| {
            let ends = vec![a as f64, b as f64];
            if weight == 1.0 { ends } else { [ends, vec![weight]].concat() }
        };
        spec.edges = (!self.edges.is_empty()).then(|| self.edges.into_iter().map(edge).collect());
        spec.params.retain(|key, _| !["nodes", "density"].contains(&key));
    }
}

/// A place of the sheet, to three decimals.
fn place(args: &Args<'_>) -> Result<[f64; 2], LabError> {
    let mut at = [args.number("x")?, args.number("y")?];
    for (key, x) in ["x", "y"].into_iter().zip(&mut at) {
        if !(-1.0..=2.0).contains(x) {
            let message = format!("{} is not allowed; it must be a number from 0 to 1", Figure(*x));
            return Err(LabError::new(key, message));
        }
        // A little beside the sheet still means its rim.
        *x = math::round(1000.0 * x.clamp(0.0, 1.0)) / 1000.0;
    }
    Ok(at)
}

/// Takes a point away, or puts one where there was none.
pub fn vertex(machine: &dyn Machine, spec: &mut Spec, args: &Args<'_>) -> Result<(), LabError> {
    let mut drawing = Drawing::of(machine);
    let count = drawing.places.len();
    // Every point has as many cells as any other, side by side.
    let own = machine.cells().count() / count.max(1);
    if args.0.contains_key("node") {
        let node = args.index("node", count, "a point")?;
        if count == 1 {
            return Err(LabError::new("node", "the last point cannot be taken away: one must be left"));
        }
        drawing.places.remove(node);
        drawing.edges.retain(|&(a, b, _)| a != node && b != node);
        let moved = |end: &mut usize| *end -= usize::from(*end > node);
        drawing.edges.iter_mut().for_each(|(a, b, _)| [a, b].into_iter().for_each(moved));
        let gone = node * own..(node + 1) * own;
        if let Some(state) = &mut spec.start.state {
            let kept = state.chars().enumerate().filter(|(cell, _)| !gone.contains(cell));
            *state = kept.map(|(_, cell)| cell).collect();
        }
        spec.clamp.retain(|&unit| !gone.contains(&(unit as usize)));
        spec.clamp.iter_mut().filter(|unit| **unit as usize >= gone.end).for_each(|unit| *unit -= own as u32);
    } else {
        drawing.places.push(place(args)?);
        if let Some(state) = &mut spec.start.state {
            state.extend(std::iter::repeat_n('0', own));
        }
    }
    drawing.into_spec(spec);
    Ok(())
}

/// Moves a point; onto another, joins the two, or parts them if they are joined.
pub fn link(machine: &dyn Machine, spec: &mut Spec, args: &Args<'_>) -> Result<(), LabError> {
    let mut drawing = Drawing::of(machine);
    let count = drawing.places.len();
    let node = args.index("node", count, "a point")?;
    if args.0.contains_key("to") {
        let to = args.index("to", count, "a point")?;
        if node == to {
            let message = format!("point {to} cannot be joined to itself");
            return Err(LabError::new("to", message));
        }
        let before = drawing.edges.len();
        drawing.edges.retain(|&(a, b, _)| [a, b] != [node, to] && [b, a] != [node, to]);
        if drawing.edges.len() == before {
            drawing.edges.push((node.min(to), node.max(to), 1.0));
        }
    } else {
        drawing.places[node] = place(args)?;
    }
    drawing.into_spec(spec);
    Ok(())
}
