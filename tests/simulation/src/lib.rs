//! Many workstations against the real router in virtual time, on a line that fails by a seed: requests and answers are
//! lost, come late, twice or old; portals and forgers answer; programs are killed, stores restored from a backup. When
//! the weather calms, everything that was shown as "at the centre" must be there, once, with the same bytes, and no
//! number may stand on two papers. The engine, its machine, the protocol and the centre are the program's own; the
//! journal is kept in memory, since an encrypted store would allow a hundred seeds instead of thousands.

mod bug;
mod check;
mod memory;
mod weather;
mod wire;
mod world;

pub use bug::Bug;
pub use check::Broken;
pub use weather::Weather;
pub use world::{Outcome, Stage};
