//! A machine in company: up to four of them on the same cue and with the same dice, in step.
//!
//! One session leads: edits are done to it, and its past is the one that is kept. What stands beside it follows from its
//! spec ([`Spec::others`]). Where there is company every edit starts all runs over, so that they differ in nothing but
//! what they are said to differ in.
//!
//! Time is counted in updates of the leader. The others are as many sweeps old, and whoever has come to rest waits.

use crate::LabError;
use crate::catalogue;
use crate::fallible::try_each;
use crate::plan::Edit;
use crate::session::{MAX_ADVANCE, Session, Step};
use crate::setup::Setup;
use crate::spec::{Beside, Spec};

/// A leading session and those beside it.
pub struct Company {
    leader: Session,
    others: Vec<Session>,
    /// The moment looked at, and the last that has been run, in updates of the leader.
    time: u64,
    end: u64,
}

impl Company {
    /// Opens a spec and what stands beside it.
    ///
    /// # Errors
    /// A spec that cannot be; of those beside it, which.
    pub fn open(spec: &Spec) -> Result<Self, LabError> {
        Self::around(Session::open(spec)?)
    }

    /// Opens what [`Session::save`] gave of the leader.
    ///
    /// # Errors
    /// Text that is not a saved session.
    pub fn load(saved: &str) -> Result<Self, LabError> {
        Self::around(Session::load(saved)?)
    }

    fn around(leader: Session) -> Result<Self, LabError> {
        let mut company = Self { leader, others: Vec::new(), time: 0, end: 0 };
        company.gather()?;
        Ok(company)
    }

    /// Opens what stands beside the leader, and brings it to the leader's moment.
    fn gather(&mut self) -> Result<(), LabError> {
        let open = |(k, spec): (usize, Spec)| {
            let at = |error: LabError| LabError::new(format!("beside[{k}].{}", error.at), &error.message);
            Session::open(&spec).map_err(at)
        };
        let others = self.leader.machine().spec().others();
        self.others = try_each(others.into_iter().enumerate(), open)?;
        (self.time, self.end) = (self.leader.time(), self.leader.end());
        if !self.others.is_empty() {
            let time = self.time;
            self.go_to(self.end);
            self.go_to(time);
        }
        Ok(())
    }

    /// The session that leads.
    #[must_use]
    pub fn leader(&self) -> &Session {
        &self.leader
    }

    /// The same, to have its series taken.
    pub fn leader_mut(&mut self) -> &mut Session {
        &mut self.leader
    }

    /// One of them: the leader for 0, then those beside it.
    ///
    /// # Errors
    /// There are not so many.
    pub fn at(&self, place: usize) -> Result<&Session, LabError> {
        let session = place.checked_sub(1).map_or(Some(&self.leader), |other| self.others.get(other));
        session.ok_or_else(|| beyond(place, self.others.len()))
    }

    /// Those beside it.
    #[must_use]
    pub fn others(&self) -> &[Session] {
        &self.others
    }

    /// The same, to have their series taken.
    pub fn others_mut(&mut self) -> &mut [Session] {
        &mut self.others
    }

    /// The moment looked at, in updates of the leader.
    #[must_use]
    pub fn time(&self) -> u64 {
        self.time
    }

