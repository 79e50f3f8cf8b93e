//! From a link to a spec.

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::pack::{digits, unpack};
use super::{DISPLAY, MAX_LINK_BYTES, RESERVED, checksum};
use crate::LabError;
use crate::catalogue;
use crate::fallible::try_each;
use crate::object::{cut, shown};
use crate::spec::{
    Beside, Corrupt, ENGINE_VERSION, Patterns, Prepare, RandomPatterns, SCHEMA_VERSION, SPEED, Spec,
};
use crate::value::Value;
use crate::values::Values;

/// What a link came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A spec that opens, and what was put right on the way, in plain sentences.
    Spec {
        /// The spec.
        spec: Box<Spec>,
        /// What a visitor should know.
        notices: Vec<String>,
    },
    /// No spec.
    Problem {
        /// Why.
        problem: Problem,
        /// Whether reading leniently would give one.
        salvage: bool,
    },
}

/// Why a link could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The kind of problem.
    pub kind: ProblemKind,
    /// In words.
    pub message: String,
}

/// Kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// There is nothing.
    Empty,
    /// It ends before its checksum.
    Truncated,
    /// It is not as it was written.
    Checksum,
    /// A newer Engram wrote it.
    Newer,
    /// It names a model that is not there.
    UnknownModel,
    /// It says something that cannot be.
    Invalid,
}

fn problem(kind: ProblemKind, message: impl ToString) -> Problem {
    Problem { kind, message: message.to_string() }
}

/// Reads a link, with or without its `#`. Settings out of range are taken at the nearest that is allowed, unknown
/// ones are left out, and both are said. Leniently, a missing or wrong checksum is said too instead of refused, and
/// what cannot be read is left out.
#[must_use]
pub fn read(link: &str, lenient: bool) -> Reading {
    match attempt(link, lenient) {
        Ok((spec, notices)) => Reading::Spec { spec: Box::new(spec), notices },
        Err(problem) => {
            let hopeless =
                matches!(problem.kind, ProblemKind::Empty | ProblemKind::Newer | ProblemKind::UnknownModel);
            let salvage = !lenient && !hopeless && attempt(link, true).is_ok();
            Reading::Problem { problem, salvage }
        }
    }
}

fn attempt(link: &str, lenient: bool) -> Result<(Spec, Vec<String>), Problem> {
    let link = link.strip_prefix('#').unwrap_or(link);
    if link.len() > MAX_LINK_BYTES {
        let message = format!("the link is {} bytes long; at most {MAX_LINK_BYTES} are read", link.len());
        return Err(problem(ProblemKind::Invalid, message));
    }
    let own = |pair: &&str| !pair.split_once('=').is_some_and(|(key, _)| DISPLAY.contains(&key));
    let link = &link.split('&').filter(own).collect::<Vec<_>>().join("&");
    if link.is_empty() {
        return Err(problem(ProblemKind::Empty, "the link says nothing after its #"));
    }
    let mut odd = Vec::new();
    let pairs = Pairs::split(link, &mut odd);
    let version = pairs.get("v").map(version);
    if let Some(Err(fault)) = &version
        && fault.kind == ProblemKind::Newer
    {
        return Err(fault.clone());
    }
    let mut notices = Vec::new();
    if let Err(fault) = check_sum(link) {
        if !lenient {
            return Err(fault);
        }
        notices.push(fault.message);
    }
    notices.append(&mut odd);
    match version {
        None => {
            return Err(problem(ProblemKind::Invalid, "the link does not say which version it has (v=1)"));
        }
        Some(version) => version?,
    }
    let Some(model) = pairs.get("m") else {
        return Err(problem(ProblemKind::Invalid, "the link does not say which model it is for (m=…)"));
    };
    let entry = catalogue::find(model).map_err(|error| problem(ProblemKind::UnknownModel, error))?;
    let mut spec = Spec::new(model);
    let mut reader = Reader { pairs: &pairs, lenient, notices: &mut notices };
    reader.fill(&mut spec).map_err(|error| problem(ProblemKind::Invalid, error))?;
    let controls = entry.describe(&spec).controls;
    for (key, value) in std::mem::take(&mut spec.params) {
        match controls.iter().find(|c| c.key == key) {
            None => {
                notices.push(format!("'{}' is not a setting of this model and was left out", shown(&key)))
            }
            Some(control) => match control.check(&key, &value) {
                Ok(()) => {
                    spec.params.insert(key, value);
                }
                Err(error) => match control.nearest(&value) {
                    Some(near) => {
                        notices.push(format!("{error}; {near} is used instead"));
                        spec.params.insert(key, near);
                    }
                    None => notices.push(format!("{error}; it was left out")),
                },
            },
        }
    }
    let asked = spec.view.figure.clone();
    catalogue::settle_figure(&mut spec);
    if let Some(key) = asked.filter(|_| spec.view.figure.is_none()) {
        notices.push(format!("'{}' is not a figure of this model and was left out", shown(&key)));
    }
    match catalogue::check(&spec) {
        Ok(_) => Ok((spec, notices)),
        Err(error) if !lenient => Err(problem(ProblemKind::Invalid, error)),
        Err(error) => {
            // What most often breaks in a cut-off link: start, clamps and preparations.
            notices.push(format!("{error}; the start and what was done to the network were left out"));
            (spec.start, spec.clamp, spec.prepare) = Default::default();
            match catalogue::check(&spec) {
                Ok(_) => Ok((spec, notices)),
                Err(error) => Err(problem(ProblemKind::Invalid, error)),
            }
        }
    }
}

