//! GeoJSON (RFC 7946): the features of a collection and the lines they begin on.
//! Foreign members are left alone, as the standard asks.

use serde::Deserialize;
use serde_json::{Map, Value as Json, value::RawValue};

use super::{
    PackFiles,
    fault::{FaultKind, ShapeFault, Thing},
    fields::Fields,
    findings::Findings,
    text::{Text, text_of},
    value::{Entries, Entry, Value, shorten},
};

/// Properties that map editors write by themselves.
const EDITORS: [&str; 12] = [
    "id",
    "fid",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "fill",
    "fill-opacity",
    "marker-color",
    "marker-size",
    "marker-symbol",
    "title",
    "description",
];

/// Hands each feature's properties and geometry to `feature`.
pub(super) fn read<T>(
    files: &PackFiles,
    file: &'static str,
    defines: Thing,
    findings: &Findings,
    mut feature: impl FnMut(Fields<'_, '_>, &Json) -> T,
) -> Vec<T> {
    let Some(text) = text_of(files, file, &[defines], findings) else { return Vec::new() };
    let mut read = Vec::new();
    for (line, raw) in features(&text, defines, findings) {
        let not_a_feature = || {
            findings.fault(file, Some(line), FaultKind::Shape(ShapeFault::NotAFeature));
            findings.unreadable(defines);
        };
        let Ok(Json::Object(mut object)) = serde_json::from_str(raw) else {
            not_a_feature();
            continue;
        };
        let (Some(Json::Object(properties)), Some(geometry)) =
            (object.remove("properties"), object.remove("geometry"))
        else {
            not_a_feature();
            continue;
        };
        let fields = Fields::new(findings, file, line, properties_of(properties, line));
        read.push(feature(fields, &geometry));
    }
    read
}

/// Each feature's text with its line. A document that cannot be parsed as a whole is
/// read line by line, one feature to a line, so that the others are still checked.
fn features<'t>(text: &Text<'t>, defines: Thing, findings: &Findings) -> Vec<(u32, &'t str)> {
    #[derive(Deserialize)]
    struct Collection<'t> {
        #[serde(borrow)]
        features: Vec<&'t RawValue>,
    }
    match serde_json::from_str::<Collection<'t>>(text.text) {
        Ok(Collection { features }) => features
            .into_iter()
            .map(|feature| {
                let begin = feature.get().as_ptr().addr();
                let offset = begin.saturating_sub(text.text.as_ptr().addr());
                (text.line_of(offset), feature.get())
            })
            .collect(),
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
            let detail = shorten(&error.to_string());
            findings.fault(text.file, Some(line), FaultKind::Syntax(detail));
            findings.unreadable(defines);
            let lines = (1..).zip(text.text.lines());
            lines
                .map(|(number, line)| (number, line.trim().trim_end_matches(',')))
                .filter(|(_, line)| line.contains("\"Feature\""))
                .filter(|(_, line)| serde_json::from_str::<&RawValue>(line).is_ok())
                .collect()
        }
    }
}

fn properties_of(properties: Map<String, Json>, line: u32) -> Entries<'static> {
    let properties = properties.into_iter().filter(|(key, _)| !EDITORS.contains(&key.as_str()));
    properties.filter_map(|(key, value)| Some((key.into(), entry(value, line)?))).collect()
}

/// Nothing for `null`, which is how editors write an empty property.
fn entry(value: Json, line: u32) -> Option<Entry<'static>> {
    let value = match value {
        Json::Null => return None,
        Json::Bool(truth) => Value::Truth(truth),
        Json::String(text) if text.is_empty() => return None,
        Json::String(text) => Value::Text(text.into()),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Whole(whole),
            None => Value::Other(number.to_string().into()),
        },
        Json::Array(items) => {
            Value::List(items.into_iter().filter_map(|item| entry(item, line)).collect())
        }
        Json::Object(object) => Value::Other(Json::Object(object).to_string().into()),
    };
    Some(Entry { value, line })
}
