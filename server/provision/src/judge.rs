//! What stands against a wish, gathered at the fields of the form.

use forms::{Code, Issue};

use crate::attributes::{MAX_DISPLAY_NAME, too_long};
use crate::recipient::{MailPeople, Recipient, Recipients};
use crate::{People, Plan};

pub(crate) struct Judge<'a> {
    known: &'a MailPeople,
    issues: Vec<Issue>,
}

impl<'a> Judge<'a> {
    pub(crate) fn of(known: &'a MailPeople) -> Self {
        let issues = Vec::new();
        Self { known, issues }
    }

    /// The plan, if nothing stands against it.
    pub(crate) fn end(self, plan: Plan) -> Result<Plan, Vec<Issue>> {
        if self.issues.is_empty() {
            Ok(plan)
        } else {
            Err(self.issues)
        }
    }

    /// The same of what is there: people do it where a directory on premises masters that.
    pub(crate) fn end_of_change(self, plan: Plan, synced: bool) -> Result<Plan, Vec<Issue>> {
        let plan = self.end(plan)?;
        Ok(if synced { plan.with_work_by_hand() } else { plan })
    }

    pub(crate) fn is_content(&self) -> bool {
        self.issues.is_empty()
    }

    pub(crate) fn tell(&mut self, code: Code, field: &str) {
        self.issues.push(Issue::new(code, field));
    }

    pub(crate) fn extend(&mut self, issues: impl IntoIterator<Item = Issue>) {
        self.issues.extend(issues);
    }

    pub(crate) fn length(&mut self, field: &str, value: &str, max: usize) {
        self.issues.extend(too_long(field, value, max));
    }

    pub(crate) fn name(&mut self, name: &str, field: &str) {
        if name.is_empty() {
            self.tell(Code::Required, field);
        }
        self.length(field, name, MAX_DISPLAY_NAME);
    }

    /// Those who exist and get mail, by their names of today. `enabled`: only whoever may sign in.
    pub(crate) fn recipients(&mut self, wished: &People, field: &str, enabled: bool) -> Recipients {
        let mut recipients = Recipients::new();
        for (id, told) in wished {
            match self.known.get(id) {
                Some(person) if enabled && !person.enabled => self.complain(Code::UnknownPerson, field, told),
                Some(person) if !person.gets_mail => self.complain(Code::NoMailbox, field, told),
                Some(person) => {
                    let (name, address) = (person.name.clone(), person.address.clone());
                    recipients.insert(*id, Recipient { name, address });
                }
                None => self.complain(Code::UnknownPerson, field, told),
            }
        }
        recipients
    }

    fn complain(&mut self, code: Code, field: &str, person: &str) {
        self.issues.push(Issue::new(code, field).with("person", person));
    }
}
