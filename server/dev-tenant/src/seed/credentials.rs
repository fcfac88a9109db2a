//! Key and self-signed certificate of an app, in one PEM file that only its owner reads.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};

const KEY_BITS: u32 = 2048;
const DAYS: u32 = 365;

#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    OpenSsl(#[from] ErrorStack),
}

/// Where the PEM file of `name` lies: `app`, `almighty` or `wrong`.
pub fn certificate_file(data: &Path, name: &str) -> PathBuf {
    data.join(format!("{name}.pem"))
}

/// The certificate in the file, made with its key when there is none.
pub(super) fn read_or_make(file: &Path) -> Result<X509, CredentialError> {
    match std::fs::read(file) {
        Ok(pem) => Ok(X509::from_pem(&pem)?),
        Err(error) if error.kind() == ErrorKind::NotFound => make(file),
        Err(error) => Err(error.into()),
    }
}

fn make(file: &Path) -> Result<X509, CredentialError> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let key = PKey::from_rsa(Rsa::generate(KEY_BITS)?)?;
    let certificate = self_signed(&key)?;
    let mut pem = key.private_key_to_pem_pkcs8()?;
    pem.extend(certificate.to_pem()?);
    let mut written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    written.write_all(&pem)?;
    Ok(certificate)
}

fn self_signed(key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("CN", "Provisioning Flow dev tenant")?;
    let name = name.build();
    let mut serial = BigNum::new()?;
    serial.rand(127, MsbOption::MAYBE_ZERO, false)?;
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial.to_asn1_integer()?.as_ref())?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_not_before(Asn1Time::days_from_now(0)?.as_ref())?;
    builder.set_not_after(Asn1Time::days_from_now(DAYS)?.as_ref())?;
    builder.set_pubkey(key)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}
