//! What the desk says on the board: without a network, on paper, and of passing and closing
//! in one act.

use domain::Timestamp;

use super::Words;

/// Titles of the columns of a printed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedColumns {
    pub number: &'static str,
    pub category: &'static str,
    pub place: &'static str,
    pub holder: &'static str,
    pub due: &'static str,
    pub state: &'static str,
}

impl Words {
    /// While the server does not answer. `as_of`: when it last did, where that is known.
    pub fn desk_offline(self, as_of: Option<&str>) -> String {
        let kept = self.pick(
            "您做的事先存在这台设备上，恢复后自动发送。",
            "您做的事先存在這台裝置上，恢復後自動傳送。",
            "What you do is kept on this device and sent by itself once the server answers.",
        );
        match as_of {
            Some(at) => self.pick(
                format!("没有网络或连不上服务器。这里是{at}收到的内容，之后的变化看不到。{kept}"),
                format!("沒有網路或連不上伺服器。這裡是{at}收到的內容，之後的變化看不到。{kept}"),
                format!("No network, or the server does not answer. You see what came until {at}, and nothing newer. {kept}"),
            ),
            None => self.pick(
                format!("没有网络或连不上服务器。这里是上次收到的内容，之后的变化看不到。{kept}"),
                format!("沒有網路或連不上伺服器。這裡是上次收到的內容，之後的變化看不到。{kept}"),
                format!("No network, or the server does not answer. You see what came last time, and nothing newer. {kept}"),
            ),
        }
    }

    /// Above what a question brought before, when it cannot be asked again. `why` is the
    /// sentence of what went wrong.
    pub fn answer_is_old(self, why: &str, at: &str) -> String {
        self.pick(
            format!("{why}以下是{at}的情况。"),
            format!("{why}以下是{at}的情況。"),
            format!("{why} Below is how it was {at}."),
        )
    }

    pub fn pass_and_close(self) -> &'static str {
        self.pick("通过并结案", "通過並結案", "Pass and close")
    }

    pub fn will_pass_and_close(self) -> &'static str {
        self.pick(
            "即将通过核查并结案。",
            "即將通過核查並結案。",
            "Passing the fix and closing the case.",
        )
    }

    /// In the place of a list that was never asked for.
    pub fn list_unknown(self) -> &'static str {
        self.pick("还没有收到这里的案件", "還沒有收到這裡的案件", "These cases have not come yet")
    }

    pub fn list_unknown_text(self) -> &'static str {
        self.pick(
            "连上服务器后会自动出现。",
            "連上伺服器後會自動出現。",
            "They appear by themselves once the server answers.",
        )
    }

    pub fn filter_title(self) -> &'static str {
        self.pick("筛选", "篩選", "Filter")
    }

    pub fn filter_zone(self) -> &'static str {
        self.pick("区域", "區域", "Area")
    }

    pub fn filter_period(self) -> &'static str {
        self.pick("上报时间", "上報時間", "Reported")
    }

    pub fn filter_all(self) -> &'static str {
        self.pick("全部", "全部", "All")
    }

    pub fn filter_clear(self) -> &'static str {
        self.pick("清除", "清除", "Clear")
    }

    pub fn filter_done(self) -> &'static str {
        self.pick("看结果", "看結果", "Show cases")
    }

    pub fn reported_today(self) -> &'static str {
        self.pick("今天上报", "今天上報", "Reported today")
    }

    pub fn reported_in_seven_days(self) -> &'static str {
        self.pick("近 7 天上报", "近 7 天上報", "Reported in the last 7 days")
    }

    pub fn reported_in_thirty_days(self) -> &'static str {
        self.pick("近 30 天上报", "近 30 天上報", "Reported in the last 30 days")
    }

    /// What a chip of the filter does, for who does not see its cross.
    pub fn take_filter_away(self, part: &str) -> String {
        self.pick(
            format!("取消筛选：{part}"),
            format!("取消篩選：{part}"),
            format!("Remove filter: {part}"),
        )
    }

    /// Which cases a printed list has: "To verify, 3 cases, “trash”".
    pub fn printed_choice(self, queue: &str, count: usize, search: &str) -> String {
        let cases = self.cases_count(count);
        let found = match search.trim() {
            "" => String::new(),
            text => self.pick(
                format!(" · 搜索“{text}”"),
                format!(" · 搜尋「{text}」"),
                format!(" · search “{text}”"),
            ),
        };
        format!("{queue} · {cases}{found}")
    }

    /// When it was printed. `offset`: minutes east of UTC.
    pub fn printed_at(self, now: Timestamp, offset: i16) -> String {
        let at = self.date_time(now, offset);
        self.pick(format!("打印时间：{at}"), format!("列印時間：{at}"), format!("printed {at}"))
    }

    pub fn printed_columns(self) -> PrintedColumns {
        PrintedColumns {
            number: self.pick("编号", "編號", "No."),
            category: self.type_label,
            place: self.pick("地点", "地點", "Place"),
            holder: self.pick("责任单位、责任人", "責任單位、責任人", "Unit, person"),
            due: self.due,
            state: self.pick("状态", "狀態", "State"),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    #[test]
    fn note_without_a_network_says_from_when_the_cases_are_and_that_acts_are_kept() {
        for (lang, as_of, parts) in [
            (Lang::Hans, Some("今天 09:10"), ["今天 09:10", "存在这台设备上"]),
            (Lang::Hant, Some("今天 09:10"), ["今天 09:10", "存在這台裝置上"]),
            (Lang::En, Some("today 09:10"), ["until today 09:10", "kept on this device"]),
            (Lang::Hans, None, ["上次收到的内容", "存在这台设备上"]),
            (Lang::Hant, None, ["上次收到的內容", "存在這台裝置上"]),
            (Lang::En, None, ["what came last time", "kept on this device"]),
        ] {
            let text = Words::of(lang).desk_offline(as_of);
            for part in parts {
                assert!(text.contains(part), "{lang:?}: {text} lacks {part}");
            }
        }
    }

    #[test]
    fn printed_list_names_its_queue_its_count_and_the_search_that_chose_it() {
        for (lang, search, expected) in [
            (Lang::Hans, "", "待核查 · 3 件"),
            (Lang::Hans, " 垃圾 ", "待核查 · 3 件 · 搜索“垃圾”"),
            (Lang::Hant, "垃圾", "待核查 · 3 件 · 搜尋「垃圾」"),
            (Lang::En, "", "To verify · 3 cases"),
            (Lang::En, "trash", "To verify · 3 cases · search “trash”"),
        ] {
            let words = Words::of(lang);
            assert_eq!(words.printed_choice(words.queue_to_verify, 3, search), expected);
        }
    }

    #[test]
    fn printed_list_says_when_it_was_printed_by_the_clocks_of_the_district() {
        let at = Timestamp::from_millis(1_795_944_600_000);
        for (lang, expected) in [
            (Lang::Hans, "打印时间：2026年11月29日 17:30"),
            (Lang::Hant, "列印時間：2026年11月29日 17:30"),
            (Lang::En, "printed 29 Nov 2026 17:30"),
        ] {
            assert_eq!(Words::of(lang).printed_at(at, 480), expected);
        }
    }
}
