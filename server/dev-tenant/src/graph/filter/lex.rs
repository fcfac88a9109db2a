//! Words of a `$filter`.

use crate::graph::fault::Fault;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
    Comma,
    Colon,
}

pub(super) fn invalid(why: &str) -> Fault {
    Fault::refused(400, "BadRequest", format!("Invalid filter clause: {why}"))
}

pub(super) fn lex(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            ':' => (Token::Colon, 1),
            '\'' => quoted(rest)?,
            _ => word(rest),
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn quoted(rest: &str) -> Result<(Token, usize), Fault> {
    let mut value = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != '\'' {
            value.push(c);
        } else if chars.next_if(|(_, next)| *next == '\'').is_some() {
            value.push('\'');
        } else {
            return Ok((Token::Text(value), at + 1));
        }
    }
    Err(invalid("There is an unterminated string literal."))
}

/// A name, number, GUID or moment; moments hold colons after their first digit.
fn word(rest: &str) -> (Token, usize) {
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    let end = rest
        .find(|c: char| c.is_whitespace() || "(),'".contains(c) || (c == ':' && !is_number))
        .unwrap_or(rest.len());
    (Token::Word(rest[..end].to_owned()), end)
}
