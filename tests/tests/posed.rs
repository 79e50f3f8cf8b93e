//! Nets posed by hand, of every machine, through the command line: against numbers worked out elsewhere.

use engram_lab::catalogue::CATALOGUE;
use engram_tests::command::{close, exact, exact_with, number, numbers, run};
use serde_json::Value as Json;

/// Who is posed here; a machine without a net posed by hand is noticed.
const POSED: [&str; 17] = [
    "hopfield",
    "stochastic",
    "padded",
    "graded",
    "dense",
    "classifier",
    "modern",
    "ising",
    "spin_glass",
    "tour",
    "graph",
    "rbm",
    "boltzmann",
    "helmholtz",
    "belief_net",
    "gaussian_rbm",
    "deep_boltzmann",
];

fn near(found: f64, known: f64, within: f64) {
    assert!((found - known).abs() <= within, "{found} is not {known} ± {within}");
}

fn counted(found: &Json) -> Vec<(f64, f64)> {
    let minima = found["minima"].as_array().expect("a list");
    minima.iter().map(|m| (number(&m["energy"]), number(&m["count"]))).collect()
}

#[test]
fn every_machine_is_posed() {
    let names: Vec<_> = CATALOGUE.iter().map(|entry| entry.name).collect();
    assert_eq!(names, POSED);
}

/// Four Walsh patterns of 16 units: weights 1/M of the sum of products, so that memories lie at −24.
#[test]
fn the_walsh_net_with_and_without_heat() {
    for model in ["hopfield", "stochastic"] {
        let found = exact(&format!(
            r#"{{"v":1,"model":"{model}","patterns":{{"width":4,"height":4,"walsh":[8,4,2,1]}},
                "params":{{"scale":"patterns","update":"heat_bath","temperature":1}}}}"#
        ));
        near(number(&found["ln_z"]), 26.127_239_05, 6e-9);
        near(number(&found["energy_mean"]), -23.689_755_15, 6e-9);
        near(number(&found["heat_capacity"]), 2.069_571_96, 6e-9);
        assert_eq!(counted(&found), [(-24.0, 8.0), (-16.0, 32.0)]);
    }
}

/// Cooled slowly, the same net ends in a memory; frozen at once it may end in a mixture of three.
#[test]
fn slow_cooling_finds_the_ground_state_of_the_walsh_net() {
    let run_with = |seed: u64, params: &str| {
        let lines = run(
            &format!(
                r#"{{"v":1,"model":"stochastic","seed":{seed},"patterns":{{"width":4,"height":4,"walsh":[8,4,2,1]}},
                    "params":{{"scale":"patterns",{params}}},"start":{{"random":true}}}}"#
            ),
            &["--steps", "60", "--unit", "sweep"],
        );
        number(&lines.last().expect("a line")["energy"])
    };
    let cooled = r#""course":"geometric","hot":8,"cold":0.2,"cooling_sweeps":50"#;
    let lowest = (0..20).filter(|&seed| run_with(seed, cooled) == -24.0).count();
    assert_eq!(lowest, 20, "50 sweeps of cooling: 1000 of 1000");
    let frozen = (0..100).filter(|&seed| run_with(seed, r#""temperature":0"#) == -24.0).count();
    // 0.7685 of all starts; four and a half standard errors of a hundred.
    near(frozen as f64 / 100.0, 0.7685, 4.5 * 0.0422);
}

/// Without spare units it is Hebb's net with weights over n; with them, a stored picture with its fill is as stable.
#[test]
fn spare_units_add_to_hebbs_net() {
    let spec = |hidden: u32| {
        format!(
            r#"{{"v":1,"model":"padded","patterns":{{"width":4,"height":4,"walsh":[8,4,2,1]}},
                "params":{{"hidden":{hidden},"update":"sequential"}}}}"#
        )
    };
    // E = −½ (16²/16) + ½ · 4 for a memory; of three mixed, ½ · ¾ of the first term.
    assert_eq!(counted(&exact(&spec(0))), [(-6.0, 8.0), (-4.0, 32.0)]);
    let lines = run(&spec(48), &["--steps", "5", "--unit", "sweep"]);
    assert_eq!(lines.last().expect("a line")["outcome"], "recalled");
    // 64 units whose pictures stay orthogonal, weights over the 16 that are seen: −½ · 64²/16 + ½ · 4 · 64/16.
    close(number(&lines[0]["energy"]), -120.0);
}

