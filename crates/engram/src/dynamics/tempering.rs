//! Parallel tempering (replica exchange).
//!
//! Several replicas of a net run side by side, each at a temperature of its own. Now and then two of neighbouring
//! temperatures change places: the hot ones cross barriers, and what they find cools down to the cold ones. Each
//! temperature keeps its Boltzmann distribution: a swap is accepted with probability
//! `min(1, exp((1/T_i − 1/T_j)(E_i − E_j)))`, which is the Metropolis rule for the product of all of them.
//!
//! R. H. Swendsen & J.-S. Wang, Phys. Rev. Lett. 57 (1986) 2607; C. J. Geyer, *Computing Science and Statistics* 23
//! (1991) 156; K. Hukushima & K. Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604.

mod exchanges;
mod lattice;

use alloc::vec::Vec;
use core::fmt;

pub use exchanges::Exchanges;
pub use lattice::LatticeTempering;

use super::{HeatBath, State, UpdateRule as _};
use crate::energy::{Conditional, Energy};
use crate::math;
use crate::rng::Rng;

/// Most replicas.
pub const MAX_REPLICAS: usize = 64;

/// Rounds after which sums that rounding can have carried off are made afresh.
const REFRESH: u64 = 64;

/// Why replicas could not be set up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TemperingError {
    /// No temperatures, or more than [`MAX_REPLICAS`].
    Replicas(usize),
    /// A temperature that is not a finite number above 0.
    Temperature {
        /// Which, from 0, the coldest.
        rung: usize,
        /// Its value.
        value: f64,
    },
    /// A temperature that is not above the one before.
    Order {
        /// Which, from 0, the coldest.
        rung: usize,
        /// Its value.
        value: f64,
        /// The temperature before.
        before: f64,
    },
}

impl fmt::Display for TemperingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replicas(n) => write!(f, "tempering needs 1 to {MAX_REPLICAS} replicas, not {n}"),
            Self::Temperature { rung, value } => {
                write!(f, "temperature {rung} is {value}; it must be a number above 0")
            }
            Self::Order { rung, value, before } => write!(
                f,
                "temperature {rung} is {value}, not above the one before, {before}; they must rise from the coldest"
            ),
        }
    }
}

impl core::error::Error for TemperingError {}

/// So many temperatures from the coldest to the hottest, each above the one before by the same factor. Where the heat
/// capacity does not depend on the temperature, all neighbours then swap equally often (D. A. Kofke, J. Chem. Phys. 117
/// (2002) 6911). One replica alone has the coldest temperature.
///
/// # Errors
/// No replicas or too many; temperatures that are not above 0, or do not rise.
pub fn ladder(coldest: f64, hottest: f64, replicas: usize) -> Result<Vec<f64>, TemperingError> {
    if replicas == 0 || replicas > MAX_REPLICAS {
        return Err(TemperingError::Replicas(replicas));
    }
    let last = replicas - 1;
    let ends = if last == 0 { alloc::vec![coldest] } else { alloc::vec![coldest, hottest] };
    check(&ends)?;
    let (low, high) = (math::ln(coldest), math::ln(hottest));
    let between = |rung: usize| {
        let part = rung as f64 / last.max(1) as f64;
        math::exp(low * (1.0 - part) + high * part)
    };
    let mut temperatures: Vec<f64> = (0..replicas).map(between).collect();
    // The ends are met to the bit.
    temperatures[last] = hottest;
    temperatures[0] = coldest;
    check(&temperatures)?;
    Ok(temperatures)
}

fn check(temperatures: &[f64]) -> Result<(), TemperingError> {
    if temperatures.is_empty() || temperatures.len() > MAX_REPLICAS {
        return Err(TemperingError::Replicas(temperatures.len()));
    }
    let mut before = 0.0;
    for (rung, &value) in temperatures.iter().enumerate() {
        if !(value.is_finite() && value > 0.0) {
            return Err(TemperingError::Temperature { rung, value });
        }
        if value <= before {
            return Err(TemperingError::Order { rung, value, before });
        }
        before = value;
    }
    Ok(())
}

