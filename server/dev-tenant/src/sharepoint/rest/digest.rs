//! The form digest: what a browser session must show before it may write.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use serde_json::{Value, json};

use crate::call::Call;
use crate::caller::Channel;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::principal::PrincipalKind;
use crate::sharepoint::operations::session::Session;

/// `FormDigestTimeoutSeconds` of SharePoint.
const LIFETIME: SignedDuration = SignedDuration::from_secs(1800);
const DATE: &str = "%d %b %Y %H:%M:%S -0000";

/// `0x{mac},{time}`: bound to the person, the site and the moment.
pub fn issue(session: &Session<'_>) -> String {
    let date = session.at.strftime(DATE).to_string();
    format!("0x{},{date}", mac(session, &date))
}

/// The answer of `contextinfo`.
pub(super) fn context_info(session: &Session<'_>) -> Value {
    json!({
        "FormDigestTimeoutSeconds": LIFETIME.as_secs(),
        "FormDigestValue": issue(session),
        "LibraryVersion": "16.0.25912.12000",
        "SiteFullUrl": session.web_url(),
        "SupportedSchemaVersions": ["14.0.0.0", "15.0.0.0"],
        "WebFullUrl": session.web_url(),
    })
}

/// # Errors
/// 403 for a browser session that writes without a digest of its own that is still good.
pub fn check(session: &Session<'_>, call: &Call) -> Result<(), Fault> {
    let by_cookie = matches!(
        session.principal.kind,
        PrincipalKind::Person {
            through: Channel::Cookie,
            ..
        }
    );
    if !by_cookie {
        return Ok(());
    }
    check_shown(session, call.header("x-requestdigest").unwrap_or_default())
}

/// Checks a digest that came with a request, by header or in the form of a page.
pub fn check_shown(session: &Session<'_>, shown: &str) -> Result<(), Fault> {
    let (given, date) = shown.split_once(',').ok_or_else(Fault::invalid_digest)?;
    let expected = format!("0x{}", mac(session, date));
    let genuine = given.len() == expected.len() && openssl::memcmp::eq(given.as_bytes(), expected.as_bytes());
    if !genuine {
        return Err(Fault::invalid_digest());
    }
    let issued = issued_at(date).ok_or_else(Fault::invalid_digest)?;
    if session.at.duration_since(issued) > LIFETIME {
        return Err(Fault {
            code: -2_130_575_251,
            ..Fault::invalid_digest()
        });
    }
    Ok(())
}

fn issued_at(date: &str) -> Option<Timestamp> {
    let zoned = jiff::fmt::strtime::parse("%d %b %Y %H:%M:%S %z", date.replace("-0000", "+0000")).ok()?;
    zoned.to_timestamp().ok()
}

/// An empty answer of the crypto library would be no valid digest: it never compares equal to a real one.
fn mac(session: &Session<'_>, date: &str) -> String {
    let signed = || -> Result<Vec<u8>, openssl::error::ErrorStack> {
        let key = PKey::hmac(&session.site().digest_secret)?;
        let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
        signer.update(session.principal.ledger_name().as_bytes())?;
        signer.update(date.as_bytes())?;
        signer.sign_to_vec()
    };
    signed()
        .map(|mac| STANDARD.encode(mac).replace(['+', '/', '='], ""))
        .unwrap_or_default()
}
