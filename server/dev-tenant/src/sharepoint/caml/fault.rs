//! How SharePoint words what is wrong with a query.

use super::parse::CamlError;
use crate::sharepoint::operations::fault::{Fault, SP_EXCEPTION};

impl From<CamlError> for Fault {
    fn from(error: CamlError) -> Self {
        match error {
            CamlError::Invalid => Self::new(500, -2_130_575_340, SP_EXCEPTION, error.to_string()),
            CamlError::Xml(_) => Self::new(
                500,
                -2_147_467_259,
                SP_EXCEPTION,
                "Cannot complete this action.\n\nPlease try again.",
            ),
            CamlError::NotModelled(_) => Self::new(501, -1, "NotModelled", error.to_string()),
        }
    }
}
