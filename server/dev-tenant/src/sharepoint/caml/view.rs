//! A `<View>` as typed data (Microsoft's "View Schema" and "Query Schema").

/// Which folders a query reaches into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Files and folders of the folder asked for.
    #[default]
    Folder,
    /// `FilesOnly`: no folders.
    FilesOnly,
    /// `Recursive`: items of all folders, without the folders.
    Recursive,
    /// `RecursiveAll`: items and folders of all folders.
    RecursiveAll,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    pub reach: Reach,
    pub filter: Option<Predicate>,
    pub order: Vec<OrderBy>,
    pub row_limit: Option<usize>,
    pub paged: bool,
    /// Internal names; `None` = all fields.
    pub fields: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    pub field: String,
    pub ascending: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    And(Box<Predicate>, Box<Predicate>),
    Or(Box<Predicate>, Box<Predicate>),
    Compare {
        operator: Operator,
        field: FieldRef,
        value: Operand,
    },
    IsNull(FieldRef),
    IsNotNull(FieldRef),
    In(FieldRef, Vec<Operand>),
    /// `Membership Type="CurrentUserGroups"`: the field holds a group the caller is in.
    CurrentUserGroups(FieldRef),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Eq,
    Neq,
    Gt,
    Geq,
    Lt,
    Leq,
    BeginsWith,
    Contains,
    /// A multi-valued person or lookup field holds the value.
    Includes,
    NotIncludes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRef {
    pub name: String,
    /// Compare persons and lookups by id instead of by the text shown.
    pub lookup_id: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Operand {
    /// `Type` of the `Value` element, e.g. `Text`, `DateTime`, `Integer`.
    pub kind: String,
    pub include_time: bool,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Literal(String),
    /// `<UserID/>`: the caller.
    UserId,
    /// `<Today OffsetDays="…"/>`: the day, without time.
    Today {
        offset_days: i64,
    },
    /// `<Now/>`.
    Now,
}

impl Predicate {
    /// The fields that the predicate looks at.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => [left.fields(), right.fields()].concat(),
            Self::Compare { field, .. }
            | Self::IsNull(field)
            | Self::IsNotNull(field)
            | Self::In(field, _)
            | Self::CurrentUserGroups(field) => vec![&field.name],
        }
    }
}
