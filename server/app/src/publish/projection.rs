//! What the item shows of an application: a pure table, column by column.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Input, MAX_VALUES_BYTES, Master, Values};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::transaction;
use workflow::application::{Actor, Asking, Flag as Standing, Source};
use workflow::{Application, PersonId, State, StepToken, canonical};

use super::cell::{Cell, Cells};
use super::history_words::{Names, history};
use super::shown::Flag;
use super::story::Story;
use super::subject::{name_as_planned, subject};
use crate::attachments::table_name;
use crate::cases::Case;
use crate::config::Language;
use crate::jobs::JobError;
use crate::service::Service;
use crate::status_words::status;
use crate::{masters, people, preview, reason_words};

/// A single line of text holds this much (Microsoft: "Single line of text", 255 characters).
const LINE: usize = 255;
/// Before the second and each further line of a value: none of them looks like another value with its label.
const FURTHER: &str = "\n\u{3000}\u{3000}";

/// Everything that the table below looks at.
pub(super) struct View<'a> {
    pub(super) case: &'a Case,
    pub(super) story: &'a Story,
    pub(super) attached: &'a str,
    pub(super) flags: &'a BTreeSet<Flag>,
    pub(super) masters: &'a BTreeMap<String, Master>,
    pub(super) names: &'a Names,
    pub(super) language: Language,
}

pub(super) async fn project(
    service: &Service,
    case: &Case,
    story: &Story,
    attached: &str,
    flags: &BTreeSet<Flag>,
) -> Result<Cells, JobError> {
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    let names = names(service, story).await?;
    Ok(cells(&View {
        case,
        story,
        attached,
        flags,
        masters: &masters?,
        names: &names,
        language: service.config.mail.language,
    }))
}

/// Everybody whom the history speaks of.
async fn names(service: &Service, story: &Story) -> Result<Names, JobError> {
    let mut names = Names::new();
    for line in &story.lines {
        let actor = match &line.actor {
            Actor::Person(person) => Some(person),
            Actor::Service => None,
        };
        for person in actor.into_iter().chain(line.event.on_behalf_of()) {
            if !names.contains_key(person) {
                names.insert(person.clone(), people::person(service, person).await?.name);
            }
        }
    }
    Ok(names)
}

