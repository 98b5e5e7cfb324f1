//! Where a zoomed picture lies: its scale and its shift from the middle of the stage.
//!
//! Never: the page; [`zoom`](super::zoom) sets it there.

/// As large as a picture is shown.
const MAX_SCALE: f64 = 8.0;
/// Below it the picture counts as not zoomed: fingers never meet 1 exactly.
const ZOOMED: f64 = 1.01;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Pixels from the middle.
    pub x: f64,
    pub y: f64,
    pub scale: f64,
}

/// Where a finger or the mouse is, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Transform {
    pub const IDENTITY: Self = Self { x: 0.0, y: 0.0, scale: 1.0 };

    pub fn is_zoomed(self) -> bool {
        self.scale > ZOOMED
    }

    /// A picture that is not larger than the stage lies in its middle.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let scale = (self.scale * factor).clamp(1.0, MAX_SCALE);
        let scaled = Self { scale, ..self };
        if scaled.is_zoomed() { scaled } else { Self { scale, ..Self::IDENTITY } }
    }

    #[must_use]
    pub fn panned(self, x: f64, y: f64) -> Self {
        if !self.is_zoomed() {
            return self;
        }
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// One finger has moved while another, if any, stayed: two scale by how far they are
    /// apart, one pans.
    #[must_use]
    pub fn moved(self, before: Point, now: Point, other: Option<Point>) -> Self {
        match other {
            Some(other) => self.scaled(now.distance(other) / before.distance(other)),
            None => self.panned(now.x - before.x, now.y - before.y),
        }
    }
}

impl Point {
    /// At least a pixel, so that a ratio of two is always a number.
    fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZOOMED_IN: Transform = Transform { x: 10.0, y: -4.0, scale: 2.0 };

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn scale_stays_between_the_whole_picture_and_eight_times() {
        for (factor, scale) in [(0.1, 1.0), (0.75, 1.5), (1.0, 2.0), (3.0, 6.0), (9.0, 8.0)] {
            assert_eq!(ZOOMED_IN.scaled(factor).scale, scale, "factor {factor}");
        }
    }

    #[test]
    fn whole_picture_lies_in_the_middle() {
        assert_eq!(ZOOMED_IN.scaled(0.01), Transform::IDENTITY);
        assert_eq!(ZOOMED_IN.scaled(1.5).x, 10.0);
    }

    #[test]
    fn one_finger_pans_only_a_zoomed_picture() {
        let moved = ZOOMED_IN.moved(at(5.0, 5.0), at(8.0, 4.0), None);
        assert_eq!(moved, Transform { x: 13.0, y: -5.0, scale: 2.0 });
        let still = Transform::IDENTITY.moved(at(5.0, 5.0), at(8.0, 4.0), None);
        assert_eq!(still, Transform::IDENTITY);
    }

    #[test]
    fn two_fingers_scale_by_their_distance() {
        let apart = ZOOMED_IN.moved(at(10.0, 0.0), at(20.0, 0.0), Some(at(0.0, 0.0)));
        assert_eq!(apart.scale, 4.0);
        let together = ZOOMED_IN.moved(at(20.0, 0.0), at(10.0, 0.0), Some(at(0.0, 0.0)));
        assert_eq!(together, Transform::IDENTITY);
    }

    #[test]
    fn fingers_on_one_spot_give_a_number() {
        let moved = ZOOMED_IN.moved(at(0.0, 0.0), at(0.0, 0.0), Some(at(0.0, 0.0)));
        assert_eq!(moved.scale, 2.0);
    }
}
