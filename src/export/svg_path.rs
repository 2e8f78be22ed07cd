//! Path data for SVG: relative commands over whole numbers of the last decimal place, so that
//! rounding never adds up along a path.

use super::xml::{fixed, push_fixed};
use crate::scene::Point;

/// Writes the `d` of one path.
pub struct PathData {
    out: String,
    places: u32,
    at: (i64, i64),
    start: (i64, i64),
    command: char,
}

impl PathData {
    /// An empty path whose coordinates have at most `places` decimals.
    pub fn new(places: u32) -> Self {
        Self { out: String::new(), places, at: (0, 0), start: (0, 0), command: ' ' }
    }

    /// Starts a new line.
    pub fn move_to(&mut self, to: Point) {
        // The commands after a move would otherwise be read as lines.
        self.command = ' ';
        let target = self.round(to);
        self.put('m', &[self.offset(target)]);
        self.command = ' ';
        self.at = target;
        self.start = target;
    }

    /// A straight line, left out where rounding leaves nothing of it.
    pub fn line_to(&mut self, to: Point) {
        let target = self.round(to);
        let (dx, dy) = self.offset(target);
        match (dx, dy) {
            (0, 0) => return,
            (_, 0) => self.put_one('h', dx),
            (0, _) => self.put_one('v', dy),
            _ => self.put('l', &[(dx, dy)]),
        }
        self.at = target;
    }

    /// A quadratic curve.
    pub fn quad_to(&mut self, control: Point, to: Point) {
        let target = self.round(to);
        let control = self.round(control);
        self.put('q', &[self.offset(control), self.offset(target)]);
        self.at = target;
    }

    /// A cubic curve.
    pub fn cubic_to(&mut self, a: Point, b: Point, to: Point) {
        let target = self.round(to);
        let (a, b) = (self.round(a), self.round(b));
        self.put('c', &[self.offset(a), self.offset(b), self.offset(target)]);
        self.at = target;
    }

    /// Back to the last start.
    pub fn close(&mut self) {
        if self.command != 'z' {
            self.out.push('z');
        }
        self.command = 'z';
        self.at = self.start;
    }

    /// The finished path data.
    pub fn finish(self) -> String {
        self.out
    }

    fn round(&self, point: Point) -> (i64, i64) {
        (fixed(f64::from(point.x), self.places), fixed(f64::from(point.y), self.places))
    }

    fn offset(&self, (x, y): (i64, i64)) -> (i64, i64) {
        (x - self.at.0, y - self.at.1)
    }

    fn put(&mut self, command: char, points: &[(i64, i64)]) {
        self.command(command);
        for &(x, y) in points {
            self.number(x);
            self.number(y);
        }
    }

    fn put_one(&mut self, command: char, value: i64) {
        self.command(command);
        self.number(value);
    }

    fn command(&mut self, command: char) {
        if self.command != command {
            self.out.push(command);
            self.command = command;
        }
    }

    fn number(&mut self, value: i64) {
        if value >= 0 && self.out.ends_with(|c: char| c.is_ascii_digit()) {
            self.out.push(' ');
        }
        push_fixed(&mut self.out, value, self.places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_and_short() {
        let mut path = PathData::new(2);
        path.move_to(Point::new(1.0, 2.0));
        path.line_to(Point::new(4.0, 2.0));
        path.line_to(Point::new(4.0, 2.5));
        path.line_to(Point::new(3.0, 2.25));
        path.line_to(Point::new(2.0, 2.0));
        path.close();
        path.move_to(Point::new(1.0, 3.0));
        path.line_to(Point::new(2.0, 4.0));
        assert_eq!(path.finish(), "m1 2h3v.5l-1-.25-1-.25zm0 1l1 1");
    }

    #[test]
    fn rounding_does_not_add_up() {
        let mut path = PathData::new(0);
        path.move_to(Point::new(0.0, 0.0));
        for step in 1..=10 {
            path.line_to(Point::new(step as f32 * 0.4, step as f32 * 0.4));
        }
        let total: i32 =
            path.finish()[5..].split_whitespace().map(|n| n.parse::<i32>().unwrap()).sum();
        assert_eq!(total, 2 * 4);
    }
}
