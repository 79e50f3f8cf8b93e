//! Lists of what may fail.

/// What is made of each, or the first error. To `collect` into a `Result` does the same, but is five functions in what
/// the page loads, each time.
///
/// # Errors
/// The first.
pub fn try_each<T, U, E>(
    all: impl IntoIterator<Item = T>,
    mut make: impl FnMut(T) -> Result<U, E>,
) -> Result<Vec<U>, E> {
    let mut made = Vec::new();
    for one in all {
        made.push(make(one)?);
    }
    Ok(made)
}
