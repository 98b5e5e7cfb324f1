//! The rescue bundle in words: making one, and what the server made of one.

use super::Words;
use crate::model::{Import, Progress, Rescue};

impl Words {
    pub fn rescue_title(self) -> &'static str {
        self.pick("救援包", "救援包", "Rescue file")
    }

    pub fn rescue_text(self) -> &'static str {
        self.pick(
            "发不出去也丢不了：把本机的全部记录和照片存成一个文件，交给指挥部，或用任何一台设备导入。重复导入也不会变成两份。",
            "傳不出去也丟不了：把本機的全部記錄和照片存成一個檔案，交給指揮部，或用任何一台裝置匯入。重複匯入也不會變成兩份。",
            "If sending does not work, nothing is lost: save everything on this phone as one file and hand it to headquarters, or import it from any device. Importing twice does no harm.",
        )
    }

    pub fn rescue_make(self) -> &'static str {
        self.pick("存成文件", "存成檔案", "Save to a file")
    }

    pub fn rescue_import(self) -> &'static str {
        self.pick("导入救援包", "匯入救援包", "Import a rescue file")
    }

    pub fn rescue_sending(self, done: Progress) -> String {
        let bytes = self.progress(done.sent, done.of);
        self.pick(
            format!("正在导入 {bytes}"),
            format!("正在匯入 {bytes}"),
            format!("Importing {bytes}"),
        )
    }

    /// What has arrived and is still here, because no backup of the server has it yet.
    pub fn waits_for_backup(self, photos: u32, bytes: u64) -> String {
        let size = self.bytes(bytes);
        self.pick(
            format!("{photos} 张照片（{size}）已送达，服务器备份之前本机先留着。"),
            format!("{photos} 張照片（{size}）已送達，伺服器備份之前本機先留著。"),
            format!("{photos} photos ({size}) have arrived and stay here until the server’s backup has them."),
        )
    }

    pub fn rescue_making(self, done: Progress) -> String {
        let Progress { sent, of } = done;
        self.pick(
            format!("正在打包照片 {sent}/{of}"),
            format!("正在打包照片 {sent}/{of}"),
            format!("Packing photo {sent} of {of}"),
        )
    }

    pub fn rescue_made(self, made: Rescue) -> String {
        let Rescue { operations, photos, damaged, bytes } = made;
        let size = self.bytes(bytes);
        let mut text = self.pick(
            format!("已存成文件：{operations} 条操作、{photos} 张照片，共 {size}。本机的内容都还在。"),
            format!("已存成檔案：{operations} 條操作、{photos} 張照片，共 {size}。本機的內容都還在。"),
            format!("Saved: {operations} acts and {photos} photos, {size}. Everything stays on this phone as well."),
        );
        if damaged > 0 {
            text.push_str(&self.pick(
                format!("有 {damaged} 张照片在本机已损坏，没有放进去。"),
                format!("有 {damaged} 張照片在本機已損壞，沒有放進去。"),
                format!(" {damaged} photos are damaged on this phone and were left out."),
            ));
        }
        text
    }

    pub fn rescue_taken(self, report: &Import) -> String {
        let Import { operations_taken, operations_known, photos_taken, photos_known, .. } = report;
        let mut text = self.pick(
            format!("已导入：新操作 {operations_taken} 条、新照片 {photos_taken} 张；早已收到 {operations_known} 条、{photos_known} 张。"),
            format!("已匯入：新操作 {operations_taken} 條、新照片 {photos_taken} 張；早已收到 {operations_known} 條、{photos_known} 張。"),
            format!("Imported {operations_taken} new acts and {photos_taken} new photos; {operations_known} and {photos_known} were there already."),
        );
        if report.damaged > 0 {
            let damaged = report.damaged;
            text.push_str(&self.pick(
                format!("有 {damaged} 处读不出来。"),
                format!("有 {damaged} 處讀不出來。"),
                format!(" {damaged} parts could not be read."),
            ));
        }
        if !report.whole {
            text.push_str(self.pick(
                "文件不完整，读到的都已收下；请再取一次完整的文件。",
                "檔案不完整，讀到的都已收下；請再取一次完整的檔案。",
                " The file is cut short: what came before the cut is in; fetch the whole file again.",
            ));
        }
        text
    }
}
