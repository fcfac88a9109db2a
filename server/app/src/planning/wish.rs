//! From the answers of a form to a wish, as the definition maps them. Pure.

use std::collections::BTreeSet;

use forms::{Code, FieldKey, Issue, Values};
use provision::{UserWish, WishFields};
use serde_json::Value;
use uuid::Uuid;
use workflow::Definition;
use workflow::definition::PlanMapping;

/// A wish whose manager may be known by name only.
#[derive(Debug, PartialEq)]
pub(super) struct Wished {
    pub(super) wish: UserWish,
    /// To be looked up when the form holds no object id.
    pub(super) manager_upn: Option<String>,
}

/// Reads the answers. `application`: what the account is marked with; `domain`: where new accounts live.
pub(super) fn wished(
    application: &str,
    definition: &Definition,
    values: &Values,
    domain: &str,
) -> Result<Wished, Vec<Issue>> {
    let PlanMapping::CreateUser {
        upn_local,
        properties,
        manager,
        licence,
        groups,
        rows: _,
    } = &definition.execution.plan;
    let answers = Answers { values };
    let mut properties: std::collections::BTreeMap<String, String> = properties
        .iter()
        .map(|(name, template)| (name.clone(), answers.fill(template)))
        .collect();
    let (manager_id, manager_upn) = answers.person(manager.as_ref());
    let wish = UserWish {
        application: application.to_owned(),
        user_principal_name: format!("{}@{domain}", answers.text(upn_local)),
        display_name: properties.remove("displayName").unwrap_or_default(),
        usage_location: properties.remove("usageLocation"),
        properties,
        manager: manager_id,
        licence: answers.ids(licence.as_ref(), Code::UnknownLicence)?.pop_first(),
        groups: answers.ids(groups.as_ref(), Code::UnknownGroup)?,
        fields: WishFields {
            user_principal_name: upn_local.as_str().to_owned(),
            manager: key(manager.as_ref()),
            licence: key(licence.as_ref()),
            groups: key(groups.as_ref()),
        },
    };
    Ok(Wished { wish, manager_upn })
}

/// Issues about a property of the account stand at the field that the property is made of.
pub(super) fn at_fields(mut issues: Vec<Issue>, definition: &Definition) -> Vec<Issue> {
    let PlanMapping::CreateUser { properties, .. } = &definition.execution.plan;
    for issue in &mut issues {
        let template = properties.get(&issue.field);
        if let Some(field) = template.and_then(|template| PlanMapping::placeholders(template).next()) {
            field.clone_into(&mut issue.field);
        }
    }
    issues
}

fn key(field: Option<&FieldKey>) -> String {
    field.map_or_else(String::new, |field| field.as_str().to_owned())
}

struct Answers<'a> {
    values: &'a Values,
}

impl Answers<'_> {
    fn text(&self, field: &FieldKey) -> &str {
        self.values.text(field.as_str()).unwrap_or_default()
    }

    /// A template with the answers in it; what was not answered is left out.
    fn fill(&self, template: &str) -> String {
        let mut filled = String::new();
        for (at, part) in template.split('{').enumerate() {
            match part.split_once('}').filter(|_| at > 0) {
                Some((field, rest)) => {
                    filled.push_str(&plain(self.values.get(field)));
                    filled.push_str(rest);
                }
                None => filled.push_str(part),
            }
        }
        filled.trim().to_owned()
    }

    /// Object id, or the name to look up.
    fn person(&self, field: Option<&FieldKey>) -> (Option<Uuid>, Option<String>) {
        let Some(person) = field.and_then(|field| self.values.get(field.as_str())) else {
            return (None, None);
        };
        let text = |key: &str| person.get(key).and_then(Value::as_str);
        match text("id").and_then(|id| id.parse().ok()) {
            Some(id) => (Some(id), None),
            None => (None, text("upn").map(str::to_owned)),
        }
    }

    /// The object ids chosen: one, or several.
    fn ids(&self, field: Option<&FieldKey>, code: Code) -> Result<BTreeSet<Uuid>, Vec<Issue>> {
        let Some((field, chosen)) = field.and_then(|field| Some((field, self.values.get(field.as_str())?)))
        else {
            return Ok(BTreeSet::new());
        };
        let one = [chosen.clone()];
        let chosen = chosen.as_array().map_or(&one[..], Vec::as_slice);
        let id = |value: &Value| {
            let id = value.as_str().and_then(|text| text.parse().ok());
            id.ok_or_else(|| vec![Issue::new(code, field.as_str()).with("group", plain(Some(value)))])
        };
        chosen.iter().map(id).collect()
    }
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::setup::WORKFLOWS;

    const SKU: Uuid = Uuid::from_u128(2);
    const GROUP: Uuid = Uuid::from_u128(3);

    fn wish_of(answers: &Value) -> Result<Wished, Vec<Issue>> {
        let definition = Definition::parse(WORKFLOWS[0]).unwrap();
        let values = Values::parse(&answers.to_string()).unwrap();
        wished("a-1", &definition, &values, "contoso.example")
    }

    fn answers() -> Value {
        json!({"lastName": "高橋", "firstName": "花", "employeeNumber": "123456", "department": "営業部",
               "manager": {"upn": "j.suzuki@contoso.example"}, "startDate": "2027-01-04",
               "upnLocal": "h.takahashi", "licence": SKU, "groups": [GROUP]})
    }

    #[test]
    fn the_form_for_a_new_user_becomes_a_wish() {
        let Wished { wish, manager_upn } = wish_of(&answers()).unwrap();
        assert_eq!(wish.user_principal_name, "h.takahashi@contoso.example");
        assert_eq!(wish.display_name, "高橋 花");
        assert_eq!(wish.usage_location.as_deref(), Some("JP"));
        assert_eq!(wish.properties["employeeHireDate"], "2027-01-04");
        assert_eq!(wish.properties["jobTitle"], "", "not answered");
        assert_eq!((wish.licence, wish.groups), (Some(SKU), BTreeSet::from([GROUP])));
        assert_eq!(
            (wish.manager, manager_upn.as_deref()),
            (None, Some("j.suzuki@contoso.example"))
        );
    }

    #[test]
    fn the_object_id_of_the_manager_counts_before_his_name() {
        let mut answers = answers();
        answers["manager"]["id"] = json!(SKU);
        let Wished { wish, manager_upn } = wish_of(&answers).unwrap();
        assert_eq!((wish.manager, manager_upn), (Some(SKU), None));
    }

    #[test]
    fn an_answer_in_braces_is_text_and_not_a_template() {
        let mut answers = answers();
        answers["lastName"] = json!("{firstName}");
        assert_eq!(wish_of(&answers).unwrap().wish.display_name, "{firstName} 花");
    }

    #[test]
    fn a_choice_that_is_no_object_id_is_told() {
        let mut answers = answers();
        answers["groups"] = json!(["../x"]);
        let issues = wish_of(&answers).unwrap_err();
        assert_eq!(
            (issues[0].code, issues[0].field.as_str()),
            (Code::UnknownGroup, "groups")
        );
    }

    #[test]
    fn an_issue_about_a_property_is_told_at_its_field() {
        let definition = Definition::parse(WORKFLOWS[0]).unwrap();
        let issues = at_fields(vec![Issue::new(Code::TooLong, "employeeId")], &definition);
        assert_eq!(issues[0].field, "employeeNumber");
    }
}
