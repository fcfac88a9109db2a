//! For whom an application is made 代理申請, and which one it undoes 取消申請 or changes 変更申請.

use forms::{Code, Issue, Values};
use store::transaction;
use workflow::application::{Link, LinkKind, may_follow};
use workflow::definition::ApplyFor;
use workflow::judge::Submitted;
use workflow::{Definition, PersonId};

use super::text;
use crate::asked::active;
use crate::cases::Case;
use crate::deputies::register;
use crate::jobs::JobError;
use crate::publish::Story;
use crate::service::Service;

const APPLY_FOR: &str = "PFApplyFor";
const ORIGINAL: &str = "PFOriginal";
const LINK: &str = "PFLink";

pub(super) struct Origin {
    pub(super) applicant: PersonId,
    pub(super) link: Option<Link>,
    /// Of an application that undoes another: the answers of that one, whatever the row says.
    pub(super) values: Option<Values>,
}

/// Or what is wrong with it, at the column that says it.
pub(super) async fn of(
    service: &Service,
    definition: &Definition,
    submitted: &Submitted,
) -> Result<Result<Origin, Issue>, JobError> {
    let applicant = match applicant(service, definition, submitted).await? {
        Ok(applicant) => applicant,
        Err(code) => return Ok(Err(Issue::new(code, APPLY_FOR))),
    };
    let Some(number) = said(submitted, ORIGINAL) else {
        return Ok(Ok(Origin {
            applicant,
            link: None,
            values: None,
        }));
    };
    let kind = match said(submitted, LINK) {
        Some("取消申請") => LinkKind::Reverse,
        Some("変更申請") => LinkKind::Amend,
        _ => return Ok(Err(Issue::new(Code::UnknownChoice, LINK))),
    };
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Case::by_number(tx, number).await);
    let original = found?.filter(|case| may_follow(&case.application, &submitted.by).is_ok());
    // One that is not his is not told from one that does not exist.
    let Some(original) = original.filter(|case| can_follow(case, definition, kind)) else {
        return Ok(Err(Issue::new(Code::NotApplicable, ORIGINAL)));
    };
    let values = match kind {
        LinkKind::Reverse => answers(service, &original).await?,
        LinkKind::Amend => None,
    };
    let original = original.application.id;
    Ok(Ok(Origin {
        applicant,
        link: Some(Link { original, kind }),
        values,
    }))
}

async fn answers(service: &Service, case: &Case) -> Result<Option<Values>, JobError> {
    let story = Story::tell(service, case).await?;
    Ok(story.payload().map(|payload| payload.values.clone()))
}

/// Of an application that undoes another: the answers of that one.
pub(crate) async fn undone(service: &Service, case: &Case) -> Result<Option<Values>, JobError> {
    match &case.application.link {
        Some(link) if link.kind == LinkKind::Reverse => {
            let original = store::ApplicationId::new(link.original.as_str());
            answers(service, &Case::of_job(service, &original).await?).await
        }
        _ => Ok(None),
    }
}

/// What was undone is over: nothing follows it. Many rows are undone together, and not amended; nor is what an
/// administrator ended half done.
fn can_follow(original: &Case, definition: &Definition, kind: LinkKind) -> bool {
    let is_undone_only =
        definition.execution.plan.rows().is_some() || original.application.code() == workflow::Code::CA;
    if kind == LinkKind::Amend && is_undone_only {
        return false;
    }
    let link = original.application.link.as_ref();
    let is_undone = link.is_some_and(|link| link.kind == LinkKind::Reverse);
    original.definition.key == definition.key && !is_undone
}

fn said<'a>(submitted: &'a Submitted, column: &str) -> Option<&'a str> {
    text(&submitted.version, column)
        .map(str::trim)
        .filter(|said| !said.is_empty())
}

async fn applicant(
    service: &Service,
    definition: &Definition,
    submitted: &Submitted,
) -> Result<Result<PersonId, Code>, JobError> {
    let by = &submitted.by;
    let Some(name) = said(submitted, APPLY_FOR) else {
        return Ok(Ok(by.clone()));
    };
    let Some(person) = active(service, name).await? else {
        return Ok(Err(Code::NotPerson));
    };
    let may = person == *by || may_apply_for(service, definition, (by, &person)).await?;
    Ok(may.then_some(person).ok_or(Code::NotApplicable))
}

async fn may_apply_for(
    service: &Service,
    definition: &Definition,
    (by, person): (&PersonId, &PersonId),
) -> Result<bool, JobError> {
    match definition.apply_for {
        ApplyFor::Nobody => Ok(false),
        ApplyFor::Anyone => Ok(true),
        ApplyFor::Deputies => {
            let register = transaction!(service.store.read(&service.tenant), tx => register(tx).await)?;
            let deputies = register.deputies([person], &definition.key, service.now());
            Ok(deputies.get(person).is_some_and(|of| of.contains(by)))
        }
    }
}
