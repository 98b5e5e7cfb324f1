//! Devices and what they owe, as headquarters reads it.

use domain::sync::QuarantineReason;

use super::Words;

impl Words {
    pub fn devices(self) -> &'static str {
        self.pick("设备", "裝置", "Devices")
    }

    pub fn devices_text(self) -> &'static str {
        self.pick(
            "每台设备的操作都有连续编号。缺号就是有记录还没到，请联系当时的使用人。",
            "每台裝置的操作都有連續編號。缺號就是有記錄還沒到，請聯絡當時的使用人。",
            "Each device numbers its acts without a gap. A missing number is a record that has not come: ask whoever used the device then.",
        )
    }

    pub fn no_devices(self) -> &'static str {
        self.pick("还没有设备", "還沒有裝置", "No devices yet")
    }

    pub fn no_devices_text(self) -> &'static str {
        self.pick(
            "有人登录后会出现在这里。",
            "有人登入後會出現在這裡。",
            "They appear here once somebody has signed in.",
        )
    }

    pub fn nothing_owed(self) -> &'static str {
        self.pick("不缺号", "不缺號", "Nothing is missing")
    }

    pub fn device_seen(self, ago: &str, client: &str) -> String {
        let seen = self.pick("最近联系：", "最近聯絡：", "last heard ");
        // What only sends and never greets has told no version.
        let version = if client.is_empty() {
            ""
        } else {
            self.pick(" · 版本 ", " · 版本 ", " · version ")
        };
        format!("{seen}{ago}{version}{client}")
    }

    /// "#41 to #43, done between 09:10 and 09:25".
    pub fn owed(
        self,
        from: u64,
        until: u64,
        after: Option<String>,
        before: Option<String>,
    ) -> String {
        let numbers =
            if from == until { format!("#{from}") } else { format!("#{from}–#{until}") };
        match (after, before) {
            (Some(after), Some(before)) => self.pick(
                format!("缺 {numbers}：在{after}到{before}之间做的"),
                format!("缺 {numbers}：在{after}到{before}之間做的"),
                format!("{numbers} missing: done between {after} and {before}"),
            ),
            (None, Some(before)) => self.pick(
                format!("缺 {numbers}：在{before}之前做的"),
                format!("缺 {numbers}：在{before}之前做的"),
                format!("{numbers} missing: done before {before}"),
            ),
            (Some(after), None) => self.pick(
                format!("{numbers} 还没到：在{after}之后做的，可能正在路上"),
                format!("{numbers} 還沒到：在{after}之後做的，可能正在路上"),
                format!("{numbers} not here yet: done after {after}, perhaps on its way"),
            ),
            (None, None) => self.pick(
                format!("{numbers} 还没到"),
                format!("{numbers} 還沒到"),
                format!("{numbers} not here yet"),
            ),
        }
    }

    /// "#12, #13 came twice, with different acts, since 09:10 …"
    pub fn doubled(self, numbers: &[u64], since: &str) -> String {
        let numbers: Vec<String> = numbers.iter().map(|number| format!("#{number}")).collect();
        let numbers = numbers.join(self.pick("、", "、", ", "));
        self.pick(
            format!("{numbers} 来了两次，内容不同（{since}起）：两部手机在用同一个身份，其中一部是复制来的。两边的记录都已收到，没有丢失。请在复制出的那部手机上先全部发送、退出登录，再清除浏览器中本站的数据，重新登录后它就有自己的身份。"),
            format!("{numbers} 來了兩次，內容不同（{since}起）：兩部手機在用同一個身分，其中一部是複製來的。兩邊的記錄都已收到，沒有遺失。請在複製出的那部手機上先全部傳送、登出，再清除瀏覽器中本站的資料，重新登入後它就有自己的身分。"),
            format!("{numbers} came twice, with different acts, since {since}: two phones use one identity, because one is a copy of the other. The records of both are here, nothing is lost. On the copy: send everything, sign out, clear this site’s data in the browser and sign in again; it then has an identity of its own."),
        )
    }

    pub fn quarantine_for_headquarters(self, reason: QuarantineReason) -> &'static str {
        match reason {
            QuarantineReason::Branch => self.pick(
                "同一编号有两份不同内容，两份都已留存，请核对。",
                "同一編號有兩份不同內容，兩份都已留存，請核對。",
                "Two different contents under one id; both are kept, please compare.",
            ),
            QuarantineReason::NotTheSender => self.pick(
                "操作人与登录人不一致，已留存。",
                "操作人與登入人不一致，已留存。",
                "The author is not who was signed in; it is kept.",
            ),
            QuarantineReason::NewerFormat => self.pick(
                "由更新的版本写成，服务器升级后会处理。",
                "由更新的版本寫成，伺服器升級後會處理。",
                "Written by a newer version; it is dealt with after the server’s update.",
            ),
            QuarantineReason::Digest | QuarantineReason::Unreadable => self.pick(
                "内容在路上损坏，原样已留存。",
                "內容在路上損壞，原樣已留存。",
                "Damaged on the way; the bytes are kept as they came.",
            ),
        }
    }
}