/// A replica: it keeps its state and moves from temperature to temperature.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Replica<C> {
    state: State<C>,
    /// As of the end of its last sweep.
    energy: f64,
}

/// A temperature and who is there.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Rung {
    temperature: f64,
    rule: HeatBath,
    replica: u32,
}

/// Replicas of one net on a ladder of fixed temperatures, rung 0 the coldest.
///
/// A round is one heat-bath sweep of every replica, from the coldest temperature to the hottest, and then one round of
/// [`Exchanges`]. The model is an argument of every call and must be the same one each time.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tempering<C> {
    rungs: Vec<Rung>,
    replicas: Vec<Replica<C>>,
    exchanges: Exchanges,
    /// The rung whose sweep comes next.
    next: u32,
}

impl<C: Clone> Tempering<C> {
    /// Replicas at these temperatures, the coldest first, each beginning as a copy of one state; what is clamped there
    /// is clamped in all of them.
    ///
    /// # Errors
    /// No temperatures or too many; temperatures that are not finite numbers above 0, or do not rise.
    pub fn new<M>(model: &M, temperatures: &[f64], start: &State<C>) -> Result<Self, TemperingError>
    where
        M: Conditional<Cache = C> + Energy,
    {
        check(temperatures)?;
        let units = start.spins().len();
        let energy = model.energy_cached(start.spins(), start.cache());
        let rung = |(replica, &temperature): (usize, &f64)| Rung {
            temperature,
            rule: HeatBath::new(units, temperature),
            replica: replica as u32,
        };
        Ok(Self {
            rungs: temperatures.iter().enumerate().map(rung).collect(),
            replicas: alloc::vec![Replica { state: start.clone(), energy }; temperatures.len()],
            exchanges: Exchanges::new(temperatures.len()),
            next: 0,
        })
    }

    /// Tosses a fair coin for every unit of every replica that is not clamped.
    pub fn scatter<M: Conditional<Cache = C> + Energy>(&mut self, model: &M, rng: &mut Rng) {
        for replica in &mut self.replicas {
            let clamped = replica.state.clamped().to_vec();
            let mut spins = replica.state.spins().to_vec();
            for (spin, clamped) in spins.iter_mut().zip(&clamped) {
                let coin = rng.spin();
                *spin = if *clamped { *spin } else { coin };
            }
            replica.state = State::restore(spins.clone(), model.cache(&spins), clamped);
            replica.energy = model.energy_cached(&spins, replica.state.cache());
        }
    }

    /// One sweep of one replica, and after the sweep of the last the round of swaps. True if that ended a round.
    pub fn sweep<M: Conditional<Cache = C> + Energy>(&mut self, model: &M, rng: &mut Rng) -> bool {
        let rung = &mut self.rungs[self.next as usize];
        let Replica { state, energy } = &mut self.replicas[rung.replica as usize];
        for _ in 0..rung.rule.sweep_length(state.spins().len()) {
            rung.rule.step(model, state, rng);
        }
        if self.exchanges.rounds() % REFRESH == REFRESH - 1 && !state.is_sure(model) {
            state.refresh(model);
        }
        *energy = model.energy_cached(state.spins(), state.cache());
        self.next += 1;
        if (self.next as usize) < self.rungs.len() {
            return false;
        }
        self.next = 0;
        let replicas = &self.replicas;
        let of = |rung: &Rung| (rung.temperature, replicas[rung.replica as usize].energy);
        let swap = |cold: &mut Rung, hot: &mut Rung| core::mem::swap(&mut cold.replica, &mut hot.replica);
        self.exchanges.round(&mut self.rungs, of, swap, rng);
        true
    }

    /// Sweeps to the end of the round: one of every replica, and the swaps. Many hot units in many replicas take
    /// milliseconds; [`sweep`](Self::sweep) cuts that up.
    pub fn round<M: Conditional<Cache = C> + Energy>(&mut self, model: &M, rng: &mut Rng) {
        while !self.sweep(model, rng) {}
    }

