//! The message of each error in three languages: what happened, what is safe, what to do.

use domain::{Lang, summary::SearchText};

use super::ApiError;
use crate::system::StorageProblem;

/// The message that a person is shown.
#[must_use]
pub fn of(error: &ApiError, lang: Lang) -> String {
    let [hans, hant, en] = in_three_languages(error);
    match lang {
        Lang::Hans => hans,
        Lang::Hant => hant,
        Lang::En => en,
    }
}

fn in_three_languages(error: &ApiError) -> [String; 3] {
    let fixed = |hans: &str, hant: &str, en: &str| [hans.into(), hant.into(), en.into()];
    match error {
        ApiError::Malformed(_) => fixed(
            "服务器看不懂这个请求。本机记录都还在；请更新应用后再试。",
            "伺服器看不懂這個請求。本機記錄都還在；請更新應用後再試。",
            "The server could not read this request. What is on this device is safe; update the app and try again.",
        ),
        ApiError::NotSignedIn => fixed(
            "请先登录。本机记录都还在，登录后会继续发送。",
            "請先登入。本機記錄都還在，登入後會繼續傳送。",
            "Sign in first. What is on this device is safe and will be sent once you are signed in.",
        ),
        ApiError::SessionExpired => fixed(
            "登录已过期，请重新登录。本机记录都还在，登录后会继续发送。",
            "登入已過期，請重新登入。本機記錄都還在，登入後會繼續傳送。",
            "Your session has ended; sign in again. What is on this device is safe and will be sent then.",
        ),
        ApiError::WrongPassword => fixed(
            "用户名或密码不对。请检查后再试；忘记密码请联系管理员。",
            "使用者名稱或密碼不對。請檢查後再試；忘記密碼請聯絡管理員。",
            "User name or password is wrong. Check both and try again; if you forgot the password, ask the administrator.",
        ),
        ApiError::TryLater(seconds) => [
            format!("密码错误次数过多。请等 {seconds} 秒再试；忘记密码请联系管理员。"),
            format!("密碼錯誤次數過多。請等 {seconds} 秒再試；忘記密碼請聯絡管理員。"),
            format!(
                "Too many wrong passwords. Wait {seconds} seconds and try again; if you forgot the password, ask the administrator."
            ),
        ],
        ApiError::NotAllowed => fixed(
            "您的角色不能进行此操作。内容没有改动；请联系管理员核对权限。",
            "您的角色不能進行此操作。內容沒有改動；請聯絡管理員核對權限。",
            "Your role cannot do this. Nothing was changed; ask the administrator to check your role.",
        ),
        ApiError::CrossSite => fixed(
            "请求来自其他网站，已拒绝。内容没有改动；请从本站打开后再试。",
            "請求來自其他網站，已拒絕。內容沒有改動；請從本站開啟後再試。",
            "This request came from another site and was turned away. Nothing was changed; open this site itself and try again.",
        ),
        ApiError::DeviceChanged => fixed(
            "本机的存储与登录时不同。本机记录都还在；请重新登录后继续。",
            "本機的儲存與登入時不同。本機記錄都還在；請重新登入後繼續。",
            "This device's storage is not the one you signed in with. What is on it is safe; sign in again to go on.",
        ),
        ApiError::OtherEpoch => fixed(
            "服务器已从备份恢复。本机记录都还在；会先核对缺少的内容，再自动发送。",
            "伺服器已從備份還原。本機記錄都還在；會先核對缺少的內容，再自動傳送。",
            "The server was restored from a backup. What is on this device is safe; it first asks what is missing, then sends by itself.",
        ),
        ApiError::Protocol => fixed(
            "应用版本与服务器不一致。本机记录都还在；请联网刷新应用后再试。",
            "應用版本與伺服器不一致。本機記錄都還在；請連線更新應用後再試。",
            "This version of the app does not fit the server. What is on this device is safe; update the app and try again.",
        ),
        ApiError::TooLarge(most) => [
            format!("内容过大，最多 {}。本机记录都还在；会分批再发。", size(*most)),
            format!("內容過大，最多 {}。本機記錄都還在；會分批再傳。", size(*most)),
            format!(
                "This is too large; at most {} at once. What is on this device is safe; send it in smaller parts.",
                size(*most)
            ),
        ],
        ApiError::TooManyOperations(most) => [
            format!("一次最多发送 {most} 条。本机记录都还在；会分批再发。"),
            format!("一次最多傳送 {most} 筆。本機記錄都還在；會分批再傳。"),
            format!(
                "At most {most} records at once. What is on this device is safe; send them in smaller parts."
            ),
        ],
        ApiError::SearchTooLong => {
            let (chars, words) = (SearchText::MAX_CHARS, SearchText::MAX_WORDS);
            [
                format!("搜索内容过长，最多 {chars} 个字、{words} 个词。请减少后再试。"),
                format!("搜尋內容過長，最多 {chars} 個字、{words} 個詞。請減少後再試。"),
                format!(
                    "This is too much to search for; at most {chars} characters and {words} words. Leave some out and try again."
                ),
            ]
        }
        ApiError::TooManyViews(most) => [
            format!("一个人最多保存 {most} 个筛选。已有的没有改动；请先删除一个再保存。"),
            format!("一個人最多儲存 {most} 個篩選。已有的沒有改動；請先刪除一個再儲存。"),
            format!(
                "One person keeps at most {most} filters. Yours are as they were; remove one, then save this one again."
            ),
        ],
        ApiError::NotFound => fixed(
            "没有这个地址。请检查网址，或回到首页。",
            "沒有這個網址。請檢查網址，或回到首頁。",
            "There is nothing at this address. Check it, or go back to the first page.",
        ),
        ApiError::NoSuchPhoto => fixed(
            "照片不存在，或您无权查看。请刷新案件后再试。",
            "照片不存在，或您無權查看。請重新整理案件後再試。",
            "This photo does not exist, or is not for you to see. Open the case again.",
        ),
        ApiError::NoPicture => fixed(
            "这张照片的格式无法生成预览。原图完好；请打开原图查看。",
            "這張照片的格式無法產生預覽。原圖完好；請開啟原圖查看。",
            "No preview can be made of a photo of this kind. The original is safe; open that.",
        ),
        ApiError::MethodNotAllowed => fixed(
            "这个地址不支持此操作。内容没有改动。",
            "這個網址不支援此操作。內容沒有改動。",
            "This address does not offer that. Nothing was changed.",
        ),
        ApiError::MediaType => fixed(
            "请以 JSON 发送（Content-Type: application/json）。内容没有改动。",
            "請以 JSON 傳送（Content-Type: application/json）。內容沒有改動。",
            "Send JSON (Content-Type: application/json). Nothing was changed.",
        ),
        ApiError::PhotoTooLarge(most) => [
            format!("照片过大，最多 {}。照片仍在本机；请缩小后再发，或重拍一张。", size(*most)),
            format!("照片過大，最多 {}。照片仍在本機；請縮小後再傳，或重拍一張。", size(*most)),
            format!(
                "The photo is too large; at most {}. It is still on this device; shrink it or take it again.",
                size(*most)
            ),
        ],
        ApiError::NotAPhoto => fixed(
            "这个文件不是照片（支持 JPEG、PNG、WebP、HEIC）。文件仍在本机；请换一张照片。",
            "這個檔案不是照片（支援 JPEG、PNG、WebP、HEIC）。檔案仍在本機；請換一張照片。",
            "This file is not a photo (JPEG, PNG, WebP or HEIC). It is still on this device; choose a photo.",
        ),
        ApiError::PhotoFormat(format) => [
            format!(
                "不收 {format} 图片（支持 JPEG、PNG、WebP、HEIC）。文件仍在本机；请转成 JPEG 再发。"
            ),
            format!(
                "不收 {format} 圖片（支援 JPEG、PNG、WebP、HEIC）。檔案仍在本機；請轉成 JPEG 再傳。"
            ),
            format!(
                "{format} pictures are not taken (JPEG, PNG, WebP and HEIC are). The file is still on this device; turn it into a JPEG and send that."
            ),
        ],
        ApiError::NotABundle => fixed(
            "这个文件不是救援包，没有导入任何内容。请选择手机导出的救援包文件。",
            "這個檔案不是救援包，沒有匯入任何內容。請選擇手機匯出的救援包檔案。",
            "This file is no rescue bundle, so nothing was imported. Choose the file that the phone exported.",
        ),
        ApiError::TooManyPixels(most) => {
            let millions = most / 1_000_000;
            [
                format!("照片像素过多，最多 {millions} 百万像素。照片仍在本机；请缩小后再发。"),
                format!("照片像素過多，最多 {millions} 百萬像素。照片仍在本機；請縮小後再傳。"),
                format!(
                    "The photo has too many pixels; at most {millions} megapixels. It is still on this device; shrink it and send it again."
                ),
            ]
        }
        ApiError::PhotoDamaged => fixed(
            "照片已损坏或不完整，无法打开。其他记录都还在；请重拍一张。",
            "照片已損壞或不完整，無法開啟。其他記錄都還在；請重拍一張。",
            "The photo is damaged or cut off and cannot be opened. Everything else is safe; take it again.",
        ),
        ApiError::WrongHash => fixed(
            "照片在传送中有改变，没有收下。照片仍在本机，会自动再发。",
            "照片在傳送中有改變，沒有收下。照片仍在本機，會自動再傳。",
            "The photo changed on its way and was not taken. It is still on this device and will be sent again.",
        ),
        ApiError::WrongLength | ApiError::Interrupted | ApiError::Superseded => fixed(
            "照片没有传完。照片仍在本机，会自动再发。",
            "照片沒有傳完。照片仍在本機，會自動再傳。",
            "The photo did not arrive whole. It is still on this device and will be sent again.",
        ),
        ApiError::Storage(StorageProblem::Full) => fixed(
            "服务器存储已满，没有收下。本机记录都还在，会自动再发；请告知管理员。",
            "伺服器儲存已滿，沒有收下。本機記錄都還在，會自動再傳；請告知管理員。",
            "The server has no room left and did not take it. It is still on this device and will be sent again; tell the administrator.",
        ),
        ApiError::Storage(StorageProblem::ReadOnly) => fixed(
            "服务器存储只能读取，没有收下。本机记录都还在，会自动再发；请告知管理员。",
            "伺服器儲存只能讀取，沒有收下。本機記錄都還在，會自動再傳；請告知管理員。",
            "The server's disk can only be read, so nothing was taken. It is still on this device and will be sent again; tell the administrator.",
        ),
        ApiError::Storage(StorageProblem::Locked) => fixed(
            "服务器的数据库正被其他程序占用，没有收下。本机记录都还在，会自动再发。",
            "伺服器的資料庫正被其他程式佔用，沒有收下。本機記錄都還在，會自動再傳。",
            "Another program holds the server's database, so nothing was taken. It is still on this device and will be sent again.",
        ),
        ApiError::Storage(StorageProblem::Damaged) => fixed(
            "服务器的数据库已损坏，没有收下。本机记录都还在，会自动再发；请告知管理员。",
            "伺服器的資料庫已損壞，沒有收下。本機記錄都還在，會自動再傳；請告知管理員。",
            "The server's database is damaged, so nothing was taken. It is still on this device and will be sent again; tell the administrator.",
        ),
        ApiError::Storage(StorageProblem::Unreachable) => fixed(
            "服务器找不到存储位置，没有收下。本机记录都还在，会自动再发；请告知管理员。",
            "伺服器找不到儲存位置，沒有收下。本機記錄都還在，會自動再傳；請告知管理員。",
            "The server cannot reach its storage, so nothing was taken. It is still on this device and will be sent again; tell the administrator.",
        ),
        ApiError::TooSlow => fixed(
            "等待时间过长，已停止。本机记录都还在，会自动再试。",
            "等待時間過長，已停止。本機記錄都還在，會自動再試。",
            "This took too long and was stopped. What is on this device is safe and will be tried again.",
        ),
        ApiError::Internal => fixed(
            "服务器出错了，已记入日志。本机记录都还在，会自动再试；一直不行请告知管理员。",
            "伺服器出錯了，已記入日誌。本機記錄都還在，會自動再試；一直不行請告知管理員。",
            "Something went wrong in the server, and was written to its log. What is on this device is safe and will be tried again; if it stays so, tell the administrator.",
        ),
    }
}

/// A limit in bytes, in the unit that people know.
fn size(bytes: u64) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}
