//! What is not here: a photo or a case that cannot be shown. Each reason has its own sentence,
//! for each has another remedy.

use super::Words;
use crate::{components::photo_image::Absence, screens::case::CaseAbsence};

impl Words {
    pub fn photo_absent(self, absence: Absence) -> &'static str {
        match absence {
            Absence::Offline => self.pick(
                "照片不在本机，连网后显示",
                "照片不在本機，連網後顯示",
                "Not on this phone; shown when online",
            ),
            Absence::SignedOut => self.pick(
                "照片不在本机，登录后显示",
                "照片不在本機，登入後顯示",
                "Not on this phone; shown after signing in",
            ),
            Absence::NotAtServer => self.pick(
                "服务器还没有这张照片，可能还在路上；请稍后再看",
                "伺服器還沒有這張照片，可能還在路上；請稍後再看",
                "The server has not got it yet: it may be on its way; look again later",
            ),
            Absence::Gone => self.pick(
                "照片已不在本机，也没有送达；能重拍就请重拍",
                "照片已不在本機，也沒有送達；能重拍就請重拍",
                "Gone from this phone before it was sent; take it again if you can",
            ),
            Absence::NotShowable => self.pick(
                "照片在本机，这个浏览器显示不了；会照常发送",
                "照片在本機，這個瀏覽器顯示不了；會照常傳送",
                "On this phone, but this browser cannot show it; it is sent as usual",
            ),
        }
    }

    pub fn case_absent(self, absence: CaseAbsence) -> &'static str {
        match absence {
            CaseAbsence::Offline => self.pick(
                "现在连不上服务器。连网后，有的话会自动出现。",
                "現在連不上伺服器。連網後，有的話會自動出現。",
                "The server cannot be reached now. Once online it appears by itself, if it is there.",
            ),
            CaseAbsence::SignedOut => self.pick(
                "登录已过期。重新登录后，有的话会自动出现。",
                "登入已過期。重新登入後，有的話會自動出現。",
                "Your session ended. After signing in again it appears by itself, if it is there.",
            ),
            CaseAbsence::NotListed => self.pick(
                "服务器给您的案件里没有它：地址可能不对，或不归您看。请核对地址，或问发给您的人。",
                "伺服器給您的案件裡沒有它：網址可能不對，或不歸您看。請核對網址，或問傳給您的人。",
                "It is not among the cases the server shows you: the address may be wrong, or it is not yours to see. Check the address, or ask who sent it.",
            ),
        }
    }
}
