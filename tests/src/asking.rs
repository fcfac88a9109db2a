//! People at web parts who ask our API without a rest.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{RwLock, RwLockWriteGuard};
use tokio::task::JoinHandle;

use crate::api::ApiToken;

/// One question in so many leads the service itself to Microsoft 365: whether a name that nobody asked of is free.
const LOOK_UP: usize = 25;

/// What became of the questions.
#[derive(Debug, Default)]
pub struct Heard {
    pub asked: usize,
    /// The questions that got no good answer, with what was said.
    pub refused: Vec<String>,
}

pub struct Asking {
    tokens: Arc<RwLock<Vec<ApiToken>>>,
    heard: Arc<Mutex<Heard>>,
    task: JoinHandle<()>,
}

impl Asking {
    /// Asks by these tokens in turn, one question after each `pause`, whether or not those before are answered.
    pub fn begin(tokens: Vec<ApiToken>, pause: Duration) -> Self {
        let tokens = Arc::new(RwLock::new(tokens));
        let heard = Arc::new(Mutex::new(Heard::default()));
        let task = tokio::spawn(ask(Arc::clone(&tokens), Arc::clone(&heard), pause));
        Self { tokens, heard, task }
    }

    /// Waits for the answers that are due; nobody asks, and the tokens can be changed, while this is held.
    pub async fn hold(&self) -> RwLockWriteGuard<'_, Vec<ApiToken>> {
        self.tokens.write().await
    }

    /// How many questions were answered so far.
    pub fn count(&self) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).asked
    }

    /// The last answers are waited for.
    pub async fn end(self) -> Heard {
        self.task.abort();
        let _ = self.task.await;
        let _answered = self.tokens.write().await;
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut heard)
    }
}

async fn ask(tokens: Arc<RwLock<Vec<ApiToken>>>, heard: Arc<Mutex<Heard>>, pause: Duration) {
    let mut ticks = tokio::time::interval(pause);
    for number in 0.. {
        ticks.tick().await;
        let (tokens, heard) = (Arc::clone(&tokens).read_owned().await, Arc::clone(&heard));
        tokio::spawn(async move {
            let question = question(number);
            let answer = tokens[number % tokens.len()].ask(&question).await;
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.asked += 1;
            if let Err(why) = answer {
                heard.refused.push(format!("{question}: {why}"));
            }
            drop(heard);
            drop(tokens);
        });
    }
}

fn question(number: usize) -> String {
    if number % LOOK_UP == LOOK_UP - 1 {
        return format!("availability/upn?name=asked{number}");
    }
    ["applications", "tasks"][number / 2 % 2].to_owned()
}
