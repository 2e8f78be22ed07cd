//! The names of months, days of the week and ordinal numbers.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const ORDINALS: [&str; 21] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];

pub(super) fn month(word: &str) -> Option<u32> {
    let known = |(_, name): &(usize, &&str)| {
        **name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(word))
    };
    MONTHS.iter().enumerate().find(known).map(|(position, _)| position as u32 + 1)
}

pub(super) fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word)))
}
