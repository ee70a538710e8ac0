//! Errors of the desk and the one conversion to what crosses the boundary. The details go to the log under a reference.

use crate::dto::{ErrorCode, ErrorView};
use onedoor_receipt::FormError;
use onedoor_store::StoreError;
use std::collections::BTreeMap;

/// What went wrong, with the code that the screen has words for.
#[derive(Debug)]
pub struct DeskError {
    /// The closed code.
    pub code: ErrorCode,
    /// What the words need.
    pub params: BTreeMap<String, String>,
    /// For the log only: never a citizen's data.
    pub detail: String,
}

/// Shorthand.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

impl DeskError {
    /// An error without params.
    pub fn new(code: ErrorCode) -> Self {
        DeskError {
            code,
            params: BTreeMap::new(),
            detail: String::new(),
        }
    }

    /// With a detail for the log.
    pub fn because(code: ErrorCode, detail: impl std::fmt::Display) -> Self {
        DeskError {
            detail: detail.to_string(),
            ..Self::new(code)
        }
    }

    /// With a param for the words.
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(name.to_string(), value.to_string());
        self
    }

    /// As it crosses, logged under a fresh reference.
    pub fn view(self) -> ErrorView {
        let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_uppercase();
        tracing::warn!(%reference, code = ?self.code, detail = %self.detail, "a command failed");
        let retryable = matches!(
            self.code,
            ErrorCode::StoreBusy
                | ErrorCode::DiskFull
                | ErrorCode::CentreUnreachable
                | ErrorCode::WrongPassword
                | ErrorCode::KeyringMissing
        );
        ErrorView {
            code: self.code,
            params: self.params,
            retryable,
            reference,
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Disk(_) | StoreError::Io { .. } => ErrorCode::DiskFull,
            StoreError::InUse | StoreError::Closed => ErrorCode::StoreBusy,
            StoreError::Damaged(_)
            | StoreError::Foreign
            | StoreError::NewerSchema { .. }
            | StoreError::Missing
            | StoreError::BrokenChain(_) => ErrorCode::StoreDamaged,
            StoreError::WrongSecret => ErrorCode::WrongPassword,
            StoreError::ShareMissing => ErrorCode::KeyringMissing,
            StoreError::NotEnrolled => ErrorCode::NotEnrolled,
            StoreError::NotFound(_) | StoreError::Refused(_) | StoreError::Sql(_) => {
                ErrorCode::Internal
            }
        };
        DeskError::because(code, error)
    }
}

impl From<FormError> for DeskError {
    fn from(error: FormError) -> Self {
        DeskError::because(ErrorCode::FormFailed, error)
    }
}

impl From<serde_json::Error> for DeskError {
    fn from(error: serde_json::Error) -> Self {
        DeskError::because(ErrorCode::Internal, error)
    }
}
