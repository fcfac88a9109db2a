//! What the planner promises about accounts that a directory on premises masters.

use std::collections::BTreeSet;

use forms::{Code, Language};
use provision::{AccountView, ChangeWish, LicenceTurnover, SignIn, plan_change};

use super::{NEW, ids, issues, view, whole, wish};

#[test]
fn r18_what_a_directory_on_premises_masters_is_refused_early_and_the_rest_is_not() {
    let synced = AccountView {
        synced: true,
        ..view()
    };
    let block = ChangeWish {
        sign_in: Some(SignIn::Blocked),
        ..wish()
    };
    assert_eq!(
        issues(&block, &synced),
        [(Code::SyncedFromPremises, "user".to_owned())]
    );
    let licence = ChangeWish {
        licences: LicenceTurnover {
            add: whole(NEW),
            remove: BTreeSet::new(),
        },
        ..wish()
    };
    assert!(
        plan_change(&licence, Some(&synced)).is_ok(),
        "licences are given here"
    );
}

#[test]
fn r18_of_one_wish_people_do_what_is_mastered_on_premises_and_the_rest_is_done_here() {
    let synced = AccountView {
        synced: true,
        ..view()
    };
    let wish = ChangeWish {
        sign_in: Some(SignIn::Blocked),
        licences: LicenceTurnover {
            add: whole(NEW),
            remove: BTreeSet::new(),
        },
        by_hand: true,
        ..wish()
    };
    let plan = plan_change(&wish, Some(&synced)).expect("a good wish");
    assert_eq!(ids(&plan), [format!("assign-licence:{NEW}")]);
    assert_eq!(plan.licences().count(), 1, "its seat is held");
    let by_hand = plan.steps_by_hand();
    let by_hand: Vec<String> = by_hand.iter().map(|step| step.id().to_string()).collect();
    assert_eq!(by_hand, ["block-sign-in"]);
    let read = plan.preview(Language::En);
    let at = |line: &str| read.iter().position(|read| read.contains(line)).expect("a line");
    assert!(at("Licence") < at("by hand") && at("by hand") < at("Sign-in: allowed → blocked"));
}
