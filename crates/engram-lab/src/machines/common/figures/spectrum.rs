//! The eigenvalues of the weights as bars, each shared out among the memories that lie along it.

use engram::observe::{Spectrum, SpectrumError};

use crate::figure::{Axis, Figure, Mark, Part};
use crate::setup::Setup;
use crate::value::number_of;

/// Memories beyond so many are not told apart.
const MOST_MEMORIES: usize = 64;

/// A spectrum whose vectors lie along the memories wherever equal eigenvalues leave it open which they are.
///
/// # Errors
/// Weights that have none.
pub fn along(setup: &Setup, found: Result<Spectrum, SpectrumError>) -> Result<Spectrum, SpectrumError> {
    let mut spectrum = found?;
    spectrum.turn_towards(&setup.patterns());
    Ok(spectrum)
}

/// The figure; it changes through edits alone.
pub fn spectrum(setup: &Setup, found: &Result<Spectrum, SpectrumError>, part: Part) -> Figure {
    let mut figure = Figure {
        x: Axis { label: "eigenvectors, the largest eigenvalue first", ..Axis::default() },
        y: Axis { label: "eigenvalue", symbol: "λ", ..Axis::default() },
        ..Figure::default()
    };
    if part == Part::Moving {
        return figure;
    }
    let spectrum = match found {
        Ok(spectrum) => spectrum,
        Err(SpectrumError::Asymmetric { .. }) => {
            "These weights are not the same both ways: such a network has no spectrum of real numbers."
                .clone_into(&mut figure.note);
            return figure;
        }
        Err(error) => {
            figure.note = format!("There is no spectrum: {error}.");
            return figure;
        }
    };
    let memories = setup.patterns();
    let told = memories.len() <= MOST_MEMORIES;
    let parts: Vec<Vec<f64>> = memories.iter().map(|memory| spectrum.shares(memory)).collect();
    // Memories that are alike lie along the same vectors: then together they would have more than there is.
    let whole = |k: usize| parts.iter().map(|of| of[k]).sum::<f64>().max(1.0);
    let share = |of: &Vec<f64>| of.iter().enumerate().map(|(k, part)| (part / whole(k)) as f32).collect();
    let shares: Vec<Vec<f32>> = if told { parts.iter().map(share).collect() } else { Vec::new() };
    let values = spectrum.values().iter().map(|&value| value as f32).collect();
    figure.marks.push(Mark::Bars {
        label: if memories.is_empty() { String::new() } else { "of no memory".to_owned() },
        values,
        shares,
        memories: Vec::new(),
    });
    figure.note = sentence(spectrum, &parts, told);
    figure
}

fn sentence(spectrum: &Spectrum, parts: &[Vec<f64>], told: bool) -> String {
    let positive = spectrum.values().iter().filter(|&&value| value > 1e-9).count();
    let mut note = format!(
        "A picture lies the lower in energy, the more of it lies along the bars that stand high; {} of {} are above zero.",
        positive,
        number_of(spectrum.values().len(), "eigenvalue")
    );
    let count = parts.len();
    if count > 0 && count < spectrum.values().len() {
        let within: f64 = parts.iter().map(|of| of[..count].iter().sum::<f64>()).sum();
        let per_cent = 100.0 * within / count as f64;
        note += &match count {
            1 => format!(" The first bar holds {per_cent:.0} % of the memory."),
            _ => format!(" The first {count} bars hold {per_cent:.0} % of the memories."),
        };
    }
    if !told {
        note += &format!(" The memories are more than the {MOST_MEMORIES} that are told apart by colour.");
    }
    note
}
