//! For whom an application is made 代理申請, and which one it undoes 取消申請, changes 変更申請 or renews 更新申請.

use forms::{Code, Issue};
use store::transaction;
use workflow::application::{Link, LinkKind, may_follow};
use workflow::definition::ApplyFor;
use workflow::judge::Submitted;
use workflow::{Definition, PersonId};

use super::answers::Answers;
use super::text;
use crate::asked::active;
use crate::cases::Case;
use crate::deputies::register;
use crate::jobs::JobError;
use crate::service::Service;

const APPLY_FOR: &str = "PFApplyFor";
const ORIGINAL: &str = "PFOriginal";
const LINK: &str = "PFLink";

pub(super) struct Origin {
    pub(super) applicant: PersonId,
    pub(super) link: Option<Link>,
    pub(super) answers: Answers,
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
            answers: Answers::Entered,
        }));
    };
    let kind = match said(submitted, LINK) {
        Some("取消申請") => LinkKind::Reverse,
        Some("変更申請") => LinkKind::Amend,
        Some("更新申請") => LinkKind::Renew,
        _ => return Ok(Err(Issue::new(Code::UnknownChoice, LINK))),
    };
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Case::by_number(tx, number).await);
    let original = found?.filter(|case| may_follow(&case.application, &submitted.by).is_ok());
    // One that is not his is not told from one that does not exist.
    let Some(original) = original.filter(|case| can_follow(case, definition, kind)) else {
        return Ok(Err(Issue::new(Code::NotApplicable, ORIGINAL)));
    };
    let original = original.application.id;
    let link = Link { original, kind };
    Ok(Ok(Origin {
        applicant,
        answers: Answers::of(service, Some(&link)).await?,
        link: Some(link),
    }))
}

/// What was undone is over: nothing follows it, nor a renewal, which is undone with what it renewed. Many rows are undone
/// together, and not amended; nor is what an administrator ended half done, nor what has an end: that is renewed.
fn can_follow(original: &Case, definition: &Definition, kind: LinkKind) -> bool {
    let application = &original.application;
    let is_undone_only = definition.execution.plan.rows().is_some()
        || application.code() == workflow::Code::CA
        || application.expiry.is_some();
    let is_right_kind = match kind {
        LinkKind::Reverse => true,
        LinkKind::Amend => !is_undone_only,
        LinkKind::Renew => application.expiry_ahead().is_some(),
    };
    let link = application.link.as_ref().map(|link| link.kind);
    let is_last = matches!(link, Some(LinkKind::Reverse | LinkKind::Renew));
    original.definition.key == definition.key && !is_last && is_right_kind
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
