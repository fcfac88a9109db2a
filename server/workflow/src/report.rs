//! What journals tell of many applications together: how many there were, how long each step took and whom it waited
//! for, and what is late. Pure: whoever reads the journals adds one application after the other, and each is
//! forgotten but for its figures.

mod course;
mod days;
mod load;
mod spread;
mod survey;
mod volume;

pub use course::{Course, Passage, Turn};
pub use days::{Days, Grain};
pub use load::{Load, Times};
pub use spread::Spread;
pub use survey::{Late, PersonLoad, Report, StepLoad, Survey, WorkflowTotal};
pub use volume::Volume;