/// The version that a link says it has; one too large for a number is newer too.
fn version(text: &str) -> Result<(), Problem> {
    let shown = shown(text);
    match text.parse::<u32>() {
        Ok(SCHEMA_VERSION) => Ok(()),
        Ok(0) => Err(problem(ProblemKind::Invalid, unversioned(&shown))),
        Err(_) if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) => {
            Err(problem(ProblemKind::Invalid, unversioned(&shown)))
        }
        _ => {
            let message = format!("the link has version {shown}; this page reads version {SCHEMA_VERSION}");
            Err(problem(ProblemKind::Newer, message))
        }
    }
}

fn unversioned(shown: &str) -> String {
    format!("v: '{shown}' is not a version; this page reads version {SCHEMA_VERSION}")
}

fn check_sum(link: &str) -> Result<(), Problem> {
    let (text, sum) = cut(link, "&k=");
    if sum.len() != 8 || sum.contains('&') {
        let message = "the link has no complete checksum at its end: it was cut off, or written by hand";
        return Err(problem(ProblemKind::Truncated, message));
    }
    if checksum(text) != sum {
        let message = "the link was changed after it was made: its checksum does not fit";
        return Err(problem(ProblemKind::Checksum, message));
    }
    Ok(())
}

/// Keys and decoded values, in order.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Of two values of one key the first counts; that is said, and so is what has no value.
    fn split(link: &str, notices: &mut Vec<String>) -> Self {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in link.split('&').filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else {
                notices.push(format!("'{}' has no value and was left out", shown(pair)));
                continue;
            };
            let key = decoded(key);
            // What is done before the run may be several things, and so may be what stands beside it.
            if key != "do" && key != "beside" && pairs.iter().any(|(known, _)| *known == key) {
                notices.push(format!("'{}' is said twice; the first is used", shown(&key)));
            } else {
                pairs.push((key, decoded(value)));
            }
        }
        Self(pairs)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

struct Reader<'a> {
    pairs: &'a Pairs,
    lenient: bool,
    notices: &'a mut Vec<String>,
}

