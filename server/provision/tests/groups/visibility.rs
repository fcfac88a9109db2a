//! Who sees a new group, and that approvers read so.

use forms::Language;
use provision::{GroupKind, GroupWish, Visibility, plan_group};

use super::{known, wish};

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
