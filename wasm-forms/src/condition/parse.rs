//! From words and signs to an expression.

use super::error::{ConditionError, Problem};
use super::expression::{At, Expression, Function, Kind, Name, Operator, Sign};
use super::lex::{Lexeme, Token, lex};
use super::vocabulary::FORM;
use super::{MAX_DEPTH, MAX_LENGTH};

type Parsed = Result<Expression, ConditionError>;

pub(super) fn parse(text: &str) -> Parsed {
    let tokens = lex(text)?;
    let mut parser = Parser {
        tokens,
        next: 0,
        depth: 0,
        end: text.chars().count(),
    };
    let expression = parser.or()?;
    if parser.next < parser.tokens.len() {
        return Err(parser.unexpected("an operator or the end"));
    }
    // Written back it has more spaces, and must still be readable.
    if expression.to_string().chars().count() > MAX_LENGTH {
        return Err(Problem::TooLong.at(0));
    }
    Ok(expression)
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Lexeme> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn index(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at)
    }

    fn at(&self) -> At {
        At(self.index())
    }

    fn unexpected(&self, expected: &'static str) -> ConditionError {
        let found = self.peek().map(Lexeme::to_string);
        Problem::Unexpected { found, expected }.at(self.index())
    }

    fn takes(&mut self, wanted: &Lexeme) -> bool {
        let fits = self.peek() == Some(wanted);
        self.next += usize::from(fits);
        fits
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let fits = matches!(self.peek(), Some(Lexeme::Word(found)) if found == word);
        self.next += usize::from(fits);
        fits
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), ConditionError> {
        if self.takes(&Lexeme::Sign(sign)) {
            Ok(())
        } else {
            Err(self.unexpected(sign))
        }
    }

    /// All that goes deeper goes through here, so that no text can exhaust the stack.
    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth == MAX_DEPTH {
            return Err(Problem::TooDeep.at(self.index()));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn or(&mut self) -> Parsed {
        self.chain("or", Self::and, Kind::Or)
    }

    fn and(&mut self) -> Parsed {
        self.chain("and", Self::not, Kind::And)
    }

    fn chain(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parsed,
        whole: fn(Vec<Expression>) -> Kind,
    ) -> Parsed {
        let at = self.at();
        let first = part(self)?;
        if !self.takes_word(word) {
            return Ok(first);
        }
        let mut parts = vec![first, part(self)?];
        while self.takes_word(word) {
            parts.push(part(self)?);
        }
        Ok(Expression {
            at,
            kind: whole(parts),
        })
    }

    fn not(&mut self) -> Parsed {
        let at = self.at();
        if !self.takes_word("not") {
            return self.comparison();
        }
        let inner = self.deeper(Self::not)?;
        Ok(Expression {
            at,
            kind: Kind::Not(Box::new(inner)),
        })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let at = self.at();
        let Some(operator) = self.operator() else {
            return Ok(left);
        };
        let brackets = operator == Operator::In && self.peek() == Some(&Lexeme::Sign("("));
        let right = if brackets { self.list()? } else { self.sum()? };
        Ok(Expression {
            at,
            kind: Kind::Compare(Box::new(left), operator, Box::new(right)),
        })
    }

    fn operator(&mut self) -> Option<Operator> {
        let operator = match self.peek()? {
            Lexeme::Sign(sign) => Operator::spelled(sign),
            Lexeme::Word(word) => Operator::spelled(word),
            _ => None,
        }?;
        self.next += 1;
        Some(operator)
    }

    fn list(&mut self) -> Parsed {
        let at = self.at();
        self.expect("(")?;
        let mut items = vec![self.literal()?];
        while self.takes(&Lexeme::Sign(",")) {
            items.push(self.literal()?);
        }
        self.expect(")")?;
        Ok(Expression {
            at,
            kind: Kind::List(items),
        })
    }

    fn literal(&mut self) -> Parsed {
        let index = self.next;
        let value = self.value()?;
        if matches!(value.kind, Kind::Text(_) | Kind::Number(_) | Kind::Date(_)) {
            return Ok(value);
        }
        self.next = index;
        Err(self.unexpected("a text, a number or a date"))
    }

    fn sum(&mut self) -> Parsed {
        let at = self.at();
        let first = self.value()?;
        let mut rest = Vec::new();
        loop {
            let sign = if self.takes(&Lexeme::Sign("+")) {
                Sign::Plus
            } else if self.takes(&Lexeme::Sign("-")) {
                Sign::Minus
            } else {
                break;
            };
            rest.push((sign, self.value()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expression {
            at,
            kind: Kind::Sum(Box::new(first), rest),
        })
    }

    fn value(&mut self) -> Parsed {
        let at = self.at();
        let expected = "a name or a value";
        let Some(token) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected(expected));
        };
        let kind = match token.kind {
            Lexeme::Sign("(") => return self.group(),
            Lexeme::Sign("-") => return self.negative(),
            Lexeme::Sign(_) => return Err(self.unexpected(expected)),
            Lexeme::Word(word) => return self.word(&word),
            Lexeme::Path(root, key) => Kind::Name(Name::new(root, key)),
            Lexeme::Text(text) => Kind::Text(text),
            Lexeme::Number(number) => Kind::Number(number),
            Lexeme::Date(date) => Kind::Date(date),
        };
        self.next += 1;
        Ok(Expression { at, kind })
    }

    fn group(&mut self) -> Parsed {
        self.expect("(")?;
        let inner = self.deeper(Self::or)?;
        self.expect(")")?;
        Ok(inner)
    }

    fn negative(&mut self) -> Parsed {
        let at = self.at();
        self.expect("-")?;
        let Some(Lexeme::Number(number)) = self.peek() else {
            return Err(self.unexpected("a number"));
        };
        let kind = Kind::Number(-number);
        self.next += 1;
        Ok(Expression { at, kind })
    }

    fn word(&mut self, word: &str) -> Parsed {
        let at = self.at();
        let kind = match word {
            "true" => Kind::Boolean(true),
            "false" => Kind::Boolean(false),
            "today" => Kind::Today,
            "or" | "and" | "not" | "in" | "contains" => return Err(self.unexpected("a name or a value")),
            _ => Kind::Name(Name::new(FORM, word)),
        };
        self.next += 1;
        if self.peek() != Some(&Lexeme::Sign("(")) {
            return Ok(Expression { at, kind });
        }
        let Some(function) = Function::spelled(word) else {
            return Err(self.unexpected("an operator: the functions are empty, count and lower"));
        };
        let kind = Kind::Call(function, Box::new(self.group()?));
        Ok(Expression { at, kind })
    }
}
