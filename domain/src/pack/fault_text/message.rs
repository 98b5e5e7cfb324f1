//! What is wrong.

use super::{in_lang, thing_name, word};
use crate::{
    Lang,
    duty::Tier,
    pack::fault::{Fault, FaultKind as Kind, ShapeFault, Wanted},
};

impl Fault {
    /// What is wrong.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match &self.kind {
            Kind::MissingFile => in_lang!(lang, "缺少此文件", "缺少此檔案", "the file is missing"),
            Kind::NotUtf8 => in_lang!(lang, "不是 UTF-8 编码", "不是 UTF-8 編碼", "not UTF-8 text"),
            Kind::Syntax(detail) => in_lang!(
                lang,
                "无法解析：{detail}",
                "無法解析：{detail}",
                "cannot be parsed: {detail}"
            ),
            Kind::UnsupportedFormat { found } => in_lang!(
                lang,
                "不支持的格式版本“{found}”",
                "不支援的格式版本「{found}」",
                "unsupported format “{found}”"
            ),
            Kind::UnknownColumn(column) => {
                in_lang!(
                    lang,
                    "未知的列“{column}”",
                    "未知的欄「{column}」",
                    "unknown column “{column}”"
                )
            }
            Kind::MissingColumn(column) => {
                in_lang!(
                    lang,
                    "缺少列“{column}”",
                    "缺少欄「{column}」",
                    "column “{column}” is missing"
                )
            }
            Kind::RepeatedColumn(column) => in_lang!(
                lang,
                "列“{column}”出现两次",
                "欄「{column}」出現兩次",
                "column “{column}” stands twice"
            ),
            Kind::CellCount { expected, found } => in_lang!(
                lang,
                "本行有 {found} 格，表头有 {expected} 列",
                "本列有 {found} 格，表頭有 {expected} 欄",
                "{found} cells where the header has {expected}"
            ),
            Kind::UnknownKey(key) => {
                in_lang!(lang, "未知的项“{key}”", "未知的項「{key}」", "unknown key “{key}”")
            }
            Kind::Missing { field } => {
                in_lang!(lang, "“{field}”没有填写", "「{field}」沒有填寫", "“{field}” is empty")
            }
            Kind::BadValue { field, value, wanted } => {
                let wanted = wanted_name(wanted, lang);
                in_lang!(
                    lang,
                    "“{field}”的值“{value}”不是{wanted}",
                    "「{field}」的值「{value}」不是{wanted}",
                    "“{value}” in “{field}” is not {wanted}"
                )
            }
            Kind::LimitWithoutClock { value } => in_lang!(
                lang,
                "时限“{value}”没有说明按哪种时钟计算",
                "時限「{value}」沒有說明按哪種時鐘計算",
                "the limit “{value}” does not say by which clock"
            ),
            Kind::Duplicate { what, code, first } => {
                let what = thing_name(*what, lang);
                in_lang!(
                    lang,
                    "{what}“{code}”重复，第 {first} 行已有",
                    "{what}「{code}」重複，第 {first} 行已有",
                    "{what} “{code}” stands twice; first on line {first}"
                )
            }
            Kind::UnknownReference { what, code, field } => {
                let what = thing_name(*what, lang);
                in_lang!(
                    lang,
                    "“{field}”指向不存在的{what}“{code}”",
                    "「{field}」指向不存在的{what}「{code}」",
                    "“{field}” names {what} “{code}”, which does not exist"
                )
            }
            Kind::Shape(shape) => shape_message(shape, lang),
            Kind::NeverInForce => in_lang!(
                lang,
                "截止日早于起始日，永不生效",
                "截止日早於起始日，永不生效",
                "ends before it begins, so it is never in force"
            ),
            Kind::HoursOverlap { first, second } => in_lang!(
                lang,
                "时段 {first} 与 {second} 重叠",
                "時段 {first} 與 {second} 重疊",
                "the hours {first} and {second} overlap"
            ),
            Kind::WorkPastMidnight { hours } => in_lang!(
                lang,
                "工作时段 {hours} 跨过了午夜",
                "工作時段 {hours} 跨過了午夜",
                "the working hours {hours} run past midnight"
            ),
            Kind::ParentCycle { zone } => in_lang!(
                lang,
                "区域“{zone}”经上级又回到自身",
                "區域「{zone}」經上級又回到自身",
                "area “{zone}” lies in itself, by way of its parents"
            ),
            Kind::ParentLevel { zone, parent } => in_lang!(
                lang,
                "区域“{zone}”的层级不低于上级“{parent}”",
                "區域「{zone}」的層級不低於上級「{parent}」",
                "area “{zone}” is not of a narrower level than its parent “{parent}”"
            ),
            Kind::AreasOverlap { zone, other, square_metres } => in_lang!(
                lang,
                "区域“{zone}”与同级的“{other}”重叠 {square_metres} 平方米",
                "區域「{zone}」與同級的「{other}」重疊 {square_metres} 平方公尺",
                "areas “{zone}” and “{other}” of one level overlap by {square_metres} m²"
            ),
            Kind::NoStreetOffice { zone } => in_lang!(
                lang,
                "区域“{zone}”及其上级都没有街道办",
                "區域「{zone}」及其上級都沒有街道辦",
                "area “{zone}” has no street office, nor has any area around it"
            ),
            Kind::UnitLacksRole { unit, role } => in_lang!(
                lang,
                "单位“{unit}”没有职能“{role}”",
                "單位「{unit}」沒有職能「{role}」",
                "unit “{unit}” does not have the role “{role}”"
            ),
            Kind::PersonWithoutUnit { person } => in_lang!(
                lang,
                "人员“{person}”要负责事项，却不属于任何单位",
                "人員「{person}」要負責事項，卻不屬於任何單位",
                "person “{person}” answers for cases but belongs to no unit"
            ),
            Kind::WardenMissing { section, kind } => in_lang!(
                lang,
                "路段“{section}”缺少五管人员“{kind}”",
                "路段「{section}」缺少五管人員「{kind}」",
                "section “{section}” has no warden “{kind}”"
            ),
            Kind::Gap { what, after, before } => in_lang!(
                lang,
                "“{what}”在 {after} 之后、{before} 之前无人负责",
                "「{what}」在 {after} 之後、{before} 之前無人負責",
                "nobody answers for “{what}” after {after} and before {before}"
            ),
            Kind::TwoAtOnce { what, first } => in_lang!(
                lang,
                "“{what}”与第 {first} 行同时有效",
                "「{what}」與第 {first} 行同時有效",
                "“{what}” is in force together with line {first}"
            ),
            Kind::CategoryWithoutCondition { category } => in_lang!(
                lang,
                "小类“{category}”没有立案条件",
                "小類「{category}」沒有立案條件",
                "category “{category}” has no filing condition"
            ),
            Kind::ClassAndCategories => in_lang!(
                lang,
                "规则同时写了 class 和 categories",
                "規則同時寫了 class 和 categories",
                "the rule names both class and categories"
            ),
            Kind::ConditionsNeedOneCategory => in_lang!(
                lang,
                "写了 conditions，但不是恰好一个小类",
                "寫了 conditions，但不是恰好一個小類",
                "conditions without exactly one category"
            ),
            Kind::TierNotCitation { tier, citation, kind } => {
                let (tier, kind) = (tier_name(*tier, lang), tier_name(*kind, lang));
                in_lang!(
                    lang,
                    "规则层级为{tier}，依据“{citation}”却是{kind}",
                    "規則層級為{tier}，依據「{citation}」卻是{kind}",
                    "a rule of tier {tier} stands on “{citation}”, which is of kind {kind}"
                )
            }
            Kind::OutlivesCitation { citation } => in_lang!(
                lang,
                "规则与依据“{citation}”没有同时有效的日子",
                "規則與依據「{citation}」沒有同時有效的日子",
                "the rule is in force only while its citation “{citation}” is not"
            ),
            Kind::Tie { rule, other, line } => in_lang!(
                lang,
                "规则“{rule}”与第 {line} 行的“{other}”同级、同样具体，且可能同时适用",
                "規則「{rule}」與第 {line} 行的「{other}」同級、同樣具體，且可能同時適用",
                "rule “{rule}” ties with “{other}” on line {line}: one tier, equally specific, and both can match"
            ),
            Kind::Shadowed { rule, by, line } => in_lang!(
                lang,
                "规则“{rule}”永远不会适用：第 {line} 行的“{by}”总是先于它",
                "規則「{rule}」永遠不會適用：第 {line} 行的「{by}」總是先於它",
                "rule “{rule}” can never win: “{by}” on line {line} always decides before it"
            ),
        }
    }
}

