//! Pages of the listings as people's browsers get them, and how long each takes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use e2e::api::ApiToken;
use e2e::house::House;
use e2e::person::Person;
use serde_json::{Value, json};

use super::cast::{DESKS, VOTERS};

/// Rows of a page when nothing is said.
const PAGE: usize = 30;
/// Each page is asked for so often in each house, in turn.
const ROUNDS: usize = 250;

/// One person's pages.
struct Reader {
    token: ApiToken,
    /// What it is, and where.
    pages: Vec<(&'static str, String)>,
}

/// The same pages of the same people in one house.
pub(crate) struct Readers(Vec<Reader>);

/// How many rows a listing has, page by page, and where each page after the first begins.
struct Walked {
    numbers: BTreeSet<String>,
    /// Of pages that are full.
    after: Vec<String>,
}

impl Readers {
    /// Those who apply at the desks, their managers, and one of the voters; every listing is read to its end first.
    /// `mine`: how many applications each desk made.
    pub(crate) async fn of(house: &House, mine: usize, waiting: usize) -> Self {
        let mut readers = Vec::new();
        for (applicant, manager) in DESKS {
            readers.push(Self::applicant(house, applicant, mine).await);
            readers.push(Self::approver(house, manager, waiting).await);
        }
        readers.push(Self::approver(house, VOTERS[0], waiting).await);
        Self(readers)
    }

    async fn applicant(house: &House, name: &str, mine: usize) -> Reader {
        let token = ApiToken::of(house, &Person::sign_in(house, name).await).await;
        let walked = walk(&token, "applications").await;
        assert_eq!(walked.numbers.len(), mine, "{name}");
        let page = |after: Option<&String>| format!("applications?after={}", after.expect("a further page"));
        let pages = vec![
            ("my applications, first page", "applications".to_owned()),
            ("my applications, second page", page(walked.after.first())),
            ("my applications, last page", page(walked.after.last())),
            ("my applications, 100 rows", "applications?limit=100".to_owned()),
        ];
        Reader { token, pages }
    }

    async fn approver(house: &House, name: &str, waiting: usize) -> Reader {
        let token = ApiToken::of(house, &Person::sign_in(house, name).await).await;
        let walked = walk(&token, "tasks").await;
        assert_eq!(walked.numbers.len(), waiting, "{name}");
        let second = walked.after.first().expect("a second page");
        let pages = vec![
            ("my tasks, first page", "tasks".to_owned()),
            ("my tasks, second page", format!("tasks?after={second}")),
        ];
        Reader { token, pages }
    }
}

async fn walk(token: &ApiToken, listing: &str) -> Walked {
    let (mut numbers, mut after) = (BTreeSet::new(), Vec::new());
    let mut path = listing.to_owned();
    loop {
        let (status, page) = token.get(&path).await;
        assert!(status.is_success(), "{status}: {page}");
        let rows = page["items"].as_array().expect("rows");
        if let Some(begins) = path.split_once("?after=").filter(|_| rows.len() == PAGE) {
            after.push(begins.1.to_owned());
        }
        let known = numbers.len();
        numbers.extend(rows.iter().map(|row| row["number"].to_string()));
        assert_eq!(numbers.len(), known + rows.len(), "a row came twice");
        let Some(next) = page["next"].as_str() else {
            return Walked { numbers, after };
        };
        path = format!("{listing}?after={next}");
    }
}

/// Times of one kind of page.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Milliseconds below which so many per mille of all times lie.
    fn below(&self, per_mille: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * per_mille).div_ceil(1_000).max(1);
        let found = sorted.get(rank - 1).expect("a time");
        (found.as_secs_f64() * 1e6).round() / 1e3
    }

    fn told(&self) -> Value {
        json!({ "gets": self.0.len(), "p50Ms": self.below(500), "p99Ms": self.below(990) })
    }
}

/// By kind of page: the times in the small house and in the large one.
pub(crate) type Compared = BTreeMap<&'static str, [Times; 2]>;

/// Both houses are asked in turn, so that whatever else the machine does strikes both.
pub(crate) async fn compare(small: &Readers, large: &Readers) -> Compared {
    let mut compared = Compared::new();
    for round in 0..ROUNDS {
        for (few, many) in small.0.iter().zip(&large.0) {
            for (few_page, many_page) in few.pages.iter().zip(&many.pages) {
                let times = compared.entry(few_page.0).or_default();
                let mut visits = [(0, &few.token, &few_page.1), (1, &many.token, &many_page.1)];
                if round % 2 == 1 {
                    visits.reverse();
                }
                for (house, token, path) in visits {
                    times[house].0.push(token.timed(path).await);
                }
            }
        }
    }
    compared
}

/// The figures, and the largest ratio of the p99 of many to that of few.
pub(crate) fn told(compared: &Compared) -> (Value, f64) {
    let mut worst = 0.0_f64;
    let told = compared.iter().map(|(kind, [few, many])| {
        let ratio = many.below(990) / few.below(990);
        worst = worst.max(ratio);
        let rounded = (ratio * 100.0).round() / 100.0;
        (
            *kind,
            json!({ "few": few.told(), "many": many.told(), "p99Ratio": rounded }),
        )
    });
    let told: BTreeMap<_, _> = told.collect();
    (json!(told), worst)
}
