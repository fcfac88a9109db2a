//! The page on which a password is handed over, used as its script uses it.

use std::time::Duration;

use openssl::base64::{decode_block, encode_block};
use openssl::encrypt::Decrypter;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::{Padding, Rsa};
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::house::{House, pause};
use crate::person::Person;
use crate::post;
use crate::scene::until_told;

/// What the mails that lead there begin with.
pub const SUBJECT: &str = "【パスワードの受け渡し】";
const BITS: u32 = 2048;
const LOOK: Duration = Duration::from_millis(500);
const LOOKS: usize = 120;

/// The page, open in somebody's browser.
pub struct HandOver {
    reader: Person,
    address: String,
    token: String,
}

impl HandOver {
    /// Opens what the mail to this person leads to.
    pub async fn open(house: &House, mut reader: Person) -> Self {
        until_told(house, &reader, SUBJECT).await;
        let address = address(house, &reader);
        let page = reader.browse(&address).await;
        let token = token(&page).unwrap_or_else(|| panic!("no button: {page}"));
        Self {
            reader,
            address,
            token,
        }
    }

    /// Where the page is, whoever asks.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Presses the button; the password that is shown.
    pub async fn press(&self) -> String {
        let rsa = Rsa::generate(BITS).expect("a key");
        let key = PKey::from_rsa(rsa).expect("a key");
        let public = key.public_key_to_der().expect("a public key");
        self.post("ask", &json!({ "key": encode_block(&public) })).await;
        for _ in 0..LOOKS {
            let answer = self.fetch().await;
            if let Some(ciphertext) = answer["ciphertext"].as_str() {
                return decrypted(&key, ciphertext);
            }
            pause(LOOK).await;
        }
        panic!("no password comes")
    }

    /// What the page is given while it waits.
    pub async fn fetch(&self) -> Value {
        self.post("answer", &json!({})).await
    }

    async fn post(&self, act: &str, body: &Value) -> Value {
        let url = format!("{}/{act}", self.address).parse().expect("an address");
        let request = self.reader.request(Method::POST, url);
        let request = request
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-handover-token", &self.token)
            .body(body.to_string());
        let answer = request.send().await.expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.expect("a text"));
        assert!(status.is_success(), "{act}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

/// What only the page of the one whom it is for holds.
pub fn token(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("data-token=\"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn address(house: &House, reader: &Person) -> String {
    let theirs = post::all(house).into_iter();
    let mut theirs = theirs.filter(|mail| mail.owner == reader.id && mail.subject.starts_with(SUBJECT));
    let links = theirs.next().expect("a mail").links();
    let page = links.into_iter().find(|link| link.contains("/handover/"));
    page.expect("a link to the page")
}

fn decrypted(key: &PKey<Private>, ciphertext: &str) -> String {
    let ciphertext = decode_block(ciphertext).expect("base64");
    let mut decrypter = Decrypter::new(key).expect("a decrypter");
    decrypter.set_rsa_padding(Padding::PKCS1_OAEP).expect("a padding");
    decrypter
        .set_rsa_oaep_md(MessageDigest::sha256())
        .expect("a digest");
    decrypter
        .set_rsa_mgf1_md(MessageDigest::sha256())
        .expect("a digest");
    let mut plain = vec![0; decrypter.decrypt_len(&ciphertext).expect("a length")];
    let length = decrypter.decrypt(&ciphertext, &mut plain).expect("it is ours");
    plain.truncate(length);
    String::from_utf8(plain).expect("a text")
}
