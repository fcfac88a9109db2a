//! Workflows by their titles in every view that shows one: the column holds the key.

use super::{Choice, List};
use crate::workflows::Offered;

const WORKFLOW: &str = "PFWorkflow";

/// Gives the lists' columns the titles of the workflows that are offered.
pub(super) fn put(lists: &mut [List], offered: &[Offered]) {
    let names: Vec<Choice> = offered.iter().filter_map(name).collect();
    let fields = lists.iter_mut().flat_map(|list| &mut list.fields);
    for field in fields.filter(|field| field.name == WORKFLOW) {
        field.names.clone_from(&names);
    }
}

/// None where the title would end the expression that shows it; then the key is shown.
fn name(offered: &Offered) -> Option<Choice> {
    let definition = &offered.definition;
    let name = Choice {
        value: definition.key.to_string(),
        ja: definition.title.ja.clone(),
        en: definition.title.en.clone(),
    };
    let quoted = [&name.value, &name.ja, &name.en]
        .into_iter()
        .any(|text| text.contains('\''));
    (!quoted).then_some(name)
}

#[cfg(test)]
mod tests {
    use workflow::Definition;

    use super::super::{Manifest, WORKFLOWS, formatter};
    use super::*;

    #[test]
    fn a_workflow_is_shown_by_its_title_and_by_its_key_where_the_title_cannot_stand_in_an_expression() {
        let mut offered: Vec<_> = WORKFLOWS[..2]
            .iter()
            .map(|body| Offered {
                definition: Definition::parse(body).unwrap(),
                body: (*body).to_owned(),
            })
            .collect();
        offered[1].definition.title.en = "Editor's accounts".into();
        let mut lists = Manifest::embedded().unwrap().lists;
        put(&mut lists, &offered);
        for key in ["inbox", "applications"] {
            let list = lists.iter().find(|list| list.key == key).unwrap();
            let field = list.fields.iter().find(|field| field.name == WORKFLOW).unwrap();
            assert_eq!(
                formatter(field).unwrap()["txtContent"],
                "=if(Number(@UIlcid) == 1041, if(@currentField == 'user-create', '新規ユーザー登録', @currentField), \
                 if(@currentField == 'user-create', 'New user', @currentField))",
                "{key}"
            );
        }
    }
}
