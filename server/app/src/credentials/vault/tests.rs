use super::*;
use crate::credentials::certificate::{Wished, make};
use crate::testing::TestService;

fn keys(folder: &std::path::Path) -> [KeySource; 2] {
    ["one", "two"].map(|name| {
        let path = folder.join(name);
        if !path.exists() {
            MasterKey::create(&path).unwrap();
        }
        KeySource::File(path)
    })
}

fn configured(current: &KeySource, former: &[&KeySource]) -> Credentials {
    Credentials {
        master_key: current.clone(),
        former_master_keys: former.iter().map(|&source| source.clone()).collect(),
        renewal: crate::config::Renewing::default(),
        automatic: crate::config::Automatic::default(),
    }
}

fn pem(now: Timestamp) -> SecretSlice<u8> {
    let ends = now + jiff::SignedDuration::from_hours(24);
    make(Wished {
        name: "pf",
        bits: 2048,
        now,
        ends,
    })
    .unwrap()
}

#[tokio::test]
async fn a_wrong_master_key_is_refused_by_name_and_a_new_one_takes_over_without_a_gap() {
    let test = TestService::open().await;
    let service = &test.service;
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = keys(folder.path());
    let vault = Vault::of(&service.tenant, &configured(&one, &[])).unwrap();
    let kept = vault
        .seal_certificate("c1", &pem(service.now()), service.now())
        .unwrap();
    let secret = ClientSecret {
        text: SecretString::from("hush"),
        expires: service.now(),
    };
    let kept_secret = vault.seal_secret("s1", &secret, service.now()).unwrap();
    let keep: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        tx.keep_credential(&kept).await?;
        tx.keep_credential(&kept_secret).await
    });
    keep.unwrap();
    let wrong = Vault::of(&service.tenant, &configured(&two, &[])).unwrap();
    let refused = proof(service, &wrong, "c1").await.unwrap_err();
    assert!(matches!(
        refused,
        VaultError::Envelope(EnvelopeError::OtherKey { .. })
    ));
    assert!(refused.to_string().contains(vault.master()) && refused.to_string().contains(wrong.master()));
    let rewrap = async |vault: &Vault| -> Result<usize, VaultError> {
        transaction!(service.store.write(&service.tenant), tx => vault.rewrap(tx).await)
    };
    assert!(rewrap(&wrong).await.is_err(), "and nothing was overwritten:");
    assert!(proof(service, &vault, "c1").await.is_ok());
    let both = Vault::of(&service.tenant, &configured(&two, &[&one])).unwrap();
    assert!(
        proof(service, &both, "c1").await.is_ok(),
        "before it is wrapped anew"
    );
    assert_eq!(
        (rewrap(&both).await.unwrap(), rewrap(&both).await.unwrap()),
        (2, 0)
    );
    let opened = proof(service, &wrong, "s1").await.unwrap();
    let ClientProof::Secret(opened) = opened else {
        panic!("no secret")
    };
    assert_eq!(opened.text.expose_secret(), "hush");
    assert!(
        proof(service, &wrong, "c1").await.is_ok(),
        "the new one alone does"
    );
    assert!(proof(service, &vault, "c1").await.is_err());
}

#[tokio::test]
async fn a_row_that_was_put_in_the_place_of_another_opens_nothing() {
    let test = TestService::open().await;
    let service = &test.service;
    let folder = tempfile::tempdir().unwrap();
    let [one, _] = keys(folder.path());
    let vault = Vault::of(&service.tenant, &configured(&one, &[])).unwrap();
    let kept = vault
        .seal_certificate("c1", &pem(service.now()), service.now())
        .unwrap();
    assert!(vault.unseal(&kept).is_ok());
    let moved = SealedCredential {
        id: "c2".to_owned(),
        ..kept.clone()
    };
    assert!(matches!(
        vault.unseal(&moved),
        Err(VaultError::Envelope(EnvelopeError::Altered))
    ));
    let other = Vault::of(&TenantId::new("another"), &configured(&one, &[])).unwrap();
    assert!(other.unseal(&kept).is_err(), "nor in another tenant");
}
