//! The JSON Schema of specs: it lets every preset pass, and refuses what the program refuses.

use std::fs;
use std::path::Path;

use engram_lab::catalogue;
use engram_lab::data;
use engram_lab::schema;
use engram_lab::spec::Spec;
use serde_json::{Map, Value as Json, json};

/// Words of a schema that say nothing of what is allowed.
const REMARKS: [&str; 7] = ["$schema", "$defs", "title", "description", "default", "format", "if"];

/// Whether a value is as a schema says; a word of the schema that is not known here is a panic.
fn fits(root: &Json, schema: &Json, value: &Json) -> bool {
    match schema {
        Json::Bool(all) => *all,
        Json::Object(rules) => rules.iter().all(|(word, rule)| keeps(root, rules, (word, rule), value)),
        other => panic!("{other} is no schema"),
    }
}

/// Whether a value keeps one rule of a schema.
fn keeps(root: &Json, rules: &Map<String, Json>, (word, rule): (&str, &Json), value: &Json) -> bool {
    let list = || rule.as_array().expect("a list");
    let count = || rule.as_u64().expect("a number") as usize;
    let within = |fits: fn(f64, f64) -> bool| value.as_f64().is_none_or(|x| fits(x, rule.as_f64().unwrap()));
    match word {
        "type" => match rule {
            Json::Array(types) => types.iter().any(|t| is(t.as_str().unwrap(), value)),
            one => is(one.as_str().unwrap(), value),
        },
        // 1 and 1.0 are one number.
        "const" => rule == value || rule.is_number() && rule.as_f64() == value.as_f64(),
        "enum" => list().iter().any(|allowed| keeps(root, rules, ("const", allowed), value)),
        "minimum" => within(|x, least| x >= least),
        "maximum" => within(|x, most| x <= most),
        "pattern" if rule == "^own-[0-9a-f]{16}$" => value.as_str().is_none_or(engram_lab::data::is_own),
        "pattern" => value.as_str().is_none_or(|text| {
            let allowed = match rule.as_str().unwrap() {
                "^[01]*$" => "01",
                "^[01?]*$" => "01?",
                "^own-[0-9a-f]{16}$" => return data::is_own(text),
                other => panic!("{other} is not known"),
            };
            text.chars().all(|c| allowed.contains(c))
        }),
        "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= count()),
        "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= count()),
        "minItems" => value.as_array().is_none_or(|items| items.len() >= count()),
        "maxItems" => value.as_array().is_none_or(|items| items.len() <= count()),
        "uniqueItems" => {
            value.as_array().is_none_or(|items| (1..items.len()).all(|k| !items[..k].contains(&items[k])))
        }
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(root, rule, item))),
        "required" => value
            .as_object()
            .is_none_or(|object| list().iter().all(|key| object.contains_key(key.as_str().unwrap()))),
        "properties" => value.as_object().is_none_or(|object| {
            let rules = rule.as_object().unwrap();
            object.iter().all(|(key, value)| rules.get(key).is_none_or(|rule| fits(root, rule, value)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            let known = rules.get("properties").and_then(Json::as_object);
            object.iter().all(|(key, value)| {
                known.is_some_and(|known| known.contains_key(key)) || fits(root, rule, value)
            })
        }),
        "allOf" => list().iter().all(|rule| fits(root, rule, value)),
        "anyOf" => list().iter().any(|rule| fits(root, rule, value)),
        "oneOf" => list().iter().filter(|rule| fits(root, rule, value)).count() == 1,
        "not" => !fits(root, rule, value),
        "then" => !fits(root, &rules["if"], value) || fits(root, rule, value),
        "$ref" => fits(root, root.pointer(&rule.as_str().unwrap()[1..]).expect("a definition"), value),
        other => {
            assert!(REMARKS.contains(&other), "{other} is not known");
            true
        }
    }
}

fn is(kind: &str, value: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|x| x == x.trunc()),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

fn opens(spec: &Json) -> bool {
    Spec::parse(&spec.to_string()).and_then(|spec| catalogue::check(&spec)).is_ok()
}

#[test]
fn every_preset_fits() {
    let schema = schema::schema();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/presets");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let spec: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(fits(&schema, &schema, &spec), "{}", path.display());
        count += 1;
    }
    assert!(count > 10);
}

/// A spec of four units with more said.
fn with(more: &str) -> Json {
    let mut spec =
        json!({ "v": 1, "model": "hopfield", "patterns": { "width": 2, "height": 2, "bits": ["1100"] } });
    let more: Json = serde_json::from_str(more).unwrap();
    spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    spec
}

