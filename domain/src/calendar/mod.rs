//! The four clocks: urgent hours, working hours, working days, calendar days, over
//! a real calendar with public holidays and swapped working days.
//!
//! Never: a bare "3 days", or Monday to Friday regardless of festivals.

mod civil;
mod days;
mod district_calendar;
mod due;
mod due_text;
mod hours;
mod lamp;
mod limit;
mod weekdays;
mod worked;

pub use civil::{date_of, day_number, local_ms_of, wall_time};
pub use days::{DayException, DayKind, WorkingHours};
pub use district_calendar::Calendar;
pub use hours::{BadHours, DayHours};
pub use lamp::{Lamp, LampTimes};
pub use limit::{BadLimit, Clock, Limit};
pub use weekdays::{BadWeekday, Weekdays};
