//! Which answers an application has that follows another one.

use forms::Values;
use workflow::Definition;
use workflow::application::{Link, LinkKind};
use workflow::definition::End;

use crate::cases::Case;
use crate::jobs::JobError;
use crate::publish::Story;
use crate::service::Service;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answers {
    /// Those that were entered.
    Entered,
    /// 取消申請: those of the original, whatever was entered.
    Original(Values),
    /// 更新申請: those of the original, but for the few that a renewal asks.
    Renewed(Values),
}

impl Answers {
    pub(crate) async fn of(service: &Service, link: Option<&Link>) -> Result<Self, JobError> {
        let Some(link) = link.filter(|link| link.kind != LinkKind::Amend) else {
            return Ok(Self::Entered);
        };
        let original = store::ApplicationId::new(link.original.as_str());
        let story = Story::tell(service, &Case::of_job(service, &original).await?).await?;
        let sealed = story.payload().map(|payload| payload.values.clone());
        let sealed =
            sealed.ok_or_else(|| JobError::Stuck(format!("the form of {} is missing", link.original)))?;
        Ok(match link.kind {
            LinkKind::Reverse => Self::Original(sealed),
            LinkKind::Renew => Self::Renewed(sealed),
            LinkKind::Amend => Self::Entered,
        })
    }

    /// With what was entered.
    pub(crate) fn with(&self, definition: &Definition, entered: Values) -> Values {
        match self {
            Self::Entered => entered,
            Self::Original(sealed) => sealed.clone(),
            Self::Renewed(sealed) => {
                let mut values = sealed.as_map().clone();
                for field in definition.execution.end.iter().flat_map(End::renewed) {
                    match entered.get(field.as_str()) {
                        Some(answer) => values.insert(field.to_string(), answer.clone()),
                        None => values.remove(field.as_str()),
                    };
                }
                Values::new(values)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn x03_a_renewal_asks_the_day_and_what_its_definition_names_and_nothing_else() {
        let mut definition: serde_json::Value = serde_json::from_str(crate::setup::WORKFLOWS[0]).unwrap();
        definition["execution"]["end"] = json!({ "field": "startDate", "renewal": ["department"] });
        let definition = Definition::parse(&definition.to_string()).unwrap();
        let read = |values: serde_json::Value| Values::parse(&values.to_string()).unwrap();
        let sealed = read(json!({ "lastName": "高橋", "startDate": "2027-01-04", "department": "営業部" }));
        let entered = read(json!({ "lastName": "佐藤", "startDate": "2027-04-01" }));
        let renewed = Answers::Renewed(sealed.clone()).with(&definition, entered.clone());
        assert_eq!(
            renewed,
            read(json!({ "lastName": "高橋", "startDate": "2027-04-01" }))
        );
        assert_eq!(
            Answers::Original(sealed.clone()).with(&definition, entered.clone()),
            sealed
        );
        assert_eq!(Answers::Entered.with(&definition, entered.clone()), entered);
    }
}
