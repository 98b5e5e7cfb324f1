//! What the board says of acts on many cases at once.

use super::Words;

impl Words {
    /// Begins to choose cases for one act.
    pub fn select_cases(self) -> &'static str {
        self.pick("多选", "多選", "Select several")
    }

    /// What the box of a row does, for who does not see the row.
    pub fn select_case(self, category: &str, place: &str) -> String {
        self.pick(
            format!("选择：{category}，{place}"),
            format!("選取：{category}，{place}"),
            format!("Select: {category}, {place}"),
        )
    }

    pub fn leave_selection(self) -> &'static str {
        self.pick("取消选择", "取消選取", "Clear selection")
    }

    pub fn selected_count(self, count: usize) -> String {
        self.pick(
            format!("已选 {count} 件"),
            format!("已選 {count} 件"),
            format!("{count} selected"),
        )
    }

    /// No more can be chosen.
    pub fn selection_full(self, most: usize) -> String {
        self.pick(
            format!("一次最多 {most} 件，其余请下一次再选。"),
            format!("一次最多 {most} 件，其餘請下一次再選。"),
            format!("At most {most} at a time; select the others next time."),
        )
    }

    /// "Select all shown (40)"; `most` where there are more.
    pub fn select_shown(self, shown: usize, most: usize) -> String {
        if shown > most {
            return self.pick(
                format!("选前 {most} 件"),
                format!("選前 {most} 件"),
                format!("Select the first {most}"),
            );
        }
        self.pick(
            format!("选列出的全部（{shown}）"),
            format!("選列出的全部（{shown}）"),
            format!("Select all shown ({shown})"),
        )
    }

    /// None of what can be done to many cases fits one of those that are selected.
    pub fn no_bulk_act(self) -> &'static str {
        self.pick(
            "所选案件现在都不能一起交办、通过或结案。",
            "所選案件現在都不能一起交辦、通過或結案。",
            "None of the selected cases can be assigned, passed or closed now.",
        )
    }

    /// "Close (12)": the cases that an act fits.
    pub fn act_on_count(self, act: &str, count: usize) -> String {
        self.pick(
            format!("{act}（{count}）"),
            format!("{act}（{count}）"),
            format!("{act} ({count})"),
        )
    }

    /// Under its undo bar, before it is done.
    pub fn bulk_waits(self, act: &str, count: usize) -> String {
        let cases = self.cases_count(count);
        self.pick(
            format!("即将办理：{act}，{cases}。"),
            format!("即將辦理：{act}，{cases}。"),
            format!("About to do: {act}, {cases}."),
        )
    }

    pub fn bulk_progress(self, dealt_with: usize, of: usize) -> String {
        self.pick(
            format!("正在保存：{dealt_with} / {of}。存完前请不要关掉本页。"),
            format!("正在儲存：{dealt_with} / {of}。存完前請不要關掉本頁。"),
            format!("Saving: {dealt_with} of {of}. Keep this page open until it is through."),
        )
    }

    pub fn bulk_done(self, count: usize) -> String {
        let cases = self.cases_count(count);
        self.pick(
            format!("已办 {cases}，存在这台设备上，有网络就自动发送。"),
            format!("已辦 {cases}，存在這台裝置上，有網路就自動傳送。"),
            format!(
                "Done: {cases}. Saved on this device and sent by itself when there is a network."
            ),
        )
    }

    pub fn bulk_not_done(self, count: usize) -> String {
        let cases = self.cases_count(count);
        self.pick(
            format!("没有办完 {cases}："),
            format!("沒有辦完 {cases}："),
            format!("Not done, or not to the end: {cases}:"),
        )
    }

    /// Why nothing was done to a case in this state.
    pub fn bulk_unfit(self, state: &str) -> String {
        self.pick(
            format!("“{state}”的案件现在不能这样办。"),
            format!("「{state}」的案件現在不能這樣辦。"),
            format!("“{state}”: this act does not fit there."),
        )
    }

    pub fn key_select(self) -> &'static str {
        self.pick("选上或取消", "選上或取消", "select or clear")
    }

    pub fn key_select_next(self) -> &'static str {
        self.pick("连着往下选", "連著往下選", "select down the list")
    }

    pub fn key_select_previous(self) -> &'static str {
        self.pick("连着往上选", "連著往上選", "select up the list")
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    #[test]
    fn selection_says_how_many_are_shown_and_that_no_more_than_the_most_are_taken() {
        for (lang, shown, expected) in [
            (Lang::Hans, 40, "选列出的全部（40）"),
            (Lang::Hant, 40, "選列出的全部（40）"),
            (Lang::En, 40, "Select all shown (40)"),
            (Lang::En, 200, "Select all shown (200)"),
            (Lang::Hans, 201, "选前 200 件"),
            (Lang::Hant, 201, "選前 200 件"),
            (Lang::En, 201, "Select the first 200"),
        ] {
            assert_eq!(Words::of(lang).select_shown(shown, 200), expected);
        }
    }

    #[test]
    fn account_counts_what_was_done_and_what_was_not() {
        for (lang, done, not_done) in [
            (Lang::Hans, "已办 12 件", "没有办完 1 件"),
            (Lang::Hant, "已辦 12 件", "沒有辦完 1 件"),
            (Lang::En, "Done: 12 cases", "Not done, or not to the end: 1 case:"),
        ] {
            let words = Words::of(lang);
            assert!(words.bulk_done(12).starts_with(done), "{}", words.bulk_done(12));
            assert!(words.bulk_not_done(1).starts_with(not_done), "{}", words.bulk_not_done(1));
        }
    }
}
