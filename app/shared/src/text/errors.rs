//! Errors as one sentence each: what happened, what is safe, what to do.

use domain::sync::{QuarantineReason, outbox::Failure};

use super::Words;
use crate::{
    device::camera::CameraError,
    model::{AppError, Lacking, PhotoError},
};

impl Words {
    pub fn error(self, error: &AppError) -> String {
        match error {
            AppError::Refused(refusal) => refusal.sentence(self.lang),
            AppError::Photo(photo) => self.photo_error(photo),
            AppError::Server(problem) => match &problem.detail {
                Some(detail) => format!("{} {detail}", problem.title),
                None => problem.title.clone(),
            },
            AppError::Camera(camera) => self.camera_error(*camera).into(),
            plain => self.plain_error(plain).into(),
        }
    }

    fn plain_error(self, error: &AppError) -> &'static str {
        match error {
            AppError::StorageUnavailable => self.pick(
                "浏览器不让保存（可能是无痕窗口）。请用普通窗口打开后再拍。",
                "瀏覽器不讓儲存（可能是無痕視窗）。請用一般視窗開啟後再拍。",
                "This browser gives no storage (a private window?). Open a normal window before taking photos.",
            ),
            AppError::StorageFull => self.pick(
                "手机空间不够，这条没能保存。以前保存的都在；请清出空间后再点保存。",
                "手機空間不夠，這條沒能儲存。以前儲存的都在；請清出空間後再點儲存。",
                "The phone is full, so this was not saved. What was saved before is safe; free some space and save again.",
            ),
            AppError::StorageLow => self.pick(
                "手机空间快满了，这张没有加进来。已有的照片和文字照常保存；请清出空间再拍。",
                "手機空間快滿了，這張沒有加進來。已有的照片和文字照常儲存；請清出空間再拍。",
                "The phone is nearly full, so this photo was not added. What is here is kept and can be saved; free some space for more photos.",
            ),
            AppError::StorageKeepsNothing => self.pick(
                "手机没有空间了：写入的内容没有留住，这条没能保存。照片还在屏幕上；请先删掉些别的东西，再点保存。",
                "手機沒有空間了：寫入的內容沒有留住，這條沒能儲存。照片還在螢幕上；請先刪掉些別的東西，再點儲存。",
                "No room on this phone: what was written was not kept, so this is not saved. The photos are still here; delete something else, then save again.",
            ),
            AppError::StorageAlters => self.pick(
                "写入后读回的内容不一致，这条不算已保存。照片还在屏幕上；请再点一次保存，仍不行就重启手机。",
                "寫入後讀回的內容不一致，這條不算已儲存。照片還在螢幕上；請再點一次儲存，仍不行就重啟手機。",
                "What was read back is not what was written, so it does not count as saved. The photos are still here; save again, and restart the phone if that fails too.",
            ),
            AppError::StorageUnreadable => self.pick(
                "本机有一条以前的记录读不出来。它还留在原处；请在“同步”里存一份救援包，交给指挥部。",
                "本機有一條以前的記錄讀不出來。它還留在原處；請在「同步」裡存一份救援包，交給指揮部。",
                "A record stored earlier cannot be read. It stays where it is; save a rescue file under Sync and hand it to headquarters.",
            ),
            AppError::StorageLost => self.pick(
                "与本机存储的连接断了。以前保存的都在；请重新打开本页再试。",
                "與本機儲存空間的連線斷了。以前儲存的都在；請重新開啟本頁再試。",
                "The connection to this phone’s storage broke off. What was saved before is safe; open the page again and try once more.",
            ),
            AppError::NoDownloads => self.pick(
                "这个浏览器不能存文件。本机的内容都在；请用手机自带的浏览器打开后再存。",
                "這個瀏覽器不能存檔案。本機的內容都在；請用手機內建的瀏覽器開啟後再存。",
                "This browser saves no files. Everything is still on this phone; open the app in the phone’s own browser and save it there.",
            ),
            AppError::StorageBlocked => self.pick(
                "另一个标签页里开着旧版本。记录都在；请关掉其他巡街页面后再试。",
                "另一個分頁裡開著舊版本。記錄都在；請關掉其他巡街頁面後再試。",
                "Another tab holds an older version open. Records are safe; close the other tabs and try again.",
            ),
            AppError::NotTheServer => self.pick(
                "应答的不是巡街服务器，可能要先登录这个 Wi-Fi。记录都在本机；连通后自动发送。",
                "回應的不是巡街伺服器，可能要先登入這個 Wi-Fi。記錄都在本機；連通後自動傳送。",
                "Something else answered in the server’s place; this Wi-Fi may want a sign-in. Records are on this phone and are sent once it works.",
            ),
            AppError::Blocked => self.pick(
                "手机和服务器之间的防火墙或代理不让通过。记录都在本机；请换个网络再试，并告知管理员。",
                "手機和伺服器之間的防火牆或代理不讓通過。記錄都在本機；請換個網路再試，並告知管理員。",
                "A firewall or a proxy between this phone and the server does not let it through. Records are on this phone; try another network and tell the administrator.",
            ),
            AppError::Busy { .. } => self.pick(
                "服务器正忙，请稍等再试。记录都在本机。",
                "伺服器正忙，請稍等再試。記錄都在本機。",
                "The server is busy; try again shortly. Records are on this phone.",
            ),
            AppError::WrongPassword => self.bad_sign_in,
            AppError::NeedSignIn => self.sign_in_needed,
            AppError::NotSignedIn => self.pick(
                "还没有登录，不知道这条是谁的。照片和文字都留着；请先登录。",
                "還沒有登入，不知道這條是誰的。照片和文字都留著；請先登入。",
                "Nobody is signed in, so it has no author. Photos and text are kept; sign in first.",
            ),
            AppError::NoPack => self.pick(
                "辖区数据还没到本机。请连网等它下载完；拍好的照片都留着。",
                "轄區資料還沒到本機。請連網等它下載完；拍好的照片都留著。",
                "The district pack is not on this phone yet. Connect until it has loaded; photos already taken are kept.",
            ),
            AppError::CaseNotHere => self.pick(
                "案件不在这台设备上，服务器又连不上，没有办理。案件没有变化；连上后请再办。",
                "案件不在這台裝置上，伺服器又連不上，沒有辦理。案件沒有變化；連上後請再辦。",
                "The case is not on this device and the server does not answer, so nothing was done. The case is unchanged; do it again once the server answers.",
            ),
            AppError::AlreadySaving => self.pick(
                "正在保存，请等一下，不用再点。",
                "正在儲存，請等一下，不用再點。",
                "It is being saved already; wait a moment, no need to press again.",
            ),
            AppError::Incomplete(Lacking::Photo) => self.pick(
                "还没有照片：照片是立案和核查的证据。请先拍一张。",
                "還沒有照片：照片是立案和核查的證據。請先拍一張。",
                "No photo yet: it is the evidence that the case is filed and checked by. Take one first.",
            ),
            AppError::Incomplete(Lacking::Category) => self.pick(
                "还没选类型；选了才知道该交给谁。照片和备注都留着。",
                "還沒選類型；選了才知道該交給誰。照片和備註都留著。",
                "No type chosen yet: it decides who gets it. Photos and note are kept.",
            ),
            AppError::Unreachable
            | AppError::Refused(_)
            | AppError::Photo(_)
            | AppError::Server(_)
            | AppError::Camera(_) => self.pick(
                "连不上服务器。记录都在本机，有网络时自动发送。",
                "連不上伺服器。記錄都在本機，有網路時自動傳送。",
                "The server cannot be reached. Records are on this phone and are sent when there is a network.",
            ),
        }
    }

    fn camera_error(self, error: CameraError) -> &'static str {
        match error {
            CameraError::NotAllowed => self.camera_denied_text,
            CameraError::None => self.no_camera_text,
            CameraError::Failed => self.pick(
                "相机没有应答。请再试一次；不行就用系统相机或相册，照片同样保存在本机。",
                "相機沒有回應。請再試一次；不行就用系統相機或相簿，照片同樣儲存在本機。",
                "The camera did not answer. Try again, or use the phone’s own camera or the gallery; photos are kept on this phone just the same.",
            ),
            CameraError::Busy => self.pick(
                "相机正被别的应用占用。关掉它再试，或用系统相机、相册。",
                "相機正被別的應用程式占用。關掉它再試，或用系統相機、相簿。",
                "Another app is using the camera. Close it and try again, or use the phone’s camera or the gallery.",
            ),
        }
    }

    /// The heading over [`Self::camera_error`].
    pub fn camera_title(self, error: CameraError) -> &'static str {
        match error {
            CameraError::NotAllowed => self.camera_denied,
            CameraError::None => self.no_camera,
            CameraError::Failed => {
                self.pick("相机没能打开", "相機沒能開啟", "The camera did not start")
            }
            CameraError::Busy => self.pick("相机正被占用", "相機正被占用", "The camera is in use"),
        }
    }

    fn photo_error(self, error: &PhotoError) -> String {
        match error {
            PhotoError::TooLarge { bytes, most } => {
                let (bytes, most) = (self.bytes(*bytes), self.bytes(*most));
                self.pick(
                    format!("这张照片有 {bytes}，最多 {most}，没有加入。其他照片都在；请换一张小些的。"),
                    format!("這張照片有 {bytes}，最多 {most}，沒有加入。其他照片都在；請換一張小些的。"),
                    format!("This photo has {bytes}; {most} is the most, so it was not added. The others are kept; choose a smaller one."),
                )
            }
            PhotoError::TooManyPixels { width, height } => self.pick(
                format!("这张图有 {width} × {height} 像素，手机处理不了，没有加入。其他照片都在；请重拍。"),
                format!("這張圖有 {width} × {height} 像素，手機處理不了，沒有加入。其他照片都在；請重拍。"),
                format!("This picture has {width} × {height} pixels, more than a phone can handle; it was not added. The others are kept; take it again."),
            ),
            PhotoError::TooMany { most } => self.photos_full(*most),
            PhotoError::Lost { number } => self.photo_lost(*number),
            PhotoError::NotAPhoto => self
                .pick(
                    "这个文件不是照片，没有加入。请选照片，或重拍一张。",
                    "這個檔案不是照片，沒有加入。請選照片，或重拍一張。",
                    "This file is not a photo and was not added. Choose a photo, or take one.",
                )
                .into(),
            PhotoError::Unsupported(format) => self.pick(
                format!("这个浏览器打不开 {format} 图片，没有加入。请用相机拍，或把它转成 JPEG 再选。"),
                format!("這個瀏覽器打不開 {format} 圖片，沒有加入。請用相機拍，或把它轉成 JPEG 再選。"),
                format!("This browser cannot read {format} pictures, so it was not added. Take the photo with the camera, or turn the file into a JPEG and choose that."),
            ),
            PhotoError::Blank => self
                .pick(
                    "拍出来是一片空白，没有加入。镜头是不是挡住了？请重拍。",
                    "拍出來是一片空白，沒有加入。鏡頭是不是擋住了？請重拍。",
                    "The photo came out blank and was not added. Is the lens covered? Take it again.",
                )
                .into(),
            PhotoError::Damaged => self
                .pick(
                    "这个照片文件不完整或已损坏，没有加入。其他照片都在；请重拍，或另选一张。",
                    "這個照片檔案不完整或已損壞，沒有加入。其他照片都在；請重拍，或另選一張。",
                    "This photo’s file is cut short or damaged and was not added. The others are kept; take it again or choose another.",
                )
                .into(),
            PhotoError::Unreadable => self
                .pick(
                    "手机没有交出这个文件（可能已删除，或还在云端），没有加入。请先在相册里打开它，再选一次。",
                    "手機沒有交出這個檔案（可能已刪除，或還在雲端），沒有加入。請先在相簿裡開啟它，再選一次。",
                    "The phone did not hand this file over (deleted, or still in the cloud?), so it was not added. Open it in the gallery first, then choose it again.",
                )
                .into(),
            PhotoError::WorkerFailed => self
                .pick(
                    "处理照片的部分没有应答，这张没有加入。其他照片都在；请再拍或再选一次，还不行就重新打开本页。",
                    "處理照片的部分沒有回應，這張沒有加入。其他照片都在；請再拍或再選一次，還不行就重新開啟本頁。",
                    "The part that prepares photos did not answer, so this one was not added. The others are kept; try once more, and open the page again if that fails too.",
                )
                .into(),
        }
    }

    /// Why the last try did not get through.
    pub fn failure(self, failure: &Failure) -> String {
        match failure {
            Failure::Unreachable => self.pick(
                "没有网络或服务器没应答",
                "沒有網路或伺服器沒回應",
                "no network, or no answer",
            ),
            Failure::NotTheServer => self.pick(
                "应答的不是巡街服务器（这个 Wi-Fi 可能要先登录）",
                "回應的不是巡街伺服器（這個 Wi-Fi 可能要先登入）",
                "something else answered (this Wi-Fi may want a sign-in)",
            ),
            Failure::Blocked { status: 413 } => self.pick(
                "路上的代理不收这么大的内容",
                "路上的代理不收這麼大的內容",
                "a proxy on the way takes nothing of this size",
            ),
            Failure::Blocked { status } => {
                return self.pick(
                    format!("路上的防火墙或代理不让通过（{status}）"),
                    format!("路上的防火牆或代理不讓通過（{status}）"),
                    format!("a firewall or a proxy on the way forbids it ({status})"),
                );
            }
            Failure::Busy { .. } => self.pick("服务器正忙", "伺服器正忙", "the server is busy"),
            Failure::SignedOut => self.pick("需要重新登录", "需要重新登入", "sign in again"),
            Failure::Rejected { code, .. } => {
                return self.pick(
                    format!("服务器没有接受（{code}）"),
                    format!("伺服器沒有接受（{code}）"),
                    format!("the server said no ({code})"),
                );
            }
        }
        .into()
    }

    pub fn quarantine(self, reason: QuarantineReason) -> &'static str {
        match reason {
            QuarantineReason::Branch => self.pick(
                "同一编号已有不同内容。两份都已留存，指挥部会核对。",
                "同一編號已有不同內容。兩份都已留存，指揮部會核對。",
                "Other content is held under this id. Both are kept; headquarters will compare them.",
            ),
            QuarantineReason::NotTheSender => self.pick(
                "操作人与登录人不一致。内容已留存；请由本人登录后再看。",
                "操作人與登入人不一致。內容已留存；請由本人登入後再看。",
                "Author and signed-in person differ. It is kept; let the author sign in.",
            ),
            QuarantineReason::NewerFormat => self.pick(
                "服务器版本较旧，暂时读不懂。内容已留存；升级后会处理。",
                "伺服器版本較舊，暫時讀不懂。內容已留存；升級後會處理。",
                "The server is older and cannot read it yet. It is kept and dealt with after the update.",
            ),
            QuarantineReason::Digest | QuarantineReason::Unreadable => self.pick(
                "内容在路上损坏，服务器已留存待人工查看；本机原件还在。",
                "內容在路上損壞，伺服器已留存待人工查看；本機原件還在。",
                "It was damaged on the way; the server holds it for a person to look at, and the original is on this phone.",
            ),
        }
    }
}

#[cfg(test)]
mod tests;
