//! Whether a definition may be published: it parses, its routes reach somebody in this organisation, and its own test
//! cases come out as written.

use std::collections::BTreeSet;

use forms::Date;
use store::transaction;
use workflow::publish::{CaseResult, Coverage, Finding, check_routes_for, run_cases};
use workflow::{Definition, DefinitionError, Organisation, PersonId};

use crate::actions;
use crate::jobs::JobError;
use crate::prepare::organisation::{self, Directory};
use crate::prepare::today;
use crate::service::Service;
use crate::workflows::Offered;

/// What was looked at, or everything that is wrong.
pub(crate) type Checked = Result<Good, Vec<DefinitionError>>;

/// A definition that may be published, and how thoroughly it was looked at.
pub(crate) struct Good {
    pub(crate) coverage: Coverage,
    /// How many people of the tenant may sign in.
    pub(crate) people: usize,
}

/// The offered definitions that differ from what applications were pinned to under the same version.
pub(crate) async fn altered(service: &Service) -> Result<Vec<&Offered>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => {
        let mut altered = Vec::new();
        for offered in &service.workflows {
            let (key, version) = (&offered.definition.key, offered.definition.version);
            let key = store::WorkflowKey::new(key.as_str());
            let pinned = tx.pinned_definition(&key, i64::from(version)).await?;
            if pinned.is_some_and(|pinned| pinned.body != offered.body) {
                altered.push(offered);
            }
        }
        Ok(altered)
    })
}

/// Reads applicants of the tenant and the people whom the definition can name for them; writes nothing.
pub(crate) async fn check(
    service: &Service,
    definition: &Definition,
    directory: &mut Directory,
) -> Result<Checked, JobError> {
    if let Some(fault) = actions::unknown(&service.config, definition) {
        return Ok(Err(vec![fault]));
    }
    let base = today(service)?;
    let anybody = organisation::read_for_anybody(service, definition, base, directory).await?;
    let judged = judge(definition, &anybody.applicants, &anybody.organisation, base);
    let people = anybody.people;
    Ok(judged.map(|coverage| Good { coverage, people }))
}

fn judge(
    definition: &Definition,
    applicants: &BTreeSet<PersonId>,
    organisation: &Organisation,
    base: Date,
) -> Result<Coverage, Vec<DefinitionError>> {
    let results = run_cases(definition, organisation, base);
    let mut faults: Vec<DefinitionError> = results.iter().enumerate().filter_map(complaint).collect();
    match check_routes_for(applicants, definition, organisation, base) {
        Ok(coverage) if faults.is_empty() => Ok(coverage),
        Ok(_) => Err(faults),
        Err(fault) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

/// A test case that does not come out as written.
fn complaint((at, result): (usize, &CaseResult)) -> Option<DefinitionError> {
    let name = &result.name;
    match &result.finding {
        Finding::AsExpected => None,
        Finding::Differs { at: step, found } => Some(DefinitionError {
            path: format!("cases[{at}].expect[{step}]"),
            problem: format!(
                "the test case \"{name}\" comes to {}",
                serde_json::to_string(found).unwrap_or_default()
            ),
            remedy: "Correct the steps, or what the case expects".to_owned(),
        }),
        Finding::Fails(error) => Some(DefinitionError {
            path: format!("cases[{at}]"),
            problem: format!("the test case \"{name}\" has no route: {error}"),
            remedy: "Correct the step that is named".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::setup::WORKFLOWS;

    /// The shipped definition with one step that asks these people.
    fn asking(people: &[&str], more: &Value) -> Definition {
        let mut body: Value = serde_json::from_str(WORKFLOWS[0]).unwrap();
        let title = json!({ "ja": "確認", "en": "Check" });
        let assignees = json!([{ "from": "people", "people": people }]);
        body["steps"] =
            json!([{ "key": "one", "title": title, "kind": { "approval": { "assignees": assignees } } }]);
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        Definition::parse(&body.to_string()).unwrap()
    }

    fn organisation() -> Organisation {
        let people = json!({ "boss": { "enabled": true }, "clerk": { "enabled": true, "manager": "boss" } });
        serde_json::from_value(json!({ "people": people })).unwrap()
    }

    fn faults(definition: &Definition) -> Vec<String> {
        let today = Date::new(2027, 4, 1).unwrap();
        let organisation = organisation();
        let applicants = organisation.people.keys().cloned().collect();
        let checked = judge(definition, &applicants, &organisation, today);
        let faults = checked.err().unwrap_or_default();
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_test_case_that_comes_out_otherwise_is_named_with_its_place() {
        let case = |person: &str| {
            let expect = json!([{ "step": "one", "people": [person] }]);
            json!({ "cases": [{ "name": "普通", "applicant": "clerk", "expect": expect }], "selfRule": "allow" })
        };
        assert_eq!(faults(&asking(&["boss"], &case("boss"))), Vec::<String>::new());
        let told = faults(&asking(&["boss"], &case("another")));
        assert!(
            told[0].starts_with("cases[0].expect[0]: the test case \"普通\" comes to "),
            "{told:?}"
        );
    }

    #[test]
    fn a_step_that_reaches_nobody_is_named_with_the_applicant() {
        let told = faults(&asking(&["gone"], &json!({})));
        assert!(told[0].starts_with("steps[0]: for applicant boss"), "{told:?}");
    }
}
