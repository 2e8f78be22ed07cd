//! A size as it is typed: 1200x800.

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size(pub f32, pub f32);

/// The longest side that can be asked for, in points: nearly two metres in print.
const MOST: f32 = 5000.0;

impl Size {
    /// Reads a width of at least `least` points and a height of at least 100.
    pub(super) fn parse(text: &str, least: f32) -> Result<Self, String> {
        let wrong =
            || format!("give width and height from {least} to {MOST} points, like 1200x800");
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
        let side = |text: &str, least: f32| {
            let points: f32 = text.trim().parse().map_err(|_| wrong())?;
            if (least..=MOST).contains(&points) { Ok(points.round()) } else { Err(wrong()) }
        };
        Ok(Size(side(width, least)?, side(height, 100.0)?))
    }
}
