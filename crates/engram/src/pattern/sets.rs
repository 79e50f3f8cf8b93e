//! Picture sets drawn for this project (see `NOTICE.md` beside this file).

use alloc::vec::Vec;

use super::Pattern;

/// A named set of pictures of one size.
#[derive(Debug)]
pub struct PatternSet {
    /// Name of the set, e.g. `letters`; the same for all its sizes.
    pub name: &'static str,
    /// Side of its pictures, in cells.
    pub size: usize,
    source: &'static str,
}

/// All sets, by name and then by size.
pub static SETS: [PatternSet; 4] = [
    PatternSet { name: "letters", size: 6, source: include_str!("letters6.txt") },
    PatternSet { name: "letters", size: 10, source: include_str!("letters10.txt") },
    PatternSet { name: "letters", size: 16, source: include_str!("letters16.txt") },
    PatternSet { name: "icons", size: 16, source: include_str!("icons16.txt") },
];

impl PatternSet {
    /// The set of this name and size.
    #[must_use]
    pub fn find(name: &str, size: usize) -> Option<&'static Self> {
        SETS.iter().find(|set| set.name == name && set.size == size)
    }

    /// Names of the pictures, in order: `A` … `Z`, `0` … `9`, or the names of the icons.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.source.lines().filter_map(|line| line.strip_prefix("= "))
    }

    /// The picture of this name.
    #[must_use]
    pub fn picture(&self, name: &str) -> Option<Pattern> {
        let mut lines = self.source.lines();
        lines.find(|line| line.strip_prefix("= ") == Some(name))?;
        let spins: Vec<i8> = lines
            .take(self.size)
            .flat_map(|line| line.chars().map(|c| if c == '#' { 1 } else { -1 }))
            .collect();
        Pattern::new(self.size, self.size, spins).ok()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_picture_of_every_set_can_be_had_and_is_unlike_the_others() {
        for set in &SETS {
            let names: Vec<_> = set.names().collect();
            assert!(names.len() >= if set.name == "letters" { 36 } else { 12 });
            let pictures: Vec<_> =
                names.iter().map(|name| set.picture(name).expect("whole picture")).collect();
            for (a, x) in pictures.iter().enumerate() {
                for y in &pictures[..a] {
                    let distance = x.spins().iter().zip(y.spins()).filter(|(p, q)| p != q).count();
                    let least = if set.size == 6 { 2 } else { set.size / 2 };
                    assert!(
                        distance >= least && distance < set.size * set.size,
                        "{} of {}",
                        names[a],
                        set.name
                    );
                }
            }
        }
    }

    #[test]
    fn unknown_names_have_no_picture() {
        assert!(PatternSet::find("letters", 7).is_none());
        assert!(PatternSet::find("letters", 6).is_some_and(|set| set.picture("a letter").is_none()));
    }
}
