//! `$batch`.

use super::harness::{House, app, house};

const LIST: &str = "web/lists/getbytitle('Things')";

fn things() -> House {
    let house = house();
    house.list("Things");
    house
}

fn batch(house: &House, body: &str) -> (u16, String) {
    let headers = [("content-type", "multipart/mixed; boundary=batch_1")];
    let answer = house.send(&app(), "POST", "$batch", &headers, body.to_owned());
    (answer.status, String::from_utf8(answer.reply.body).unwrap())
}

fn create_part(title: &str) -> String {
    format!(
        "--changeset_2\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nPOST https://contoso.sharepoint.com/sites/flow/_api/{LIST}/items HTTP/1.1\naccept: application/json;odata=nometadata\ncontent-type: application/json\n\n{{\"Title\":\"{title}\"}}\n"
    )
}

#[test]
fn a_batch_is_answered_flat_and_in_order_and_goes_on_after_a_refusal() {
    let house = things();
    let get = |id: u32| {
        format!(
            "--batch_1\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nGET https://contoso.sharepoint.com/sites/flow/_api/{LIST}/items({id}) HTTP/1.1\naccept: application/json;odata=nometadata\n\n"
        )
    };
    let lf = format!(
        "--batch_1\nContent-Type: multipart/mixed; boundary=\"changeset_2\"\n\n{}{}--changeset_2--\n{}{}--batch_1--\n",
        create_part("one"),
        create_part("two"),
        get(9),
        get(2),
    );
    let (status, answer) = batch(&house, &lf);
    assert_eq!(status, 200);
    let statuses: Vec<&str> = answer
        .lines()
        .filter(|line| line.starts_with("HTTP/1.1"))
        .collect();
    assert_eq!(
        statuses,
        [
            "HTTP/1.1 201 Created",
            "HTTP/1.1 201 Created",
            "HTTP/1.1 404 Not Found",
            "HTTP/1.1 200 OK"
        ]
    );
    assert!(answer.ends_with("--\r\n"));
    assert!(answer.contains("\r\nCONTENT-TYPE: application/json;odata=nometadata"));
    let things = house.get(&app(), &format!("{LIST}/items"));
    assert_eq!(things.values().len(), 2);
}

#[test]
fn a_batch_of_more_than_a_hundred_parts_does_nothing() {
    let house = things();
    let part = format!(
        "--batch_1\nContent-Type: application/http\n\nPOST /sites/flow/_api/{LIST}/items HTTP/1.1\naccept: application/json\n\n{{}}\n"
    );
    let (status, answer) = batch(&house, &format!("{}--batch_1--\n", part.repeat(101)));
    assert_eq!(status, 400);
    assert!(answer.contains("too many parts"));
    assert_eq!(house.get(&app(), &format!("{LIST}/items")).values().len(), 0);
    let (status, _) = batch(&house, &format!("{}--batch_1--\n", part.repeat(100)));
    assert_eq!(status, 200);
}
