//! What the server last said about devices. It outlives the screen, so that it can be read
//! while there is no network; never for the next person who signs in on this device.

use domain::{
    Timestamp,
    sync::{DeviceReport, Devices},
};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevicesAnswer {
    /// When it was so, by the server's clock.
    pub at: Timestamp,
    /// What wants somebody first; inside that, as the server sorts them.
    pub devices: Vec<DeviceReport>,
}

/// In context.
#[derive(Clone, Copy)]
pub struct LastAnswer(pub RwSignal<Option<DevicesAnswer>>);

impl LastAnswer {
    /// Puts it into context, above the screens.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The answer that [`Self::provide`] put there.
    pub fn here() -> Self {
        expect_context()
    }
}

impl DevicesAnswer {
    pub fn of(found: Devices) -> Self {
        let mut devices = found.devices;
        devices.sort_by_key(is_quiet);
        Self { at: found.now, devices }
    }
}

/// Nobody has to do anything about it.
pub const fn is_quiet(report: &DeviceReport) -> bool {
    report.owed.is_empty() && report.quarantined.is_empty() && report.doubled.is_empty()
}

#[cfg(test)]
mod tests {
    use domain::{
        DeviceId,
        sync::{Doubled, Gap, Owed},
    };

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_924_800_000);

    fn device(id: u8, owed: Vec<Owed>, doubled: Vec<Doubled>) -> DeviceReport {
        DeviceReport {
            device: DeviceId::new(NOW, [id; 10]),
            user: "inspector".into(),
            name: "某人".into(),
            client: String::new(),
            first_seen: NOW,
            last_seen: NOW,
            highest: 1,
            claimed: 1,
            owed,
            quarantined: Vec::new(),
            doubled,
        }
    }

    #[test]
    fn devices_that_want_somebody_come_first_and_others_keep_their_order() {
        let owed = Owed { gap: Gap { from: 2, until: 3 }, after: None, before: None };
        let doubled = Doubled { sequence: 4, since: NOW };
        let found = Devices {
            now: NOW,
            devices: vec![
                device(1, vec![], vec![]),
                device(2, vec![owed], vec![]),
                device(3, vec![], vec![]),
                device(4, vec![], vec![doubled]),
            ],
            more: false,
        };
        let answer = DevicesAnswer::of(found);
        let ids: Vec<DeviceId> = answer.devices.iter().map(|it| it.device).collect();
        assert_eq!(ids, [2, 4, 1, 3].map(|id| DeviceId::new(NOW, [id; 10])));
        assert_eq!(answer.at, NOW);
    }
}
