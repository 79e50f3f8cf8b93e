//! Specs that mean harm or make no sense: an error in words, never a panic, and nothing large is allocated for it.
#![allow(unsafe_code, reason = "an allocator that counts is an unsafe trait")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use engram_lab::catalogue::{self, CATALOGUE};
use engram_lab::link;
use engram_lab::session::Session;
use engram_lab::spec::Spec;

/// Most bytes that a refused spec may have held at once.
const LARGE: isize = 8 << 20;

/// The system's allocator, which counts what each thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // Fails only while a thread ends, when nothing is measured any more.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call is handed to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as the caller vouches.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as the caller vouches.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes held at once while something was done, beyond what was held before.
fn most(work: impl FnOnce()) -> isize {
    let before = HELD.with(Cell::get);
    MOST.with(|most| most.set(before));
    work();
    MOST.with(Cell::get) - before
}

#[test]
fn the_allocator_counts() {
    assert!(most(|| drop(vec![0u8; 1 << 20])) >= 1 << 20);
    assert!(most(|| ()) < 1 << 10);
}

/// The smallest of specs, with more fields.
fn spec(model: &str, fields: &str) -> String {
    format!(r#"{{"v":1,"model":"{model}",{fields}}}"#)
}

/// Four units.
const SMALL: &str = r#""patterns":{"width":2,"height":2,"bits":["1100","1010"]}"#;

/// As large as a net may be.
const LARGEST: &str = r#""patterns":{"random":{"count":2,"units":4096}}"#;

/// Fields of hostile specs, each with a word that the error has to say.
fn hostile() -> Vec<(String, &'static str)> {
    let small = |more: &str| format!("{SMALL},{more}");
    let largest = |more: &str| format!("{LARGEST},{more}");
    let own = |text: &str| text.to_owned();
    let ragged = format!(r#""weights":[{}]"#, vec!["[0]"; 4096].join(","));
    let rows = |cell: &str| format!(r#""weights":[[0,{cell}],[1,0]]"#);
    vec![
        // Sizes.
        (own(r#""patterns":{"width":-4,"height":4,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":4.5,"height":4,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":0,"height":4,"bits":[""]}"#), "patterns"),
        (own(r#""patterns":{"width":4096,"height":4096,"bits":["1"]}"#), "4096"),
        (own(r#""patterns":{"width":4294967295,"height":4294967295,"bits":["1"]}"#), "4096"),
        (own(r#""patterns":{"width":1000000000000,"height":1,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":4,"bits":["1111"]}"#), "height"),
        (own(r#""patterns":{"random":{"count":3,"units":1000000000}}"#), "4096"),
        (own(r#""patterns":{"random":{"count":1000000000,"units":9}}"#), "too many"),
        (own(r#""patterns":{"random":{"count":1,"units":0}}"#), "units"),
        (own(r#""patterns":{"random":{"count":1,"units":-5}}"#), "line 1"),
        (own(r#""patterns":{"random":{"count":1,"units":9},"width":3,"height":3}"#), "not both"),
        (own(r#""patterns":{"width":64,"height":64,"walsh":[4096]}"#), "no row 4096"),
        (own(r#""patterns":{"width":3,"height":3,"walsh":[1]}"#), "power of two"),
        (own(r#""patterns":{"width":400,"height":10,"bars":true}"#), "1 to 10"),
        // Patterns.
        (own(r#""seed":1"#), "no patterns"),
        (own(r#""patterns":{"bits":["11"]}"#), "width and height"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","110"]}"#), "bits[1]"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","11x0"]}"#), "'x'"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","11?0"]}"#), "bits[1]"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"set":"letters"}"#), "only one"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"names":["a","b"]}"#), "names"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1,2]}"#), "importance"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1e300]}"#), "importance"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[NaN]}"#), "line 1"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1e999]}"#), "line 1"),
        (own(r#""patterns":{"set":"runes"}"#), "letters, icons"),
        (own(r#""patterns":{"set":"letters","size":1000000}"#), "1000000"),
        (own(r#""patterns":{"set":"letters","take":"A€"}"#), "€"),
        (own(r#""patterns":{"set":"letters","colour":"red"}"#), "colour"),
        // Settings.
        (small(r#""params":{"rule":"alchemy"}"#), "hebb"),
        (small(r#""params":{"rle":"hebb"}"#), "rle"),
        (small(r#""params":{"rule":7}"#), "rule"),
        (small(r#""params":{"temperature":-1}"#), "0 to 1000"),
        (small(r#""params":{"temperature":1e300}"#), "0 to 1000"),
        (small(r#""params":{"temperature":NaN}"#), "line 1"),
        (small(r#""params":{"temperature":Infinity}"#), "line 1"),
        (small(r#""params":{"temperature":null}"#), "line 1"),
        (small(r#""params":{"temperature":{"is":1}}"#), "line 1"),
        (small(r#""params":{"rounds":1e9}"#), "5000"),
        (small(r#""params":{"rounds":1.5}"#), "whole"),
        (small(r#""params":{"bias":1}"#), "true or false"),
        (small(r#""seed":-1"#), "line 1"),
        (small(r#""seed":18446744073709551615"#), "too large"),
        (small(r#""seed":1e30"#), "line 1"),
        (small(r#""unheard":1"#), "unheard"),
        // Weights and biases.
        (own(r#""weights":[]"#), "units"),
        (own(r#""weights":[[]]"#), "row 0"),
        (ragged, "row 0"),
        (own(r#""weights":[[0,1],[1]]"#), "row 1"),
        (own(r#""weights":[[1,1],[1,0]]"#), "diagonal"),
        (rows("1e300"), "1e9"),
        (rows("null"), "line 1"),
        (own(r#""weights":[[0,1],[1,0]],"biases":[1]"#), "1 biases"),
        (own(r#""weights":[[0,1],[1,0]],"biases":[1,1e300]"#), "1e9"),
        (own(r#""weights":[[0,1],[1,0]],"patterns":{"width":3,"height":1,"bits":["101"]}"#), "2 rows"),
        (own(r#""weights":[[0,1],[1,0]],"params":{"rule":"hebb"}"#), "no such setting"),
        (largest(r#""biases":[1]"#), "1 biases"),
        // Starts and held units.
        (small(r#""start":{"pattern":2}"#), "no pattern 2"),
        (small(r#""start":{"pattern":-1}"#), "line 1"),
        (small(r#""start":{"pattern":0,"random":true}"#), "only one"),
        (small(r#""start":{"state":"11"}"#), "start.state"),
        (small(r#""start":{"corrupt":{"flip":1.5}}"#), "0 to 1"),
        (small(r#""start":{"corrupt":{"flip":-0.5}}"#), "0 to 1"),
        (small(r#""start":{"corrupt":{}}"#), "exactly one"),
        (small(r#""start":{"corrupt":{"half":"front"}}"#), "left, right"),
        (small(r#""start":{"corrupt":{"mask":0.5,"to":"gold"}}"#), "paper or unknown"),
        (largest(r#""start":{"state":"11"}"#), "start.state"),
        (small(r#""clamp":[4]"#), "no unit 4"),
        (small(r#""clamp":[-1]"#), "line 1"),
        (largest(r#""clamp":[4000000000]"#), "no unit"),
        // What is done before the run.
        (small(r#""prepare":[{"do":"explode"}]"#), "explode"),
        (small(r#""prepare":[{"how":"cut"}]"#), "do"),
        (small(r#""prepare":[{"do":"damage","how":"burn"}]"#), "burn"),
        (small(r#""prepare":[{"do":"damage","amount":2}]"#), "0 to 1"),
        (small(r#""prepare":[{"do":"dream","count":1e9}]"#), "10000"),
        (small(r#""prepare":[{"do":"forget","memory":0}]"#), "forget"),
        (largest(r#""prepare":[{"do":"damage","amount":2}]"#), "0 to 1"),
        // Depth.
        (format!(r#""params":{{"rule":{}"#, "[".repeat(200_000)), "recursion"),
        (format!(r#""unheard":{}1{}"#, r#"{"a":"#.repeat(1000), "}".repeat(1000)), "unheard"),
    ]
}

#[test]
fn hostile_specs_are_refused_in_words_and_cost_little() {
    for entry in &CATALOGUE {
        for (fields, word) in hostile() {
            let text = spec(entry.name, &fields);
            let shown: String = fields.chars().take(120).collect();
            let mut message = String::new();
            let bytes = most(|| match Spec::parse(&text).and_then(|spec| catalogue::open(&spec)) {
                Ok(_) => panic!("opened: {shown}"),
                Err(error) => message = error.to_string(),
            });
            assert!(message.contains(word), "'{word}' is not in \"{message}\" for {shown}");
            assert!(!message.contains('\n') && message.chars().count() < 600, "{message}");
            assert!(bytes < LARGE, "{bytes} bytes for {shown}");
        }
    }
}

#[test]
fn what_is_no_spec_at_all_is_refused() {
    let long = format!(r#"{{"v":1,"model":"x","title":"{}"}}"#, "a".repeat(5 << 20));
    for (text, word) in [
        ("", "line 1"),
        ("{}", "`v`"),
        ("[]", "line 1"),
        ("null", "line 1"),
        ("\u{0}", "line 1"),
        (r#"{"v":1}"#, "model"),
        (r#"{"v":0,"model":"x"}"#, "version 1"),
        (r#"{"v":2,"model":"x","tomorrow":true}"#, "newer"),
        (r#"{"v":-1,"model":"x"}"#, "line 1"),
        (r#"{"v":1,"v":1,"model":"x"}"#, "duplicate"),
        (long.as_str(), "bytes"),
    ] {
        let mut message = String::new();
        let bytes = most(|| message = Spec::parse(text).expect_err("it was read").to_string());
        assert!(message.contains(word), "'{word}' is not in \"{message}\"");
        assert!(bytes < LARGE, "{bytes} bytes");
    }
    let nobody = Spec::parse(r#"{"v":1,"model":"nobody"}"#).unwrap();
    assert!(Session::open(&nobody).is_err_and(|error| error.to_string().contains(CATALOGUE[0].name)));
}

#[test]
fn odd_but_possible_specs_open_and_run() {
    let settings = [
        r#""patterns":{"width":1,"height":1,"bits":["1"]}"#,
        r#""patterns":{"width":4,"height":1,"bits":[]}"#,
        r#""patterns":{"width":4,"height":1}"#,
        r#""patterns":{"random":{"count":0,"units":9}}"#,
        r#""patterns":{"width":4,"height":1,"bits":["1100","1100","1100"]}"#,
        r#""patterns":{"width":4,"height":1,"bits":["1111","1111"]}"#,
        r#""patterns":{"width":4,"height":1,"bits":["0000"],"importance":[0]}"#,
        r#""patterns":{"width":4,"height":1,"bits":["1010"],"importance":[-100]}"#,
        r#""weights":[[0]]"#,
        r#""weights":[[0,1],[-1,0]]"#,
        r#""weights":[[0,1e9],[1e9,0]],"biases":[1e9,-1e9]"#,
        r#""patterns":{"width":4,"height":1,"bits":["1010"]},"start":{"state":"????"},"clamp":[0,1,2,3]"#,
        r#""patterns":{"width":4,"height":1,"bits":["1010"]},"prepare":[{"do":"damage","how":"kill","amount":1}]"#,
    ];
    let updates = ["asynchronous", "sequential", "greedy", "synchronous", "heat_bath"];
    for fields in settings {
        for update in updates {
            let text = spec(CATALOGUE[0].name, &format!(r#"{fields},"params":{{"update":"{update}"}}"#));
            let mut machine = catalogue::open(&Spec::parse(&text).unwrap())
                .unwrap_or_else(|error| panic!("{error}: {text}"));
            let made = machine.advance(200);
            assert!(made == 200 || machine.at_rest(), "{text}");
            let _ = machine.outcome();
        }
    }
}

#[test]
fn rules_take_duplicates_and_negatives_without_a_panic() {
    let rules = ["hebb", "storkey", "storkey2", "pseudo_inverse", "perceptron", "perceptron_asymmetric"];
    for rule in rules.into_iter().chain(["energy_gradient", "unlearning"]) {
        for bits in [r#""11001","11001""#, r#""11001","00110""#, r#""11111","11111","00000""#, ""] {
            for bias in ["true", "false"] {
                let text = spec(
                    CATALOGUE[0].name,
                    &format!(
                        r#""patterns":{{"width":5,"height":1,"bits":[{bits}]}},
                            "params":{{"rule":"{rule}","bias":{bias}}},"start":{{"random":true}}"#
                    ),
                );
                let mut machine = catalogue::open(&Spec::parse(&text).unwrap())
                    .unwrap_or_else(|error| panic!("{error}: {text}"));
                machine.advance(100);
                assert!(machine.observe().scalars[0].is_finite(), "{text}");
            }
        }
    }
}

#[test]
fn hostile_links_cost_little() {
    let model = CATALOGUE[0].name;
    for rest in [
        "p=4000x4000.AAAA",
        "random=4000000000.4000000000",
        "random=4096.100000000",
        "grid=99999x99999",
        "bars=4294967295x1",
        "walsh=64x64.4097",
        "set=letters&clamp=4294967295",
        "set=letters&state=AAAA",
        "w=0,1;1",
        "set=letters&do=explode",
        "set=letters&seed=99999999999999999999",
        "set=%FF%FE",
    ] {
        for lenient in [false, true] {
            let link = format!("v=1&m={model}&{rest}");
            let bytes = most(|| drop(link::read(&link, lenient)));
            assert!(bytes < LARGE, "{bytes} bytes for {link}");
        }
    }
}
