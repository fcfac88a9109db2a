//! The grammar of `$filter`.

use jiff::Timestamp;

use crate::balanced::balanced;
use crate::sharepoint::operations::fault::Fault;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Compare(Operator, Operand, Operand),
    /// A function that is true or false by itself.
    Holds(Operand),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Path(String),
    Text(String),
    Number(f64),
    Truth(bool),
    Moment(Timestamp),
    Null,
    Function(Function, Vec<Operand>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    StartsWith,
    SubstringOf,
    EndsWith,
}

/// Nesting beyond this is refused.
const DEPTH: usize = 64;

/// # Errors
/// 400 with SharePoint's words for a filter that is no filter.
pub(crate) fn parse(text: &str) -> Result<Filter, Fault> {
    let mut parser = Parser {
        tokens: tokens(text).ok_or_else(|| invalid(text))?,
        at: 0,
        depth: 0,
    };
    let filter = parser.or().ok_or_else(|| invalid(text))?;
    if parser.at == parser.tokens.len() {
        Ok(filter)
    } else {
        Err(invalid(text))
    }
}

fn invalid(text: &str) -> Fault {
    Fault::invalid_query(format!("The expression \"{text}\" is not valid."))
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    /// Prefix (`guid`, `datetime` or nothing) and content.
    Quoted(String, String),
    Open,
    Close,
    Comma,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            _ => word_or_quoted(rest)?,
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

fn word_or_quoted(rest: &str) -> Option<(Token, usize)> {
    let end = rest.find([' ', '(', ')', ',', '\'']).unwrap_or(rest.len());
    let word = &rest[..end];
    if !rest[end..].starts_with('\'') {
        return (end > 0).then(|| (Token::Word(word.to_owned()), end));
    }
    let mut from = end + 1;
    loop {
        let close = from + rest[from..].find('\'')?;
        if rest[close + 1..].starts_with('\'') {
            from = close + 2;
        } else {
            let content = rest[end + 1..close].replace("''", "'");
            return Some((Token::Quoted(word.to_ascii_lowercase(), content), close + 1));
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let taken = matches!(self.peek(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(taken);
        taken
    }

    fn or(&mut self) -> Option<Filter> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let (first, mut rest) = (self.and()?, Vec::new());
        while self.takes_word("or") {
            rest.push(self.and()?);
        }
        self.depth -= 1;
        Some(balanced(first, rest, Filter::Or))
    }

    fn and(&mut self) -> Option<Filter> {
        let (first, mut rest) = (self.term()?, Vec::new());
        while self.takes_word("and") {
            rest.push(self.term()?);
        }
        Some(balanced(first, rest, Filter::And))
    }

    fn term(&mut self) -> Option<Filter> {
        if self.takes_word("not") {
            self.depth += 1;
            let inner = (self.depth <= DEPTH).then(|| self.term())??;
            self.depth -= 1;
            return Some(Filter::Not(Box::new(inner)));
        }
        if self.takes(&Token::Open) {
            let inner = self.or()?;
            return self.takes(&Token::Close).then_some(inner);
        }
        let left = self.operand()?;
        match self.operator() {
            Some(operator) => Some(Filter::Compare(operator, left, self.operand()?)),
            None => matches!(left, Operand::Function(..)).then_some(Filter::Holds(left)),
        }
    }

    fn operator(&mut self) -> Option<Operator> {
        let names = [
            ("eq", Operator::Eq),
            ("ne", Operator::Ne),
            ("gt", Operator::Gt),
            ("ge", Operator::Ge),
            ("lt", Operator::Lt),
            ("le", Operator::Le),
        ];
        names
            .into_iter()
            .find(|(name, _)| self.takes_word(name))
            .map(|(_, operator)| operator)
    }

    fn operand(&mut self) -> Option<Operand> {
        match (self.peek()?, self.tokens.get(self.at + 1)) {
            (Token::Word(word), Some(Token::Open)) => self.function(&word.clone()),
            _ => self.argument(),
        }
    }

    /// What is no function itself: functions within functions could be nested without end.
    fn argument(&mut self) -> Option<Operand> {
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Quoted(prefix, content) if prefix == "datetime" => {
                let zoned = content.parse().ok();
                zoned
                    .or_else(|| format!("{content}Z").parse().ok())
                    .map(Operand::Moment)
            }
            Token::Quoted(_, content) => Some(Operand::Text(content)),
            Token::Word(word) => Some(plain(word)),
            Token::Open | Token::Close | Token::Comma => None,
        }
    }

    fn function(&mut self, name: &str) -> Option<Operand> {
        let function = match name.to_ascii_lowercase().as_str() {
            "startswith" => Function::StartsWith,
            "substringof" => Function::SubstringOf,
            "endswith" => Function::EndsWith,
            _ => return None,
        };
        self.at += 2;
        let first = self.argument()?;
        if !self.takes(&Token::Comma) {
            return None;
        }
        let arguments = vec![first, self.argument()?];
        self.takes(&Token::Close)
            .then_some(Operand::Function(function, arguments))
    }
}

fn plain(word: String) -> Operand {
    match word.to_ascii_lowercase().as_str() {
        "null" => Operand::Null,
        "true" => Operand::Truth(true),
        "false" => Operand::Truth(false),
        _ => match word.trim_end_matches(['L', 'l']).parse() {
            Ok(number) if f64::is_finite(number) => Operand::Number(number),
            _ => Operand::Path(word),
        },
    }
}
