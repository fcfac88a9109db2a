//! How long the app can still prove who it is, and who sees to it.

use std::os::unix::fs::PermissionsExt;

use jiff::{SignedDuration, Timestamp};

use super::Finding;
use crate::config::Federation;
use crate::credentials::{self, Obstacle, Stop};
use crate::service::Service;
use crate::setup::Words;

const WHAT: &str = "credentials";
/// From here on the end is near enough to be told.
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 60);
/// Rights of everybody.
const EVERYBODY: u32 = 0o007;

/// Asks the database and the files alone.
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
    let mut findings = vec![end(service, ends)];
    findings.extend(open_file(service));
    if let Ok(lagging) = credentials::lagging(service).await
        && !lagging.is_empty()
    {
        findings.push(left_behind(&lagging));
    }
    if let Ok(Some(last)) = credentials::last_rehearsal(service).await {
        findings.extend(last.obstacles.iter().map(hindered));
    }
    findings
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

fn end(service: &Service, ends: Timestamp) -> Finding {
    let left = ends.duration_since(service.clock.now());
    let day = ends.to_zoned(service.calendar.zone().clone()).date();
    if left <= SignedDuration::ZERO {
        return hindered(&Obstacle::OldExpired { ends });
    }
    let automatic = service.config.credentials.as_ref();
    let automatic = automatic.is_some_and(|configured| configured.automatic.enabled);
    match (automatic, left < NEAR) {
        (true, false) => Finding::noted(
            WHAT,
            Words::new(
                format!(
                    "{day} に期限が切れます。自動で更新されます。ワークロード ID フェデレーション(app.federation)なら、更新そのものが要りません"
                ),
                format!(
                    "they end on {day} and renew themselves; with workload identity federation (app.federation) nothing would have to be renewed"
                ),
            ),
        ),
        (true, true) => Finding::warning(
            WHAT,
            format!(
                "{day} に期限が切れます。設定した期間に自動で更新されます(`provisioning-flow credentials plan` で確かめられます)"
            ),
            format!(
                "they end on {day} and renew themselves within the configured window (`provisioning-flow credentials plan` tells)"
            ),
        ),
        (false, _) => Finding::warning(
            WHAT,
            format!(
                "{day} に期限が切れ、自動では更新されません。[credentials] を設定するか、期限のないワークロード ID フェデレーション(app.federation)をお使いください"
            ),
            format!(
                "they end on {day} and do not renew themselves: write a section [credentials], or use workload identity federation (app.federation), which never ends"
            ),
        ),
    }
}

fn open_file(service: &Service) -> Option<Finding> {
    let file = service.config.app.certificate.as_ref()?;
    let mode = std::fs::metadata(file).ok()?.permissions().mode();
    (mode & EVERYBODY != 0).then(|| {
        let file = file.display();
        Finding::warning(
            WHAT,
            format!("{file} を誰でも読めます。所有者だけにしてください(chmod 600)"),
            format!("{file} can be read by everybody: make it its owner's alone (chmod 600)"),
        )
    })
}

fn hindered(obstacle: &Obstacle) -> Finding {
    let words = obstacle.words();
    Finding::wrong(WHAT, words.ja, words.en)
}
