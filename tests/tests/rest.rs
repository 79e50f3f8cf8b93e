//! When nothing more can happen under heat.

use engram_lab::catalogue;
use engram_lab::machine::{Machine, Outcome};
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_lab::values::Values;

fn open(fields: &str) -> Box<dyn Machine> {
    let text = format!(r#"{{"v":1,"model":"hopfield",{fields}}}"#);
    catalogue::open(&Spec::parse(&text).unwrap()).unwrap()
}

const WALSH: &str = r#""patterns":{"width":4,"height":4,"walsh":[8,4]}"#;

#[test]
fn without_heat_the_heat_bath_rests_where_no_coin_is_thrown() {
    // At a memory of these two every field is ±14 or so: nothing can change.
    let mut machine = open(&format!(r#"{WALSH},"params":{{"update":"heat_bath","temperature":0}}"#));
    assert!(machine.at_rest());
    assert_eq!(machine.outcome(), Outcome::Recalled { memory: 0 });
    assert_eq!(machine.advance(1000), 0);
    // On the way there it runs, and then rests.
    let mut machine = open(&format!(
        r#"{WALSH},"params":{{"update":"heat_bath","temperature":0}},"start":{{"pattern":0,"corrupt":{{"flip":0.125}}}}"#
    ));
    assert!(!machine.at_rest());
    let made = machine.advance(10_000);
    assert!((1..10_000).contains(&made) && machine.at_rest());
    assert!(matches!(machine.outcome(), Outcome::Recalled { .. } | Outcome::Mixture { .. }));
}

#[test]
fn a_coin_is_never_at_rest_and_heat_is_not_either() {
    // Nothing pulls on the third of three units.
    let lone = r#""weights":[[0,1,0],[1,0,0],[0,0,0]],"start":{"state":"110"}"#;
    let mut machine = open(&format!(r#"{lone},"params":{{"update":"heat_bath","temperature":0}}"#));
    assert!(!machine.at_rest());
    assert_eq!(machine.advance(500), 500);
    assert_eq!(machine.outcome(), Outcome::NotSettled { unstable: 0, sampling: false, reads: None });
    // Held, it throws no coin.
    assert!(
        open(&format!(r#"{lone},"clamp":[2],"params":{{"update":"heat_bath","temperature":0}}"#)).at_rest()
    );
    // A unit that is not known yet has still to be asked.
    let unknown = lone.replace("110", "1?0");
    let text = format!(r#"{unknown},"clamp":[2],"params":{{"update":"heat_bath","temperature":0}}"#);
    assert!(!open(&text).at_rest());
    let mut hot = open(&format!(r#"{WALSH},"params":{{"temperature":0.001}}"#));
    assert!(!hot.at_rest());
    assert_eq!(hot.advance(100), 100);
    assert!(matches!(hot.outcome(), Outcome::NotSettled { .. }));
}

#[test]
fn a_net_that_is_held_everywhere_rests_under_every_rule() {
    for update in ["asynchronous", "sequential", "greedy", "synchronous", "heat_bath"] {
        for temperature in [0.0, 2.0] {
            let fields = r#""weights":[[0,-1],[-1,0]],"start":{"state":"11"}"#;
            let params = format!(r#""params":{{"update":"{update}","temperature":{temperature}}}"#);
            let mut held = open(&format!(r#"{fields},{params},"clamp":[0,1]"#));
            assert!(held.at_rest(), "{update} at {temperature}");
            assert_eq!((held.advance(10), held.state_text().as_str()), (0, "11"));
            assert!(
                !open(&format!(r#"{fields},{params},"clamp":[0]"#)).at_rest(),
                "{update} at {temperature}"
            );
        }
    }
}

#[test]
fn a_unit_that_is_let_go_wakes_the_net() {
    let text = r#"{"v":1,"model":"hopfield","weights":[[0,1],[1,0]],"params":{"temperature":2},"clamp":[0,1],
        "start":{"state":"11"}}"#;
    let mut session = Session::open(&Spec::parse(text).unwrap()).unwrap();
    assert_eq!(session.advance(Step::Update, 10), 0);
    let args = Values::from([
        ("units".to_owned(), Value::Numbers(vec![1.0])),
        ("held".to_owned(), Value::Bool(false)),
    ]);
    session.edit(&Edit::Act { action: "clamp".to_owned(), args }).unwrap();
    assert_eq!(session.advance(Step::Update, 10), 10);
}

#[test]
fn a_run_with_heat_says_that_it_samples_and_one_that_was_stopped_does_not() {
    let ends = |params: &str| {
        let patterns = r#""patterns":{"set":"letters","take":"AJX","size":10}"#;
        let start = r#""start":{"pattern":0,"corrupt":{"flip":0.3}}"#;
        let mut machine = open(&format!(r#"{patterns},{start},"params":{{{params}}}"#));
        machine.advance(20);
        let Outcome::NotSettled { sampling, .. } = machine.outcome() else {
            panic!("at rest after 20 updates")
        };
        sampling
    };
    assert!(ends(r#""temperature":0.5"#));
    assert!(!ends(""));
    // Updates that follow the fields for certain have no heat, whatever the temperature says.
    assert!(!ends(r#""temperature":0.5,"update":"sequential""#));
}
