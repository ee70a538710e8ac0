//! The window's handlers, made from the desk's one list of commands. Every one is async: a sync command would run on the
//! window's own thread and freeze it.

use onedoor_desk::{Commands, dto::*, with_commands};
use tauri::{State, ipc::Response};

macro_rules! handlers {
    ($($kind:ident $name:ident($($arg:ident: $ty:ty),*) -> $out:ty, $permission:ident;)*) => {
        $(handlers!(@$kind $name($($arg: $ty),*) -> $out);)*

        /// All handlers.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
    (@json $name:ident($($arg:ident: $ty:ty),*) -> $out:ty) => {
        #[tauri::command(rename_all = "snake_case")]
        async fn $name(commands: State<'_, Commands>, $($arg: $ty),*) -> Result<$out, ErrorView> {
            commands.$name($($arg),*).await
        }
    };
    (@bytes $name:ident($($arg:ident: $ty:ty),*) -> $out:ty) => {
        #[tauri::command(rename_all = "snake_case")]
        async fn $name(commands: State<'_, Commands>, $($arg: $ty),*) -> Result<Response, ErrorView> {
            commands.$name($($arg),*).await.map(Response::new)
        }
    };
}
with_commands!(handlers);