/// Two neurons that pull on each other, R = 1, λ = 1.4: FIG. 3 of 1984.
#[test]
fn two_graded_neurons_roll_as_in_the_figure_of_1984() {
    let lines = run(
        r#"{"v":1,"model":"graded","weights":[[0,1],[1,0]],"params":{"gain":1.4,"interval":1},
            "start":{"values":[0.1,0.05]}}"#,
        &["--steps", "40"],
    );
    for (time, state) in
        [(1, [0.112_614_34, 0.108_016_46]), (5, [0.370_959_07, 0.370_958_59]), (10, [0.548_472_36; 2])]
    {
        for (found, known) in numbers(&lines[time]["state"]).into_iter().zip(state) {
            near(found, known, 1e-6);
        }
    }
    near(number(&lines[1]["energy"]), -0.003_423_97, 1e-6);
    near(number(&lines[10]["energy"]), -0.052_538_91, 1e-6);
    let last = lines.last().expect("a line");
    near(number(&last["energy"]), -0.053_009_834_6, 1e-6);
    numbers(&last["state"]).into_iter().for_each(|v| near(v, 0.572_872_979_2, 1e-5));
}

/// Memories that say exclusive or: E = 24 xyz with n = 3, so ln Z = ln 8 cosh(24/T) and ⟨E⟩ = −24 tanh(24/T); with
/// n = 2 the same E = −12 in all states.
#[test]
fn exclusive_or_needs_a_cubic_energy() {
    let found = |degree: u32| {
        exact(&format!(
            r#"{{"v":1,"model":"dense","patterns":{{"width":3,"height":1,"bits":["000","011","101","110"]}},
                "params":{{"degree":{degree},"update":"heat_bath","temperature":10}}}}"#
        ))
    };
    let cubic = found(3);
    assert_eq!(counted(&cubic), [(-24.0, 4.0)]);
    close(number(&cubic["ln_z"]), 3.794490428458);
    close(number(&cubic["energy_mean"]), -23.608196584648);
    let square = found(2);
    assert_eq!((number(&square["energy_min"]), number(&square["energy_max"])), (-12.0, -12.0));
    close(number(&square["ln_z"]), 3.0 * std::f64::consts::LN_2 + 1.2);
}

/// Three memories in the plane, from (0.6, 0.3).
#[test]
fn one_step_of_attention_and_where_it_ends() {
    let run_with = |beta: f64, steps: &str| {
        run(
            &format!(
                r#"{{"v":1,"model":"modern","patterns":{{"width":2,"height":1,"values":[[1,0],[0,1],[-1,-1]]}},
                    "params":{{"beta":{beta}}},"start":{{"values":[0.6,0.3]}}}}"#
            ),
            &["--steps", steps],
        )
    };
    let at = |line: &Json, known: [f64; 2]| {
        numbers(&line["state"]).into_iter().zip(known).for_each(|(found, known)| near(found, known, 1e-8));
    };
    let lines = run_with(2.0, "900");
    at(&lines[1], [0.594_403_67, 0.312_163_75]);
    near(number(&lines[0]["energy"]), 0.939_742_43, 1e-8);
    near(number(&lines[1]["energy"]), 0.939_581_02, 1e-8);
    at(lines.last().expect("a line"), [0.451_718_72; 2]);
    assert_eq!(lines.last().expect("a line")["outcome"], "mixture");
    let lines = run_with(8.0, "100");
    at(&lines[1], [0.916_816_51, 0.083_166_59]);
    near(number(&lines[0]["energy"]), 0.751_471_31, 1e-8);
    near(number(&lines[1]["energy"]), 0.644_086_02, 1e-8);
    at(lines.last().expect("a line"), [0.999_662_61, 0.000_337_05]);
    let lines = run_with(0.1, "900");
    at(lines.last().expect("a line"), [0.0; 2]);
    assert_eq!(lines.last().expect("a line")["outcome"], "average");
    near(number(&lines.last().expect("a line")["energy"]), 1.0, 1e-8);
}

/// The corners of a square: once round is 4, and the mean of the three tours there are is (4 + 2 (2 + 2 √2)) / 3.
#[test]
fn the_round_trip_of_a_square() {
    let lines = run(
        r#"{"v":1,"model":"tour","places":[[0,0],[1,1],[1,0],[0,1]]}"#,
        &["--steps", "100", "--unit", "sweep"],
    );
    let last = lines.last().expect("a line");
    assert_eq!((&last["outcome"], &last["valid"]), (&"answer".into(), &true.into()));
    close(number(&last["shortest"]), 4.0);
    close(number(&last["tour_length"]), 4.0);
    close(number(&last["random_length"]), (8.0 + 4.0 * 2.0_f64.sqrt()) / 3.0);
}

