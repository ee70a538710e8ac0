//! The commands as hosts call them: permission checked before the body, bodies off the async threads, panics caught.

use crate::{
    desk::Desk,
    dto::*,
    error::{DeskError, Result},
    receipt::Png,
    with_commands,
};
use onedoor_domain::access::Permission;

/// What a command gave back to a host that calls by name.
#[derive(Debug)]
pub enum Answer {
    /// JSON.
    Json(serde_json::Value),
    /// A PNG.
    Bytes(Png),
}

/// The commands of a desk.
#[derive(Clone)]
pub struct Commands(pub Desk);

macro_rules! permission {
    (Anyone) => {
        None
    };
    ($permission:ident) => {
        Some(Permission::$permission)
    };
}

macro_rules! answer {
    (json $out:expr) => {
        Answer::Json(serde_json::to_value($out).map_err(|error| DeskError::from(error).view())?)
    };
    (bytes $out:expr) => {
        Answer::Bytes($out)
    };
}

macro_rules! commands {
    ($($kind:ident $name:ident($($arg:ident: $ty:ty),*) -> $out:ty, $permission:ident;)*) => {
        impl Commands {
            $(
                #[doc = concat!("The command `", stringify!($name), "`; see `command_list`.")]
                pub async fn $name(&self, $($arg: $ty),*) -> Result<$out, ErrorView> {
                    let desk = self.0.clone();
                    run(move || {
                        desk.guard(stringify!($name), permission!($permission))?;
                        desk.$name($($arg),*)
                    })
                    .await
                }
            )*

            /// Calls a command by its name with a JSON object of arguments.
            pub async fn call(&self, name: &str, args: serde_json::Value) -> Result<Answer, ErrorView> {
                match name {
                    $(stringify!($name) => {
                        #[derive(serde::Deserialize)]
                        struct Args { $($arg: $ty),* }
                        let Args { $($arg),* } = serde_json::from_value(args).map_err(bad_request)?;
                        let out = self.$name($($arg),*).await?;
                        Ok(answer!($kind out))
                    })*
                    _ => Err(DeskError::because(ErrorCode::BadRequest, format!("no command {name}")).view()),
                }
            }

            /// Names of all commands.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }
    };
}
with_commands!(commands);

fn bad_request(error: serde_json::Error) -> ErrorView {
    DeskError::because(ErrorCode::BadRequest, error).view()
}

/// A body blocks on the store, so it runs beside the async threads; a panic becomes `internal` and the window stays.
async fn run<T: Send + 'static>(
    body: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T, ErrorView> {
    match tokio::task::spawn_blocking(body).await {
        Ok(outcome) => outcome.map_err(DeskError::view),
        Err(error) => Err(DeskError::because(ErrorCode::Internal, error).view()),
    }
}
