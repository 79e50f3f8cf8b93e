//! The series behind the charts: thinned as it grows, so that a million steps weigh what a thousand do.

use std::collections::VecDeque;
use std::rc::Rc;

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

    /// All rows side by side: time, the first `fixed` values, and then one for each of the memories looked at, `now`;
    /// NaN where a row has none. `then` names the memories that the further values of a row belonged to at its moment.
    #[must_use]
    pub fn flat<'a>(&self, fixed: usize, now: &[u32], then: &dyn Fn(u64) -> &'a Rc<Vec<u32>>) -> Vec<f32> {
        let mut flat = Vec::with_capacity(self.rows.len() * (1 + fixed + now.len()));
        let mut known: Option<(&Rc<Vec<u32>>, Vec<Option<usize>>)> = None;
        for row in &self.rows {
            let memories = then(row.time);
            // Rows between two edits have the same memories.
            let places = match known.take() {
                Some((of, places)) if Rc::ptr_eq(of, memories) => places,
                _ => places(memories, now),
            };
            let value = |k: Option<usize>| k.and_then(|k| row.values.get(k)).copied().unwrap_or(f32::NAN);
            flat.push(row.time as f32);
            flat.extend((0..fixed).map(|k| value(Some(k))));
            flat.extend(places.iter().map(|&place| value(place.map(|k| fixed + k))));
            known = Some((memories, places));
        }
        flat
    }
}

/// Where each of the memories `now` stood among those of `then`.
fn places(then: &[u32], now: &[u32]) -> Vec<Option<usize>> {
    let mut stood = vec![None; then.iter().max().map_or(0, |&id| id as usize + 1)];
    for (k, &id) in then.iter().enumerate() {
        stood[id as usize] = Some(k);
    }
    now.iter().map(|&id| stood.get(id as usize).copied().flatten()).collect()
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
        let none = Rc::default();
        let flat = trace.flat(1, &[], &|_| &none);
        assert!(flat.len() <= 2 * (MAX_ROWS + 1) && flat.len() > MAX_ROWS / 2);
        assert_eq!((flat[0], flat[flat.len() - 2]), (0.0, 1_000_000.0));
    }

    #[test]
    fn values_follow_their_memories_and_rows_without_one_show_none() {
        let mut trace = Trace::default();
        trace.push(0, vec![1.0, 10.0, 11.0]);
        trace.push(1, vec![2.0, 21.0, 20.0, 22.0]);
        let (two, three) = (Rc::new(vec![0, 1]), Rc::new(vec![1, 0, 2]));
        let flat = |now: &[u32]| trace.flat(1, now, &|time| if time == 0 { &two } else { &three });
        assert_eq!(flat(&[0, 1]), [0.0, 1.0, 10.0, 11.0, 1.0, 2.0, 20.0, 21.0]);
        assert_eq!(flat(&[1]), [0.0, 1.0, 11.0, 1.0, 2.0, 21.0]);
        let all = flat(&[1, 0, 2]);
        assert!(all[4].is_nan());
        assert_eq!((&all[..4], &all[5..]), (&[0.0, 1.0, 11.0, 10.0][..], &[1.0, 2.0, 21.0, 20.0, 22.0][..]));
    }
}
