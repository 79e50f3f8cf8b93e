//! What the types of a spec do not say of its values: ranges, words, and what goes with what.

use engram::learning::IMPORTANCE;
use engram::pattern::{MAX_CELLS, SETS};
use engram::weights::MAX_UNITS;
use serde_json::{Value as Json, json};

use crate::machine::Outcome;
use crate::ready;
use crate::resolve::PROBLEMS;
use crate::spec::{MAX_PATTERNS, MAX_SEED, SCHEMA_VERSION, SPEED};

/// Sources of patterns of which one at most is given.
const SOURCES: [&str; 8] = ["bits", "grey", "values", "set", "random", "walsh", "bars", "problem"];

/// Names of sets that are own files.
const OWN_NAME: &str = "^own-[0-9a-f]{16}$";

/// Ways of spoiling of which exactly one is given.
const WAYS: [&str; 6] = ["flip", "mask", "half", "block", "shuffle", "noise"];

/// Makes the schema of the form as tight as the program, as far as a schema can be.
pub fn tighten(schema: &mut Json) {
    let unit = json!({ "maximum": MAX_CELLS - 1 });
    let side = json!({ "minimum": 1, "maximum": MAX_CELLS });
    let fraction = json!({ "minimum": 0, "maximum": 1 });
    let seed = json!({ "maximum": MAX_SEED });
    let (least, most) = (IMPORTANCE.start(), IMPORTANCE.end());
    let mut sizes: Vec<_> = SETS.iter().map(|set| set.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut sets: Vec<_> = SETS.iter().map(|set| set.name).collect();
    sets.dedup();

    for (field, more) in [
        ("v", json!({ "const": SCHEMA_VERSION })),
        ("engine", json!({ "minimum": 1 })),
        ("seed", seed.clone()),
        ("weights", json!({ "minItems": 1, "maxItems": MAX_UNITS })),
        ("biases", json!({ "minItems": 1, "maxItems": MAX_UNITS })),
        ("learned", json!({ "anyOf": [words(&ready::NAMES), { "pattern": OWN_NAME }] })),
        ("clamp", json!({ "uniqueItems": true, "items": unit })),
    ] {
        add(schema, &format!("/properties/{field}"), more);
    }
    for (field, more) in [
        ("Patterns/properties/width", side.clone()),
        ("Patterns/properties/height", side.clone()),
        (
            "Patterns/properties/bits",
            json!({ "maxItems": MAX_PATTERNS, "items": { "minLength": 1, "maxLength": MAX_CELLS, "pattern": "^[01]*$" } }),
        ),
        ("Patterns/properties/importance", json!({ "items": { "minimum": least, "maximum": most } })),
        ("Patterns/properties/set", json!({ "anyOf": [words(&sets), { "pattern": OWN_NAME }] })),
        ("Patterns/properties/size", or_null(json!(sizes))),
        (
            "Patterns/properties/walsh",
            json!({ "maxItems": MAX_PATTERNS, "items": { "maximum": MAX_UNITS - 1 } }),
        ),
        ("RandomPatterns/properties/count", json!({ "maximum": MAX_PATTERNS })),
        ("RandomPatterns/properties/units", side),
        ("RandomPatterns/properties/seed", seed),
        ("Start/properties/state", json!({ "minLength": 1, "maxLength": MAX_CELLS, "pattern": "^[01?]*$" })),
        ("Corrupt/properties/flip", fraction.clone()),
        ("Corrupt/properties/mask", fraction.clone()),
        ("Corrupt/properties/block", fraction.clone()),
        ("Corrupt/properties/shuffle", fraction),
        ("Corrupt/properties/noise", json!({ "minimum": 0, "maximum": 10 })),
        (
            "Patterns/properties/grey",
            json!({ "maxItems": MAX_PATTERNS, "items": { "minLength": 1, "maxLength": MAX_CELLS, "pattern": "^[-A-Za-z0-9_]*$" } }),
        ),
        ("Patterns/properties/values", json!({ "maxItems": MAX_PATTERNS })),
        (
            "Start/properties/grey",
            json!({ "minLength": 1, "maxLength": MAX_CELLS, "pattern": "^[-A-Za-z0-9_?]*$" }),
        ),
        ("Corrupt/properties/half", words(&["left", "right", "top", "bottom"])),
        ("Corrupt/properties/to", words(&["paper", "unknown"])),
        ("Patterns/properties/problem", words(&PROBLEMS.map(|problem| problem.word))),
        ("ViewSpec/properties/speed", json!({ "minimum": SPEED.start(), "maximum": SPEED.end() })),
        ("Expect/properties/outcome", words(&Outcome::KINDS)),
        ("Expect/properties/reads", words(&Outcome::KINDS)),
        ("Corrupt", json!({ "oneOf": all_given(&WAYS) })),
        ("Start", at_most_one(&["pattern", "state", "grey", "values", "random"])),
        ("Patterns", at_most_one(&SOURCES)),
    ] {
        add(schema, &format!("/$defs/{field}"), more);
    }
    // What goes with what.
    let grid = json!({ "allOf": [given("width"), given("height")] });
    let either = |a: &str, b: &str| json!({ "anyOf": [given(a), given(b)] });
    let mut rules: Vec<Json> = ["bits", "grey", "walsh", "bars", "problem"]
        .map(|source| json!({ "if": given(source), "then": grid }))
        .into_iter()
        .chain([
            json!({ "if": either("take", "size"), "then": given("set") }),
            json!({ "if": given("set"), "then": { "not": either("width", "height") } }),
            json!({
                "if": { "required": ["set"], "properties": { "set": { "type": "string", "pattern": OWN_NAME } } },
                "then": { "not": { "anyOf": all_given(&["take", "size"]) } },
            }),
        ])
        .collect();
    for name in sets {
        let sizes: Vec<_> = SETS.iter().filter(|set| set.name == name).map(|set| set.size).collect();
        rules.push(json!({
            "if": { "required": ["set"], "properties": { "set": { "const": name } } },
            "then": { "properties": { "size": or_null(json!(sizes)) } },
        }));
    }
    add(schema, "/$defs/Patterns", json!({ "allOf": rules }));
    let blanks = json!({ "anyOf": all_given(&["mask", "half", "block"]) });
    add(schema, "/$defs/Corrupt", json!({ "allOf": [{ "if": given("to"), "then": blanks }] }));
}

/// Adds to what is said at a place, and to what is said there of the items of a list.
fn add(schema: &mut Json, place: &str, more: Json) {
    let (Some(Json::Object(there)), Json::Object(more)) = (schema.pointer_mut(place), more) else {
        panic!("no {place} in the schema");
    };
    for (key, value) in more {
        match (there.get_mut(&key), value) {
            (Some(Json::Object(items)), Json::Object(more)) => items.extend(more),
            (_, value) => {
                there.insert(key, value);
            }
        }
    }
}

/// One of these words; nothing said may be written as `null`.
fn words(words: &[&str]) -> Json {
    or_null(json!(words))
}

fn or_null(mut values: Json) -> Json {
    if let Json::Array(values) = &mut values {
        values.push(Json::Null);
    }
    json!({ "enum": values })
}

/// A field is there and says something.
fn given(field: &str) -> Json {
    json!({ "required": [field], "properties": { field: { "not": { "enum": [null, false] } } } })
}

fn all_given(fields: &[&str]) -> Vec<Json> {
    fields.iter().map(|field| given(field)).collect()
}

/// Of these fields no two say something.
fn at_most_one(fields: &[&str]) -> Json {
    let pairs = fields.iter().enumerate().flat_map(|(k, a)| fields[..k].iter().map(move |b| (a, b)));
    let both: Vec<_> = pairs.map(|(a, b)| json!({ "allOf": [given(a), given(b)] })).collect();
    json!({ "not": { "anyOf": both } })
}
