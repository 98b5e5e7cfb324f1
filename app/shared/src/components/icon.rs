//! The icons: Lucide's, those that are used, under the names that this app knows them by. An icon
//! is never the only name of a control on a phone.

use leptos::prelude::*;

pub use icondata_core::Icon as IconData;
pub use icondata_lu::{
    LuArrowRight as ARROW_RIGHT, LuArrowUp as ARROW_UP, LuBan as BAN, LuBuilding2 as BUILDING2,
    LuCamera as CAMERA, LuCameraOff as CAMERA_OFF, LuCheck as CHECK, LuChevronLeft as CHEVRON_LEFT,
    LuChevronRight as CHEVRON_RIGHT, LuChevronsLeftRight as CHEVRONS_LEFT_RIGHT,
    LuCircleCheck as CIRCLE_CHECK, LuClipboardCheck as CLIPBOARD_CHECK, LuClock as CLOCK,
    LuColumns3 as COLUMNS3, LuDownload as DOWNLOAD, LuEllipsis as ELLIPSIS, LuEye as EYE,
    LuFlag as FLAG, LuHand as HAND, LuImage as IMAGE, LuImages as IMAGES, LuInbox as INBOX,
    LuInfo as INFO, LuKeyboard as KEYBOARD, LuLayoutList as LAYOUT_LIST,
    LuListChecks as LIST_CHECKS, LuListFilter as LIST_FILTER, LuLocateOff as LOCATE_OFF,
    LuLogOut as LOG_OUT, LuMapPin as MAP_PIN, LuMessageSquare as MESSAGE_SQUARE, LuMinus as MINUS,
    LuPencil as PENCIL, LuPlus as PLUS, LuPrinter as PRINTER, LuRefreshCw as REFRESH_CW,
    LuRotateCcw as ROTATE_CCW, LuScale as SCALE, LuSearch as SEARCH, LuSend as SEND,
    LuSettings as SETTINGS, LuShieldCheck as SHIELD_CHECK, LuSmartphone as SMARTPHONE,
    LuTriangleAlert as TRIANGLE_ALERT, LuUndo2 as UNDO2, LuUpload as UPLOAD, LuWrench as WRENCH,
    LuX as X,
};

/// Decorative: the word beside it, or the control's label, says what it means.
#[component]
pub fn Icon(icon: IconData, #[prop(optional)] small: bool) -> impl IntoView {
    view! {
        <svg
            class=if small { "icon icon-s" } else { "icon" }
            viewBox=icon.view_box
            aria-hidden="true"
            inner_html=icon.data
        ></svg>
    }
}
