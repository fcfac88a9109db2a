//! How one act is done in each way.

use e2e::api::ApiToken;
use e2e::deed::ask;
use e2e::house::pause;
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::super::{LOOK, LOOKS, Pair, became, token};
use super::Case;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// An entry into the item.
    Item,
    /// A row of the inbox.
    Row,
    Request,
    Shell,
}

impl Way {
    /// Where the journal says that it was written.
    pub(super) fn place(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Row => "inbox",
            Self::Request => "request",
            Self::Shell => "system",
        }
    }

    pub(super) fn channel(self) -> &'static str {
        match self {
            Self::Item => "list",
            Self::Row => "webPart",
            Self::Request => "api",
            Self::Shell => "system",
        }
    }
}

/// The API's three doors.
#[derive(Debug, Clone, Copy)]
pub(super) enum Door {
    Decision,
    Act,
    Administration,
}

/// What somebody does; each way that is there is taken.
pub(super) struct Act<'a> {
    /// The first line that it leaves.
    pub(super) event: &'static str,
    pub(super) by: &'a Person,
    /// The step that he sees, where it is about one.
    pub(super) at: Option<&'static str>,
    pub(super) item: Option<Value>,
    /// 操作, and further columns.
    pub(super) row: (&'static str, Value),
    pub(super) request: (Door, Value),
    pub(super) shell: Option<Vec<String>>,
}

impl Act<'_> {
    pub(super) fn ways(&self) -> Vec<Way> {
        let item = self.item.as_ref().map(|_| Way::Item);
        let shell = self.shell.as_ref().map(|_| Way::Shell);
        let mut ways: Vec<_> = item.into_iter().chain([Way::Row, Way::Request]).collect();
        ways.extend(shell);
        ways
    }

    pub(super) async fn perform(&self, pair: &Pair, (item, number): &Case, way: Way) {
        let seen = match self.at {
            Some(step) => {
                let asks = |row: &Value| row["PFStepName"] == step && !row["PFStepToken"].is_null();
                Some(token(&pair.until(self.by, *item, asks).await))
            }
            None => None,
        };
        match way {
            Way::Item => self.enter(pair, *item, seen.as_ref()).await,
            Way::Row => self.add_row(pair, number, seen).await,
            Way::Request => self.send(pair, number, seen).await,
            Way::Shell => self.command(pair, number),
        }
    }

    /// Once he may: the step is shown a moment before he is let in.
    async fn enter(&self, pair: &Pair, item: i64, seen: Option<&Value>) {
        let mut entry = self.item.clone().expect("an entry");
        if let Some(seen) = seen.and_then(Value::as_str) {
            entry["PFDecisionFor"] = json!(format!("{seen}:{}", self.by.id));
        }
        for _ in 0..LOOKS {
            if self.by.change(APPLICATIONS, item, &entry).await.is_success() {
                return;
            }
            pause(LOOK).await;
        }
        panic!("{}: he may not write\n{}", self.event, pair.house.log_end());
    }

    async fn add_row(&self, pair: &Pair, number: &str, seen: Option<Value>) {
        let (action, mut more) = self.row.clone();
        if let Some(seen) = seen {
            more["PFStepToken"] = seen;
        }
        let answer = ask(&pair.house, self.by, number, action, &more).await;
        assert_eq!(answer.len(), 2, "{action}: {answer}");
    }

    async fn send(&self, pair: &Pair, number: &str, seen: Option<Value>) {
        let portal = ApiToken::of_portal(&pair.house, self.by).await;
        let (door, mut body) = self.request.clone();
        if let Some(seen) = seen {
            body["token"] = seen;
        }
        let key = format!("{}:{number}:{body}", self.event);
        let key = openssl::base64::encode_block(&openssl::sha::sha256(key.as_bytes()));
        let key = Some(key.as_str());
        let (status, place, said) = match door {
            Door::Decision => portal.decide(number, key, &body).await,
            Door::Act => portal.act(number, key, &body).await,
            Door::Administration => portal.administer(number, key, &body).await,
        };
        assert_eq!(status, StatusCode::ACCEPTED, "{}: {said}", self.event);
        assert_eq!(
            became(&pair.house, &portal, &place).await,
            "recorded",
            "{}",
            self.event
        );
    }

    fn command(&self, pair: &Pair, number: &str) {
        let deed = self.shell.as_ref().expect("a command");
        let deed: Vec<&str> = deed.iter().map(String::as_str).collect();
        let said = pair.shell_on(number, &deed);
        assert!(said.is_ok(), "{}: {said:?}", self.event);
    }
}
