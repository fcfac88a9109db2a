//! Session cookies: never readable by script, never sent in the clear.

use crate::call::{Call, Reply};

/// The first cookie of that name. HTTP/2 may spread cookies over several headers.
pub(crate) fn read<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    let headers = call.headers.get_all("cookie").into_iter();
    headers
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value)
}

/// The answer that also sets a cookie. `SameSite=None`: the sign-in crosses sites by form post and in frames.
pub(crate) fn set(reply: Reply, name: &str, value: &str) -> Reply {
    let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=None");
    reply.with("Set-Cookie", cookie)
}

pub(crate) fn clear(reply: Reply, name: &str) -> Reply {
    let cookie = format!(
        "{name}=; Path=/; Secure; HttpOnly; SameSite=None; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"
    );
    reply.with("Set-Cookie", cookie)
}
