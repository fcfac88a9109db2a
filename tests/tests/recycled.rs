//! A name that is given to somebody new: he inherits nothing, whatever SharePoint makes of his login.

use e2e::house::House;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, APPLICANT, EXPERTS, MANAGER, open, sign_in};
use e2e::scene::{self, IT_STEP, MANAGERS_STEP, a_while, is_shut_out, until, vote};
use serde_json::{Value, json};

async fn house() -> House {
    cast::house(env!("CARGO_BIN_EXE_backend")).await
}

/// What SharePoint makes of a login that is given to somebody new, which Microsoft leaves undocumented.
const RECYCLING: [Recycling; 4] = [(false, false), (false, true), (true, false), (true, true)];
/// Whether the newcomer gets a site user of his own, and whether he is let in as the old one; both: as the old one
/// until somebody names him on the site.
type Recycling = (bool, bool);

fn recycle(house: &House, (new_site_user, inherits): Recycling) {
    house.switch(|switches| {
        switches.recycled_upn_gets_new_site_user = new_site_user;
        switches.recycled_upn_inherits_rights = inherits;
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recycled_name_inherits_no_rights_no_votes_and_no_mails() {
    for recycling in RECYCLING {
        inherits_nothing(recycling).await;
    }
}

async fn inherits_nothing(recycling: Recycling) {
    let house = house().await;
    recycle(&house, recycling);
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    house.delete(manager.id).await;
    let newcomer = house.hire(MANAGER).await;
    assert_ne!(newcomer, manager.id);
    a_while(&house);
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "RV").await;
    let newcomer = Person::sign_in(&house, MANAGER).await;
    assert_eq!(newcomer.id, house.id_of(MANAGER));
    scene::until_shut_out(&house, &newcomer, item).await;
    assert!(!scene::try_vote(&newcomer, item, &asked).await.is_success());
    let act = json!({
        "Title": "判断", "PFKind": "act", "PFApplicantAction": "判断", "PFNumber": asked["PFNumber"],
        "PFDecision": "承認", "PFStepToken": asked["PFStepToken"],
    });
    newcomer.add(INBOX, &act).await;
    a_while(&house);
    // What the applicant asks afterwards is carried out, so the newcomer's act was looked at before.
    let withdrawal = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": asked["PFNumber"],
    });
    applicant.add(INBOX, &withdrawal).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "WD").await;
    assert!(mails(&house, &newcomer, "【").is_empty());
    assert!(is_shut_out(&newcomer, item).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_the_renamed_approver_gave_up_is_worth_nothing_to_its_next_owner() {
    for recycling in RECYCLING {
        is_worth_nothing(recycling).await;
    }
}

async fn is_worth_nothing(recycling: Recycling) {
    let house = house().await;
    recycle(&house, recycling);
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    house.rename(manager.id, "takashi.mori").await;
    house.forget_aliases(manager.id);
    house.hire(MANAGER).await;
    a_while(&house);
    let manager = Person::sign_in(&house, "takashi.mori").await;
    until(&house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "IA"
    })
    .await;
    let newcomer = Person::sign_in(&house, MANAGER).await;
    scene::until_shut_out(&house, &newcomer, item).await;
    assert!(!scene::try_vote(&newcomer, item, &asked).await.is_success());
    vote(&house, &manager, item, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    until(&house, &expert, (APPLICATIONS, item), |row: &Value| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    assert!(mails(&house, &newcomer, "【").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_under_the_site_user_of_a_former_colleague_counts_for_nobody() {
    let mut house = house().await;
    recycle(&house, (false, true));
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (row, item) = open(&house, &applicant, &manager).await;
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    house.kill();
    house.delete(manager.id).await;
    house.hire(MANAGER).await;
    let newcomer = Person::sign_in(&house, MANAGER).await;
    // SharePoint takes the newcomer for the old one and lets him write.
    let mut vote = scene::approval(&asked, &newcomer);
    vote["PFDecisionFor"] = scene::approval(&asked, &manager)["PFDecisionFor"].clone();
    let written = newcomer.change(APPLICATIONS, item, &vote).await;
    assert!(written.is_success(), "{written}");
    house.serve().await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "RV").await;
    scene::until_shut_out(&house, &newcomer, item).await;
}
