//! The command line: what it prints, and what it says of what it cannot do.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use engram_lab::catalogue::{self, CATALOGUE, Weights};
use engram_lab::machine::Cells;
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_lab::values::Values;
use engram_tests::command::{close, engram, exact, number, numbers, run};
use serde_json::Value as Json;

/// Three units with weights and biases given outright, at temperature 1.
fn three(params: &str) -> String {
    format!(
        r#"{{"v":1,"model":"hopfield","seed":11,"weights":[[0,1,-0.5],[1,0,0.25],[-0.5,0.25,0]],
            "biases":[0.2,-0.3,0.1],"params":{{"temperature":1{params}}}}}"#
    )
}

/// ⟨s⟩ and ⟨s s'⟩ of the three units.
const MEAN: [f64; 3] = [-0.0404744201, -0.1685062951, 0.0733750726];
const PAIR: [f64; 3] = [0.6883591947, -0.3091775630, -0.1200604668];

/// The slides' first table.
const TABLE: &str = r#"{"v":1,"model":"hopfield","patterns":{"width":4,"height":4,"walsh":[8,4,2,1]},
    "params":{"scale":"patterns","bias":true,"bias_sign":"opposed","tie":"plus","update":"synchronous"},
    "start":{"state":"1011010000000000"}}"#;

#[test]
fn a_run_is_a_line_a_step_and_a_verdict() {
    let lines = run(TABLE, &["--steps", "50"]);
    assert_eq!(lines.iter().map(|l| number(&l["energy"])).collect::<Vec<_>>(), [-5.0, -13.0, -21.0, -28.0]);
    assert_eq!(lines.iter().map(|l| number(&l["step"])).collect::<Vec<_>>(), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(lines.iter().map(|l| numbers(&l["hamming"])[0]).collect::<Vec<_>>(), [4.0, 3.0, 1.0, 0.0]);
    assert_eq!(lines[1]["state"], "1111111101110000");
    let spec = Spec::parse(TABLE).unwrap();
    for line in &lines {
        for observable in catalogue::find(&spec.model).unwrap().describe(&spec).observables {
            assert!(line.get(observable.key).is_some(), "{line} lacks {}", observable.key);
        }
        let hash = line["hash"].as_str().unwrap();
        assert!(hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()), "{hash}");
    }
    let (last, before) = lines.split_last().unwrap();
    assert!(before.iter().all(|line| line.get("outcome").is_none()));
    assert_eq!((&last["outcome"], &last["memory"]), (&Json::from("recalled"), &Json::from(0)));
}

#[test]
fn a_run_of_no_steps_is_the_start_and_its_verdict() {
    let lines = run(TABLE, &["--steps", "0"]);
    assert_eq!(lines.len(), 1);
    assert_eq!((number(&lines[0]["step"]), &lines[0]["outcome"]), (0.0, &Json::from("not_settled")));
    assert_eq!(number(&lines[0]["unstable"]), 7.0);
}

