//! Who seals, and how: the product's client, and PnPjs as its documentation teaches it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use m365::csom::{FieldValue, Grant, Seal};
use m365::sharepoint::{PrincipalId, RoleDefinitionId, Site};

use crate::arena::Clock;
use crate::case::{Case, OwnRow, Wish};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Contender {
    Ours,
    /// In batches of so many calls; 0 = one call after the other.
    PnPjs(u32),
}

pub(crate) const CONTENDERS: [Contender; 4] = [
    Contender::Ours,
    Contender::PnPjs(0),
    Contender::PnPjs(20),
    Contender::PnPjs(100),
];

impl Contender {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Ours => "ours".to_owned(),
            Self::PnPjs(0) => "PnPjs".to_owned(),
            Self::PnPjs(batch) => format!("PnPjs, batches of {batch}"),
        }
    }
}

/// Seals all, as many as go into each request.
pub(crate) async fn seal(site: &Site, clock: &Clock, case: &Case) {
    let seals: Vec<_> = case.items.iter().map(|wish| of(wish, case)).collect();
    let mut done = 0;
    while done < seals.len() {
        clock.skip_a_minute();
        let outcomes = site.seal(case.list, &seals[done..]).await;
        let outcomes = outcomes.unwrap_or_else(|error| panic!("{error}: {}", error.message));
        assert!(!outcomes.is_empty(), "an item that fits into no request");
        done += outcomes.len();
        for outcome in outcomes {
            outcome.unwrap_or_else(|error| panic!("{error}: {}", error.message));
        }
    }
}

fn of(wish: &Wish, case: &Case) -> Seal {
    let grant = |id: &i32| Grant {
        principal: PrincipalId(*id),
        role: RoleDefinitionId(case.level),
    };
    let field = |(name, text): &(&str, String)| ((*name).to_owned(), FieldValue::Text(text.clone()));
    Seal {
        fields: wish.fields.iter().map(field).collect(),
        grants: wish.people.iter().map(grant).collect(),
        drop_app_row: case.own_row == OwnRow::Goes,
    }
}

/// A script that says `ready`, waits for a line and says `done`.
pub(crate) struct Script {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Script {
    pub(crate) fn start(mut command: Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.spawn().expect("node runs");
        let said = BufReader::new(child.stdout.take().expect("its output"));
        let mut script = Self { child, said };
        script.hear("ready");
        script
    }

    pub(crate) fn run(&mut self) {
        let input = self.child.stdin.as_mut().expect("its input");
        input.write_all(b"go\n").expect("it listens");
        self.hear("done");
    }

    pub(crate) fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().expect("it ends").success());
    }

    fn hear(&mut self, word: &str) {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it speaks");
        assert_eq!(line.trim(), word);
    }
}
