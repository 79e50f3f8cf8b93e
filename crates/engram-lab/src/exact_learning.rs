//! What a small machine that learns believes, exactly, and where learning would lead it.

/// Everything that enumeration tells of a small machine that learns from pictures.
#[derive(Clone, Debug)]
pub struct LearningReport {
    /// ln Z.
    pub ln_z: f64,
    /// Mean log-likelihood of the pictures that it learns from, in nats a picture.
    pub log_likelihood: f64,
    /// How far the machine's distribution is from that of the pictures: `Σ q ln(q / p)`, in nats.
    pub divergence: f64,
    /// Free energies of the pictures, in order, where there is such a thing.
    pub free_energies: Vec<f64>,
    /// The gradient of the mean log-likelihood.
    pub gradient: Changes,
    /// What so many steps of a sampler would teach in its place, on average over all draws, if that was asked for.
    pub expected: Option<(u32, Changes)>,
    /// Every visible state, as text, with its probability; of machines of few visible units.
    pub distribution: Vec<(String, f64)>,
}

/// Changes of weights and biases.
#[derive(Clone, Debug)]
pub struct Changes {
    /// A row a hidden unit.
    pub weights: Vec<Vec<f64>>,
    /// Of the visible, then of the hidden units.
    pub biases: Vec<f64>,
}
