//! How long the app can still prove who it is, and who sees to it.

use jiff::{SignedDuration, Timestamp};

use super::keeper::Keeper;
use super::{Finding, platform};
use crate::config::Federation;
use crate::credentials::{self, Obstacle, Stop};
use crate::jobs::JobError;
use crate::service::Service;
use crate::setup::Words;

const WHAT: &str = "credentials";

/// What the night's rehearsal looks at is looked at now: whatever was mended since then stands in the way no more. Who may
/// read the files is looked at beside it.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    if let Some(federation) = &service.config.app.federation {
        return vec![federated(federation)];
    }
    let ends = match credentials::current(service).await {
        Ok(current) => current.ends,
        Err(Stop::Obstacle(obstacle)) => return vec![hindered(&obstacle)],
        // The database's own finding tells of it.
        Err(Stop::Job(_)) => return Vec::new(),
    };
    let in_the_way = match service.config.credentials {
        Some(_) => in_the_way(service).await,
        None => Vec::new(),
    };
    let mut findings = vec![end(service, ends, in_the_way.iter().any(Finding::is_wrong))];
    findings.extend(platform::recommended(WHAT));
    if let Ok(keyless) = credentials::keyless(service).await
        && !keyless.is_empty()
    {
        findings.push(without_key(&keyless));
    }
    if let Ok(lagging) = credentials::lagging(service).await
        && !lagging.is_empty()
    {
        findings.push(left_behind(&lagging));
    }
    // That it ran out stands in the way of a renewal too.
    let more = in_the_way.into_iter().filter(|one| !findings.contains(one));
    let more: Vec<_> = more.collect();
    findings.extend(more);
    findings
}

fn end(service: &Service, ends: Timestamp, is_hindered: bool) -> Finding {
    let left = ends.duration_since(service.clock.now());
    if left <= SignedDuration::ZERO {
        return hindered(&Obstacle::OldExpired { ends });
    }
    let day = ends.to_zoned(service.calendar.zone().clone());
    Keeper::of(service.config.credentials.as_ref(), is_hindered).finding(WHAT, &day, left)
}

/// Of the next renewal, and of the one that is under way.
async fn in_the_way(service: &Service) -> Vec<Finding> {
    let mut findings: Vec<_> = match credentials::rehearse(service).await {
        Ok((_, obstacles)) => obstacles.iter().map(hindered).collect(),
        Err(Stop::Obstacle(obstacle)) => vec![hindered(&obstacle)],
        Err(Stop::Job(JobError::Remote(error))) => vec![Finding::unknown(WHAT, &error)],
        Err(Stop::Job(error)) => vec![Finding::wrong(WHAT, error.to_string(), error.to_string())],
    };
    // What cannot be rehearsed: what Entra says only when something is added to the registration.
    if let Ok(Some((number, why))) = credentials::stopped(service).await {
        findings.push(stopped(number, &why));
    }
    findings
}

fn stopped(number: i64, why: &Words) -> Finding {
    Finding::warning(
        WHAT,
        format!(
            "更新 {number} は途中で止まっています。止まった理由: {}。直したあと `provisioning-flow credentials renew` で続きから進みます(自動更新が有効なら、サービスが続けます)",
            why.ja
        ),
        format!(
            "renewal {number} has stopped on its way, because: {}. Once that is mended, `provisioning-flow credentials renew` goes on with it (so does the service, where automatic renewal is on)",
            why.en
        ),
    )
}

fn left_behind(instances: &[String]) -> Finding {
    Finding::warning(
        WHAT,
        format!(
            "以前の資格情報で動いているインスタンスがあります({})。その設定の [credentials] とマスターキーを確かめて、再起動してください",
            instances.join("、")
        ),
        format!(
            "instances work by the former credential ({}): check [credentials] and the master key in their configuration and restart them",
            instances.join(", ")
        ),
    )
}

fn without_key(instances: &[String]) -> Finding {
    Finding::warning(
        WHAT,
        format!(
            "マスターキーのないインスタンスがあり、更新後の資格情報に切り替わりません({})。その設定の [credentials] とマスターキーを確かめて、再起動してください",
            instances.join("、")
        ),
        format!(
            "instances without a master key go over to no renewed credential ({}): check [credentials] and the master key in their configuration and restart them",
            instances.join(", ")
        ),
    )
}

fn federated(federation: &Federation) -> Finding {
    match federation {
        Federation::ManagedIdentity { .. } => Finding::good("credentials: managed identity"),
        Federation::TokenFile(file) if file.exists() => Finding::good("credentials: token file"),
        Federation::TokenFile(file) => Finding::wrong(
            WHAT,
            format!(
                "{} がありません。app.federation.token_file を確かめてください",
                file.display()
            ),
            format!("{} is not there: check app.federation.token_file", file.display()),
        ),
    }
}

fn hindered(obstacle: &Obstacle) -> Finding {
    let words = obstacle.words();
    Finding::wrong(WHAT, words.ja, words.en)
}
