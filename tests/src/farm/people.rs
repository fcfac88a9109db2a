//! What people of the farm do, each by a token that speaks for him.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Farm, HOST, LOOKS};
use crate::person::list_path;

impl Farm {
    /// A token of the person of this name.
    async fn sign_in(&self, who: &str) -> String {
        let login = json!({ "logonName": format!(r"i:0#.w|contoso\{who}") });
        let app = self.token(&json!({}));
        let (_, user) = self
            .send(&app, Method::POST, "web/ensureuser", Some(&login))
            .await;
        self.token_of(user["UserId"]["NameId"].as_str().expect("a SID"))
    }

    /// Adds a row as the person of this name; its number.
    pub async fn add(&self, who: &str, list: &str, fields: &Value) -> i64 {
        let person = self.sign_in(who).await;
        let path = format!("{}/items", list_path(list));
        let (status, row) = self.send(&person, Method::POST, &path, Some(fields)).await;
        assert!(status.is_success(), "{status}: {row}");
        row["Id"].as_i64().expect("a number")
    }

    /// A row as the person of this name sees it, or the refusal.
    pub async fn read(&self, who: &str, (list, item): (&str, i64)) -> Result<Value, StatusCode> {
        let person = self.sign_in(who).await;
        let path = format!("{}/items({item})", list_path(list));
        let (status, row) = self.send(&person, Method::GET, &path, None).await;
        if status.is_success() { Ok(row) } else { Err(status) }
    }

    /// Changes a row as the person of this name, whatever its state.
    pub async fn change(&self, who: &str, (list, item): (&str, i64), fields: &Value) -> StatusCode {
        let person = self.sign_in(who).await;
        let url = format!("https://{HOST}/sites/flow/_api/{}/items({item})", list_path(list));
        let request = self.house().client().post(url).bearer_auth(person);
        let request = request
            .header("X-HTTP-Method", "MERGE")
            .header("IF-MATCH", "*")
            .header("accept", "application/json;odata=nometadata")
            .header("content-type", "application/json;odata=nometadata")
            .body(fields.to_string());
        request.send().await.expect("an answer").status()
    }

    /// Until a row is as wanted for the person of this name; the row.
    pub async fn until(
        &mut self,
        who: &str,
        place: (&str, i64),
        is_wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        let mut seen = Value::Null;
        for _ in 0..LOOKS {
            match self.read(who, place).await {
                Ok(row) if is_wanted(&row) => return row,
                Ok(row) => seen = row,
                Err(refusal) => seen = json!(refusal.as_u16()),
            }
            self.watch.rest().await;
        }
        panic!("it stays so for {who}: {seen}\n{}", self.house().log());
    }

    /// Entra knows somebody as an account of the farm's domain, or no longer does.
    pub fn synchronise(&self, who: &str, identifier: Option<Value>) -> Option<Value> {
        const IDENTIFIER: &str = "onPremisesSecurityIdentifier";
        let id = self.house().id_of(who);
        let mut tenant = self.house().world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.id.0 == id).expect("somebody");
        match identifier {
            Some(identifier) => user.properties.insert(IDENTIFIER.to_owned(), identifier),
            None => user.properties.remove(IDENTIFIER),
        }
    }
}
