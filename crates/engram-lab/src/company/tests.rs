//! What company promises: the same cue and the same dice, in step, and what is compared is what is shared.

use super::*;
use crate::catalogue;
use crate::spec::Beside;
use crate::value::Value;
use crate::values::Values;

/// The name of a model that learns by a rule.
fn model() -> &'static str {
    let learns = |entry: &&catalogue::Entry| {
        entry.describe(&Spec::new(entry.name)).controls.iter().any(|control| control.key == "rule")
    };
    catalogue::CATALOGUE.iter().find(learns).expect("a model that learns").name
}

fn open(beside: &str) -> Company {
    with(r#""params":{"temperature":0.4},"#, beside)
}

fn with(params: &str, beside: &str) -> Company {
    let model = model();
    let text = format!(
        r#"{{"v":1,"model":"{model}","seed":3,"patterns":{{"set":"letters","take":"AJXE","size":10}},
        "start":{{"pattern":0,"corrupt":{{"flip":0.3}}}},{params}"beside":{beside}}}"#
    );
    Company::open(&Spec::parse(&text).unwrap()).unwrap()
}

const RULES: &str = r#"[{"params":{"rule":"storkey"}},{"params":{"update":"synchronous"}}]"#;

fn beside(key: &str, value: &str) -> Beside {
    Beside { model: None, params: Values::from([(key.to_owned(), Value::Text(value.to_owned()))]) }
}

#[test]
fn all_start_from_one_cue_and_each_runs_as_it_would_alone() {
    let mut company = open(RULES);
    let cue = company.leader().machine().spins().into_owned();
    assert!(company.others().iter().all(|other| *other.machine().spins() == *cue));
    company.advance(Step::Sweep, 3);
    assert_eq!(company.time(), 300);
    let specs = company.leader().machine().spec().others();
    for (other, spec) in company.others().iter().zip(&specs) {
        let mut alone = Session::open(spec).unwrap();
        alone.advance(Step::Sweep, 3);
        assert_eq!((other.time(), other.machine().hash()), (alone.time(), alone.machine().hash()));
    }
}

