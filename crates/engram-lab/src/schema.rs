//! JSON Schema of the spec, with every model's settings and actions.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use crate::catalogue::{CATALOGUE, Weights};
use crate::control::{Control, ControlKind, MAX_POINTS};
use crate::describe::{ActionInfo, Description};
use crate::spec::Spec;

mod limits;

/// The schema, draft 2020-12: the form of the spec, and per model what its `params` and `prepare` may be.
#[must_use]
pub fn schema() -> Json {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema =
        serde_json::to_value(generator.into_root_schema_for::<Spec>()).expect("a schema is plain data");
    limits::tighten(&mut schema);
    let fields = schema.as_object_mut().expect("a spec is an object");
    fields.insert("title".into(), json!("Engram experiment"));
    let models: Vec<_> = CATALOGUE.iter().map(|entry| entry.name).collect();
    if let Some(model) = fields.get_mut("properties").and_then(|p| p.get_mut("model")) {
        model["enum"] = json!(models);
    }
    let rules = CATALOGUE.iter().flat_map(|entry| {
        // A net whose weights are given outright has other settings than one that learns.
        [false, true].map(|outright| {
            let mut spec = Spec::new(entry.name);
            spec.weights = (outright && entry.takes.weights == Weights::Pairs).then(Vec::new);
            let given = json!({ "required": ["weights"], "properties": { "weights": { "type": "array" } } });
            let which = if outright { given } else { json!({ "not": given }) };
            let model = json!({ "properties": { "model": { "const": entry.name } } });
            let mut allowed = allowed(&entry.describe(&spec));
            if entry.takes.weights == Weights::None {
                allowed["weights"] = json!({ "type": "null" });
                allowed["biases"] = json!({ "type": "null" });
            }
            if !entry.takes.learned {
                allowed["learned"] = json!({ "type": "null" });
            }
            json!({ "if": { "allOf": [model, which] }, "then": { "properties": allowed } })
        })
    });
    fields.insert("allOf".into(), rules.collect());
    schema
}

/// What `params` and `prepare` may be with such a description.
fn allowed(description: &Description) -> Json {
    json!({
        "params": {
            "type": "object",
            "properties": properties(&description.controls),
            "additionalProperties": false,
        },
        "prepare": steps(&description.actions),
    })
}

/// What `prepare` may be with these actions.
fn steps(actions: &[ActionInfo]) -> Json {
    let steps: Vec<Json> = actions
        .iter()
        .filter(|a| a.prepares() && !a.args.is_empty())
        .map(|action| {
            let mut properties = properties(&action.args);
            properties.insert("do".into(), json!({ "const": action.key, "description": action.help }));
            json!({ "type": "object", "properties": properties, "required": ["do"], "additionalProperties": false })
        })
        .collect();
    if steps.is_empty() {
        // A choice among nothing is no schema.
        return json!({ "type": "array", "maxItems": 0 });
    }
    json!({ "type": "array", "items": { "oneOf": steps } })
}

fn properties(controls: &[Control]) -> Map<String, Json> {
    controls.iter().map(|control| (control.key.to_owned(), property(control))).collect()
}

