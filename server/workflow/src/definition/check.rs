//! Whether a definition makes sense; every complaint names its place and what to do.

use crate::definition::{Approval, Assignees, Definition, DefinitionError, PlanMapping, Quorum};

const MAX_APPROVALS: usize = 20;
/// Managers above a person; longer chains are circles.
const MAX_LEVELS: u8 = 10;

type Checked = Result<(), DefinitionError>;

fn ensure(good: bool, path: &str, problem: &str, remedy: &str) -> Checked {
    if good {
        return Ok(());
    }
    Err(DefinitionError {
        path: path.to_owned(),
        problem: problem.to_owned(),
        remedy: remedy.to_owned(),
    })
}

pub(super) fn check(definition: &Definition) -> Checked {
    let key = definition.key.as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    ensure(
        !key.is_empty() && key.chars().all(plain),
        "key",
        "not a key",
        "Use lower-case letters, digits and hyphens",
    )?;
    ensure(definition.version > 0, "version", "0", "Count versions from 1")?;
    check_label(&definition.title, "title")?;
    definition.form.check().map_err(|error| DefinitionError {
        path: "form".to_owned(),
        problem: error.to_string(),
        remedy: "Correct the form as the message says".to_owned(),
    })?;
    check_numbering(definition)?;
    let count = definition.approvals.len();
    ensure(
        (1..=MAX_APPROVALS).contains(&count),
        "approvals",
        "none or too many",
        "Give 1 to 20 approvals",
    )?;
    for (at, step) in definition.approvals.iter().enumerate() {
        let path = format!("approvals[{at}]");
        let twice = definition.approvals[..at]
            .iter()
            .any(|earlier| earlier.key == step.key);
        ensure(
            !twice,
            &format!("{path}.key"),
            "used twice",
            "Give each approval its own key",
        )?;
        check_approval(step, &path)?;
    }
    check_label(&definition.execution.title, "execution.title")?;
    check_plan(definition)
}

fn check_label(label: &forms::Label, path: &str) -> Checked {
    let said = !label.ja.trim().is_empty() && !label.en.trim().is_empty();
    ensure(
        said,
        path,
        "words are missing",
        "Write it in Japanese and English",
    )
}

fn check_numbering(definition: &Definition) -> Checked {
    let numbering = &definition.numbering;
    let prefix = &numbering.prefix;
    let good = (1..=10).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_alphanumeric());
    ensure(
        good,
        "numbering.prefix",
        "not a prefix",
        "Use 1 to 10 letters and digits",
    )?;
    let digits = (1..=12).contains(&numbering.digits);
    ensure(digits, "numbering.digits", "out of range", "Use 1 to 12 digits")
}

fn check_approval(step: &Approval, path: &str) -> Checked {
    let key = step.key.as_str();
    let named = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
    ensure(
        named,
        &format!("{path}.key"),
        "not a key",
        "Use letters and digits",
    )?;
    check_label(&step.title, &format!("{path}.title"))?;
    let quorum = format!("{path}.quorum");
    match step.quorum {
        Quorum::N { n } => ensure(n > 0, &quorum, "0 approvals", "Ask for 1 or more")?,
        Quorum::Percent { percent } => {
            let share = (1..=100).contains(&percent);
            ensure(share, &quorum, "not a share", "Use 1 to 100 percent")?;
        }
        Quorum::All {} | Quorum::Any {} => {}
    }
    let assignees = format!("{path}.assignees");
    match &step.assignees {
        Assignees::ApplicantManager { levels } => {
            let known = (1..=MAX_LEVELS).contains(levels);
            ensure(known, &assignees, "levels out of range", "Use 1 to 10 levels")
        }
        Assignees::Group { group } => ensure(
            !group.as_str().is_empty(),
            &assignees,
            "no group",
            "Give the group's object id",
        ),
        Assignees::Department { department, .. } => ensure(
            !department.trim().is_empty(),
            &assignees,
            "no department",
            "Name a department",
        ),
        Assignees::People { people } => ensure(
            !people.is_empty(),
            &assignees,
            "nobody",
            "Give at least one object id",
        ),
    }
}

fn check_plan(definition: &Definition) -> Checked {
    let PlanMapping::CreateUser {
        upn_local,
        properties,
        manager,
        licence,
        groups,
    } = &definition.execution.plan;
    let known = |field: &str, path: &str| {
        let problem = format!("the form has no field \"{field}\"");
        ensure(
            definition.form.field(field).is_some(),
            path,
            &problem,
            "Name a field of the form",
        )
    };
    known(upn_local.as_str(), "execution.plan.upnLocal")?;
    for (property, template) in properties {
        let path = format!("execution.plan.properties.{property}");
        PlanMapping::placeholders(template).try_for_each(|field| known(field, &path))?;
    }
    for (field, name) in [(manager, "manager"), (licence, "licence"), (groups, "groups")] {
        if let Some(field) = field {
            known(field.as_str(), &format!("execution.plan.{name}"))?;
        }
    }
    let named = properties.contains_key("displayName");
    ensure(
        named,
        "execution.plan.properties",
        "no displayName",
        "Microsoft Graph demands a displayName for a new user: map it",
    )
}
