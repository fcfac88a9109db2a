//! The workflows that come with the product.

use forms::Date;
use workflow::publish::{Finding, run_cases};
use workflow::{Definition, Organisation};

const SHIPPED: [&str; 37] = [
    include_str!("../../../../manifests/workflows/user-create.json"),
    include_str!("../../../../manifests/workflows/users-create.json"),
    include_str!("../../../../manifests/workflows/user-change.json"),
    include_str!("../../../../manifests/workflows/user-block.json"),
    include_str!("../../../../manifests/workflows/user-allow.json"),
    include_str!("../../../../manifests/workflows/user-password.json"),
    include_str!("../../../../manifests/workflows/user-delete.json"),
    include_str!("../../../../manifests/workflows/user-offboard.json"),
    include_str!("../../../../manifests/workflows/user-licences.json"),
    include_str!("../../../../manifests/workflows/group-create.json"),
    include_str!("../../../../manifests/workflows/group-change.json"),
    include_str!("../../../../manifests/workflows/group-delete.json"),
    include_str!("../../../../manifests/workflows/group-adopt.json"),
    include_str!("../../../../manifests/workflows/m365-group-create.json"),
    include_str!("../../../../manifests/workflows/m365-group-change.json"),
    include_str!("../../../../manifests/workflows/m365-group-delete.json"),
    include_str!("../../../../manifests/workflows/m365-group-adopt.json"),
    include_str!("../../../../manifests/workflows/team-create.json"),
    include_str!("../../../../manifests/workflows/team-change.json"),
    include_str!("../../../../manifests/workflows/team-delete.json"),
    include_str!("../../../../manifests/workflows/team-join.json"),
    include_str!("../../../../manifests/workflows/team-adopt.json"),
    include_str!("../../../../manifests/workflows/list-create.json"),
    include_str!("../../../../manifests/workflows/list-change.json"),
    include_str!("../../../../manifests/workflows/list-delete.json"),
    include_str!("../../../../manifests/workflows/list-adopt.json"),
    include_str!("../../../../manifests/workflows/distribution-create.json"),
    include_str!("../../../../manifests/workflows/distribution-change.json"),
    include_str!("../../../../manifests/workflows/distribution-delete.json"),
    include_str!("../../../../manifests/workflows/distribution-adopt.json"),
    include_str!("../../../../manifests/workflows/mailbox-create.json"),
    include_str!("../../../../manifests/workflows/mailbox-change.json"),
    include_str!("../../../../manifests/workflows/mailbox-delete.json"),
    include_str!("../../../../manifests/workflows/contact-create.json"),
    include_str!("../../../../manifests/workflows/contact-change.json"),
    include_str!("../../../../manifests/workflows/contact-delete.json"),
    include_str!("../../../../manifests/workflows/custom-action.json"),
];

#[test]
fn f10_every_shipped_workflow_can_be_read_and_its_own_cases_come_out_as_written() {
    let today = Date::new(2027, 4, 1).unwrap();
    let mut cases = 0;
    for body in SHIPPED {
        let definition = Definition::parse(body).unwrap_or_else(|error| panic!("{error}"));
        for result in run_cases(&definition, &Organisation::default(), today) {
            assert_eq!(
                result.finding,
                Finding::AsExpected,
                "{}: {}",
                definition.key,
                result.name
            );
            cases += 1;
        }
    }
    assert_eq!(cases, 11);
}

#[test]
fn r22_the_directory_is_asked_about_a_whole_name_or_not_at_all() {
    let body = SHIPPED
        .into_iter()
        .find(|body| body.contains("\"mailbox-create\""));
    let body = body.unwrap();
    for (template, problem) in [
        ("\"{alias}\"", None),
        (
            "\"desk-{alias}\"",
            Some("the field \"alias\" has an availability"),
        ),
    ] {
        let body = body.replace("\"alias\": \"{alias}\"", &format!("\"alias\": {template}"));
        assert!(body.contains(template));
        let told = Definition::parse(&body).err().map(|error| error.to_string());
        assert_eq!(told.is_some(), problem.is_some(), "{told:?}");
        assert!(told.unwrap_or_default().contains(problem.unwrap_or_default()));
    }
    for body in SHIPPED {
        let definition = Definition::parse(body).unwrap();
        let Some(name) = definition.execution.plan.new_name() else {
            continue;
        };
        let rows = definition.execution.plan.rows();
        if rows.is_none() {
            let field = definition.form.field(name).unwrap();
            assert!(
                field.availability.is_some(),
                "{}: {name} is not asked",
                definition.key
            );
        }
    }
}
