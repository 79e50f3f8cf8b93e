//! What a small machine that learns believes, exactly, and where learning would lead it.

/// Everything that enumeration tells of a small machine that learns from pictures.
#[derive(Clone, Debug)]
pub struct LearningReport {
    /// ln Z.
    pub ln_z: f64,
    /// Mean log-likelihood of the pictures that it learns from, in nats a picture.
    pub log_likelihood: f64,
    /// How far the machine's distribution is from that of the pictures: `Σ q ln(q / p)`, in nats. Of a density, in which no
    /// single picture has a probability, it is infinite.
    pub divergence: f64,
    /// Free energies of the pictures, in order, where there is such a thing.
    pub free_energies: Vec<f64>,
    /// The gradient of the mean log-likelihood.
    pub gradient: Changes,
    /// What so many steps of a sampler would teach in its place, on average over all draws, if that was asked for.
    pub expected: Option<(u32, Changes)>,
    /// Every visible state, as text, with its probability; of machines of few visible units.
    pub distribution: Vec<(String, f64)>,
    /// The machine left to itself, where all its units are gone through.
    pub equilibrium: Option<Equilibrium>,
}

/// Averages of a machine left to itself at its temperature, visible units first.
#[derive(Clone, Debug)]
pub struct Equilibrium {
    /// T.
    pub temperature: f64,
    /// ⟨E⟩.
    pub energy_mean: f64,
    /// Entropy, in nats.
    pub entropy: f64,
    /// −T ln Z.
    pub free_energy: f64,
    /// ⟨x_i⟩, in the values that units have.
    pub mean: Vec<f64>,
    /// ⟨x_i x_j⟩ of all pairs i < j.
    pub pair: Vec<(usize, usize, f64)>,
    /// What is had without looking at all states.
    pub estimates: Vec<Estimate>,
    /// The likeliest completion of what is known of the start, as text, and its probability; none if all is known.
    pub completion: Option<(String, f64)>,
}

/// Means without looking at all states.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// The way: `mean_field` or `tap`.
    pub way: &'static str,
    /// ⟨x_i⟩.
    pub mean: Vec<f64>,
    /// What it has for −T ln Z.
    pub free_energy: f64,
    /// Whether its equations were solved.
    pub converged: bool,
}

/// Changes of weights and biases.
#[derive(Clone, Debug)]
pub struct Changes {
    /// A row a hidden unit; of a machine with any links a row a unit.
    pub weights: Vec<Vec<f64>>,
    /// Of the visible, then of the hidden units.
    pub biases: Vec<f64>,
    /// Of the logarithms of the visible units' variances, if they have any.
    pub log_variances: Vec<f64>,
}
