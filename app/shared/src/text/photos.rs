//! Where a photo came from, and what its file claims. A claim is called one: of a chosen
//! file it is never said that it was taken at the moment it was chosen.

use domain::evidence::ClaimedTime;

use super::Words;
use crate::model::{PhotoState, Record};

impl Words {
    /// The mark of a photo that has arrived and is no picture.
    pub fn photo_undecodable(self) -> &'static str {
        self.pick("已到达，打不开", "已到達，打不開", "arrived, cannot be opened")
    }

    /// The mark of a photo that a proxy or a firewall holds back.
    pub fn photo_blocked(self) -> &'static str {
        self.pick("路上被拦", "路上被攔", "held back on the way")
    }

    /// Which photos of a record are held back on the way, what is safe, what to do; `None` when
    /// none are.
    pub fn blocked_photos_text(self, record: &Record) -> Option<String> {
        let which = self.numbers_of(record, &PhotoState::Blocked)?;
        Some(self.pick(
            format!("照片 {which} 在本机，但这个网络里的防火墙或代理不让照片通过。会自动再试；请换用手机流量或别的 Wi-Fi，或者存成救援包交给指挥部。"),
            format!("照片 {which} 在本機，但這個網路裡的防火牆或代理不讓照片通過。會自動再試；請換用行動數據或別的 Wi-Fi，或者存成救援包交給指揮部。"),
            format!("Photo {which} is on this phone, but a firewall or a proxy in this network lets no photo through. It is tried again by itself; use mobile data or another Wi-Fi, or save a rescue file and hand it to headquarters."),
        ))
    }

    /// In the list of what waits on this phone, when no operation does and so many photos do.
    pub fn no_operation_waits(self, photos: u32) -> String {
        match photos {
            0 => self.nothing_waiting.into(),
            1 => self.pick(
                "文字都已送达；还有 1 张照片待发，「记录」里写着是哪一张。".into(),
                "文字都已送達；還有 1 張照片待傳，「記錄」裡寫著是哪一張。".into(),
                "All text has arrived; 1 photo is still to be sent. Records say which one.".into(),
            ),
            _ => self.pick(
                format!("文字都已送达；还有 {photos} 张照片待发，「记录」里写着是哪些。"),
                format!("文字都已送達；還有 {photos} 張照片待傳，「記錄」裡寫著是哪些。"),
                format!("All text has arrived; {photos} photos are still to be sent. Records say which ones."),
            ),
        }
    }

    /// The numbers, from 1, of a record's photos in this state; `None` when there are none.
    fn numbers_of(self, record: &Record, state: &PhotoState) -> Option<String> {
        let which: Vec<_> = (1_usize..)
            .zip(&record.photos)
            .filter(|(_, photo)| photo.state == *state)
            .map(|(number, _)| number.to_string())
            .collect();
        (!which.is_empty()).then(|| which.join(self.pick("、", "、", ", ")))
    }

    /// At the head of a case.
    pub fn photos_undecodable(self, count: usize) -> String {
        self.pick(
            format!("{count} 张照片打不开，已原样留存"),
            format!("{count} 張照片打不開，已原樣留存"),
            match count {
                1 => "1 photo cannot be opened; it is kept as it came".into(),
                _ => format!("{count} photos cannot be opened; they are kept as they came"),
            },
        )
    }

    /// In the timeline of a case.
    pub fn event_photo_undecodable(self) -> &'static str {
        self.pick(
            "照片打不开，已原样留存",
            "照片打不開，已原樣留存",
            "Photo cannot be opened; kept",
        )
    }

    /// Which photos of a record arrived and are no pictures, what is safe, what to do; `None`
    /// when none are.
    pub fn undecodable_photos_text(self, record: &Record) -> Option<String> {
        let which = self.numbers_of(record, &PhotoState::Undecodable)?;
        Some(self.pick(
            format!("照片 {which} 已送达并留存，但打不开，看不到内容。人还在现场的话，请做成新草稿，重拍这张再保存；不用重拍就点「知道了」。"),
            format!("照片 {which} 已送達並留存，但打不開，看不到內容。人還在現場的話，請做成新草稿，重拍這張再儲存；不用重拍就點「知道了」。"),
            format!("Photo {which}: it has arrived and is kept, but it cannot be opened, so nobody can see what it shows. If you are still there, make a draft of it again, take that photo anew and save. If it is not needed, choose “Understood”."),
        ))
    }

    /// "From the gallery, chosen 23 Nov 2026 14:02".
    pub fn chosen_from_gallery(self, when: &str) -> String {
        self.pick(
            format!("来自相册，{when} 选取"),
            format!("來自相簿，{when} 選取"),
            format!("From the gallery, chosen {when}"),
        )
    }

    /// "The file says: taken 22 Oct 2008 16:28, 8,160 km from the case".
    pub fn file_says(self, taken: Option<ClaimedTime>, distance_m: Option<u32>) -> String {
        let taken = taken.map(|taken| self.claimed_time(taken));
        let away = distance_m.map(|metres| self.far(metres));
        match (taken, away) {
            (Some(taken), Some(away)) => self.pick(
                format!("文件自述：{taken} 拍摄，距案件地点 {away}"),
                format!("檔案自述：{taken} 拍攝，距案件地點 {away}"),
                format!("The file says: taken {taken}, {away} from the case"),
            ),
            (Some(taken), None) => self.pick(
                format!("文件自述：{taken} 拍摄"),
                format!("檔案自述：{taken} 拍攝"),
                format!("The file says: taken {taken}"),
            ),
            (None, Some(away)) => self.pick(
                format!("文件自述：拍摄于距案件地点 {away} 处"),
                format!("檔案自述：拍攝於距案件地點 {away} 處"),
                format!("The file says: taken {away} from the case"),
            ),
            (None, None) => self
                .pick(
                    "文件没有说明拍摄的时间和地点",
                    "檔案沒有說明拍攝的時間和地點",
                    "The file does not say when or where it was taken",
                )
                .into(),
        }
    }

    /// What the camera's clock showed, with its time zone where the file names one.
    fn claimed_time(self, taken: ClaimedTime) -> String {
        let local = self.wall_date_time(taken.local());
        match taken.offset_minutes() {
            None => local,
            Some(offset) => {
                let sign = if offset < 0 { '−' } else { '+' };
                let minutes = offset.unsigned_abs();
                match minutes % 60 {
                    0 => format!("{local} (UTC{sign}{})", minutes / 60),
                    rest => format!("{local} (UTC{sign}{}:{rest:02})", minutes / 60),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    fn taken(offset: Option<i16>) -> Option<ClaimedTime> {
        ClaimedTime::new("2008-10-22T16:28:39".parse().unwrap(), offset)
    }

    #[test]
    fn photos_that_wait_alone_are_said_where_no_operation_waits() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            assert_eq!(words.no_operation_waits(0), words.nothing_waiting);
            for photos in [1, 12] {
                let said = words.no_operation_waits(photos);
                assert!(said.contains(&photos.to_string()), "{said}");
            }
        }
    }

    #[test]
    fn claims_of_a_file_are_said_in_each_language() {
        for (lang, time, distance_m, expected) in [
            (Lang::Hans, taken(None), None, "文件自述：2008年10月22日 16:28 拍摄"),
            (Lang::Hant, taken(None), None, "檔案自述：2008年10月22日 16:28 拍攝"),
            (Lang::En, taken(None), None, "The file says: taken 22 Oct 2008 16:28"),
            (
                Lang::En,
                taken(Some(120)),
                Some(9_120_400),
                "The file says: taken 22 Oct 2008 16:28 (UTC+2), 9,120 km from the case",
            ),
            (
                Lang::En,
                taken(Some(-210)),
                Some(340),
                "The file says: taken 22 Oct 2008 16:28 (UTC−3:30), 340 m from the case",
            ),
            (Lang::En, None, Some(12_499), "The file says: taken 12 km from the case"),
            (Lang::Hans, None, Some(12_499), "文件自述：拍摄于距案件地点 12 公里 处"),
            (Lang::En, None, None, "The file does not say when or where it was taken"),
        ] {
            assert_eq!(Words::of(lang).file_says(time, distance_m), expected);
        }
    }

    #[test]
    fn photo_of_the_gallery_is_said_to_be_chosen_and_not_taken_in_each_language() {
        for (lang, expected) in [
            (Lang::Hans, "来自相册，14:02 选取"),
            (Lang::Hant, "來自相簿，14:02 選取"),
            (Lang::En, "From the gallery, chosen 14:02"),
        ] {
            assert_eq!(Words::of(lang).chosen_from_gallery("14:02"), expected);
        }
    }
}