    /// The last moment that has been run, in updates of the leader.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Whether nothing more can happen to any of them.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        let rests = |session: &Session| session.machine().at_rest();
        rests(&self.leader) && self.others.iter().all(rests)
    }

    /// Runs on; the number of updates of the leader that have passed.
    pub fn advance(&mut self, step: Step, count: u64) -> u64 {
        if self.others.is_empty() {
            let done = self.leader.advance(step, count);
            (self.time, self.end) = (self.leader.time(), self.leader.end());
            return done;
        }
        let length = self.leader.machine().sweep_length();
        let updates = match step {
            Step::Update => count,
            Step::Sweep => count.saturating_mul(length).saturating_sub(self.time % length),
        };
        let (start, goal) = (self.time, self.time.saturating_add(updates.min(MAX_ADVANCE)));
        // In pieces of a sweep, so that it is seen when the last of them comes to rest.
        while self.time < goal && !self.at_rest() {
            self.go_to(goal.min((self.time / length + 1) * length));
        }
        self.time - start
    }

    /// Brings all of them to a moment; beyond what has been run they run on.
    fn go_to(&mut self, time: u64) {
        let length = self.leader.machine().sweep_length();
        let bring = |session: &mut Session, goal: u64| {
            session.seek(goal);
            while session.time() < goal && session.advance(Step::Update, goal - session.time()) > 0 {}
        };
        bring(&mut self.leader, time);
        for other in &mut self.others {
            let own = other.machine().sweep_length();
            bring(other, (u128::from(time) * u128::from(own) / u128::from(length)) as u64);
        }
        self.time = time;
        self.end = self.end.max(time);
    }

    /// Looks at another moment of what has been run.
    pub fn seek(&mut self, time: u64) {
        if self.others.is_empty() {
            self.leader.seek(time);
            self.time = self.leader.time();
        } else {
            self.go_to(time.min(self.end).max(self.leader.begin()));
        }
    }

    /// Does something to the experiment.
    ///
    /// # Errors
    /// An edit that cannot be, or that one beside the leader cannot follow; then nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), LabError> {
        if self.others.is_empty() && !matches!(edit, Edit::Compare { .. }) {
            self.leader.edit(edit)?;
            (self.time, self.end) = (self.leader.time(), self.leader.end());
            return Ok(());
        }
        self.leader.edit_anew(edit)?;
        let gathered = self.gather();
        if gathered.is_err() {
            self.leader.take_back();
            self.gather()?;
        }
        gathered
    }

    /// Starts over, with the same dice or with others.
    ///
    /// # Errors
    /// A seed that is too large.
    pub fn restart(&mut self, seed: Option<u64>) -> Result<(), LabError> {
        self.leader.restart(seed)?;
        self.gather()
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        if self.leader.undo() {
            self.gather().expect("it was open before");
        }
    }

    /// Does it again.
    pub fn redo(&mut self) {
        if self.leader.redo() {
            self.gather().expect("it was open before");
        }
    }
}

/// The same company led by another of it, by its place beside the leader; the leader takes that place.
///
/// # Errors
/// There are not so many beside it, or a model that there is not.
pub fn led_by(spec: &Spec, place: usize) -> Result<Spec, LabError> {
    let mut all = spec.others();
    if place >= all.len() {
        return Err(beyond(place, all.len()));
    }
    let leader = Spec { beside: Vec::new(), ..spec.clone() };
    let mut lead = std::mem::replace(&mut all[place], leader);
    show_as(&mut lead, spec);
    let beside = try_each(all.iter(), |other| difference(&lead, other))?;
    Ok(Spec { beside, expect: None, ..lead })
}

/// The same experiment with a machine that differs so, alone, with the same on the stage.
#[must_use]
pub fn alone(spec: &Spec, beside: &Beside) -> Spec {
    let mut alone = spec.altered(beside);
    show_as(&mut alone, spec);
    alone
}

/// Puts on the stage what another spec has there, if there is such a figure.
fn show_as(spec: &mut Spec, other: &Spec) {
    spec.view.figure.clone_from(&other.view.figure);
    catalogue::settle_figure(spec);
}

fn beyond(place: usize, beside: usize) -> LabError {
    LabError::new("beside", format_args!("there is no machine {place}; {beside} stand beside the leader"))
}

/// In what a spec of the same experiment differs from another.
fn difference(from: &Spec, to: &Spec) -> Result<Beside, LabError> {
    if to.model != from.model {
        return Ok(Beside { model: Some(to.model.clone()), params: to.params.clone() });
    }
    let wanted = Setup::new(to)?.values;
    let mut beside = Beside::default();
    // Settings follow from each other: what followed from one that was different is seen only once that is set.
    for _ in 0..2 {
        let found = Setup::new(&from.altered(&beside))?.values;
        for (key, value) in wanted.iter().filter(|(key, value)| found.get(key) != Some(value)) {
            beside.params.insert(key.to_owned(), value.clone());
        }
    }
    Ok(beside)
}

#[cfg(test)]
mod tests;
