//! Stand-ins for the likelihood, each under its own name.

use alloc::vec;
use alloc::vec::Vec;

use super::Sampler;
use crate::bipartite::{Lists, Slice, WIDTH, fields, gather_scaled};
use crate::math::{self, vector};

impl Sampler {
    /// The pseudo-log-likelihood of each picture, `Σ_i ln P(v_i | all other cells)`, in nats: a label counts as a cell that
    /// may be any label. It is no likelihood, but consistent: both are greatest for the same machine if there is enough to
    /// learn from (J. Besag, *Statistical analysis of non-lattice data*, The Statistician 24 (1975) 179).
    #[must_use]
    pub fn pseudo_likelihoods(&self, pictures: &Lists) -> Vec<f64> {
        let single = self.visible() - self.labels();
        // The change of −F with each unit of each copy turned over.
        let mut gains = vec![0.0f64; single * pictures.copies()];
        let cells: Vec<Vec<u8>> = (0..pictures.copies()).map(|copy| pictures.cells(copy)).collect();
        fields(self.up(), pictures, |panel, copy, felt| {
            let mut now = felt;
            vector::softplus(&mut now);
            for (unit, row) in self.up().weights.panel(panel)[..single].iter().enumerate() {
                let sign = if cells[copy][unit] == 0 { 1.0 } else { -1.0 };
                let mut then = felt;
                for k in 0..WIDTH {
                    then[k] += sign * row[k];
                }
                vector::softplus(&mut then);
                let mut gain = 0.0;
                for k in 0..WIDTH {
                    gain += then[k] - now[k];
                }
                gains[copy * single + unit] += f64::from(gain);
            }
        });
        let mut all: Vec<f64> = Vec::with_capacity(pictures.copies());
        for (copy, cells) in cells.iter().enumerate() {
            let of = |(unit, &cell): (usize, &u8)| {
                let bias = f64::from(self.net().seen[unit]);
                let gain = gains[copy * single + unit] + if cell == 0 { bias } else { -bias };
                -math::softplus(gain)
            };
            all.push(cells[..single].iter().enumerate().map(of).sum());
        }
        if self.labels() > 0 {
            for (copy, posterior) in self.label_posteriors(pictures).into_iter().enumerate() {
                let label = cells[copy][single..].iter().position(|&cell| cell != 0);
                all[copy] += label.map_or(0.0, |label| posterior[label]);
            }
        }
        all
    }

    /// The probabilities of the visible units after one step through the hidden units' probabilities: what the machine makes
    /// of each picture; of labels, as if each were by itself. Shape (copies, V).
    #[must_use]
    pub fn reconstructions(&self, pictures: &Lists) -> Vec<f32> {
        let (copies, visible) = (pictures.copies(), self.visible());
        let means = self.hidden_means(pictures);
        let mut all = vec![0.0f32; copies * visible];
        let mut hidden: Vec<f32> = vec![0.0; self.hidden()];
        for copy in 0..copies {
            for (unit, mean) in hidden.iter_mut().enumerate() {
                *mean = means[unit / WIDTH * copies + copy][unit % WIDTH];
            }
            let to = &mut all[copy * visible..(copy + 1) * visible];
            for (panel, to) in to.chunks_mut(WIDTH).enumerate() {
                let mut values: Slice =
                    gather_scaled(self.down().weights.panel(panel), &hidden, self.down().bias[panel]);
                vector::sigmoid(&mut values);
                to.copy_from_slice(&values[..to.len()]);
            }
        }
        all
    }

    /// Mean square of what [`reconstructions`](Self::reconstructions) miss, a cell that is no label, of all pictures. It is not a likelihood
    /// and need not fall as one rises: a machine that copies every picture has none of it.
    #[must_use]
    pub fn reconstruction_error(&self, pictures: &Lists) -> f64 {
        let all = self.reconstructions(pictures);
        let (mut sum, single) = (0.0f64, self.visible() - self.labels());
        for (copy, means) in all.chunks_exact(self.visible()).enumerate() {
            for (mean, cell) in means[..single].iter().zip(pictures.cells(copy)) {
                let miss = f64::from(mean - f32::from(cell));
                sum += miss * miss;
            }
        }
        sum / (pictures.copies() * single) as f64
    }
}
