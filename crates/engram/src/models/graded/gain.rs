//! What a graded unit makes of its input: four sigmoids, each with its inverse and the integral of that.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2, LN_2};
use core::fmt;
use core::ops::RangeInclusive;

use crate::math;

/// Gains λ that can be asked for.
pub const STEEPNESS: RangeInclusive<f64> = 1e-6..=1e6;

/// Further down the logistic stands still at 10⁻³⁰⁴: numbers that are smaller yet make processors many times slower.
const LEAST_ARGUMENT: f64 = -700.0;

/// The form of a sigmoid, written for λ = 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Shape {
    /// `(2/π) atan(πx/2)`, from −1 to 1: the one of Hopfield 1984, with long tails.
    #[default]
    Arctangent,
    /// `tanh x`, from −1 to 1: the mean of a ±1 unit at temperature T in a field h for x = h/T.
    Tanh,
    /// `σ(x) = 1/(1 + e^−x)`, from 0 to 1: the mean of a {0, 1} unit. Hopfield & Tank's `½(1 + tanh(u/u0))` is the one of
    /// λ = 2/u0.
    Logistic,
    /// `2σ(x) − 1 = tanh(x/2)`, from −1 to 1: the logistic of a net that was drawn up for {0, 1} in a net of ±1.
    SignedLogistic,
}

/// A gain that cannot be used: λ outside [`STEEPNESS`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GainError(pub f64);

impl fmt::Display for GainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the gain is {}; it must be a number from 1e-6 to 1e6", self.0)
    }
}

impl core::error::Error for GainError {}

/// A unit's curve from input u to output V: `V = g(λu)`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Gain {
    shape: Shape,
    steepness: f64,
}

impl Gain {
    /// A curve of this form and this λ.
    ///
    /// # Errors
    /// λ outside [`STEEPNESS`].
    pub fn new(shape: Shape, steepness: f64) -> Result<Self, GainError> {
        if STEEPNESS.contains(&steepness) { Ok(Self { shape, steepness }) } else { Err(GainError(steepness)) }
    }

    /// Its form.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// λ, in outputs per unit of input.
    #[must_use]
    pub fn steepness(&self) -> f64 {
        self.steepness
    }

