//! Times as people say them: "today 17:30", "3 h left". District time throughout:
//! a deadline is the same hour for everybody.
//!
//! Never: reads a clock. `now` is handed in.

use domain::{
    Timestamp,
    calendar::{Lamp, date_of, day_number, wall_time},
};
use jiff::civil::{Date, DateTime, Weekday};

use super::Words;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Words {
    /// "today 17:30", "Wed 25 Nov 09:00". `offset`: minutes east of UTC.
    pub fn when(self, at: Timestamp, now: Timestamp, offset: i16) -> String {
        let day = self.on_day(at, now, offset);
        let at = civil(at, offset);
        format!("{day} {:02}:{:02}", at.hour(), at.minute())
    }

    /// "17:30".
    pub fn time_of_day(self, at: Timestamp, offset: i16) -> String {
        let at = civil(at, offset);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// "today", "Wed 25 Nov".
    pub fn on_day(self, at: Timestamp, now: Timestamp, offset: i16) -> String {
        self.day(civil(at, offset).date(), civil(now, offset).date())
    }

    /// "29 Nov 2026 17:30": for paper, which is read on other days.
    pub fn date_time(self, at: Timestamp, offset: i16) -> String {
        self.wall_date_time(civil(at, offset))
    }

    /// The same of what a clock on a wall shows.
    pub(super) fn wall_date_time(self, at: DateTime) -> String {
        let date = self.date_with_year(at.date());
        format!("{date} {:02}:{:02}", at.hour(), at.minute())
    }

    /// "week 48 of 2026 (23 Nov – 29 Nov)". Weeks begin on Monday and are numbered as in
    /// ISO 8601.
    pub fn week(self, at: Timestamp, offset: i16) -> String {
        let day = civil(at, offset).date();
        let week = day.iso_week_date();
        let monday = day_number(day) - i64::from(day.weekday().to_monday_zero_offset());
        let (first, last) =
            (self.plain_date(date_of(monday)), self.plain_date(date_of(monday + 6)));
        let (year, number) = (week.year(), week.week());
        self.pick(
            format!("{year}年第{number}周（{first}－{last}）"),
            format!("{year}年第{number}週（{first}－{last}）"),
            format!("week {number} of {year} ({first} – {last})"),
        )
    }

    fn date_with_year(self, day: Date) -> String {
        let (year, plain) = (day.year(), self.plain_date(day));
        self.pick(format!("{year}年{plain}"), format!("{year}年{plain}"), format!("{plain} {year}"))
    }

    fn plain_date(self, day: Date) -> String {
        let (month, date) = (day.month(), day.day());
        self.pick(
            format!("{month}月{date}日"),
            format!("{month}月{date}日"),
            format!("{date} {}", month_name(month)),
        )
    }

    fn day(self, day: Date, today: Date) -> String {
        let ahead = day_number(day) - day_number(today);
        match ahead {
            0 => self.pick("今天", "今天", "today").into(),
            1 => self.pick("明天", "明天", "tomorrow").into(),
            -1 => self.pick("昨天", "昨天", "yesterday").into(),
            _ => {
                let plain = self.plain_date(day);
                if day.year() != today.year() {
                    self.date_with_year(day)
                } else if (2..7).contains(&ahead) {
                    let weekday = self.weekday(day.weekday());
                    self.pick(
                        format!("{plain} {weekday}"),
                        format!("{plain} {weekday}"),
                        format!("{weekday} {plain}"),
                    )
                } else {
                    plain
                }
            }
        }
    }

    fn weekday(self, day: Weekday) -> &'static str {
        match day {
            Weekday::Monday => self.pick("周一", "週一", "Mon"),
            Weekday::Tuesday => self.pick("周二", "週二", "Tue"),
            Weekday::Wednesday => self.pick("周三", "週三", "Wed"),
            Weekday::Thursday => self.pick("周四", "週四", "Thu"),
            Weekday::Friday => self.pick("周五", "週五", "Fri"),
            Weekday::Saturday => self.pick("周六", "週六", "Sat"),
            Weekday::Sunday => self.pick("周日", "週日", "Sun"),
        }
    }

    /// "3 h left" or "2 d overdue".
    pub fn left(self, due: Timestamp, now: Timestamp) -> String {
        let left = due.since(now);
        let span = self.span(left.saturating_abs());
        if left < 0 {
            self.pick(format!("超期 {span}"), format!("逾期 {span}"), format!("{span} overdue"))
        } else {
            self.pick(format!("剩 {span}"), format!("剩 {span}"), format!("{span} left"))
        }
    }

    /// "5 min ago"; "just now" below one minute.
    pub fn ago(self, at: Timestamp, now: Timestamp) -> String {
        let passed = now.since(at);
        if passed < MINUTE {
            return self.pick("刚刚", "剛剛", "just now").into();
        }
        let span = self.span(passed);
        self.pick(format!("{span}前"), format!("{span}前"), format!("{span} ago"))
    }

    /// "in 40 s", "in 3 min".
    pub fn soon(self, at: Timestamp, now: Timestamp) -> String {
        let ahead = at.since(now).max(0);
        if ahead < MINUTE {
            let seconds = (ahead + 999) / 1_000;
            return self.pick(
                format!("{seconds} 秒后"),
                format!("{seconds} 秒後"),
                format!("in {seconds} s"),
            );
        }
        let span = self.span(ahead);
        self.pick(format!("{span}后"), format!("{span}後"), format!("in {span}"))
    }

    /// The largest unit that is at least two, or one: "45 min", "26 h", "3 d".
    pub(super) fn span(self, millis: i64) -> String {
        if millis < HOUR {
            let minutes = (millis / MINUTE).max(1);
            self.pick(
                format!("{minutes} 分钟"),
                format!("{minutes} 分鐘"),
                format!("{minutes} min"),
            )
        } else if millis < 2 * DAY {
            let hours = millis / HOUR;
            self.pick(format!("{hours} 小时"), format!("{hours} 小時"), format!("{hours} h"))
        } else {
            let days = millis / DAY;
            self.pick(format!("{days} 天"), format!("{days} 天"), format!("{days} d"))
        }
    }

    /// The word beside a lamp's shape.
    pub fn lamp(self, lamp: Lamp) -> &'static str {
        match lamp {
            Lamp::OnTime => self.lamp_on_time,
            Lamp::Near => self.lamp_near,
            Lamp::Over => self.lamp_over,
            Lamp::Ended => self.lamp_ended,
        }
    }
}

