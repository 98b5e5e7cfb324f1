//! Areas: levels nest, nothing lies in itself, each has a street office, and areas
//! of one level do not overlap.

use super::{
    super::{
        draft::{Draft, chain, street_offices},
        fault::{FaultKind, Thing},
        fields::Row,
        files::ZONES,
        findings::Findings,
    },
    ground::{Ground, Patch},
};
use crate::place::Zone;

pub(super) fn check(draft: &Draft, findings: &Findings) {
    nesting(draft, findings);
    offices(draft, findings);
    overlaps(draft, findings);
}

fn nesting(draft: &Draft, findings: &Findings) {
    let by_code = draft.zones_by_code();
    for row in &draft.zones {
        let Some(around) = chain(&by_code, row).nth(1) else { continue };
        let zone = row.item.code.as_str().into();
        // The areas around it, up to itself if it lies in a circle.
        let mut circle = Vec::new();
        let closed = chain(&by_code, around).any(|above| {
            circle.push(above.line);
            above.item.code == row.item.code
        });
        if closed {
            // Said once for the whole circle.
            if circle.iter().min() == Some(&row.line) {
                findings.fault(ZONES, Some(row.line), FaultKind::ParentCycle { zone });
            }
        } else if row.clean && around.clean && row.item.level <= around.item.level {
            let parent = around.item.code.as_str().into();
            findings.fault(ZONES, Some(row.line), FaultKind::ParentLevel { zone, parent });
        }
    }
}

fn offices(draft: &Draft, findings: &Findings) {
    if !findings.is_readable(Thing::Zone) {
        return;
    }
    for (row, office) in draft.zones.iter().zip(street_offices(draft)) {
        // Said once, of the outermost; those inside inherit what is put right there.
        if row.clean && row.item.parent.is_none() && office.is_none() {
            let zone = row.item.code.as_str().into();
            findings.fault(ZONES, Some(row.line), FaultKind::NoStreetOffice { zone });
        }
    }
}

fn overlaps(draft: &Draft, findings: &Findings) {
    let zones: Vec<&Row<Zone>> = draft.zones.iter().filter(|row| row.clean).collect();
    let first = zones.first().and_then(|row| row.item.polygons.first());
    let ground = Ground::about(first.and_then(|area| area.0.first()?.first().copied()));
    let patches: Vec<(&Row<Zone>, Patch)> =
        zones.into_iter().map(|row| (row, Patch::new(ground.area(&row.item.polygons)))).collect();
    let by_code = draft.zones_by_code();
    let lies_in = |row, other: &Row<Zone>| {
        chain(&by_code, row).any(|above| above.item.code == other.item.code)
    };
    for (index, (row, patch)) in patches.iter().enumerate() {
        for (other, earlier) in patches.iter().take(index) {
            // One inside the other is a fault of their levels, if any.
            let nested = || lies_in(row, other) || lies_in(other, row);
            if row.item.level != other.item.level || nested() {
                continue;
            }
            let overlap = patch.overlap_m2(earlier);
            if overlap > 0.0 {
                let kind = FaultKind::AreasOverlap {
                    zone: row.item.code.as_str().into(),
                    other: other.item.code.as_str().into(),
                    square_metres: whole(overlap),
                };
                findings.fault(ZONES, Some(row.line), kind);
            }
        }
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an area on the globe is far below 2^63 square metres; a cast saturates"
)]
fn whole(square_metres: f64) -> u64 {
    square_metres.round() as u64
}
