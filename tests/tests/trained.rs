//! What was learned, as files: written, read, and put to use on the command line.

use std::fs;
use std::path::PathBuf;

use engram_lab::catalogue::{self, CATALOGUE};
use engram_lab::figure::{Mark, Part};
use engram_lab::files::{self, Format};
use engram_lab::spec::Spec;
use engram_tests::command::{engram, exact_with, number, numbers};
use serde_json::Value as Json;

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trained").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn fixture(name: &str) -> String {
    format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn bars(hidden: u32, epochs: u32) -> String {
    format!(
        r#"{{"v":1,"model":"rbm","patterns":{{"bars":true,"width":3,"height":3}},
            "params":{{"hidden":{hidden},"epochs":{epochs},"rate":0.2,"batch":2,"steps":5,"schedule":"linear"}}}}"#
    )
}

/// One line of JSON.
fn one(args: &[&str], spec: &str) -> Json {
    let (code, out, err) = engram(args, spec);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(out.lines().last().unwrap()).unwrap()
}

/// −ln P but for ln Z, by the sum over hidden units, from what the file says.
fn free_energy(file: &str, cells: &[f64]) -> f64 {
    let arrays = files::read(&fs::read(file).unwrap()).unwrap();
    let of = |name: &str| &arrays.iter().find(|array| array.name == name).unwrap().values;
    let dot = |a: &[f64]| a.iter().zip(cells).map(|(a, v)| a * v).sum::<f64>();
    let hidden = of("weights").chunks(cells.len()).zip(of("hidden_bias"));
    -dot(of("visible_bias")) - hidden.map(|(row, bias)| engram::math::softplus(bias + dot(row))).sum::<f64>()
}

#[test]
fn training_writes_what_it_has_learned_and_every_epoch_says_how_it_goes() {
    let folder = folder("writes");
    for format in Format::ALL {
        let file = folder.join(format!("bars.{}", format.extension())).display().to_string();
        let (code, out, err) = engram(&["train", "-", "--out", &file, "--fresh"], &bars(6, 600));
        assert_eq!((code, err.as_str()), (0, ""));
        let lines: Vec<Json> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 601);
        assert!(lines[..600].iter().enumerate().all(|(k, line)| number(&line["epoch"]) == (k + 1) as f64));
        assert!(number(&lines[599]["log_likelihood"]) > number(&lines[0]["log_likelihood"]) + 0.5);
        assert_eq!(lines[600]["weights"].as_str(), Some(file.as_str()));

        // The same net, told by enumeration from the file; its weights are of single precision.
        let told = exact_with(&bars(6, 0), &["--weights", &file]);
        assert!((number(&told["log_likelihood"]) - number(&lines[599]["log_likelihood"])).abs() < 1e-5);
        let energies = numbers(&told["free_energies"]);
        let paper = vec![0.0; 9];
        let least =
            energies.iter().map(|e| (e - free_energy(&file, &paper)).abs()).fold(f64::INFINITY, f64::min);
        assert!(least < 1e-6, "no picture has the free energy of paper: {least}");
    }
    // NumPy's file and the other hold the same numbers.
    let read = |end: &str| {
        let mut arrays = files::read(&fs::read(folder.join(format!("bars.{end}"))).unwrap()).unwrap();
        arrays.sort_by(|a, b| a.name.cmp(&b.name));
        arrays
    };
    assert_eq!(read("npz"), read("safetensors"));
}

#[test]
fn weights_learned_elsewhere_have_the_same_free_energies_here() {
    // scikit-learn 1.9.1's BernoulliRBM, saved by numpy.savez_compressed and by safetensors, and its own free energies.
    let spec = r#"{"v":1,"model":"rbm","patterns":{"width":12,"height":1,
        "bits":["000110100011","100000001101","100000011101","110110000010"]},"params":{"hidden":5,"epochs":0}}"#;
    let theirs = [-10.026756190135393, -12.591419486297864, -12.488436917004483, -10.59295809458543];
    for name in ["bernoulli_rbm.npz", "bernoulli_rbm.safetensors"] {
        let told = exact_with(spec, &["--weights", &fixture(name)]);
        for (ours, theirs) in numbers(&told["free_energies"]).iter().zip(theirs) {
            assert!((ours - theirs).abs() < 1e-5, "{name}: {ours} and {theirs}");
        }
        // What is read is exact; only the machine that samples has weights of single precision.
        let cells = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0];
        assert!((free_energy(&fixture(name), &cells) - theirs[0]).abs() < 1e-12);
    }
}

