use super::super::testing::{ACCOUNT, mailbox, ours, standing};
use super::*;

fn account(enabled: bool) -> User {
    let shown =
        json!({ "id": ACCOUNT, "userPrincipalName": "info@contoso.example", "accountEnabled": enabled });
    serde_json::from_value(shown).expect("an account")
}

#[test]
fn r10_nobody_signs_in_with_the_account_of_a_new_mailbox() {
    let key = ours();
    let want = BlockSignIn { mailbox: &key };
    for (mailbox, account, next) in [
        (None, None, Next::Wait),
        (Some(mailbox(&json!({}))), None, Next::Wait),
        (
            Some(mailbox(&json!({}))),
            Some(account(true)),
            Next::Write(ACCOUNT),
        ),
        (Some(mailbox(&json!({}))), Some(account(false)), Next::Nothing),
    ] {
        assert_eq!(want.compare(&Owned { mailbox, account }), next);
    }
}

#[test]
fn r10_only_what_lies_in_the_bin_comes_back_and_never_to_an_address_that_somebody_else_has() {
    let key = standing();
    let want = RestoreMailbox { mailbox: &key };
    for (mailbox, account, is_taken, next) in [
        (Some(mailbox(&json!({}))), None, false, Next::Nothing),
        (None, Some(ACCOUNT), false, Next::Write(ACCOUNT)),
        (None, Some(ACCOUNT), true, Next::Refuse(Failure::NameTaken)),
        (None, None, false, Next::Wait),
    ] {
        let have = Deleted {
            mailbox,
            account,
            is_taken,
        };
        assert_eq!(want.compare(&have), next);
    }
}
