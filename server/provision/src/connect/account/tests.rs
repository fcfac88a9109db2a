use super::super::{StepOutcome, testing};
use super::*;

fn planned() -> NewAccount {
    let planned = json!({"department": "営業部", "employeeHireDate": "2027-01-04T00:00:00Z"});
    let mut attributes = planned.as_object().cloned().unwrap();
    mark::put(&mut attributes, &mark::of("a-1"));
    NewAccount {
        display_name: "高橋 花".to_owned(),
        mail_nickname: "h.takahashi".to_owned(),
        attributes,
    }
}

/// What the tests compare with.
fn compare(holder: &Holder) -> (Next<Change>, StepOutcome) {
    let (key, password) = (testing::key(), SecretString::from("secret"));
    let new = planned();
    let want = CreateUser {
        account: &key,
        new: &new,
        password: &password,
    };
    (want.compare(holder), want.settled(holder))
}

fn as_planned() -> Value {
    json!({"displayName": "高橋 花", "mailNickname": "h.takahashi", "department": "営業部",
           "employeeHireDate": "2027-01-04T00:00:00.000Z", "jobTitle": "ours to ignore"})
}

#[test]
fn nobody_is_created_and_a_stranger_is_never_touched() {
    let key = testing::key();
    assert_eq!(compare(&Holder::Nobody).0, Next::Write(Change::Create));
    let of_another_application = testing::shown("a-2", &as_planned());
    let mut unmarked = of_another_application.clone();
    unmarked.remove(mark::HOLDER);
    for stranger in [of_another_application, unmarked] {
        let holder = Holder::read(&key, stranger);
        assert_eq!(holder, Holder::Stranger);
        assert_eq!(compare(&holder).0, Next::Refuse(Failure::Taken));
    }
}

#[test]
fn what_was_created_before_an_answer_got_lost_is_recognised() {
    let key = testing::key();
    let holder = Holder::read(&key, testing::shown("a-1", &as_planned()));
    let receipt = json!({ "account": testing::ACCOUNT });
    assert_eq!(compare(&holder).1, StepOutcome::Done(receipt));
}

#[test]
fn only_what_differs_is_written_again() {
    let key = testing::key();
    let mut shown = as_planned();
    shown["department"] = json!("人事部");
    shown["employeeHireDate"] = Value::Null;
    let holder = Holder::read(&key, testing::shown("a-1", &shown));
    let open = json!({"department": "営業部", "employeeHireDate": "2027-01-04T00:00:00Z"});
    let change = Change::Update(open.as_object().cloned().unwrap());
    assert_eq!(compare(&holder).0, Next::Write(change));
}
