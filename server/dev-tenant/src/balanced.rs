//! A chain of terms (`a or b or c …`) as a tree of pairs.

/// The chain as a tree as deep as the logarithm of its length: however long a chain a client sends, whoever walks the
/// tree or drops it needs little stack. The order of the terms stays.
pub(crate) fn balanced<T>(first: T, mut rest: Vec<T>, pair: fn(Box<T>, Box<T>) -> T) -> T {
    if rest.is_empty() {
        return first;
    }
    let mut later = rest.split_off(rest.len() / 2);
    let middle = later.remove(0);
    let (left, right) = (balanced(first, rest, pair), balanced(middle, later, pair));
    pair(Box::new(left), Box::new(right))
}