#[test]
fn every_verdict_says_which_memories_it_is_about() {
    let spec = |model: &str, start: &str| {
        format!(r#"{{"v":1,"model":"hopfield",{model},"start":{{"state":"{start}"}}}}"#)
    };
    let walsh = r#""patterns":{"width":4,"height":4,"walsh":[8,4,2,1]}"#;
    let last = |text: String| run(&text, &[]).pop().unwrap();
    let inverse = last(spec(walsh, "0000000011111111"));
    assert_eq!((&inverse["outcome"], &inverse["memory"]), (&Json::from("inverse"), &Json::from(0)));
    let mixture = last(spec(walsh, "1111110011000000"));
    assert_eq!(mixture["outcome"], "mixture");
    let parts: Vec<_> =
        mixture["memories"].as_array().unwrap().iter().map(|p| number(&p["memory"])).collect();
    assert_eq!(parts, [0.0, 1.0, 2.0]);
    let set: Vec<_> = (0..16).map(|row| row.to_string()).collect();
    let full = format!(r#""patterns":{{"width":4,"height":4,"walsh":[{}]}}"#, set.join(","));
    let spurious = last(spec(&full, "1111111100000001"));
    assert_eq!(
        (&spurious["outcome"], &spurious["nearest"]["memory"]),
        (&Json::from("spurious"), &Json::from(8))
    );
    assert_eq!(number(&spurious["nearest"]["wrong"]), 1.0);
    let cycle = r#""weights":[[0,1],[1,0]],"params":{"update":"synchronous"}"#;
    let lines = run(&spec(cycle, "10"), &["--steps", "9"]);
    assert_eq!(lines.iter().map(|l| number(&l["energy"])).collect::<Vec<_>>(), [1.0, 1.0, 1.0]);
    assert_eq!(lines.last().unwrap()["outcome"], "two_cycle");
}

#[test]
fn steps_are_sweeps_or_updates() {
    let letters = r#"{"v":1,"model":"hopfield","patterns":{"set":"letters","take":"AJX","size":10},
        "start":{"pattern":0,"corrupt":{"flip":0.25}}}"#;
    let updates = run(letters, &["--steps", "150", "--unit", "update"]);
    let sweeps = run(letters, &["--steps", "5"]);
    assert_eq!(number(&updates[7]["updates"]), 7.0);
    let flips = |a: &Json, b: &Json| {
        a["state"]
            .as_str()
            .unwrap()
            .chars()
            .zip(b["state"].as_str().unwrap().chars())
            .filter(|(x, y)| x != y)
            .count()
    };
    for pair in updates.windows(2) {
        assert!(flips(&pair[0], &pair[1]) <= 1, "an update changes one neuron at most");
        assert!(number(&pair[1]["energy"]) <= number(&pair[0]["energy"]) + 1e-12);
    }
    assert_eq!(updates.last().unwrap()["state"], sweeps.last().unwrap()["state"]);
    assert_eq!(sweeps.last().unwrap()["outcome"], "recalled");
    assert_eq!(run(letters, &["--steps", "5"]), sweeps, "the same spec, the same bits");
}

#[test]
fn heat_bath_follows_the_boltzmann_distribution() {
    let lines = run(&three(""), &["--steps", "40000"]);
    assert_eq!(lines.len(), 40_001);
    let states: Vec<Vec<f64>> = lines[1..]
        .iter()
        .map(|l| l["state"].as_str().unwrap().chars().map(|c| if c == '1' { 1.0 } else { -1.0 }).collect())
        .collect();
    let check = |value: &dyn Fn(&[f64]) -> f64, known: f64| {
        // Means of batches much longer than the memory of the chain are as good as independent.
        let batches: Vec<f64> =
            states.chunks(200).map(|chunk| chunk.iter().map(|s| value(s)).sum::<f64>() / 200.0).collect();
        let count = batches.len() as f64;
        let mean = batches.iter().sum::<f64>() / count;
        let variance = batches.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0);
        let error = (variance / count).sqrt();
        assert!(error < 0.02, "the test is too weak: standard error {error}");
        assert!((mean - known).abs() < 4.5 * error, "{mean} ± {error} is not {known}");
    };
    for i in 0..3 {
        check(&|s| s[i], MEAN[i]);
    }
    for (known, (i, j)) in PAIR.into_iter().zip([(0, 1), (0, 2), (1, 2)]) {
        check(&|s| s[i] * s[j], known);
    }
}

#[test]
fn exact_results_of_three_units() {
    let found = exact(&three(""));
    close(number(&found["temperature"]), 1.0);
    close(number(&found["ln_z"]), 2.5990275523);
    numbers(&found["mean"]).into_iter().zip(MEAN).for_each(|(a, b)| close(a, b));
    let pairs: Vec<_> = found["pair"].as_array().unwrap().iter().map(numbers).collect();
    assert_eq!(pairs.iter().map(|p| (p[0], p[1])).collect::<Vec<_>>(), [(0.0, 1.0), (0.0, 2.0), (1.0, 2.0)]);
    pairs.iter().zip(PAIR).for_each(|(p, b)| close(p[2], b));
    // F = U − T S.
    close(
        number(&found["free_energy"]),
        number(&found["energy_mean"]) - number(&found["temperature"]) * number(&found["entropy"]),
    );
    // Heat has no basins; the states that nothing pulls out of are those of updates in order.
    assert_eq!(found["attractors"]["rule"], "sequential");
    let fixed: Vec<_> = found["attractors"]["fixed_points"].as_array().unwrap().iter().collect();
    let told: Vec<_> = fixed.iter().map(|p| (p["state"].as_str().unwrap(), number(&p["basin"]))).collect();
    assert_eq!(told, [("110", 4.0), ("001", 4.0)]);
    close(number(&fixed[1]["energy"]), -1.45);
    let (_, _, err) = engram(&["exact", "-"], &three(""));
    assert!(err.contains("note: ") && err.contains("sequential"), "{err}");
}

