//! Why a unit does what it does.

use alloc::vec::Vec;

use crate::energy::Conditional;
use crate::kernel::Real;
use crate::models::hopfield::Hopfield;

/// One term of a unit's field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The unit it comes from; in a net over its patterns, the pattern.
    pub unit: usize,
    /// Weight from there, in units of energy.
    pub weight: f64,
    /// State of that unit; what the pattern is at the unit that feels it.
    pub state: i8,
    /// Weight times state.
    pub value: f64,
}

/// The field of a unit taken apart: `field = bias + Σ value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What an update of the unit is decided on.
    pub field: f64,
    /// The part that comes from no other unit.
    pub bias: f64,
    /// Terms that are not zero, the largest in size first.
    pub contributions: Vec<Contribution>,
}

impl Explanation {
    /// Takes the field of `unit` apart.
    #[must_use]
    pub fn new<T: Real>(net: &Hopfield<T>, spins: &[i8], cache: &Vec<T>, unit: usize) -> Self {
        let terms = spins.iter().enumerate().map(|(j, &s)| (net.weights().get(unit, j), s));
        Self::of_terms(net.field(spins, cache, unit), net.drive()[unit], terms)
    }

    /// Of the weight and state of every term in order.
    #[must_use]
    pub fn of_terms(field: f64, bias: f64, terms: impl Iterator<Item = (f64, i8)>) -> Self {
        let terms: Vec<(f64, i8)> = terms.collect();
        let values: Vec<f64> = terms.iter().map(|&(weight, state)| weight * f64::from(state)).collect();
        let contributions = super::largest_first(&values)
            .into_iter()
            .filter(|&j| values[j] != 0.0)
            .map(|j| Contribution { unit: j, weight: terms[j].0, state: terms[j].1, value: values[j] })
            .collect();
        Self { field, bias, contributions }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::models::hopfield::BiasSign;
    use crate::weights::Weights;

    #[test]
    fn the_terms_add_up_to_the_field_largest_first() {
        let rows = [vec![0.0, 0.5, -2.0], vec![0.5, 0.0, 0.0], vec![-2.0, 0.0, 0.0]];
        let net = Hopfield::<f64>::new(
            Weights::from_rows(&rows).unwrap(),
            vec![0.25, 0.0, 0.0],
            BiasSign::Consistent,
        )
        .unwrap();
        let spins = [1, -1, 1];
        let why = Explanation::new(&net, &spins, &net.cache(&spins), 0);
        assert_eq!(why.field, 0.25 - 0.5 - 2.0);
        assert_eq!(why.contributions.iter().map(|c| c.unit).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(why.bias + why.contributions.iter().map(|c| c.value).sum::<f64>(), why.field);
    }
}
