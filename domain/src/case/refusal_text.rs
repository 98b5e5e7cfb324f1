//! Refusals as sentences: what happened, what is safe, what to do.

use super::Refusal;
use crate::Lang;

impl Refusal {
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let (hans, hant, en) = self.sentences();
        match lang {
            Lang::Hans => hans,
            Lang::Hant => hant,
            Lang::En => en,
        }
    }

    fn sentences(&self) -> (String, String, String) {
        let of = |hans: &str, hant: &str, en: &str| (hans.into(), hant.into(), en.into());
        match self {
            Self::NotAllowed => of(
                "您的角色不能执行此操作。记录仍保存在本机；请联系管理员核对权限。",
                "您的角色不能執行此操作。記錄仍保存在本機；請聯絡管理員核對權限。",
                "Your role cannot do this. The record is still on this phone; ask the administrator to check your role.",
            ),
            Self::NotYours => of(
                "此案件已不在贵单位名下，可能已改派。已填内容仍保存在本机；请刷新后查看现在的责任单位。",
                "此案件已不在貴單位名下，可能已改派。已填內容仍保存在本機；請重新整理後查看現在的責任單位。",
                "This case is no longer your unit's; it may have been moved. What you wrote is kept on this phone; open the case to see who has it now.",
            ),
            Self::NoSuchCase => of(
                "服务器还没有这个案件。内容保存在本机，上报到达后可再次发送。",
                "伺服器還沒有這個案件。內容保存在本機，上報到達後可再次傳送。",
                "The server does not have this case yet. What you did is kept on this phone; send it again once the report has arrived.",
            ),
            Self::AlreadyReported => of(
                "同一编号已有不同内容的上报。两份都已保留；请到案件中比对。",
                "同一編號已有不同內容的上報。兩份都已保留；請到案件中比對。",
                "A report with this number and other content exists. Both are kept; compare them in the case.",
            ),
            Self::Moved { .. } => of(
                "在您离线期间，案件已有新的进展。您的操作已保留但未执行；请查看最新状态后再决定。",
                "在您離線期間，案件已有新的進展。您的操作已保留但未執行；請查看最新狀態後再決定。",
                "The case moved on while you were away. What you did is kept but was not carried out; look at the case and decide again.",
            ),
            Self::WrongState { .. } => of(
                "案件目前的状态不能执行此操作。您的操作已保留；请查看最新状态。",
                "案件目前的狀態不能執行此操作。您的操作已保留；請查看最新狀態。",
                "This does not fit where the case stands now. What you did is kept; look at the case.",
            ),
            Self::HigherTierDecides => of(
                "此案件的责任单位由法律或文件确定，交办令只在两者均无规定时使用。案件未改动；如有异议，请由该单位依据提出。",
                "此案件的責任單位由法律或文件確定，交辦令只在兩者均無規定時使用。案件未改動；如有異議，請由該單位依據提出。",
                "Law or a document says whose case this is; an order speaks only where both are silent. The case is unchanged; the unit may object with its own basis.",
            ),
            Self::PhotosPending { missing } => (
                format!("还有 {missing} 张照片未到达。已到的都已保存；照片到齐后再核查或结案。"),
                format!("還有 {missing} 張照片未到達。已到的都已保存；照片到齊後再核查或結案。"),
                format!(
                    "{missing} photos are still on their way. Those that arrived are safe; verify or close once all are here."
                ),
            ),
            Self::PhotoNeeded => of(
                "需要至少一张照片：照片是立案和核查的证据。其他内容已保存；请补拍一张。",
                "需要至少一張照片：照片是立案和核查的證據。其他內容已保存；請補拍一張。",
                "At least one photo is needed: it is the evidence that the case is filed and checked by. The rest is kept; take one photo.",
            ),
            Self::TooManyPhotos { most } => (
                format!("照片最多 {most} 张。全部照片仍在本机；请选出最能说明问题的 {most} 张。"),
                format!("照片最多 {most} 張。全部照片仍在本機；請選出最能說明問題的 {most} 張。"),
                format!(
                    "At most {most} photos. All are still on this phone; choose the {most} that show the problem best."
                ),
            ),
            Self::ReasonNeeded => of(
                "请写明理由，案件的所有相关人员都会看到。其他内容已保存。",
                "請寫明理由，案件的所有相關人員都會看到。其他內容已保存。",
                "Write the reason; everyone on the case will read it. The rest is kept.",
            ),
            Self::TextTooLong { most } => (
                format!("文字最多 {most} 字。内容仍在本机；请精简后再提交。"),
                format!("文字最多 {most} 字。內容仍在本機；請精簡後再提交。"),
                format!(
                    "At most {most} characters. The text is kept on this phone; shorten it and send again."
                ),
            ),
            Self::UnknownCategory { category } => (
                format!(
                    "辖区数据包中没有小类“{category}”。记录已保留；请更新数据包后重新选择类型。"
                ),
                format!(
                    "轄區數據包中沒有小類「{category}」。記錄已保留；請更新數據包後重新選擇類型。"
                ),
                format!(
                    "The district pack has no category “{category}”. The record is kept; update the pack and choose the type again."
                ),
            ),
            Self::UnknownCondition { category, condition } => (
                format!(
                    "小类“{category}”没有立案条件“{condition}”。记录已保留；请更新数据包后重新选择。"
                ),
                format!(
                    "小類「{category}」沒有立案條件「{condition}」。記錄已保留；請更新數據包後重新選擇。"
                ),
                format!(
                    "Category “{category}” has no filing condition “{condition}”. The record is kept; update the pack and choose again."
                ),
            ),
            Self::UnknownUnit { unit } => (
                format!("辖区数据包中没有单位“{unit}”。案件未改动；请另选单位。"),
                format!("轄區數據包中沒有單位「{unit}」。案件未改動；請另選單位。"),
                format!(
                    "The district pack has no unit “{unit}”. The case is unchanged; choose another unit."
                ),
            ),
            Self::Other => of(
                "服务器未执行此操作，原因需更新应用后才能显示。您的操作已保留；请更新应用。",
                "伺服器未執行此操作，原因需更新應用後才能顯示。您的操作已保留；請更新應用。",
                "The server did not carry this out, for a reason this version cannot show. What you did is kept; update the app.",
            ),
            Self::UnknownPerson { person } => (
                format!("该单位没有人员“{person}”。案件未改动；请另选责任人。"),
                format!("該單位沒有人員「{person}」。案件未改動；請另選責任人。"),
                format!(
                    "The unit has nobody called “{person}”. The case is unchanged; choose another person."
                ),
            ),
        }
    }
}
