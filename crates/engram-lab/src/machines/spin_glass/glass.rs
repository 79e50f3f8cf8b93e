//! The glass of a setup, of whichever kind.

use engram::energy::{Conditional, Energy};
use engram::models::hopfield::Hopfield;
use engram::models::spin_glass::{Boundary, Couplings, EdwardsAnderson, sherrington_kirkpatrick};
use engram::observe::{Contribution, Explanation};
use engram::order::sort_by;
use engram::rng::{Rng, Stream};

use super::describe::{BOUNDARY, COUPLINGS, FULL, KIND, SAMPLE};
use crate::LabError;
use crate::setup::Setup;

/// A spin glass.
pub enum Glass {
    /// Neighbours pull on each other.
    Lattice(EdwardsAnderson),
    /// All do.
    Full(Hopfield<f64>),
}

/// Does the same with either kind.
macro_rules! either {
    ($glass:expr, $net:ident => $what:expr) => {
        match $glass {
            Glass::Lattice($net) => $what,
            Glass::Full($net) => $what,
        }
    };
}

impl Glass {
    /// Of a checked setup; its couplings are drawn from the seed, or are those of a sample by number.
    ///
    /// # Errors
    /// What it cannot be.
    pub fn make(setup: &Setup) -> Result<Self, LabError> {
        let (width, height) = (setup.resolved.width, setup.resolved.height);
        let values = &setup.values;
        let mut rng = match values.number(SAMPLE) as u64 {
            0 => Rng::new(setup.spec.seed, Stream::Couplings, 0),
            sample => Rng::new(sample, Stream::Couplings, 1),
        };
        let made = if values.word(KIND) == FULL {
            sherrington_kirkpatrick(width * height, &mut rng).map(Self::Full)
        } else {
            let couplings = match values.word(COUPLINGS) {
                "gaussian" => Couplings::Gaussian,
                _ => Couplings::PlusMinus,
            };
            let boundary = match values.word(BOUNDARY) {
                "free" => Boundary::Free,
                _ => Boundary::Periodic,
            };
            EdwardsAnderson::random(width, height, boundary, couplings, &mut rng).map(Self::Lattice)
        };
        made.map_err(|error| LabError::new("params", error))
    }

    /// Whether two setups of one size have the same glass.
    pub fn is_same(setup: &Setup, other: &Setup) -> bool {
        let same = |key: &str| setup.values.get(key) == other.values.get(key);
        let lattice = setup.values.word(KIND) != FULL;
        same(KIND)
            && same(SAMPLE)
            && (setup.values.number(SAMPLE) != 0.0 || setup.spec.seed == other.spec.seed)
            && (!lattice || same(COUPLINGS) && same(BOUNDARY))
    }

    /// Coupling of two units.
    pub fn coupling(&self, i: usize, j: usize) -> f64 {
        match self {
            Self::Lattice(net) => net.neighbours(i).find(|&(other, _)| other == j).map_or(0.0, |(_, j)| j),
            Self::Full(net) => net.weights().get(i, j),
        }
    }

    /// Writes down the couplings of a unit with each.
    pub fn couplings_of(&self, unit: usize, to: &mut [f64]) {
        to.iter_mut().enumerate().for_each(|(other, coupling)| *coupling = self.coupling(unit, other));
    }

    /// The field of a unit taken apart.
    pub fn explain(&self, spins: &[i8], cache: &Vec<f64>, unit: usize) -> Explanation {
        let net = match self {
            Self::Lattice(net) => net,
            Self::Full(net) => return Explanation::new(net, spins, cache, unit),
        };
        let term = |(other, weight): (usize, f64)| Contribution {
            unit: other,
            weight,
            state: spins[other],
            value: weight * f64::from(spins[other]),
        };
        let mut contributions: Vec<_> = net.neighbours(unit).map(term).collect();
        contributions.retain(|term| term.value != 0.0);
        sort_by(&mut contributions, |a, b| b.value.abs().total_cmp(&a.value.abs()).then(a.unit.cmp(&b.unit)));
        Explanation { field: net.field(spins, cache, unit), bias: 0.0, contributions }
    }

    /// The square whose upper left corner a unit is: −1 if it is frustrated, +1 if not, 0 if there is none; none at all
    /// where everybody pulls on everybody.
    pub fn plaquette(&self, unit: usize) -> Option<i8> {
        match self {
            Self::Lattice(net) => Some(net.plaquette(unit)),
            Self::Full(_) => None,
        }
    }
}

impl Energy for Glass {
    fn units(&self) -> usize {
        either!(self, net => Energy::units(net))
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        either!(self, net => net.energy(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        either!(self, net => net.delta(spins, i, to))
    }
}

impl Conditional for Glass {
    type Cache = Vec<f64>;

    fn units(&self) -> usize {
        either!(self, net => Conditional::units(net))
    }

    fn cache(&self, spins: &[i8]) -> Vec<f64> {
        either!(self, net => net.cache(spins))
    }

    #[inline]
    fn field(&self, spins: &[i8], cache: &Vec<f64>, i: usize) -> f64 {
        either!(self, net => net.field(spins, cache, i))
    }

    fn rounding(&self, i: usize) -> f64 {
        either!(self, net => net.rounding(i))
    }

    fn drift(&self, i: usize) -> f64 {
        either!(self, net => net.drift(i))
    }

    #[inline]
    fn changed(&self, spins: &[i8], cache: &mut Vec<f64>, i: usize, from: i8) {
        either!(self, net => net.changed(spins, cache, i, from));
    }

    fn energy_cached(&self, spins: &[i8], cache: &Vec<f64>) -> f64 {
        either!(self, net => Conditional::energy_cached(net, spins, cache))
    }
}
