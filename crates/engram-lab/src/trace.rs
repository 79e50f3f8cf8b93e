//! The series behind the charts: thinned as it grows, so that a million steps weigh what a thousand do.

use std::rc::Rc;

/// Most rows kept, and how few of them are enough where a row is long.
const ROWS: (usize, usize) = (256, 1024);

/// Numbers that rows of middling length may come to together.
const NUMBERS: usize = 1 << 15;

/// One row: a moment and the values at it. Pasts that can be come back to share their rows.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    time: u64,
    values: Rc<[f32]>,
}

/// Values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    rows: Vec<Row>,
    /// A row is wanted at every multiple of this.
    gap: u64,
}

impl Default for Trace {
    fn default() -> Self {
        Self { rows: Vec::new(), gap: 1 }
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
        self.rows.last().is_some_and(|row| row.time >= time)
    }

    /// Adds a row; one at the same moment is replaced, later ones are dropped. So is one that nobody had wanted but to
    /// see where a run stood: runs come in pieces of any length, and their ends are not to crowd out the rest.
    pub fn push(&mut self, time: u64, values: Vec<f32>) {
        self.truncate(time);
        if self.rows.last().is_some_and(|row| row.time == time || row.time % self.gap != 0) {
            self.rows.pop();
        }
        let most = (NUMBERS / (values.len() + 1)).clamp(ROWS.0, ROWS.1);
        self.rows.push(Row { time, values: values.into() });
        while self.rows.len() > most {
            self.gap *= 2;
            let (gap, last) = (self.gap, time);
            self.rows.retain(|row| row.time % gap == 0 || row.time == last);
        }
    }

    /// Bytes that are kept for this alone; what is shared counts in part.
    pub fn bytes(&self) -> usize {
        self.rows.iter().map(|row| size_of_val(&*row.values) / Rc::strong_count(&row.values)).sum()
    }

    /// Drops rows before a moment.
    pub fn forget_before(&mut self, time: u64) {
        self.rows.retain(|row| row.time >= time);
    }

    /// Drops rows after a moment.
    pub fn truncate(&mut self, time: u64) {
        let kept = self.rows.partition_point(|row| row.time <= time);
        self.rows.truncate(kept);
    }

    /// All rows side by side: time, the first `fixed` values, and then one for each of the memories looked at, `now`;
    /// NaN where a row has none. `then` names the memories that the further values of a row belonged to at its moment.
    #[must_use]
    pub fn flat<'a>(&self, fixed: usize, now: &[u32], then: &dyn Fn(u64) -> &'a Rc<Vec<u32>>) -> Vec<f64> {
        let mut flat = Vec::with_capacity(self.rows.len() * (1 + fixed + now.len()));
        let (mut known, mut order) = (None, Vec::new());
        for row in &self.rows {
            let memories = then(row.time);
            // Rows between two edits have the same memories.
            if !known.is_some_and(|known| Rc::ptr_eq(known, memories)) {
                (known, order) = (Some(memories), places(memories, now));
            }
            let value =
                |k: Option<usize>| k.and_then(|k| row.values.get(k)).map_or(f64::NAN, |&x| f64::from(x));
            flat.push(row.time as f64);
            flat.extend((0..fixed).map(|k| value(Some(k))));
            flat.extend(order.iter().map(|&place| value(place.map(|k| fixed + k))));
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
        assert!(flat.len() <= 2 * (ROWS.1 + 1) && flat.len() > ROWS.1 / 2);
        assert_eq!((flat[0], flat[flat.len() - 2]), (0.0, 1_000_000.0));
    }

    #[test]
    fn a_run_in_odd_pieces_over_an_hour_is_drawn_evenly() {
        for columns in [2, 105] {
            let mut trace = Trace::default();
            let mut time = 0u64;
            trace.push(0, vec![0.0; columns]);
            // Pieces as a page asks for them, past where a time fits into single precision.
            for piece in 0..200_000 {
                let end = time + 19_997 + piece % 7;
                while time < end {
                    time = trace.next_after(time).min(end);
                    trace.push(time, vec![1.0; columns]);
                }
            }
            let none = Rc::default();
            let flat = trace.flat(columns, &[], &|_| &none);
            let times: Vec<f64> = flat.chunks(columns + 1).map(|row| row[0]).collect();
            let most = times.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
            assert_eq!((times[0], times[times.len() - 1]), (0.0, time as f64));
            assert!(
                times.len() > 120 && times.len() <= 1024 && flat.len() <= NUMBERS.max(256 * (columns + 1))
            );
            assert!(most <= 2.0 * time as f64 / times.len() as f64 + 1.0, "{most} of {time}");
        }
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
