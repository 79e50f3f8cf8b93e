//! Named arrays of numbers: what was learned, as files hold it.

use crate::LabError;

/// An array of numbers with a name and a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Its name.
    pub name: String,
    /// Length of each dimension, the slowest first; of a vector one, of a single number none.
    pub shape: Vec<usize>,
    /// Its numbers, the last dimension running fastest.
    pub values: Vec<f64>,
}

impl Array {
    /// An array whose numbers fill its shape.
    ///
    /// # Panics
    /// They do not.
    #[must_use]
    pub fn new(name: &str, shape: &[usize], values: Vec<f64>) -> Self {
        assert_eq!(shape.iter().product::<usize>(), values.len(), "numbers of '{name}'");
        Self { name: name.to_owned(), shape: shape.to_vec(), values }
    }
}

/// Arrays that were given, by name.
pub struct Arrays<'a>(pub &'a [Array]);

impl<'a> Arrays<'a> {
    /// The array of this name, of whatever shape.
    ///
    /// # Errors
    /// There is none, or a number in it is none.
    pub fn get(&self, name: &str) -> Result<&'a Array, LabError> {
        let Some(array) = self.0.iter().find(|array| array.name == name) else {
            let there: Vec<_> = self.0.iter().map(|array| array.name.as_str()).collect();
            let there = if there.is_empty() { "nothing".to_owned() } else { there.join(", ") };
            return Err(LabError::new(name, format_args!("this array is missing; there is {there}")));
        };
        if let Some(at) = array.values.iter().position(|value| !value.is_finite()) {
            let message = format!("number {at} is {}: numbers must be finite", array.values[at]);
            return Err(LabError::new(name, message));
        }
        Ok(array)
    }

    /// The numbers of the array of this name, which has this shape.
    ///
    /// # Errors
    /// There is none, it has another shape, or a number in it is none.
    pub fn of_shape(&self, name: &str, shape: &[usize]) -> Result<&'a [f64], LabError> {
        let array = self.get(name)?;
        if array.shape != shape {
            let message = format!("has the shape {:?}; this machine needs {shape:?}", array.shape);
            return Err(LabError::new(name, message));
        }
        Ok(&array.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_misshapen_is_named() {
        let all = [Array::new("weights", &[2, 1], vec![1.0, f64::NAN]), Array::new("bias", &[1], vec![0.5])];
        let arrays = Arrays(&all);
        let says = |error: LabError| error.to_string();
        assert!(says(arrays.get("scale").unwrap_err()).contains("there is weights, bias"));
        assert!(says(arrays.get("weights").unwrap_err()).contains("number 1 is NaN"));
        assert!(
            says(arrays.of_shape("bias", &[2]).unwrap_err()).contains("shape [1]; this machine needs [2]")
        );
        assert_eq!(arrays.of_shape("bias", &[1]).unwrap(), [0.5]);
    }
}
