//! Amounts with their units: metres, bytes, limits with their clock.

use domain::calendar::{Clock, Limit};

use super::Words;

impl Words {
    pub fn distance(self, metres: u32) -> String {
        self.pick(format!("{metres} 米"), format!("{metres} 公尺"), format!("{metres} m"))
    }

    /// A distance that may be any: "340 m", "9,120 km".
    pub fn far(self, metres: u32) -> String {
        if metres < 10_000 {
            return self.distance(metres);
        }
        let km = metres / 1_000;
        let km = match km / 1_000 {
            0 => km.to_string(),
            thousands => format!("{thousands},{:03}", km % 1_000),
        };
        self.pick(format!("{km} 公里"), format!("{km} 公里"), format!("{km} km"))
    }

    pub fn bytes(self, bytes: u64) -> String {
        let tenth = |unit: u64| {
            let tenths = bytes.saturating_mul(10) / unit;
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        match bytes {
            0..1_000 => format!("{bytes} B"),
            1_000..1_000_000 => format!("{} KB", bytes / 1_000),
            1_000_000..1_000_000_000 => format!("{} MB", tenth(1_000_000)),
            _ => format!("{} GB", tenth(1_000_000_000)),
        }
    }

    /// "4 working hours", with the clock named.
    pub fn limit_of(self, limit: Limit) -> String {
        let amount = limit.amount();
        match limit.clock() {
            Clock::UrgentHours => self.pick(
                format!("{amount} 小时（昼夜连续）"),
                format!("{amount} 小時（晝夜連續）"),
                format!("{amount} h round the clock"),
            ),
            Clock::WorkingHours => self.pick(
                format!("{amount} 个工作时"),
                format!("{amount} 個工作時"),
                format!("{amount} working hours"),
            ),
            Clock::WorkingDays => self.pick(
                format!("{amount} 个工作日"),
                format!("{amount} 個工作日"),
                format!("{amount} working days"),
            ),
            Clock::CalendarDays => self.pick(
                format!("{amount} 个自然日"),
                format!("{amount} 個自然日"),
                format!("{amount} calendar days"),
            ),
        }
    }
}
