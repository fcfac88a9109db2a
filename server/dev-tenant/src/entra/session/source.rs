//! Where a browser goes after signing in: never off the host.

use url::Url;

use crate::entra::fault::Fault;

/// `source` as an absolute address of `host`; none means the home page.
pub(super) fn on_host(host: &str, source: Option<&str>) -> Result<String, Fault> {
    let refuse = || {
        let text = "The Source parameter leads to another host.";
        Fault::new(400, "invalid_request", 50011, text)
    };
    let home = Url::parse(&format!("https://{host}/")).map_err(|_| refuse())?;
    let target = home.join(source.unwrap_or("/")).map_err(|_| refuse())?;
    let plain = target.username().is_empty() && target.password().is_none();
    if plain && target.origin() == home.origin() {
        Ok(target.into())
    } else {
        Err(refuse())
    }
}

#[cfg(test)]
mod tests {
    use super::on_host;

    #[test]
    fn only_addresses_of_the_host_are_followed() {
        let host = "contoso.sharepoint.com";
        let good = [
            (None, "https://contoso.sharepoint.com/"),
            (
                Some("/sites/flow?a=1#b"),
                "https://contoso.sharepoint.com/sites/flow?a=1#b",
            ),
            (
                Some("https://CONTOSO.sharepoint.com/x"),
                "https://contoso.sharepoint.com/x",
            ),
        ];
        for (source, target) in good {
            assert_eq!(on_host(host, source).unwrap(), target);
        }
        let bad = [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "http://contoso.sharepoint.com/",
            "https://contoso.sharepoint.com@evil.example/",
            "https://a:b@contoso.sharepoint.com/",
            "https://contoso.sharepoint.com.evil.example/",
            "https://contoso.sharepoint.com:444/",
            "javascript:alert(1)",
            "\t//evil.example",
        ];
        for source in bad {
            assert!(on_host(host, Some(source)).is_err(), "{source}");
        }
    }
}