fn shape_message(shape: &ShapeFault, lang: Lang) -> String {
    match shape {
        ShapeFault::NotAFeature => in_lang!(
            lang,
            "不是带属性和几何的 Feature",
            "不是帶屬性和幾何的 Feature",
            "not a Feature with properties and a geometry"
        ),
        ShapeFault::Kind { found, .. } => in_lang!(
            lang,
            "几何类型“{found}”不适用",
            "幾何類型「{found}」不適用",
            "a geometry of kind “{found}” does not fit here"
        ),
        ShapeFault::OffGlobe { position } => in_lang!(
            lang,
            "坐标 {position} 不在地球上",
            "座標 {position} 不在地球上",
            "the position {position} is not on the globe"
        ),
        ShapeFault::RingShort => {
            in_lang!(
                lang,
                "环少于四个坐标",
                "環少於四個座標",
                "a ring of fewer than four positions"
            )
        }
        ShapeFault::RingOpen => {
            in_lang!(lang, "环没有闭合", "環沒有閉合", "a ring that does not end where it begins")
        }
        ShapeFault::RingCrosses { near } => in_lang!(
            lang,
            "环在 {near} 附近与自身相交",
            "環在 {near} 附近與自身相交",
            "a ring that touches or crosses itself near {near}"
        ),
        ShapeFault::LineShort => {
            in_lang!(lang, "线少于两个坐标", "線少於兩個座標", "a line of fewer than two positions")
        }
    }
}

