//! Judging the versions of a sealed application, oldest first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::application::Choice;
use crate::hash::Hash;
use crate::ids::PersonId;
use crate::judge::column;
use crate::judge::ruling::{Reason, Ruling};
use crate::judge::version::{Editor, Park, Version, follows, is_empty};
use crate::sealed::StepToken;

/// How long a step must stand before a form without `PFDecisionFor` counts, unless configured.
pub const STANDING: SignedDuration = SignedDuration::from_mins(5);

/// The newest version that was judged, and its fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub number: u32,
    pub fingerprint: Hash,
}

/// What we know when we look.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectations {
    /// None: nothing was judged yet, and version 1 is the first to come.
    pub judged: Option<Judged>,
    /// Numbers of the versions that we wrote.
    pub own: BTreeSet<u32>,
    /// The step that stands, and since when; none when nothing is asked.
    pub asked: Option<(StepToken, Timestamp)>,
    /// Those whose answer is open.
    pub assignees: BTreeSet<PersonId>,
    /// Those who are shown it and have not said that they saw it.
    pub shown: BTreeSet<PersonId>,
    pub standing: SignedDuration,
    /// Mail addresses that people wrote for themselves into `PFDecisionFor`, each found to be that person's:
    /// a button of a view knows no object id.
    pub addresses: BTreeSet<(PersonId, String)>,
    /// Columns that only we write, with the values that we last wrote into this item.
    pub sealed: BTreeMap<String, Value>,
}

impl Expectations {
    /// Whether this text stands for the person.
    fn is_named(&self, person: &PersonId, text: &str) -> bool {
        PersonId::new(text) == *person || self.addresses.contains(&(person.clone(), text.to_owned()))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// One ruling a version, oldest first.
    pub rulings: Vec<(u32, Ruling)>,
    /// Set: nothing after the rulings was judged.
    pub park: Option<Park>,
    /// What to keep as the newest judged version.
    pub judged: Option<Judged>,
    /// Sealed columns that must be put back, with their values.
    pub restore: BTreeMap<String, Value>,
    /// Whether decision columns must be emptied.
    pub empty_decision: bool,
}

impl Judgement {
    /// Up to this version, what people saw may not have been what is sealed, in a place that versions do not
    /// show: an attachment.
    pub fn refuse_decisions(&mut self, up_to: u32) {
        for (number, ruling) in &mut self.rulings {
            if let Ruling::Decision { by, .. } | Ruling::Acknowledged { by, .. } = ruling
                && *number <= up_to
            {
                *ruling = Ruling::Refused {
                    by: Editor::Person(by.clone()),
                    reason: Reason::SealedNotShown,
                };
            }
        }
    }

    /// Who must be told that his edit did not count, and why.
    pub fn tell(&self) -> impl Iterator<Item = (&PersonId, u32, Reason)> {
        self.rulings.iter().filter_map(|(number, ruling)| match ruling {
            Ruling::Refused {
                by: Editor::Person(person),
                reason,
            } => Some((person, *number, *reason)),
            _ => None,
        })
    }
}

/// Judges all versions after the newest judged one. `versions` begin with that one (or with 1), oldest first.
pub fn judge(versions: &[Version], expected: &Expectations) -> Judgement {
    let mut judgement = Judgement {
        rulings: Vec::new(),
        park: None,
        judged: expected.judged,
        restore: BTreeMap::new(),
        empty_decision: false,
    };
    if let Err(park) = walk(versions, expected, &mut judgement) {
        judgement.park = Some(park);
        let judged = judgement.judged.map_or(0, |judged| judged.number);
        judgement.rulings.extend(left_out(versions, judged));
    } else if let Some(last) = versions.last() {
        judgement.restore = altered(last, expected)
            .map(|column| (column.clone(), expected.sealed[column].clone()))
            .collect();
        let columns = [
            column::DECISION,
            column::DECISION_FOR,
            column::COMMENT,
            column::SEND_BACK_TO,
        ];
        judgement.empty_decision = columns.iter().any(|column| last.value(column).is_some());
    }
    judgement
}

fn walk(versions: &[Version], expected: &Expectations, judgement: &mut Judgement) -> Result<(), Park> {
    let (mut before, fresh) = start(versions, expected)?;
    for version in fresh {
        follows(before.map_or(0, |before| before.number), version)?;
        let ruling = rule(version, before, expected)?;
        judgement.rulings.push((version.number, ruling));
        judgement.judged = Some(Judged {
            number: version.number,
            fingerprint: version.fingerprint(),
        });
        before = Some(version);
    }
    Ok(())
}

/// Nothing after the last judged version counts any more: whoever decided there must learn it.
fn left_out(versions: &[Version], judged: u32) -> impl Iterator<Item = (u32, Ruling)> {
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let fresh = before
        .zip(versions)
        .filter(move |(_, version)| version.number > judged);
    fresh.filter_map(|(before, version)| {
        let is_person = matches!(version.editor, Editor::Person(_));
        let decides = is_person && version.text(column::DECISION).is_some() && is_written(before, version);
        decides.then(|| (version.number, refused(version, Reason::Parked)))
    })
}

/// Whether a version says something else than the one before in its columns of decision.
fn is_written(before: Option<&Version>, version: &Version) -> bool {
    let wrote = |column: &str| before.and_then(|before| before.text(column)) != version.text(column);
    wrote(column::DECISION) || (wrote(column::DECISION_FOR) && version.text(column::DECISION_FOR).is_some())
}

/// The newest judged version, unchanged, and the versions after it.
fn start<'a>(
    versions: &'a [Version],
    expected: &Expectations,
) -> Result<(Option<&'a Version>, &'a [Version]), Park> {
    let Some(judged) = expected.judged else {
        return Ok((None, versions));
    };
    match versions.split_first() {
        Some((first, _)) if first.number != judged.number => Err(Park::Gap(judged.number)),
        Some((first, _)) if first.fingerprint() != judged.fingerprint => {
            Err(Park::ChangedInPlace(judged.number))
        }
        Some((first, fresh)) => Ok((Some(first), fresh)),
        None => Err(Park::Gap(judged.number)),
    }
}

