//! Numbers as they are printed.

use serde::{Serialize, Serializer};

/// Whole numbers up to here are whole in double precision.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A number: whole ones without a fraction, the others with as many digits as tell them apart, `null` for what is
/// infinite.
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let x = self.0;
        if x == x.trunc() && (-WHOLE..=WHOLE).contains(&x) {
            serializer.serialize_i64(x as i64)
        } else {
            serializer.serialize_f64(x)
        }
    }
}

/// Several numbers.
pub fn numbers(all: &[f64]) -> Vec<Number> {
    all.iter().copied().map(Number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction_and_zero_no_sign() {
        let printed = |x: f64| serde_json::to_string(&Number(x)).unwrap();
        assert_eq!(printed(-28.0), "-28");
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(0.1), "0.1");
        assert_eq!(printed(2.5e-9), "2.5e-9");
        assert_eq!(printed(f64::INFINITY), "null");
    }
}
