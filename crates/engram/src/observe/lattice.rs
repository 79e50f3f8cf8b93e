//! What can be measured of a lattice.

use alloc::vec::Vec;
use core::f64::consts::{FRAC_PI_2, PI};

use crate::math;
use crate::models::ising::Packed;

/// Mean product `C(r) = ⟨s_(x,y) s_(x,y+r)⟩` of cells that are `distance` rows apart, over the state: 1 at distance 0. On
/// free edges of the pairs that there are, and 0 if there are none.
#[must_use]
pub fn correlation(state: &Packed, distance: usize) -> f64 {
    let (sum, count) = state.products(distance);
    sum as f64 / count.max(1) as f64
}

/// The longest wave that fits down a lattice, and how strongly a state follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    /// cos and sin of `2π y / height`, one pair a row.
    rows: Vec<[f64; 2]>,
}

impl Wave {
    /// Of a lattice of so many rows.
    #[must_use]
    pub fn new(height: usize) -> Self {
        let of = |y: usize| {
            let angle = 2.0 * PI * y as f64 / height as f64;
            [math::sin(angle + FRAC_PI_2), math::sin(angle)]
        };
        Self { rows: (0..height).map(of).collect() }
    }

    /// Structure factor `F = |Σ s exp(2πi y / height)|² / n` of a state of n spins.
    #[must_use]
    pub fn strength(&self, state: &Packed) -> f64 {
        let [mut real, mut imaginary] = [0.0; 2];
        for (y, [cos, sin]) in self.rows.iter().enumerate() {
            let sum = state.row_sum(y) as f64;
            real += sum * cos;
            imaginary += sum * sin;
        }
        (real * real + imaginary * imaginary) / state.lattice().cells() as f64
    }

    /// Second-moment correlation length `ξ = √(S/F − 1) / (2 sin(π / height))` in cells, from the mean structure factors
    /// `S = n ⟨m²⟩` of the whole and F of the wave (F. Cooper, B. Freedman & D. Preston, Nucl. Phys. B 210 (1982) 210). Below
    /// T_c, where S grows with the lattice, it is longer than any pattern. Not a number on fewer than two rows, or where
    /// S < F.
    #[must_use]
    pub fn correlation_length(&self, whole: f64, wave: f64) -> f64 {
        let height = self.rows.len();
        if height < 2 || wave <= 0.0 || whole < wave {
            return f64::NAN;
        }
        math::sqrt(whole / wave - 1.0) / (2.0 * math::sin(PI / height as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::{Edges, Lattice};

    fn stripes(edges: Edges) -> Packed {
        let lattice = Lattice::new(5, 8, edges).unwrap();
        let spins: Vec<i8> = (0..40).map(|cell| if cell / 5 % 8 < 4 { 1 } else { -1 }).collect();
        Packed::new(lattice, &spins)
    }

    #[test]
    fn correlation_of_two_halves() {
        let state = stripes(Edges::Periodic);
        let found: Vec<f64> = (0..5).map(|r| correlation(&state, r)).collect();
        assert_eq!(found, [1.0, 0.5, 0.0, -0.5, -1.0]);
        let state = stripes(Edges::Free);
        assert_eq!([1, 7, 8].map(|r| correlation(&state, r)), [5.0 / 7.0, -1.0, 0.0]);
    }

    #[test]
    fn the_longest_wave_is_strong_where_there_are_two_halves() {
        let wave = Wave::new(8);
        let state = stripes(Edges::Periodic);
        // |Σ_y ± exp(2πi y/8)| = 2/sin(π/8), times five cells a row.
        let expected = 25.0 * 4.0 / (math::sin(PI / 8.0) * math::sin(PI / 8.0)) / 40.0;
        assert!((wave.strength(&state) - expected).abs() < 1e-9);
        assert!((wave.correlation_length(5.0, 1.0) - 1.0 / math::sin(PI / 8.0)).abs() < 1e-12);
        assert!(
            wave.correlation_length(1.0, 2.0).is_nan() && Wave::new(1).correlation_length(2.0, 1.0).is_nan()
        );
    }
}
