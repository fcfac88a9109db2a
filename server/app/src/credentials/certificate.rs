//! Makes a certificate with its key. Nothing of it touches the disk or a command line.

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use openssl::x509::{X509, X509NameBuilder};
use secrecy::SecretSlice;

/// Clocks differ: the certificate holds a little before it is made.
const BEFORE: SignedDuration = SignedDuration::from_mins(15);
/// Bits of the serial number.
const SERIAL: i32 = 127;
/// Version 3, as X.509 counts.
const VERSION: i32 = 2;

/// What a certificate is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wished<'a> {
    /// Its common name, which Entra shows.
    pub name: &'a str,
    pub bits: u32,
    pub now: Timestamp,
    pub ends: Timestamp,
}

/// Key and certificate in PEM.
pub(crate) fn make(wished: Wished<'_>) -> Result<SecretSlice<u8>, ErrorStack> {
    let key = PKey::from_rsa(Rsa::generate(wished.bits)?)?;
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("CN", wished.name)?;
    let name = name.build();
    let mut serial = BigNum::new()?;
    serial.rand(SERIAL, MsbOption::MAYBE_ZERO, false)?;
    let mut builder = X509::builder()?;
    builder.set_version(VERSION)?;
    builder.set_serial_number(&*serial.to_asn1_integer()?)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_pubkey(&key)?;
    let begins = wished.now.checked_sub(BEFORE).unwrap_or(wished.now);
    builder.set_not_before(&*Asn1Time::from_unix(begins.as_second())?)?;
    builder.set_not_after(&*Asn1Time::from_unix(wished.ends.as_second())?)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
    builder.append_extension(ExtendedKeyUsage::new().client_auth().build()?)?;
    builder.sign(&key, MessageDigest::sha256())?;
    let mut pem = key.private_key_to_pem_pkcs8()?;
    pem.extend(builder.build().to_pem()?);
    Ok(SecretSlice::from(pem))
}

#[cfg(test)]
mod tests {
    use m365::Credential;
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn it_is_a_pair_that_ends_when_it_was_told_to_and_signs_for_a_client() {
        let now: Timestamp = "2027-02-01T00:00:00Z".parse().unwrap();
        let ends: Timestamp = "2028-04-01T00:00:00Z".parse().unwrap();
        let wished = Wished {
            name: "provisioning-flow-1",
            bits: 2048,
            now,
            ends,
        };
        let pem = make(wished).unwrap();
        let credential = Credential::from_pem(&pem).unwrap();
        assert_eq!(credential.expires(), ends);
        let certificate = X509::from_der(credential.certificate()).unwrap();
        let text = String::from_utf8(certificate.to_text().unwrap()).unwrap();
        for said in [
            "2048 bit",
            "TLS Web Client Authentication",
            "Jan 31 23:45:00 2027",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let again = Credential::from_pem(&make(wished).unwrap()).unwrap();
        assert_ne!(again.thumbprint(), credential.thumbprint());
        assert!(pem.expose_secret().starts_with(b"-----BEGIN PRIVATE KEY"));
    }
}