/// The square lattice of 4 × 4 spins, periodic, J = 1: all 65,536 states counted.
#[test]
fn a_small_lattice_is_what_enumeration_makes_it() {
    for (temperature, ln_z, energy, capacity) in [
        (1.0, 32.698_721_401_9, -1.997_158_440_3, 0.023_409_397_5),
        (2.0, 17.105_367_118_7, -1.755_380_288_8, 0.605_532_657_2),
        (3.0, 13.281_033_455_6, -1.017_069_627_0, 0.603_134_714_3),
    ] {
        let found = exact(&format!(
            r#"{{"v":1,"model":"ising","params":{{"width":4,"height":4,"temperature":{temperature}}}}}"#
        ));
        near(number(&found["ln_z"]), ln_z, 1e-9);
        near(number(&found["energy_mean"]) / 16.0, energy, 1e-9);
        near(number(&found["heat_capacity"]) / 16.0, capacity, 1e-9);
    }
}

/// The open square of four cells has energies −4, 0 and 4 in 2, 12 and 2 ways. At T = 2 beside T = 4 the mean energy is
/// −16 sinh 2 / (12 + 4 cosh 2), and two of these levels a, b exchange with probability min(1, exp((a − b) / 4)).
#[test]
fn two_temperatures_of_a_square_exchange_as_often_as_they_must() {
    let lines = run(
        r#"{"v":1,"model":"ising","params":{"width":2,"height":2,"boundary":"free","temperature":2,
            "update":"tempering","rungs":2,"span":2}}"#,
        &["--steps", "20000", "--unit", "sweep"],
    );
    let last = lines.last().expect("a line");
    close(number(&last["temperature"]), 2.0);
    near(number(&last["mean_energy"]), -2.145_374_416, 4.5 * number(&last["mean_energy_error"]));
    near(number(&last["mean_order"]), 0.694_231_321, 4.5 * number(&last["mean_order_error"]));
    near(number(&last["heat_capacity"]), 0.268_692_654, 0.01);
    // Tried in every other round.
    near(number(&last["swaps"]), 0.741_462_633, 4.5 * (0.2 / 10_000_f64).sqrt());
}

/// A chain has no loops, so that the signs of its couplings do not matter: Z = 2 (2 cosh 1/T)⁷ for eight spins,
/// ⟨E⟩ = −7 tanh 1/T.
#[test]
fn a_chain_of_glass_is_no_glass() {
    for sample in [1, 2, 3] {
        let found = exact(&format!(
            r#"{{"v":1,"model":"spin_glass","seed":{sample},
                "params":{{"width":8,"height":1,"boundary":"free","temperature":1}}}}"#
        ));
        close(number(&found["ln_z"]), 8.581643257861);
        close(number(&found["energy_mean"]), -5.331159091690);
        assert_eq!(counted(&found), [(-7.0, 2.0)]);
    }
}

