//! Where the way back from services that were switched leads, and what is lost by switching them off.

use provision::{
    AccountKey, AccountPlan, AccountStep, Assignment, Executed, Given, Licence, Lost, Plan, inverse,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ACCOUNT, CHAT, E3, E5, MAIL, services, steps};

fn whole(step: AccountStep) -> Plan {
    Plan::Account(AccountPlan {
        account: AccountKey::standing("h.takahashi@contoso.com", ACCOUNT),
        steps: vec![step],
    })
}

fn back_from(step: &AccountStep, image: &Value) -> Vec<AccountStep> {
    let mut executed = Executed::default();
    executed.begun(step.id(), image.clone());
    let back = inverse(&whole(step.clone()), &executed);
    steps(&back.plan).to_vec()
}

#[test]
fn r06_i10_the_way_back_restores_the_services_that_stood_there() {
    let given = Assignment {
        without: services(&[MAIL]),
        from: Some(services(&[CHAT])),
        ..Assignment::whole(E3, "SPE_E3")
    };
    let held = |off: &[Uuid]| {
        let mut image = json!({ "account": ACCOUNT, "licences": [E3] });
        image["without"] = json!({ E3.to_string(): services(off) });
        image
    };
    let step = AccountStep::AssignLicence(given.clone());
    let back = Assignment {
        without: services(&[CHAT]),
        from: Some(services(&[MAIL])),
        ..given.clone()
    };
    assert_eq!(
        back_from(&step, &held(&[CHAT])),
        [AccountStep::AssignLicence(back)]
    );
    assert_eq!(back_from(&step, &held(&[MAIL])), [], "it was so already");
    let named = || Licence {
        sku: E3,
        name: "SPE_E3".to_owned(),
    };
    let nothing = json!({ "account": ACCOUNT, "licences": [] });
    assert_eq!(back_from(&step, &nothing), [AccountStep::RemoveLicence(named())]);
    let again = Assignment { from: None, ..given };
    let taken = AccountStep::RemoveLicence(named());
    assert_eq!(
        back_from(&taken, &held(&[MAIL])),
        [AccountStep::AssignLicence(again)]
    );
    let swap = AccountStep::ChangeLicences {
        give: vec![Assignment::whole(E5, "SPE_E5")],
        take: vec![named()],
    };
    let swapped_back = back_from(&swap, &held(&[MAIL]));
    assert!(
        matches!(&swapped_back[..], [AccountStep::ChangeLicences { give, take }]
        if give[0].without == services(&[MAIL]) && take[0].sku == E5)
    );
}

/// Of a licence that may have been there before nothing is taken away.
#[test]
fn r06_a_picture_that_does_not_tell_what_stood_there_leads_nowhere() {
    let step = AccountStep::AssignLicence(Assignment::whole(E3, "SPE_E3"));
    let unreadable = json!({ "account": ACCOUNT, "licences": [E3], "without": { E3.to_string(): "all" } });
    for image in [
        json!({ "account": ACCOUNT }),
        json!({ "licences": "none" }),
        json!({ "licences": ["SPE_E3"] }),
        unreadable,
    ] {
        assert_eq!(back_from(&step, &image), [], "{image}");
    }
}

#[test]
fn r06_services_that_are_switched_off_lose_their_data_and_that_is_said() {
    let off = Assignment {
        without: services(&[CHAT, MAIL]),
        from: Some(services(&[CHAT])),
        ..Assignment::whole(E3, "SPE_E3")
    };
    let name = "SPE_E3 (Exchange Online (Plan 2))".to_owned();
    assert_eq!(
        whole(AccountStep::AssignLicence(off.clone())).lost(),
        [Lost::DataOfLicence { name }]
    );
    let new = Assignment { from: None, ..off };
    assert_eq!(whole(AccountStep::AssignLicence(new)).lost(), []);
}

#[test]
fn t23_an_amendment_changes_the_services_of_a_licence_that_stays() {
    let by = |without: &[Uuid]| {
        let plan = whole(AccountStep::AssignLicence(Assignment {
            without: services(without),
            ..Assignment::whole(E3, "SPE_E3")
        }));
        Given::by(plan.account())
    };
    let steps = by(&[MAIL]).steps_to(&by(&[CHAT]));
    let [AccountStep::AssignLicence(amended)] = &steps[..] else {
        panic!("{steps:?}")
    };
    assert_eq!(amended.from, Some(services(&[MAIL])));
    assert_eq!(amended.without, services(&[CHAT]));
    assert_eq!(by(&[MAIL]).steps_to(&by(&[MAIL])), []);
}
