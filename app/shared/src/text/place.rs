//! How well a place is known: the circle of a position, its age, and what is in doubt
//! about the place of a case.

use domain::{
    Timestamp,
    place::{PlaceDoubt, Position},
};

use super::{Words, when::same_day};

impl Words {
    /// "within 12 m" of a position.
    pub fn accuracy(self, metres: u32) -> String {
        if metres == Position::UNKNOWN_ACCURACY_M {
            return self.pick("误差未知", "誤差未知", "accuracy not known").into();
        }
        let length = self.length(metres);
        self.pick(
            format!("误差约 {length}"),
            format!("誤差約 {length}"),
            format!("within {length}"),
        )
    }

    /// "Accuracy 3 km: choose the section".
    pub fn coarse(self, metres: u32) -> String {
        let known = metres != Position::UNKNOWN_ACCURACY_M;
        let length = self.length(metres);
        if known {
            self.pick(
                format!("误差约 {length}，请选择路段"),
                format!("誤差約 {length}，請選擇路段"),
                format!("Accuracy {length}: choose the section"),
            )
        } else {
            self.pick(
                "误差未知，请选择路段",
                "誤差未知，請選擇路段",
                "Accuracy not known: choose the section",
            )
            .into()
        }
    }

    /// "Position from 14:02, 2 h ago". `offset`: minutes east of UTC.
    pub fn position_from(self, read: Timestamp, now: Timestamp, offset: i16) -> String {
        let when = if same_day(read, now, offset) {
            self.time_of_day(read, offset)
        } else {
            self.when(read, now, offset)
        };
        let ago = self.ago(read, now);
        self.pick(
            format!("这是 {when} 的定位，{ago}"),
            format!("這是 {when} 的定位，{ago}"),
            format!("Position from {when}, {ago}"),
        )
    }

    /// "position 2 h old when reported", of a case.
    pub fn place_doubt(self, doubt: PlaceDoubt) -> String {
        match doubt {
            PlaceDoubt::Stale { age_s } => {
                let millis = i64::try_from(age_s).unwrap_or(i64::MAX).saturating_mul(1_000);
                let span = self.span(millis);
                self.pick(
                    format!("定位与上报相差 {span}"),
                    format!("定位與上報相差 {span}"),
                    format!("position {span} old when reported"),
                )
            }
            PlaceDoubt::Coarse { accuracy_m: Position::UNKNOWN_ACCURACY_M } => self
                .pick("定位误差未知", "定位誤差未知", "accuracy of the position not known")
                .into(),
            PlaceDoubt::Coarse { accuracy_m } => {
                let length = self.length(accuracy_m);
                self.pick(
                    format!("定位误差约 {length}"),
                    format!("定位誤差約 {length}"),
                    format!("accuracy {length}"),
                )
            }
        }
    }

    /// "may be: North Road, Zone 2", of a case.
    pub fn may_be(self, names: &[&str]) -> String {
        let hans = names.join("、");
        self.pick(
            format!("可能是：{hans}"),
            format!("可能是：{hans}"),
            format!("may be: {}", names.join(", ")),
        )
    }

    /// "300 m", "1.5 km": rounded up, as an accuracy is.
    fn length(self, metres: u32) -> String {
        if metres < 1_000 {
            return self.distance(metres);
        }
        let tenths = metres.div_ceil(100);
        let kilometres = match (tenths / 10, tenths % 10) {
            (whole, 0) => whole.to_string(),
            (whole, tenth) => format!("{whole}.{tenth}"),
        };
        self.pick(
            format!("{kilometres} 公里"),
            format!("{kilometres} 公里"),
            format!("{kilometres} km"),
        )
    }
}
