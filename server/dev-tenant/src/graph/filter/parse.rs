//! From words to a filter: `or` binds weakest, then `and`, then `not`.

use serde_json::Value;

use super::lex::{Token, invalid, lex};
use super::{Filter, Operator, Path};
use crate::balanced::balanced;
use crate::graph::fault::Fault;

/// Deeper nesting than any real query has is refused before the stack is at risk.
const DEEPEST: u32 = 32;

pub(crate) fn parse(text: &str) -> Result<Filter, Fault> {
    let mut parser = Parser {
        tokens: lex(text)?.into_iter().peekable(),
        depth: 0,
        within_any: false,
    };
    let filter = parser.either()?;
    match parser.tokens.next() {
        None => Ok(filter),
        Some(_) => Err(invalid("Syntax error after the expression.")),
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: u32,
    /// Whether what is read stands within an `any`.
    within_any: bool,
}

impl Parser {
    fn either(&mut self) -> Result<Filter, Fault> {
        let (first, mut rest) = (self.both()?, Vec::new());
        while self.keyword("or") {
            rest.push(self.both()?);
        }
        Ok(balanced(first, rest, Filter::Or))
    }

    fn both(&mut self) -> Result<Filter, Fault> {
        let (first, mut rest) = (self.single()?, Vec::new());
        while self.keyword("and") {
            rest.push(self.single()?);
        }
        Ok(balanced(first, rest, Filter::And))
    }

    fn keyword(&mut self, word: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Word(found) if found == word))
            .is_some()
    }

    fn single(&mut self) -> Result<Filter, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(invalid("The expression is nested too deeply."));
        }
        let filter = self.unnested();
        self.depth -= 1;
        filter
    }

    fn unnested(&mut self) -> Result<Filter, Fault> {
        if self.tokens.next_if_eq(&Token::Open).is_some() {
            let inner = self.either()?;
            self.expect(&Token::Close)?;
            return Ok(inner);
        }
        let word = self.word()?;
        match word.to_ascii_lowercase().as_str() {
            "not" => Ok(Filter::Not(Box::new(self.single()?))),
            "startswith" => self.affix().map(|(path, text)| Filter::StartsWith(path, text)),
            "endswith" => self.affix().map(|(path, text)| Filter::EndsWith(path, text)),
            _ => self.about(path(&word)),
        }
    }

    /// What follows a path: a comparison, a list, or `any(…)`.
    fn about(&mut self, mut path: Path) -> Result<Filter, Fault> {
        if self.tokens.peek() == Some(&Token::Open)
            && path.last().is_some_and(|last| last.eq_ignore_ascii_case("any"))
        {
            path.pop();
            return self.any(path);
        }
        let operator = match self.word()?.as_str() {
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "gt" => Operator::Gt,
            "ge" => Operator::Ge,
            "lt" => Operator::Lt,
            "le" => Operator::Le,
            "in" => return self.list().map(|values| Filter::In(path, values)),
            other => return Err(invalid(&format!("'{other}' is not an operator."))),
        };
        Ok(Filter::Compare(path, operator, self.literal()?))
    }

    fn any(&mut self, path: Path) -> Result<Filter, Fault> {
        // Each level would look at every element anew for every element of the level above.
        if std::mem::replace(&mut self.within_any, true) {
            return Err(invalid("An any within an any is not supported."));
        }
        self.expect(&Token::Open)?;
        let name = self.word()?;
        self.expect(&Token::Colon)?;
        let inner = self.either()?;
        self.within_any = false;
        self.expect(&Token::Close)?;
        Ok(Filter::Any(path, name, Box::new(inner)))
    }

    fn affix(&mut self) -> Result<(Path, String), Fault> {
        self.expect(&Token::Open)?;
        let subject = path(&self.word()?);
        self.expect(&Token::Comma)?;
        let Some(Token::Text(text)) = self.tokens.next() else {
            return Err(invalid("A string literal is expected."));
        };
        self.expect(&Token::Close)?;
        Ok((subject, text))
    }

    fn list(&mut self) -> Result<Vec<Value>, Fault> {
        self.expect(&Token::Open)?;
        let mut values = vec![self.literal()?];
        while self.tokens.next_if_eq(&Token::Comma).is_some() {
            values.push(self.literal()?);
        }
        self.expect(&Token::Close)?;
        Ok(values)
    }

    fn literal(&mut self) -> Result<Value, Fault> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Value::String(text)),
            Some(Token::Word(word)) => Ok(match word.as_str() {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => word.parse::<i64>().map_or(Value::String(word), Value::from),
            }),
            _ => Err(invalid("A literal is expected.")),
        }
    }

    fn word(&mut self) -> Result<String, Fault> {
        match self.tokens.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(invalid("A name is expected.")),
        }
    }

    fn expect(&mut self, token: &Token) -> Result<(), Fault> {
        self.tokens
            .next_if_eq(token)
            .map(|_| ())
            .ok_or_else(|| invalid(&format!("{token:?} is expected.")))
    }
}

fn path(word: &str) -> Path {
    word.split('/').map(str::to_owned).collect()
}
