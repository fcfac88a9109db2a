//! The dev CA and the leafs it issues, kept under the data folder so that clients' trust outlives a restart.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName,
    SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509Builder, X509Name};

#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error("a certificate file cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    #[error("openssl refused: {0}")]
    Crypto(#[from] ErrorStack),
}

/// A certificate and its key, both PEM.
#[derive(Debug)]
pub struct Leaf {
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// Where the CA's certificate lies: what clients are told to trust.
pub fn ca_file(data: &Path) -> PathBuf {
    data.join("ca.pem")
}

/// Issues a certificate for `hosts` by the dev CA, which is made at first use.
pub fn issue_leaf(data: &Path, hosts: &[&str]) -> Result<Leaf, CertificateError> {
    let (ca, ca_key) = authority(data)?;
    let curve = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    let key = PKey::from_ec_key(EcKey::generate(&curve)?)?;
    let mut builder = begin(hosts.first().copied().unwrap_or("localhost"), &key, 365)?;
    builder.set_issuer_name(ca.subject_name())?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(ExtendedKeyUsage::new().server_auth().build()?)?;
    let mut names = SubjectAlternativeName::new();
    for host in hosts {
        names.dns(host);
    }
    let context = builder.x509v3_context(Some(&ca), None);
    let extensions = [
        names.build(&context)?,
        SubjectKeyIdentifier::new().build(&context)?,
        AuthorityKeyIdentifier::new().keyid(true).build(&context)?,
    ];
    for extension in extensions {
        builder.append_extension(extension)?;
    }
    builder.sign(&ca_key, MessageDigest::sha256())?;
    Ok(Leaf {
        certificate: builder.build().to_pem()?,
        key: key.private_key_to_pem_pkcs8()?,
    })
}

fn authority(data: &Path) -> Result<(X509, PKey<Private>), CertificateError> {
    let (file, key_file) = (ca_file(data), data.join("ca.key"));
    if file.exists() {
        let key = PKey::private_key_from_pem(&fs::read(key_file)?)?;
        return Ok((X509::from_pem(&fs::read(file)?)?, key));
    }
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let ca = self_signed(&key)?;
    fs::create_dir_all(data)?;
    let mut secret = fs::OpenOptions::new();
    let mut secret = secret
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(key_file)?;
    secret.write_all(&key.private_key_to_pem_pkcs8()?)?;
    fs::write(file, ca.to_pem()?)?;
    Ok((ca, key))
}

fn self_signed(key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let mut builder = begin("Dev tenant CA", key, 3650)?;
    let name = named("Dev tenant CA")?;
    builder.set_issuer_name(&name)?;
    builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
    let usage = KeyUsage::new().critical().key_cert_sign().crl_sign().build()?;
    builder.append_extension(usage)?;
    let context = builder.x509v3_context(None, None);
    let identifier = SubjectKeyIdentifier::new().build(&context)?;
    builder.append_extension(identifier)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn begin(name: &str, key: &PKey<Private>, days: u32) -> Result<X509Builder, ErrorStack> {
    let mut serial = BigNum::new()?;
    serial.rand(127, MsbOption::MAYBE_ZERO, false)?;
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    builder.set_serial_number(serial.to_asn1_integer()?.as_ref())?;
    builder.set_subject_name(named(name)?.as_ref())?;
    builder.set_pubkey(key)?;
    builder.set_not_before(Asn1Time::days_from_now(0)?.as_ref())?;
    builder.set_not_after(Asn1Time::days_from_now(days)?.as_ref())?;
    Ok(builder)
}

fn named(name: &str) -> Result<X509Name, ErrorStack> {
    let mut builder = X509Name::builder()?;
    builder.append_entry_by_text("CN", name)?;
    Ok(builder.build())
}
