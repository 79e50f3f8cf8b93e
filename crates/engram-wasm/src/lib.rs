//! Bindings of the lab bench to JavaScript: one handle, one catalogue, numbers.
//!
//! Descriptions cross once, as plain objects; per frame only scalars and flat typed arrays cross, copied out of the
//! module's memory. Every error becomes a JavaScript `Error` whose message says what was wrong.

#[cfg(feature = "bench")]
mod bench;
mod frame;

use engram_lab::LabError;
use engram_lab::catalogue;
use engram_lab::company::{self, Company};
use engram_lab::figure::Part;
use engram_lab::files::Format;
use engram_lab::histogram::Histogram;
use engram_lab::import::{self, Span, Wishes};
use engram_lab::info::Info;
use engram_lab::link::{self, Reading};
use engram_lab::pictures;
use engram_lab::plan::Edit;
use engram_lab::ready;
use engram_lab::session::{Session, Step};
use engram_lab::spec::{Beside, Spec};
use engram_lab::study;
use engram_lab::value::Value;
use engram_lab::values::Values;
use js_sys::{Float32Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// A plain object from data, by way of JSON.
fn plain(data: &impl Serialize) -> JsValue {
    let json = serde_json::to_string(data).unwrap_or_default();
    js_sys::JSON::parse(&json).unwrap_or_default()
}

/// A spec as text for people. The host lays it out: writing a spec in two ways is code that the page would load.
fn text(spec: &Spec) -> JsValue {
    js_sys::JSON::stringify_with_replacer_and_space(&plain(spec), &JsValue::NULL, &2.into())
        .map_or_else(|_| JsValue::NULL, JsValue::from)
}

/// Data from a plain object, by way of JSON.
fn data<T: DeserializeOwned>(object: &JsValue) -> Result<T, JsError> {
    let json = js_sys::JSON::stringify(object).ok().and_then(|json| json.as_string());
    Ok(serde_json::from_str(&json.unwrap_or_default()).map_err(LabError::from)?)
}

/// An object of the given fields.
fn object(all: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new().into();
    fields(&object, all);
    object
}

/// Sets fields of a fresh object.
fn fields(object: &JsValue, all: &[(&str, JsValue)]) {
    for (key, value) in all {
        // That cannot fail.
        let _ = js_sys::Reflect::set(object, &JsValue::from_str(key), value);
    }
}

/// Says where a panic happened, on the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// What there is: models and picture sets.
#[wasm_bindgen]
pub fn catalogue() -> JsValue {
    plain(&catalogue::catalogue())
}

/// Hands over a data set that experiments need, or a file that the visitor brings along, as bytes of its file.
#[wasm_bindgen]
pub fn provide(name: &str, bytes: &[u8]) -> Result<(), JsError> {
    Ok(engram_lab::data::provide(name, bytes)?)
}

/// Takes in a file that a visitor brings along; the name that specs call it by.
#[wasm_bindgen]
pub fn bring(bytes: &[u8]) -> Result<String, JsError> {
    Ok(engram_lab::data::bring(bytes)?)
}

/// Makes a set to learn from of a file of pictures, and of one with their labels: its name, its own file, what is in it, and
/// the levels of the first few pictures.
#[wasm_bindgen]
pub fn read_set(
    file: &[u8],
    labels: Option<Vec<u8>>,
    width: Option<usize>,
    height: Option<usize>,
    share: f64,
) -> Result<JsValue, JsError> {
    const FEW: usize = 24;
    let wishes = Wishes { size: width.zip(height), share, ..Wishes::default() };
    let set = import::set(file, labels.as_deref(), &wishes)?;
    let (seen, unseen) = (set.pictures.training(), set.pictures.test());
    let first: Vec<u8> = (0..seen.count().min(FEW)).flat_map(|picture| seen.levels(picture)).collect();
    let number = |count: usize| JsValue::from(count as f64);
    Ok(object(&[
        ("name", set.name.into()),
        ("bytes", Uint8Array::from(set.bytes.as_slice()).into()),
        ("width", number(set.pictures.width())),
        ("height", number(set.pictures.height())),
        ("binary", (set.pictures.depth() == 1).into()),
        ("span", set.span.map(Span::label).into()),
        ("seen", number(seen.count())),
        ("unseen", number(unseen.count())),
        ("classes", plain(&set.pictures.class_names())),
        ("first", Uint8Array::from(first.as_slice()).into()),
        ("firstClasses", Uint8Array::from(&seen.classes()[..FEW.min(seen.classes().len())]).into()),
    ]))
}

/// The data set or own file that an experiment was last refused for.
#[wasm_bindgen]
pub fn wanted() -> Option<String> {
    engram_lab::data::wanted()
}

/// Reads a share link without opening it.
#[wasm_bindgen]
pub fn read_link(hash: &str, lenient: bool) -> JsValue {
    match link::read(hash, lenient) {
        Reading::Spec { spec, notices } => {
            object(&[("ok", true.into()), ("spec", text(&spec)), ("notices", plain(&notices))])
        }
        Reading::Problem { problem, salvage } => {
            object(&[("ok", false.into()), ("problem", plain(&problem)), ("salvage", salvage.into())])
        }
    }
}

/// Pictures to be stored: of typed characters (`letters`), or of fair coins (`count` and `seed`).
#[wasm_bindgen]
pub fn pictures(source: JsValue, width: usize, height: usize) -> Result<JsValue, JsError> {
    Ok(plain(&pictures::pictures(&data(&source)?, width, height)?))
}

/// A fresh seed of 32 bits from the machine's entropy.
#[wasm_bindgen]
pub fn fresh_seed() -> Result<f64, JsError> {
    getrandom::u32().map(f64::from).map_err(|error| JsError::new(&error.to_string()))
}

/// Seeded runs through everything that computes, as JSON of names and hashes.
#[cfg(feature = "golden")]
#[wasm_bindgen]
pub fn goldens() -> String {
    engram_lab::golden::json()
}

/// A session, with those beside it.
#[wasm_bindgen]
pub struct Lab {
    company: Company,
    /// Of the leader, then of the others.
    shown: Vec<frame::Shown>,
}

#[wasm_bindgen]
impl Lab {
    /// Opens a spec, as JSON text.
    pub fn open(spec: &str) -> Result<Lab, JsError> {
        Ok(Self::with(Company::open(&Spec::parse(spec)?)?))
    }

    /// Opens a saved session.
    pub fn load(saved: &str) -> Result<Lab, JsError> {
        Ok(Self::with(Company::load(saved)?))
    }

    fn with(company: Company) -> Self {
        Self { company, shown: Vec::new() }
    }

    fn session(&self) -> &Session {
        self.company.leader()
    }

    /// The experiment as it stands, and those beside it with what each differs in.
    pub fn info(&self) -> JsValue {
        let info = plain(&Info::of(self.session()));
        let apart = &self.session().machine().spec().beside;
        let beside = self.company.others().iter().zip(apart).map(|(other, apart)| {
            let info = plain(&Info::of(other));
            fields(&info, &[("apart", plain(apart))]);
            info
        });
        fields(&info, &[("beside", beside.collect::<js_sys::Array>().into())]);
        info
    }

    /// Sets a control.
    pub fn set(&mut self, key: String, value: JsValue) -> Result<(), JsError> {
        let value: Value = data(&value)?;
        Ok(self.company.edit(&Edit::Set { key, value })?)
    }

    /// Puts other machines beside this one: a list of what each differs in; none for an empty list.
    pub fn compare(&mut self, beside: JsValue) -> Result<(), JsError> {
        Ok(self.company.edit(&Edit::Compare { beside: data(&beside)? })?)
    }

    /// The same experiment, as spec text, with a machine that differs so, alone.
    pub fn altered(&self, apart: JsValue) -> Result<JsValue, JsError> {
        let apart: Beside = data(&apart)?;
        Ok(text(&company::alone(&self.session().spec(), &apart)))
    }

    /// The same experiment, as spec text, led by another, by its place beside the leader.
    pub fn led_by(&self, place: usize) -> Result<JsValue, JsError> {
        Ok(text(&company::led_by(&self.session().spec(), place)?))
    }

    /// Does an action.
    pub fn act(&mut self, action: String, args: JsValue) -> Result<(), JsError> {
        let args: Values = data(&args)?;
        Ok(self.company.edit(&Edit::Act { action, args })?)
    }

    /// Runs on; bounded work.
    pub fn advance(&mut self, unit: &str, count: f64) -> Result<JsValue, JsError> {
        let done = self.company.advance(Step::parse(unit)?, count as u64);
        let settled = self.company.at_rest();
        Ok(object(&[("done", (done as f64).into()), ("settled", settled.into())]))
    }

    /// Looks at another moment.
    pub fn seek(&mut self, time: f64) {
        self.company.seek(time as u64);
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        self.company.undo();
    }

    /// Does it again.
    pub fn redo(&mut self) {
        self.company.redo();
    }

    /// Starts over, with the same dice or with others.
    pub fn restart(&mut self, seed: Option<f64>) -> Result<(), JsError> {
        Ok(self.company.restart(seed.map(|s| s as u64))?)
    }

    /// The run at the moment looked at.
    pub fn frame(&mut self) -> JsValue {
        frame::of(&mut self.company, &mut self.shown)
    }

    /// A picture the machine gives of itself.
    pub fn layer(&self, key: &str, index: usize) -> Result<JsValue, JsError> {
        let layer = self.session().machine().layer(key, index)?;
        Ok(object(&[
            ("width", layer.width.into()),
            ("height", layer.height.into()),
            ("values", Float32Array::from(layer.values.as_slice()).into()),
        ]))
    }

    /// A figure, or only what moves in it; of the leader for 0, then of the others. With the number of one of its boxes what
    /// is seen of that closely.
    pub fn figure(
        &self,
        key: &str,
        moving: bool,
        place: usize,
        close: Option<usize>,
    ) -> Result<JsValue, JsError> {
        let part = if moving { Part::Moving } else { Part::Still };
        let machine = self.company.at(place)?.machine();
        Ok(plain(&match close {
            Some(index) => machine.close_up(key, index, part)?,
            None => machine.figure(key, part)?,
        }))
    }

    /// What is on the stage from now on, to be shared: a figure, the grid, or nothing for what leads.
    pub fn put_on_stage(&mut self, figure: Option<String>) {
        self.company.leader_mut().put_on_stage(figure);
    }

    /// How the numbers of a layer are spread, in up to so many bins.
    pub fn histogram(&self, key: &str, index: usize, bins: f64) -> Result<JsValue, JsError> {
        Ok(plain(&Histogram::of(self.session().machine(), key, index, bins)?))
    }

    /// Why a unit does what it does, at a moment or at the one looked at. The moment looked at stays.
    pub fn explain(&mut self, unit: usize, time: Option<f64>) -> Result<JsValue, JsError> {
        let why = self.company.leader_mut().explain(unit, time.map(|t| t as u64))?;
        let changed = why.changed.map_or(JsValue::NULL, |time| (time as f64).into());
        let explanation = plain(&why.explanation);
        fields(&explanation, &[("time", (why.time as f64).into()), ("changed", changed)]);
        Ok(explanation)
    }

    /// The picture in the network now, one character a cell, and the hash of its state.
    pub fn state(&self) -> JsValue {
        let machine = self.session().machine();
        object(&[("picture", machine.state_text().into()), ("hash", machine.hash_text().into())])
    }

    /// Overlap of a picture with each memory.
    pub fn likeness(&self, bits: &str) -> Result<Vec<f64>, JsError> {
        Ok(self.session().machine().likeness(bits)?)
    }

    /// The experiment as spec text, as a link's hash, with whether a link of that length is read again, and as the
    /// command that runs it up to the moment looked at.
    pub fn share(&self) -> JsValue {
        let spec = self.session().spec();
        let command = self.session().command();
        let hash = link::write(&spec);
        object(&[
            ("spec", text(&spec)),
            ("fits", (hash.len() <= link::MAX_LINK_BYTES).into()),
            ("hash", hash.into()),
            ("command", command.words.into()),
            ("exact", command.exact.into()),
        ])
    }

    /// What it has learned, as a file of `.safetensors`.
    pub fn learned(&self) -> Result<Vec<u8>, JsError> {
        Ok(ready::write(self.session().machine(), Format::Safetensors)?)
    }

    /// The experiment that a file of weights makes, as spec text: of the machine that the file names, or else of this one.
    /// With it the name by which it calls the file.
    pub fn with_learned(&self, bytes: &[u8]) -> Result<JsValue, JsError> {
        let spec = ready::open(bytes, &self.session().spec())?;
        let name = spec.learned.as_deref().unwrap_or_default();
        Ok(object(&[("name", name.into()), ("spec", text(&spec))]))
    }

    /// Begins a study of the machine as it is now.
    pub fn study(&self, key: &str) -> Result<Study, JsError> {
        Ok(Study(study::Study::begin(self.session().machine(), key)?))
    }

    /// The session with its past, as text.
    pub fn save(&self) -> String {
        self.session().save()
    }
}

/// A study on its way: worked out beside the run, of which it is no part.
#[wasm_bindgen]
pub struct Study(study::Study);

#[wasm_bindgen]
impl Study {
    /// Takes one more step; what it has come to once all are taken.
    pub fn advance(&mut self) -> Result<JsValue, JsError> {
        Ok(self.0.advance()?.map_or(JsValue::NULL, |report| plain(&report)))
    }

    /// Part of it that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.0.progress()
    }
}
