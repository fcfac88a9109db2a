//! `Range: bytes=` of downloads (RFC 9110, 14): one range is honoured, several are answered by the whole.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::call::Call;

/// What of a file a call gets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) bytes: Vec<u8>,
}

/// The part of `bytes` that the call asks for; the entity tag follows the content.
pub(crate) fn part(call: &Call, bytes: Vec<u8>) -> Part {
    let etag = etag(&bytes);
    let is_same = call.header("if-range").is_none_or(|told| told == etag);
    let asked = call
        .header("range")
        .filter(|_| is_same)
        .and_then(|text| asked(text, bytes.len()));
    let mut headers = vec![("Accept-Ranges", "bytes".to_owned()), ("ETag", etag)];
    match asked {
        None => Part {
            status: 200,
            headers,
            bytes,
        },
        Some(Asked::Nothing) => {
            headers.push(("Content-Range", format!("bytes */{}", bytes.len())));
            Part {
                status: 416,
                headers,
                bytes: Vec::new(),
            }
        }
        Some(Asked::Bytes(first, last)) => {
            headers.push(("Content-Range", format!("bytes {first}-{last}/{}", bytes.len())));
            Part {
                status: 206,
                headers,
                bytes: bytes[first..=last].to_vec(),
            }
        }
    }
}

fn etag(bytes: &[u8]) -> String {
    let digest = openssl::sha::sha256(bytes);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..16]))
}

enum Asked {
    /// From the first to the last, both within the file.
    Bytes(usize, usize),
    /// A range that begins behind the end.
    Nothing,
}

/// `None` for what is no single range of bytes, which counts as not asked.
fn asked(text: &str, length: usize) -> Option<Asked> {
    let range = text.trim().strip_prefix("bytes=")?.trim();
    let (first, last) = range.split_once('-').filter(|_| !range.contains(','))?;
    if first.is_empty() {
        let wanted: usize = last.parse().ok()?;
        let count = wanted.min(length);
        return Some(if count == 0 {
            Asked::Nothing
        } else {
            Asked::Bytes(length - count, length - 1)
        });
    }
    let first: usize = first.parse().ok()?;
    let last = match last {
        "" => usize::MAX,
        last => last.parse().ok().filter(|last| *last >= first)?,
    };
    Some(if first >= length {
        Asked::Nothing
    } else {
        Asked::Bytes(first, last.min(length - 1))
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};
    use uuid::Uuid;

    use super::{Part, part};
    use crate::call::Call;

    fn get(headers: &[(&'static str, &str)]) -> Part {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let call = Call {
            method: Method::GET,
            host: String::new(),
            path: String::new(),
            query: String::new(),
            headers: map,
            body: bytes::Bytes::new(),
            request_id: Uuid::nil(),
        };
        part(&call, b"0123456789".to_vec())
    }

    fn range_of(part: &Part) -> Option<&str> {
        let mut headers = part.headers.iter();
        headers
            .find(|(name, _)| *name == "Content-Range")
            .map(|(_, value)| value.as_str())
    }

    #[test]
    fn one_range_is_given_cut_to_the_file() {
        let cases = [
            ("bytes=0-3", "0123", "bytes 0-3/10"),
            ("bytes=7-", "789", "bytes 7-9/10"),
            ("bytes=8-99", "89", "bytes 8-9/10"),
            ("bytes=-2", "89", "bytes 8-9/10"),
            ("bytes=-99", "0123456789", "bytes 0-9/10"),
        ];
        for (range, bytes, told) in cases {
            let got = get(&[("range", range)]);
            assert_eq!(
                (got.status, got.bytes.as_slice()),
                (206, bytes.as_bytes()),
                "{range}"
            );
            assert_eq!(range_of(&got), Some(told));
        }
    }

    #[test]
    fn a_range_behind_the_end_cannot_be_given() {
        for range in ["bytes=10-", "bytes=99-100", "bytes=-0"] {
            let got = get(&[("range", range)]);
            assert_eq!((got.status, got.bytes.len()), (416, 0), "{range}");
            assert_eq!(range_of(&got), Some("bytes */10"));
        }
    }

    #[test]
    fn what_is_no_single_range_or_of_another_content_gets_the_whole() {
        let etag = get(&[]).headers[1].1.clone();
        let others = ["bytes=1-2,4-5", "bytes=3-1", "lines=1-2", "bytes=x-"];
        for range in others {
            assert_eq!(get(&[("range", range)]).status, 200, "{range}");
        }
        assert_eq!(
            get(&[("range", "bytes=0-0"), ("if-range", "\"other\"")]).status,
            200
        );
        assert_eq!(get(&[("range", "bytes=0-0"), ("if-range", &etag)]).status, 206);
    }
}
