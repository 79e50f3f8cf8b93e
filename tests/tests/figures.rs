//! Figures of machines whose units pull on each other in pairs, and the graph that is edited in its figure.

use engram_lab::figure::{Figure, Mark, Part};
use engram_lab::machine::Outcome;
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_lab::values::Values;

fn open(text: &str) -> Session {
    Session::open(&Spec::parse(text).unwrap_or_else(|error| panic!("{error}"))).unwrap()
}

fn parts(session: &Session, key: &str) -> [Figure; 2] {
    [Part::Still, Part::Moving].map(|part| session.machine().figure(key, part).unwrap())
}

fn keys(session: &Session) -> Vec<&'static str> {
    session.machine().describe().figures.iter().map(|figure| figure.key).collect()
}

fn act(session: &mut Session, action: &str, args: &[(&str, f64)]) -> Result<(), String> {
    let args: Values = args.iter().map(|(key, x)| ((*key).to_owned(), Value::Number(*x))).collect();
    session.edit(&Edit::Act { action: action.to_owned(), args }).map_err(|error| error.to_string())
}

/// Six neurons with a ring and two chords, of both signs, as one would draw a net by hand.
const LOOPY: &str = r#"{"v":1,"model":"hopfield","weights":[
    [0,1,0,-2,0,1],[1,0,1,0,0,0],[0,1,0,1,0,-1],[-2,0,1,0,1,0],[0,0,0,1,0,1],[1,0,-1,0,1,0]],
    "start":{"state":"110010"},"params":{"update":"greedy"}}"#;

fn states(figure: &Figure) -> Vec<f32> {
    figure
        .marks
        .iter()
        .find_map(|mark| if let Mark::Nodes { states, .. } = mark { Some(states.clone()) } else { None })
        .expect("nodes")
}

#[test]
fn the_network_shows_links_with_their_signs_and_neurons_as_they_flip() {
    let mut session = open(LOOPY);
    assert_eq!(keys(&session), ["network", "landscape", "spectrum"]);
    let [still, moving] = parts(&session, "network");
    let [Mark::Links { pairs, strengths, directed: false, .. }] = still.marks.as_slice() else {
        panic!("{still:?}")
    };
    assert_eq!(pairs.len(), 8, "each pair once");
    let at = pairs.iter().position(|pair| *pair == [0, 3]).unwrap();
    assert_eq!(strengths[at], -2.0);
    assert_eq!(states(&moving), [1.0, 1.0, -1.0, -1.0, 1.0, -1.0]);
    let before = session.machine().spins().to_vec();
    session.advance(Step::Update, 1);
    let flipped = (0..6).filter(|&i| session.machine().spins()[i] != before[i]).count();
    let seen: Vec<i8> = states(&parts(&session, "network")[1]).iter().map(|&x| x as i8).collect();
    assert_eq!((flipped, seen), (1, session.machine().spins().to_vec()));
    // Six on a circle: none is hidden behind a link between two others.
    let Mark::Nodes { at, .. } = &moving.marks[0] else { panic!() };
    let far = |p: &[f32; 2]| {
        let (x, y) = (p[0] - 0.5, p[1] - 0.5);
        (x * x + y * y).sqrt()
    };
    assert!(at.iter().all(|place| (far(place) - 0.46).abs() < 1e-3), "{at:?}");
}

#[test]
fn a_press_on_a_neuron_turns_it_over_and_no_other() {
    let mut session = open(LOOPY);
    act(&mut session, "turn", &[("node", 2.0), ("x", 0.1), ("y", 0.9), ("stroke", 1.0)]).unwrap();
    assert_eq!(session.machine().state_text(), "111010");
    act(&mut session, "turn", &[("node", 0.0)]).unwrap();
    assert_eq!(session.machine().state_text(), "011010");
    assert!(
        act(&mut session, "turn", &[("node", 6.0)])
            .unwrap_err()
            .contains("6 is not allowed; it must be a whole number from 0 to 5")
    );
    assert!(act(&mut session, "turn", &[]).unwrap_err().contains("node"));
    session.undo();
    assert_eq!(session.machine().state_text(), "111010");
}

