//! Time that flows: explicit integration of ordinary differential equations.
//!
//! Three methods of Runge and Kutta, for equations `dx/dt = f(x)` whose right side does not name the time:
//!
//! - Euler's, of order 1, to show what a poor integrator does;
//! - the classical one of order 4, at a fixed step;
//! - the pair of orders 5 and 4 of Dormand & Prince, whose step is chosen so that the estimated error of each step stays
//!   within tolerances. An embedded pair rather than steps taken twice over, because its estimate is free: a step of
//!   order 5 with its error costs six velocities, two half steps and a whole one of order 4 cost eleven.
//!
//! # Runs and how they are cut
//! [`Integrator::advance`] ends exactly at the time asked for, by a last step that is made to fit. So the bits of a run
//! depend on where the ends are. Whoever reports at whole intervals calls it once per interval of one fixed length, with
//! whatever steps inside: then the run is the same however many intervals are asked for at a time, and after saving and
//! restoring. [`Integrator::advance_within`] stops anywhere between steps without touching the bits. Each call asks
//! for the velocity at its start anew, so state and flow may be changed between calls.
//!
//! # References
//! J. R. Dormand & P. J. Prince, *A family of embedded Runge–Kutta formulae*, J. Comput. Appl. Math. 6 (1980) 19.
//! Choice of the step: E. Hairer, S. P. Nørsett & G. Wanner, *Solving Ordinary Differential Equations I*, 2nd ed.
//! (1993), II.4, and for stiff flows the memory of the last error, *II*, IV.2 (Gustafsson 1988).

mod control;
mod tableau;

use alloc::vec::Vec;
use core::fmt;

use control::LEAST_ERROR;
use tableau::{Tableau, combine};

/// A field of velocities: `dx/dt = f(x)` for a state of `dimension` numbers.
pub trait Flow {
    /// Numbers in a state, n.
    fn dimension(&self) -> usize;

    /// Writes dx/dt at a state of n numbers into `rate`, which holds n numbers of any value.
    fn velocity(&self, state: &[f64], rate: &mut [f64]);
}

/// How time is cut into steps.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Method {
    /// `x + step · f(x)`.
    Euler {
        /// Length of a step, in units of time.
        step: f64,
    },
    /// The classical method of order 4.
    RungeKutta {
        /// Length of a step, in units of time.
        step: f64,
    },
    /// Orders 5 and 4, with step control: of every number of the state, the error made in one step is estimated to stay
    /// below `absolute + relative · |x|`.
    DormandPrince {
        /// Error allowed as a share of a number's size, 10⁻¹² to 0.1.
        relative: f64,
        /// Error allowed of a number near 0, in units of the state, 10⁻¹⁵ to 1.
        absolute: f64,
    },
}

/// Why a method cannot be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OdeError {
    /// A step that is not a positive number.
    Step(f64),
    /// A relative tolerance outside 10⁻¹² to 0.1.
    Relative(f64),
    /// An absolute tolerance outside 10⁻¹⁵ to 1.
    Absolute(f64),
}

impl fmt::Display for OdeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(step) => {
                write!(f, "the step is {step}; it must be a length of time from 1e-12 to 1e6")
            }
            Self::Relative(value) => write!(f, "the relative tolerance is {value}; allowed is 1e-12 to 0.1"),
            Self::Absolute(value) => write!(f, "the absolute tolerance is {value}; allowed is 1e-15 to 1"),
        }
    }
}

impl core::error::Error for OdeError {}

/// What a call did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// Steps made.
    pub steps: u32,
    /// Steps tried and taken back, because their error was too large.
    pub rejected: u32,
    /// Time that is still to go, exactly 0 at the end.
    pub left: f64,
}

/// A method of integration and what it carries from one step to the next.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Integrator {
    method: Method,
    /// Step that the control would try next; 0 before the first.
    proposal: f64,
    /// Error of the last step, in units of the tolerance.
    error: f64,
    steps: u64,
    rejected: u64,
    /// Velocities of all stages and a state to try, n numbers each.
    #[cfg_attr(feature = "serde", serde(skip))]
    work: Vec<f64>,
}

impl Integrator {
    /// Ready for the first step.
    ///
    /// # Errors
    /// A step or a tolerance out of range.
    pub fn new(method: Method) -> Result<Self, OdeError> {
        match method {
            Method::Euler { step } | Method::RungeKutta { step } if !(1e-12..=1e6).contains(&step) => {
                return Err(OdeError::Step(step));
            }
            Method::DormandPrince { relative, .. } if !(1e-12..=0.1).contains(&relative) => {
                return Err(OdeError::Relative(relative));
            }
            Method::DormandPrince { absolute, .. } if !(1e-15..=1.0).contains(&absolute) => {
                return Err(OdeError::Absolute(absolute));
            }
            _ => {}
        }
        Ok(Self { method, proposal: 0.0, error: LEAST_ERROR, steps: 0, rejected: 0, work: Vec::new() })
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Steps made so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Steps tried and taken back so far.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected
    }

