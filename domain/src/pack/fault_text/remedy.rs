//! What to do about it.

use super::{in_lang, thing_name, word};
use crate::{
    Lang,
    pack::{
        fault::{Fault, FaultKind as Kind, ShapeFault, Thing, Wanted},
        files,
        settings::FOLDER_FORMAT,
    },
};

impl Fault {
    /// What to do.
    #[must_use]
    pub fn remedy(&self, lang: Lang) -> String {
        match &self.kind {
            Kind::MissingFile => in_lang!(
                lang,
                "补上此文件；没有内容时只保留表头，地图则为空的 FeatureCollection。",
                "補上此檔案；沒有內容時只保留表頭，地圖則為空的 FeatureCollection。",
                "Add it; with nothing to say, a header alone, or an empty FeatureCollection for a map."
            ),
            Kind::NotUtf8 => in_lang!(
                lang,
                "在表格或文本软件中另存为 UTF-8（CSV UTF-8）。",
                "在試算表或文字軟體中另存為 UTF-8（CSV UTF-8）。",
                "Save it again as UTF-8 (“CSV UTF-8” in a spreadsheet)."
            ),
            Kind::Syntax(_) => in_lang!(
                lang,
                "检查此行及上一行的引号、逗号和括号。",
                "檢查此行及上一行的引號、逗號和括號。",
                "Look for a missing quotation mark, comma or bracket here and on the line before."
            ),
            Kind::UnsupportedFormat { .. } => in_lang!(
                lang,
                "写 format = {FOLDER_FORMAT}，或更新程序。",
                "寫 format = {FOLDER_FORMAT}，或更新程式。",
                "Write format = {FOLDER_FORMAT}, or update the program."
            ),
            Kind::UnknownColumn(_) | Kind::UnknownKey(_) => in_lang!(
                lang,
                "对照格式说明改正名称，或删去。",
                "對照格式說明改正名稱，或刪去。",
                "Correct its spelling as the format says, or remove it."
            ),
            Kind::MissingColumn(_) => {
                in_lang!(
                    lang,
                    "在表头补上这一列。",
                    "在表頭補上這一欄。",
                    "Add the column to the header."
                )
            }
            Kind::RepeatedColumn(_) => {
                in_lang!(lang, "删去其中一列。", "刪去其中一欄。", "Remove one of the two.")
            }
            Kind::CellCount { .. } => in_lang!(
                lang,
                "检查本行的逗号；含逗号的内容要加英文双引号，引号要成对。",
                "檢查本列的逗號；含逗號的內容要加英文雙引號，引號要成對。",
                "Check the commas; text with a comma stands in double quotes, and quotes come in pairs."
            ),
            Kind::Missing { .. } => in_lang!(lang, "填写此项。", "填寫此項。", "Fill it in."),
            Kind::BadValue { wanted, .. } => wanted_remedy(wanted, lang),
            Kind::LimitWithoutClock { .. } => wanted_remedy(&Wanted::Limit, lang),
            Kind::Duplicate { .. } => in_lang!(
                lang,
                "删去一行，或改用另一个代码。",
                "刪去一行，或改用另一個代碼。",
                "Remove one of the two, or give it another code."
            ),
            Kind::UnknownReference { what, .. } => {
                let (what, file) = (thing_name(*what, lang), thing_file(*what));
                in_lang!(
                    lang,
                    "改正代码，或在 {file} 中增加该{what}。",
                    "改正代碼，或在 {file} 中增加該{what}。",
                    "Correct the code, or add the {what} to {file}."
                )
            }
            Kind::Shape(shape) => shape_remedy(shape, lang),
            Kind::NeverInForce => in_lang!(
                lang,
                "改正 from 或 until。",
                "改正 from 或 until。",
                "Correct “from” or “until”."
            ),
            Kind::HoursOverlap { .. } => {
                in_lang!(
                    lang,
                    "合并或分开这两段。",
                    "合併或分開這兩段。",
                    "Join them or move them apart."
                )
            }
            Kind::WorkPastMidnight { .. } => in_lang!(
                lang,
                "在 24:00 结束，夜间部分另写一段。",
                "在 24:00 結束，夜間部分另寫一段。",
                "End it at 24:00 and write the part after midnight by itself."
            ),
            Kind::ParentCycle { .. } => in_lang!(
                lang,
                "改正其中一个 parent。",
                "改正其中一個 parent。",
                "Correct one “parent” of the circle."
            ),
            Kind::ParentLevel { .. } => in_lang!(
                lang,
                "改正 level 或 parent；由大到小：street_office、community、zone、grid_cell。",
                "改正 level 或 parent；由大到小：street_office、community、zone、grid_cell。",
                "Correct “level” or “parent”; from wide to narrow: street_office, community, zone, grid_cell."
            ),
            Kind::AreasOverlap { .. } => in_lang!(
                lang,
                "在地图软件中让两者只共用边界。",
                "在地圖軟體中讓兩者只共用邊界。",
                "In the map editor, let them share a border and nothing more."
            ),
            Kind::NoStreetOffice { .. } => in_lang!(
                lang,
                "填写 street_office，或填写上级 parent。",
                "填寫 street_office，或填寫上級 parent。",
                "Give it a “street_office”, or a “parent” that has one."
            ),
            Kind::UnitLacksRole { role, .. } => in_lang!(
                lang,
                "改正单位，或在 units.csv 中给它加上 {role}。",
                "改正單位，或在 units.csv 中給它加上 {role}。",
                "Name another unit, or give this one the role {role} in units.csv."
            ),
            Kind::PersonWithoutUnit { .. } => in_lang!(
                lang,
                "填写 unit，或换另一个人负责。",
                "填寫 unit，或換另一個人負責。",
                "Fill in “unit”, or name somebody else."
            ),
            Kind::WardenMissing { .. } => in_lang!(
                lang,
                "在 wardens.csv 中为该路段加一行。",
                "在 wardens.csv 中為該路段加一列。",
                "Add a row for this section to wardens.csv."
            ),
            Kind::Gap { .. } => in_lang!(
                lang,
                "延长前一任期或提前后一任期。",
                "延長前一任期或提前後一任期。",
                "Let the earlier term end later or the later one begin earlier."
            ),
            Kind::TwoAtOnce { .. } => in_lang!(
                lang,
                "删去一行，或用 from、until 把时间错开。",
                "刪去一列，或用 from、until 把時間錯開。",
                "Remove one, or part them with “from” and “until”."
            ),
            Kind::CategoryWithoutCondition { .. } => in_lang!(
                lang,
                "在 conditions.csv 中为它加一行。",
                "在 conditions.csv 中為它加一列。",
                "Add a row for it to conditions.csv."
            ),
            Kind::ClassAndCategories => {
                in_lang!(lang, "只保留一个。", "只保留一個。", "Keep one of the two.")
            }
            Kind::ConditionsNeedOneCategory => in_lang!(
                lang,
                "只写一个小类，或把规则拆开。",
                "只寫一個小類，或把規則拆開。",
                "Name exactly one category, or split the rule."
            ),
            Kind::TierNotCitation { .. } => in_lang!(
                lang,
                "改正规则的 tier，或换一个依据。",
                "改正規則的 tier，或換一個依據。",
                "Correct the rule's tier, or name another citation."
            ),
            Kind::OutlivesCitation { .. } => in_lang!(
                lang,
                "改正日期，或换用现行的依据。",
                "改正日期，或換用現行的依據。",
                "Correct the dates, or name a citation that is in force."
            ),
            Kind::Tie { .. } => in_lang!(
                lang,
                "删去一条，或用条件、地点或时段把其中一条写得更具体。",
                "刪去一條，或用條件、地點或時段把其中一條寫得更具體。",
                "Remove one, or narrow one by condition, place or hours."
            ),
            Kind::Shadowed { .. } => in_lang!(
                lang,
                "删去此规则，或缩小挡住它的那条规则。",
                "刪去此規則，或縮小擋住它的那條規則。",
                "Remove it, or narrow the rule that stands before it."
            ),
        }
    }
}

