//! 有効期限: what an application gave until now is undone by an application of our own. Nobody is asked: the end was
//! approved with the rest.

use forms::{Code, Issue, Values};
use store::jobs::JobEnd;
use store::{ApplicationId, StoreError, transaction};
use workflow::application::{Link, LinkKind, Source};

use crate::cases::{Case, NewApplication};
use crate::issue_words;
use crate::jobs::JobError;
use crate::linked;
use crate::publish::Story;
use crate::service::Service;

/// Asks for the undoing, once. There is nothing to ask for where nothing of it was done; what cannot be undone, an
/// administrator has to look at.
pub(crate) async fn run(service: &Service, id: &ApplicationId) -> Result<JobEnd, JobError> {
    let original = Case::of_job(service, id).await?;
    if let Err(issues) = linked::way_back(service, &original).await? {
        let is_nothing = |issue: &Issue| issue.code == Code::NothingToDo;
        if issues.iter().all(is_nothing) {
            return Ok(JobEnd::Done);
        }
        let language = service.config.mail.language;
        let lines = issue_words::lines(&issues, &original.definition.form, language);
        return Err(JobError::Stuck(lines.join(" ")));
    }
    let story = Story::tell(service, &original).await?;
    let values = story.payload().map(|payload| payload.values.clone());
    match ask(service, &original, &values.unwrap_or_default()).await {
        // That was done in another run.
        Err(JobError::Store(StoreError::UniqueTaken { what: "source" })) => Ok(JobEnd::Done),
        asked => asked.map(|()| JobEnd::Done),
    }
}

async fn ask(service: &Service, original: &Case, values: &Values) -> Result<(), JobError> {
    let ended = &original.application.id;
    let source = Source::End { ended: ended.clone() };
    transaction!(service.store.write(&service.tenant), tx => {
        let new = NewApplication {
            applicant: original.application.applicant.clone(),
            drafter: None,
            link: Some(Link { original: ended.clone(), kind: LinkKind::Reverse }),
            source: source.clone(),
            via: None,
            values: values.clone(),
        };
        Case::submit(tx, service, &original.definition, new).await.map(|_| ())
    })
}