fn wanted_name(wanted: &Wanted, lang: Lang) -> &'static str {
    match wanted {
        Wanted::Code => word(lang, "代码", "代碼", "a code"),
        Wanted::Text => word(lang, "文字", "文字", "text"),
        Wanted::List => word(lang, "列表", "列表", "a list"),
        Wanted::Table => word(lang, "表", "表", "a table"),
        Wanted::YesOrNo => word(lang, "是或否", "是或否", "true or false"),
        Wanted::Whole { .. } => {
            word(lang, "范围内的整数", "範圍內的整數", "a whole number within its range")
        }
        Wanted::Date => word(lang, "日期", "日期", "a date"),
        Wanted::Hours => word(lang, "时段", "時段", "hours of a day"),
        Wanted::Limit => word(lang, "时限", "時限", "a limit"),
        Wanted::Offset => word(lang, "时差", "時差", "an offset"),
        Wanted::Lead => word(lang, "单位或角色", "單位或角色", "a unit or a role"),
        Wanted::OneOf(_) => {
            word(lang, "可选的值之一", "可選的值之一", "one of the possible values")
        }
    }
}

fn tier_name(tier: Tier, lang: Lang) -> &'static str {
    match tier {
        Tier::Law => word(lang, "法律（law）", "法律（law）", "law"),
        Tier::Document => word(lang, "文件（document）", "文件（document）", "document"),
        Tier::Order => word(lang, "交办（order）", "交辦（order）", "order"),
    }
}