fn shape_remedy(shape: &ShapeFault, lang: Lang) -> String {
    match shape {
        ShapeFault::NotAFeature => in_lang!(
            lang,
            "从地图软件重新导出为 GeoJSON。",
            "從地圖軟體重新匯出為 GeoJSON。",
            "Export it as GeoJSON from the map editor again."
        ),
        ShapeFault::Kind { wanted, .. } => {
            in_lang!(lang, "应为 {wanted}。", "應為 {wanted}。", "Draw it as {wanted}.")
        }
        ShapeFault::OffGlobe { .. } => in_lang!(
            lang,
            "写成 [经度, 纬度]，单位为度；检查是否写反。",
            "寫成 [經度, 緯度]，單位為度；檢查是否寫反。",
            "Write [longitude, latitude] in degrees; they may be the wrong way round."
        ),
        ShapeFault::RingShort | ShapeFault::LineShort => in_lang!(
            lang,
            "补画缺少的坐标，或删去此要素。",
            "補畫缺少的座標，或刪去此要素。",
            "Draw the missing positions, or remove the feature."
        ),
        ShapeFault::RingOpen => in_lang!(
            lang,
            "让最后一个坐标与第一个相同。",
            "讓最後一個座標與第一個相同。",
            "Let the last position equal the first."
        ),
        ShapeFault::RingCrosses { .. } => in_lang!(
            lang,
            "在地图软件中重画交叉处。",
            "在地圖軟體中重畫交叉處。",
            "Redraw the crossing in the map editor."
        ),
    }
}