fn rule(version: &Version, before: Option<&Version>, expected: &Expectations) -> Result<Ruling, Park> {
    let own = expected.own.contains(&version.number);
    match &version.editor {
        Editor::App => Ok(Ruling::OurOwn),
        _ if own => Err(Park::EditorChanged(version.number)),
        Editor::Unknown => Ok(refused(version, Reason::UnknownEditor)),
        Editor::Person(by) => Ok(rule_person(version, before, by, expected)),
    }
}

fn refused(version: &Version, reason: Reason) -> Ruling {
    Ruling::Refused {
        by: version.editor.clone(),
        reason,
    }
}

/// A person's version is judged on what it changed against the version before it.
fn rule_person(
    version: &Version,
    before: Option<&Version>,
    by: &PersonId,
    expected: &Expectations,
) -> Ruling {
    let changed = |column: &String| before.and_then(|before| before.value(column)) != version.value(column);
    if altered(version, expected).any(changed) {
        return refused(version, Reason::SealedAltered);
    }
    let wrote = |column: &str| before.and_then(|before| before.text(column)) != version.text(column);
    let pressed = wrote(column::DECISION_FOR) && version.text(column::DECISION_FOR).is_some();
    if version.text(column::DECISION).is_none() || !is_written(before, version) {
        return Ruling::CommentOnly {
            by: version.editor.clone(),
        };
    }
    if altered(version, expected).next().is_some() {
        return refused(version, Reason::SealedNotShown);
    }
    let comment = version.new_text(before, column::COMMENT);
    if is_seen(version, by, expected) {
        let by = by.clone();
        return Ruling::Acknowledged { by, comment };
    }
    match token(version, pressed, by, expected) {
        Err(reason) => refused(version, reason),
        Ok(token) => match version.choice() {
            None => refused(version, Reason::UnknownChoice),
            Some(choice) => Ruling::Decision {
                by: by.clone(),
                choice,
                comment,
                token,
            },
        },
    }
}

/// Having seen it binds nobody to a step: no token is needed for that.
fn is_seen(version: &Version, by: &PersonId, expected: &Expectations) -> bool {
    let is_asked = expected.assignees.contains(by);
    version.choice() == Some(Choice::Confirm) && !is_asked && expected.shown.contains(by)
}

/// The step that a vote is for, if it is certain.
fn token(
    version: &Version,
    pressed: bool,
    by: &PersonId,
    expected: &Expectations,
) -> Result<StepToken, Reason> {
    let (token, since) = expected.asked.ok_or(Reason::NothingAsked)?;
    if !expected.assignees.contains(by) {
        return Err(Reason::NotAssignee);
    }
    if pressed {
        let text = version.text(column::DECISION_FOR).unwrap_or_default();
        let (named, decider) = text.split_once(':').ok_or(Reason::ForeignDecisionFor)?;
        if !expected.is_named(by, decider) {
            return Err(Reason::ForeignDecisionFor);
        }
        return if StepToken::parse(named) == Ok(token) {
            Ok(token)
        } else {
            Err(Reason::StaleStep)
        };
    }
    // SharePoint keeps whole seconds: within the second in which the step began nobody knows which came first.
    if version.created.as_second() < since.as_second() {
        Err(Reason::StaleStep)
    } else if version.created.duration_since(since) < expected.standing {
        Err(Reason::TooEarly)
    } else {
        Ok(token)
    }
}

/// Sealed columns that are not as they must be.
fn altered<'a>(version: &'a Version, expected: &'a Expectations) -> impl Iterator<Item = &'a String> {
    let differs = |(column, value): &(&String, &Value)| {
        let must = Some(*value).filter(|value| !is_empty(value));
        version.value(column) != must
    };
    expected.sealed.iter().filter(differs).map(|(column, _)| column)
}
