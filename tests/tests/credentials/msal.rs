//! Microsoft's own client, as it is, with the certificates that the product makes.

use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use e2e::client;
use e2e::house::House;
use e2e::registration::said;
use openssl::base64::decode_block;
use openssl::symm::{Cipher, decrypt_aead};
use serde_json::Value;
use store::SealedCredential;
use tempfile::TempDir;

use super::{A_DAY, house, kept, phase, renew};

const NONCE: usize = 12;
const TAG: usize = 16;

/// A certificate with its key, outside of the product.
struct Exported {
    file: PathBuf,
    _folder: TempDir,
}

impl Exported {
    /// What the product uses first.
    async fn of(house: &House) -> Self {
        Self::write(&first_pem(house).await)
    }

    fn write(pem: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("app.pem");
        let mut options = std::fs::OpenOptions::new();
        let opened = options.write(true).create_new(true).mode(0o600).open(&file);
        std::io::Write::write_all(&mut opened.expect("a file"), pem.as_bytes()).expect("a file");
        Self {
            file,
            _folder: folder,
        }
    }

    /// Runs a script of `tests/clients` as our app with this certificate; whether it was content, and what it said.
    fn runs(&self, house: &House, script: &str) -> (bool, String) {
        let mut program = client::program(&house.tenant, script);
        program.env("CLIENT_ID", house.our_app().app_id.0.to_string());
        let ran = program.env("CERT_PEM", &self.file).output().expect("node runs");
        (ran.status.success(), said(&ran))
    }

    fn signs_in(&self, house: &House) {
        let (content, said) = self.runs(house, "signs-in.cjs");
        assert!(content && said.contains("2 passed"), "{said}");
    }

    /// By AADSTS700027: no such certificate is registered.
    fn is_refused(&self, house: &House) {
        let (content, said) = self.runs(house, "wrong.cjs");
        assert!(content && said.contains("1 passed"), "{said}");
        let (content, said) = self.runs(house, "signs-in.cjs");
        assert!(!content && said.contains("0 passed"), "{said}");
    }
}

/// The certificate with its key that the product uses first, opened with the master key.
pub(crate) async fn first_pem(house: &House) -> String {
    let kept = kept::first(house).await;
    let tenant = house.world().names.id;
    let place = format!("provisioning-flow/credential/1/{tenant}/{}", kept.id);
    let content: Value = serde_json::from_slice(&open(&kept, &master(house), &place)).expect("JSON");
    content["pem"].as_str().expect("a certificate").to_owned()
}

fn master(house: &House) -> Vec<u8> {
    let text = std::fs::read_to_string(house.file("master.key")).expect("the master key");
    decode_block(text.trim()).expect("base64")
}

/// The envelope, opened by another hand: AES-256-GCM, a key for each, and that key under the master key.
fn open(kept: &SealedCredential, master: &[u8], place: &str) -> Vec<u8> {
    let key = decrypt(master, &kept.wrapped, &format!("{place}/key/{}", kept.master));
    decrypt(&key, &kept.sealed, place)
}

fn decrypt(key: &[u8], kept: &[u8], place: &str) -> Vec<u8> {
    let (nonce, rest) = kept.split_at(NONCE);
    let (tag, text) = rest.split_at(TAG);
    let cipher = Cipher::aes_256_gcm();
    decrypt_aead(cipher, key, Some(nonce), place.as_bytes(), text, tag).expect("it opens")
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_msal_signs_in_with_the_certificate_that_we_made_and_no_more_once_it_is_removed() {
    let house = house("").await;
    renew(&house);
    let ours = Exported::of(&house).await;
    ours.signs_in(&house);
    house.tenant.advance(A_DAY).expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "removed");
    ours.signs_in(&house);
    // The next one takes its place, and until the overlap is over both are good.
    let next = house.run(&["credentials", "renew", "--force"]);
    assert!(next.status.success(), "{}", said(&next));
    let next = Exported::of(&house).await;
    next.signs_in(&house);
    ours.signs_in(&house);
    house.tenant.advance(A_DAY).expect("the clock moves");
    renew(&house);
    assert_eq!(phase(&house), "removed");
    ours.is_refused(&house);
    next.signs_in(&house);
}
