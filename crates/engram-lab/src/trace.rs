//! The series behind the charts: thinned as it grows, so that a million steps weigh what a thousand do.

use std::collections::VecDeque;

/// Most rows kept.
const MAX_ROWS: usize = 1024;

/// One row: a moment and the values at it.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    time: u64,
    values: Vec<f32>,
}

/// Values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    rows: VecDeque<Row>,
    /// A row is wanted at every multiple of this.
    gap: u64,
}

impl Default for Trace {
    fn default() -> Self {
        Self { rows: VecDeque::new(), gap: 1 }
    }
}

impl Trace {
    /// The next moment after `time` at which a row is wanted.
    #[must_use]
    pub fn next_after(&self, time: u64) -> u64 {
        (time / self.gap + 1) * self.gap
    }

    /// Whether there is a row at this moment or after it.
    #[must_use]
    pub fn reaches(&self, time: u64) -> bool {
        self.rows.back().is_some_and(|row| row.time >= time)
    }

    /// Adds a row; one at the same moment is replaced, later ones are dropped.
    pub fn push(&mut self, time: u64, values: Vec<f32>) {
        self.truncate(time);
        if self.rows.back().is_some_and(|row| row.time == time) {
            self.rows.pop_back();
        }
        self.rows.push_back(Row { time, values });
        if self.rows.len() > MAX_ROWS {
            self.gap *= 2;
            let (gap, last) = (self.gap, time);
            self.rows.retain(|row| row.time % gap == 0 || row.time == last);
        }
    }

    /// Drops rows after a moment.
    pub fn truncate(&mut self, time: u64) {
        while self.rows.back().is_some_and(|row| row.time > time) {
            self.rows.pop_back();
        }
    }

    /// Keeps only the first `count` values of every row.
    pub fn forget_values_after(&mut self, count: usize) {
        self.rows.iter_mut().for_each(|row| row.values.truncate(count));
    }

    /// All rows side by side: time, then `columns` values each, NaN where a row has none.
    #[must_use]
    pub fn flat(&self, columns: usize) -> Vec<f32> {
        let mut flat = Vec::with_capacity(self.rows.len() * (columns + 1));
        for row in &self.rows {
            flat.push(row.time as f32);
            flat.extend((0..columns).map(|k| row.values.get(k).copied().unwrap_or(f32::NAN)));
        }
        flat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_rows_stay_few_and_keep_their_ends() {
        let mut trace = Trace::default();
        let mut time = 0;
        trace.push(0, vec![0.0]);
        while time < 1_000_000 {
            time = trace.next_after(time).min(1_000_000);
            trace.push(time, vec![time as f32]);
        }
        let flat = trace.flat(1);
        assert!(flat.len() <= 2 * (MAX_ROWS + 1) && flat.len() > MAX_ROWS / 2);
        assert_eq!((flat[0], flat[flat.len() - 2]), (0.0, 1_000_000.0));
    }

    #[test]
    fn rows_without_a_value_show_none() {
        let mut trace = Trace::default();
        trace.push(0, vec![1.0]);
        trace.push(1, vec![2.0, 3.0]);
        let flat = trace.flat(2);
        assert!(flat[2].is_nan());
        assert_eq!(flat[3..], [1.0, 2.0, 3.0]);
    }
}
