use super::{MISSING, NOTHING, Recorder, commands};
use crate::exchange::{ContactDetailsChange, Identity, MailContactChange, NewMailContact};

#[tokio::test]
async fn a_contact_s_mail_and_what_people_see_change_together() {
    let made = r#"{"value":[{"Guid":"00000000-0000-0000-0000-000000000001","Name":"suzuki","ExternalEmailAddress":"SMTP:suzuki@fabrikam.example"}]}"#;
    let details = r#"{"value":[{"FirstName":"","Company":"Fabrikam","Phone":"03-0000-0000"}]}"#;
    let recorder = Recorder::start(&[
        (200, made),
        (200, made),
        NOTHING,
        NOTHING,
        (200, details),
        NOTHING,
        (404, MISSING),
    ])
    .await;
    let exchange = recorder.tenant().exchange();
    let contact = Identity::from("suzuki@fabrikam.example");
    let new = NewMailContact {
        name: "suzuki",
        external_email_address: "suzuki@fabrikam.example",
        display_name: "鈴木",
        alias: None,
        first_name: None,
        last_name: Some("鈴木"),
    };
    let made = exchange.create_mail_contact(&new).await.unwrap().object;
    assert_eq!(made.external_address(), Some("suzuki@fabrikam.example"));
    assert_eq!(exchange.mail_contact(&contact).await.unwrap(), Some(made));
    let change = MailContactChange {
        external_email_address: Some("suzuki@fabrikam.test"),
        ..MailContactChange::default()
    };
    exchange.update_mail_contact(&contact, &change).await.unwrap();
    let details = exchange.contact_details(&contact).await.unwrap().unwrap();
    assert_eq!(
        (details.first_name, details.company.as_deref()),
        (None, Some("Fabrikam"))
    );
    let change = ContactDetailsChange {
        title: Some("部長"),
        phone: Some(""),
        ..ContactDetailsChange::default()
    };
    exchange.update_contact_details(&contact, &change).await.unwrap();
    exchange.remove_mail_contact(&contact).await.unwrap();
    insta::assert_json_snapshot!(commands(&recorder));
}

#[tokio::test]
async fn accepted_domains_are_all_and_one_is_the_default() {
    let domains = r#"{"value":[{"DomainName":"contoso.example","DomainType":"Authoritative","Default":true},
        {"DomainName":"contoso.onmicrosoft.example","DomainType":"Authoritative","Default":false}]}"#;
    let recorder = Recorder::start(&[(200, domains)]).await;
    let domains = recorder.tenant().exchange().accepted_domains().await.unwrap();
    let default: Vec<_> = domains.iter().filter(|domain| domain.default).collect();
    assert_eq!((domains.len(), &*default[0].domain_name), (2, "contoso.example"));
}
