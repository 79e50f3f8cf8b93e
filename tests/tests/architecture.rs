//! The arrows of ARCHITECTURE.md, and no others: between the crates, between the parts of the page, and no model's
//! name where every model is served alike.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engram_lab::catalogue::CATALOGUE;

/// Crates that know a browser or the machine's entropy: for the bindings alone.
const OF_THE_BROWSER: [&str; 6] =
    ["wasm-bindgen", "js-sys", "web-sys", "serde-wasm-bindgen", "console_error_panic_hook", "getrandom"];

/// Models that are not in the catalogue yet: nothing may wait for them by name.
const TO_COME: [&str; 4] = ["ising", "rbm", "boltzmann", "helmholtz"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the workspace")
}

/// All crates that a package is built with, itself included, on any target.
fn built_with(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--target", "all", "--prefix", "none"])
        .args(["--format", "{p}", "--package", package])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

fn ours(package: &str) -> BTreeSet<String> {
    let ours =
        ["engram", "engram-lab", "engram-wasm", "engram-cli", "engram-tests", "engram-no-std", "xtask"];
    built_with(package).into_iter().filter(|name| ours.contains(&name.as_str()) && name != package).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn the_crates_depend_on_each_other_along_the_arrows() {
    assert_eq!(ours("engram"), set(&[]));
    assert_eq!(ours("engram-lab"), set(&["engram"]));
    assert_eq!(ours("engram-wasm"), set(&["engram", "engram-lab"]));
    assert_eq!(ours("engram-cli"), set(&["engram", "engram-lab"]));
    assert_eq!(ours("xtask"), set(&[]));
}

#[test]
fn the_bindings_and_the_command_line_reach_the_science_through_the_lab_only() {
    for package in ["engram-wasm", "engram-cli"] {
        let manifest = fs::read_to_string(root().join("crates").join(package).join("Cargo.toml"))
            .expect("the manifest is there");
        let direct = manifest.lines().any(|line| {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            name == "engram"
        });
        assert!(!direct, "{package} names `engram` as a dependency of its own");
    }
}

#[test]
fn only_the_bindings_know_a_browser() {
    for package in ["engram", "engram-lab", "engram-cli"] {
        let found: Vec<_> =
            built_with(package).into_iter().filter(|name| OF_THE_BROWSER.contains(&name.as_str())).collect();
        assert!(found.is_empty(), "{package} is built with {found:?}");
    }
    let bindings = built_with("engram-wasm");
    assert!(bindings.contains("wasm-bindgen"), "the list of crates is read wrongly: {bindings:?}");
}

/// The files under a folder with one of these endings, sorted, with their text.
fn sources(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder is read").path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
                found.push((path.strip_prefix(root()).expect("it is under the root").to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "no source in {folder}");
    found.sort();
    found
}

/// The text without comments: what is said about the code is free, what the code does is not.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*").into_iter().chain(comment(rest)).min() {
        code.push_str(&rest[..start]);
        let (end, skip) = if rest[start..].starts_with("/*") { ("*/", 2) } else { ("\n", 0) };
        rest = rest[start..].find(end).map_or("", |at| &rest[start + at + skip..]);
    }
    code + rest
}

/// Where the next line comment starts; the `//` of an address in a string is none.
fn comment(text: &str) -> Option<usize> {
    text.match_indices("//").map(|(at, _)| at).find(|at| *at == 0 || text.as_bytes()[at - 1] != b':')
}

/// The words of code in lower case: `NewIsing`, `ising_2d` and `"rbm"` are new ising, ising 2 d, and rbm.
fn words(code: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() {
            let follows = before.is_alphabetic() == letter.is_alphabetic() && before.is_alphanumeric();
            // `newIsing`, `RBMNet`.
            let capital = letter.is_uppercase()
                && (before.is_lowercase() || letters.peek().is_some_and(|next| next.is_lowercase()));
            match words.last_mut() {
                Some(word) if follows && !capital => word.extend(letter.to_lowercase()),
                _ => words.push(letter.to_lowercase().collect()),
            }
        }
        before = letter;
    }
    words
}

/// Whether code names a model, as a word of its own or as part of a name: `Ising`, `ising_2d`, `"rbm"`; but not
/// `raising`.
fn names_model(code: &[String], model: &str) -> bool {
    let model = words(model);
    code.windows(model.len()).any(|some| some == model)
}

#[test]
fn models_are_found_by_name_and_nothing_else_is() {
    let names = |code: &str, model: &str| names_model(&words(code), model);
    assert!(names("let x = Hopfield::new()", "hopfield"));
    assert!(names("NewIsing", "ising") && names("ising_2d", "ising") && names("\"RBM\"", "rbm"));
    assert!(names("let ISING_UNITS", "ising") && names("RBMNet", "rbm") && names("isingBench", "ising"));
    assert!(names("ring::ENTRY", "ring") && names("'ring'", "ring"));
    assert!(names("ModernHopfield", "modern_hopfield") && !names("modern, Hopfield's", "hopfield_modern"));
    assert!(!names("raising, minimising, arising, raisingTide", "ising"));
    assert!(!names("String, toString, STRING, during, Rings, ringed", "ring"));
    assert_eq!(words("aB_c2 HTMLBox"), ["a", "b", "c", "2", "html", "box"]);
    assert_eq!(code("a // Hopfield\nb /* Ising */ c \"http://x\""), "a \nb  c \"http://x\"");
}

