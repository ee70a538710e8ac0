//! The use cases of the counter. Not here: the window (`src-tauri`), SQL (`store`), drawing (`receipt`).

mod addresses;
mod calendar_year;
mod catalogue;
mod check;
pub mod clock;
mod clock_question;
pub mod command_list;
pub mod commands;
#[cfg(feature = "demo")]
pub mod demo;
pub mod desk;
mod drafts;
pub mod dto;
mod enrol;
mod error;
mod fees;
mod filings;
mod form01;
pub mod forms;
mod guidance;
mod incarnation;
pub mod keyring;
mod look_ups;
mod notes;
mod office_documents;
mod office_label;
mod pads;
mod people;
mod procedure_view;
mod readers;
mod receipt;
mod receive;
mod rekey;
mod rules;
mod session;
mod settings;
mod slips;
mod staff;
mod sync_link;
mod texts;
mod typed;
mod views;

pub use commands::{Answer, Commands};
pub use desk::{Demo, DemoOffice, Desk, DeskConfig, Event, Host};
pub use error::DeskError;
pub use receipt::Png;
