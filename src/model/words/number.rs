//! Whole numbers for a person.

/// A number with its thousands set apart: "4,271".
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of things: "1 engagement", "4,271 engagements".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_named_in_the_singular() {
        assert_eq!(count(1, "visit", "visits"), "1 visit");
        assert_eq!(count(0, "visit", "visits"), "0 visits");
        assert_eq!(count(4271, "visit", "visits"), "4,271 visits");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (4271, "4,271"), (1_000_000, "1,000,000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