#[test]
fn large_networks_show_their_strongest_links_and_say_so() {
    let session = open(r#"{"v":1,"model":"hopfield","patterns":{"set":"letters","take":"AJX","size":10}}"#);
    assert_eq!(keys(&session), ["network", "spectrum"]);
    let [still, _] = parts(&session, "network");
    let Mark::Links { pairs, strengths, .. } = &still.marks[0] else { panic!() };
    assert!(pairs.len() <= 600 && !pairs.is_empty(), "{}", pairs.len());
    assert!(still.note.contains("strongest") || still.note.contains("600 of them"), "{}", still.note);
    let least = strengths.iter().fold(f32::INFINITY, |least, x| least.min(x.abs()));
    assert!(least > 0.0);
    let huge = open(r#"{"v":1,"model":"hopfield","patterns":{"random":{"count":3,"units":400}}}"#);
    assert_eq!(keys(&huge), [""; 0]);
    assert!(huge.machine().describe().actions.iter().all(|action| action.key != "turn"));
}

#[test]
fn the_landscape_has_every_state_in_the_colour_of_its_end() {
    let text = r#"{"v":1,"model":"hopfield","patterns":{"width":4,"height":2,"bits":["11110000","10101010"]},
        "start":{"pattern":1,"corrupt":{"flip":0.125}},"params":{"update":"greedy"}}"#;
    let mut session = open(text);
    let [still, moving] = parts(&session, "landscape");
    let [Mark::Links { pairs, directed: true, .. }, Mark::Nodes { at, states, names, colours: true, .. }] =
        still.marks.as_slice()
    else {
        panic!("{:?}", still.note)
    };
    assert_eq!(at.len(), 256);
    for [from, to] in pairs {
        assert_eq!((from ^ to).count_ones(), 1);
        assert!(at[*to as usize][1] < at[*from as usize][1], "arrows lead down");
        assert_eq!(states[*from as usize].to_bits(), states[*to as usize].to_bits());
    }
    let code =
        |bits: &str| bits.chars().enumerate().fold(0, |code, (i, c)| code | usize::from(c == '1') << i);
    assert_eq!(
        (states[code("11110000")], states[code("10101010")]),
        (0.0, 1.0),
        "memories have their colours"
    );
    assert!(names[code("00001111")].starts_with("inverse of "));
    assert!(
        still.note.starts_with("All 256 states") && still.note.contains("2 memories 2 are"),
        "{}",
        still.note
    );
    let now = |figure: &Figure| match figure.marks.as_slice() {
        [Mark::Points { at, .. }] => at[0],
        other => panic!("{other:?}"),
    };
    assert_eq!(now(&moving), at[code(&session.machine().state_text())]);
    session.advance(Step::Sweep, 5);
    assert_eq!(session.machine().outcome(), Outcome::Recalled { memory: 1 });
    assert_eq!(now(&parts(&session, "landscape")[1]), at[code("10101010")]);
    // Another rule, another flow.
    let edit = Edit::Set { key: "update".to_owned(), value: Value::Text("synchronous".to_owned()) };
    session.edit(&edit).unwrap();
    assert_ne!(parts(&session, "landscape")[0], still);
    // What is unknown is no state yet.
    let unknown = open(&text.replace(r#""flip":0.125"#, r#""mask":0.5,"to":"unknown""#));
    assert!(parts(&unknown, "landscape")[1].note.contains("unknown"));
}

#[test]
fn the_spectrum_gives_each_of_orthogonal_memories_a_bar_of_its_own() {
    let session = open(r#"{"v":1,"model":"hopfield","patterns":{"width":4,"height":4,"walsh":[8,4,2]}}"#);
    let [still, _] = parts(&session, "spectrum");
    let Mark::Bars { values, shares, .. } = &still.marks[0] else { panic!() };
    assert_eq!((values.len(), shares.len()), (16, 3));
    for (k, value) in values.iter().enumerate() {
        let expected = if k < 3 { 1.0 - 3.0 / 16.0 } else { -3.0 / 16.0 };
        assert!((value - expected).abs() < 1e-6);
        for (memory, of) in shares.iter().enumerate() {
            assert!((of[k] - f32::from(u8::from(k == memory))).abs() < 1e-6);
        }
    }
    assert!(still.note.contains("3 of 16 eigenvalues") && still.note.contains("100 %"), "{}", still.note);
    let one_way = open(r#"{"v":1,"model":"hopfield","weights":[[0,1],[0.5,0]]}"#);
    let [still, _] = parts(&one_way, "spectrum");
    assert!(still.marks.is_empty() && still.note.contains("not the same both ways"));
    let Mark::Links { pairs, directed: true, .. } = &parts(&one_way, "network")[0].marks[0] else { panic!() };
    assert_eq!(pairs, &[[1, 0], [0, 1]]);
}

/// A square with a diagonal.
const SQUARE: &str = r#"{"v":1,"model":"graph","places":[[0,0],[1,0],[1,1],[0,1]],
    "edges":[[0,1],[1,2],[2,3],[3,0],[0,2,3]],"params":{"temperature":0}}"#;

fn observed(session: &Session, key: &str) -> f64 {
    let place =
        session.machine().describe().observables.iter().position(|o| o.key == key).expect("it is reported");
    session.machine().observe().scalars[place]
}

#[test]
fn a_graph_is_cut_and_told_how_well() {
    let mut session = open(SQUARE);
    assert_eq!(observed(&session, "most"), 5.0);
    // Half of all links less the cut.
    assert_eq!(session.machine().exact().unwrap().minima.energy_min, 0.5 * 7.0 - 5.0);
    while session.advance(Step::Sweep, 1) > 0 {}
    let Outcome::Answer { valid: true, says } = session.machine().outcome() else { panic!() };
    let cut = observed(&session, "cut");
    assert_eq!(says.contains("the largest there is"), cut == 5.0, "{says}");
    let [still, moving] = parts(&session, "graph");
    assert!(still.note.contains("largest cut has weight 5"), "{}", still.note);
    let cut_links = moving.marks.iter().find_map(|mark| match mark {
        Mark::Links { strengths, label, .. } if label == "cut" => Some(strengths.iter().sum::<f32>()),
        _ => None,
    });
    assert_eq!(cut_links, Some(cut as f32));
    let descents = observed(&session, "descents");
    assert!((0.3..=1.0).contains(&descents), "{descents}");
}

#[test]
fn a_graph_is_coloured_or_cannot_be() {
    let coloured = |colours: u32| {
        let params = format!(
            r#""params":{{"problem":"colouring","colours":{colours},"course":"geometric","hot":1,"cold":0.1,"cooling_sweeps":200}}"#
        );
        let mut session = open(&SQUARE.replace(r#""params":{"temperature":0}"#, &params));
        while session.advance(Step::Sweep, 1) > 0 {}
        assert_eq!(session.machine().size(), (colours as usize, 4));
        let Outcome::Answer { valid, says } = session.machine().outcome() else { panic!() };
        (valid, says, session.machine().notices())
    };
    let (valid, says, notices) = coloured(3);
    assert!(valid && says.contains("colouring in 3 colours"), "{says}");
    assert!(
        notices.iter().any(|notice| notice.contains("weights of links count for nothing")),
        "{notices:?}"
    );
    let (valid, says, _) = coloured(2);
    assert!(!valid && says.contains("in 2 colours there is none"), "{says}");
}

#[test]
fn a_graph_is_drawn_by_hand() {
    let mut session = open(SQUARE);
    let edges = |session: &Session| session.machine().edges().iter().map(|e| [e.0, e.1]).collect::<Vec<_>>();
    act(&mut session, "vertex", &[("x", 0.5), ("y", 1.04)]).unwrap();
    assert_eq!(session.machine().places()[4], [0.5, 1.0]);
    assert_eq!(session.machine().cells().count(), 5);
    act(&mut session, "link", &[("node", 4.0), ("to", 2.0), ("x", 1.0), ("y", 1.0)]).unwrap();
    assert!(edges(&session).contains(&[2, 4]));
    act(&mut session, "link", &[("node", 2.0), ("to", 4.0), ("x", 0.5), ("y", 1.0)]).unwrap();
    assert!(!edges(&session).contains(&[2, 4]), "joined twice is parted");
    act(&mut session, "link", &[("node", 4.0), ("x", 0.25), ("y", 0.75)]).unwrap();
    assert_eq!(session.machine().places()[4], [0.25, 0.75]);
    act(&mut session, "vertex", &[("node", 1.0), ("x", 1.0), ("y", 0.0)]).unwrap();
    assert_eq!(edges(&session), [[1, 2], [0, 2], [0, 1]]);
    assert_eq!(session.machine().edges()[2].2, 3.0, "weights stay");
    // What is drawn goes through a link.
    let spec = session.machine().spec().clone();
    let engram_lab::link::Reading::Spec { spec: back, .. } =
        engram_lab::link::read(&engram_lab::link::write(&spec), false)
    else {
        panic!("no link")
    };
    assert_eq!((back.places, back.edges), (spec.places, spec.edges));
    for _ in 0..5 {
        session.undo();
    }
    assert_eq!((session.machine().places().len(), session.machine().edges().len()), (4, 5));
    // A graph by chance becomes one that is drawn.
    let mut random = open(r#"{"v":1,"model":"graph","params":{"nodes":7,"density":0.5}}"#);
    let before = random.machine().edges();
    act(&mut random, "link", &[("node", 0.0), ("x", 0.5), ("y", 0.5)]).unwrap();
    assert_eq!(random.machine().edges(), before);
    assert_eq!(random.machine().spec().params.iter().count(), 0);
    // A single point stays.
    let mut single = open(r#"{"v":1,"model":"graph","places":[[0.5,0.5]]}"#);
    assert!(act(&mut single, "vertex", &[("node", 0.0)]).unwrap_err().contains("last point"));
    assert!(act(&mut single, "link", &[("node", 0.0), ("to", 0.0)]).unwrap_err().contains("itself"));
    assert!(act(&mut single, "vertex", &[("x", f64::NAN), ("y", 0.0)]).unwrap_err().starts_with("x: "));
}

#[test]
fn graphs_that_cannot_be_are_refused_in_words() {
    let refused = |fields: &str| {
        let spec = Spec::parse(&format!(r#"{{"v":1,"model":"graph",{fields}}}"#)).unwrap();
        Session::open(&spec).err().unwrap_or_else(|| panic!("opened: {fields}")).to_string()
    };
    for (fields, said) in [
        (r#""places":[]"#, "places: 0 points are not possible; from 1 to 100 are"),
        (r#""places":[[0.5]]"#, "places[0]: 1 number for a point"),
        (r#""places":[[0.5,2]]"#, "places[0]: 2 is not allowed; it must be a number from 0 to 1"),
        (r#""places":[[0,0]],"edges":[[0,1]]"#, "edges[0]: 1 is not the number of a point"),
        (r#""places":[[0,0],[1,1]],"edges":[[0,1],[1,0]]"#, "edges: edge 1 joins vertices 0 and 1"),
        (r#""edges":[[0,0]]"#, "edges: edge 0 joins vertex 0 to itself"),
        (r#""edges":[[0,1,2,3]]"#, "edges[0]: 4 numbers for a link"),
        (r#""edges":[[0,1e300]]"#, "edges: "),
        (r#""edges":[[0,0.5]]"#, "edges[0]: 0.5 is not the number of a point"),
        (r#""params":{"nodes":101}"#, "params.nodes: "),
        (r#""params":{"problem":"colouring","colours":9}"#, "params.colours: 9 is not allowed"),
        (r#""places":[[0,0]],"params":{"nodes":3}"#, "params.nodes: "),
    ] {
        let error = refused(fields);
        assert!(error.starts_with(said), "{fields}: {error}");
    }
}
