//! What a spec gives it: its units, links and first weights.

use engram::models::boltzmann::{Boltzmann, BoltzmannError, Links, MAX_UNITS};
use engram::rng::{Rng, Stream};

use super::Model;
use super::measured::{MOST_HIDDEN, said};
use crate::LabError;
use crate::machines::learners::{self, check_biases, dice};
use crate::resolve;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::number_of;

/// Most cells of a picture.
pub const MOST_CELLS: usize = MAX_UNITS;

/// Most cells of a picture of a data set: of larger ones there are too many for so many links.
pub const MOST_OF_SET: usize = 256;

/// Cells across and down where a spec has no pictures of its own. Of weights alone, all units are visible that are not
/// said to be hidden.
///
/// # Errors
/// There is nothing to say how many they are.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    match &spec.weights {
        Some(rows) if learners::set_of(spec).is_none() => {
            let cells = rows.len().saturating_sub(said(spec, "hidden", 0));
            resolve::layout(cells, MOST_CELLS, "weights")
        }
        _ => learners::size(spec),
    }
}

/// How many hidden units there are: as many as are set, or as many as the weights given have rows beyond the visible ones.
///
/// # Errors
/// Biases without weights; weights of fewer units than are visible, or of more hidden ones than there may be, or not of as
/// many as are set.
pub fn hidden(setup: &Setup, visible: usize) -> Result<usize, LabError> {
    let set = setup.values.number("hidden") as usize;
    check_biases(setup)?;
    let Some(rows) = &setup.spec.weights else { return Ok(set) };
    let (all, seen) = (number_of(rows.len(), "row"), number_of(visible, "visible unit"));
    let refuse = |message: String| Err(LabError::new("weights", message));
    let Some(hidden) = rows.len().checked_sub(visible) else { return refuse(format!("{all} for {seen}")) };
    if setup.spec.param("hidden").is_some() && set != hidden {
        return refuse(format!("{all} for {seen} and {}", number_of(set, "hidden unit")));
    }
    if hidden > MOST_HIDDEN as usize {
        return refuse(format!("{all} for {seen}: there can be 0 to {MOST_HIDDEN} hidden units"));
    }
    Ok(hidden)
}

/// Which units are linked.
///
/// # Errors
/// An encoder whose visible units are no two groups.
pub fn links(word: &str, visible: usize, hidden: usize) -> Result<Links, LabError> {
    let units = visible + hidden;
    let links = match word {
        "layers" => Links::bipartite(visible, hidden),
        "no_hidden" => Links::between(units, |i, _| i < visible),
        "encoder" | "bare_encoder" if !visible.is_multiple_of(2) => {
            return Err(LabError::new(
                "params.links",
                format_args!("{visible} visible units are no two groups of one size, as an encoder has them"),
            ));
        }
        "encoder" => Links::encoder(visible / 2, hidden, true),
        "bare_encoder" => Links::encoder(visible / 2, hidden, false),
        _ => Links::all(units),
    };
    links.map_err(|error| LabError::new("params.hidden", error))
}

/// The machine that learning begins with.
///
/// # Errors
/// Weights or biases given outright that cannot be.
pub fn first(model: &Model, setup: &Setup) -> Result<Boltzmann, LabError> {
    let (visible, units) = (model.visible(), model.links.units());
    let links = model.links.clone();
    let Some(rows) = &setup.spec.weights else {
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        return Boltzmann::random(visible, model.encoding, links, setup.values.number("spread"), &mut rng)
            .map_err(|error| LabError::new("params.spread", error));
    };
    let biases = setup.spec.biases.clone().unwrap_or_else(|| vec![0.0; units]);
    Boltzmann::from_rows(visible, model.encoding, links, rows, biases).map_err(|error| {
        let of_bias = matches!(error, BoltzmannError::Biases { .. } | BoltzmannError::Bias { .. });
        LabError::new(if of_bias { "biases" } else { "weights" }, error)
    })
}
