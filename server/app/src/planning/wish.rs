//! From the answers of a form to a wish, as the definition maps them. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue, Values};
use provision::{UserWish, WishFields};
use workflow::Definition;
use workflow::definition::{CreateUser, PlanMapping};

use super::answers::{Answers, Person, key};
use super::licences::Offered;

/// A wish whose manager is not looked up yet.
#[derive(Debug, PartialEq)]
pub(super) struct Wished {
    pub(super) wish: UserWish,
    pub(super) manager: Option<Person>,
}

/// Reads the answers. `application`: what the account is marked with; `domain`: where new accounts live.
pub(super) fn wished(
    application: &str,
    mapping: &CreateUser,
    values: &Values,
    (domain, offered): (&str, &Offered),
) -> Result<Wished, Vec<Issue>> {
    let answers = Answers { values };
    let mut properties: std::collections::BTreeMap<String, String> = mapping
        .properties
        .iter()
        .map(|(name, template)| (name.clone(), answers.fill(template)))
        .collect();
    let wish = UserWish {
        application: application.to_owned(),
        user_principal_name: format!("{}@{domain}", answers.text(&mapping.upn_local)),
        display_name: properties.remove("displayName").unwrap_or_default(),
        usage_location: properties.remove("usageLocation"),
        properties,
        manager: None,
        licences: answers.licences(mapping.licence.as_ref(), offered)?,
        held: BTreeSet::new(),
        groups: answers.ids(mapping.groups.as_ref(), Code::UnknownGroup)?,
        fields: WishFields {
            user_principal_name: mapping.upn_local.as_str().to_owned(),
            manager: key(mapping.manager.as_ref()),
            licence: key(mapping.licence.as_ref()),
            groups: key(mapping.groups.as_ref()),
        },
    };
    let manager = answers.person(mapping.manager.as_ref());
    Ok(Wished { wish, manager })
}

/// Issues about a property of the account stand at the field that the property is made of.
pub(super) fn at_fields(mut issues: Vec<Issue>, definition: &Definition) -> Vec<Issue> {
    for issue in &mut issues {
        let template = definition.execution.plan.template(&issue.field);
        if let Some(field) = template.and_then(|template| PlanMapping::placeholders(template).next()) {
            field.clone_into(&mut issue.field);
        }
    }
    issues
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::setup::WORKFLOWS;

    const SKU: Uuid = Uuid::from_u128(2);
    const GROUP: Uuid = Uuid::from_u128(3);

    fn wish_of(answers: &Value) -> Result<Wished, Vec<Issue>> {
        let definition = Definition::parse(WORKFLOWS[0]).unwrap();
        let values = Values::parse(&answers.to_string()).unwrap();
        let PlanMapping::CreateUser(mapping) = &definition.execution.plan else {
            panic!("it makes accounts");
        };
        wished("a-1", mapping, &values, ("contoso.example", &Offered::default()))
    }

    fn answers() -> Value {
        json!({"lastName": "高橋", "firstName": "花", "employeeNumber": "123456", "department": "営業部",
               "manager": {"upn": "j.suzuki@contoso.example"}, "startDate": "2027-01-04",
               "upnLocal": "h.takahashi", "licence": SKU, "groups": [GROUP]})
    }

    #[test]
    fn the_form_for_a_new_user_becomes_a_wish() {
        let Wished { wish, manager } = wish_of(&answers()).unwrap();
        assert_eq!(wish.user_principal_name, "h.takahashi@contoso.example");
        assert_eq!(wish.display_name, "高橋 花");
        assert_eq!(wish.usage_location.as_deref(), Some("JP"));
        assert_eq!(wish.properties["employeeHireDate"], "2027-01-04");
        assert_eq!(wish.properties["jobTitle"], "", "not answered");
        assert_eq!(wish.licences, [(SKU, BTreeSet::new())].into());
        assert_eq!(wish.groups, BTreeSet::from([GROUP]));
        let named = Person::Named("j.suzuki@contoso.example".to_owned());
        assert_eq!((wish.manager, manager), (None, Some(named)));
    }

    #[test]
    fn the_object_id_of_the_manager_counts_before_his_name() {
        let mut answers = answers();
        answers["manager"]["id"] = json!(SKU);
        assert_eq!(wish_of(&answers).unwrap().manager, Some(Person::Known(SKU)));
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
