//! Edits of the memories: what they leave of the cue and of the past.

use super::*;

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn words<const N: usize>(texts: [&str; N]) -> Value {
    Value::Words(texts.map(str::to_owned).to_vec())
}

fn names(s: &Session) -> Vec<&str> {
    s.machine().memories().iter().map(|m| m.name.as_str()).collect()
}

/// Four memories of four cells; the run starts from the third, spoiled.
fn small(start: &str) -> Session {
    let model = model();
    let spec = format!(
        r#"{{"v":1,"model":"{model}","seed":3,"params":{{"rule":"storkey"}},"start":{start},
        "patterns":{{"width":4,"height":1,"bits":["1100","1010","1001","1000"],"names":["a","b","c","d"]}}}}"#
    );
    Session::open(&Spec::parse(&spec).unwrap()).unwrap()
}

#[test]
fn several_pictures_are_stored_as_one_edit() {
    let mut s = open("{}");
    s.advance(Step::Update, 30);
    let pictures = crate::pictures::letters("BC", 10, 10).unwrap();
    let bits = [pictures[0].bits.as_str(), pictures[1].bits.as_str()];
    s.edit(&act("add", &[("names", words(["B", ""])), ("pictures", words(bits))])).unwrap();
    assert_eq!(names(&s), ["A", "J", "X", "B", "5"]);
    assert_eq!(s.machine().memories()[4].pattern.bits(), pictures[1].bits);
    let event = &s.events()[0];
    assert_eq!((event.time, event.kind.as_str(), event.label.as_str()), (30, "add", "2 pictures stored"));
    // As if they had been stored one after another.
    let mut other = open("{}");
    other.advance(Step::Update, 30);
    other.edit(&act("store", &[("name", word("B")), ("bits", word(bits[0]))])).unwrap();
    other.edit(&act("store", &[("bits", word(bits[1]))])).unwrap();
    assert_eq!(other.machine().spec(), s.machine().spec());
    assert_eq!(other.machine().layer("weights", 0), s.machine().layer("weights", 0));
    assert_eq!(other.events().iter().map(|e| e.label.as_str()).collect::<Vec<_>>(), ["B stored", "5 stored"]);
    assert!(s.undo() && !s.can_undo());
    assert_eq!(names(&s), ["A", "J", "X"]);
}

#[test]
fn pictures_that_cannot_be_stored_are_named() {
    let mut s = open("{}");
    let picture = "1".repeat(100);
    let before = s.machine().spec().clone();
    let mut error = |args: &[(&str, Value)]| {
        let error = s.edit(&act("add", args)).unwrap_err().to_string();
        assert_eq!((s.machine().spec(), s.can_undo()), (&before, false), "{error}");
        error
    };
    assert_eq!(error(&[]), "pictures: there are none; at least one is needed");
    assert_eq!(
        error(&[("pictures", Value::Numbers(vec![]))]),
        "pictures: there are none; at least one is needed"
    );
    assert_eq!(
        error(&[("pictures", Value::Numbers(vec![1.0]))]),
        "pictures: a list of 1 number is not a list of words"
    );
    assert_eq!(
        error(&[("pictures", words([&picture, "10"]))]),
        "pictures[1]: there are 2 cells; the picture has 100"
    );
    let unknown = picture.replacen('1', "?", 1);
    assert!(error(&[("pictures", words([&unknown]))]).starts_with("pictures[0]: '?' at position 0"));
    assert_eq!(
        error(&[("pictures", words([&picture])), ("names", words(["a", "b"]))]),
        "names: 2 names for 1 picture"
    );
    let many = Value::Words(vec![picture.clone(); 4094]);
    assert_eq!(error(&[("pictures", many)]), "patterns: 4097 patterns are too many; at most 4096 fit");
}

