//! Licence profiles that are not offered, for the tenant lacks something of them.

use m365::graph::Sku;

use super::Finding;
use crate::licence_profiles::{self, Missing, Profile};
use crate::service::Service;

const WHAT: &str = "licence profiles";

/// Nothing is said where the configuration names none.
pub(super) async fn look(service: &Service) -> Vec<Finding> {
    if service.config.licences.profiles.is_none() {
        return Vec::new();
    }
    let profiles = match licence_profiles::read(&service.config) {
        Ok(profiles) => profiles,
        Err(error) => return vec![Finding::wrong(WHAT, error.to_string(), error.to_string())],
    };
    match service.microsoft.graph().subscribed_skus().await {
        Ok(skus) => findings(&profiles, &skus),
        Err(error) => vec![Finding::unknown(WHAT, &error)],
    }
}

fn findings(profiles: &[Profile], skus: &[Sku]) -> Vec<Finding> {
    let missing = |profile: &Profile| {
        let key = profile.key.clone();
        profile.offer(skus).err().map(|missing| (key, missing))
    };
    let lacking = profiles.iter().filter_map(missing);
    let findings: Vec<Finding> = lacking
        .flat_map(|(key, missing)| missing.into_iter().map(move |one| finding(&key, &one)))
        .collect();
    if findings.is_empty() {
        return vec![Finding::good(WHAT)];
    }
    findings
}

fn finding(key: &str, missing: &Missing) -> Finding {
    let (ja, en) = match missing {
        Missing::Sku(sku) => (
            format!(
                "{key} は選択肢に出ません。テナントには有効な {sku} がありません。購入するか、licences.profiles のファイルを直してください"
            ),
            format!(
                "{key} is not offered: the tenant has no {sku} that can be given. Buy it, or correct the file in licences.profiles"
            ),
        ),
        Missing::Service { sku, service } => (
            format!(
                "{key} は選択肢に出ません。{sku} には、個別に使わないようにできる {service} がありません。licences.profiles のファイルを直してください"
            ),
            format!(
                "{key} is not offered: {sku} has no service {service} that one account can go without. Correct the file in licences.profiles"
            ),
        ),
    };
    Finding::warning(WHAT, ja, en)
}