fn property(control: &Control) -> Json {
    let description = format!("{}. {}", control.label, control.help);
    match &control.kind {
        ControlKind::Number { min, max, default, .. } => {
            json!({ "type": "number", "minimum": min, "maximum": max, "default": default, "description": description })
        }
        ControlKind::Integer { min, max, default } => {
            json!({ "type": "integer", "minimum": min, "maximum": max, "default": default, "description": description })
        }
        ControlKind::Choice { options, default } => {
            let words: Vec<_> = options.iter().map(|o| o.value).collect();
            json!({ "enum": words, "default": default, "description": description })
        }
        ControlKind::Toggle { default } => {
            json!({ "type": "boolean", "default": default, "description": description })
        }
        ControlKind::Course { max, default, .. } => {
            let points = 2 * MAX_POINTS;
            json!({ "type": "array", "minItems": 2, "maxItems": points, "default": default, "description": description,
                "items": { "type": "number", "minimum": 0, "maximum": max.max(1.0) } })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::kind;
    use crate::describe::ActionGroup;

    #[test]
    fn every_setting_of_every_model_is_in_the_schema() {
        let schema = schema();
        // Two rules a model: if it learns, and if its weights are given outright.
        for (entry, rule) in CATALOGUE.iter().zip(schema["allOf"].as_array().unwrap().iter().step_by(2)) {
            for control in entry.describe(&Spec::new(entry.name)).controls {
                assert!(
                    rule["then"]["properties"]["params"]["properties"].get(control.key).is_some(),
                    "{}",
                    control.key
                );
            }
        }
        assert_eq!(schema["additionalProperties"], json!(false));
    }

    /// The form is said twice, to those who write specs and to the reader.
    #[test]
    fn what_the_schema_has_is_what_is_read() {
        let schema = schema();
        // Objects by the place they have in a spec, with the fields that they cannot do without.
        let places = [
            ("", "Spec", r#"{ "v": 1, "model": "m", FIELD }"#),
            ("Patterns", "Patterns", r#"{ "v": 1, "model": "m", "patterns": { FIELD } }"#),
            (
                "RandomPatterns",
                "RandomPatterns",
                r#"{ "v": 1, "model": "m", "patterns": { "random": { "count": 1, FIELD } } }"#,
            ),
            ("Start", "Start", r#"{ "v": 1, "model": "m", "start": { FIELD } }"#),
            ("Corrupt", "Corrupt", r#"{ "v": 1, "model": "m", "start": { "corrupt": { FIELD } } }"#),
            ("ViewSpec", "ViewSpec", r#"{ "v": 1, "model": "m", "view": { FIELD } }"#),
            ("Expect", "Expect", r#"{ "v": 1, "model": "m", "expect": { FIELD } }"#),
        ];
        let read = |form: &str, field: &str| match Spec::parse(
            &form.replace("FIELD", &format!("{field:?}: null")),
        ) {
            Ok(_) => true,
            Err(error) => !error.to_string().contains("unknown field"),
        };
        for (definition, name, form) in places {
            let object = if definition.is_empty() { &schema } else { &schema["$defs"][definition] };
            let fields =
                object["properties"].as_object().unwrap_or_else(|| panic!("no {name} in the schema"));
            for field in fields.keys() {
                assert!(read(form, field), "{name}.{field} is in the schema and is not read");
            }
            assert!(!read(form, "no such field"), "{name} takes anything");
            // The reader lists the fields that it knows.
            let error = Spec::parse(&form.replace("FIELD", r#""no such field": 1"#)).unwrap_err().to_string();
            let known = error.split_once("expected").map_or("", |(_, known)| known).matches('`').count() / 2;
            assert_eq!(known, fields.len(), "{name}: {error}");
        }
    }

    #[test]
    fn what_may_be_prepared_is_what_the_machine_can_do_or_nothing() {
        let action = |key, group, args| ActionInfo { key, label: "", help: "Does it", group, args };
        let count = || vec![Control::new("count", "dreams", "", kind::integer(1, 9, 3), "How many")];
        let others = [
            action("heal", ActionGroup::Damage, vec![]),
            action("spoil", ActionGroup::Cue, count()),
            action("store", ActionGroup::Memory, vec![]),
        ];
        assert_eq!(steps(&others), json!({ "type": "array", "maxItems": 0 }));
        assert_eq!(steps(&[]), json!({ "type": "array", "maxItems": 0 }));
        let mut all = others.to_vec();
        all.push(action("dream", ActionGroup::Learning, count()));
        let steps = steps(&all);
        assert!(steps.get("maxItems").is_none());
        let allowed = steps["items"]["oneOf"].as_array().unwrap();
        assert_eq!(allowed.len(), 1);
        assert_eq!(allowed[0]["properties"]["do"]["const"], "dream");
        assert_eq!(allowed[0]["properties"]["count"]["maximum"], 9.0);
        assert_eq!(allowed[0]["required"], json!(["do"]));
    }
}