#[test]
fn what_the_program_refuses_the_schema_refuses() {
    let schema = schema::schema();
    for more in [
        r#"{"v":2}"#,
        r#"{"v":0}"#,
        r#"{"engine":0}"#,
        r#"{"model":"nobody"}"#,
        r#"{"sed":1}"#,
        r#"{"seed":9007199254740992}"#,
        r#"{"seed":-1}"#,
        r#"{"seed":1.5}"#,
        r#"{"title":5}"#,
        r#"{"clamp":[1,1]}"#,
        r#"{"clamp":[1048576]}"#,
        r#"{"view":{"speed":0}}"#,
        r#"{"view":{"sped":1}}"#,
        r#"{"expect":{"outcome":"recaled"}}"#,
        r#"{"patterns":{"set":"runes"}}"#,
        r#"{"patterns":{"set":"letters","size":7}}"#,
        r#"{"patterns":{"set":"icons","size":10}}"#,
        r#"{"patterns":{"set":"letters","width":6}}"#,
        r#"{"patterns":{"width":2,"height":1,"bits":["10"],"take":"A"}}"#,
        r#"{"patterns":{"width":2,"height":1,"bits":["10"],"set":"letters"}}"#,
        r#"{"patterns":{"width":2,"height":1,"bits":["1x"]}}"#,
        r#"{"patterns":{"width":2,"bits":["10"]}}"#,
        r#"{"patterns":{"width":0,"height":1,"bits":[]}}"#,
        r#"{"patterns":{"width":2,"height":1,"bits":["10"],"importance":[101]}}"#,
        r#"{"patterns":{"random":{"count":5000,"units":9}}}"#,
        r#"{"patterns":{"random":{"count":5,"units":0}}}"#,
        r#"{"patterns":{"random":{"units":9}}}"#,
        r#"{"patterns":{"bars":true}}"#,
        r#"{"patterns":{"width":64,"height":64,"walsh":[4096]}}"#,
        r#"{"start":{"pattern":0,"random":true}}"#,
        r#"{"start":{"state":"11x0"}}"#,
        r#"{"start":{"corrupt":{}}}"#,
        r#"{"start":{"corrupt":{"flip":1.5}}}"#,
        r#"{"start":{"corrupt":{"flip":0.5,"mask":0.5}}}"#,
        r#"{"start":{"corrupt":{"half":"front"}}}"#,
        r#"{"start":{"corrupt":{"mask":0.5,"to":"gold"}}}"#,
        r#"{"start":{"corrupt":{"flip":0.5,"to":"paper"}}}"#,
        r#"{"params":{"rule":"alchemy"}}"#,
        r#"{"params":{"temperature":5000}}"#,
        r#"{"params":{"rounds":1.5}}"#,
        r#"{"params":{"unheard":1}}"#,
        r#"{"prepare":[{"do":"explode"}]}"#,
        r#"{"prepare":[{"do":"heal"}]}"#,
        r#"{"prepare":[{"how":"cut"}]}"#,
        r#"{"prepare":[{"do":"damage","count":3}]}"#,
        r#"{"learned":"digits-names"}"#,
        r#"{"patterns":{},"weights":[]}"#,
        r#"{"patterns":{},"weights":[[0]],"params":{"rule":"hebb"}}"#,
        r#"{"patterns":{},"weights":[[0]],"prepare":[{"do":"dream"}]}"#,
    ] {
        let spec = with(more);
        assert!(!opens(&spec), "opens: {spec}");
        assert!(!fits(&schema, &schema, &spec), "fits: {spec}");
    }
}

#[test]
fn what_the_program_takes_the_schema_takes() {
    let schema = schema::schema();
    for more in [
        "{}",
        r#"{"engine":7,"seed":9007199254740991}"#,
        r#"{"clamp":[3,0],"biases":[1,0,0,-1]}"#,
        r#"{"view":{"speed":1,"keep":["rule"],"hide":["anything"]}}"#,
        r#"{"patterns":{"set":"letters"}}"#,
        r#"{"patterns":{"set":"icons","size":null,"take":"face"}}"#,
        r#"{"patterns":{"random":{"count":0,"units":9,"seed":0}}}"#,
        r#"{"patterns":{"random":{"count":3},"width":3,"height":3,"bars":false,"bits":null}}"#,
        r#"{"patterns":{"width":3,"height":3,"bars":true}}"#,
        r#"{"patterns":{"width":3,"height":3}}"#,
        r#"{"patterns":{"width":4,"height":4,"walsh":[0,15]}}"#,
        r#"{"start":{"state":"1?00","corrupt":{"half":"left","to":"unknown","flip":null}}}"#,
        r#"{"start":{"random":false,"pattern":0}}"#,
        r#"{"params":{"rule":"hebb","bias":true,"temperature":0}}"#,
        r#"{"prepare":[{"do":"damage","how":"cut","amount":1},{"do":"dream","count":1}]}"#,
        r#"{"patterns":{},"weights":[[0,1],[1,0]],"biases":[0,1],"params":{"update":"greedy"}}"#,
        r#"{"patterns":{},"weights":[[0]],"prepare":[{"do":"damage"}]}"#,
        r#"{"expect":{"outcome":"two_cycle","values":{"energy":-1,"overlaps":[1]}}}"#,
    ] {
        let spec = with(more);
        assert!(
            opens(&spec),
            "{:?} for {spec}",
            Spec::parse(&spec.to_string()).and_then(|s| catalogue::check(&s).map(|_| ()))
        );
        assert!(fits(&schema, &schema, &spec), "refused: {spec}");
    }
}