#[test]
fn what_a_setting_does_not_do_is_said_where_it_does_not() {
    let spec = three(r#","update":"greedy","tie":"keep""#);
    let said = "params.temperature has no effect while update is greedy";
    for (command, told) in [("run", true), ("link", true), ("exact", false)] {
        let (code, _, err) = engram(&[command, "-"], &spec);
        assert_eq!((code, err.contains(said)), (0, told), "{command}: {err}");
    }
    // What exact results do not depend on either is said there too.
    let (_, _, err) =
        engram(&["exact", "-"], &three(r#","update":"greedy""#).replace("\"v\":1", "\"v\":1,\"engine\":7"));
    assert!(err.contains("version 7 of the numerics"), "{err}");
    let (_, link, _) = engram(&["link", "-"], &spec);
    let (code, _, err) = engram(&["spec", link.trim()], "");
    assert!(code == 0 && err.contains(said), "{err}");
}

#[test]
fn heat_at_temperature_zero_comes_to_a_verdict() {
    let lines = run(
        r#"{"v":1,"model":"hopfield","patterns":{"width":4,"height":4,"walsh":[8,4]},
            "params":{"update":"heat_bath","temperature":0},"start":{"pattern":0}}"#,
        &["--steps", "50"],
    );
    let last = lines.last().unwrap();
    assert_eq!((lines.len(), &last["outcome"], &last["memory"]), (1, &"recalled".into(), &0.into()));
    assert_eq!(run(&three(""), &["--steps", "5"]).last().unwrap()["outcome"], "not_settled");
    let (_, help, _) = engram(&["run", "--help"], "");
    assert!(help.contains("samples for ever") && help.contains(r#"{"memory":0,"sign":1}"#), "{help}");
}

#[test]
fn exact_results_of_the_walsh_net() {
    let spec = |more: &str| {
        format!(
            r#"{{"v":1,"model":"hopfield","patterns":{{"width":4,"height":4,"walsh":[8,4,2,1]}},
                "params":{{"scale":"patterns","update":"synchronous","tie":"plus"{more}}}}}"#
        )
    };
    let found = exact(&spec(r#","temperature":1"#));
    for (key, known) in [("ln_z", 26.12723905), ("energy_mean", -23.68975515), ("heat_capacity", 2.06957196)]
    {
        assert!((number(&found[key]) - known).abs() < 6e-9, "{key} {}", found[key]);
    }
    let minima: Vec<_> = found["minima"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| (number(&m["energy"]), number(&m["count"])))
        .collect();
    assert_eq!(minima, [(-24.0, 8.0), (-16.0, 32.0)]);
    let attractors = &found["attractors"];
    assert_eq!(
        (&attractors["rule"], number(&attractors["two_cycle_basin"])),
        (&Json::from("synchronous"), 21_048.0)
    );
    let memory =
        attractors["fixed_points"].as_array().unwrap().iter().find(|p| p["state"] == "1111111100000000");
    let memory = memory.expect("a memory is a fixed point");
    assert_eq!((number(&memory["energy"]), number(&memory["basin"])), (-24.0, 5453.0));
    // At temperature 0 the logarithm of Z is infinite.
    let cold = exact(&spec(r#","temperature":0"#));
    assert!(cold["ln_z"].is_null());
    assert_eq!((number(&cold["energy_mean"]), number(&cold["free_energy"])), (-24.0, -24.0));
    close(number(&cold["entropy"]), 3.0 * std::f64::consts::LN_2);
}

#[test]
fn exact_results_of_the_smallest_two_cycle() {
    let found =
        exact(r#"{"v":1,"model":"hopfield","weights":[[0,1],[1,0]],"params":{"update":"synchronous"}}"#);
    let ends = &found["attractors"];
    let fixed: Vec<_> =
        ends["fixed_points"].as_array().unwrap().iter().map(|p| p["state"].as_str().unwrap()).collect();
    assert_eq!(fixed, ["00", "11"]);
    let cycle = &ends["two_cycles"][0];
    assert_eq!(cycle["states"], serde_json::json!(["10", "01"]));
    assert_eq!((numbers(&cycle["energies"]), number(&cycle["basin"])), (vec![1.0, 1.0], 2.0));
    assert_eq!(number(&ends["other"]["count"]), 0.0);
}

#[test]
fn too_large_a_net_is_not_enumerated() {
    let (code, out, err) = engram(
        &["exact", "-"],
        r#"{"v":1,"model":"hopfield","patterns":{"set":"letters","take":"A","size":6}}"#,
    );
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("20 units") && err.contains("36"), "{err}");
}

#[test]
fn grey_states_are_lists_and_have_no_exact_results() {
    let spec = r#"{"v":1,"model":"modern","patterns":{"values":[[1,-1,0.5,-0.5],[-1,-1,1,1]]},
        "start":{"values":[0.75,-0.5,0.25,-1]}}"#;
    let lines = run(spec, &["--steps", "3"]);
    assert_eq!(numbers(&lines[0]["state"]), [0.75, -0.5, 0.25, -1.0]);
    assert!(lines.iter().all(|line| numbers(&line["state"]).len() == 4));
    let (code, out, err) = engram(&["exact", "-"], spec);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("'modern' have any value: run it, or take a model of units"), "{err}");
}

#[test]
fn machines_beside_a_spec_are_run_by_number() {
    let spec = |beside: &str| {
        format!(
            r#"{{"v":1,"model":"hopfield","seed":5,"patterns":{{"set":"letters","take":"AJX","size":10}},
                "start":{{"pattern":0,"corrupt":{{"flip":0.25}}}}{beside}}}"#
        )
    };
    let others = r#","beside":[{"params":{"update":"sequential"}},{"model":"dense","params":{"degree":3}}]"#;
    let (own, alone) = (run(&spec(others), &[]), run(&spec(""), &[]));
    assert_eq!(own, alone);
    let sequential = run(&spec(r#","params":{"update":"sequential"}"#), &[]);
    assert_eq!(run(&spec(others), &["--beside", "0"]), sequential);
    assert_ne!(sequential, alone);
    let dense = run(&spec(others), &["--beside", "1"]);
    // The same cue, and another machine's energy.
    assert_eq!(dense[0]["state"], alone[0]["state"]);
    assert_ne!(dense[0]["energy"], alone[0]["energy"]);
    let (_, _, notes) = engram(&["run", "-"], &spec(others));
    assert!(notes.contains("--beside 0 to 1 runs those"), "{notes}");
    let refused = |spec: &str, number: &str| {
        let (code, out, err) = engram(&["run", "-", "--beside", number], spec);
        assert_eq!((code, out.as_str()), (1, ""));
        err
    };
    assert!(
        refused(&spec(others), "2").contains("--beside 2: 2 machines stand beside this one, numbers 0 to 1")
    );
    assert!(refused(&spec(""), "0").contains("--beside 0: no machine stands beside this one"));
}

#[test]
fn links_and_specs_go_both_ways() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/presets");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.to_str().unwrap();
        let (code, link, err) = engram(&["link", file, "--base", "https://example.org/engram/#old"], "");
        assert_eq!(code, 0, "{err}");
        assert!(link.starts_with("https://example.org/engram/#v=1&"), "{link}");
        let (code, json, err) = engram(&["spec", link.trim()], "");
        assert_eq!((code, err.as_str()), (0, ""));
        let (_, bare, _) = engram(&["link", "-"], &json);
        assert_eq!(bare.trim(), &link.trim()["https://example.org/engram/".len()..]);
        assert_eq!(engram(&["spec", "-"], &bare).1, json);
    }
}

#[test]
fn broken_links_are_refused_or_read_leniently() {
    let (_, link, _) = engram(&["link", "-"], TABLE);
    let cut = &link.trim()[..link.len() - 12];
    let (code, out, err) = engram(&["spec", cut], "");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.starts_with("engram: link: ") && err.contains("cut off") && err.contains("--lenient"),
        "{err}"
    );
    let (code, out, err) = engram(&["spec", "--lenient", cut], "");
    assert_eq!(code, 0);
    assert!(err.contains("note: ") && Spec::parse(&out).is_ok(), "{err}{out}");
    for (text, word) in [("", "nothing"), ("https://example.org/", "#"), ("#v=9&m=x", "version 9")] {
        let (code, _, err) = engram(&["spec", text], "");
        assert!(code == 1 && err.contains(word) && !err.contains("--lenient"), "{text}: {err}");
    }
}

#[test]
fn problems_name_file_place_value_and_what_is_allowed() {
    let hot = r#"{"v":1,"model":"hopfield","patterns":{"set":"letters"},"params":{"temperature":5000}}"#;
    for command in ["run", "exact", "link"] {
        let (code, out, err) = engram(&[command, "-"], hot);
        assert_eq!((code, out.as_str()), (1, ""));
        assert_eq!(
            err,
            "engram: standard input: params.temperature: 5000 is not allowed; it must be a number from 0 to 1000\n"
        );
        let (code, out, err) = engram(&[command, "-"], "{ \"v\": 1,\n \"modl\": \"hopfield\" }");
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains("modl") && err.contains("line 2"), "{err}");
        let (code, out, err) = engram(&[command, "nowhere.json"], "");
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (1, "", "engram: nowhere.json: there is no such file\n")
        );
        let (code, _, err) = engram(&[command, env!("CARGO_MANIFEST_DIR")], "");
        assert!(code == 1 && err.contains("folder"), "{err}");
    }
    assert!(engram(&["run", "-", "--unit", "year"], TABLE).0 == 2);
    for steps in ["-3", "-1", "abc", "1.5", "99999999999999999999999", "1000000000001"] {
        let (code, out, err) = engram(&["run", "-", "--steps", steps], TABLE);
        assert_eq!((code, out.as_str()), (2, ""));
        let said = format!(
            "invalid value '{steps}' for '--steps <N>': it must be a whole number from 0 to 1000000000000"
        );
        assert!(err.contains(&said), "{err}");
    }
    let (code, _, err) = engram(&["run", ""], TABLE);
    assert!(code == 1 && err.contains("the name of the file is empty"), "{err}");
}