/// Whether both lie on one day of the district.
pub fn same_day(a: Timestamp, b: Timestamp, offset: i16) -> bool {
    civil(a, offset).date() == civil(b, offset).date()
}

/// By hand: a general formatter of dates costs the phone 10 KB brotli.
const fn month_name(month: i8) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

fn civil(at: Timestamp, offset: i16) -> DateTime {
    wall_time(at.plus_millis(i64::from(offset) * MINUTE).millis())
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    fn at(day: i64, hour: i64) -> Timestamp {
        Timestamp::from_millis(day * DAY + hour * HOUR)
    }

    #[test]
    fn week_is_that_of_the_district_and_numbered_as_in_iso_8601() {
        // Sunday, 29 November 2026.
        let sunday = 20_786;
        for (at, lang, expected) in [
            (at(sunday, 9), Lang::Hans, "2026年第48周（11月23日－11月29日）"),
            (at(sunday, 9), Lang::Hant, "2026年第48週（11月23日－11月29日）"),
            (at(sunday, 9), Lang::En, "week 48 of 2026 (23 Nov – 29 Nov)"),
            // 18:00 UTC is two in the night of Monday.
            (at(sunday, 18), Lang::En, "week 49 of 2026 (30 Nov – 6 Dec)"),
            // New year's day 2027 lies in the last week of 2026.
            (at(sunday + 33, 0), Lang::En, "week 53 of 2026 (28 Dec – 3 Jan)"),
            (at(sunday + 36, 0), Lang::En, "week 1 of 2027 (4 Jan – 10 Jan)"),
        ] {
            assert_eq!(Words::of(lang).week(at, 480), expected);
        }
    }

    #[test]
    fn date_on_paper_has_its_year_even_when_it_is_today() {
        for (lang, expected) in [
            (Lang::Hans, "2026年11月29日 17:00"),
            (Lang::Hant, "2026年11月29日 17:00"),
            (Lang::En, "29 Nov 2026 17:00"),
        ] {
            assert_eq!(Words::of(lang).date_time(at(20_786, 9), 480), expected);
        }
    }
}