#[test]
fn whoever_rests_waits_for_the_others() {
    let mut company = with("", r#"[{"params":{"temperature":0.4}}]"#);
    company.advance(Step::Sweep, 40);
    let leader = company.leader();
    assert!(leader.machine().at_rest() && leader.end() < 4000 && !company.at_rest());
    assert_eq!((company.time(), company.others()[0].time()), (4000, 4000));
    let then = company.others()[0].machine().hash();
    company.seek(30);
    assert_eq!((company.leader().time(), company.others()[0].time()), (30, 30));
    company.seek(4000);
    assert_eq!(company.others()[0].machine().hash(), then);
}

#[test]
fn edits_start_all_over_and_are_taken_back() {
    let mut company = open(RULES);
    company.advance(Step::Sweep, 2);
    let before = company.leader().machine().hash();
    company.edit(&Edit::Set { key: "bias".into(), value: Value::Bool(true) }).unwrap();
    assert_eq!((company.time(), company.end()), (0, 0));
    assert!(company.others().iter().all(|other| other.machine().values().flag("bias")));
    company.undo();
    assert_eq!((company.time(), company.leader().machine().hash()), (200, before));
    assert_eq!(company.others()[0].time(), 200);
    company.redo();
    assert!(company.others()[1].machine().values().flag("bias"));
}

#[test]
fn company_comes_and_goes_and_what_cannot_be_is_refused() {
    let mut company = open("[]");
    company.advance(Step::Sweep, 1);
    company.edit(&Edit::Compare { beside: vec![beside("rule", "storkey")] }).unwrap();
    assert_eq!((company.time(), company.others().len()), (0, 1));
    let hash = company.others()[0].machine().hash();
    let error = company.edit(&Edit::Compare { beside: vec![beside("rule", "magic")] }).unwrap_err();
    assert!(error.to_string().starts_with("beside[0].params.rule: 'magic'"), "{error}");
    assert_eq!((company.others().len(), company.others()[0].machine().hash()), (1, hash));
    let four = vec![beside("rule", "storkey"); 4];
    assert!(company.edit(&Edit::Compare { beside: four }).unwrap_err().message.contains("at most 3"));
    company.edit(&Edit::Compare { beside: vec![] }).unwrap();
    assert!(company.others().is_empty());
    company.undo();
    assert_eq!(company.others().len(), 1);
}

#[test]
fn what_is_compared_goes_through_a_link_and_a_saved_session() {
    let mut company = open(RULES);
    company.advance(Step::Sweep, 2);
    let link = crate::link::write(company.leader().machine().spec());
    let crate::link::Reading::Spec { spec, notices } = crate::link::read(&link, false) else {
        panic!("{link}")
    };
    assert_eq!((notices, &spec.beside), (vec![], &company.leader().machine().spec().beside));
    let loaded = Company::load(&company.leader().save()).unwrap();
    assert_eq!(loaded.time(), company.time());
    for (a, b) in loaded.others().iter().zip(company.others()) {
        assert_eq!(a.machine().hash(), b.machine().hash());
    }
}

#[test]
fn another_may_lead_and_everybody_runs_as_before() {
    let mut company = with(
        r#""params":{"rule":"storkey"},"#,
        r#"[{"params":{"rule":"hebb","update":"synchronous"}},{"params":{"temperature":0.4}}]"#,
    );
    let hashes = |company: &Company| {
        let leader = company.leader().machine().hash();
        let others: Vec<_> = company.others().iter().map(|other| other.machine().hash()).collect();
        (leader, others)
    };
    let spec = led_by(company.leader().machine().spec(), 1).unwrap();
    let mut swapped = Company::open(&spec).unwrap();
    company.advance(Step::Sweep, 2);
    swapped.advance(Step::Sweep, 2);
    let (leader, others) = hashes(&company);
    assert_eq!(hashes(&swapped), (others[1], vec![others[0], leader]));
    let back = led_by(&spec, 1).unwrap();
    assert_eq!(hashes(&Company::open(&back).unwrap()), {
        company.seek(0);
        hashes(&company)
    });
    assert!(led_by(&spec, 2).unwrap_err().message.contains("2 stand beside"));
}

#[test]
fn what_is_put_on_the_stage_is_kept_while_there_is_such_a_figure() {
    let model = model();
    let spec = format!(
        r#"{{"v":1,"model":"{model}","patterns":{{"width":3,"height":3,"bits":["101101101"]}},
        "view":{{"figure":"landscape"}}}}"#
    );
    let mut company = Company::open(&Spec::parse(&spec).unwrap()).unwrap();
    assert_eq!(company.leader().stage(), Some("landscape"));
    company.leader_mut().put_on_stage(Some("network".to_owned()));
    let loaded = Company::load(&company.leader().save()).unwrap();
    assert_eq!(loaded.leader().stage(), Some("network"));
    assert_eq!(loaded.leader().spec().view.figure.as_deref(), Some("network"));
    company.leader_mut().put_on_stage(None);
    assert_eq!(Company::load(&company.leader().save()).unwrap().leader().spec().view.figure, None);
    company.leader_mut().put_on_stage(Some("nothing of that name".to_owned()));
    assert_eq!(company.leader().stage(), None);
}

#[test]
fn each_is_asked_for_the_figure_if_it_has_that() {
    let model = model();
    let small = r#"{"width":3,"height":3,"bits":["101101101"]}"#;
    let lacks = |entry: &&catalogue::Entry| {
        let text = format!(r#"{{"v":1,"model":"{}","patterns":{small}}}"#, entry.name);
        entry.takes.patterns && !entry.describe(&Spec::parse(&text).unwrap()).shows("landscape")
    };
    let other = catalogue::CATALOGUE.iter().find(lacks).expect("a model without that figure").name;
    let open = |figure: &str, size: &str| {
        Company::open(&Spec::parse(&format!(
            r#"{{"v":1,"model":"{model}","patterns":{size},"view":{{"figure":"{figure}"}},
            "beside":[{{"params":{{"rule":"storkey"}}}},{{"model":"{other}"}}]}}"#
        ))?)
    };
    let company = open("landscape", small).unwrap();
    let spec = company.leader().spec();
    let asked = |spec: &Spec| spec.view.figure.clone();
    assert_eq!(asked(&spec).as_deref(), Some("landscape"));
    let both = |place: usize| {
        let led = led_by(&spec, place).unwrap();
        let alone = super::alone(&spec, &spec.beside[place]);
        [led, alone].map(|spec| {
            Company::open(&spec).unwrap();
            asked(&spec)
        })
    };
    assert_eq!(both(0), [asked(&spec), asked(&spec)]);
    assert_eq!(both(1), [None, None]);
    let error = company.at(3).err().expect("there are three").to_string();
    assert!(error.contains("no machine 3; 2 stand beside the leader"), "{error}");
    let large = r#"{"set":"letters","take":"AJXE","size":10}"#;
    let error = open("landscape", large).err().expect("too many states").to_string();
    assert!(
        error.starts_with("view.figure: 'landscape' is not a figure here; it must be one of grid, "),
        "{error}"
    );
    assert!(open("grid", large).is_ok());
}