#[test]
fn what_is_not_text_is_refused() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code =
        engram_cli::run(["engram", "run", "-"], &mut [0xff, 0xfe, 0x00].as_slice(), &mut out, &mut err);
    assert_eq!((code, out.len()), (1, 0));
    assert!(String::from_utf8(err).unwrap().contains("UTF-8"));
    // Endless input is not read to its end.
    let mut err = Vec::new();
    let code =
        engram_cli::run(["engram", "run", "-"], &mut io::repeat(b' ').take(1 << 40), &mut out, &mut err);
    assert_eq!((code, out.len()), (1, 0));
    assert!(String::from_utf8(err).unwrap().contains("bytes"));
}

#[test]
fn notices_are_said_beside_the_result() {
    let dependent = r#"{"v":1,"model":"hopfield","params":{"rule":"pseudo_inverse"},
        "patterns":{"width":4,"height":1,"bits":["1100","0011","1010"]}}"#;
    let (code, out, err) = engram(&["run", "-"], dependent);
    assert_eq!(code, 0);
    assert!(err.starts_with("engram: note: ") && err.contains("independent"), "{err}");
    assert!(out.lines().all(|line| serde_json::from_str::<Json>(line).is_ok()));
}

#[test]
fn the_list_tells_everything_a_spec_may_say() {
    let (_, all, _) = engram(&["list"], "");
    for entry in &CATALOGUE {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(all.contains(entry.name) && words(&all).contains(&words(entry.source)), "{}", entry.name);
        let (code, text, _) = engram(&["list", entry.name], "");
        assert_eq!(code, 0);
        let description = entry.describe(&Spec::new(entry.name));
        for control in &description.controls {
            assert!(text.contains(&format!("    {}: {}", control.key, control.label)), "{}", control.key);
        }
        for observable in &description.observables {
            assert!(
                text.contains(&format!("  {}: {}", observable.key, observable.label)),
                "{}",
                observable.key
            );
        }
        assert!(text.lines().all(|line| line.chars().count() <= 110), "lines fit a terminal");
        let (_, json, _) = engram(&["list", entry.name, "--json"], "");
        let json: Json = serde_json::from_str(&json).unwrap();
        assert_eq!(json["controls"].as_array().unwrap().len(), description.controls.len());
    }
    // What no description holds is told of every model.
    for entry in &CATALOGUE {
        let (_, text, _) = engram(&["list", entry.name], "");
        let told = |words: &str, of: bool| {
            for word in words.split_whitespace() {
                assert_eq!(text.contains(word), of, "{}: {word}", entry.name);
            }
        };
        told("\"start\" state: \"clamp\" \"beside\" update sweep", true);
        told(
            "bits: set: random: walsh: bars: importance pattern: corrupt: mask: block:",
            entry.takes.patterns,
        );
        told("grey: values:", entry.takes.grey);
        assert_eq!(text.contains("      noise: 0"), entry.takes.grey && entry.takes.patterns);
        told("\"places\"", entry.takes.places);
        told("\"edges\"", entry.takes.edges);
        assert_eq!(text.contains("\"weights\": [["), entry.takes.weights != Weights::None);
        assert!(text.contains("uses up an update"));
    }
    let (code, out, err) = engram(&["list", "perpetuum"], "");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("perpetuum") && CATALOGUE.iter().all(|entry| err.contains(entry.name)), "{err}");
}

