//! Weights of two layers given outright.

use crate::LabError;
use crate::setup::Setup;
use crate::value::number_of;

/// Weights, biases of the visible units, and of the hidden ones.
type Outright = (Vec<f64>, Vec<f64>, Vec<f64>);

/// Refuses biases without weights.
///
/// # Errors
/// There are such.
pub fn check_biases(setup: &Setup) -> Result<(), LabError> {
    if setup.spec.weights.is_none() && setup.spec.biases.is_some() {
        let message = "biases come with weights here: give weights, too, or neither";
        return Err(LabError::new("biases", message));
    }
    Ok(())
}

/// Weights given outright, a row a hidden unit, and the biases of the visible units, then of the hidden ones; 0 if there
/// are none.
///
/// # Errors
/// More rows than there can be hidden units, a row that is not as long as there are visible units, or another number of
/// biases than of units.
pub fn outright(setup: &Setup, rows: &[Vec<f64>], visible: usize, most: usize) -> Result<Outright, LabError> {
    if rows.len() > most {
        let found = number_of(rows.len(), "row");
        return Err(LabError::new("weights", format_args!("{found}: there can be 1 to {most} hidden units")));
    }
    if let Some((k, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != visible) {
        let message =
            format!("{} for {}", number_of(row.len(), "weight"), number_of(visible, "visible unit"));
        return Err(LabError::new(format!("weights[{k}]"), message));
    }
    let biases = setup.spec.biases.clone().unwrap_or_else(|| vec![0.0; visible + rows.len()]);
    if biases.len() != visible + rows.len() {
        let message = format!(
            "{} for {} and {}",
            number_of(biases.len(), "bias").replace("biass", "biases"),
            number_of(visible, "visible unit"),
            number_of(rows.len(), "hidden unit")
        );
        return Err(LabError::new("biases", message));
    }
    let (of_visible, of_hidden) = biases.split_at(visible);
    Ok((rows.concat(), of_visible.to_vec(), of_hidden.to_vec()))
}