    /// The step that the control would try next, in units of time; 0 before the first, and for fixed steps.
    #[must_use]
    pub fn proposal(&self) -> f64 {
        self.proposal
    }

    /// Forgets the steps made, as before the first one.
    pub fn reset(&mut self) {
        (self.proposal, self.error) = (0.0, LEAST_ERROR);
        (self.steps, self.rejected) = (0, 0);
    }

    /// Carries a state on by exactly `span` units of time. Nothing is done for a span that is not a positive number.
    ///
    /// # Panics
    /// If the state has not as many numbers as the flow: the callers have checked it.
    pub fn advance<F: Flow>(&mut self, flow: &F, state: &mut [f64], span: f64) -> Progress {
        self.advance_within(flow, state, span, u32::MAX)
    }

    /// As [`advance`](Self::advance), but at most `max_steps` steps, tried or made, at least one of them made. To go on,
    /// ask for what is [left](Progress::left): the bits are those of a single call.
    ///
    /// # Panics
    /// As [`advance`](Self::advance).
    pub fn advance_within<F: Flow>(
        &mut self,
        flow: &F,
        state: &mut [f64],
        span: f64,
        max_steps: u32,
    ) -> Progress {
        let n = flow.dimension();
        assert_eq!(state.len(), n, "one number a dimension");
        let mut done = Progress { steps: 0, rejected: 0, left: span };
        if n == 0 || !(span > 0.0 && span.is_finite()) {
            done.left = 0.0;
            return done;
        }
        let tableau = Tableau::of(self.method);
        let mut work = core::mem::take(&mut self.work);
        work.resize((tableau.stages.len() + 2) * n, 0.0);
        let (trial, rates) = work.split_at_mut(n);
        flow.velocity(state, &mut rates[..n]);
        while done.left > 0.0 && (done.steps == 0 || done.steps + done.rejected < max_steps) {
            let step = self.next_step(state, &rates[..n], done.left);
            for (stage, coefficients) in tableau.stages.iter().enumerate() {
                combine(trial, state, step, coefficients, rates);
                let after = (stage + 1) * n;
                flow.velocity(trial, &mut rates[after..after + n]);
            }
            // Where the last stage is the result, `trial` holds it already.
            if !tableau.ends_with_result {
                combine(trial, state, step, tableau.weights, rates);
            }
            if !self.judge(state, trial, rates, step, done.left) {
                done.rejected += 1;
                continue;
            }
            done.steps += 1;
            done.left = if step < done.left { done.left - step } else { 0.0 };
            state.copy_from_slice(trial);
            if tableau.ends_with_result {
                rates.copy_within(tableau.stages.len() * n.., 0);
            } else if done.left > 0.0 {
                flow.velocity(state, &mut rates[..n]);
            }
        }
        self.work = work;
        self.steps += u64::from(done.steps);
        self.rejected += u64::from(done.rejected);
        done
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::math;

    /// A mass on a spring: a turn takes 2π.
    struct Spring;

    impl Flow for Spring {
        fn dimension(&self) -> usize {
            2
        }
        fn velocity(&self, state: &[f64], rate: &mut [f64]) {
            (rate[0], rate[1]) = (state[1], -state[0]);
        }
    }

    /// Two decays, one of them a thousand times faster, towards each other.
    struct Stiff;

    impl Flow for Stiff {
        fn dimension(&self) -> usize {
            2
        }
        fn velocity(&self, state: &[f64], rate: &mut [f64]) {
            (rate[0], rate[1]) = (-state[0], 1000.0 * (state[0] * state[0] - state[1]));
        }
    }

    const TURN: f64 = 2.0 * core::f64::consts::PI;

    fn controlled(relative: f64) -> Integrator {
        Integrator::new(Method::DormandPrince { relative, absolute: relative }).unwrap()
    }

    /// How far from its start a spring is after a turn.
    fn off(mut integrator: Integrator) -> (f64, Integrator) {
        let mut state = [1.0, 0.0];
        let done = integrator.advance(&Spring, &mut state, TURN);
        assert_eq!(done.left, 0.0);
        (math::abs(state[0] - 1.0).max(math::abs(state[1])), integrator)
    }

    #[test]
    fn each_method_has_its_order() {
        let fixed =
            |method: fn(f64) -> Method, steps: f64| off(Integrator::new(method(TURN / steps)).unwrap()).0;
        // Errors known in closed form: e^(πh) − 1, and a phase of 2π h⁴/120.
        for (method, ratio, expected) in [
            ((|step| Method::Euler { step }) as fn(f64) -> Method, 2.0, 0.1037),
            (|step| Method::RungeKutta { step }, 16.0, 5.1e-8),
        ] {
            let (coarse, fine) = (fixed(method, 200.0), fixed(method, 400.0));
            assert!((coarse / fine / ratio - 1.0).abs() < 0.1, "{coarse} {fine}");
            assert!((coarse / expected - 1.0).abs() < 0.02, "{coarse}");
        }
        // Under control the error follows the tolerance, and the steps its fifth root.
        let (rough, few) = off(controlled(1e-5));
        let (close, many) = off(controlled(1e-10));
        assert!(rough < 1e-4 && close < 1e-9, "{rough} {close}");
        let ratio = many.steps() as f64 / few.steps() as f64;
        assert!((6.0..12.0).contains(&ratio), "{ratio}");
    }

    #[test]
    fn fixed_steps_are_counted_and_the_last_one_fits() {
        let mut integrator = Integrator::new(Method::RungeKutta { step: 0.1 }).unwrap();
        let mut state = [1.0, 0.0];
        assert_eq!(
            integrator.advance(&Spring, &mut state, 1.0),
            Progress { steps: 10, rejected: 0, left: 0.0 }
        );
        assert_eq!(integrator.advance(&Spring, &mut state, 0.25).steps, 3);
        assert_eq!(integrator.steps(), 13);
        // cos 1.25, so the short step was taken at its length.
        assert!((state[0] - 0.315_322_362_395_268_6).abs() < 1e-6);
        // No time, no steps.
        for span in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(integrator.advance(&Spring, &mut state, span), Progress::default());
        }
    }

