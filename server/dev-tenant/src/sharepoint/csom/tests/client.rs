use serde_json::Value;
use uuid::Uuid;

use super::super::process;
use crate::call::Call;
use crate::caller::Caller;
use crate::sharepoint::fixture::Fixture;

impl Fixture {
    /// Sends a request whose `Actions` and `ObjectPaths` are given inside the usual frame.
    pub(super) fn send(&self, caller: &Caller, actions: &str, paths: &str) -> Vec<Value> {
        self.send_watched(caller, actions, paths, &mut || {})
    }

    pub(super) fn send_watched(
        &self,
        caller: &Caller,
        actions: &str,
        paths: &str,
        between: &mut dyn FnMut(),
    ) -> Vec<Value> {
        let body = request(actions, &format!("{}{paths}", self.usual_paths()));
        let call = Call {
            method: http::Method::POST,
            host: "contoso.sharepoint.com".to_owned(),
            path: "/sites/flow/_vti_bin/client.svc/ProcessQuery".to_owned(),
            query: String::new(),
            headers: http::HeaderMap::new(),
            body: body.into(),
            request_id: Uuid::from_u128(77),
        };
        let reply = process(&self.world, self.site, caller, &call, between).unwrap();
        assert_eq!(reply.status, 200);
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// 1 context, 2 web, 3 lists, 4 the list.
    fn usual_paths(&self) -> String {
        format!(
            r#"<StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current"/>
            <Property Id="2" ParentId="1" Name="Web"/><Property Id="3" ParentId="2" Name="Lists"/>
            <Method Id="4" ParentId="3" Name="GetById"><Parameters><Parameter Type="Guid">{{{}}}</Parameter></Parameters></Method>"#,
            self.list
        )
    }
}

pub(super) fn request(actions: &str, paths: &str) -> String {
    format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="test"><Actions>{actions}</Actions><ObjectPaths>{paths}</ObjectPaths></Request>"#
    )
}
