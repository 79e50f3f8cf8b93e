//! The list of machines: the one place that names them all.

use engram::pattern::SETS;
use engram::weights::MAX_UNITS;
use serde::Serialize;

use crate::LabError;
use crate::data;
use crate::describe::Description;
use crate::machine::Machine;
use crate::machines::{
    belief_net, boltzmann, classifier, deep_boltzmann, dense, gaussian_rbm, graded, graph, helmholtz,
    hopfield, ising, modern, padded, rbm, spin_glass, stochastic, tour,
};
use crate::ready;
use crate::setup::Setup;
use crate::spec::{ENGINE_VERSION, SCHEMA_VERSION, Spec};

/// A machine as the catalogue has it.
pub struct Entry {
    /// Name in specs.
    pub name: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Paper.
    pub source: &'static str,
    /// The smallest spec that shows what it does.
    pub example: &'static str,
    /// What a spec may give it beside settings.
    pub takes: Takes,
    /// Cells across and down of a grid whose size does not follow from pictures, or need not.
    pub(crate) size: Option<Size>,
    /// Fills in what the machine of such a spec says of itself.
    pub(crate) describe: fn(&Spec, &mut Description),
    /// Checks what the model can tell of a setup without learning: what it cannot be, and what would take minutes.
    pub(crate) check: fn(&Setup) -> Result<(), LabError>,
    /// Makes the machine of a setup that passed, at the start of its run.
    pub(crate) open: fn(Setup) -> Result<Box<dyn Machine>, LabError>,
}

/// The size of a grid, in cells across and down, that follows from a spec.
type Size = fn(&Spec) -> Result<(usize, usize), LabError>;

/// What a spec may give a model beside settings.
#[derive(Clone, Copy, Debug)]
pub struct Takes {
    /// Weights and biases outright.
    pub weights: Weights,
    /// Pictures: as memories, or to start from.
    pub patterns: bool,
    /// Whether the cells of its grid, and its pictures, may have any number from −1 to 1, and not only −1, 0 and +1.
    pub grey: bool,
    /// Weights learned before, by the name of a file.
    pub learned: bool,
    /// Points of the plane.
    pub places: bool,
    /// Links between units.
    pub edges: bool,
    /// Most cells of its grid.
    pub cells: usize,
    /// The data set or own file that a spec needs, by its name in [`data`].
    pub data: fn(&Spec) -> Option<&str>,
    /// Whether `patterns.set` may be the name of an own file with pictures.
    pub own_sets: bool,
}

impl Takes {
    /// What a network of spins takes whose weights are learned or given.
    pub const NET: Self = Self {
        weights: Weights::Pairs,
        patterns: true,
        grey: false,
        learned: false,
        places: false,
        edges: false,
        cells: MAX_UNITS,
        data: |_| None,
        own_sets: false,
    };
}

/// How weights may be given outright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// They cannot.
    None,
    /// One row a unit of the grid, and a bias each.
    Pairs,
    /// One row a unit, those of the grid first and then the hidden ones, and a bias each.
    Linked,
    /// One row a hidden unit, and the biases of the visible units, then of the hidden ones.
    Bipartite,
    /// Rows of the weights between neighbouring layers from the bottom up, a row a unit of the upper layer, and biases, as the
    /// machine says it.
    Layers,
}

/// All machines.
pub static CATALOGUE: [Entry; 17] = [
    hopfield::ENTRY,
    stochastic::ENTRY,
    padded::ENTRY,
    graded::ENTRY,
    dense::ENTRY,
    classifier::ENTRY,
    modern::ENTRY,
    ising::ENTRY,
    spin_glass::ENTRY,
    tour::ENTRY,
    graph::ENTRY,
    rbm::ENTRY,
    boltzmann::ENTRY,
    helmholtz::ENTRY,
    belief_net::ENTRY,
    gaussian_rbm::ENTRY,
    deep_boltzmann::ENTRY,
];

impl Entry {
    /// What the machine of such a spec would say about itself; nothing is learned for it.
    #[must_use]
    pub fn describe(&self, spec: &Spec) -> Description {
        let mut description = Description::new(self.name, self.label, self.summary);
        description.grey = self.takes.grey;
        (self.describe)(spec, &mut description);
        description
    }
}

/// The entry of a model.
///
/// # Errors
/// No such machine; the message names those there are.
pub fn find(model: &str) -> Result<&'static Entry, LabError> {
    CATALOGUE.iter().find(|entry| entry.name == model).ok_or_else(|| {
        let names: Vec<_> = CATALOGUE.iter().map(|entry| entry.name).collect();
        LabError::new("model", format_args!("there is no model '{model}'; there are {}", names.join(", ")))
    })
}

/// Asks for no figure that the machine of a spec, as it has become, does not have.
pub(crate) fn settle_figure(spec: &mut Spec) {
    if let Some(key) = &spec.view.figure
        && let Ok(entry) = find(&spec.model)
        && !entry.describe(spec).shows(key)
    {
        spec.view.figure = None;
    }
}

/// Checks a spec as far as it goes without learning, which may take a while.
///
/// # Errors
/// No such machine, a spec that this machine cannot be, or a data set that was not handed over.
pub fn check(spec: &Spec) -> Result<Setup, LabError> {
    let setup = Setup::new(spec)?;
    (setup.entry.takes.data)(spec).map_or(Ok(()), data::check)?;
    spec.learned.as_deref().map_or(Ok(()), ready::check)?;
    (setup.entry.check)(&setup)?;
    Ok(setup)
}

/// Opens a spec: the machine it stands for, at the start of its run.
///
/// # Errors
/// As [`check`].
pub fn open(spec: &Spec) -> Result<Box<dyn Machine>, LabError> {
    let setup = check(spec)?;
    (setup.entry.open)(setup)
}

/// The catalogue as data, for the page.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// Version of the numerics.
    pub engine: u32,
    /// Version of the spec's form.
    pub version: u32,
    /// The machines.
    pub models: Vec<ModelInfo>,
    /// The picture sets.
    pub sets: Vec<SetInfo>,
}

/// A machine, for the page.
#[derive(Clone, Debug, Serialize)]
pub struct ModelInfo {
    name: &'static str,
    label: &'static str,
    summary: &'static str,
    source: &'static str,
    /// Whether it can be given pictures, and whether they may have greys.
    patterns: bool,
    grey: bool,
    example: &'static str,
}

/// A picture set, for the page.
#[derive(Clone, Debug, Serialize)]
pub struct SetInfo {
    /// Name in specs.
    pub name: &'static str,
    /// Sides of its pictures.
    pub sizes: Vec<usize>,
    /// Names of its pictures.
    pub names: Vec<&'static str>,
}

/// The catalogue as data.
#[must_use]
pub fn catalogue() -> Catalogue {
    let mut sets: Vec<SetInfo> = Vec::new();
    for set in &SETS {
        match sets.iter_mut().find(|s| s.name == set.name) {
            Some(known) => known.sizes.push(set.size),
            None => {
                sets.push(SetInfo { name: set.name, sizes: vec![set.size], names: set.names().collect() })
            }
        }
    }
    let model = |e: &Entry| ModelInfo {
        name: e.name,
        label: e.label,
        summary: e.summary,
        source: e.source,
        patterns: e.takes.patterns,
        grey: e.takes.grey,
        example: e.example,
    };
    Catalogue {
        engine: ENGINE_VERSION,
        version: SCHEMA_VERSION,
        models: CATALOGUE.iter().map(model).collect(),
        sets,
    }
}