    /// The least and the greatest output; neither is ever reached but by rounding.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        if self.shape == Shape::Logistic { (0.0, 1.0) } else { (-1.0, 1.0) }
    }

    /// An output as a number from −1 to 1.
    #[must_use]
    pub fn signed(&self, output: f64) -> f64 {
        if self.shape == Shape::Logistic { 2.0 * output - 1.0 } else { output }
    }

    /// The output that [`signed`](Self::signed) turns into this.
    #[must_use]
    pub fn of_signed(&self, signed: f64) -> f64 {
        if self.shape == Shape::Logistic { 0.5 * (1.0 + signed) } else { signed }
    }

    /// Output V = g(λu).
    #[inline]
    #[must_use]
    pub fn output(&self, input: f64) -> f64 {
        let x = self.steepness * input;
        match self.shape {
            Shape::Arctangent => FRAC_2_PI * math::atan(FRAC_PI_2 * x),
            Shape::Tanh => math::tanh(x),
            Shape::Logistic => math::sigmoid(x.max(LEAST_ARGUMENT)),
            Shape::SignedLogistic => math::tanh(0.5 * x),
        }
    }

    /// dV/du at an input. It is greatest at 0 and falls to both sides.
    #[must_use]
    pub fn slope(&self, input: f64) -> f64 {
        let x = self.steepness * math::abs(input);
        // σ(x)(1 − σ(x)), which does not cancel in the tails.
        let bell = |x: f64| {
            let e = math::exp(-x);
            e / ((1.0 + e) * (1.0 + e))
        };
        self.steepness
            * match self.shape {
                Shape::Arctangent => 1.0 / (1.0 + FRAC_PI_2 * x * (FRAC_PI_2 * x)),
                Shape::Tanh => 4.0 * bell(2.0 * x),
                Shape::Logistic => bell(x),
                Shape::SignedLogistic => 2.0 * bell(x),
            }
    }

    /// Input u = g⁻¹(V)/λ that has this output. Outputs at the ends of the range or beyond count as the last number
    /// before the end.
    #[must_use]
    pub fn input(&self, output: f64) -> f64 {
        let output = self.inside(output);
        let x = match self.shape {
            Shape::Arctangent if math::abs(output) <= 0.5 => FRAC_2_PI * math::tan(FRAC_PI_2 * output),
            // Of what is left to ±1, which is exact: π/2 itself is not a number of the machine.
            Shape::Arctangent => sign(output) * FRAC_2_PI / math::tan(FRAC_PI_2 * (1.0 - math::abs(output))),
            Shape::Tanh => math::atanh(output),
            Shape::Logistic => math::ln(output) - math::ln_1p(-output),
            Shape::SignedLogistic => 2.0 * math::atanh(output),
        };
        x / self.steepness
    }

    /// `∫_0^V u dV`, the price of an output: what the leak adds to the energy for R = 1, in units of energy. Taken from 0
    /// for {0, 1} units too, where it is negative in between. Outputs at the ends of the range or beyond count as the last
    /// number before the end (the price of the arctangent grows without bound there).
    ///
    /// With λ = 1: `−(4/π²) ln cos(πV/2)` · `½[(1+V) ln(1+V) + (1−V) ln(1−V)]` · `V ln V + (1−V) ln(1−V)` · twice the
    /// second.
    #[must_use]
    pub fn price(&self, output: f64) -> f64 {
        let v = self.inside(output);
        let price = match self.shape {
            Shape::Arctangent => {
                let ln_cos = if math::abs(v) <= 0.5 {
                    let sine = math::sin(FRAC_PI_2 * v);
                    0.5 * math::ln_1p(-sine * sine)
                } else {
                    math::ln(math::sin(FRAC_PI_2 * (1.0 - math::abs(v))))
                };
                -FRAC_2_PI * FRAC_2_PI * ln_cos
            }
            Shape::Tanh => 0.5 * signed_entropy(v),
            Shape::Logistic => v * math::ln(v) + (1.0 - v) * math::ln_1p(-v),
            Shape::SignedLogistic => signed_entropy(v),
        };
        price / self.steepness
    }

    /// [`price`](Self::price) of the output that an input has, right where the output itself is 1 but for rounding.
    #[must_use]
    pub fn price_of_input(&self, input: f64) -> f64 {
        let x = self.steepness * input;
        // ∫ of tanh⁻¹ up to tanh y: y tanh y − ln cosh y.
        let of_tanh = |y: f64| {
            let y = math::abs(y);
            let e = math::exp(-2.0 * y);
            LN_2 - math::ln_1p(e) - 2.0 * y * e / (1.0 + e)
        };
        let price = match self.shape {
            // cos(atan y) = 1/√(1 + y²), and y² may be too large a number.
            Shape::Arctangent => {
                let y = FRAC_PI_2 * math::abs(x);
                let ln = if y < 1e9 { 0.5 * math::ln_1p(y * y) } else { math::ln(y) };
                FRAC_2_PI * FRAC_2_PI * ln
            }
            Shape::Tanh => of_tanh(x),
            // V ln V + (1 − V) ln(1 − V) lies ln 2 below the same for ±1.
            Shape::Logistic => of_tanh(0.5 * x) - LN_2,
            Shape::SignedLogistic => 2.0 * of_tanh(0.5 * x),
        };
        price / self.steepness
    }

    /// The nearest output that some input has.
    fn inside(&self, output: f64) -> f64 {
        const LAST: f64 = 1.0 - 0.5 * f64::EPSILON;
        match self.shape {
            Shape::Logistic => output.clamp(math::sigmoid(LEAST_ARGUMENT), LAST),
            _ => output.clamp(-LAST, LAST),
        }
    }
}

/// (1 + V) ln(1 + V) + (1 − V) ln(1 − V).
fn signed_entropy(v: f64) -> f64 {
    (1.0 + v) * math::ln_1p(v) + (1.0 - v) * math::ln_1p(-v)
}