impl<'a> Reader<'a> {
    /// A value by key, if it is there and can be read; what cannot is an error, or, leniently, said and left out.
    fn value<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        what: &str,
    ) -> Result<Option<T>, LabError> {
        let Some(text) = self.pairs.get(key) else { return Ok(None) };
        let value = read(text);
        if value.is_none() {
            self.unreadable(key, text, what)?;
        }
        Ok(value)
    }

    /// What is done about a value that cannot be read.
    fn unreadable(&mut self, key: &str, text: &str, what: &str) -> Result<(), LabError> {
        let error = LabError::new(key, format_args!("'{}' is not {what}", shown(text)));
        if !self.lenient {
            return Err(error);
        }
        self.notices.push(format!("{error}; it was left out"));
        Ok(())
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.pairs.get(key)
    }

    fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    fn fill(&mut self, spec: &mut Spec) -> Result<(), LabError> {
        let engine = |t: &str| t.parse::<u32>().ok().filter(|&e| e > 0);
        // Opening the spec tells of other numerics.
        spec.engine = self.value("e", engine, "a version")?.filter(|&e| e != ENGINE_VERSION);
        if let Some(seed) =
            self.value("seed", |t| t.parse().ok().filter(|&s| s <= crate::spec::MAX_SEED), "a seed")?
        {
            spec.seed = seed;
        }
        spec.patterns = self.patterns()?;
        spec.weights = self.value("w", rows, "rows of numbers")?;
        spec.learned = self.owned("learned");
        spec.places = self.value("xy", rows, "a list of points")?;
        spec.edges = self.value("edges", rows, "a list of links")?;
        spec.biases = self.value("b", numbers, "a list of numbers")?;
        let pairs = self.pairs;
        for (key, text) in &pairs.0 {
            if key == "do" {
                let (action, args) = self.named("do", text);
                spec.prepare.push(Prepare { action, args });
            } else if key == "beside" {
                let (model, params) = self.named("beside", text);
                spec.beside.push(Beside { model: (!model.is_empty()).then_some(model), params });
            } else if !RESERVED.contains(&key.as_str()) {
                spec.params.insert(key.clone(), parse(text));
            }
        }
        self.start(spec)?;
        spec.clamp = self.value("clamp", whole_numbers, "a list of units")?.unwrap_or_default();
        self.view(spec);
        Ok(())
    }

    fn patterns(&mut self) -> Result<Patterns, LabError> {
        let mut patterns = Patterns::default();
        if let Some((grid, bits)) = self.value("p", packed_patterns, "a size and packed pictures")? {
            (patterns.width, patterns.height) = (Some(grid.0), Some(grid.1));
            patterns.bits = Some(bits);
        }
        if let Some((grid, texts)) = self.value("grey", grey_patterns, "a size and grey pictures")? {
            (patterns.width, patterns.height) = (Some(grid.0), Some(grid.1));
            patterns.grey = Some(texts);
        }
        patterns.values = self.value("values", rows, "rows of numbers")?;
        patterns.set = self.owned("set");
        patterns.take = self.owned("take");
        patterns.size = self.value("size", |t| t.parse().ok(), "a size")?;
        if let Some((random, grid)) = self.value("random", random, "a number of patterns and a size")? {
            patterns.random = Some(random);
            (patterns.width, patterns.height) = (grid.map(|g| g.0), grid.map(|g| g.1));
        }
        let walsh = |t: &str| {
            let (size, rows) = t.split_once('.')?;
            Some((grid(size)?, whole_numbers(rows)?))
        };
        if let Some((size, rows)) = self.value("walsh", walsh, "a size and numbers of rows")? {
            (patterns.width, patterns.height) = (Some(size.0), Some(size.1));
            patterns.walsh = Some(rows);
        }
        let problem = |t: &str| {
            let (word, size) = t.split_once('.')?;
            Some((word.to_owned(), grid(size)?))
        };
        if let Some((word, size)) = self.value("task", problem, "a problem and a size")? {
            (patterns.width, patterns.height) = (Some(size.0), Some(size.1));
            patterns.problem = Some(word);
        }
        for key in ["bars", "grid"] {
            if let Some(size) = self.value(key, grid, "a size such as 4x4")? {
                (patterns.width, patterns.height) = (Some(size.0), Some(size.1));
                patterns.bars |= key == "bars";
            }
        }
        if let Some(names) = self.text("n") {
            patterns.names =
                names.split(',').map(|n| percent_decode_str(n).decode_utf8_lossy().into_owned()).collect();
        }
        patterns.importance = self.value("g", numbers, "a list of numbers")?.unwrap_or_default();
        Ok(patterns)
    }

    fn start(&mut self, spec: &mut Spec) -> Result<(), LabError> {
        match self.text("start") {
            Some("random") => spec.start.random = true,
            _ => spec.start.pattern = self.value("start", |t| t.parse().ok(), "the number of a pattern")?,
        }
        if self.text("state").is_none() && self.text("unk").is_some() {
            self.notices.push("unk: without a state it says nothing and was left out".to_owned());
        }
        if self.text("state").is_some() {
            // The size of the grid tells how many cells there are.
            let cells = crate::resolve::memories(spec)?.units();
            let state = self.value("state", |t| unpack(t, cells), "a packed state of this size")?;
            let unknown = self.value("unk", |t| unpack(t, cells), "a packed state of this size")?;
            spec.start.state = state.map(|state| {
                let unknown = unknown.unwrap_or_else(|| vec![false; cells]);
                let digits = digits(&state);
                digits.chars().zip(unknown).map(|(c, hidden)| if hidden { '?' } else { c }).collect()
            });
        }
        spec.start.grey = self.owned("cue");
        spec.start.values = self.value("cues", numbers, "a list of numbers")?;
        let corrupt = Corrupt {
            flip: self.value("flip", number, "a number")?,
            mask: self.value("mask", number, "a number")?,
            half: self.owned("half"),
            block: self.value("block", number, "a number")?,
            shuffle: self.value("shuffle", number, "a number")?,
            noise: self.value("noise", number, "a number")?,
            to: self.owned("to"),
        };
        spec.start.corrupt = (corrupt != Corrupt::default()).then_some(corrupt);
        Ok(())
    }

    /// A name, then names and values.
    fn named(&mut self, at: &str, text: &str) -> (String, Values) {
        let (name, rest) = text.split_once(',').unwrap_or((text, ""));
        let mut args = Values::new();
        for part in rest.split(',').filter(|part| !part.is_empty()) {
            let fault = match part.split_once(':') {
                None => "has no value and was left out",
                Some((key, _)) if args.contains_key(key) => "comes twice; the first is used",
                Some((key, value)) => {
                    args.insert(key.to_owned(), parse(value));
                    continue;
                }
            };
            self.notices.push(format!("{at}: '{}' of '{}' {fault}", shown(part), shown(name)));
        }
        (name.to_owned(), args)
    }

    fn view(&mut self, spec: &mut Spec) {
        spec.title = self.owned("title").unwrap_or_default();
        spec.text = self.owned("text").unwrap_or_default();
        let Some(text) = self.text("view") else { return };
        for part in text.split(',') {
            match part.split_once(':') {
                Some(("keep", key)) => spec.view.keep.push(key.to_owned()),
                Some(("hide", key)) => spec.view.hide.push(key.to_owned()),
                Some(("figure", key)) => spec.view.figure = Some(key.to_owned()),
                Some(("speed", speed)) if speed.parse().is_ok_and(|speed| SPEED.contains(&speed)) => {
                    spec.view.speed = speed.parse().ok();
                }
                _ => self.notices.push(format!("view: '{}' says nothing and was left out", shown(part))),
            }
        }
    }
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    try_each(text.split(','), |x| number(x).ok_or(())).ok()
}

