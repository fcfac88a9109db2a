//! What a renewal would do, and its first line.

use jiff::Timestamp;
use m365::graph::Application;
use m365::{ClientProof, Tenant};
use store::transaction;

use super::event::{Event, Old, Plan, Which};
use super::lifetime::{Allowed, Rules};
use super::obstacle::{Obstacle, Stop, is_not_taken};
use super::renewal::Renewal;
use super::vault::Vault;
use super::{entra, in_use, journal};
use crate::config::Credentials;
use crate::jobs::JobError;
use crate::service::Service;

/// What was found before anything is done. Nothing is changed.
pub(crate) struct Survey {
    pub plan: Plan,
    /// What Entra says of the registration; `None`: it could not be read.
    pub application: Option<Application>,
    /// What the tenant allows; `None`: we may not read it.
    pub rules: Option<Rules>,
    pub obstacles: Vec<Obstacle>,
}

pub(super) fn configured(service: &Service) -> Result<&Credentials, Stop> {
    let configured = service.config.credentials.as_ref();
    configured.ok_or(Obstacle::Unconfigured.into())
}

/// The certificate that proves us now.
pub(crate) async fn current(service: &Service) -> Result<Old, Stop> {
    if service.config.app.federation_alone().is_some() {
        return Err(Obstacle::Federated.into());
    }
    if let Some((renewal, _)) = journal::last(service).await? {
        return Ok(renewal.current());
    }
    let proofs =
        in_use::configured(&service.config).map_err(|error| JobError::Stuck(format!("{error:#}")))?;
    let certificate = proofs.iter().find_map(|proof| match proof {
        ClientProof::Certificate(credential) => Some(credential),
        _ => None,
    });
    let certificate = certificate.ok_or(Obstacle::Federated)?;
    Ok(Old {
        which: Which::Configured,
        thumbprint: certificate.sha1_hex(),
        ends: certificate.expires(),
        secret: None,
    })
}

/// Looks at everything that a renewal by `by` needs.
pub(crate) async fn survey(service: &Service, by: &str) -> Result<Survey, Stop> {
    let old = current(service).await?;
    let configured = configured(service)?;
    let now = service.now();
    let last = journal::last(service).await?.map(|(renewal, _)| renewal);
    let number = last.as_ref().map_or(0, |renewal| renewal.number) + 1;
    let life = configured.renewal.lifetime();
    let plan = Plan {
        name: format!("provisioning-flow-{}-{number}", service.today()),
        old,
        ends: whole_second(now.checked_add(life).unwrap_or(Timestamp::MAX)),
        bits: configured.renewal.bits,
        secret: configured.renewal.secret,
        by: by.to_owned(),
    };
    let mut survey = Survey {
        plan,
        application: None,
        rules: None,
        obstacles: Vec::new(),
    };
    match look(service, &mut survey).await {
        Err(Stop::Obstacle(obstacle)) => survey.obstacles.push(obstacle),
        Err(Stop::Job(JobError::Remote(error))) if is_not_taken(&error) => {
            survey
                .obstacles
                .push(refused_now(last.as_ref(), &survey.plan.old, now));
        }
        looked => looked?,
    }
    Ok(survey)
}

/// X.509 knows no fractions of a second.
fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

pub(super) fn not_taken(old: &Old, now: Timestamp) -> Obstacle {
    if old.ends <= now {
        return Obstacle::OldExpired { ends: old.ends };
    }
    Obstacle::OldUnknown
}

/// Why what proves us now is not taken: after the switch there may be a way back, as long as the former one is registered.
fn refused_now(last: Option<&Renewal>, current: &Old, now: Timestamp) -> Obstacle {
    match not_taken(current, now) {
        Obstacle::OldUnknown if last.is_some_and(Renewal::has_switched) => Obstacle::NewLost,
        obstacle => obstacle,
    }
}

/// Whether Entra takes what proves us now; an obstacle: it does not.
pub(crate) async fn refused(service: &Service) -> Result<Option<Obstacle>, Stop> {
    let current = current(service).await?;
    let tenant = by_old(service, &current).await?;
    match entra::read(&tenant).await {
        Err(Stop::Job(JobError::Remote(error))) if is_not_taken(&error) => {
            let last = journal::last(service).await?.map(|(renewal, _)| renewal);
            Ok(Some(refused_now(last.as_ref(), &current, service.now())))
        }
        read => read.map(|_| None),
    }
}

async fn look(service: &Service, survey: &mut Survey) -> Result<(), Stop> {
    Vault::open(service)?.opens_all(service).await?;
    let tenant = by_old(service, &survey.plan.old).await?;
    let application = entra::read(&tenant).await?;
    survey
        .obstacles
        .extend(entra::lacking(&tenant, &application).await?);
    let rules = entra::rules(&tenant, &application, service.now()).await?;
    survey.application = Some(application);
    if let Some(rules) = &rules {
        survey.obstacles.extend(forbidden(&survey.plan, rules));
    }
    survey.rules = rules;
    Ok(())
}

/// The tenant as the old credential alone sees it.
async fn by_old(service: &Service, old: &Old) -> Result<Tenant, Stop> {
    let proofs = in_use::proofs(service, std::slice::from_ref(&old.which)).await?;
    let certificate = proofs
        .into_iter()
        .find(|proof| matches!(proof, ClientProof::Certificate(_)));
    certificate
        .map(|proof| service.microsoft.alone_by(proof))
        .ok_or_else(|| JobError::Stuck("the old credential is no certificate".to_owned()).into())
}

fn forbidden(plan: &Plan, rules: &Rules) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let mut judge = |allowed: &Allowed| match allowed {
        Allowed::Until { end, policy } if *end < plan.ends => found.push(Obstacle::LifetimeForbidden {
            wished: plan.ends,
            allowed: *end,
            policy: policy.clone(),
        }),
        Allowed::Never { policy } => found.push(Obstacle::SecretForbidden {
            policy: policy.clone(),
        }),
        Allowed::Any | Allowed::Until { .. } => {}
    };
    judge(&rules.certificate);
    if plan.secret {
        judge(&rules.secret);
    }
    found
}

/// Begins a renewal, or goes on with the one that is not over. What a survey finds in the way stops it before its first
/// line; that the old one proves nothing any more does not: the new one must be made for somebody to register it.
pub(crate) async fn begin(service: &Service, holder: &str, by: &str) -> Result<Renewal, Stop> {
    let held: Result<(), Stop> = transaction!(service.store.write(&service.tenant), tx =>
        journal::hold(tx, service, holder).await);
    held?;
    let last = journal::last(service).await?;
    let number = match last {
        Some((renewal, _)) if !renewal.is_over() => return Ok(renewal),
        Some((renewal, _)) => renewal.number + 1,
        None => 1,
    };
    let survey = survey(service, by).await?;
    let stays = |obstacle: &&Obstacle| !obstacle.is_of_the_present();
    if let Some(obstacle) = survey.obstacles.iter().find(stays) {
        return Err(obstacle.clone().into());
    }
    let event = Event::Planned { plan: survey.plan };
    let begun: Result<(), Stop> = transaction!(service.store.write(&service.tenant), tx =>
        journal::add(tx, (service, holder), (number, 0), &event).await);
    begun?;
    let (renewal, _) = journal::last(service)
        .await?
        .ok_or(JobError::Wait("the journal"))?;
    Ok(renewal)
}