/// A ring of five: at most four of its links can be cut, in five ways and their opposites. E is half the weight that is
/// not cut less half that which is: Z = (2 cosh ½)⁵ − (2 sinh ½)⁵ at T = 1.
#[test]
fn a_ring_of_five_cannot_be_cut_all_over() {
    let spec = |params: &str| {
        format!(
            r#"{{"v":1,"model":"graph","places":[[0.5,1],[1,0.6],[0.8,0],[0.2,0],[0,0.6]],
                "edges":[[0,1],[1,2],[2,3],[3,4],[0,4]],"params":{{{params}}}}}"#
        )
    };
    let found = exact(&spec(r#""temperature":1"#));
    close(number(&found["ln_z"]), 4.045008542261);
    close(number(&found["energy_min"]), -1.5);
    let lines = run(
        &spec(r#""course":"geometric","hot":2,"cold":0.1,"cooling_sweeps":50"#),
        &["--steps", "100", "--unit", "sweep"],
    );
    let last = lines.last().expect("a line");
    assert_eq!((number(&last["cut"]), number(&last["most"]), &last["valid"]), (4.0, 4.0, &true.into()));
}

/// Five passes over the digits at hand. After sixty, 93 to 95 in a hundred are read rightly at n = 2, and 98 at n = 20.
#[test]
fn digits_are_read_the_better_the_steeper() {
    let wrong = |degree: u32| {
        let lines = run(
            &format!(r#"{{"v":1,"model":"classifier","params":{{"data":"handwritten","degree":{degree}}}}}"#),
            &["--steps", "5", "--unit", "sweep"],
        );
        number(&lines.last().expect("a line")["unseen_error"])
    };
    let (flat, steep) = (wrong(2), wrong(20));
    assert!(flat < 20.0 && steep < 8.0 && steep < flat, "{flat} % and {steep} %");
}

/// Bars that stand or lie, of which fair coins know nothing: 16 bits less their entropy.
#[test]
fn coins_beside_the_bars() {
    let zeros = "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]";
    let found = exact(&format!(
        r#"{{"v":1,"model":"helmholtz","patterns":{{"problem":"bars_one_way","width":4,"height":4}},
        "params":{{"hidden":1,"top":0}},"weights":[{zeros},{zeros}]}}"#
    ));
    let coins = 16.0 * std::f64::consts::LN_2;
    near(number(&found["log_likelihood"]), -coins, 1e-12);
    near(number(&found["divergence"]), coins - 2.376_389, 5e-7);
    found["free_energies"].as_array().expect("a list").iter().for_each(|f| near(number(f), coins, 1e-12));
}

/// A house jumps if a truck hits it or the earth quakes, each of which is rare: either explains the jump, and then the other is
/// not needed. Recognition, which finds each for itself, is 4 nats off.
#[test]
fn one_of_two_causes_is_enough() {
    let found = exact(
        r#"{"v":1,"model":"helmholtz","patterns":{"width":1,"height":1,"bits":["1"]},"params":{"hidden":2,"top":0},
        "weights":[[20],[20],[0],[0]],"biases":[-20,-10,-10,0,0]}"#,
    );
    let s = |x: f64| engram::math::sigmoid(x);
    let (rare, common) = (s(-10.0), s(10.0));
    let ways = [common * common * s(-20.0), rare * common * 0.5, rare * common * 0.5, rare * rare * s(20.0)];
    let log_likelihood = engram::math::ln(ways.iter().sum::<f64>());
    near(number(&found["log_likelihood"]), log_likelihood, 1e-12);
    // Each of the four states is recognised as often as any other.
    let free_energy = -ways.iter().map(|way| 0.25 * engram::math::ln(4.0 * way)).sum::<f64>();
    near(number(&found["free_energies"][0]), free_energy, 1e-12);
    // What could truly have made it asks for no more and no less of either cause.
    let all: f64 = ways.iter().sum();
    let slope = |unit: usize| (ways[1 + unit] + ways[3]) / all - rare;
    let biases = numbers(&found["gradient"]["biases"]);
    near(biases[1], slope(0), 1e-12);
    near(biases[2], slope(1), 1e-12);
}

/// A machine of two layers, and upon it the same machine turned over: the stack believes what the one did, and its bound is the
/// likelihood itself.
#[test]
fn a_machine_upon_itself_turned_over() {
    let found = exact(
        r#"{"v":1,"model":"belief_net","patterns":{"width":3,"height":1,"bits":["101","010"]},
        "params":{"hidden":2,"second":3,"epochs":0},
        "weights":[[0.5,1.5,-0.75],[-1,0.25,1],[0.5,-1],[1.5,0.25],[-0.75,1]],
        "biases":[0.1,-0.2,0.3,-0.4,0.6,-0.4,0.6,0.1,-0.2,0.3]}"#,
    );
    near(number(&found["ln_z"]), 4.380_253_689_7, 1e-9);
    near(number(&found["log_likelihood"]), -2.254_881_849_8, 1e-9);
    let energies = numbers(&found["free_energies"]);
    near(energies.iter().sum::<f64>() / 2.0, 2.254_881_849_8, 1e-9);
    assert_eq!(found["distribution"].as_array().expect("a list").len(), 8);
}