#[test]
fn estimates_are_near_the_truth_and_say_how_they_err() {
    let file = folder("ais").join("bars.npz").display().to_string();
    one(&["train", "-", "--out", &file, "--fresh"], &bars(6, 200));
    let told = exact_with(&bars(6, 200), &["--weights", &file]);
    let found = one(&["ais", "-", "--weights", &file, "--runs", "200", "--steps", "2000"], &bars(6, 200));
    let (error, truth) = (number(&found["standard_error"]), number(&told["ln_z"]));
    assert!((number(&found["ln_z"]) - truth).abs() < 4.5 * error.max(0.01), "{found} {truth}");
    assert!((number(&found["seen"]) - number(&told["log_likelihood"])).abs() < 4.5 * error.max(0.01));
    assert!(found["bias"].as_str().unwrap().contains("too low") && found.get("unseen").is_none());
}

#[test]
fn samples_are_of_what_was_learned() {
    let file = folder("samples").join("bars.npz").display().to_string();
    one(&["train", "-", "--out", &file, "--fresh"], &bars(12, 1000));
    let (code, out, err) =
        engram(&["sample", "-", "--weights", &file, "--count", "150", "--sweeps", "50"], &bars(12, 1000));
    assert_eq!(code, 0, "{err}");
    let states: Vec<String> = (out.lines())
        .map(|line| serde_json::from_str::<Json>(line).unwrap()["state"].as_str().unwrap().to_owned())
        .collect();
    let legal = |state: &&String| {
        let row = |k: usize| &state[3 * k..3 * k + 3];
        let level = (0..3).all(|k| row(k) == "000" || row(k) == "111");
        level || row(0) == row(1) && row(1) == row(2)
    };
    // 14 of 512 pictures are bars or stripes.
    assert_eq!(states.len(), 150);
    assert!(states.iter().filter(legal).count() > 75, "{states:?}");
    let chances = one(&["sample", "-", "--weights", &file, "--count", "1", "--chances"], &bars(12, 1000));
    assert!(numbers(&chances["chances"]).iter().all(|p| (0.0..=1.0).contains(p)));
}

#[test]
fn names_are_told_of_pictures_never_seen() {
    let spec = r#"{"v":1,"model":"rbm","params":{"data":"digits","names":"learned","hidden":60,"epochs":15,"rate":0.1}}"#;
    let file = folder("names").join("digits.safetensors").display().to_string();
    let last = one(&["train", "-", "--out", &file, "--fresh"], spec);
    let (code, out, _) = engram(&["classify", "-", "--weights", &file, "--each"], spec);
    assert_eq!((code, out.lines().count()), (0, 298));
    let told: Json = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert!((100.0 * number(&told["error"]) - number(&last["unseen_error"])).abs() < 1e-9);
    let confusion: f64 = told["confusion"].as_array().unwrap().iter().flat_map(numbers).sum();
    assert_eq!((number(&told["pictures"]), confusion), (297.0, 297.0));
    let first: Json = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert!((numbers(&first["probabilities"]).iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let (code, _, err) = engram(&["classify", "-", "--weights", &file], &bars(6, 10));
    assert!(code == 1 && err.contains("weights: has the shape [60, 74]; this machine needs [6, 9]"), "{err}");
}

#[test]
fn a_head_names_more_by_features_that_were_learned_than_by_cells() {
    let spec = r#"{"v":1,"model":"rbm","params":{"data":"digits","hidden":200,"epochs":60,"rate":0.06,"batch":10,
        "sampling":"persistent","chains":10}}"#;
    let file = folder("head").join("digits.safetensors").display().to_string();
    one(&["train", "-", "--out", &file, "--fresh"], spec);
    let told = one(&["classify", "-", "--weights", &file, "--head"], spec);
    let of = |part: &str, key: &str| number(&told[part][key]);
    assert_eq!(
        [number(&told["pictures"]), of("hidden", "features"), of("cells", "features")],
        [297.0, 200.0, 64.0]
    );
    // 0.118 and 0.145: eight pictures of 297 more are named rightly.
    assert!(of("hidden", "error") < of("cells", "error") - 0.02, "{told}");
    assert!(of("hidden", "seen_error") < of("hidden", "error") && of("cells", "steps") < 500.0, "{told}");

    // A machine that has names of its own, pictures that have none, and a model of which it is not known.
    let named = r#"{"v":1,"model":"rbm","params":{"data":"digits","names":"learned","hidden":5,"epochs":0}}"#;
    let other = r#"{"v":1,"model":"helmholtz","params":{"data":"digits","epochs":0}}"#;
    for (spec, says) in [
        (named, "params.names: this machine has learned names itself"),
        (&bars(5, 0), "params.data: pictures of your own have no names that a head could learn"),
        (other, "model: of this model it is not known what its hidden units say"),
    ] {
        let file = folder("head").join("none.npz").display().to_string();
        one(&["train", "-", "--out", &file, "--fresh"], spec);
        let (code, out, err) = engram(&["classify", "-", "--weights", &file, "--head"], spec);
        assert!(code == 1 && out.is_empty() && err.contains(says), "{err}");
    }
}