/// ±1.
fn sign(x: f64) -> f64 {
    if x < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [Shape; 4] = [Shape::Arctangent, Shape::Tanh, Shape::Logistic, Shape::SignedLogistic];

    /// Gauss–Legendre of five points on each of many pieces.
    fn quadrature(f: impl Fn(f64) -> f64, from: f64, to: f64, pieces: u32) -> f64 {
        let nodes = [
            (0.0, 128.0 / 225.0),
            (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
            (0.906_179_845_938_664, 0.236_926_885_056_189_08),
        ];
        let half = 0.5 * (to - from) / f64::from(pieces);
        (0..pieces)
            .map(|k| {
                let middle = from + (2.0 * f64::from(k) + 1.0) * half;
                nodes
                    .iter()
                    .map(|&(x, w)| {
                        let once = f(middle + half * x);
                        if x == 0.0 { w * once } else { w * (once + f(middle - half * x)) }
                    })
                    .sum::<f64>()
                    * half
            })
            .sum()
    }

    #[test]
    fn the_price_is_the_integral_of_the_inverse() {
        for shape in SHAPES {
            for steepness in [0.3, 1.4, 50.0] {
                let gain = Gain::new(shape, steepness).unwrap();
                for signed in [-0.98, -0.5, -0.1, 1e-3, 0.3, 0.500_1, 0.9] {
                    // For {0, 1} from the middle, whose price is known: the inverse is infinite at 0.
                    let (from, to) = (gain.of_signed(0.0), gain.of_signed(signed));
                    let start = if shape == Shape::Logistic { -LN_2 / steepness } else { 0.0 };
                    let found = start + quadrature(|v| gain.input(v), from, to, 400);
                    let closed = gain.price(to);
                    assert!(
                        (found - closed).abs() < 1e-12,
                        "{shape:?} {steepness} {signed}: {found} {closed}"
                    );
                    let input = gain.price_of_input(gain.input(to));
                    assert!(
                        (input - closed).abs() < 1e-12,
                        "{shape:?} {steepness} {signed}: {input} {closed}"
                    );
                }
            }
        }
        // The reference number: Hopfield's gain at 1.4, V = ½.
        let price = Gain::new(Shape::Arctangent, 1.4).unwrap().price(0.5);
        assert!((price - 0.100_329_275_389_546_96).abs() < 1e-15, "{price}");
    }

    #[test]
    fn the_inverse_undoes_and_the_slope_is_the_derivative() {
        for shape in SHAPES {
            let gain = Gain::new(shape, 2.5).unwrap();
            for k in -60..=60 {
                let u = 0.05 * f64::from(k);
                let v = gain.output(u);
                assert!(
                    (gain.input(v) - u).abs() < 1e-11 * (1.0 + u.abs()) / gain.slope(u).min(1.0),
                    "{shape:?} {u}"
                );
                let step = 1e-5;
                let slope = (gain.output(u + step) - gain.output(u - step)) / (2.0 * step);
                assert!((gain.slope(u) - slope).abs() < 1e-8, "{shape:?} {u}");
                assert!((gain.of_signed(gain.signed(v)) - v).abs() < 1e-16);
            }
        }
    }

    #[test]
    fn all_forms_but_the_logistic_have_their_slope_for_a_small_input() {
        let slope = |shape| Gain::new(shape, 3.0).unwrap().slope(0.0);
        assert_eq!(SHAPES.map(slope), [3.0, 3.0, 0.75, 1.5]);
        // The two logistics are one curve: (V + 1)/2.
        let (plain, signed) =
            (Gain::new(Shape::Logistic, 3.0).unwrap(), Gain::new(Shape::SignedLogistic, 3.0).unwrap());
        assert!(
            (0..20)
                .map(|k| 0.1 * f64::from(k))
                .all(|u| { (plain.output(u) - 0.5 * (1.0 + signed.output(u))).abs() < 1e-15 })
        );
    }

    #[test]
    fn the_ends_of_the_range_are_numbers() {
        for shape in SHAPES {
            let gain = Gain::new(shape, 1.0).unwrap();
            let (least, most) = gain.range();
            for v in [least, most, -7.0, 7.0, f64::INFINITY] {
                assert!(gain.input(v).abs() >= 18.0 && gain.input(v).abs() < 1e17, "{shape:?} {v}");
                // Hopfield's price at the last number before 1: −(4/π²) ln sin(2^−54 π).
                let highest = if shape == Shape::Arctangent { 14.9 } else { 2.0 * LN_2 + 1e-12 };
                assert!((-1e-12..highest).contains(&gain.price(v)), "{shape:?} {v} {}", gain.price(v));
            }
            for u in [1e300, -1e300] {
                assert!(gain.slope(u) < 1e-100 && (-1e-12..300.0).contains(&gain.price_of_input(u)));
            }
        }
        // Where the output is 1 to the last bit the price still tells inputs apart.
        let gain = Gain::new(Shape::Arctangent, 1.0).unwrap();
        assert!(gain.price_of_input(1e18) > gain.price_of_input(1e17) + 0.9);
    }

    #[test]
    fn gains_out_of_range_are_refused() {
        for steepness in [0.0, -1.0, 1e7, f64::NAN] {
            assert!(Gain::new(Shape::Tanh, steepness).is_err());
        }
        assert_eq!(
            alloc::format!("{}", GainError(0.0)),
            "the gain is 0; it must be a number from 1e-6 to 1e6"
        );
    }
}