    /// Temperatures, the coldest first.
    pub fn temperatures(&self) -> impl ExactSizeIterator<Item = f64> {
        self.rungs.iter().map(|rung| rung.temperature)
    }

    /// Number of the replica that is at a temperature; replicas are numbered by where they began.
    #[must_use]
    pub fn replica_at(&self, rung: usize) -> usize {
        self.rungs[rung].replica as usize
    }

    /// State at a temperature.
    #[must_use]
    pub fn state(&self, rung: usize) -> &State<C> {
        &self.replicas[self.replica_at(rung)].state
    }

    /// Energy of the state at a temperature, as of the end of its last sweep.
    #[must_use]
    pub fn energy(&self, rung: usize) -> f64 {
        self.replicas[self.replica_at(rung)].energy
    }

    /// Swaps tried and made.
    #[must_use]
    pub fn exchanges(&self) -> &Exchanges {
        &self.exchanges
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::models::hebbian::Hebbian;
    use crate::rng::Stream;

    #[test]
    fn a_ladder_rises_by_one_factor() {
        let rungs = ladder(0.1, 3.0, 5).unwrap();
        assert_eq!((rungs[0], rungs[4], rungs.len()), (0.1, 3.0, 5));
        for pair in rungs.windows(2) {
            assert!((pair[1] / pair[0] - 2.340_347_319_320_716).abs() < 1e-14);
        }
        assert_eq!(ladder(0.5, 9.0, 1).unwrap(), [0.5]);
    }

    #[test]
    fn what_is_no_ladder_is_refused() {
        assert_eq!(ladder(1.0, 2.0, 0).unwrap_err(), TemperingError::Replicas(0));
        assert_eq!(ladder(1.0, 2.0, 65).unwrap_err(), TemperingError::Replicas(65));
        assert_eq!(ladder(0.0, 2.0, 3).unwrap_err(), TemperingError::Temperature { rung: 0, value: 0.0 });
        assert!(matches!(ladder(1.0, f64::NAN, 3), Err(TemperingError::Temperature { rung: 1, .. })));
        let order = TemperingError::Order { rung: 1, value: 1.0, before: 2.0 };
        assert_eq!(ladder(2.0, 1.0, 2).unwrap_err(), order);
        assert_eq!(
            order.to_string(),
            "temperature 1 is 1, not above the one before, 2; they must rise from the coldest"
        );
        // Not room enough between two neighbouring numbers.
        assert!(matches!(ladder(1.0, 1.0 + f64::EPSILON, 3), Err(TemperingError::Order { .. })));
    }

    #[test]
    fn replicas_change_places_and_none_is_lost() {
        let mut rng = Rng::new(3, Stream::Dynamics, 0);
        let net = Hebbian::random(30, 3, 1.0 / 30.0, &mut rng).unwrap();
        let mut start = State::new(&net, net.pattern(0));
        start.clamp(7, true);
        let temperatures = ladder(0.4, 1.5, 5).unwrap();
        let mut tempering = Tempering::new(&net, &temperatures, &start).unwrap();
        tempering.scatter(&net, &mut rng);
        assert!(tempering.temperatures().eq(temperatures));
        let mut visited = [[false; 5]; 5];
        for round in 0..400 {
            for call in 0..5 {
                assert_eq!(tempering.sweep(&net, &mut rng), call == 4);
            }
            assert_eq!(tempering.exchanges().rounds(), round + 1);
            let mut there = [false; 5];
            for rung in 0..5 {
                let state = tempering.state(rung);
                assert_eq!(state.spins()[7], start.spins()[7]);
                assert_eq!(tempering.energy(rung), net.energy(state.spins()));
                there[tempering.replica_at(rung)] = true;
                visited[rung][tempering.replica_at(rung)] = true;
            }
            assert_eq!(there, [true; 5]);
        }
        assert_eq!(visited, [[true; 5]; 5]);
        let swaps = tempering.exchanges().swaps();
        assert!(swaps.iter().all(|pair| pair.proposed == 200), "{swaps:?}");
        assert!(swaps.iter().all(|pair| pair.rate() > 0.2 && pair.rate() < 0.8), "{swaps:?}");
    }
}
