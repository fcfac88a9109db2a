//! The properties of a Graph `user` that a workflow may set, with Microsoft's limits
//! (Microsoft Graph, "user resource type"). What is not here cannot be planned.

use forms::{Code, Issue, Label};
use serde_json::{Map, Value, json};

/// How Graph writes a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    /// `Edm.DateTimeOffset`; a form gives a day, which begins at midnight UTC.
    Day,
    /// A collection that Graph allows one entry.
    Single,
    /// A member of this complex property.
    Within(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute {
    name: &'static str,
    /// Longest value in characters.
    max: usize,
    shape: Shape,
    ja: &'static str,
    en: &'static str,
}

const fn text(name: &'static str, max: usize, ja: &'static str, en: &'static str) -> Attribute {
    Attribute {
        name,
        max,
        shape: Shape::Text,
        ja,
        en,
    }
}

const fn shaped(shape: Shape, attribute: Attribute) -> Attribute {
    Attribute { shape, ..attribute }
}

/// Longest `displayName`.
pub(crate) const MAX_DISPLAY_NAME: usize = 256;
/// Longest `mailNickname`.
pub(crate) const MAX_MAIL_NICKNAME: usize = 64;
/// Longest date as text; Graph has no limit of its own.
const MAX_DAY: usize = 10;
const ORGANISATION: Shape = Shape::Within("employeeOrgData");

const ATTRIBUTES: [Attribute; 19] = [
    text("surname", 64, "姓", "Last name"),
    text("givenName", 64, "名", "First name"),
    text("employeeId", 16, "社員番号", "Employee number"),
    text("employeeType", 64, "雇用区分", "Employee type"),
    shaped(
        Shape::Day,
        text("employeeHireDate", MAX_DAY, "利用開始日", "Start date"),
    ),
    text("companyName", 64, "会社", "Company"),
    text("department", 64, "部署", "Department"),
    text("jobTitle", 128, "役職", "Post"),
    text("officeLocation", 128, "勤務地", "Office"),
    text("preferredLanguage", 35, "表示言語", "Language"),
    text("mobilePhone", 64, "携帯電話", "Mobile phone"),
    shaped(Shape::Single, text("businessPhones", 64, "電話", "Phone")),
    text("faxNumber", 64, "FAX", "Fax"),
    text("streetAddress", 1024, "番地", "Street"),
    text("city", 128, "市区町村", "City"),
    text("state", 128, "都道府県", "State"),
    text("postalCode", 40, "郵便番号", "Postal code"),
    shaped(ORGANISATION, text("division", 64, "事業部", "Division")),
    shaped(
        ORGANISATION,
        text("costCenter", 64, "コストセンター", "Cost centre"),
    ),
];

/// Sets a member of a complex property; Graph shows one that is not set as null.
fn member(into: &mut Map<String, Value>, parent: &str, name: &str, value: Value) {
    let parent = into.entry(parent).or_insert(Value::Null);
    if !parent.is_object() {
        *parent = json!({});
    }
    parent[name] = value;
}

impl Attribute {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|attribute| attribute.name == name)
    }

    /// Writes the value where Graph wants it.
    pub(crate) fn put(&self, into: &mut Map<String, Value>, value: &str) {
        match self.shape {
            Shape::Text => into.insert(self.name.to_owned(), json!(value)),
            Shape::Day => into.insert(self.name.to_owned(), json!(format!("{value}T00:00:00Z"))),
            Shape::Single => into.insert(self.name.to_owned(), json!([value])),
            Shape::Within(parent) => {
                member(into, parent, self.name, json!(value));
                None
            }
        };
    }

    /// Writes that there is no value.
    pub(crate) fn take_away(&self, into: &mut Map<String, Value>) {
        match self.shape {
            Shape::Text | Shape::Day => into.insert(self.name.to_owned(), Value::Null),
            Shape::Single => into.insert(self.name.to_owned(), json!([])),
            Shape::Within(parent) => {
                member(into, parent, self.name, Value::Null);
                None
            }
        };
    }

    /// What stands against a value; an empty one is none.
    pub(crate) fn issues(&self, value: &str) -> Vec<Issue> {
        let is_day =
            self.shape != Shape::Day || value.is_empty() || value.parse::<jiff::civil::Date>().is_ok();
        let not_day = (!is_day).then(|| Issue::new(Code::NotDate, self.name));
        too_long(self.name, value, self.max)
            .into_iter()
            .chain(not_day)
            .collect()
    }
}

/// A text longer than Microsoft takes, which counts UTF-16 units.
pub(crate) fn too_long(field: &str, value: &str, max: usize) -> Option<Issue> {
    (value.encode_utf16().count() > max).then(|| Issue::new(Code::TooLong, field).with("max", max))
}

/// The property of a Graph `user` that holds this one: itself, or the complex one that it is a member of.
pub(crate) fn holder(name: &str) -> &str {
    match Attribute::find(name).map(|attribute| attribute.shape) {
        Some(Shape::Within(parent)) => parent,
        _ => name,
    }
}

/// What people call a property of Graph's JSON; Graph's own name where we have none.
pub(crate) fn label(name: &str) -> Label {
    let words = |ja: &str, en: &str| Label {
        ja: ja.to_owned(),
        en: en.to_owned(),
    };
    match (name, Attribute::find(name)) {
        (_, Some(attribute)) => words(attribute.ja, attribute.en),
        ("displayName", None) => words("表示名", "Display name"),
        ("mailNickname", None) => words("メールの別名", "Mail nickname"),
        ("description", None) => words("説明", "Description"),
        ("openToOutside", None) => words("社外からのメールを受け取る", "Takes mail from outside"),
        ("address", None) => words("メールアドレス", "Mail address"),
        ("otherAddresses", None) => words("追加のアドレス", "Other addresses"),
        ("phone", None) => words("電話", "Phone"),
        ("visibility", None) => words("公開範囲", "Visibility"),
        ("usageLocation", None) => words("利用場所", "Usage location"),
        (crate::mark::PROPERTY, None) => words("申請の識別子", "Mark of the application"),
        (name, None) => words(name, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_graph_wants_them() {
        let mut body = Map::new();
        for (name, value) in [
            ("department", "営業部"),
            ("businessPhones", "03-0000-0000"),
            ("employeeHireDate", "2027-01-04"),
            ("division", "東"),
            ("costCenter", "K1"),
        ] {
            Attribute::find(name).unwrap().put(&mut body, value);
        }
        let wanted = json!({"department": "営業部", "businessPhones": ["03-0000-0000"],
            "employeeHireDate": "2027-01-04T00:00:00Z", "employeeOrgData": {"division": "東", "costCenter": "K1"}});
        assert_eq!(Value::Object(body), wanted);
    }

    #[test]
    fn powers_cannot_be_planned() {
        for name in [
            "accountEnabled",
            "passwordProfile",
            "userType",
            "onPremisesImmutableId",
            "otherMails",
        ] {
            assert!(Attribute::find(name).is_none(), "{name}");
        }
    }
}