#[test]
fn no_more_is_stored_than_a_spec_can_list() {
    let spec = format!(r#"{{"v":1,"model":"{}","patterns":{{"width":64,"height":64}}}}"#, model());
    let mut s = Session::open(&Spec::parse(&spec).unwrap()).unwrap();
    let pictures = Value::Words(vec!["10".repeat(2048); 1100]);
    let error = s.edit(&act("add", &[("pictures", pictures)])).unwrap_err();
    assert_eq!(error.to_string(), "pictures: 1100 pictures of this size are too many; 1007 fit");
    // With the longest names, that many can be read again.
    let mut spec = s.machine().spec().clone();
    spec.patterns.bits = Some(vec!["10".repeat(2048); 1007]);
    spec.patterns.names = vec!["n".repeat(40); 1007];
    assert!(Spec::parse(&spec.to_json()).is_ok());
}

#[test]
fn a_moved_memory_takes_its_cue_and_its_past_with_it() {
    let mut s = small(r#"{"pattern":2,"corrupt":{"flip":0.25}}"#);
    let start = s.machine().setup().start.clone();
    s.advance(Step::Update, 3);
    let (before, columns) = s.trace();
    s.edit(&act("move", &[("memory", number(2.0)), ("to", number(0.0))])).unwrap();
    assert_eq!(names(&s), ["c", "a", "b", "d"]);
    assert_eq!(s.machine().spec().start.pattern, Some(0));
    assert_eq!(s.machine().setup().start, start);
    assert_eq!((s.events()[0].kind.as_str(), s.events()[0].label.as_str()), ("move", "c moved"));
    // Storkey's rule learns in another order now, and the likenesses of the past are where their memories are.
    let learned = Session::open(s.machine().spec()).unwrap();
    assert_eq!(learned.machine().layer("weights", 0), s.machine().layer("weights", 0));
    let (after, _) = s.trace();
    let curves = columns - 1 - 4;
    for (old, new) in before.chunks(columns).zip(after.chunks(columns)).take(3) {
        assert_eq!(old[..=curves], new[..=curves]);
        let (old, new) = (&old[curves + 1..], &new[curves + 1..]);
        assert_eq!([old[2], old[0], old[1], old[3]], new);
    }
    // Looked at from before the move, everything is in its old place.
    s.seek(1);
    assert_eq!(names(&s), ["a", "b", "c", "d"]);
    assert_eq!(s.trace().0[..2 * columns], before[..2 * columns]);
    assert!(s.undo());
    assert_eq!(s.trace().0, before);
    for (args, word) in [
        (vec![("memory", number(4.0)), ("to", number(0.0))], "memory: 4"),
        (vec![("memory", number(0.0)), ("to", number(4.0))], "to: 4 is not the number of a place"),
        (vec![("memory", number(0.0))], "to: a number is needed"),
        (vec![("to", number(0.0))], "memory: a number is needed"),
    ] {
        let error = s.edit(&act("move", &args)).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn the_cue_stays_when_memories_come_go_and_change_places() {
    let start = |s: &Session| s.machine().spec().start.clone();
    let cue = |s: &Session| s.machine().setup().start.clone();
    // Nothing said is the first memory, wherever it goes.
    let mut s = small("{}");
    let seen = cue(&s);
    s.edit(&act("move", &[("memory", number(0.0)), ("to", number(3.0))])).unwrap();
    assert_eq!((start(&s).pattern, cue(&s)), (Some(3), seen.clone()));
    s.edit(&act("forget", &[("memory", number(1.0))])).unwrap();
    assert_eq!((start(&s).pattern, cue(&s)), (Some(2), seen.clone()));
    s.edit(&act("store", &[("bits", word("0110"))])).unwrap();
    assert_eq!((start(&s).pattern, cue(&s)), (Some(2), seen.clone()));
    s.edit(&act("forget", &[("memory", number(2.0))])).unwrap();
    assert_eq!((start(&s).state.as_deref(), cue(&s)), (Some("1100"), seen));
    // A later memory changes nothing of a start that says nothing.
    let mut s = small(r#"{"corrupt":{"flip":0.25}}"#);
    let said = start(&s);
    s.edit(&act("forget", &[("memory", number(2.0))])).unwrap();
    assert_eq!(start(&s), said);
    // The cue was spoiled: it stays so when its memory goes.
    let seen = cue(&s);
    s.edit(&act("forget", &[("memory", number(0.0))])).unwrap();
    assert_eq!((start(&s).corrupt, cue(&s)), (None, seen));
    // Where there was no memory, chance made the cue and goes on to.
    let spec = format!(r#"{{"v":1,"model":"{}","patterns":{{"width":8,"height":4}}}}"#, model());
    let mut s = Session::open(&Spec::parse(&spec).unwrap()).unwrap();
    let seen = cue(&s);
    s.edit(&act("store", &[])).unwrap();
    assert_eq!((start(&s).random, cue(&s)), (true, seen));
}

#[test]
fn likenesses_of_the_past_outlive_a_forgotten_memory() {
    let mut s = open("{}");
    s.advance(Step::Update, 5);
    let (before, columns) = s.trace();
    s.edit(&act("forget", &[("memory", number(1.0))])).unwrap();
    let (after, fewer) = s.trace();
    assert_eq!(fewer, columns - 1);
    for (old, new) in before.chunks(columns).zip(after.chunks(fewer)) {
        let kept = columns - 3;
        assert_eq!((old[0], old[kept], old[columns - 1]), (new[0], new[kept], new[kept + 1]));
    }
    // One stored later has no past.
    s.edit(&act("store", &[])).unwrap();
    let (last, _) = s.trace();
    assert!(last[columns - 1].is_nan() && last[columns - 2] == after[fewer - 1]);
    // And as saved.
    s.advance(Step::Update, 5);
    let again = Session::load(&s.save()).unwrap();
    let shown = |s: &Session| s.trace().0[s.trace().0.len() - columns..].to_vec();
    assert_eq!(shown(&again), shown(&s));
    assert_eq!(again.events().iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(), ["forget", "store"]);
    assert_eq!(again.history.memories_at(9), s.history.memories_at(9));
}

#[test]
fn a_picture_is_compared_with_every_memory() {
    let s = small("{}");
    assert_eq!(s.machine().likeness("1100").unwrap(), [1.0, 0.0, 0.0, 0.5]);
    assert_eq!(s.machine().likeness("0011").unwrap(), [-1.0, 0.0, 0.0, -0.5]);
    for (picture, words) in
        [("110", "bits: there are 3 cells; the picture has 4"), ("11?0", "bits: '?' at position 2")]
    {
        assert!(s.machine().likeness(picture).unwrap_err().to_string().starts_with(words));
    }
}

#[test]
fn edits_say_what_they_are() {
    let mut s = open("{}");
    let mut said = |edit: &Edit| {
        s.edit(edit).unwrap();
        let event = s.events().last().unwrap();
        (event.kind.clone(), event.label.clone())
    };
    let set = |key: &str, value| Edit::Set { key: key.to_owned(), value };
    let pairs = [
        (set("rule", word("storkey2")), "rule", "learning rule: Storkey, second order"),
        (set("bias", Value::Bool(true)), "bias", "learn biases: on"),
        (set("temperature", number(0.5)), "temperature", "temperature: 0.5"),
        (act("rename", &[("memory", number(1.0)), ("name", word(" Jay "))]), "rename", "J is now Jay"),
        (act("forget", &[("memory", number(2.0))]), "forget", "X forgotten"),
        (act("invert", &[]), "invert", "invert"),
        (set("rule", word("hebb")), "rule", "learning rule: Hebb"),
        (
            act("importance", &[("memory", number(0.0)), ("value", number(1.5))]),
            "importance",
            "A counts for 1.5",
        ),
    ];
    for (edit, kind, label) in pairs {
        assert_eq!(said(&edit), (kind.to_owned(), label.to_owned()));
    }
    assert!(s.edit(&act("rename", &[("memory", number(0.0)), ("name", word(" "))])).is_err());
}
