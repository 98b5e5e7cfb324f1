//! An act that came too late, in words: both sides, and what can be done with them.

use super::Words;

impl Words {
    /// `act`: "Claimed"; `when`: "today 10:05".
    pub fn conflict_title(self, act: &str, when: &str) -> String {
        self.pick(
            format!("您在{when}做的「{act}」没有执行"),
            format!("您在{when}做的「{act}」沒有執行"),
            format!("“{act}” of {when} was not carried out"),
        )
    }

    pub fn conflict_text(self) -> &'static str {
        self.pick(
            "两边都在，由您决定：",
            "兩邊都在，由您決定：",
            "Both sides are kept; you decide:",
        )
    }

    pub fn when_you_acted(self) -> &'static str {
        self.pick("您操作时", "您操作時", "When you acted")
    }

    pub fn as_it_is_now(self) -> &'static str {
        self.pick("现在", "現在", "Now")
    }

    pub fn state_field(self) -> &'static str {
        self.pick("状态", "狀態", "State")
    }

    pub fn do_mine_again(self) -> &'static str {
        self.pick(
            "按现在的案件再做一次",
            "按現在的案件再做一次",
            "Do mine on the case as it is now",
        )
    }

    pub fn keep_both(self) -> &'static str {
        self.pick(
            "两边都留：我的写成备注",
            "兩邊都留：我的寫成備註",
            "Keep both: mine becomes a note",
        )
    }

    pub fn keep_theirs(self) -> &'static str {
        self.pick("保持现在这样", "保持現在這樣", "Leave it as it is")
    }

    /// The note that stands for an act that was not carried out.
    pub fn mine_as_note(self, act: &str, when: &str, text: &str, photos: usize) -> String {
        let photos = match photos {
            0 => String::new(),
            count => self.pick(
                format!("，附照片 {count} 张（已在服务器）"),
                format!("，附照片 {count} 張（已在伺服器）"),
                format!(", with {count} photos (at the server)"),
            ),
        };
        let text = if text.is_empty() { String::new() } else { format!("：{text}") };
        self.pick(
            format!("{when}做过「{act}」，未执行{photos}{text}"),
            format!("{when}做過「{act}」，未執行{photos}{text}"),
            format!("“{act}” of {when} was not carried out{photos}{text}"),
        )
    }
}
