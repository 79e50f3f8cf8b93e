//! Problems that the literature sets machines that learn, laid out on a grid.

use engram::pattern::Pattern;
use engram::pattern::problems::{Bars, Problem, ProblemError, Shifter, encoder, even_parity};

use crate::LabError;
use crate::object::shown;

/// A problem by its word in specs.
pub struct Named {
    /// Its word.
    pub word: &'static str,
    /// Cells down that it needs; any if not said.
    down: Option<usize>,
    make: fn(usize, usize) -> Result<Problem, ProblemError>,
}

/// All of them.
pub const PROBLEMS: [Named; 5] = [
    // Two groups of units, one of each on, the same one: D. H. Ackley, G. E. Hinton & T. J. Sejnowski, Cognitive Science 9
    // (1985) 147.
    Named { word: "encoder", down: Some(2), make: |width, _| encoder(width) },
    // An even number of cells is ink.
    Named { word: "parity", down: None, make: |width, height| even_parity(width * height) },
    // A row, the same row shifted, and a row whose first three cells say which way.
    Named { word: "shifter", down: Some(3), make: |width, _| Shifter::new(width, true, 0.5)?.all() },
    // A sparse row and the same row shifted to the left or to the right: P. Dayan and others, Neural Computation 7 (1995) 889.
    Named {
        word: "shifted_rows",
        down: Some(2),
        make: |width, _| Shifter::new(width, true, 0.2)?.of_two_rows().all(),
    },
    // Bars of one direction at a time, of the same paper: not all pictures are equally likely.
    Named {
        word: "bars_one_way",
        down: None,
        make: |width, height| Ok(Bars::published(width, height)?.all()),
    },
];

/// The pictures of a problem on a grid of these sides, each with its probability times their number. Cells that the problem
/// leaves over are paper.
///
/// # Errors
/// No such problem, or none of this size.
pub fn of(word: &str, width: usize, height: usize) -> Result<Vec<(Pattern, f64)>, LabError> {
    let Some(problem) = PROBLEMS.iter().find(|problem| problem.word == word) else {
        let words: Vec<_> = PROBLEMS.iter().map(|problem| problem.word).collect();
        let message = format!("there is no problem '{}'; there are {}", shown(word), words.join(", "));
        return Err(LabError::new("patterns.problem", message));
    };
    if let Some(down) = problem.down.filter(|&down| down != height) {
        let message = format!("{height} is not allowed: the problem '{word}' is {down} cells down");
        return Err(LabError::new("patterns.height", message));
    }
    let problem = (problem.make)(width, height).map_err(|error| LabError::new("patterns.width", error))?;
    if problem.units() > width * height {
        let message = format!("{width} is not allowed: three cells are needed to say which way");
        return Err(LabError::new("patterns.width", message));
    }
    let all = problem.count() as f64;
    let pictures = problem.patterns().chunks_exact(problem.units()).zip(problem.probabilities());
    pictures
        .map(|(cells, probability)| {
            let mut spins: Vec<i8> = cells.iter().map(|&cell| 2 * cell as i8 - 1).collect();
            spins.resize(width * height, -1);
            let pattern =
                Pattern::new(width, height, spins).map_err(|error| LabError::new("patterns", error))?;
            Ok((pattern, all * probability))
        })
        .collect()
}
