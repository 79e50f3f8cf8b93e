//! What a model of interacting units is, in two small traits: how a state is judged ([`Energy`]), and what each unit
//! feels ([`Conditional`]).

/// A model that gives every state an energy.
pub trait Energy {
    /// Number of units, n.
    fn units(&self) -> usize;

    /// Energy of a state of n spins (−1, +1, or 0 for unknown), in the model's units.
    fn energy(&self, spins: &[i8]) -> f64;

    /// Energy after setting unit `i` to `to`, less the energy before.
    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64;
}

/// A model whose units can be asked, one at a time, what they feel from all others.
///
/// The sums behind the fields are kept in a cache that belongs to the state, because a change of one unit alters
/// each of them by one weight: one row addition instead of a matrix product.
pub trait Conditional {
    /// The sums that are kept up to date as units change.
    type Cache: Clone;

    /// Number of units, n.
    fn units(&self) -> usize;

    /// Sums for a state, from scratch.
    fn cache(&self, spins: &[i8]) -> Self::Cache;

    /// Local field of unit `i`, in units of energy: what an update of the unit is decided on. A value that is
    /// nothing but rounding is given as exactly 0, so that ties are ties.
    fn field(&self, spins: &[i8], cache: &Self::Cache, i: usize) -> f64;

    /// The size below which the field of unit `i` is nothing but rounding, in units of energy: fields that differ by
    /// less are the same.
    fn rounding(&self, i: usize) -> f64;

    /// How far one change of another unit can carry the field of unit `i` from the truth by rounding alone, in units of
    /// energy. 0 where the sums stay exact through any number of changes, as sums of whole numbers do: then there is
    /// never a need to take them afresh.
    fn drift(&self, i: usize) -> f64;

    /// Brings the sums up to date after unit `i` went from `from` to what `spins` now says.
    fn changed(&self, spins: &[i8], cache: &mut Self::Cache, i: usize, from: i8);

    /// Energy of a state from the sums that belong to it. Models that can tell it from them sooner than from scratch say
    /// how; it may differ from [`Energy::energy`] by the rounding that changes have left in the sums.
    fn energy_cached(&self, spins: &[i8], cache: &Self::Cache) -> f64
    where
        Self: Energy,
    {
        let _ = cache;
        self.energy(spins)
    }
}
