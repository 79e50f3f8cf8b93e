//! What is said of specs and links that are not as they should be: where, what stands there, and what is allowed.

use engram_lab::LabError;
use engram_lab::catalogue;
use engram_lab::link::{self, ProblemKind, Reading};
use engram_lab::plan::Edit;
use engram_lab::session::Session;
use engram_lab::spec::Spec;
use engram_lab::value::Value;

/// A small spec with more fields.
fn small(fields: &str) -> String {
    format!(
        r#"{{"v":1,"model":"hopfield","patterns":{{"width":2,"height":2,"bits":["1100","1010"]}},{fields}}}"#
    )
}

/// A net of two units whose weights are given.
fn given(fields: &str) -> String {
    format!(r#"{{"v":1,"model":"hopfield","weights":[[0,1],[1,0]],{fields}}}"#)
}

fn refusal(text: &str) -> LabError {
    let opened = Spec::parse(text).and_then(|spec| catalogue::open(&spec));
    opened.err().unwrap_or_else(|| panic!("opened: {text}"))
}

fn notices(text: &str) -> Vec<String> {
    catalogue::open(&Spec::parse(text).unwrap()).unwrap_or_else(|error| panic!("{error}: {text}")).notices()
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_place_and_what_is_allowed() {
    for (fields, at, said) in [
        (
            r#""start":{"corrupt":{"flip":"x"}}"#,
            "start.corrupt.flip",
            "'x' is not allowed; it must be a number",
        ),
        (r#""seed":"one""#, "seed", "'one' is not allowed; it must be a whole number from 0"),
        (r#""seed":-1"#, "seed", "-1 is not allowed; it must be a whole number from 0"),
        (r#""seed":1.5"#, "seed", "1.5 is not allowed; it must be a whole number from 0"),
        (
            r#""engine":5000000000"#,
            "engine",
            "5000000000 is not allowed; it must be a whole number from 0 to 4294967295",
        ),
        (r#""title":5"#, "title", "5 is not allowed; it must be a word"),
        (r#""start":{"random":"yes"}"#, "start.random", "'yes' is not allowed; it must be true or false"),
        (r#""start":[1]"#, "start", "a list is not allowed; it must be an object"),
        (r#""clamp":{"a":1}"#, "clamp", "an object is not allowed; it must be a list"),
        (r#""clamp":[0,true]"#, "clamp", "true is not allowed; it must be a whole number from 0"),
        (r#""params":5"#, "params", "5 is not allowed; it must be an object"),
        (
            r#""params":{"margin":{}}"#,
            "params.margin",
            "an object is not allowed; it must be true or false, a",
        ),
        (r#""params":{"margin":null}"#, "params.margin", "null is not allowed; it must be true or false, a"),
        (
            r#""prepare":[{"do":"dream","count":[[]]}]"#,
            "prepare.count",
            "a list is not allowed; it must be a num",
        ),
        (r#""prepare":[{"do":7}]"#, "prepare.do", "7 is not allowed; it must be the name of an action"),
        (r#""view":{"speed":"fast"}"#, "view.speed", "'fast' is not allowed; it must be a whole number"),
        (r#""view":{"sped":1}"#, "view", "unknown field `sped`"),
        (r#""expect":{"values":{"energy":1,"energy":2}}"#, "expect.values.energy", "it is said twice"),
        (r#""params":{"rule":"hebb","rule":"storkey"}"#, "params.rule", "it is said twice"),
        (r#""prepare":[{"do":"dream","do":"dream"}]"#, "prepare.do", "it is said twice"),
        ("\"params\":{\"a\\nb\":{}}", "params.a\u{fffd}b", "an object is not allowed"),
    ] {
        let error = refusal(&small(fields));
        assert_eq!(error.at, at, "{error}");
        assert!(error.message.starts_with(said), "{}", error.message);
        assert!(error.message.contains(" at line 1 column "), "{}", error.message);
        assert!(!error.to_string().chars().any(char::is_control), "{error:?}");
    }
}

#[test]
fn an_empty_text_is_told_and_a_mark_of_encoding_is_passed_over() {
    for text in ["", " \n", "\u{feff}"] {
        assert_eq!(refusal(text).to_string(), "the spec is empty");
    }
    let plain = small(r#""seed":3"#);
    assert_eq!(Spec::parse(&format!("\u{feff}{plain}")), Spec::parse(&plain));
}

#[test]
fn a_saved_session_that_is_broken_says_where() {
    let session = Session::open(&Spec::parse(&small(r#""seed":3"#)).unwrap()).unwrap();
    let saved = session.save().replace(r#""seed":3"#, r#""seed":"x""#);
    let error = Session::load(&saved).err().expect("it was loaded").to_string();
    assert!(error.contains("events.spec.seed: 'x' is not allowed"), "{error}");
}

#[test]
fn large_numbers_have_no_zeros_and_names_are_named_whole() {
    let error = refusal(&small(r#""params":{"temperature":1e308}"#)).to_string();
    assert_eq!(error, "params.temperature: 1e308 is not allowed; it must be a number from 0 to 1000");
    let error = refusal(&small(r#""start":{"corrupt":{"flip":1e308}}"#)).to_string();
    assert_eq!(error, "start.corrupt.flip: 1e308 is not allowed; it must be a number from 0 to 1");
    let error = refusal(r#"{"v":1,"model":"hopfield","patterns":{"set":"icons","take":"dog"}}"#).to_string();
    assert!(
        error.contains("no 'dog'") && error.contains("one name is wanted, or several with commas"),
        "{error}"
    );
    let letters = r#"{"v":1,"model":"hopfield","patterns":{"set":"letters","take":"AJX","size":10}}"#;
    assert_eq!(catalogue::open(&Spec::parse(letters).unwrap()).unwrap().memories().len(), 3);
}

#[test]
fn what_contradicts_itself_is_refused() {
    for (text, at, said) in [
        (small(r#""clamp":[1,3,1]"#), "clamp", "unit 1 is named twice"),
        (small(r#""params":{"bias":true},"biases":[0,0,0,1]"#), "biases", "params.bias"),
        (small(r#""expect":{"outcome":"recaled"}"#), "expect.outcome", "one of recalled, inverse, mixture"),
        (small(r#""view":{"speed":0}"#), "view.speed", "0 is not allowed; it must be a whole number from 1 to"),
        (small(r#""engine":0"#), "engine", "0 is not a version"),
        (
            r#"{"v":1,"model":"hopfield","patterns":{"random":{"count":2,"units":9,"seed":9007199254740992}}}"#
                .to_owned(),
            "patterns.random.seed",
            "too large",
        ),
        (
            r#"{"v":1,"model":"hopfield","patterns":{"width":2,"height":1,"bits":["10","11"],"importance":[1,2]},
                "params":{"rule":"storkey"}}"#
                .to_owned(),
            "patterns.importance[1]",
            "alike",
        ),
    ] {
        let error = refusal(&text);
        assert_eq!(error.at, at, "{error}");
        assert!(error.message.contains(said), "{error}");
    }
}

#[test]
fn what_has_no_effect_is_said() {
    for (text, said) in [
        (
            small(r#""params":{"margin":1}"#),
            "params.margin has no effect while rule is hebb; with perceptron",
        ),
        (
            small(r#""params":{"rule":"energy_gradient","valley_noise":0.3,"steps":1}"#),
            "params.valley_noise has no effect while valleys is random; with few_from_noisy it has",
        ),
        (
            small(r#""params":{"update":"greedy","temperature":0.5}"#),
            "params.temperature has no effect while update is greedy; with heat_bath it has",
        ),
        (
            small(r#""prepare":[{"do":"damage","how":"cut","bits":3}]"#),
            "prepare[0].bits has no effect while how is cut; with quantise it has",
        ),
        (small(r#""engine":9"#), "version 9 of the numerics"),
        (
            given(r#""patterns":{"width":2,"height":1,"bits":["10"],"importance":[2]}"#),
            "patterns.importance has no effect",
        ),
    ] {
        let said_of_it = notices(&text);
        assert!(said_of_it.len() == 1 && said_of_it[0].contains(said), "{said_of_it:?} for {text}");
    }
    for quiet in [
        small(r#""params":{"margin":0.5}"#),
        small(r#""params":{"temperature":0}"#),
        small(r#""params":{"temperature":0,"update":"synchronous"}"#),
        small(r#""params":{"temperature":0.5}"#),
        small(r#""prepare":[{"do":"damage","how":"quantise","bits":3}]"#),
        small(&format!(r#""engine":{}"#, engram_lab::spec::ENGINE_VERSION)),
        given(r#""patterns":{"width":2,"height":1,"bits":["10"],"importance":[1]}"#),
    ] {
        assert_eq!(notices(&quiet), Vec::<String>::new(), "{quiet}");
    }
}

/// A link of this text with the checksum (CRC-32) that it should have.
fn sealed(text: &str) -> String {
    let crc = text.bytes().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    format!("{text}&k={:08x}", !crc)
}

#[test]
fn links_name_versions_that_are_none() {
    for (version, kind) in [
        ("x", ProblemKind::Invalid),
        ("-1", ProblemKind::Invalid),
        ("0", ProblemKind::Invalid),
        ("", ProblemKind::Invalid),
        ("2", ProblemKind::Newer),
        ("99999999999999", ProblemKind::Newer),
        ("99999999999999999999999999", ProblemKind::Newer),
    ] {
        for lenient in [false, true] {
            let link = sealed(&format!("v={version}&e=3&m=hopfield&set=letters&size=6"));
            let Reading::Problem { problem, .. } = link::read(&link, lenient) else { panic!("read {link}") };
            assert_eq!(problem.kind, kind, "{problem:?}");
            assert!(problem.message.contains(version), "{problem:?}");
        }
    }
    let Reading::Problem { problem, .. } = link::read(&sealed("v=1&e=0&m=hopfield&set=letters"), false)
    else {
        panic!("there was no numerics 0")
    };
    assert!(problem.message.contains("e: '0'"), "{problem:?}");
}

#[test]
fn links_tell_what_they_say_in_vain() {
    for (more, said) in [
        ("seed=7&seed=8", "'seed' is said twice; the first is used"),
        ("rule=hebb&rule=storkey", "'rule' is said twice"),
        ("hello", "'hello' has no value"),
        ("view=x", "view: 'x' says nothing"),
        ("view=speed:0", "view: 'speed:0' says nothing"),
        ("view=colour:red", "view: 'colour:red' says nothing"),
        ("do=damage,amount", "do: 'amount' of 'damage' has no value"),
        ("do=damage,amount:0.1,amount:0.2", "do: 'amount:0.2' of 'damage' comes twice"),
        ("unk=AAAA", "unk: without a state"),
        ("flavour=3", "'flavour' is not a setting"),
    ] {
        let link = sealed(&format!("v=1&e=3&m=hopfield&set=letters&size=6&take=AB&{more}"));
        let Reading::Spec { spec, notices } = link::read(&link, false) else { panic!("refused {link}") };
        assert!(notices.len() == 1 && notices[0].contains(said), "{notices:?} for {more}");
        assert!(catalogue::open(&spec).is_ok());
    }
    let quiet = sealed("v=1&e=3&m=hopfield&set=letters&size=6&do=damage,amount:0.1&do=damage,amount:0.2");
    let Reading::Spec { spec, notices } = link::read(&quiet, false) else { panic!("refused {quiet}") };
    assert!(notices.is_empty() && spec.prepare.len() == 2, "{notices:?}");
    // Other numerics are told by whoever opens the spec.
    let Reading::Spec { spec, notices } = link::read(&sealed("v=1&e=9&m=hopfield&set=letters&size=6"), false)
    else {
        panic!("newer numerics are no reason to refuse")
    };
    assert_eq!((spec.engine, notices.len()), (Some(9), 0));
    assert!(catalogue::open(&spec).unwrap().notices()[0].contains("version 9"));
}

/// A hundred units, three letters.
fn letters(fields: &str) -> String {
    format!(r#"{{"v":1,"model":"hopfield","patterns":{{"set":"letters","take":"AJX","size":10}},{fields}}}"#)
}

#[test]
fn work_is_bounded_as_a_whole_and_before_it_is_begun() {
    let dreams = |count: usize| {
        letters(&format!(r#""prepare":[{}]"#, vec![r#"{"do":"dream","count":10000}"#; count].join(",")))
    };
    let noise = |count: usize| {
        format!(
            r#"{{"v":1,"model":"hopfield","patterns":{{"random":{{"count":1,"units":2048}}}},"prepare":[{}]}}"#,
            vec![r#"{"do":"damage","how":"noise"}"#; count].join(",")
        )
    };
    let error = refusal(&dreams(200));
    // 4e10 visits, less learning, at 5 · 100² a dream: 79 times 10000 and a few.
    assert_eq!(error.at, "prepare[79].count");
    assert!(
        error.message.contains("10000 dreams after") && error.message.contains("100 units; at most 9999 fit")
    );
    assert!(!error.message.contains("patterns"), "{error}");
    let error = refusal(&noise(50));
    assert_eq!(error.at, "prepare[47]");
    assert!(
        error.message.contains("2048 units") && error.message.contains("the 47 steps before it fit"),
        "{error}"
    );
    // What learning takes is not there for what comes after it.
    let tired = r#""params":{"rule":"unlearning","dreams":20000},"prepare":[{"do":"dream","count":10000}]"#;
    let spec = |units: usize| {
        format!(
            r#"{{"v":1,"model":"hopfield","patterns":{{"random":{{"count":1,"units":{units}}}}},{tired}}}"#
        )
    };
    assert!(catalogue::check(&Spec::parse(&spec(500)).unwrap()).is_ok());
    let error = refusal(&spec(530));
    assert_eq!(error.at, "prepare[0].count");
    assert_eq!(refusal(&spec(800)).at, "params.dreams");
    let error = refusal(
        r#"{"v":1,"model":"hopfield","patterns":{"random":{"count":4096,"units":4096}},"params":{"rule":"storkey"}}"#,
    );
    assert!(error.at == "patterns" && error.message.starts_with("4096 patterns would"), "{error}");
    assert!(catalogue::check(&Spec::parse(&dreams(79)).unwrap()).is_ok());
    assert!(catalogue::check(&Spec::parse(&noise(47)).unwrap()).is_ok());
}

#[test]
fn an_edit_that_would_take_too_long_is_refused() {
    let dream = r#"{"do":"dream","count":10000}"#;
    let text = letters(&format!(r#""prepare":[{}]"#, vec![dream; 79].join(",")));
    // Not opened: that would take as long as it may.
    let spec = Spec::parse(&text).unwrap();
    let mut session = Session::open(&Spec { prepare: Vec::new(), ..spec.clone() }).unwrap();
    let args = spec.prepare[0].args.clone();
    assert!(session.edit(&Edit::Act { action: "dream".to_owned(), args }).is_ok());
    let many = Spec { prepare: vec![spec.prepare[0].clone(); 80], ..spec };
    assert!(Session::open(&many).err().expect("it was opened").message.contains("minutes"));
    let steps = Edit::Set { key: "steps".to_owned(), value: Value::Number(1e9) };
    assert!(session.edit(&steps).is_err());
}

#[test]
fn links_are_read_without_learning() {
    // Only learning finds out that this rule takes all patterns alike.
    let text = r#"{"v":1,"model":"hopfield","params":{"rule":"storkey"},
        "patterns":{"width":2,"height":2,"bits":["1100","1010"],"importance":[1,2]}}"#;
    let spec = Spec::parse(text).unwrap();
    assert!(catalogue::open(&spec).is_err());
    let Reading::Spec { spec: back, .. } = link::read(&link::write(&spec), false) else { panic!("refused") };
    assert_eq!(*back, spec);
    // What cannot be is told all the same.
    let link = sealed("v=1&e=3&m=hopfield&w=0,1;1,2");
    let Reading::Problem { problem, .. } = link::read(&link, false) else { panic!("read") };
    assert!(problem.message.starts_with("weights: "), "{problem:?}");
}
