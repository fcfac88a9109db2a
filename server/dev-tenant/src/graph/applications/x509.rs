//! What a certificate says of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::hash::MessageDigest;
use openssl::x509::X509;

/// A certificate in base64 of its DER.
pub(super) fn read(base64: &str) -> Option<X509> {
    X509::from_der(&STANDARD.decode(base64).ok()?).ok()
}

/// From when until when it is valid.
pub(super) fn validity(certificate: &X509) -> Option<(Timestamp, Timestamp)> {
    Some((
        moment(certificate.not_before())?,
        moment(certificate.not_after())?,
    ))
}

fn moment(time: &Asn1TimeRef) -> Option<Timestamp> {
    let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Timestamp::UNIX_EPOCH
        .checked_add(SignedDuration::from_secs(seconds))
        .ok()
}

/// Its SHA-1 thumbprint.
pub(super) fn thumbprint(certificate: &X509, base64: bool) -> Option<String> {
    let digest = certificate.digest(MessageDigest::sha1()).ok()?;
    Some(if base64 {
        STANDARD.encode(digest)
    } else {
        let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16));
        digits.map(|digit| digit.to_ascii_uppercase()).collect()
    })
}
