//! Sentences with numbers and names in them.

use super::Words;

impl Words {
    /// "2 of 3 photos".
    pub fn photos_arrived(self, arrived: usize, all: usize) -> String {
        self.pick(
            format!("照片 {arrived}/{all}"),
            format!("照片 {arrived}/{all}"),
            format!("{arrived} of {all} photos"),
        )
    }

    /// "Photo 2 of 5".
    pub fn photo_number(self, number: usize, all: usize) -> String {
        self.pick(
            format!("第 {number} 张，共 {all} 张"),
            format!("第 {number} 張，共 {all} 張"),
            format!("Photo {number} of {all}"),
        )
    }

    /// A limit of photos that is reached.
    pub fn photos_full(self, most: usize) -> String {
        self.pick(
            format!("已有 {most} 张，到上限了。"),
            format!("已有 {most} 張，到上限了。"),
            format!("{most} photos: that is the most."),
        )
    }

    /// "Allowed here until 22:00".
    pub fn permitted_until(self, stall: &str, until: &str) -> String {
        self.pick(
            format!("{stall}：此处允许摆摊到{until}。若仍有问题，可以继续上报。"),
            format!("{stall}：此處允許擺攤到{until}。若仍有問題，可以繼續上報。"),
            format!("{stall}: stalls are allowed here until {until}. Report only if something else is wrong."),
        )
    }

    /// "Due by today 17:30".
    pub fn due_by(self, when: &str) -> String {
        self.pick(format!("{when}前办结"), format!("{when}前辦結"), format!("due {when}"))
    }

    /// The count on the pill above a scrolled list.
    pub fn arrivals(self, count: usize) -> String {
        self.pick(format!("新到 {count} 件"), format!("新到 {count} 件"), format!("{count} new"))
    }

    pub fn cases_count(self, count: usize) -> String {
        self.pick(
            format!("{count} 件"),
            format!("{count} 件"),
            if count == 1 { "1 case".into() } else { format!("{count} cases") },
        )
    }

    pub fn waiting_count(self, count: u32) -> String {
        self.pick(format!("{count} 条待发"), format!("{count} 條待傳"), format!("{count} waiting"))
    }

    pub fn sending_count(self, count: u32) -> String {
        self.pick(
            format!("正在发 {count} 条"),
            format!("正在傳 {count} 條"),
            format!("Sending {count}"),
        )
    }

    /// While further cases come.
    pub fn receiving_count(self, cases: u32) -> String {
        self.pick(
            format!("正在接收案件，已到 {cases} 件…"),
            format!("正在接收案件，已到 {cases} 件…"),
            format!("Receiving cases: {cases} so far…"),
        )
    }

    pub fn offline_count(self, count: u32) -> String {
        self.pick(
            format!("离线 · {count} 条在本机"),
            format!("離線 · {count} 條在本機"),
            format!("Offline · {count} here"),
        )
    }

    pub fn attention_count(self, count: u32) -> String {
        self.pick(
            format!("{count} 条要您看"),
            format!("{count} 條要您看"),
            format!("{count} to look at"),
        )
    }

    pub fn others_count(self, count: u32) -> String {
        self.pick(
            format!("{count} 条"),
            format!("{count} 條"),
            if count == 1 { "1 record".into() } else { format!("{count} records") },
        )
    }

    /// "120 KB of 800 KB".
    pub fn progress(self, sent: u64, of: u64) -> String {
        let (sent, of) = (self.bytes(sent), self.bytes(of));
        self.pick(format!("{sent} / {of}"), format!("{sent} / {of}"), format!("{sent} of {of}"))
    }

    /// Before somebody signs out over a full outbox.
    pub fn sign_out_full(self, count: u32) -> String {
        self.pick(
            format!("还有 {count} 条没到达。退出后它们仍保存在本机，等您下次登录再发送；最好先连网发完。"),
            format!("還有 {count} 條沒到達。登出後它們仍儲存在本機，等您下次登入再傳送；最好先連網傳完。"),
            format!("{count} have not arrived. They stay on this phone and are sent when you sign in again; better send them first."),
        )
    }

    pub fn times_tried(self, tries: u32) -> String {
        self.pick(
            format!("已试 {tries} 次"),
            format!("已試 {tries} 次"),
            if tries == 1 { "tried once".into() } else { format!("tried {tries} times") },
        )
    }

    /// Why the work came back, for who has to do it again.
    pub fn returned(self, why: &str) -> String {
        self.pick(
            format!("退回返工：{why}"),
            format!("退回返工：{why}"),
            format!("Returned for rework: {why}"),
        )
    }

    pub fn rework_round(self, round: usize) -> String {
        self.pick(
            format!("第 {round} 次返工"),
            format!("第 {round} 次返工"),
            format!("rework no. {round}"),
        )
    }
}
