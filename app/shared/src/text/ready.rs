//! "Ready for offline": what was looked at, and what to do about what is wanting.

use super::Words;
use crate::model::{Light, StoreError, Wipe};

impl Words {
    pub fn understood(self) -> &'static str {
        self.pick("知道了", "知道了", "Understood")
    }

    pub fn wiped(self, wipe: Wipe) -> String {
        if let Some(count) = wipe.put_back {
            return self.pick(
                format!("浏览器弄丢了本机的数据库。{count} 条记录连同照片已从第二份副本放回，没有丢失，会照常发出。"),
                format!("瀏覽器弄丟了本機的資料庫。{count} 條記錄連同照片已從第二份副本放回，沒有丟失，會照常傳出。"),
                format!("The browser lost its database on this phone. {count} records with their photos were put back from the second copy; nothing is lost, and they are sent as usual."),
            );
        }
        let lost = match wipe.unsent {
            Some(0) => self.pick(
                "当时没有待发的记录。".into(),
                "當時沒有待傳的記錄。".into(),
                "Nothing was waiting to be sent.".to_owned(),
            ),
            Some(count) => self.pick(
                format!("当时有 {count} 条还没发出，请把手机原样交给指挥部，并看相册里有没有照片可以补报。"),
                format!("當時有 {count} 條還沒傳出，請把手機原樣交給指揮部，並看相簿裡有沒有照片可以補報。"),
                format!("{count} acts had not been sent: show the phone to headquarters, and look in the gallery for photos to report again."),
            ),
            None => self.pick(
                "没发出的记录可能丢了，请告诉指挥部。".into(),
                "沒傳出的記錄可能丟了，請告訴指揮部。".into(),
                "What had not been sent may be lost: tell headquarters.".to_owned(),
            ),
        };
        self.pick(
            format!("本机保存的内容被浏览器或系统清空了。已送达的都在服务器上。{lost}"),
            format!("本機儲存的內容被瀏覽器或系統清空了。已送達的都在伺服器上。{lost}"),
            format!("The browser or the system cleared what was stored on this phone. What had arrived is safe at the server. {lost}"),
        )
    }

    pub fn open_in_browser(self) -> &'static str {
        self.pick(
            "这里是别的应用里的网页，关掉后可能什么都不留。请点右上角，选“在浏览器打开”，再登录和拍照。",
            "這裡是別的應用程式裡的網頁，關掉後可能什麼都不留。請點右上角，選「在瀏覽器開啟」，再登入和拍照。",
            "This page runs inside another app, which may keep nothing once it is closed. Choose “Open in browser” from its menu before signing in.",
        )
    }

    /// `kept_until`: the day until which what waits is kept when nobody opens it again.
    pub fn ios_tab(self, kept_until: Option<&str>) -> String {
        match kept_until {
            Some(day) => self.pick(
                format!("在 Safari 标签页里，七天不用就会被清空：不再打开，待发的只留到{day}。请先连网发完，再“添加到主屏幕”，以后从主屏幕打开。"),
                format!("在 Safari 分頁裡，七天不用就會被清空：不再開啟，待傳的只留到{day}。請先連網傳完，再「加入主畫面」，以後從主畫面開啟。"),
                format!("A Safari tab is cleared after seven days without use: unless it is opened again, what waits is kept until {day}. Connect and let everything be sent first; then add it to the Home Screen and open it from there."),
            ),
            None => self.pick(
                "在 Safari 标签页里，七天不用就会被清空。请先“添加到主屏幕”，从主屏幕打开后再拍照。".into(),
                "在 Safari 分頁裡，七天不用就會被清空。請先「加入主畫面」，從主畫面開啟後再拍照。".into(),
                "A Safari tab is cleared after seven days without use. Add it to the Home Screen and open it from there before taking photos.".to_owned(),
            ),
        }
    }

    pub fn install(self) -> &'static str {
        self.pick("装到主屏幕", "裝到主畫面", "Install")
    }

    pub fn install_text(self) -> &'static str {
        self.pick(
            "装到主屏幕后，一点就开，浏览器也不会轻易清除记录。",
            "裝到主畫面後，一點就開，瀏覽器也不會輕易清除記錄。",
            "Installed, it opens with one tap, and the browser is less likely to clear its records.",
        )
    }

    pub fn ready_title(self) -> &'static str {
        self.pick("离线准备", "離線準備", "Ready for offline")
    }

    pub fn ready_light(self, light: Light) -> &'static str {
        match light {
            Light::Unknown => self.pick("正在检查…", "正在檢查…", "Checking…"),
            Light::Green => self.pick(
                "可以离线使用：没有信号也能打开、拍照、保存。",
                "可以離線使用：沒有訊號也能開啟、拍照、儲存。",
                "Ready: it opens, takes photos and saves without a signal.",
            ),
            Light::Amber => self.pick(
                "可以离线使用，但有一处要留意。",
                "可以離線使用，但有一處要留意。",
                "It works offline, with something to look after.",
            ),
            Light::Red => self.pick(
                "还不能放心离线：先处理下面标出的几项。",
                "還不能放心離線：先處理下面標出的幾項。",
                "Do not rely on it offline yet: see what is marked below.",
            ),
        }
    }

    pub fn ready_shell(self, good: bool) -> &'static str {
        if good {
            self.pick(
                "应用文件齐全，逐个核对过",
                "應用檔案齊全，逐個核對過",
                "The app’s files are all here, each one checked",
            )
        } else {
            self.pick(
                "应用文件不全。请连网打开一次，等一分钟再看。",
                "應用檔案不全。請連網開啟一次，等一分鐘再看。",
                "Files of the app are missing. Open it once with a network and look again in a minute.",
            )
        }
    }

    pub fn ready_store(self, tried: Result<(), StoreError>) -> &'static str {
        match tried {
            Ok(()) => self.pick(
                "试写一条、读回一致",
                "試寫一條、讀回一致",
                "A trial entry was written and read back",
            ),
            Err(StoreError::Full) => self.pick(
                "手机没有空间了，试写的一条没有留住。先不要拍照；请删掉些别的东西再看。",
                "手機沒有空間了，試寫的一條沒有留住。先不要拍照；請刪掉些別的東西再看。",
                "No room on this phone: a trial entry was not kept. Do not take photos yet; delete something else and look again.",
            ),
            Err(StoreError::Blocked) => self.pick(
                "另一个标签页里开着旧版本，试写没有通过。请关掉其他巡街页面再看。",
                "另一個分頁裡開著舊版本，試寫沒有通過。請關掉其他巡街頁面再看。",
                "Another tab holds an older version open, so the trial failed. Close the other tabs and look again.",
            ),
            Err(StoreError::Damaged) => self.pick(
                "试写的一条读回来不一样。先不要拍照；请重启手机再看，仍不行就换一台。",
                "試寫的一條讀回來不一樣。先不要拍照；請重啟手機再看，仍不行就換一台。",
                "A trial entry came back altered. Do not take photos yet; restart the phone, and use another one if that does not help.",
            ),
            Err(StoreError::Unavailable | StoreError::Lost) => self.pick(
                "存储试写没有通过。先不要拍照；请关掉无痕窗口，或重启手机再试。",
                "儲存試寫沒有通過。先不要拍照；請關掉無痕視窗，或重啟手機再試。",
                "A trial entry was not kept. Do not take photos yet: leave private browsing, or restart the phone.",
            ),
        }
    }

    pub fn ready_persisted(self, good: bool) -> &'static str {
        if good { self.storage_persistent } else { self.storage_at_risk }
    }

    pub fn ready_room(self, good: bool) -> &'static str {
        if good {
            self.pick("空间够拍一天", "空間夠拍一天", "Space for a day of photos")
        } else {
            self.storage_low
        }
    }

    /// `checked`: "today 9:10", when a server last confirmed it.
    pub fn ready_pack(
        self,
        has_pack: bool,
        size: &str,
        checked: Option<&str>,
        stale: bool,
    ) -> String {
        if !has_pack {
            return self
                .pick(
                    "辖区数据还没下载。请连网，下载完再出门。",
                    "轄區資料還沒下載。請連網，下載完再出門。",
                    "The district pack is not here yet. Stay connected until it has loaded.",
                )
                .into();
        }
        let checked = checked.unwrap_or(self.never);
        let mut text = self.pick(
            format!("辖区数据在本机（{size}），上次核对：{checked}"),
            format!("轄區資料在本機（{size}），上次核對：{checked}"),
            format!("The district pack is here ({size}), last confirmed {checked}"),
        );
        if stale {
            text.push_str(self.pick(
                "。超过七天没核对，可能不是最新；请连一次网。",
                "。超過七天沒核對，可能不是最新；請連一次網。",
                ". More than seven days ago: it may be out of date, connect once.",
            ));
        }
        text
    }
}
