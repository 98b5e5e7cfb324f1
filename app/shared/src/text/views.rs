//! What the board says of the views that a person keeps.

use super::Words;

impl Words {
    pub fn own_views(self) -> &'static str {
        self.pick("我的视图", "我的檢視", "My views")
    }

    /// Opens the sheet in which what is shown now gets a name.
    pub fn keep_view(self) -> &'static str {
        self.pick("保存为视图", "儲存為檢視", "Keep this view")
    }

    pub fn view_name(self) -> &'static str {
        self.pick("视图名称", "檢視名稱", "Name of the view")
    }

    /// `most`: characters.
    pub fn view_name_bad(self, most: usize) -> String {
        self.pick(
            format!("名称要有 1 到 {most} 个字，只占一行。"),
            format!("名稱要有 1 到 {most} 個字，只占一行。"),
            format!("A name has 1 to {most} characters in one line."),
        )
    }

    /// A period is relative to today, which a view does not know.
    pub fn view_lacks_period(self) -> &'static str {
        self.pick(
            "上报时间不保存在视图里：过了今天它就不对了。其余条件都会保存。",
            "上報時間不儲存在檢視裡：過了今天它就不對了。其餘條件都會儲存。",
            "The time of the report is not kept: it would be wrong tomorrow. All else is.",
        )
    }

    pub fn keep(self) -> &'static str {
        self.pick("保存", "儲存", "Keep")
    }

    /// There is one of this name.
    pub fn replace_view(self, name: &str) -> String {
        self.pick(format!("替换“{name}”"), format!("取代「{name}」"), format!("Replace “{name}”"))
    }

    pub fn view_kept(self, name: &str) -> String {
        self.pick(
            format!("已保存视图“{name}”，您的其他设备上也有。"),
            format!("已儲存檢視「{name}」，您的其他裝置上也有。"),
            format!("View “{name}” is kept, on your other devices too."),
        )
    }

    pub fn edit_views(self) -> &'static str {
        self.pick("整理我的视图", "整理我的檢視", "Edit my views")
    }

    pub fn rename_view(self, name: &str) -> String {
        self.pick(
            format!("给“{name}”改名"),
            format!("給「{name}」改名"),
            format!("Rename “{name}”"),
        )
    }

    pub fn rename(self) -> &'static str {
        self.pick("改名", "改名", "Rename")
    }

    pub fn replace_with_shown(self) -> &'static str {
        self.pick("改为现在的条件", "改為現在的條件", "Use what is shown now")
    }

    pub fn remove_view(self) -> &'static str {
        self.pick("删除", "刪除", "Remove")
    }

    pub fn view_removed(self, name: &str) -> String {
        self.pick(
            format!("已删除视图“{name}”。"),
            format!("已刪除檢視「{name}」。"),
            format!("View “{name}” is removed."),
        )
    }

    /// It names what the board cannot narrow to, or another version wrote it.
    pub fn view_not_for_board(self) -> &'static str {
        self.pick(
            "这个视图里有看板不认识的条件，在这里用不了；可以删除或替换。",
            "這個檢視裡有看板不認識的條件，在這裡用不了；可以刪除或取代。",
            "This view has conditions that the board does not know, so it cannot be used here; it can be removed or replaced.",
        )
    }

    /// Above the views while the server does not answer. `why` is the sentence of what went wrong.
    pub fn views_are_old(self, why: &str) -> String {
        self.pick(
            format!("{why}视图是上次收到的，可以用，现在不能改。"),
            format!("{why}檢視是上次收到的，可以用，現在不能改。"),
            format!(
                "{why} The views are those that came last; they can be used, but not changed now."
            ),
        )
    }
}
