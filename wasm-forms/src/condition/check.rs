//! Whether names are known and types fit.

use super::error::{ConditionError, Problem};
use super::expression::{Expression, Function, Kind, Name, Operator, Sign};
use super::vocabulary::{Term, Type, Vocabulary};

/// More names would not be read.
const MAX_SUGGESTIONS: usize = 20;

type Typed = Result<Type, ConditionError>;

pub(super) fn condition(expression: &Expression, known: &Vocabulary) -> Result<(), ConditionError> {
    match type_of(expression, known)? {
        Type::Boolean => Ok(()),
        found => Err(Problem::NotACondition { found }.at(expression.at.0)),
    }
}

pub(super) fn type_of(expression: &Expression, known: &Vocabulary) -> Typed {
    match &expression.kind {
        Kind::Or(parts) | Kind::And(parts) => {
            parts.iter().try_for_each(|part| condition(part, known))?;
            Ok(Type::Boolean)
        }
        Kind::Not(inner) => condition(inner, known).map(|()| Type::Boolean),
        Kind::Compare(left, operator, right) => {
            comparison(expression, left, *operator, right, known).map(|()| Type::Boolean)
        }
        Kind::Sum(first, rest) => rest.iter().try_fold(type_of(first, known)?, |sum, (sign, part)| {
            add(sum, *sign, type_of(part, known)?, part)
        }),
        Kind::Call(function, inner) => call(*function, type_of(inner, known)?, inner),
        Kind::Name(name) => term(name, expression, known).map(|term| term.of),
        Kind::Text(_) => Ok(Type::Text),
        Kind::Number(_) => Ok(Type::Number),
        Kind::Boolean(_) => Ok(Type::Boolean),
        Kind::Date(_) | Kind::Today => Ok(Type::Date),
        Kind::List(_) => Ok(Type::List),
    }
}

fn term<'a>(name: &Name, place: &Expression, known: &'a Vocabulary) -> Result<&'a Term, ConditionError> {
    known.term(name).ok_or_else(|| {
        let problem = Problem::UnknownName {
            name: name.to_string(),
            known: known.under(name.root()).take(MAX_SUGGESTIONS).collect(),
        };
        problem.at(place.at.0)
    })
}

fn comparison(
    whole: &Expression,
    left: &Expression,
    operator: Operator,
    right: &Expression,
    known: &Vocabulary,
) -> Result<(), ConditionError> {
    let of_left = type_of(left, known)?;
    let Kind::List(items) = &right.kind else {
        let of_right = type_of(right, known)?;
        fits(operator, of_left, of_right, whole)?;
        offered(left, right, known)?;
        return offered(right, left, known);
    };
    for item in items {
        let of_item = type_of(item, known)?;
        ensure(of_left == of_item, operator.spelling(), (of_left, of_item), item)?;
        offered(left, item, known)?;
    }
    Ok(())
}

fn ensure(
    good: bool,
    operator: &'static str,
    (left, right): (Type, Type),
    place: &Expression,
) -> Result<(), ConditionError> {
    if good {
        return Ok(());
    }
    Err(Problem::Mismatch {
        operator,
        left,
        right,
    }
    .at(place.at.0))
}

fn fits(operator: Operator, left: Type, right: Type, place: &Expression) -> Result<(), ConditionError> {
    let good = match operator {
        Operator::Equal | Operator::NotEqual => {
            left == right && matches!(left, Type::Text | Type::Number | Type::Boolean | Type::Date)
        }
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            left == right && matches!(left, Type::Number | Type::Date)
        }
        Operator::In => (left, right) == (Type::Text, Type::List),
        Operator::Contains => matches!((left, right), (Type::List | Type::Text, Type::Text)),
    };
    ensure(good, operator.spelling(), (left, right), place)
}

/// A choice can only have the values of its options.
fn offered(name: &Expression, literal: &Expression, known: &Vocabulary) -> Result<(), ConditionError> {
    let (Kind::Name(name), Kind::Text(value)) = (&name.kind, &literal.kind) else {
        return Ok(());
    };
    let options = known.term(name).and_then(|term| term.one_of.as_ref());
    if options.is_none_or(|options| options.contains(value)) {
        return Ok(());
    }
    let (name, value) = (name.to_string(), value.clone());
    Err(Problem::NotOffered { name, value }.at(literal.at.0))
}

fn add(left: Type, sign: Sign, right: Type, place: &Expression) -> Typed {
    match (left, sign, right) {
        (Type::Number, _, Type::Number) | (Type::Date, Sign::Minus, Type::Date) => Ok(Type::Number),
        (Type::Date, _, Type::Number) | (Type::Number, Sign::Plus, Type::Date) => Ok(Type::Date),
        _ => {
            let operator = sign.spelling();
            Err(Problem::Mismatch {
                operator,
                left,
                right,
            }
            .at(place.at.0))
        }
    }
}

fn call(function: Function, found: Type, place: &Expression) -> Typed {
    match (function, found) {
        (Function::Empty, _) => Ok(Type::Boolean),
        (Function::Count, Type::List | Type::Rows) => Ok(Type::Number),
        (Function::Lower, Type::Text) => Ok(Type::Text),
        (Function::Count | Function::Lower, _) => {
            let function = function.spelling();
            Err(Problem::Argument { function, found }.at(place.at.0))
        }
    }
}