    #[test]
    fn a_run_does_not_depend_on_how_it_is_cut() {
        for method in [
            Method::Euler { step: 0.003 },
            Method::RungeKutta { step: 0.003 },
            Method::DormandPrince { relative: 1e-6, absolute: 1e-9 },
        ] {
            let run = |pieces: Option<u32>| {
                let mut integrator = Integrator::new(method).unwrap();
                let mut state = vec![1.0, 0.0];
                for _ in 0..7 {
                    let mut left = 0.125;
                    while left > 0.0 {
                        left = integrator
                            .advance_within(&Stiff, &mut state, left, pieces.unwrap_or(u32::MAX))
                            .left;
                        if pieces.is_some() {
                            // As if saved and restored.
                            integrator.work = Vec::new();
                        }
                    }
                }
                (state, integrator.steps(), integrator.rejected())
            };
            let whole = run(None);
            assert_eq!(run(Some(1)), whole);
            assert_eq!(run(Some(5)), whole);
            let slow = math::exp(-0.875);
            // y → x² with a lag: y' = 1000 (x² − y) and x² decays at 2, so y = x² · 1000/998.
            let tolerance = if matches!(method, Method::Euler { .. }) { 2e-3 } else { 1e-6 };
            assert!((whole.0[0] - slow).abs() < tolerance, "{method:?} {:?}", whole.0);
            if matches!(method, Method::DormandPrince { .. }) {
                assert!((whole.0[1] - slow * slow * 1000.0 / 998.0).abs() < 1e-5, "{:?}", whole.0);
                assert!(whole.2 > 0, "nothing was ever taken back");
            }
        }
    }

    #[test]
    fn a_flow_that_is_no_number_ends() {
        struct Broken;
        impl Flow for Broken {
            fn dimension(&self) -> usize {
                1
            }
            fn velocity(&self, state: &[f64], rate: &mut [f64]) {
                rate[0] = if state[0] > 0.5 { f64::NAN } else { 1.0 };
            }
        }
        let mut state = [0.0];
        let done = controlled(1e-6).advance(&Broken, &mut state, 10.0);
        assert!(done.left == 0.0 && done.steps + done.rejected < 1000, "{done:?}");
    }

    #[test]
    fn steps_and_tolerances_out_of_range_are_refused() {
        assert_eq!(Integrator::new(Method::Euler { step: 0.0 }).unwrap_err(), OdeError::Step(0.0));
        assert!(matches!(Integrator::new(Method::RungeKutta { step: f64::NAN }), Err(OdeError::Step(_))));
        let pair = |relative, absolute| Integrator::new(Method::DormandPrince { relative, absolute });
        assert_eq!(pair(0.0, 1e-6).unwrap_err(), OdeError::Relative(0.0));
        assert_eq!(pair(1e-6, 2.0).unwrap_err(), OdeError::Absolute(2.0));
        assert_eq!(
            alloc::format!("{}", OdeError::Relative(0.5)),
            "the relative tolerance is 0.5; allowed is 1e-12 to 0.1"
        );
    }
}
