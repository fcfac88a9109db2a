//! The simulation's outside: it reads the running applications and the people whom their routes name. Writes nothing
//! but copies of people.

use std::collections::BTreeMap;

use forms::Date;
use workflow::reorganisation::{Forecast, Running, forecast, with_ids};
use workflow::{Organisation, PersonId};

use super::{case, open_applications};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::planning;
use crate::prepare::organisation::{self, Asked, Directory};
use crate::service::Service;

/// The organisation of a file, with each person under his object id.
pub(crate) async fn named(service: &Service, file: Organisation) -> Result<Organisation, JobError> {
    let users = service.microsoft.graph().users(None).await?;
    let ids: BTreeMap<String, PersonId> = users
        .iter()
        .map(|user| {
            (
                user.user_principal_name.to_lowercase(),
                PersonId::new(user.id.to_string()),
            )
        })
        .collect();
    with_ids(file, &ids).map_err(|unknown| JobError::Stuck(unknown.to_string()))
}

/// What `next` would do on the day `base`.
pub(crate) async fn simulate(
    service: &Service,
    next: &Organisation,
    base: Date,
) -> Result<Forecast, JobError> {
    let mut found = Vec::new();
    // Thousands of applications ask about the same people.
    let mut directory = Directory::new(service.microsoft.graph(), service.microsoft.exchange());
    for id in open_applications(service).await? {
        let Some(case) = case(service, &id).await? else {
            continue;
        };
        if let Some(review) = case.application.review() {
            let plan = planning::counts(&planning::unseal(&review.case.plan)?);
            let asked = Asked {
                definition: &case.definition,
                applicant: &case.application.applicant,
                values: &review.case.payload.values,
                plan: &plan,
                base,
            };
            let organisation = organisation::read_with(service, &asked, next, &mut directory).await?;
            found.push(Found {
                case,
                plan,
                organisation,
            });
        }
    }
    Ok(forecast(found.iter().map(Found::running), base))
}

struct Found {
    case: Case,
    plan: BTreeMap<String, u64>,
    organisation: Organisation,
}

impl Found {
    fn running(&self) -> Running<'_> {
        Running {
            application: &self.case.application,
            definition: &self.case.definition,
            plan: &self.plan,
            organisation: &self.organisation,
        }
    }
}
