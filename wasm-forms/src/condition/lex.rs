//! The text of a condition as words and signs.

use super::error::{ConditionError, Problem};
use super::{MAX_DIGITS, MAX_LENGTH};
use crate::date::Date;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: Lexeme,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lexeme {
    Word(String),
    /// A name with its root.
    Path(String, String),
    Text(String),
    Number(i64),
    Date(Date),
    Sign(&'static str),
}

/// Longer signs first.
const SIGNS: [&str; 11] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "(", ")", ","];

pub(super) fn lex(text: &str) -> Result<Vec<Token>, ConditionError> {
    let chars: Vec<char> = text.chars().take(MAX_LENGTH + 1).collect();
    if chars.len() > MAX_LENGTH {
        return Err(Problem::TooLong.at(MAX_LENGTH));
    }
    let mut lexer = Lexer { chars, next: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer {
    chars: Vec<char>,
    next: usize,
}

impl Lexer {
    fn token(&mut self) -> Result<Option<Token>, ConditionError> {
        self.take_while(char::is_whitespace);
        let at = self.next;
        let Some(first) = self.peek(0) else {
            return Ok(None);
        };
        let kind = match first {
            '"' => self.text()?,
            '0'..='9' => self.number_or_date()?,
            'a'..='z' | 'A'..='Z' => self.name(),
            _ => self.sign(first)?,
        };
        Ok(Some(Token { at, kind }))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).copied()
    }

    fn take_while(&mut self, good: impl Fn(char) -> bool) -> String {
        let taken: String = self.chars[self.next..]
            .iter()
            .copied()
            .take_while(|c| good(*c))
            .collect();
        self.next += taken.chars().count();
        taken
    }

    fn name(&mut self) -> Lexeme {
        let word = self.take_while(|c| c.is_ascii_alphanumeric());
        let dotted = self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_alphabetic());
        if !dotted {
            return Lexeme::Word(word);
        }
        self.next += 1;
        Lexeme::Path(word, self.take_while(|c| c.is_ascii_alphanumeric()))
    }

    fn text(&mut self) -> Result<Lexeme, ConditionError> {
        let start = self.next;
        self.next += 1;
        let mut text = String::new();
        loop {
            let at = self.next;
            let c = self.peek(0).ok_or_else(|| Problem::TextNotClosed.at(start))?;
            self.next += 1;
            match (c, self.peek(0)) {
                ('"', _) => return Ok(Lexeme::Text(text)),
                ('\\', Some(escaped @ ('"' | '\\'))) => {
                    self.next += 1;
                    text.push(escaped);
                }
                ('\\', _) => return Err(Problem::Escape.at(at)),
                _ => text.push(c),
            }
        }
    }

    /// `2026-04-01` is a date: four, two and two digits without a space between.
    fn number_or_date(&mut self) -> Result<Lexeme, ConditionError> {
        let start = self.next;
        let digits = |from: usize, count: usize| {
            (from..from + count).all(|ahead| self.peek(ahead).is_some_and(|c| c.is_ascii_digit()))
        };
        let dashes = self.peek(4) == Some('-') && self.peek(7) == Some('-');
        if dashes && digits(0, 4) && digits(5, 2) && digits(8, 2) {
            let found: String = self.chars[start..start + 10].iter().collect();
            self.next += 10;
            self.ends_here()?;
            return match found.parse() {
                Ok(date) => Ok(Lexeme::Date(date)),
                Err(_) => Err(Problem::NoSuchDate { found }.at(start)),
            };
        }
        let digits = self.take_while(|c| c.is_ascii_digit());
        self.ends_here()?;
        match digits.parse() {
            Ok(number) if digits.len() <= MAX_DIGITS => Ok(Lexeme::Number(number)),
            _ => Err(Problem::NumberTooLong.at(start)),
        }
    }

    /// Letters, digits and dots may not follow a number directly: there are neither units nor fractions.
    fn ends_here(&self) -> Result<(), ConditionError> {
        match self.peek(0) {
            Some(found) if found.is_alphanumeric() || found == '.' => {
                Err(Problem::Character { found }.at(self.next))
            }
            _ => Ok(()),
        }
    }

    fn sign(&mut self, first: char) -> Result<Lexeme, ConditionError> {
        let here = &self.chars[self.next..];
        let fits = |sign: &&&str| here.iter().copied().take(sign.len()).eq(sign.chars());
        let sign = SIGNS.iter().find(fits);
        let sign = sign.ok_or_else(|| Problem::Character { found: first }.at(self.next))?;
        self.next += sign.len();
        Ok(Lexeme::Sign(sign))
    }
}