fn wanted_remedy(wanted: &Wanted, lang: Lang) -> String {
    match wanted {
        Wanted::Code => in_lang!(
            lang,
            "写一个不含空格的代码，加引号。",
            "寫一個不含空格的代碼，加引號。",
            "Write a code without spaces, as text."
        ),
        Wanted::Text => in_lang!(lang, "写成文字。", "寫成文字。", "Write it as text, in quotes."),
        Wanted::List => in_lang!(
            lang,
            "写成方括号列表，如 [\"01\"]。",
            "寫成方括號列表，如 [\"01\"]。",
            "Write a list in square brackets, such as [\"01\"]."
        ),
        Wanted::Table => in_lang!(
            lang,
            "写成花括号表，如 {{ zh-Hans = \"…\" }}。",
            "寫成花括號表，如 {{ zh-Hans = \"…\" }}。",
            "Write a table, such as {{ zh-Hans = \"…\" }}."
        ),
        Wanted::YesOrNo => {
            in_lang!(lang, "写 true 或 false。", "寫 true 或 false。", "Write true or false.")
        }
        Wanted::Whole { least, most } => in_lang!(
            lang,
            "写 {least} 到 {most} 之间的整数。",
            "寫 {least} 到 {most} 之間的整數。",
            "Write a whole number from {least} to {most}."
        ),
        Wanted::Date => in_lang!(
            lang,
            "写成 2026-11-23 的样式。",
            "寫成 2026-11-23 的樣式。",
            "Write it like 2026-11-23."
        ),
        Wanted::Hours => in_lang!(
            lang,
            "写成 18:00-22:00 的样式。",
            "寫成 18:00-22:00 的樣式。",
            "Write it like 18:00-22:00."
        ),
        Wanted::Limit => in_lang!(
            lang,
            "写明时钟：2 urgent hours、4 working hours、5 working days 或 10 calendar days。",
            "寫明時鐘：2 urgent hours、4 working hours、5 working days 或 10 calendar days。",
            "Name the clock: 2 urgent hours, 4 working hours, 5 working days or 10 calendar days."
        ),
        Wanted::Offset => {
            in_lang!(lang, "写成 +08:00 的样式。", "寫成 +08:00 的樣式。", "Write it like +08:00.")
        }
        Wanted::Lead => in_lang!(
            lang,
            "写 unit:代码、role:street_office、role:owner、role:manager 或 warden:五管类别。",
            "寫 unit:代碼、role:street_office、role:owner、role:manager 或 warden:五管類別。",
            "Write unit:CODE, role:street_office, role:owner, role:manager or warden:KIND."
        ),
        Wanted::OneOf(choices) => {
            let choices = choices.join(word(lang, "、", "、", ", "));
            in_lang!(lang, "可选：{choices}。", "可選：{choices}。", "Possible: {choices}.")
        }
    }
}

fn thing_file(thing: Thing) -> &'static str {
    match thing {
        Thing::Zone => files::ZONES,
        Thing::Section => files::SECTIONS,
        Thing::Point => files::POINTS,
        Thing::Stall => files::STALLS,
        Thing::Unit => files::UNITS,
        Thing::Person => files::PEOPLE,
        Thing::Category | Thing::Class => files::CATEGORIES,
        Thing::Condition => files::CONDITIONS,
        Thing::Citation | Thing::Rule => files::RULES,
        Thing::Warden => files::WARDENS,
        Thing::Day => files::CALENDAR,
    }
}
