//! Names that must be free: what can be one, and as which it is asked about.

use forms::Availability::{Address, Alias, GroupName, Upn};

#[test]
fn r22_a_name_is_asked_about_as_it_would_be_stored_or_not_at_all() {
    for (kind, text, name) in [
        (Upn, " ｔａｒｏ．yamada ", Some("taro.yamada")),
        (Upn, "山田", None),
        (Alias, "sales-desk", Some("sales-desk")),
        (Alias, "sales desk", None),
        (Alias, "", None),
        (Address, "info＠northwind.example", Some("info@northwind.example")),
        (Address, "info", None),
        (GroupName, "ｴｲｷﾞｮｳ部 Ａ", Some("エイギョウ部 A")),
        (GroupName, "<b>", None),
        (GroupName, " ", None),
    ] {
        assert_eq!(kind.read(text).as_deref(), name, "{text}");
    }
}
