//! The search for all places where two units rest.
//!
//! Every resting state has inputs `u_i = R_i (Σ_j T_ij V_j + I_i)` with outputs within their range, so it lies in a known
//! box. A box shrinks to the inputs that the outputs in it can hold, and is dropped if one of the two currents cannot be
//! zero in it. Of what is left it is asked whether it holds exactly one zero, or none (the operator of R. Krawczyk,
//! Computing 4 (1969) 187); a box for which neither is sure is halved. So none is missed, however steep the gain. What
//! stays unsure in the smallest boxes (zeros that are just meeting or parting) is left to Newton's method.

use alloc::vec;
use alloc::vec::Vec;

use crate::math;
use crate::models::graded::Graded;
use crate::order::sort_by;

/// Boxes that are looked at: a hundred are usual, thousands need circuits that span ten orders of magnitude.
const MAX_BOXES: u32 = 20_000;
/// Boxes are not halved below this width, in λu; states that are closer may be told as one.
const WIDTH: f64 = 1e-4;
/// The same as a share of |u|.
const SHARE: f64 = 1e-12;
/// Boxes are asked a little beyond their edges, so that a zero on an edge belongs to one.
const MARGIN: f64 = 1.1;

/// The inputs of all resting states of two units, by u_1 and then u_2.
pub(super) fn zeros(net: &Graded) -> Vec<[f64; 2]> {
    let width = WIDTH / net.gain().steepness();
    let mut open = vec![everywhere(net)];
    let (mut found, mut unsure): (Vec<[f64; 2]>, Vec<[f64; 2]>) = (Vec::new(), Vec::new());
    let mut looked = 0;
    while let Some(region) = open.pop() {
        looked += 1;
        let Some(region) = shrink(net, region) else { continue };
        match look(net, &region) {
            Finding::None => {}
            Finding::One(inputs) => add(&mut found, inputs, 1e-4 * width),
            Finding::Unsure => match cut(net, &region) {
                Some(halves) if looked < MAX_BOXES => open.extend(halves),
                _ => unsure.push(region.middle),
            },
        }
    }
    for inputs in unsure.into_iter().filter_map(|start| newton(net, start)) {
        add(&mut found, inputs, width);
    }
    // What is 0 to the last digit of an output is 0.
    let least = f64::EPSILON / net.gain().steepness();
    found.iter_mut().flatten().filter(|u| math::abs(**u) < least).for_each(|u| *u = 0.0);
    sort_by(&mut found, |a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    found
}

/// Adds a state unless it is there.
fn add(states: &mut Vec<[f64; 2]>, new: [f64; 2], within: f64) {
    let same = |old: &[f64; 2]| {
        (0..2).all(|i| math::abs(old[i] - new[i]) <= within + 10.0 * SHARE * math::abs(new[i]))
    };
    if !states.iter().any(same) {
        states.push(new);
    }
}

/// A box of inputs.
struct Region {
    middle: [f64; 2],
    half: [f64; 2],
}

/// A box in two: across the inputs over which the currents bend most. None if it is small enough.
fn cut(net: &Graded, region: &Region) -> Option<[Region; 2]> {
    let slopes = slopes(net, region.middle, region.half);
    let bend = |j: usize| {
        let weight = math::abs(net.weight(0, j)).max(math::abs(net.weight(1, j)));
        weight * (slopes[j].1 - slopes[j].0) * region.half[j]
    };
    let least = |i: usize| (WIDTH / net.gain().steepness()).max(SHARE * math::abs(region.middle[i]));
    let most = usize::from(bend(1) > bend(0));
    [most, 1 - most].into_iter().find(|&i| 2.0 * region.half[i] > least(i)).map(|i| region.halves(i))
}

impl Region {
    fn halves(&self, along: usize) -> [Self; 2] {
        [-0.5, 0.5].map(|way| {
            let (mut middle, mut half) = (self.middle, self.half);
            middle[along] += way * self.half[along];
            half[along] *= 0.5;
            Self { middle, half }
        })
    }
}

/// Numbers from the first to the second.
type Range = (f64, f64);

/// A number times a range.
fn times(a: f64, range: Range) -> Range {
    if a >= 0.0 { (a * range.0, a * range.1) } else { (a * range.1, a * range.0) }
}

fn plus(a: Range, b: Range) -> Range {
    (a.0 + b.0, a.1 + b.1)
}

/// The box of all inputs that outputs within the range can hold.
fn everywhere(net: &Graded) -> Region {
    let range = net.gain().range();
    let (mut middle, mut half) = ([0.0; 2], [0.0; 2]);
    for i in 0..2 {
        let (least, most) = held(net, i, [range, range]);
        middle[i] = 0.5 * (least + most);
        half[i] = 0.5 * (most - least) + WIDTH / net.gain().steepness();
    }
    Region { middle, half }
}

/// The inputs that outputs in these ranges can hold: `R_i (Σ_j T_ij V_j + I_i)`, and a little more for rounding.
fn held(net: &Graded, i: usize, outputs: [Range; 2]) -> Range {
    let parts = [0, 1].map(|j| times(net.weight(i, j), outputs[j]));
    let (resistance, current) = (net.resistance()[i], net.current()[i]);
    let (least, most) = times(resistance, plus(plus(parts[0], parts[1]), (current, current)));
    let size = |j: usize| math::abs(parts[j].0).max(math::abs(parts[j].1));
    let rounding =
        SHARE * (resistance * (size(0) + size(1) + math::abs(current)) + 1e-9 / net.gain().steepness());
    (least - rounding, most + rounding)
}

/// What is left of a box when only such inputs stay as the outputs in it can hold; none if nothing is.
fn shrink(net: &Graded, mut region: Region) -> Option<Region> {
    let gain = net.gain();
    for _ in 0..4 {
        let before = region.half;
        let outputs = [0, 1].map(|i| {
            let (middle, half) = (region.middle[i], region.half[i]);
            (gain.output(middle - half), gain.output(middle + half))
        });
        for i in 0..2 {
            let (least, most) = held(net, i, outputs);
            let least = least.max(region.middle[i] - region.half[i]);
            let most = most.min(region.middle[i] + region.half[i]);
            if least > most {
                return None;
            }
            (region.middle[i], region.half[i]) = (0.5 * (least + most), 0.5 * (most - least));
        }
        if (0..2).all(|i| region.half[i] > 0.8 * before[i]) {
            break;
        }
    }
    Some(region)
}

/// What is in a box.
enum Finding {
    None,
    One([f64; 2]),
    Unsure,
}

fn look(net: &Graded, region: &Region) -> Finding {
    let (middle, half) = (region.middle, region.half.map(|half| MARGIN * half));
    let slopes = slopes(net, middle, half);
    if (0..2).any(|i| !can_vanish(net, i, middle, half, slopes)) {
        return Finding::None;
    }
    let mean = slopes.map(|(least, most)| 0.5 * (least + most));
    let Some(inverse) = inverse(derivative(net, mean)) else { return Finding::Unsure };
    let step = apply(&inverse, currents(net, middle));
    let reach = reach(net, &inverse, half, slopes);
    if (0..2).any(|i| math::abs(step[i]) - reach[i] > half[i]) {
        return Finding::None;
    }
    if is_unique(net, middle, half) { Finding::One(zero(net, middle, &inverse)) } else { Finding::Unsure }
}

/// The slopes dV/du that units have in a box: they are greatest at 0 and fall to both sides.
fn slopes(net: &Graded, middle: [f64; 2], half: [f64; 2]) -> [Range; 2] {
    let gain = net.gain();
    [0, 1].map(|i| {
        let (least, most) = (middle[i] - half[i], middle[i] + half[i]);
        let (a, b) = (gain.slope(least), gain.slope(most));
        (a.min(b), if least <= 0.0 && most >= 0.0 { gain.slope(0.0) } else { a.max(b) })
    })
}

/// Whether the current into unit `i` can be zero somewhere in a box.
fn can_vanish(net: &Graded, i: usize, middle: [f64; 2], half: [f64; 2], slopes: [Range; 2]) -> bool {
    let ends = [0, 1].map(|j| (middle[j] - half[j], middle[j] + half[j]));
    let outputs = ends.map(|(least, most)| (net.gain().output(least), net.gain().output(most)));
    let (own, leak) = (net.weight(i, i), 1.0 / net.resistance()[i]);
    // The own part goes one way if its slope does: then its ends are the ends.
    let rise = times(own, slopes[i]);
    let (down, up) = (own * outputs[i].0 - leak * ends[i].0, own * outputs[i].1 - leak * ends[i].1);
    let alone = if rise.1 <= leak {
        (up, down)
    } else if rise.0 >= leak {
        (down, up)
    } else {
        plus(times(own, outputs[i]), times(-leak, ends[i]))
    };
    let (least, most) = plus(alone, times(net.weight(i, 1 - i), outputs[1 - i]));
    let current = net.current()[i];
    let rounding = 1e-14 * (math::abs(least).max(math::abs(most)) + math::abs(current));
    least + current <= rounding && most + current >= -rounding
}

/// How far Krawczyk's operator can lead from where it leads to from the middle.
fn reach(net: &Graded, inverse: &[[f64; 2]; 2], half: [f64; 2], slopes: [Range; 2]) -> [f64; 2] {
    [0, 1].map(|i| {
        (0..2)
            .map(|j| {
                let spread = 0.5 * (slopes[j].1 - slopes[j].0) * half[j];
                (0..2).map(|k| math::abs(inverse[i][k] * net.weight(k, j))).sum::<f64>() * spread
            })
            .sum()
    })
}

/// Whether there is exactly one zero in a box that holds this one: the operator leads from somewhat more than the box to
/// its inside. Thin boxes are first made as thick as the operator makes them.
fn is_unique(net: &Graded, middle: [f64; 2], mut half: [f64; 2]) -> bool {
    for _ in 0..4 {
        let slopes = slopes(net, middle, half);
        let mean = slopes.map(|(least, most)| 0.5 * (least + most));
        let Some(inverse) = inverse(derivative(net, mean)) else { return false };
        let step = apply(&inverse, currents(net, middle));
        let reach = reach(net, &inverse, half, slopes);
        let most = [0, 1].map(|i| math::abs(step[i]) + reach[i]);
        if (0..2).all(|i| most[i] < half[i]) {
            return true;
        }
        half = [0, 1].map(|i| half[i].max(1.2 * most[i]));
    }
    false
}

/// The one zero near a place: steps with a fixed inverse lead to it, Newton's finish what is left.
fn zero(net: &Graded, middle: [f64; 2], inverse: &[[f64; 2]; 2]) -> [f64; 2] {
    let mut inputs = middle;
    for _ in 0..60 {
        let step = apply(inverse, currents(net, inputs));
        inputs = [inputs[0] - step[0], inputs[1] - step[1]];
    }
    newton(net, inputs).unwrap_or(inputs)
}

/// Newton's method, until it moves no more; none if it leads nowhere.
fn newton(net: &Graded, start: [f64; 2]) -> Option<[f64; 2]> {
    let room = everywhere(net);
    let mut inputs = start;
    for _ in 0..100 {
        let slopes = inputs.map(|u| net.gain().slope(u));
        let Some(inverse) = inverse(derivative(net, slopes)) else { break };
        let step = apply(&inverse, currents(net, inputs));
        inputs = [inputs[0] - step[0], inputs[1] - step[1]];
        let is_in = (0..2).all(|i| math::abs(inputs[i] - room.middle[i]) <= room.half[i]);
        if !is_in {
            return None;
        }
        if (0..2).all(|i| math::abs(step[i]) <= 1e-16 * math::abs(inputs[i])) {
            break;
        }
    }
    let currents = currents(net, inputs);
    let scale = |i: usize| {
        let weights = math::abs(net.weight(i, 0)) + math::abs(net.weight(i, 1)) + math::abs(net.current()[i]);
        weights + math::abs(inputs[i]) / net.resistance()[i]
    };
    (0..2).all(|i| math::abs(currents[i]) <= 1e-12 * scale(i)).then_some(inputs)
}

/// Σ_j T_ij V_j − u_i/R_i + I_i.
fn currents(net: &Graded, inputs: [f64; 2]) -> [f64; 2] {
    let outputs = inputs.map(|u| net.gain().output(u));
    [0, 1].map(|i| {
        let felt = net.weight(i, 0) * outputs[0] + net.weight(i, 1) * outputs[1] + net.current()[i];
        felt - inputs[i] / net.resistance()[i]
    })
}

/// The derivative of the currents, row by row, from the slopes dV_j/du_j.
fn derivative(net: &Graded, slopes: [f64; 2]) -> [[f64; 2]; 2] {
    let leak = |i: usize, j: usize| if i == j { 1.0 / net.resistance()[i] } else { 0.0 };
    [0, 1].map(|i| [0, 1].map(|j| net.weight(i, j) * slopes[j] - leak(i, j)))
}

fn inverse(m: [[f64; 2]; 2]) -> Option<[[f64; 2]; 2]> {
    let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    let inverse =
        [[m[1][1] / determinant, -m[0][1] / determinant], [-m[1][0] / determinant, m[0][0] / determinant]];
    inverse.as_flattened().iter().all(|x| x.is_finite()).then_some(inverse)
}

fn apply(m: &[[f64; 2]; 2], x: [f64; 2]) -> [f64; 2] {
    [m[0][0] * x[0] + m[0][1] * x[1], m[1][0] * x[0] + m[1][1] * x[1]]
}
