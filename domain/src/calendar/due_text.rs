//! Due times in words: "今天 17:30，还剩 3 小时".
//!
//! Never: a promise finer than a person can keep. What is left is rounded down.

use jiff::civil::{Date, DateTime, Time};

use super::{Calendar, civil::day_number};
use crate::{Lang, Timestamp};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Calendar {
    /// When it is due and how much time is left, or by how much it is over:
    /// "today 17:30, 3 h left", "昨天 17:30，已超 2 小时".
    #[must_use]
    pub fn due_text(&self, lang: Lang, due: Timestamp, now: Timestamp) -> String {
        let left = due.since(now);
        let moment = self.deadline_text(lang, due, now);
        let amount = span_text(lang, left.saturating_abs());
        // A space between Chinese and a number, none inside Chinese.
        let gap = if amount.starts_with(|first: char| first.is_ascii_digit()) { " " } else { "" };
        match (lang, left >= 0) {
            (Lang::Hans, true) => format!("{moment}，还剩{gap}{amount}"),
            (Lang::Hant, true) => format!("{moment}，還剩{gap}{amount}"),
            (Lang::Hans | Lang::Hant, false) => format!("{moment}，已超{gap}{amount}"),
            (Lang::En, true) => format!("{moment}, {amount} left"),
            (Lang::En, false) => format!("{moment}, {amount} over"),
        }
    }

    /// When something is due. A day that ends at midnight is meant by its own name:
    /// "today 24:00", not "tomorrow 00:00", which reads as a day more.
    #[must_use]
    pub fn deadline_text(&self, lang: Lang, due: Timestamp, now: Timestamp) -> String {
        let local = self.local(due);
        match local.date().yesterday() {
            Ok(day) if local.time() == Time::midnight() => {
                format!("{} 24:00", day_text(lang, day, self.local(now).date()))
            }
            _ => self.moment_text(lang, due, now),
        }
    }

    /// When something happened or will: "today 17:30", "11月26日 09:05".
    #[must_use]
    pub fn moment_text(&self, lang: Lang, at: Timestamp, now: Timestamp) -> String {
        let local: DateTime = self.local(at);
        let day = day_text(lang, local.date(), self.local(now).date());
        format!("{day} {:02}:{:02}", local.hour(), local.minute())
    }
}

/// A day as seen from `today`: by its own name when it is near, with its year when
/// that is another.
fn day_text(lang: Lang, day: Date, today: Date) -> String {
    let apart = day_number(day) - day_number(today);
    let near = match (apart, lang) {
        (0, Lang::Hans | Lang::Hant) => Some("今天"),
        (1, Lang::Hans | Lang::Hant) => Some("明天"),
        (2, Lang::Hans) => Some("后天"),
        (2, Lang::Hant) => Some("後天"),
        (-1, Lang::Hans | Lang::Hant) => Some("昨天"),
        (-2, Lang::Hans | Lang::Hant) => Some("前天"),
        (0, Lang::En) => Some("today"),
        (1, Lang::En) => Some("tomorrow"),
        (-1, Lang::En) => Some("yesterday"),
        _ => None,
    };
    if let Some(near) = near {
        return near.into();
    }
    let is_this_year = day.year() == today.year();
    match lang {
        Lang::En => {
            let year = if is_this_year { String::new() } else { format!(" {}", day.year()) };
            format!("{} {}{year}", day.day(), month_in_english(day))
        }
        Lang::Hans | Lang::Hant => {
            let year = if is_this_year { String::new() } else { format!("{}年", day.year()) };
            format!("{year}{}月{}日", day.month(), day.day())
        }
    }
}

fn month_in_english(day: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let index = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// A span in the one unit that matters: minutes below two hours, hours below two
/// days. A countdown that jumps from "2 h" to "1 h" would hide up to 59 minutes.
fn span_text(lang: Lang, millis: i64) -> String {
    let (days, hours, minutes) = (millis / DAY, millis / HOUR, millis / MINUTE);
    match (lang, hours) {
        (Lang::Hans, 48..) => format!("{days} 天"),
        (Lang::Hant, 48..) => format!("{days} 天"),
        (Lang::En, 48..) => format!("{days} days"),
        (Lang::Hans, 2..) => format!("{hours} 小时"),
        (Lang::Hant, 2..) => format!("{hours} 小時"),
        (Lang::En, 2..) => format!("{hours} h"),
        (Lang::Hans, _) if minutes == 0 => "不到 1 分钟".into(),
        (Lang::Hant, _) if minutes == 0 => "不到 1 分鐘".into(),
        (Lang::En, _) if minutes == 0 => "less than 1 min".into(),
        (Lang::Hans, _) => format!("{minutes} 分钟"),
        (Lang::Hant, _) => format!("{minutes} 分鐘"),
        (Lang::En, _) => format!("{minutes} min"),
    }
}