pub(super) fn cells(view: &View) -> Cells {
    let mut cells = identity(view);
    cells.extend(standing(view));
    cells.extend(contents(view));
    cells.extend(past(view));
    cells
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn line(words: &str) -> Cell {
    Cell::Text(words.chars().take(LINE).collect())
}

/// Several lines, as many as their column takes.
fn note(words: &str) -> Cell {
    if words.chars().count() <= MAX_VALUES_BYTES {
        return text(words);
    }
    let mut cut: String = words.chars().take(MAX_VALUES_BYTES).collect();
    cut.push('…');
    text(cut)
}

fn number(number: usize) -> Cell {
    Cell::Number(u32::try_from(number).unwrap_or(u32::MAX))
}

fn identity(view: &View) -> Cells {
    let (case, application) = (view.case, &view.case.application);
    let subject = subject(view);
    let title = case.definition.title.in_language(view.language.into());
    Cells::from([
        (
            "Title",
            line(&titled(application, title, &subject, view.language)),
        ),
        ("PFNumber", text(&application.number)),
        ("PFSource", text(application.source.to_string())),
        ("PFWorkflow", text(application.workflow.as_str())),
        ("PFDefVersion", Cell::Number(application.definition_version)),
        ("PFKind", text(case.definition.execution.plan.kind())),
        ("PFApplicant", Cell::Person(application.applicant.clone())),
        ("PFApplicantOid", text(application.applicant.as_str())),
        ("PFViewers", Cell::People(viewers(application))),
        ("PFSubject", line(&subject)),
        ("PFCorrelation", text(application.id.as_str())),
    ])
}

/// What nobody applied for is told from what somebody did.
fn titled(application: &Application, title: &str, subject: &str, language: Language) -> String {
    let titled = format!("{title} {subject}").trim().to_owned();
    match (&application.source, language) {
        (Source::Row { .. }, _) => titled,
        (Source::End { .. }, Language::Ja) => format!("【期限到来】{titled}"),
        (Source::End { .. }, Language::En) => format!("[Ended] {titled}"),
        (Source::Search { .. }, Language::Ja) => format!("【夜間確認】{titled}"),
        (Source::Search { .. }, Language::En) => format!("[Nightly search] {titled}"),
    }
}

/// The view of departments shows what others have applied for.
fn viewers(application: &Application) -> Vec<PersonId> {
    let viewers = application.viewers.iter();
    viewers
        .filter(|person| **person != application.applicant)
        .cloned()
        .collect()
}

/// Where it stands, and who is asked.
fn standing(view: &View) -> Cells {
    let application = &view.case.application;
    let mut cells = Cells::from([
        ("PFStatus", text(application.code().as_str())),
        ("PFStatusName", text(status(application.code(), view.language))),
        ("PFStatusAt", moment(view.story.last_at())),
        ("PFRound", Cell::Number(application.round())),
        ("PFStepNo", Cell::Empty),
        ("PFStepName", Cell::Empty),
        ("PFStepToken", Cell::Empty),
        ("PFAssignees", Cell::People(Vec::new())),
        ("PFMainAssignee", Cell::Empty),
        ("PFDueAt", Cell::Empty),
        ("PFScheduledAt", moment(starts(application))),
        ("PFExpiresAt", moment(ends(application))),
    ]);
    if let Some((asking, token, due)) = asked(application) {
        let steps = &view.case.definition.steps;
        let at = steps.iter().position(|step| step.key == asking.step);
        let name = at.map(|at| steps[at].title.in_language(view.language.into()));
        let mut pending: Vec<PersonId> = asking.pending().cloned().collect();
        let main = pending.first().cloned().map_or(Cell::Empty, Cell::Person);
        let deputies = application.deciders().into_iter().cloned();
        let deputies: Vec<_> = deputies.filter(|person| !pending.contains(person)).collect();
        pending.extend(deputies);
        cells.extend([
            ("PFStepNo", at.map_or(Cell::Empty, |at| number(at + 1))),
            ("PFStepName", line(name.unwrap_or_default())),
            ("PFStepToken", text(token.to_string())),
            ("PFAssignees", Cell::People(pending)),
            ("PFMainAssignee", main),
            ("PFDueAt", moment(due)),
        ]);
    }
    cells
}

/// Who is asked, to decide or to work.
fn asked(application: &Application) -> Option<(&Asking, StepToken, Option<Timestamp>)> {
    match &application.state {
        State::InApproval(review) => Some((&review.asking, review.token, review.due)),
        State::ManualWork(working) => Some((&working.asking, working.token, working.due)),
        _ => None,
    }
}

/// What is asked, and what will be done.
fn contents(view: &View) -> Cells {
    let mut cells = Cells::new();
    if let Some(payload) = view.story.payload() {
        let form = &view.case.definition.form;
        let mut lines = forms::summary(form, &payload.values, view.masters, view.language.into());
        name_as_planned(view, &mut lines);
        let lines: Vec<_> = lines
            .iter()
            .map(|line| format!("{}: {}", line.label, line.value.replace('\n', FURTHER)))
            .collect();
        cells.insert("PFPayload", text(shown_payload(view, &payload.values)));
        cells.insert("PFPayloadHash", text(payload.hash.to_string()));
        cells.insert("PFSummary", note(&lines.join("\n")));
    }
    let plan = preview::plan_of(&view.case.application);
    let lines = preview::lines(view.case, view.language);
    cells.insert("PFPreview", note(&lines.join("\n")));
    cells.insert(
        "PFPlanHash",
        plan.map_or(Cell::Empty, |plan| text(plan.hash.to_string())),
    );
    cells.insert("PFAttachHashes", text(view.attached));
    cells
}

/// The form as JSON. Rows for which the column is too small stand in their table: `{"table": "….csv", "rows": 1000}`.
fn shown_payload(view: &View, values: &Values) -> String {
    let json = |values: &Values| canonical(&Value::Object(values.as_map().clone()));
    let whole = json(values);
    if whole.len() <= MAX_VALUES_BYTES {
        return whole;
    }
    let mut short = values.clone();
    for field in view.case.definition.form.fields() {
        let rows = values.get(field.key.as_str()).and_then(Value::as_array);
        if let (Input::Rows { .. }, Some(rows)) = (&field.input, rows) {
            let table = table_name(field, view.language);
            short = short.with(field.key.as_str(), json!({ "table": table, "rows": rows.len() }));
        }
    }
    json(&short)
}

/// What happened.
fn past(view: &View) -> Cells {
    let application = &view.case.application;
    let closed = application.is_closed().then(|| view.story.last_at()).flatten();
    let mut flags: Vec<_> = view.flags.iter().map(|flag| flag.word()).collect();
    flags.extend(application.flags().into_iter().map(flag_word));
    Cells::from([
        (
            "PFHistory",
            text(history(&view.story.lines, view.names, view.language)),
        ),
        ("PFHistoryHead", text(view.story.head_hash())),
        ("PFRequestedAt", moment(view.story.requested_at())),
        ("PFDecidedAt", moment(view.story.decided_at())),
        ("PFClosedAt", moment(closed)),
        ("PFExecResult", note(&result(application, view.language))),
        ("PFFlags", text(flags.join(" "))),
    ])
}

/// As PFFlags shows it.
fn flag_word(flag: Standing) -> &'static str {
    match flag {
        Standing::Late => "期限超過",
        Standing::PostReviewOpen => "後閲未了",
        Standing::Objection => "異議あり",
    }
}

fn moment(at: Option<Timestamp>) -> Cell {
    at.map_or(Cell::Empty, Cell::Moment)
}

fn result(application: &Application, language: Language) -> String {
    let course = preview::progress(application, language);
    let mark = |sign: &str, lines: Vec<String>| {
        let lines = lines.into_iter().map(|line| format!("{sign} {line}"));
        lines.collect::<Vec<_>>()
    };
    let mut lines = mark("✓", course.done);
    lines.extend(mark("–", course.skipped));
    lines.extend(mark("✗", course.failed));
    lines.extend(mark("…", course.open));
    if let State::NeedsAttention { why, .. } = &application.state {
        lines.push(reason_words::sentence(why, language));
    }
    lines.extend(starts(application).map(|at| scheduled(at, language)));
    lines.join("\n")
}

/// When what is approved will be carried out.
fn starts(application: &Application) -> Option<Timestamp> {
    match application.state {
        State::Approved { starts, .. } => starts,
        _ => None,
    }
}

/// When what was carried out ends.
fn ends(application: &Application) -> Option<Timestamp> {
    application.expiry_ahead().map(|expiry| expiry.at)
}

fn scheduled(at: Timestamp, language: Language) -> String {
    let at = super::moment(at);
    match language {
        Language::Ja => format!("実行予定: {at}"),
        Language::En => format!("Scheduled: {at}"),
    }
}
