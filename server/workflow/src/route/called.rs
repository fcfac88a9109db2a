//! People and objects as answers of forms and cells of tables call them.

use serde_json::Value;

use crate::ids::PersonId;
use crate::route::Organisation;

/// Between several names in one cell.
const SEPARATOR: char = ';';

/// One of them: by object id, or a person by user principal name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called<'a> {
    pub name: &'a str,
    /// The object id that stood beside the name.
    pub id: Option<&'a str>,
}

/// All in a value: a text, also several names with `;` between them, a person `{"upn": "…", "id"?: "…"}`, or a list.
pub fn called(value: Option<&Value>) -> Vec<Called<'_>> {
    match value {
        Some(Value::Array(items)) => items.iter().flat_map(|item| called(Some(item))).collect(),
        Some(Value::String(names)) => {
            let names = names
                .split(SEPARATOR)
                .map(str::trim)
                .filter(|name| !name.is_empty());
            names.map(|name| Called { name, id: None }).collect()
        }
        Some(Value::Object(person)) => {
            let member = |key| {
                person
                    .get(key)
                    .and_then(Value::as_str)
                    .filter(|text| !text.is_empty())
            };
            let id = member("id");
            let name = member("upn").or(id);
            name.map(|name| Called { name, id }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

impl Organisation {
    /// Who is called so. The name counts before the id beside it: it is what people saw. An unknown name stays as it
    /// is, the id of nobody.
    pub(crate) fn whom(&self, called: &Called) -> PersonId {
        let known = self.names.get(&called.name.to_lowercase()).cloned();
        known.unwrap_or_else(|| PersonId::new(called.id.unwrap_or(called.name)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_that_is_known_counts_before_the_id_beside_it() {
        let mut organisation = Organisation::default();
        organisation
            .names
            .insert("x@contoso.example".into(), PersonId::new("x"));
        let whom = |value: Value| {
            let all = called(Some(&value))
                .into_iter()
                .map(|one| organisation.whom(&one).to_string());
            all.collect::<Vec<_>>()
        };
        assert_eq!(whom(json!({ "upn": "X@contoso.example", "id": "y" })), ["x"]);
        assert_eq!(whom(json!({ "upn": "z@contoso.example", "id": "y" })), ["y"]);
        assert_eq!(whom(json!({ "upn": "", "id": "y" })), ["y"]);
        assert_eq!(whom(json!("x@contoso.example; y;")), ["x", "y"]);
        assert_eq!(whom(json!([{ "id": "y" }, "x@contoso.example"])), ["y", "x"]);
        assert_eq!(whom(json!(3)), [""; 0]);
    }
}