#[test]
fn schema_and_completions_are_printed() {
    let (code, out, _) = engram(&["schema"], "");
    let schema: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &schema["additionalProperties"]), (0, &Json::from(false)));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, out, _) = engram(&["completions", shell], "");
        assert!(code == 0 && out.contains("engram") && out.contains("exact"), "{shell}");
    }
}

/// Takes so many bytes, then is gone.
struct Pipe(usize);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_is_quiet_and_a_full_disk_is_not() {
    for args in
        [&["run", "-"][..], &["exact", "-"], &["link", "-"], &["list"], &["schema"], &["completions", "zsh"]]
    {
        for room in [0, 5, 60] {
            let mut err = Vec::new();
            let all = std::iter::once("engram").chain(args.iter().copied());
            let code = engram_cli::run(all, &mut TABLE.as_bytes(), &mut Pipe(room), &mut err);
            assert_eq!((code, String::from_utf8(err).unwrap().contains("output")), (0, false), "{args:?}");
        }
    }
    let mut full = [0u8; 10];
    let mut err = Vec::new();
    let code = engram_cli::run(["engram", "schema"], &mut io::empty(), &mut full.as_mut_slice(), &mut err);
    assert_eq!(code, 1);
    assert!(String::from_utf8(err).unwrap().starts_with("engram: standard output: "));
}