#[test]
fn no_model_is_named_where_all_are_served_alike() {
    let mut wrong = Vec::new();
    let everywhere =
        sources("crates/engram-wasm/src", &[".rs"]).into_iter().chain(sources("www/src", &[".ts"]));
    let lab = sources("crates/engram-lab/src", &[".rs"]).into_iter().filter(|(path, _)| {
        let path = path.to_string_lossy();
        !path.contains("/machines/") && !path.ends_with("/catalogue.rs")
    });
    for (path, text) in everywhere.chain(lab) {
        let text = code(&text);
        // A module's own tests may pose an example.
        let product = words(text.split("#[cfg(test)]").next().unwrap_or_default());
        wrong.extend(
            CATALOGUE
                .iter()
                .map(|entry| entry.name)
                .chain(TO_COME)
                .filter(|model| names_model(&product, model))
                .map(|model| format!("{} names {model}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "the vocabulary in which models describe themselves misses a word: {wrong:#?}");
}

/// One import of a TypeScript module.
struct Import {
    /// Whether it takes types alone, which leave no trace in the page.
    types: bool,
    /// What it imports: a file from `www/src` on, without `.ts`, or a package.
    from: String,
}

/// The imports and re-exports of a module at `path` (from `www/src` on).
fn imports(path: &Path, text: &str) -> Vec<Import> {
    let code = code(text);
    let statements = code.split(';').filter_map(|statement| {
        let statement = statement.trim_start();
        let is_import = statement.starts_with("import") || statement.starts_with("export");
        let tail = statement.rsplit_once("from").map(|(_, tail)| tail).or(statement.strip_prefix("import"));
        let from = tail.map(|tail| tail.trim().trim_matches(['"', '\'', '(', ')', ' ']));
        let types = statement.starts_with("import type") || statement.starts_with("export type");
        from.filter(|from| is_import && !from.contains(char::is_whitespace))
            .map(|from| (types, from.to_owned()))
    });
    statements.map(|(types, from)| Import { types, from: resolve(path, &from) }).collect()
}

fn resolve(path: &Path, from: &str) -> String {
    if !from.starts_with('.') {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    parts.pop();
    for part in from.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn imports_are_read_from_typescript() {
    let text = "import init, * as wasm from \"engram-wasm\";\nimport type { A } from \"../engine/types\";\n\
                import {\n  b,\n} from \"./b\";\nexport { c } from \"../views/c\";\nimport \"./side\";\nconst x = 1;";
    let found: Vec<_> =
        imports(Path::new("ui/a.ts"), text).into_iter().map(|import| (import.types, import.from)).collect();
    let wanted = [
        (false, "engram-wasm"),
        (true, "engine/types"),
        (false, "ui/b"),
        (false, "views/c"),
        (false, "ui/side"),
    ];
    assert_eq!(found, wanted.map(|(types, from)| (types, from.to_owned())));
}

#[test]
fn the_parts_of_the_page_import_each_other_along_the_arrows() {
    let mut wrong = Vec::new();
    for (path, text) in sources("www/src", &[".ts"]) {
        let path = path.strip_prefix("www/src").expect("it is under www/src").to_owned();
        let part = path.iter().next().and_then(|part| part.to_str()).unwrap_or_default().to_owned();
        for Import { types, from } in imports(&path, &text) {
            let to = from.split('/').next().unwrap_or_default();
            let why = if from == "engram-wasm" && part != "engine" {
                "only engine/ may load the wasm package"
            } else if from == "engine/worker" && !types {
                "the worker is started by its address, never imported"
            } else if part == "engine" && ["state", "ui", "views", "embed"].contains(&to) {
                "the engine knows nothing of the page"
            } else if part == "views" && !types && ["engine", "state", "ui", "embed"].contains(&to) {
                "a view draws what it is given"
            } else if part == "state" && ["ui", "views", "embed"].contains(&to) && !types {
                "state knows nothing of how it is shown"
            } else if part == "ui" && to == "engine" && !types && from != "engine/client" {
                "the interface knows of the engine what its client tells"
            } else {
                continue;
            };
            wrong.push(format!("{} imports {from}: {why}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_file_touches_the_address() {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$' || letter == '-';
    let touching: Vec<_> = sources("www/src", &[".ts"])
        .into_iter()
        .filter(|(path, _)| !path.ends_with("build.d.ts"))
        .filter(|(_, text)| {
            let code = code(text);
            ["location", "history"].iter().any(|name| {
                code.match_indices(name).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    let after = code[at + name.len()..].chars().next();
                    !before
                        .is_some_and(|letter| is_word(letter) || letter == '.' && !window_before(&code[..at]))
                        && after == Some('.')
                })
            })
        })
        .map(|(path, _)| path)
        .collect();
    assert!(touching.len() <= 1, "`location` and `history` belong to one file, not to {touching:?}");
}

/// Whether `location` after this text is the window's, not some object's field.
fn window_before(text: &str) -> bool {
    ["window.", "globalThis.", "self.", "document."].iter().any(|owner| text.ends_with(owner))
}

#[test]
fn the_page_takes_off_a_link_what_readers_of_links_pass_over() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/src/state/display.ts");
    let text = std::fs::read_to_string(file).expect("the page reads options");
    let list =
        text.split("new Set([").nth(1).and_then(|rest| rest.split("])").next()).expect("a set of keys");
    let keys: Vec<&str> = list.split(',').map(|key| key.trim().trim_matches('"')).collect();
    assert_eq!(keys, engram_lab::link::DISPLAY);
}
