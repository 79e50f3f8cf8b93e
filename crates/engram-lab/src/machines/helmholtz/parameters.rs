//! Its weights and biases: those it begins with, those given by hand, and as arrays.

use engram::math;
use engram::models::helmholtz::{Helmholtz, LayerParameters, Parameters};
use engram::rng::{Rng, Stream};

use super::Model;
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::machines::learners::{check_biases, dice};
use crate::setup::Setup;
use crate::value::number_of;

impl Model {
    /// The net that learning begins with.
    pub fn first(&self, setup: &Setup) -> Result<Helmholtz, LabError> {
        if let Some(rows) = &setup.spec.weights {
            return given(&self.sizes, rows, setup.spec.biases.as_deref());
        }
        check_biases(setup)?;
        let fail = |error| LabError::new("params.hidden", error);
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        let net = Helmholtz::random(&self.sizes, setup.values.number("spread"), &mut rng).map_err(fail)?;
        if !setup.values.flag("log_odds") || self.data.count() == 0 {
            return Ok(net);
        }
        let mut parameters = net.parameters();
        let biases = self.data.rates(false).into_iter().map(|p| math::ln(p) - math::ln(1.0 - p));
        parameters.generative[0].biases = biases.collect();
        Helmholtz::new(&parameters).map_err(fail)
    }
}

/// The net of weights given outright: the rows of generation from the bottom up, a row a unit of the upper layer, then those
/// of recognition; and the biases of generation, then of recognition, of all layers from the bottom up.
fn given(sizes: &[usize], rows: &[Vec<f64>], biases: Option<&[f64]>) -> Result<Helmholtz, LabError> {
    let hidden: usize = sizes[1..].iter().sum();
    if rows.len() != 2 * hidden {
        let message = format!(
            "{} for {hidden} hidden units: give a row a hidden unit for what it sends down, then a row each for what it hears",
            number_of(rows.len(), "row")
        );
        return Err(LabError::new("weights", message));
    }
    let below = |upper: usize| std::iter::repeat_n(sizes[upper - 1], sizes[upper]);
    let lengths = (1..sizes.len()).flat_map(below).cycle();
    if let Some((k, (row, wanted))) =
        rows.iter().zip(lengths).enumerate().find(|(_, (row, n))| row.len() != *n)
    {
        let found = number_of(row.len(), "weight");
        let message = format!("{found} for {} of the layer below", number_of(wanted, "unit"));
        return Err(LabError::new(format!("weights[{k}]"), message));
    }
    let wanted = sizes[0] + 2 * hidden;
    let none = vec![0.0; wanted];
    let biases = biases.unwrap_or(&none);
    if biases.len() != wanted {
        let found = number_of(biases.len(), "bias").replace("biass", "biases");
        let message = format!(
            "{found}: {wanted} are needed, of all {} by generation and of the hidden ones by recognition",
            number_of(sizes[0] + hidden, "unit")
        );
        return Err(LabError::new("biases", message));
    }
    let (mut rows, mut biases) = (rows.iter(), biases.iter());
    let mut weights = |units: usize| rows.by_ref().take(units).flatten().copied().collect::<Vec<_>>();
    let tables: Vec<Vec<f64>> = sizes[1..].iter().chain(&sizes[1..]).map(|&units| weights(units)).collect();
    let mut layer = |weights: &[f64], units: usize| LayerParameters {
        weights: weights.to_vec(),
        biases: biases.by_ref().take(units).copied().collect(),
    };
    let (down, up) = tables.split_at(sizes.len() - 1);
    let parameters = Parameters {
        generative: down
            .iter()
            .map(Vec::as_slice)
            .chain([&[][..]])
            .zip(sizes)
            .map(|(w, &n)| layer(w, n))
            .collect(),
        recognition: up.iter().zip(&sizes[1..]).map(|(w, &n)| layer(w, n)).collect(),
    };
    Helmholtz::new(&parameters).map_err(|error| LabError::new("weights", error))
}

/// Weights and biases by name.
pub fn arrays(net: &Helmholtz) -> Vec<Array> {
    let (Parameters { generative, recognition }, sizes) = (net.parameters(), net.sizes());
    let mut all = Vec::new();
    for (layer, LayerParameters { weights, biases }) in generative.into_iter().enumerate() {
        all.push(Array::new(&format!("bias_{layer}"), &[biases.len()], biases));
        if let Some(&above) = sizes.get(layer + 1) {
            all.push(Array::new(&format!("weights_{}", layer + 1), &[above, sizes[layer]], weights));
        }
    }
    for (below, LayerParameters { weights, biases }) in recognition.into_iter().enumerate() {
        let (layer, units) = (below + 1, biases.len());
        all.push(Array::new(&format!("recognition_bias_{layer}"), &[units], biases));
        all.push(Array::new(&format!("recognition_weights_{layer}"), &[units, sizes[below]], weights));
    }
    all
}

/// The net of layers of these sizes whose weights and biases these are.
pub fn of_arrays(sizes: &[usize], arrays: &Arrays<'_>) -> Result<Helmholtz, LabError> {
    let table = |weights: Option<(String, [usize; 2])>, bias: String, units: usize| {
        let weights = match weights {
            Some((name, shape)) => arrays.of_shape(&name, &shape)?.to_vec(),
            None => Vec::new(),
        };
        Ok(LayerParameters { weights, biases: arrays.of_shape(&bias, &[units])?.to_vec() })
    };
    let down = |(layer, &units): (usize, &usize)| {
        let above = sizes.get(layer + 1).map(|&above| (format!("weights_{}", layer + 1), [above, units]));
        table(above, format!("bias_{layer}"), units)
    };
    let up = |(below, pair): (usize, &[usize])| {
        let weights = (format!("recognition_weights_{}", below + 1), [pair[1], pair[0]]);
        table(Some(weights), format!("recognition_bias_{}", below + 1), pair[1])
    };
    let generative: Result<_, LabError> = sizes.iter().enumerate().map(down).collect();
    let recognition: Result<_, LabError> = sizes.windows(2).enumerate().map(up).collect();
    let parameters = Parameters { generative: generative?, recognition: recognition? };
    Helmholtz::new(&parameters).map_err(|error| LabError::new("weights_1", error))
}
