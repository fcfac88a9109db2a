//! Whether another issuer could prove the app where this runs, so that nothing would have to be renewed. Only what lies on
//! the machine is looked at: nobody is asked.

use std::path::{Path, PathBuf};

use super::Finding;
use crate::setup::Words;

/// Where Kubernetes says that it keeps the token of the workload (Microsoft Entra Workload ID).
const TOKEN_FILE: &str = "AZURE_FEDERATED_TOKEN_FILE";
/// App Service and the like: their identities are had by another protocol than that of virtual machines.
const OTHER_ENDPOINT: &str = "IDENTITY_ENDPOINT";
/// By which a virtual machine shows that it runs in Azure (cloud-init, its data source for Azure).
const ASSET_TAG: &str = "/sys/class/dmi/id/chassis_asset_tag";
const AZURE: &str = "7783-7084-3265-9085-8269-3286-77";

/// Who could prove the app here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Platform {
    /// Kubernetes, by the token in this file.
    Workload(PathBuf),
    /// The metadata service of a virtual machine in Azure.
    Machine,
}

impl Platform {
    /// `token_file`: what the platform names, if that is there; `asset_tag`: of the machine.
    fn of(token_file: Option<PathBuf>, has_other_endpoint: bool, asset_tag: Option<&str>) -> Option<Self> {
        if let Some(file) = token_file {
            return Some(Self::Workload(file));
        }
        let in_azure = asset_tag.is_some_and(|tag| tag.trim() == AZURE);
        (in_azure && !has_other_endpoint).then_some(Self::Machine)
    }

    /// What to write into the section `app`.
    fn setting(&self) -> String {
        match self {
            Self::Workload(file) => format!("federation = {{ token_file = \"{}\" }}", file.display()),
            Self::Machine => "federation = { managed_identity = {} }".to_owned(),
        }
    }

    fn words(&self) -> Words {
        let setting = self.setting();
        match self {
            Self::Workload(_) => Words::new(
                format!(
                    "この Kubernetes はワークロードのトークンを渡しています。[app] に `{setting}` と書けば、証明書の更新が要らなくなります(マニュアル「2月の資格情報更新」の「更新の要らない方法」)"
                ),
                format!(
                    "this Kubernetes gives the workload a token: with `{setting}` in [app] no certificate has to be renewed (see \"Without any renewal\" in the manual on renewing credentials)"
                ),
            ),
            Self::Machine => Words::new(
                format!(
                    "このサーバーは Azure の仮想マシンです。マネージド ID を割り当て、[app] に `{setting}` と書けば、証明書の更新が要らなくなります(マニュアル「2月の資格情報更新」の「更新の要らない方法」)"
                ),
                format!(
                    "this is a virtual machine in Azure: with a managed identity and `{setting}` in [app] no certificate has to be renewed (see \"Without any renewal\" in the manual on renewing credentials)"
                ),
            ),
        }
    }
}

/// What is recommended here, if anything.
pub(super) fn recommended(what: &str) -> Option<Finding> {
    let file = told(TOKEN_FILE).map(PathBuf::from).filter(|file| file.exists());
    let tag = std::fs::read_to_string(Path::new(ASSET_TAG)).ok();
    let platform = Platform::of(file, told(OTHER_ENDPOINT).is_some(), tag.as_deref());
    platform.map(|platform| Finding::noted(what, platform.words()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the platform puts it there for whoever runs on it; it is recommended, and never used before it is configured"
)]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_possible_here_is_recommended_and_nothing_else() {
        let file = || Some(PathBuf::from("/var/run/secrets/token"));
        let azure = Some("7783-7084-3265-9085-8269-3286-77\n");
        assert_eq!(Platform::of(None, false, None), None);
        assert_eq!(Platform::of(None, false, Some("Asset-1\n")), None);
        assert_eq!(Platform::of(None, false, azure), Some(Platform::Machine));
        assert_eq!(
            Platform::of(None, true, azure),
            None,
            "an identity that this product cannot have"
        );
        let workload = Platform::of(file(), true, azure).unwrap();
        assert_eq!(
            workload.setting(),
            r#"federation = { token_file = "/var/run/secrets/token" }"#
        );
        for platform in [workload, Platform::Machine] {
            let words = platform.words();
            assert!(words.ja.contains(&platform.setting()) && words.en.contains(&platform.setting()));
        }
    }
}
