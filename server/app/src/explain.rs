//! The route that an application would get, and why each person stands on it. Reads only; nothing is kept.

use std::collections::BTreeMap;

use forms::{Date, Values};
use workflow::condition::OF_PLAN;
use workflow::route::{Route, RouteStep, resolve_all};
use workflow::{ApplicationId, Definition, PersonId};

use crate::config::Language;
use crate::jobs::JobError;
use crate::prepare::organisation::{self, Asked};
use crate::service::Service;
use crate::{planning, route_words};

/// Who asks what.
pub(crate) struct Question<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) applicant: &'a PersonId,
    pub(crate) values: &'a Values,
    pub(crate) base: Date,
    /// With the reasons.
    pub(crate) explain: bool,
}

/// The route line by line, or why there is none.
pub(crate) async fn route(service: &Service, question: &Question<'_>) -> Result<Vec<String>, JobError> {
    let plan = counts(service, question).await?;
    let asked = Asked {
        definition: question.definition,
        applicant: question.applicant,
        values: question.values,
        plan: &plan,
        base: question.base,
    };
    let organisation = organisation::read(service, &asked).await?;
    let route = resolve_all(question.definition, &asked.of(&organisation));
    let route = route.map_err(|error| JobError::Stuck(error.to_string()))?;
    let names = names(service, &route).await?;
    let mut lines = vec![heading(service, question, &route)];
    for (number, step) in (1..).zip(&route.steps) {
        lines.extend(step_lines(service, question, (number, step), &names));
    }
    Ok(lines)
}

/// What the plan would count; nothing as long as the answers give no plan.
async fn counts(service: &Service, question: &Question<'_>) -> Result<BTreeMap<String, u64>, JobError> {
    let nobody = ApplicationId::new("route");
    let planned = planning::plan(service, &nobody, question.definition, (question.values, None)).await?;
    Ok(planned.map_or_else(
        |_| OF_PLAN.map(|count| (count.to_owned(), 0)).into(),
        |plan| planning::counts(&plan),
    ))
}

fn heading(service: &Service, question: &Question<'_>, route: &Route) -> String {
    let language = service.config.mail.language;
    let Definition { title, version, .. } = question.definition;
    let title = title.in_language(language.into());
    let mut heading = match language {
        Language::Ja => format!("{title} 定義版 {version} 基準日 {}", question.base),
        Language::En => format!("{title}, version {version}, as of {}", question.base),
    };
    if question.explain {
        let facts = route
            .facts
            .iter()
            .map(|(name, value)| format!("\n  {name} = {value}"));
        heading.extend(facts);
    }
    heading
}

fn step_lines(
    service: &Service,
    question: &Question<'_>,
    (number, step): (usize, &RouteStep),
    names: &BTreeMap<PersonId, String>,
) -> Vec<String> {
    let language = service.config.mail.language;
    let title = question.definition.step(&step.key);
    let title = title.map_or("", |step| step.title.in_language(language.into()));
    let skipped = step.skipped.map(|reason| route_words::skipped(reason, language));
    let outcome = step.outcome.map(|then| route_words::outcome(then, language));
    let note = skipped
        .or(outcome)
        .map_or_else(String::new, |note| format!(": {note}"));
    let mut lines = vec![format!("{number}. {title} [{}]{note}", step.key)];
    let name = |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| person.to_string());
    for person in &step.assignees {
        let reasons = step.trace.asked.iter().filter(|reason| reason.person == *person);
        let reasons: Vec<_> = reasons
            .map(|reason| route_words::because(&reason.because, language))
            .collect();
        lines.push(line("+", &name(person), &reasons, question.explain));
    }
    if question.explain {
        lines.extend(step.trace.left_out.iter().map(|left| {
            let why = route_words::why(&left.why, language);
            line("-", &name(&left.person), &[why], true)
        }));
    }
    lines
}

/// `+`: asked; `-`: left out.
fn line(sign: &str, name: &str, reasons: &[String], explain: bool) -> String {
    if explain && !reasons.is_empty() {
        return format!("   {sign} {name}: {}", reasons.join(" / "));
    }
    format!("   {sign} {name}")
}

async fn names(service: &Service, route: &Route) -> Result<BTreeMap<PersonId, String>, JobError> {
    let graph = service.microsoft.graph();
    let left = |step: &RouteStep| {
        step.trace
            .left_out
            .iter()
            .map(|left| left.person.clone())
            .collect::<Vec<_>>()
    };
    let people = route
        .steps
        .iter()
        .flat_map(|step| step.assignees.iter().cloned().chain(left(step)));
    let mut names = BTreeMap::new();
    for person in people {
        if names.contains_key(&person) {
            continue;
        }
        let user = graph.user(person.as_str()).await?;
        let name = user.map(|user| match user.display_name {
            Some(name) => format!("{name} <{}>", user.user_principal_name),
            None => user.user_principal_name,
        });
        names.insert(person.clone(), name.unwrap_or_else(|| person.to_string()));
    }
    Ok(names)
}
