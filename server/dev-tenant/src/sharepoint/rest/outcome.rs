//! What became of a write.

use serde_json::Value;

use super::resource::Resource;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// 201 with the new entity and its address.
    Created(Resource),
    /// 200 with an entity.
    Found(Resource),
    /// 204, with the new ETag when there is one.
    Changed(Option<String>),
    /// 200 without a body.
    Done,
    /// 200, a function without a result.
    Void(String),
    /// 200, a function with a result.
    Value(String, Value),
    /// 200, a function with a collection of complex values.
    Values(Vec<Value>),
}
