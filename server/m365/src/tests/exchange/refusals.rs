use super::{MISSING, NOTHING, Recorder, all, sato};
use crate::{
    Verdict,
    exchange::{GroupKind, NewDistributionGroup, NewSharedMailbox},
};

fn told(exception: &str) -> String {
    format!(
        r#"{{"error":{{"code":"BadRequest","message":"Error executing cmdlet","details":[{{"code":"Client","message":"|{exception}|words | more"}}]}}}}"#
    )
}

#[tokio::test]
async fn membership_writes_are_sets_and_not_acts() {
    let there = told("Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException");
    let gone = told("Microsoft.Exchange.Management.Tasks.MemberNotFoundException");
    let recorder = Recorder::start(&[(400, &there), (400, &gone), (404, MISSING)]).await;
    let exchange = recorder.tenant().exchange();
    exchange
        .add_distribution_group_member(&all(), &sato())
        .await
        .unwrap();
    exchange
        .remove_distribution_group_member(&all(), &sato())
        .await
        .unwrap();
    let error = exchange
        .add_distribution_group_member(&all(), &sato())
        .await
        .unwrap_err();
    assert_eq!(
        error.verdict,
        Verdict::Settling,
        "the group was found before, so it is not visible yet"
    );
}

#[tokio::test]
async fn a_cmdlet_that_the_role_lacks_is_refused_by_nothing_and_the_token_is_asked_for_anew() {
    let recorder = Recorder::start(&[(403, ""), (403, "\0\0\0\0"), NOTHING]).await;
    let exchange = recorder.tenant().exchange();
    for _ in 0..2 {
        let error = exchange.accepted_domains().await.unwrap_err();
        let Verdict::Denied { needs } = error.verdict else {
            panic!("{error}")
        };
        assert!(needs.starts_with("Exchange.ManageAsApp and the role"), "{needs}");
        assert_eq!(error.message, "no words");
    }
    exchange.accepted_domains().await.unwrap();
    assert_eq!(
        recorder.tokens(),
        3,
        "a role that was granted meanwhile is in a new token"
    );
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_and_too_many_members_are_not_sent() {
    let taken = told("Microsoft.Exchange.Management.RecipientTasks.ProxyAddressExistsException");
    let recorder = Recorder::start(&[(400, &taken)]).await;
    let exchange = recorder.tenant().exchange();
    let mailbox = NewSharedMailbox {
        name: "info",
        display_name: "info",
        alias: "info",
        primary_smtp_address: "info@contoso.example",
    };
    let error = exchange.create_shared_mailbox(&mailbox).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Conflict);
    assert_eq!(error.code.as_deref(), Some("ProxyAddressExistsException"));
    assert_eq!(error.message, "words | more");
    let many = vec!["a@contoso.example"; crate::exchange::MOST_MEMBERS + 1];
    let error = exchange
        .replace_distribution_group_members(&all(), &many)
        .await
        .unwrap_err();
    assert_eq!(error.verdict, Verdict::Invalid);
    assert_eq!(recorder.lines().len(), 1);
}

#[tokio::test]
async fn a_group_that_nobody_would_own_is_not_made() {
    let recorder = Recorder::start(&[]).await;
    let group = NewDistributionGroup {
        kind: GroupKind::Distribution,
        name: "all",
        display_name: "all",
        alias: "all",
        primary_smtp_address: "all@contoso.example",
        managed_by: &[],
        notes: "",
        open_to_outside: true,
    };
    let exchange = recorder.tenant().exchange();
    let error = exchange.create_distribution_group(&group).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Invalid);
    assert!(recorder.lines().is_empty());
}
