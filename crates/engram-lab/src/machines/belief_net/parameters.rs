//! Its weights and biases: those it begins with, those given by hand, and as arrays.

use engram::learning::contrastive::Learner;
use engram::models::rbm::Rbm;
use engram::rng::{Lanes, Rng, Stream};

use super::Model;
use super::stack::Stack;
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::machines::learners::{arrays_of, check_biases, dice};
use crate::setup::Setup;
use crate::value::number_of;

impl Model {
    /// The machines that learning begins with.
    pub fn first(&self, setup: &Setup) -> Result<Vec<Rbm>, LabError> {
        if let Some(rows) = &setup.spec.weights {
            return self.given(rows, setup.spec.biases.as_deref());
        }
        check_biases(setup)?;
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        let spread = setup.values.number("spread");
        let fresh = |machine| {
            let (_, hidden, labels) = self.shape(machine);
            Rbm::fresh(hidden, labels, spread, &self.rates(machine, setup.values.flag("log_odds")), &mut rng)
                .map_err(|error| LabError::new("params.hidden", error))
        };
        (0..self.machines()).map(fresh).collect()
    }

    /// How often the units that a machine sees are on when it begins: cells as in the pictures, if that is wanted.
    fn rates(&self, machine: usize, of_pictures: bool) -> Vec<f64> {
        let (visible, _, labels) = self.shape(machine);
        if !of_pictures || machine > 0 {
            return vec![0.5; visible];
        }
        self.data.rates(labels > 0)
    }

    /// The machines of weights given outright, from the bottom up: a row a hidden unit, and of each machine the biases of what
    /// it sees, then of its hidden units.
    fn given(&self, rows: &[Vec<f64>], biases: Option<&[f64]>) -> Result<Vec<Rbm>, LabError> {
        let shapes: Vec<_> = (0..self.machines()).map(|machine| self.shape(machine)).collect();
        let hidden: usize = shapes.iter().map(|(_, hidden, _)| hidden).sum();
        if rows.len() != hidden {
            let found = number_of(rows.len(), "row");
            return Err(LabError::new(
                "weights",
                format_args!("{found} for {hidden} hidden units of all layers: give a row each"),
            ));
        }
        let lengths = shapes.iter().flat_map(|&(visible, hidden, _)| std::iter::repeat_n(visible, hidden));
        if let Some((k, (row, wanted))) =
            rows.iter().zip(lengths).enumerate().find(|(_, (row, n))| row.len() != *n)
        {
            let found = number_of(row.len(), "weight");
            let message = format!("{found} for {} of the layer below", number_of(wanted, "unit"));
            return Err(LabError::new(format!("weights[{k}]"), message));
        }
        let wanted = shapes.iter().map(|(visible, hidden, _)| visible + hidden).sum();
        let none = vec![0.0; wanted];
        let biases = biases.unwrap_or(&none);
        if biases.len() != wanted {
            let found = number_of(biases.len(), "bias").replace("biass", "biases");
            return Err(LabError::new(
                "biases",
                format_args!(
                    "{found}: {wanted} are needed, of each machine for the units that it sees, then for its hidden ones"
                ),
            ));
        }
        let (mut rows, mut biases) = (rows.iter(), biases.iter().copied());
        let machine = |(visible, hidden, labels): (usize, usize, usize)| {
            let weights = rows.by_ref().take(hidden).flatten().copied().collect();
            let of_visible = biases.by_ref().take(visible).collect();
            let of_hidden = biases.by_ref().take(hidden).collect();
            Rbm::new(weights, of_visible, of_hidden, labels).map_err(|error| LabError::new("weights", error))
        };
        shapes.into_iter().map(machine).collect()
    }

    /// The machines whose weights and biases these are.
    pub fn of_arrays(&self, arrays: &Arrays<'_>) -> Result<Vec<Rbm>, LabError> {
        let of = |machine: usize| {
            let ((visible, hidden, labels), number) = (self.shape(machine), machine + 1);
            let name = format!("weights_{number}");
            let weights = arrays.of_shape(&name, &[hidden, visible])?.to_vec();
            let of_visible = arrays.of_shape(&format!("visible_bias_{number}"), &[visible])?.to_vec();
            let of_hidden = arrays.of_shape(&format!("hidden_bias_{number}"), &[hidden])?.to_vec();
            Rbm::new(weights, of_visible, of_hidden, labels).map_err(|error| LabError::new(name, error))
        };
        (0..self.machines()).map(of).collect()
    }

    /// The stack of these machines, of which one is the top.
    pub fn stack(&self, machines: &[Rbm], course: usize) -> Stack {
        let mut rng = Rng::new(self.seed, Stream::Learning, dice::CHAINS);
        let dice = |machine: usize| Lanes::new(self.seed, Stream::Learning, dice::LEARNING + machine as u64);
        let learner = |(number, machine): (usize, &Rbm)| {
            let rates = self.rates(number, true);
            Learner::new(machine, &self.how, &rates, &mut rng, &dice(1 + number))
                .expect("settings and data were checked")
        };
        Stack { machines: machines.iter().enumerate().map(learner).collect(), course, dice: dice(0).state() }
    }
}

/// Weights and biases by name.
pub fn arrays(net: &Stack) -> Vec<Array> {
    let of = |(machine, learner): (usize, &Learner)| {
        let sampler = learner.sampler();
        arrays_of(sampler.net(), sampler.visible(), sampler.hidden(), &format!("_{}", machine + 1))
    };
    net.machines.iter().enumerate().flat_map(of).collect()
}
