//! A snapshot of the people whom the route can name: read when an application is accepted, then frozen in it.

mod directory;
mod snapshot;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use forms::{Date, Values};
use workflow::definition::Source;
use workflow::route::{Organisation, Request};
use workflow::{Definition, PersonId};

use crate::company::Company;
use crate::jobs::JobError;
use crate::service::Service;
pub(crate) use directory::Directory;
use snapshot::Snapshot;

/// What a route is asked for, before the organisation is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) applicant: &'a PersonId,
    pub(crate) values: &'a Values,
    /// What the plan counts.
    pub(crate) plan: &'a BTreeMap<String, u64>,
    /// 基準日
    pub(crate) base: Date,
}

impl<'a> Asked<'a> {
    /// The same of an organisation.
    pub(crate) fn of(&self, organisation: &'a Organisation) -> Request<'a> {
        Request {
            applicant: self.applicant,
            unit: self.definition.unit(self.values),
            values: self.values,
            plan: self.plan,
            base: self.base,
            organisation,
        }
    }

    /// Every source of its steps and of its viewers.
    fn sources(&self) -> impl Iterator<Item = &'a Source> {
        self.definition.all_sources()
    }
}

pub(crate) async fn read(service: &Service, asked: &Asked<'_>) -> Result<Organisation, JobError> {
    let mut directory = Directory::new(service.microsoft.graph(), service.microsoft.exchange());
    Ok(read_from(service, asked, &mut directory).await?.found)
}

async fn read_from<'a>(
    service: &Service,
    asked: &Asked<'_>,
    directory: &'a mut Directory,
) -> Result<Snapshot<'a>, JobError> {
    let company = Company::read(&service.config, asked.base)?;
    let mut snapshot = Snapshot::new(directory, company, asked.base);
    snapshot.chain(asked.applicant).await?;
    for source in asked.sources() {
        snapshot.named(source, asked).await?;
    }
    snapshot.rest(service, asked.definition).await?;
    Ok(snapshot)
}

/// The same on a day when `next` holds: whom it names is as it says, everybody else as the tenant says today.
pub(crate) async fn read_with(
    service: &Service,
    asked: &Asked<'_>,
    next: &Organisation,
    directory: &mut Directory,
) -> Result<Organisation, JobError> {
    let mut snapshot = read_from(service, asked, directory).await?;
    snapshot.amend(next).await?;
    // The people of the applicant's new unit, and of the new tables, too.
    for source in asked.sources() {
        if matches!(source, Source::Unit { unit: None, .. } | Source::Master { .. }) {
            snapshot.named(source, asked).await?;
        }
    }
    Ok(snapshot.found)
}

/// Applicants of the tenant, and all whom the definition can name for them.
pub(crate) struct ForAnybody {
    pub(crate) organisation: Organisation,
    /// Everybody, and those whom the definition names and those above them, too.
    pub(crate) applicants: BTreeSet<PersonId>,
    /// How many people of the tenant may sign in.
    pub(crate) people: usize,
}

/// For whoever may apply. Reads people and nothing of any form.
pub(crate) async fn read_for_anybody(
    service: &Service,
    definition: &Definition,
    base: Date,
    directory: &mut Directory,
) -> Result<ForAnybody, JobError> {
    let everybody = directory.everybody().await?;
    let people = everybody.len();
    let company = Company::read(&service.config, base)?;
    let mut snapshot = Snapshot::new(directory, company, base);
    snapshot.all(everybody).await?;
    snapshot.rest(service, definition).await?;
    for source in definition.all_sources() {
        snapshot.named_to_anybody(source).await?;
    }
    let applicants = snapshot.found.people.keys().cloned().collect();
    for source in definition.all_sources() {
        snapshot.in_their_units(source, &applicants).await?;
    }
    Ok(ForAnybody {
        organisation: snapshot.found,
        applicants,
        people,
    })
}
