//! The report of a renewal, held against what the tenant itself says, and its signature against the evidence key.

use e2e::house::House;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use openssl::pkey::{PKey, Public};
use openssl::sha::sha256;
use openssl::sign::Verifier;
use serde_json::Value;

/// The steps of a renewal without a client secret.
const STEPS: [&str; 9] = [
    "planned", "made", "keyAdded", "passed", "passed", "proven", "switched", "taken", "removed",
];

/// What is going to be replaced, as the tenant says it.
pub(super) struct Replaced {
    thumbprint: String,
    key: String,
    pub(super) ends: Timestamp,
    pub(super) renewal: i64,
}

impl Replaced {
    pub(super) async fn of(house: &House) -> Self {
        let key = only_key(house).await;
        let text = |name: &str| key[name].as_str().expect("a text").to_owned();
        Self {
            thumbprint: text("customKeyIdentifier").to_uppercase(),
            key: text("keyId"),
            ends: text("endDateTime").parse().expect("a moment"),
            renewal: house.credentials_status()["renewal"]["number"]
                .as_i64()
                .expect("a number"),
        }
    }
}

/// The one certificate of our registration.
async fn only_key(house: &House) -> Value {
    let registration = house.registration().await;
    let keys = registration["keyCredentials"].as_array().expect("certificates");
    assert_eq!(keys.len(), 1, "{registration}");
    keys[0].clone()
}

pub(super) async fn assert_evidence(house: &House, before: &Replaced) {
    let text = house.run(&["credentials", "report", "--format", "json"]).stdout;
    let text = String::from_utf8(text).expect("a text");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let lines = report["lines"].as_array().expect("lines");
    let steps: Vec<_> = lines
        .iter()
        .map(|line| line["event"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(steps, STEPS, "{report}");
    let times: Vec<Timestamp> = lines.iter().map(|line| moment(&line["at"])).collect();
    assert!(times.is_sorted() && times.iter().all(is_in_february), "{report}");
    let overlap = times[7].duration_since(times[6]);
    assert!(overlap.as_hours() >= 24, "{report}");
    let now = only_key(house).await;
    assert_eq!(report["old"]["thumbprint"], before.thumbprint.as_str());
    assert_eq!(moment(&report["old"]["ends"]), before.ends);
    assert_eq!(lines[7]["key"], before.key.as_str(), "the old one was taken out");
    assert_eq!(lines[2]["key"], now["keyId"], "the new one is there");
    let thumbprint = now["customKeyIdentifier"].as_str().expect("a thumbprint");
    assert_eq!(report["newThumbprint"], thumbprint.to_uppercase());
    assert_eq!(moment(&report["newEnds"]), moment(&now["endDateTime"]));
    assert_signed(house, &report, &text);
}

fn moment(value: &Value) -> Timestamp {
    value.as_str().unwrap_or_default().parse().expect("a moment")
}

fn is_in_february(at: &Timestamp) -> bool {
    at.to_zoned(TimeZone::get("Asia/Tokyo").expect("Japan")).month() == 2
}

/// As whoever files it can check it: with OpenSSL and the public key alone.
fn assert_signed(house: &House, report: &Value, text: &str) {
    let body = without_white_space(text);
    let (body, _) = body.split_once(",\"hash\":").expect("a hash");
    let hash = sha256(format!("{body}}}").as_bytes());
    let digits = workflow::hex(&hash);
    assert_eq!(report["hash"], digits.as_str());
    let signature = report["signature"].as_str().expect("a signature");
    let signature = openssl::bn::BigNum::from_hex_str(signature).expect("digits");
    let signature = signature.to_vec_padded(64).expect("64 bytes");
    let public = evidence_key(house);
    assert!(is_signed(&public, &signature, &digits));
    assert!(!is_signed(&public, &signature, "another text"));
}

fn is_signed(public: &PKey<Public>, signature: &[u8], text: &str) -> bool {
    let mut verifier = Verifier::new_without_digest(public).expect("a verifier");
    verifier
        .verify_oneshot(signature, text.as_bytes())
        .unwrap_or(false)
}

fn evidence_key(house: &House) -> PKey<Public> {
    let pem = std::fs::read(house.file("evidence.pem")).expect("the evidence key");
    let private = PKey::private_key_from_pem(&pem).expect("a key");
    let public = private.public_key_to_der().expect("its public half");
    PKey::public_key_from_der(&public).expect("its public half")
}

/// White space between tokens is none of the report.
fn without_white_space(text: &str) -> String {
    let (mut within, mut escaped) = (false, false);
    let keep = |letter: &char| {
        let kept = within || !letter.is_whitespace();
        match letter {
            '"' if !escaped => within = !within,
            _ => {}
        }
        escaped = within && *letter == '\\' && !escaped;
        kept
    };
    text.chars().filter(keep).collect()
}
