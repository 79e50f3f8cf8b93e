//! How many units a spec has, without making anything of it.

use engram::pattern::SETS;

use crate::data::{self, Own};
use crate::spec::Spec;

/// The number of units, as far as the spec's pictures or weights say it; what they say may still be refused.
#[must_use]
pub fn units(spec: &Spec) -> Option<usize> {
    let patterns = &spec.patterns;
    let square = |side: usize| side.saturating_mul(side);
    let from_set = || {
        let name = patterns.set.as_ref()?;
        if let Some(Own::Pictures(pictures, _)) = data::own(name) {
            return Some(pictures.units());
        }
        let largest = SETS.iter().rev().find(|set| set.name == name).map(|set| set.size);
        patterns.size.map(|size| size as usize).or(largest).map(square)
    };
    let from_sides = || {
        let (width, height) = patterns.width.zip(patterns.height)?;
        Some((width as usize).saturating_mul(height as usize))
    };
    let from_random = || patterns.random.as_ref()?.units.map(|units| units as usize);
    let from_values = || patterns.values.as_ref()?.first().map(Vec::len);
    let from_weights = || spec.weights.as_ref().map(Vec::len);
    from_set().or_else(from_sides).or_else(from_random).or_else(from_values).or_else(from_weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::memories;

    #[test]
    fn it_is_what_the_pictures_come_to() {
        for text in [
            r#""patterns":{"set":"letters","take":"AB"}"#,
            r#""patterns":{"set":"letters","take":"AB","size":6}"#,
            r#""patterns":{"set":"icons"}"#,
            r#""patterns":{"width":3,"height":2,"bits":["110011"]}"#,
            r#""patterns":{"random":{"count":2,"units":13}}"#,
            r#""patterns":{"width":5,"height":2,"random":{"count":2}}"#,
            r#""patterns":{"width":2,"height":4,"walsh":[1]}"#,
            r#""patterns":{"width":2,"height":3,"bars":true}"#,
            r#""patterns":{"width":4,"height":2,"problem":"shifted_rows"}"#,
            r#""patterns":{"width":4,"height":4}"#,
            r#""weights":[[0,1,2],[1,0,3],[2,3,0]]"#,
            r#""patterns":{"width":3,"height":1},"weights":[[0,1,2],[1,0,3],[2,3,0]]"#,
        ] {
            let spec = Spec::parse(&format!(r#"{{"v":1,"model":"m",{text}}}"#)).unwrap();
            assert_eq!(units(&spec), Some(memories(&spec).unwrap().units()), "{text}");
        }
        assert_eq!(units(&Spec::new("m")), None);
    }
}