fn rows(text: &str) -> Option<Vec<Vec<f64>>> {
    // Nothing at all is no row.
    if text.is_empty() {
        return Some(Vec::new());
    }
    try_each(text.split(';'), |row| numbers(row).ok_or(())).ok()
}

fn whole_numbers(text: &str) -> Option<Vec<u32>> {
    try_each(text.split(','), str::parse).ok()
}

/// A number as JSON has it: one reader of decimals is enough, and it is exact.
fn number(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok()
}

fn grid(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

fn packed_patterns(text: &str) -> Option<((u32, u32), Vec<String>)> {
    let mut parts = text.split('.');
    let size = grid(parts.next()?)?;
    let cells = engram::pattern::Pattern::cells(size.0 as usize, size.1 as usize).ok()?;
    let bits = try_each(parts, |part| unpack(part, cells).map(|c| digits(&c)).ok_or(()));
    Some((size, bits.ok()?))
}

/// A size and texts, which are read once the model is known.
fn grey_patterns(text: &str) -> Option<((u32, u32), Vec<String>)> {
    let mut parts = text.split('.');
    Some((grid(parts.next()?)?, parts.map(str::to_owned).collect()))
}

type Grid = Option<(u32, u32)>;

fn random(text: &str) -> Option<(RandomPatterns, Grid)> {
    let mut parts = text.split('.');
    let count = parts.next()?.parse().ok()?;
    let size = parts.next()?;
    let seed = match parts.next() {
        Some(seed) => Some(seed.parse().ok()?),
        None => None,
    };
    match size.parse() {
        Ok(units) => Some((RandomPatterns { count, units: Some(units), seed }, None)),
        Err(_) => Some((RandomPatterns { count, units: None, seed }, Some(grid(size)?))),
    }
}

/// A value as it was written: a number, yes or no, or a word.
fn parse(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if text.contains(',') => numbers(text).map_or_else(|| Value::Text(text.to_owned()), Value::Numbers),
        _ => number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number),
    }
}
