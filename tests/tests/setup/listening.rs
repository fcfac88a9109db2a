//! An address that is taken: whoever starts `serve` twice is told so at once, and the first goes on.

use app::demo::PUBLIC_HOST;

use super::{house, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_serve_ends_at_once_and_says_which_address_is_taken_and_what_to_do() {
    let mut house = house().await;
    house.serve().await;
    let second = house.run(&["serve"]);
    let told = text(&second);
    assert!(!second.status.success(), "{told}");
    let named = told.contains("server.listen: 127.0.0.1:") && told.contains("is taken: end the program");
    assert!(named && !told.contains(" serving"), "{told}");
    let live = format!("https://{PUBLIC_HOST}/health/live");
    let answer = house.client().get(live).send().await.expect("the first goes on");
    assert!(answer.status().is_success(), "{}", answer.status());
}