#[test]
fn flips_are_counted_one_by_one() {
    // Greedy updates turn one neuron of this net there and back within a sweep.
    let spec = r#"{"v":1,"model":"hopfield","weights":[[0,1,-5,-2,-1,-5],[1,0,-1,4,-1,0],[-5,-1,0,4,-4,5],
        [-2,4,4,0,-4,-5],[-1,-1,-4,-4,0,-5],[-5,0,5,-5,-5,0]],"params":{"update":"greedy"},"start":{"state":"011011"}}"#;
    let lines = run(spec, &["--unit", "update"]);
    let flips: Vec<f64> = lines.iter().map(|line| number(&line["flips"])).collect();
    assert_eq!(flips, [0.0, 1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn the_command_that_is_shared_comes_to_what_was_seen() {
    for entry in &CATALOGUE {
        let mut session = Session::open(&Spec::parse(entry.example).unwrap()).unwrap();
        session.advance(Step::Update, 30);
        let args = Values::from([
            ("how".to_owned(), Value::Text("flip".to_owned())),
            ("amount".to_owned(), Value::Number(0.3)),
        ]);
        if entry.takes.patterns {
            session.edit(&Edit::Act { action: "spoil".to_owned(), args }).unwrap();
        }
        session.advance(Step::Update, 57);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(entry.name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("experiment.json"), session.machine().spec().to_json()).unwrap();
        let command = session.command();
        assert!(command.exact);
        let words: Vec<_> = command.words.split_whitespace().collect();
        let (program, words) = words.split_first().unwrap();
        assert_eq!(*program, "engram");
        let file = folder.join("experiment.json").display().to_string();
        let words: Vec<&str> =
            words.iter().map(|word| if *word == "experiment.json" { &file } else { *word }).collect();
        let (code, out, err) = engram(&words, "");
        assert_eq!(code, 0, "{err}");
        let last: Json = serde_json::from_str(out.lines().last().unwrap()).unwrap();
        let seen = format!("{:016x}", session.machine().hash());
        assert_eq!(
            (last["hash"].as_str(), number(&last["updates"])),
            (Some(seen.as_str()), session.machine().age() as f64)
        );
        match session.machine().cells() {
            Cells::Spins(_) => {
                assert_eq!(last["state"].as_str(), Some(session.machine().state_text().as_str()))
            }
            Cells::Grey(levels) => {
                let told: Vec<f64> = last["state"].as_array().unwrap().iter().map(number).collect();
                assert_eq!(told, levels);
            }
        }
    }
}