/// Two pictures of three cells and two hidden units: all of what learning goes by, to ten digits.
#[test]
fn a_small_machine_of_two_layers() {
    let spec = r#"{"v":1,"model":"rbm","patterns":{"width":3,"height":1,"bits":["101","010"]},
        "weights":[[0.5,1.5,-0.75],[-1,0.25,1]],"biases":[0.1,-0.2,0.3,-0.4,0.6]}"#;
    let found = exact(spec);
    near(number(&found["ln_z"]), 4.380_253_689_7, 1e-9);
    near(number(&found["log_likelihood"]), -2.254_881_849_8, 1e-9);
    near(number(&found["divergence"]), 2.254_881_849_8 - std::f64::consts::LN_2, 1e-9);
    let rows = |found: &Json| -> Vec<f64> {
        found["weights"].as_array().expect("rows").iter().flat_map(numbers).collect()
    };
    let known = [
        -0.105_504_175_2,
        -0.096_196_850_9,
        -0.151_932_185,
        0.073_928_881_5,
        -0.136_238_058_3,
        -0.171_630_961_9,
    ];
    let gradient = rows(&found["gradient"]);
    gradient.iter().zip(known).for_each(|(&found, known)| near(found, known, 1e-9));
    assert_eq!(found["distribution"].as_array().expect("a list").len(), 8);
    // One step of the sampler is off by up to 9.4e-3, ten steps by 3e-10.
    for (steps, least, most) in [("1", 9.3e-3, 9.5e-3), ("10", 1e-10, 4e-10)] {
        let taught = rows(&exact_with(spec, &["--cd", steps])["expected"]);
        let off = taught.iter().zip(&gradient).fold(0.0f64, |most, (a, b)| most.max((a - b).abs()));
        assert!((least..most).contains(&off), "{steps}: {off}");
    }
}

