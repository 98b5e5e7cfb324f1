//! Records in words: how many more there are, what is wrong with one, and making a draft
//! of it again.

use super::Words;
use crate::model::{OperationState, PhotoState, Record};

impl Words {
    pub fn draft_again(self) -> &'static str {
        self.pick("做成新草稿重报", "做成新草稿重報", "Make a draft of it again")
    }

    /// At capture, when such a draft is opened.
    pub fn draft_again_text(self) -> &'static str {
        self.pick(
            "内容已从原记录带过来，请核对后保存；保存之前，原记录不变。",
            "內容已從原記錄帶過來，請核對後儲存；儲存之前，原記錄不變。",
            "Filled in from the old record: check it and save. Until then the old record stays as it is.",
        )
    }

    pub fn draft_in_the_way(self) -> &'static str {
        self.pick(
            "另有一条草稿还没保存，没有动它，这条记录也没变。请先填完或放弃那条草稿，再回来做这条。",
            "另有一條草稿還沒儲存，沒有動它，這條記錄也沒變。請先填完或放棄那條草稿，再回來做這條。",
            "Another draft is not saved yet. It was left alone, and so was this record: finish or discard that draft, then come back to this one.",
        )
    }

    /// Its discarding was undone while another draft was open.
    pub fn discarded_draft_is_next(self) -> &'static str {
        self.pick(
            "刚才放弃的草稿已找回；现在这条没有动，保存或放弃它之后就打开找回的那条。",
            "剛才放棄的草稿已找回；現在這條沒有動，儲存或放棄它之後就開啟找回的那條。",
            "The discarded draft is back. This one was left alone: save or discard it, and the other opens.",
        )
    }

    /// The removal of a photo was undone after its draft was saved or discarded.
    pub fn removed_photo_has_no_draft(self) -> &'static str {
        self.pick(
            "这张照片所在的草稿已经保存或放弃，照片没有放回，也没有放进别的草稿。",
            "這張照片所在的草稿已經儲存或放棄，照片沒有放回，也沒有放進別的草稿。",
            "The draft of this photo is saved or discarded: the photo was not put back, and into no other draft either.",
        )
    }

    /// A photo was ready after its draft was saved or discarded and another one was begun.
    pub fn late_photo_is_next(self) -> &'static str {
        self.pick(
            "刚拍的照片没有混进这条：它单独存成了一条草稿，保存或放弃这条之后就打开。",
            "剛拍的照片沒有混進這條：它單獨存成了一條草稿，儲存或放棄這條之後就開啟。",
            "The photo just taken does not belong to this record: it is kept as a draft of its own, which opens when this one is saved or discarded.",
        )
    }

    /// Below the newest records: so many older ones can be shown.
    pub fn more_records(self, count: usize) -> String {
        self.pick(
            format!("更早的还有 {count} 条，再看一些"),
            format!("更早的還有 {count} 條，再看一些"),
            format!("{count} older: show more"),
        )
    }

    pub fn photo_damaged(self) -> &'static str {
        self.pick("本机已损坏", "本機已損壞", "damaged here")
    }

    /// At the sync screen, when photos are all that is wrong.
    pub fn photos_in_need(self) -> &'static str {
        self.pick(
            "有照片发不出去，其余都安全；是哪一张、怎么办，「记录」里写着。",
            "有照片傳不出去，其餘都安全；是哪一張、怎麼辦，「記錄」裡寫著。",
            "A photo cannot be sent; all else is safe. Records say which one, and what to do.",
        )
    }

    /// A draft with a photo that broke before it was saved; `number` from 1.
    pub fn photo_lost(self, number: usize) -> String {
        self.pick(
            format!("第 {number} 张照片在本机已损坏，这条还没保存。其他内容都在；请移除这张，重拍后再保存。"),
            format!("第 {number} 張照片在本機已損壞，這條還沒儲存。其他內容都在；請移除這張，重拍後再儲存。"),
            format!("Photo {number} is damaged on this phone, so this is not saved yet. Everything else is here: remove that photo, take it again and save."),
        )
    }

    /// Which photos of a record broke on this phone, what is safe, what to do; `None` when
    /// none did.
    pub fn damaged_photos_text(self, record: &Record) -> Option<String> {
        let mut damaged = Vec::new();
        let (mut good, mut arrived) = (0_usize, 0_usize);
        for (number, photo) in (1_usize..).zip(&record.photos) {
            match &photo.state {
                PhotoState::Damaged => damaged.push(number.to_string()),
                PhotoState::Arrived { .. } | PhotoState::Undecodable => arrived += 1,
                // One that the server said no to is tried again, and its mark says so.
                _ => good += 1,
            }
        }
        if damaged.is_empty() {
            return None;
        }
        let which = damaged.join(self.pick("、", "、", ", "));
        let mut text = self.pick(
            format!("照片 {which} 在本机已损坏，发不出去。"),
            format!("照片 {which} 在本機已損壞，傳不出去。"),
            format!("Photo {which}: damaged on this phone, it cannot be sent. "),
        );
        text.push_str(match record.operation {
            OperationState::Waiting { .. } | OperationState::Sending => self.pick(
                "文字在本机，会自动发送",
                "文字在本機，會自動傳送",
                "The text is on this phone and is sent by itself",
            ),
            _ => self.pick("文字已到达", "文字已到達", "The text has arrived"),
        });
        if arrived > 0 {
            text.push_str(&self.pick(
                format!("，另有 {arrived} 张照片已到达"),
                format!("，另有 {arrived} 張照片已到達"),
                format!("; photos that have arrived: {arrived}"),
            ));
        }
        if good > 0 {
            text.push_str(&self.pick(
                format!("，另有 {good} 张照片照常发送"),
                format!("，另有 {good} 張照片照常傳送"),
                format!("; photos still on their way: {good}"),
            ));
        }
        text.push_str(self.pick(
            "。请做成新草稿，补拍这张再保存，其余已替您填好；不用补拍就点「知道了」。",
            "。請做成新草稿，補拍這張再儲存，其餘已替您填好；不用補拍就點「知道了」。",
            ". Make a draft of it again, take that photo anew and save: the rest is filled in. If it is not needed, choose “Understood”.",
        ));
        Some(text)
    }
}
