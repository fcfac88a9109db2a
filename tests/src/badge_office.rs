//! 入館証システム: another company's system, which takes signed requests over TLS, keeps books, and says later what came
//! of them. Written from the text of Standard Webhooks 1.0.0 alone.

mod books;
mod letter;
mod replies;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum_server::Handle;
use axum_server::tls_openssl::OpenSSLConfig;
use dev_tenant::shell::issue_leaf;
use dev_tenant::world::World;

pub use books::{Books, Mood, Order};
pub use letter::Letter;
pub use replies::Answer;

use crate::house::{House, pause};

pub const HOST: &str = "badge.contoso.example";
/// The name by which definitions know it.
pub const DESTINATION: &str = "badge-office";
/// The secret that it shares with the product, and the one that takes its place.
pub const SECRET: &str = "whsec_b2ZmaWNlLW9mZmljZS1vZmZpY2Utb2ZmaWNlLW8=";
pub const NEXT_SECRET: &str = "whsec_bmV4dC1uZXh0LW5leHQtbmV4dC1uZXh0LW5leHQtbmV4dA==";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 1_200;

/// The running system.
pub struct BadgeOffice {
    address: SocketAddr,
    books: Arc<Mutex<Books>>,
    world: Arc<World>,
    handle: Handle<SocketAddr>,
}

#[derive(Clone)]
struct Desk {
    books: Arc<Mutex<Books>>,
    world: Arc<World>,
}

impl BadgeOffice {
    /// Opens, and makes the house's configuration name it; the product does not run yet.
    pub async fn open(house: &House) -> Self {
        let leaf = issue_leaf(&house.folder.path().join("tenant"), &[HOST]).expect("a certificate");
        let config = OpenSSLConfig::from_pem(&leaf.certificate, &leaf.key).expect("TLS");
        let (books, world) = (Arc::default(), Arc::clone(&house.tenant.world));
        let desk = Desk {
            books: Arc::clone(&books),
            world: Arc::clone(&world),
        };
        let routes = Router::new().route("/orders", post(receive)).with_state(desk);
        let handle = Handle::new();
        let server = axum_server::bind_openssl(SocketAddr::from(([127, 0, 0, 1], 0)), config);
        let server = server.handle(handle.clone()).serve(routes.into_make_service());
        tokio::spawn(server);
        let address = handle.listening().await.expect("an address");
        let office = Self {
            address,
            books,
            world,
            handle,
        };
        office.introduce(house);
        office
    }

    /// Both secrets stand in the configuration; the office knows the old one alone.
    fn introduce(&self, house: &House) {
        for (file, secret) in [("badge.old", SECRET), ("badge.new", NEXT_SECRET)] {
            house.keep(file, format!("{secret}\n"));
        }
        house.configure(|text| {
            format!(
                "{text}\"{HOST}\" = \"{}\"\n[actions.{DESTINATION}]\nurl = \"https://{HOST}/orders\"\n\
                 secrets = [\"badge.new\", \"badge.old\"]\n",
                self.address
            )
        });
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it answers the next messages, in order; then it takes them.
    pub fn is_in(&self, moods: impl IntoIterator<Item = Mood>) {
        self.books().moods.extend(moods);
    }

    /// Waits until so many orders stand in the books.
    pub async fn has_orders(&self, count: usize) -> Vec<Order> {
        for _ in 0..LOOKS {
            let orders = self.books().orders.clone();
            if orders.len() >= count {
                return orders;
            }
            pause(LOOK).await;
        }
        panic!("no order comes: {:?}", self.books());
    }

    /// Waits until so many messages came, whatever became of them.
    pub async fn has_been_asked(&self, times: usize) {
        for _ in 0..LOOKS {
            if self.books().messages.len() >= times {
                return;
            }
            pause(LOOK).await;
        }
        panic!("no message comes: {:?}", self.books());
    }
}

impl Drop for BadgeOffice {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

async fn receive(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    let now = desk.world.clock.now().as_second();
    let letter = Letter::open(&headers, &body, now, SECRET);
    let mut books = desk.books.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(letter) = letter else {
        books.forged += 1;
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let answer = books.take(letter);
    drop(books);
    // Otherwise the task of the connection ends without one.
    answer.unwrap_or_else(|| std::panic::resume_unwind(Box::new("the answer is lost")))
}