/// Three units that are all linked, learning that an even number of them is on: of 0 and 1, and of −1 and +1.
#[test]
fn a_small_machine_of_any_links() {
    let spec = |more: &str| {
        format!(
            r#"{{"v":1,"model":"boltzmann","patterns":{{"width":3,"height":1,"bits":["110","101","011","000"]}},
                "weights":[[0,1,-0.5],[1,0,0.25],[-0.5,0.25,0]],"biases":[0.2,-0.3,0.1],{more}}}"#
        )
    };
    let found = exact(&spec(r#""start":{"state":"?10"}"#));
    let all_near = |found: Vec<f64>, known: [f64; 3]| {
        found.into_iter().zip(known).for_each(|(found, known)| near(found, known, 1e-9));
    };
    let pairs = |found: &Json| -> Vec<f64> {
        found["pair"].as_array().expect("pairs").iter().map(|pair| number(&pair[2])).collect()
    };
    near(number(&found["ln_z"]), 2.352_707_405_1, 1e-9);
    near(number(&found["log_likelihood"]), -2.165_207_405_1, 1e-9);
    near(number(&found["energy_mean"]), -0.363_587_933_3, 1e-9);
    near(number(&found["entropy"]), 1.989_119_471_8, 1e-9);
    near(number(&found["free_energy"]), -2.352_707_405_1, 1e-9);
    all_near(numbers(&found["mean"]), [0.629_326_479_6, 0.605_734_671_7, 0.484_323_216_5]);
    all_near(pairs(&found), [0.435_286_711_9, 0.279_221_194_8, 0.301_338_411_2]);
    let slope = &found["gradient"];
    all_near(numbers(&slope["weights"][0]), [0.0, -0.185_286_711_9, -0.029_221_194_8]);
    all_near(numbers(&slope["weights"][2]), [-0.029_221_194_8, -0.051_338_411_2, 0.0]);
    all_near(numbers(&slope["biases"]), [-0.129_326_479_6, -0.105_734_671_7, 0.015_676_783_5]);
    // With the second unit on and the third off the first is on with probability σ(1 + 0.2).
    assert_eq!(found["completion"]["state"], "110");
    near(number(&found["completion"]["probability"]), 0.768_524_783_5, 1e-9);
    // Held where it is known, its dreams say so, too: each is a draw of its own.
    let dreams = run(
        &spec(r#""params":{"epochs":0,"completion":"held"},"start":{"state":"?10"}"#),
        &["--steps", "4000"],
    );
    let states: Vec<Vec<f64>> = dreams[1..].iter().map(|line| numbers(&line["state"])).collect();
    assert!(states.iter().all(|state| state[1..] == [1.0, -1.0]));
    let on = states.iter().filter(|state| state[0] > 0.0).count() as f64 / states.len() as f64;
    near(on, 0.768_524_783_5, 4.5 * (0.7685_f64 * 0.2315 / 4000.0).sqrt());
    let found = exact(&spec(r#""params":{"encoding":"plus_minus"},"start":{"state":"?10"}"#));
    near(number(&found["ln_z"]), 2.599_027_552_3, 1e-9);
    all_near(numbers(&found["mean"]), [-0.040_474_420_1, -0.168_506_295_1, 0.073_375_072_6]);
    all_near(pairs(&found), [0.688_359_194_7, -0.309_177_563, -0.120_060_466_8]);
    // The field counts twice: σ(2 · 1.7).
    near(number(&found["completion"]["probability"]), 0.967_704_535_3, 1e-9);
    // Half the weights: mean field is never below −ln Z, TAP is nearer and may be.
    let found =
        exact(&spec(r#""params":{"encoding":"plus_minus"}"#).replace(
            "[[0,1,-0.5],[1,0,0.25],[-0.5,0.25,0]]",
            "[[0,0.5,-0.25],[0.5,0,0.125],[-0.25,0.125,0]]",
        ));
    near(number(&found["free_energy"]), -2.263_624_999_9, 1e-9);
    for (estimate, free, mean) in [
        (0, -2.127_032_548_4, [0.057_268_3, -0.258_689_9, 0.053_296_1]),
        (1, -2.283_414_205_2, [0.064_833_6, -0.203_968, 0.054_068_1]),
    ] {
        let told = &found["estimates"][estimate];
        near(number(&told["free_energy"]), free, 1e-8);
        numbers(&told["mean"]).into_iter().zip(mean).for_each(|(found, known)| near(found, known, 1e-7));
    }
}

/// One of three units is hidden.
#[test]
fn a_hidden_unit_is_summed_out() {
    let found = exact(
        r#"{"v":1,"model":"boltzmann","patterns":{"width":2,"height":1,"bits":["11","10"]},
            "weights":[[0,0.3,1.2],[0.3,0,-0.7],[1.2,-0.7,0]],"biases":[-0.1,0.2,0.4]}"#,
    );
    near(number(&found["ln_z"]), 2.719_037_138_2, 1e-9);
    near(number(&found["log_likelihood"]), -1.056_509_830_4, 1e-9);
    let slope = numbers(&found["gradient"]["weights"][2]);
    [0.234_022_508, 0.053_864_522_5, 0.0]
        .into_iter()
        .zip(slope)
        .for_each(|(known, found)| near(found, known, 1e-9));
    let slope = numbers(&found["gradient"]["biases"]);
    [0.304_506_946_5, 0.019_484_400_6, 0.075_990_890_4]
        .into_iter()
        .zip(slope)
        .for_each(|(known, found)| near(found, known, 1e-9));
}

/// Two cells in grey and two hidden units: the mixture of four clouds.
#[test]
fn a_small_machine_of_grey_cells() {
    let spec = r#"{"v":1,"model":"gaussian_rbm","patterns":{"width":2,"height":1,"values":[[1,1],[-1,1]]},
        "weights":[[1,0.5],[-0.5,1.5]],"biases":[0.5,-0.5,0.2,-0.3],
        "params":{"scale":"plain","variance":"learned"},"start":{"values":[0,0]}}"#;
    let found = exact(spec);
    near(number(&found["ln_z"]), 3.973_217_225_2, 1e-9);
    // The means of the pictures, (0, 1), less those of the mixture.
    let slopes = numbers(&found["gradient"]["biases"]);
    near(slopes[0], -1.001_627_32, 5e-9);
    near(slopes[1], 1.0 - 0.687_864_54, 5e-9);
    assert_eq!(numbers(&found["gradient"]["log_variances"]).len(), 2);
    let energies = numbers(&found["free_energies"]);
    near(number(&found["log_likelihood"]), -0.5 * (energies[0] + energies[1]) - 3.973_217_225_2, 1e-9);
    let lines = run(spec, &["--steps", "1"]);
    near(number(&lines[0]["energy"]), -1.102_494_113_9, 1e-6);
}

/// Two cells, two hidden units and one more on top: the bound lies below the likelihood.
#[test]
fn a_small_machine_of_three_layers() {
    let spec = r#"{"v":1,"model":"deep_boltzmann","patterns":{"width":2,"height":1,"bits":["10"]},
        "weights":[[1,0.5],[-0.5,1],[0.8,-0.6]],"biases":[0.1,-0.1,0,0.2,-0.3],
        "params":{"hidden_1":2,"hidden_2":1,"epochs":0,"rounds":100},"start":{"state":"10"}}"#;
    let found = exact(spec);
    near(number(&found["ln_z"]), 4.337_659_334_8, 1e-9);
    near(number(&found["log_likelihood"]), -1.611_638_537, 1e-9);
    assert_eq!(found["distribution"].as_array().expect("a list").len(), 4);
    let first = &run(spec, &["--steps", "1"])[0];
    let (bound, likelihood) = (number(&first["bound"]), number(&first["log_likelihood"]));
    near(likelihood, -1.611_638_537, 1e-6);
    assert!(bound < likelihood && bound > likelihood - 0.1, "{bound}");
}
