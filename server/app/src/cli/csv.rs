//! `csv`: rows of a bulk application as files, read and judged as the form and the service do.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use encoding_rs::{SHIFT_JIS, UTF_8};
use forms::{Schema, Start, Values, csv};
use serde_json::Value;
use store::transaction;

use crate::jobs::JobError;
use crate::prepare::today;
use crate::service::Service;
use crate::{issue_words, masters};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say what is wrong with the rows of a file (UTF-8 or Shift_JIS), one line each; changes nothing.
    Check {
        #[command(flatten)]
        form: Form,
        /// The other answers as a JSON object; none: what the form begins with.
        #[arg(long)]
        values: Option<PathBuf>,
        file: PathBuf,
    },
    /// Print a file with the headings alone, to be filled in.
    Template {
        #[command(flatten)]
        form: Form,
    },
}

#[derive(Debug, Args)]
struct Form {
    /// Key of the workflow, e.g. users-create.
    #[arg(long)]
    workflow: String,
    /// Key of the field of rows; needed where the form has several.
    #[arg(long)]
    rows: Option<String>,
}

impl Form {
    fn open<'a>(&self, service: &'a Service) -> anyhow::Result<(&'a Schema, String)> {
        let mut offered = service.workflows.iter().map(|offered| &offered.definition);
        let definition = offered.find(|definition| definition.key.as_str() == self.workflow);
        let missing = || format!("--workflow: there is no workflow {}", self.workflow);
        let schema = &definition.with_context(missing)?.form;
        let is_wanted = |key: &str| self.rows.as_deref().is_none_or(|wanted| wanted == key);
        let mut fields = schema.fields().map(|field| field.key.as_str());
        let rows = fields.find(|key| is_wanted(key) && csv::fields_of(schema, key).is_some());
        let rows = rows.context("--rows: the form has no such rows")?;
        Ok((schema, rows.to_owned()))
    }
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let today = today(&service)?;
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    let context = forms::Context {
        today,
        masters: masters?,
        naming: service.config.naming.rules(),
    };
    match arguments.what {
        What::Check { form, values, file } => {
            let (schema, rows) = form.open(&service)?;
            let answers = answers(schema, values.as_deref(), &context)?;
            check(&service, schema, (&rows, answers), &file, &context)
        }
        What::Template { form } => {
            let (schema, rows) = form.open(&service)?;
            let fields = csv::fields_of(schema, &rows).unwrap_or_default();
            let language = service.config.mail.language.into();
            super::print(csv::write([], fields, &context.masters, language, &[]).trim_end());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn answers(schema: &Schema, file: Option<&Path>, context: &forms::Context) -> anyhow::Result<Values> {
    let Some(file) = file else {
        let start = Start {
            today: context.today,
            applicant: std::collections::BTreeMap::new(),
        };
        return Ok(forms::defaults(schema.fields(), &start));
    };
    let name = || format!("--values {}", file.display());
    let text = std::fs::read_to_string(file).with_context(name)?;
    serde_json::from_str(&text).with_context(name)
}

fn check(
    service: &Service,
    schema: &Schema,
    (rows, answers): (&str, Values),
    file: &Path,
    context: &forms::Context,
) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let fields = csv::fields_of(schema, rows).unwrap_or_default();
    let read = match csv::read(&decoded(&bytes), fields, context) {
        Ok(read) => read,
        Err(error) => {
            let problem = serde_json::to_value(error.problem)?;
            let problem = problem.as_str().unwrap_or_default();
            super::print(&format!(
                "{}: line {}, column {}: {problem}",
                file.display(),
                error.line,
                error.column
            ));
            return Ok(ExitCode::FAILURE);
        }
    };
    let entered: Value = read.rows.iter().cloned().map(Value::Object).collect();
    let values = forms::normalise(schema, &answers.with(rows, entered));
    let issues = csv::judge(schema, rows, &values, context);
    let language = service.config.mail.language;
    for issue in &issues {
        super::print(&issue_words::line(issue, schema, language));
    }
    super::print(&format!(
        "{} row(s), {} finding(s)",
        read.rows.len(),
        issues.len()
    ));
    Ok(if issues.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// UTF-8 where it is that, else Shift_JIS. What is neither keeps replacement characters, which reading names by line.
fn decoded(bytes: &[u8]) -> String {
    let (text, _, is_broken) = UTF_8.decode(bytes);
    if !is_broken {
        return text.into_owned();
    }
    let (text, _) = SHIFT_JIS.decode_without_bom_handling(bytes);
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f10_files_are_utf8_or_shift_jis() {
        assert_eq!(decoded("\u{FEFF}氏名".as_bytes()), "氏名");
        assert_eq!(decoded(&[0x8e, 0x81, 0x96, 0xbc, 0x2c, 0x82, 0x60]), "氏名,Ａ");
        assert!(decoded(&[0xff, 0xfe, 0x8e]).contains('\u{FFFD}'));
    }
}
