//! The app's first certificate: made once and never in place of another. Its public half lies beside it, to be uploaded.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use m365::{Credential, CredentialError};
use openssl::error::ErrorStack;
use openssl::x509::X509;
use secrecy::{ExposeSecret, SecretSlice};
use thiserror::Error;

use super::NAME;
use crate::config::{Config, Renewing};
use crate::credentials::certificate::{self, Wished};
use crate::owner_only;
use crate::setup::Mode;

/// What proves the app by a certificate, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// `app.federation` proves the app.
    NotNeeded,
    /// It would be made here.
    Planned(PathBuf),
    Held(Held),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// Key and certificate.
    pub(crate) file: PathBuf,
    /// The certificate alone.
    pub(crate) public: PathBuf,
    /// False: a plan does not write it.
    pub(crate) is_public_there: bool,
    pub(crate) is_new: bool,
    /// SHA-1 in upper-case hexadecimal digits, as portals show it.
    pub(crate) thumbprint: String,
    pub(crate) ends: Timestamp,
}

#[derive(Debug, Error)]
pub(crate) enum CertificateError {
    #[error("app.certificate: {file} cannot be written; let its folder be there and be ours to write to")]
    File {
        file: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("app.certificate: {file} cannot be used; move it away to have another one made")]
    Unusable {
        file: PathBuf,
        #[source]
        source: CredentialError,
    },
    #[error("app.certificate: {0} is no public half of it; move it away to have that written")]
    OtherPublic(PathBuf),
    #[error("app.certificate: no certificate could be made")]
    Unmade(#[from] ErrorStack),
}

/// Makes what is missing of key, certificate and public half.
pub(crate) fn ensure(config: &Config, now: Timestamp, mode: Mode) -> Result<Certificate, CertificateError> {
    let Some(file) = &config.app.certificate else {
        return Ok(Certificate::NotNeeded);
    };
    let is_there = file.try_exists().map_err(|source| cannot_write(file, source))?;
    if !is_there && mode == Mode::Plan {
        return Ok(Certificate::Planned(file.clone()));
    }
    let is_new = !is_there && make(config, file, now)?;
    let credential = Credential::from_files(&[file]).map_err(|source| CertificateError::Unusable {
        file: file.clone(),
        source,
    })?;
    let public = public_half(file);
    let is_public_there = ensure_public(&public, &credential, mode)?;
    Ok(Certificate::Held(Held {
        file: file.clone(),
        public,
        is_public_there,
        is_new,
        thumbprint: credential.sha1_hex(),
        ends: credential.expires(),
    }))
}

/// False: somebody else was quicker.
fn make(config: &Config, file: &Path, now: Timestamp) -> Result<bool, CertificateError> {
    let pem = fresh(config, now)?;
    owner_only::create(file, pem.expose_secret()).map_err(|source| cannot_write(file, source))
}

/// As a renewal makes it.
fn fresh(config: &Config, now: Timestamp) -> Result<SecretSlice<u8>, ErrorStack> {
    let configured = config.credentials.as_ref();
    let renewing = configured.map_or_else(Renewing::default, |own| own.renewal.clone());
    certificate::make(Wished {
        name: NAME,
        bits: renewing.bits,
        now,
        ends: now.checked_add(renewing.lifetime()).unwrap_or(Timestamp::MAX),
    })
}

/// Whether it is there now. Another one's is never overwritten: two certificates with one name would be mixed up in the
/// portal.
fn ensure_public(public: &Path, credential: &Credential, mode: Mode) -> Result<bool, CertificateError> {
    if mode == Mode::Plan
        && !public
            .try_exists()
            .map_err(|source| cannot_write(public, source))?
    {
        return Ok(false);
    }
    let is_new = mode == Mode::Apply && write_public(public, credential)?;
    if is_new || is_half_of(public, credential) {
        return Ok(true);
    }
    Err(CertificateError::OtherPublic(public.to_owned()))
}

/// False: something is there already.
fn write_public(public: &Path, credential: &Credential) -> Result<bool, CertificateError> {
    let pem = X509::from_der(credential.certificate())?.to_pem()?;
    owner_only::create(public, &pem).map_err(|source| cannot_write(public, source))
}

fn is_half_of(public: &Path, credential: &Credential) -> bool {
    let there = std::fs::read(public).ok();
    let there = there.and_then(|text| X509::from_pem(&text).ok()?.to_der().ok());
    there.is_some_and(|der| der == credential.certificate())
}

/// `app.pem` has `app.crt` beside it, as in `certs/README.md`.
fn public_half(file: &Path) -> PathBuf {
    let beside = file.with_extension("crt");
    if beside == file {
        return file.with_extension("public.crt");
    }
    beside
}

fn cannot_write(file: &Path, source: io::Error) -> CertificateError {
    CertificateError::File {
        file: file.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::testing::TestService;

    fn held(config: &Config, mode: Mode) -> Result<Held, String> {
        let now = "2027-02-01T00:00:00Z".parse().unwrap();
        match ensure(config, now, mode).map_err(|error| error.to_string())? {
            Certificate::Held(held) => Ok(held),
            other => Err(format!("{other:?}")),
        }
    }

    #[tokio::test]
    async fn it_is_made_once_for_its_owner_alone_with_its_public_half_and_a_plan_makes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app.pem");
        let mut config = TestService::open().await.service.config.clone();
        config.app.certificate = Some(file.clone());
        assert!(held(&config, Mode::Plan).unwrap_err().contains("Planned"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let first = held(&config, Mode::Apply).unwrap();
        assert!(first.is_new && first.ends == "2028-04-01T00:00:00Z".parse().unwrap());
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let public = std::fs::read_to_string(folder.path().join("app.crt")).unwrap();
        assert!(public.contains("BEGIN CERTIFICATE") && !public.contains("PRIVATE"));
        let again = held(&config, Mode::Apply).unwrap();
        let expected = Held {
            is_new: false,
            ..first
        };
        assert_eq!(again, expected);
        assert!(held(&config, Mode::Plan).unwrap().is_public_there);
        std::fs::remove_file(folder.path().join("app.crt")).unwrap();
        assert!(!held(&config, Mode::Plan).unwrap().is_public_there);
        assert!(!folder.path().join("app.crt").exists(), "a plan makes nothing");
    }

    #[tokio::test]
    async fn what_is_there_already_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (file, public) = (folder.path().join("app.pem"), folder.path().join("app.crt"));
        let mut config = TestService::open().await.service.config.clone();
        config.app.certificate = Some(file.clone());
        std::fs::write(&public, "a certificate of the web server").unwrap();
        for mode in [Mode::Apply, Mode::Plan] {
            assert!(held(&config, mode).unwrap_err().contains("app.crt"), "{mode:?}");
        }
        std::fs::write(&file, "no certificate").unwrap();
        assert!(held(&config, Mode::Apply).unwrap_err().contains("move it away"));
        assert_eq!(std::fs::read(&file).unwrap(), b"no certificate");
        assert_eq!(
            std::fs::read(&public).unwrap(),
            b"a certificate of the web server"
        );
    }
}
