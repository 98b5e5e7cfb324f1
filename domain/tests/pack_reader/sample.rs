//! A small pack without a fault, and ways to break it.

use std::collections::BTreeMap;

use domain::pack::{DistrictPack, Faults, PackFiles, read};

/// The text of each file by its name.
#[derive(Clone)]
pub struct Folder(BTreeMap<&'static str, String>);

impl Folder {
    /// A district of two zones, two sections and three rules.
    pub fn good() -> Self {
        Self(FILES.iter().map(|(name, text)| (*name, text.trim_start().to_owned())).collect())
    }

    /// Replaces the one place where `from` stands.
    pub fn change(&mut self, file: &str, from: &str, to: &str) {
        let text = self.0.get_mut(file).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
        *text = text.replace(from, to);
    }

    pub fn append(&mut self, file: &str, rows: &str) {
        self.0.get_mut(file).unwrap().push_str(rows);
    }

    /// Leaves the rules out.
    pub fn keep_citations_only(&mut self) {
        let text = self.0.get_mut("rules.toml").unwrap();
        text.truncate(text.find("[[rule]]").unwrap());
    }

    pub fn remove(&mut self, file: &str) {
        self.0.remove(file).unwrap();
    }

    pub fn files(&self) -> PackFiles {
        self.0.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())).collect()
    }

    pub fn read(&self) -> Result<DistrictPack, Faults> {
        read(&self.files())
    }
}

const FILES: [(&str, &str); 15] = [
    (
        "district.toml",
        r#"
format = 1
id = "test"
version = "2026.1"
sample = true
datum = "WGS-84"
utc_offset = "+08:00"
names = { zh-Hans = "测试区", zh-Hant = "測試區", en = "Test" }

[hours]
working = ["08:30-12:00", "14:00-17:30"]
weekdays = ["mon", "tue", "wed", "thu", "fri"]

[tolerance]
section_m = 30
point_m = 60

[headquarters]
unit = "hq"
"#,
    ),
    (
        "zones.geojson",
        r#"
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"a1","name":"街道","level":"street_office","area":"urban","street_office":"so"},"geometry":{"type":"Polygon","coordinates":[[[109.00,32.70],[109.02,32.70],[109.02,32.71],[109.00,32.71],[109.00,32.70]]]}},
{"type":"Feature","properties":{"code":"z1","name":"西片","name_en":"West","area":"urban","parent":"a1"},"geometry":{"type":"Polygon","coordinates":[[[109.00,32.70],[109.01,32.70],[109.01,32.71],[109.00,32.71],[109.00,32.70]]]}},
{"type":"Feature","properties":{"code":"z2","name":"东片","name_en":"East","area":"rural","parent":"a1"},"geometry":{"type":"Polygon","coordinates":[[[109.01,32.70],[109.02,32.70],[109.02,32.71],[109.01,32.71],[109.01,32.70]]]}}
]}
"#,
    ),
    (
        "sections.geojson",
        r#"
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"s1","name":"西街"},"geometry":{"type":"LineString","coordinates":[[109.001,32.705],[109.004,32.705]]}},
{"type":"Feature","properties":{"code":"s2","name":"东街"},"geometry":{"type":"LineString","coordinates":[[109.015,32.705],[109.018,32.705]]}}
]}
"#,
    ),
    (
        "points.geojson",
        r#"
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"p1","name":"市场","kind":"market","manager":"mkt","radius_m":80},"geometry":{"type":"Point","coordinates":[109.002,32.705]}}
]}
"#,
    ),
    (
        "stalls.geojson",
        r#"
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"st1","name":"夜市","categories":["01"],"hours":["18:00-22:00"],"weekdays":["fri","sat"],"from":"2026-03-01"},"geometry":{"type":"Polygon","coordinates":[[[109.002,32.704],[109.003,32.704],[109.003,32.706],[109.002,32.704]]]}}
]}
"#,
    ),
    (
        "units.csv",
        r"
code,name,name_hant,name_en,roles,lead,duty,deputy
hq,指挥部,,Headquarters,headquarters,p1,p1,p2
so,街道办,,Office,street_office,p3,p3,
cgj,城管局,,Bureau,urban_management,p4,p5,p4
mkt,市场中心,,Market,market_operator,,p6,
",
    ),
    (
        "people.csv",
        r"
code,name,name_en,unit,phone
p1,甲,A,hq,1
p2,乙,B,hq,2
p3,丙,C,so,3
p4,丁,D,cgj,4
p5,戊,E,cgj,5
p6,己,F,mkt,6
p7,庚,G,,7
",
    ),
    ("absences.csv", "person,from,until\np5,2026-11-01,2026-11-30\n"),
    (
        "wardens.csv",
        r"
section,kind,person,deputy,from,until
s1,traffic_police,p5,p4,2026-01-01,2026-12-31
s1,urban_management,p5,p4,2026-01-01,
s1,market_supervision,p5,,,
s1,sanitation,p5,,,
s1,community,p3,,,
s2,traffic_police,p5,,,
s2,urban_management,p5,,,
s2,market_supervision,p5,,,
s2,sanitation,p5,,,
s2,community,p3,,,
",
    ),
    ("patches.csv", "leader,kind,code,from,until\np7,zone,z1,2026-01-01,\np7,point,p1,,\n"),
    ("owners.csv", "category,zone,unit\n02,,cgj\n02,z1,so\n"),
    (
        "categories.csv",
        r"
code,kind,class_code,class,name,name_en,evidence,words,frequency,usual_at,from,until
01,event,E1,市容,乱摆摊点,Stalls,拍全景,占道 摆摊,12,market school,2026-01-01,
02,part,P1,设施,路灯,Street lamp,拍灯杆,,,,,
",
    ),
    (
        "conditions.csv",
        r"
category,code,filing,closing,limit,from,until
01,1,占道,清退,2 working hours,,
01,2,聚集,清退,4 urgent hours,,
02,1,不亮,修复,3 working days,,
",
    ),
    ("calendar.csv", "date,kind,name\n2026-10-01,holiday,国庆节\n2026-10-10,working,调休\n"),
    (
        "rules.toml",
        r#"
[[citation]]
id = "law"
kind = "law"
title = { zh-Hans = "条例" }
article = { zh-Hans = "第一条" }
from = 2020-01-01

[[citation]]
id = "doc"
kind = "document"
title = { zh-Hans = "通知" }
article = { zh-Hans = "第二条" }

[[rule]]
id = "stalls-urban"
tier = "law"
citation = "law"
categories = ["01"]
area = "urban"
lead = "unit:cgj"
co = ["warden:sanitation"]

[[rule]]
id = "lamps"
tier = "document"
citation = "doc"
class = "P1"
lead = "role:owner"

[[rule]]
id = "evening"
tier = "law"
citation = "law"
categories = ["01"]
conditions = ["2"]
sections = ["s1"]
hours = ["18:00-23:00"]
lead = "unit:so"
until = 2027-12-31
"#,
    ),
];
