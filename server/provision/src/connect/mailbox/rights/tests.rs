use super::super::testing::{BOX, mailbox, ours, standing};
use super::*;
use crate::Failure;
use crate::recipient::Recipient;

const HANA: Uuid = Uuid::from_u128(1);
const JIRO: Uuid = Uuid::from_u128(2);
const ANYBODY: Uuid = Uuid::from_u128(3);

fn people() -> Recipients {
    let person = |address: &str| Recipient {
        name: "名前".to_owned(),
        address: address.to_owned(),
    };
    Recipients::from([
        (HANA, person("hana@contoso.example")),
        (JIRO, person("jiro@contoso.example")),
    ])
}

fn have(there: &[Uuid]) -> Have {
    Have {
        mailbox: Some(mailbox(&json!({}))),
        there: there.iter().copied().collect(),
    }
}

fn gone() -> Have {
    Have {
        mailbox: None,
        there: BTreeSet::new(),
    }
}

fn write(people: &[&str]) -> Next<Addresses> {
    Next::Write((
        BOX,
        people
            .iter()
            .map(|local| format!("{local}@contoso.example"))
            .collect(),
    ))
}

#[test]
fn r10_a_right_is_given_to_those_who_lack_it_and_taken_from_those_who_have_it() {
    let (key, people) = (standing(), people());
    let give = GiveRight::new(&key, Right::SendAs, &people);
    let take = TakeRight::new(&key, Right::SendAs, &people);
    for (there, given, taken) in [
        (&[][..], write(&["hana", "jiro"]), Next::Nothing),
        (&[JIRO, ANYBODY], write(&["hana"]), write(&["jiro"])),
        (&[HANA, JIRO], Next::Nothing, write(&["hana", "jiro"])),
    ] {
        assert_eq!(give.compare(&have(there)), given, "{there:?}");
        assert_eq!(take.compare(&have(there)), taken, "{there:?}");
    }
    assert_eq!(give.compare(&gone()), Next::Refuse(Failure::ObjectGone));
    assert_eq!(take.compare(&gone()), Next::Nothing);
    let new = ours();
    assert_eq!(
        GiveRight::new(&new, Right::SendAs, &people).compare(&gone()),
        Next::Wait
    );
}

#[test]
fn r10_i10_the_image_names_those_of_the_people_who_had_the_right() {
    let (key, people) = (standing(), people());
    let take = TakeRight::new(&key, Right::FullAccess, &people);
    let image = take.image(&have(&[JIRO, ANYBODY])).expect("an image");
    assert_eq!(image["fullAccess"], json!([JIRO]));
}
