//! A record in words, for whoever has to find out what went wrong.

use std::fmt::{self, Display, Formatter};

use super::record::{EDITABLE, Editor, Record, Version};

impl Display for Record {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} (item {})", self.number, self.item)?;
        let mut before: Option<&Version> = None;
        for version in &self.versions {
            write!(f, "  v{} {} {}", version.number, version.at, who(&version.editor))?;
            for column in EDITABLE {
                if let Some(text) = version.text(column) {
                    write!(f, " {column}={text}")?;
                }
            }
            if let Some(before) = before {
                let altered: Vec<_> = version.altered(before).collect();
                write!(f, " altered {altered:?}")?;
            }
            writeln!(f)?;
            before = Some(version);
        }
        for act in &self.acts {
            let action = act.first.text("PFApplicantAction").unwrap_or_default();
            writeln!(f, "  row {} {} {} {action}", act.item, act.first.at, act.author)?;
        }
        for line in &self.lines {
            let (kind, by) = (&line.event["type"], &line.event["by"]);
            writeln!(f, "  line {} {kind} {by} {}", line.at, line.event["opening"])?;
        }
        write!(f, "  told {:?}", self.told)
    }
}

fn who(editor: &Editor) -> &str {
    match editor {
        Editor::App => "the app",
        Editor::Person(person) => person,
        Editor::Nobody => "nobody",
    }
}
