//! A mailbox, people, and wishes for tests.

use std::collections::{BTreeMap, BTreeSet};

use provision::{
    MailPeople, MailPerson, MailboxAddresses, MailboxChange, MailboxFields, MailboxNow, MailboxView,
    MailboxWish, People, PeopleTurnover, Right, TurnoverFields,
};
use uuid::Uuid;

pub(crate) const BOX: Uuid = Uuid::from_u128(9);
pub(crate) const HANA: Uuid = Uuid::from_u128(1);
pub(crate) const JIRO: Uuid = Uuid::from_u128(2);
pub(crate) const WITHOUT_MAIL: Uuid = Uuid::from_u128(3);
pub(crate) const GONE: Uuid = Uuid::from_u128(4);

pub(crate) fn known() -> MailPeople {
    let person = |name: &str, address: &str, enabled, gets_mail| MailPerson {
        name: name.to_owned(),
        address: address.to_owned(),
        enabled,
        gets_mail,
    };
    MailPeople::from([
        (HANA, person("高橋 花", "h.takahashi@contoso.example", true, true)),
        (JIRO, person("鈴木 次郎", "j.suzuki@contoso.example", true, true)),
        (
            WITHOUT_MAIL,
            person("佐藤 三郎", "s.sato@contoso.example", true, false),
        ),
        (GONE, person("退職 者", "gone@contoso.example", false, true)),
    ])
}

pub(crate) fn people(ids: &[Uuid]) -> People {
    ids.iter().map(|id| (*id, "told".to_owned())).collect()
}

pub(crate) fn turnover(add: &[Uuid], remove: &[Uuid]) -> PeopleTurnover {
    let (add, remove) = (people(add), people(remove));
    PeopleTurnover { add, remove }
}

pub(crate) fn fields() -> MailboxFields {
    let of = |right: &str| TurnoverFields {
        add: format!("add{right}"),
        remove: format!("remove{right}"),
    };
    MailboxFields {
        mailbox: "mailbox".to_owned(),
        display_name: "name".to_owned(),
        address: "alias".to_owned(),
        add_address: "addAddress".to_owned(),
        remove_address: "removeAddress".to_owned(),
        rights: BTreeMap::from([
            (Right::FullAccess, of("FullAccess")),
            (Right::SendAs, of("SendAs")),
            (Right::SendOnBehalf, of("SendOnBehalf")),
        ]),
    }
}

pub(crate) fn wish() -> MailboxWish {
    MailboxWish {
        application: "a-1".to_owned(),
        display_name: "お問い合わせ".to_owned(),
        alias: "info".to_owned(),
        domain: "contoso.example".to_owned(),
        rights: BTreeMap::from([
            (Right::FullAccess, people(&[HANA, JIRO])),
            (Right::SendAs, people(&[HANA])),
            (Right::SendOnBehalf, People::new()),
        ]),
        fields: fields(),
    }
}

pub(crate) fn view() -> MailboxView {
    MailboxView {
        is_taken: false,
        people: known(),
    }
}

pub(crate) fn now() -> MailboxNow {
    MailboxNow {
        display_name: "お問い合わせ".to_owned(),
        address: "info@contoso.example".to_owned(),
        other_addresses: BTreeSet::from(["help@contoso.example".to_owned()]),
        synced: false,
        rights: BTreeMap::from([
            (Right::FullAccess, BTreeSet::from([HANA])),
            (Right::SendAs, BTreeSet::new()),
            (Right::SendOnBehalf, BTreeSet::from([JIRO])),
        ]),
        taken: BTreeSet::new(),
        people: known(),
    }
}

pub(crate) fn change() -> MailboxChange {
    MailboxChange {
        mailbox: BOX,
        fields: fields(),
        ..MailboxChange::default()
    }
}

pub(crate) fn addressed(primary: Option<&str>, add: Option<&str>, remove: Option<&str>) -> MailboxChange {
    let owned = |address: Option<&str>| address.map(str::to_owned);
    MailboxChange {
        addresses: MailboxAddresses {
            primary: owned(primary),
            add: owned(add),
            remove: owned(remove),
        },
        ..change()
    }
}
