//! The use cases of the counter. Not here: the window (`src-tauri`), SQL (`store`), drawing (`receipt`).

pub mod command_list;
pub mod dto;