#[test]
fn what_cannot_be_is_said() {
    let hopfield = r#"{"v":1,"model":"hopfield","patterns":{"width":2,"height":1,"bits":["10"]}}"#;
    let nets = folder("hostile");
    fs::write(nets.join("page.npz"), "<!doctype html>").unwrap();
    let page = nets.join("page.npz").display().to_string();
    for (args, spec, says) in [
        (&["train", "-", "--out", "a.npz"][..], hopfield, "'hopfield' does not learn what a file could hold"),
        (&["train", "-", "--out", "a.txt"], hopfield, "must end in .safetensors or .npz"),
        (&["train", "-", "--out", "/no/such/folder/a.npz"], &bars(2, 1), "there is no such folder"),
        (&["ais", "-", "--weights", "none.npz"], &bars(2, 1), "none.npz: there is no such file"),
        (&["sample", "-", "--weights", &page], &bars(2, 1), "neither .safetensors nor .npz"),
        (&["classify", "-", "--weights", &fixture("bernoulli_rbm.npz")], &bars(5, 1), "needs [5, 9]"),
    ] {
        let (code, out, err) = engram(args, spec);
        assert!(code == 1 && out.is_empty() && err.contains(says), "{args:?}: {err}");
    }
    let (code, _, err) = engram(&["ais", "-", "--weights", "a.npz", "--runs", "1"], "");
    assert!(code == 2 && err.contains("2..=10000") || err.contains("1 is not in"), "{err}");
}

#[test]
fn whatever_learns_is_written_and_taken_back_and_its_arrays_are_documented() {
    let documented = include_str!("../../docs/weights.md");
    let mut learners = 0;
    for entry in &CATALOGUE {
        let spec = Spec::parse(entry.example).unwrap();
        if !entry.describe(&spec).learns {
            let mut machine = catalogue::open(&spec).unwrap();
            assert!(machine.learned().is_none() && machine.put(&[]).is_err(), "{}", entry.name);
            continue;
        }
        learners += 1;
        assert!(documented.contains(&format!("| `{}` |", entry.name)), "{}", entry.name);
        let mut machine = catalogue::open(&spec).unwrap();
        machine.advance(30);
        let arrays = machine.learned().unwrap().arrays();
        assert!(!arrays.is_empty());
        for array in &arrays {
            assert!(documented.contains(&format!("`{}`", array.name)), "{}: {}", entry.name, array.name);
        }
        for format in Format::ALL {
            let file = files::write(format, &arrays, &spec.to_json()).unwrap();
            let mut other = catalogue::open(&spec).unwrap();
            other.put(&files::read(&file).unwrap()).unwrap();
            assert_eq!(other.learned().unwrap().arrays(), arrays, "{}", entry.name);
            let progress = other.learned().unwrap().progress();
            assert_eq!(progress.done, progress.plan, "{}: it dreams", entry.name);
            other.advance(3);
        }
        let before = machine.hash();
        let error = machine.put(&arrays[1..]).unwrap_err().to_string();
        assert!(error.contains("this array is missing"), "{}: {error}", entry.name);
        assert_eq!(machine.hash(), before, "{}: something has changed", entry.name);
    }
    assert!(learners >= 6);
}

#[test]
fn a_picture_that_counts_twice_is_as_two() {
    let machine = |more: &str| {
        format!(
            r#"{{"v":1,"model":"rbm","patterns":{{"width":3,"height":1,{more}}},
                "weights":[[0.5,1.5,-0.75],[-1,0.25,1]],"biases":[0.1,-0.2,0.3,-0.4,0.6]}}"#
        )
    };
    let twice = machine(r#""bits":["101","010","110"],"importance":[2,1,1]"#);
    let two = machine(r#""bits":["101","101","010","110"]"#);
    let told = |spec: &str| one(&["run", "-", "--steps", "0"], spec);
    for key in ["log_likelihood", "pseudo_likelihood", "reconstruction_error"] {
        let (found, known) = (number(&told(&twice)[key]), number(&told(&two)[key]));
        assert!((found - known).abs() < 1e-6, "{key}: {found} is not {known}");
    }
    let points = |spec: &str| -> Vec<f32> {
        let machine = catalogue::open(&Spec::parse(spec).unwrap()).unwrap();
        let figure = machine.figure("updates", Part::Moving).unwrap();
        let at = |mark: &Mark| match mark {
            Mark::Points { at, .. } => at.concat(),
            _ => Vec::new(),
        };
        figure.marks.iter().flat_map(at).collect()
    };
    let (found, known) = (points(&twice), points(&two));
    // CD-1 and two steps, of each of six weights and five biases.
    assert_eq!((found.len(), known.len()), (44, 44));
    assert!(found.iter().zip(&known).all(|(x, y)| (x - y).abs() < 1e-6), "{found:?} {known:?}");
}
