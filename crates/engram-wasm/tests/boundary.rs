//! What crosses the boundary, in the shapes that the page relies on.
#![cfg(target_arch = "wasm32")]

use engram_wasm::{Lab, catalogue, fresh_seed, read_link};
use js_sys::{Array, Float32Array, Float64Array, Int8Array, JSON, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// Two pictures of four cells, the first with one cell turned over.
fn lab() -> Lab {
    let model = get(&list(&get(&catalogue(), "models")).get(0), "name").as_string().unwrap();
    let spec = format!(
        r#"{{"v":1,"model":"{model}","patterns":{{"width":2,"height":2,"bits":["1100","1010"]}},
        "start":{{"state":"1101"}}}}"#
    );
    Lab::open(&spec).unwrap_or_else(|_| panic!("a spec"))
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("an object")
}

fn list(value: &JsValue) -> Array {
    value.clone().dyn_into().expect("a list")
}

fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap_or_else(|| panic!("{key} is no number"))
}

fn message(error: impl Into<JsValue>) -> String {
    let error: js_sys::Error = error.into().dyn_into().expect("a real Error");
    error.message().into()
}

#[wasm_bindgen_test]
fn a_frame_is_scalars_and_flat_arrays() {
    let mut lab = lab();
    lab.frame();
    let progress = lab.advance("sweep", 20.0).unwrap_or_else(|_| panic!("a sweep"));
    assert!(number(&progress, "done") > 0.0 && get(&progress, "settled").is_truthy());
    let frame = lab.frame();
    assert_eq!(get(&frame, "cells").unchecked_into::<Int8Array>().to_vec(), [1, 1, -1, -1]);
    assert_eq!(get(&frame, "flipped").unchecked_into::<Uint32Array>().to_vec(), [3]);
    assert_eq!(get(&get(&frame, "outcome"), "kind").as_string().unwrap(), "recalled");
    assert_eq!(number(&get(&frame, "outcome"), "memory"), 0.0);
    let overlaps = get(&frame, "perMemory").unchecked_into::<Float64Array>().to_vec();
    assert_eq!(overlaps[..2], [1.0, 0.0]);
    let trace = get(&frame, "trace").unchecked_into::<Float64Array>().to_vec();
    assert_eq!(trace.len() % number(&frame, "traceColumns") as usize, 0);
    assert_eq!(number(&frame, "time"), number(&frame, "end"));
    // The series cross when they have changed.
    assert!(get(&lab.frame(), "trace").is_null());
    let args = JSON::parse("{}").unwrap();
    assert!(lab.act("invert".into(), args).is_ok());
    assert!(!get(&lab.frame(), "trace").is_null());
}

#[wasm_bindgen_test]
fn grey_cells_cross_as_numbers_and_company_in_the_frame_of_its_leader() {
    let grey = list(&get(&catalogue(), "models")).iter().find_map(|model| {
        let model = get(&model, "name").as_string().unwrap();
        let spec = format!(
            r#"{{"v":1,"model":"{model}","patterns":{{"width":2,"height":1,"values":[[1,-0.5]]}},"start":{{"pattern":0}}}}"#
        );
        Lab::open(&spec).ok()
    });
    let cells = get(&grey.expect("a model of grey cells").frame(), "cells");
    assert_eq!(cells.dyn_into::<Float32Array>().expect("numbers").length(), 2);

    let mut lab = lab();
    assert_eq!(list(&get(&lab.frame(), "beside")).length(), 0);
    let warmer = JSON::parse(r#"{"params":{"temperature":0.5}}"#).unwrap();
    assert!(lab.compare(Array::of1(&warmer).into()).is_ok());
    let beside = list(&get(&lab.frame(), "beside"));
    assert_eq!(beside.length(), 1);
    assert_eq!(get(&beside.get(0), "cells").dyn_into::<Int8Array>().expect("spins").length(), 4);
    let others = list(&get(&lab.info(), "beside"));
    assert_eq!(others.length(), 1);
    let apart = JSON::stringify(&get(&others.get(0), "apart")).unwrap();
    assert_eq!(apart, JSON::stringify(&warmer).unwrap());
    for spec in [lab.led_by(0), lab.altered(warmer)] {
        let spec = spec.unwrap_or_else(|_| panic!("a spec")).as_string().expect("text");
        assert!(Lab::open(&spec).is_ok(), "{spec}");
    }
    assert!(message(lab.led_by(1).expect_err("nobody there")).contains("1 stand"));
}

#[wasm_bindgen_test]
fn weights_are_counted_and_the_command_says_how_far_the_run_is() {
    let mut lab = lab();
    let spread = lab.histogram("weights", 0, 12.0).unwrap_or_else(|_| panic!("weights"));
    assert_eq!(number(&spread, "total"), 6.0);
    assert_eq!(list(&get(&spread, "counts")).iter().filter_map(|count| count.as_f64()).sum::<f64>(), 6.0);
    assert!(get(&spread, "before").is_null());
    let error = lab.histogram("weights", 0, 1e9).expect_err("too many bins");
    assert!(message(error).contains("1000000000"));
    let _ = lab.advance("update", 1.0);
    let command = get(&lab.share(), "command").as_string().unwrap();
    assert_eq!(command, "engram run experiment.json --steps 1 --unit update");
    let why = lab.explain(3, Some(0.0)).unwrap_or_else(|_| panic!("a neuron"));
    assert_eq!(number(&why, "time"), 0.0);
    assert!(get(&why, "changed").is_null());
}

#[wasm_bindgen_test]
fn edits_take_plain_objects_and_refuse_with_an_error() {
    let mut lab = lab();
    let args = JSON::parse(r#"{"how":"flip","amount":0.5}"#).unwrap();
    assert!(lab.act("spoil".into(), args).is_ok());
    assert!(get(&lab.frame(), "canUndo").is_truthy());
    let error = lab.set("temperature".into(), f64::NAN.into()).unwrap_err();
    assert!(!message(error).is_empty());
    let error = lab.set("temperature".into(), (-1.0).into()).unwrap_err();
    assert!(message(error).contains("from 0 to"), "names what is allowed");
    let error = lab.explain(99, None).expect_err("no such unit");
    assert!(message(error).contains("99"));
    assert!(Lab::open("{").is_err() && Lab::load("{}").is_err());
}

#[wasm_bindgen_test]
fn a_link_and_a_saved_session_come_back() {
    let mut lab = lab();
    let _ = lab.advance("update", 2.0);
    let hash = get(&lab.share(), "hash").as_string().unwrap();
    let reading = read_link(&hash, false);
    assert!(get(&reading, "ok").is_truthy());
    assert!(Lab::open(&get(&reading, "spec").as_string().unwrap()).is_ok());
    let cut = read_link(&hash[..hash.len() - 3], false);
    assert!(!get(&cut, "ok").is_truthy());
    assert_eq!(get(&get(&cut, "problem"), "kind").as_string().unwrap(), "truncated");
    let mut again = Lab::load(&lab.save()).unwrap_or_else(|_| panic!("what was saved"));
    assert_eq!(get(&again.frame(), "hash"), get(&lab.frame(), "hash"));
}

#[wasm_bindgen_test]
fn seeds_are_whole_and_differ() {
    let seeds: Vec<f64> = (0..4).map(|_| fresh_seed().unwrap_or_else(|_| panic!("entropy"))).collect();
    assert!(seeds.iter().all(|s| *s == s.trunc() && (0.0..4_294_967_296.0).contains(s)));
    assert!(seeds.windows(2).any(|pair| pair[0] != pair[1]));
}
