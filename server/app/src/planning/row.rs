//! The rows of a form, each as answers of its own.

use forms::{Issue, Values, csv};
use serde_json::{Map, Value};
use workflow::{ApplicationId, Definition};

/// The answers from which one account is planned.
pub(super) struct Sheet {
    pub(super) values: Values,
    /// The number of the row, from 1; none: the form itself.
    row: Option<usize>,
}

/// One sheet for each row, or the form as the only one. A row answers with its own fields, the form with the others.
pub(super) fn sheets(definition: &Definition, values: &Values) -> Vec<Sheet> {
    let Some(key) = definition.execution.plan.rows() else {
        let values = values.clone();
        return vec![Sheet { values, row: None }];
    };
    let mut form = values.as_map().clone();
    let rows = form.remove(key.as_str());
    let rows = rows.as_ref().and_then(Value::as_array);
    let rows = rows.into_iter().flatten().filter_map(Value::as_object);
    let sheet = |(number, row): (usize, &Map<String, Value>)| {
        let mut answers = form.clone();
        answers.extend(row.clone());
        Sheet {
            values: Values::new(answers),
            row: Some(number),
        }
    };
    (1..).zip(rows).map(sheet).collect()
}

/// How the account of a row is marked: the application, and the row by its number from 1.
pub(crate) fn name(application: &str, row: usize) -> String {
    format!("{application}#{row}")
}

impl Sheet {
    /// What the account is marked with.
    pub(super) fn name(&self, application: &ApplicationId) -> String {
        match self.row {
            Some(row) => name(application.as_str(), row),
            None => application.to_string(),
        }
    }

    /// Issues at the place where the applicant can mend them.
    pub(super) fn place(&self, mut issues: Vec<Issue>, definition: &Definition) -> Vec<Issue> {
        if let (Some(row), Some(key)) = (self.row, definition.execution.plan.rows()) {
            let fields = csv::fields_of(&definition.form, key.as_str()).unwrap_or_default();
            let path = format!("{key}[{}]", row - 1);
            for issue in &mut issues {
                if issue.field.is_empty() {
                    issue.field.clone_from(&path);
                } else if fields.iter().any(|field| field.key.as_str() == issue.field) {
                    issue.field = format!("{path}.{}", issue.field);
                }
            }
        }
        issues
    }
}
