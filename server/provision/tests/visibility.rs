//! Who sees a new group, and that approvers read so.

use std::collections::BTreeMap;

use forms::Language;
use provision::{GroupFields, GroupKind, GroupWish, NameView, PersonView, Visibility, plan_group};
use uuid::Uuid;

const HANA: Uuid = Uuid::from_u128(1);

fn known() -> NameView {
    let hana = PersonView {
        name: "高橋 花".to_owned(),
        enabled: true,
    };
    NameView {
        holders: Vec::new(),
        people: BTreeMap::from([(HANA, hana)]),
    }
}

fn wish(kind: GroupKind) -> GroupWish {
    GroupWish {
        application: "a-1".to_owned(),
        kind,
        display_name: "営業部共有".to_owned(),
        mail_nickname: "sales-shared".to_owned(),
        domain: "contoso.example".to_owned(),
        description: "営業部の共有フォルダー".to_owned(),
        visibility: Visibility::Private,
        team: false,
        owners: [(HANA, "高橋 花".to_owned())].into(),
        members: [(HANA, "高橋 花".to_owned())].into(),
        fields: GroupFields {
            display_name: "name".to_owned(),
            mail_nickname: "nickname".to_owned(),
            description: "description".to_owned(),
            owners: "owners".to_owned(),
            members: "members".to_owned(),
        },
    }
}

#[test]
fn r09_a_new_microsoft_365_group_is_as_visible_as_it_was_wished_and_approvers_read_so() {
    for (visibility, shown) in [
        (Visibility::Public, "公開範囲: （なし） → パブリック"),
        (Visibility::Private, "公開範囲: （なし） → プライベート"),
    ] {
        let wish = GroupWish {
            visibility,
            ..wish(GroupKind::Microsoft365)
        };
        let plan = plan_group(&wish, &known()).expect("a good wish");
        let read = plan.preview(Language::Ja);
        assert!(read.contains(&shown.to_owned()), "{read:?}");
    }
    let security = plan_group(&wish(GroupKind::Security), &known()).expect("a good wish");
    let read = security.preview(Language::Ja);
    assert!(!read.iter().any(|line| line.contains("公開範囲")), "{read:?}");
}
