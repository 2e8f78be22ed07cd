//! One date in words: a day, month, season, year, decade or century, and a time of day.

use super::names::{ORDINALS, is_weekday, month};
use super::partial::{Partial, cut, decade};
use super::{ORDER, Phrase};
use crate::model::when::token::Token;

impl Phrase {
    /// A time of day with a zone, as EDTF writes it.
    pub(super) fn clock(&mut self) -> Result<String, String> {
        let Some(&Token::Clock(hour, minute, second)) = self.peek() else {
            return Err("a time of day was expected".to_owned());
        };
        self.at += 1;
        let hour = match self.word() {
            Some("am") if (1..=12).contains(&hour) => {
                self.at += 1;
                hour % 12
            }
            Some("pm") if (1..=12).contains(&hour) => {
                self.at += 1;
                hour % 12 + 12
            }
            _ => hour,
        };
        let zone = if self.eat(&["utc", "gmt", "z"]) { "Z" } else { "" };
        Ok(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
    }

    /// One date, perhaps without its year or month.
    pub(super) fn date(&mut self) -> Result<Partial, String> {
        self.eat(&["the"]);
        if let Some(third) = self.third() {
            self.eat_token(&Token::Dash);
            self.eat(&["of"]);
            self.eat(&["the"]);
            let whole = self.unit()?;
            return cut(&whole, third);
        }
        self.unit()
    }

    /// “Early”, “mid” or “late”, as 0, 1 or 2.
    fn third(&mut self) -> Option<usize> {
        [&["early", "beginning", "start"][..], &["mid", "middle"][..], &["late", "end"][..]]
            .iter()
            .position(|words| self.eat(words))
    }

    /// A day, month, season, quarter, half, year, decade or century.
    fn unit(&mut self) -> Result<Partial, String> {
        if self.word().is_some_and(is_weekday) {
            self.at += 1;
            self.eat_token(&Token::Comma);
        }
        if let Some(part) = self.part_of_year()? {
            return Ok(part);
        }
        match self.peek().cloned() {
            Some(Token::Decade(year)) => {
                self.at += 1;
                Ok(decade(year))
            }
            Some(Token::Word(word)) => {
                if let Some(month) = month(&word) {
                    self.at += 1;
                    return Ok(self.after_month(month));
                }
                if let Some(century) = ORDINALS.iter().position(|ordinal| *ordinal == word)
                    && self.word_at(1) == Some("century")
                {
                    self.at += 2;
                    return Ok(self.century(century as u32 + 1));
                }
                if matches!(word.as_str(), "ad" | "ce")
                    && let Some(&Token::Number(year, _, false)) = self.tokens.get(self.at + 1)
                {
                    self.at += 2;
                    return Ok(Partial { year: i32::try_from(year).ok(), ..Partial::default() });
                }
                Err(format!("“{word}” is not a date that is understood"))
            }
            Some(Token::Number(value, digits, ordinal)) => {
                self.at += 1;
                self.after_number(value, digits, ordinal)
            }
            _ => Err("a date was expected".to_owned()),
        }
    }

    /// “May 2022”, “May 27, 2022”, “May 27”.
    fn after_month(&mut self, month: u32) -> Partial {
        self.eat(&["of"]);
        self.eat_token(&Token::Comma);
        self.dash_before_number();
        let mut date = Partial { month: Some(month), ..Partial::default() };
        if let Some(&Token::Number(day, 1 | 2, _)) = self.peek()
            && !matches!(self.word_at(1), Some("bc" | "bce" | "ad" | "ce"))
        {
            self.at += 1;
            date.day = Some(day);
            let here = self.at;
            self.eat_token(&Token::Comma);
            self.dash_before_number();
            if !matches!(self.peek(), Some(Token::Number(_, 3.., false))) {
                self.at = here;
            }
        }
        date.year = self.year();
        date
    }

    /// Steps over a dash in “27-May-2022”, but not in “May–June 2022” or “June 5–6, 2024”.
    fn dash_before_number(&mut self) {
        if self.peek() == Some(&Token::Dash)
            && matches!(self.tokens.get(self.at + 1), Some(Token::Number(_, 4, false)))
        {
            self.at += 1;
        }
    }

    /// A year with its era, if one follows.
    fn year(&mut self) -> Option<i32> {
        let Some(&Token::Number(value, digits, false)) = self.peek() else {
            return None;
        };
        let era = self.word_at(1);
        let named = matches!(era, Some("bc" | "bce" | "ad" | "ce"));
        if digits != 4 && !named {
            return None;
        }
        let before = matches!(era, Some("bc" | "bce"));
        self.at += if named { 2 } else { 1 };
        let value = i32::try_from(value).ok()?;
        Some(if before { 1 - value } else { value })
    }

    fn after_number(
        &mut self,
        value: u32,
        digits: usize,
        ordinal: bool,
    ) -> Result<Partial, String> {
        if ordinal && self.eat(&["century"]) {
            return Ok(self.century(value));
        }
        let era = matches!(self.word(), Some("bc" | "bce" | "ad" | "ce"));
        if (digits == 4 || era) && !ordinal {
            self.at -= 1;
            let year = self.year();
            return Ok(self.after_year(year));
        }
        if digits == 8 {
            return Ok(Partial {
                year: i32::try_from(value / 10_000).ok(),
                month: Some(value / 100 % 100),
                day: Some(value % 100),
                ..Partial::default()
            });
        }
        if digits > 2 {
            return Err(format!("“{value}” is neither a day nor a year of four digits"));
        }
        let mut date = Partial { day: Some(value), ..Partial::default() };
        let here = self.at;
        let sign = self.peek().cloned();
        if let Some(Token::Slash | Token::Dash) = sign
            && matches!(self.tokens.get(here + 1), Some(Token::Number(..)))
            && (sign == Some(Token::Slash) || self.tokens.get(here + 2) == Some(&Token::Dash))
        {
            return Err(ORDER.to_owned());
        }
        self.eat_token(&Token::Dash);
        self.eat(&["of"]);
        match self.word().and_then(month) {
            Some(month) => {
                self.at += 1;
                date.month = Some(month);
                let here = self.at;
                self.eat_token(&Token::Comma);
                self.dash_before_number();
                date.year = self.year();
                if date.year.is_none() {
                    self.at = here;
                    if let Some(Token::Number(_, 2, false)) = self.peek() {
                        return Err("the year needs four digits".to_owned());
                    }
                }
            }
            None => {
                // “June 5–6, 2024”: the month stands further to the front.
                self.at = here;
                self.eat_token(&Token::Comma);
                date.year = self.year();
                if date.year.is_none() {
                    self.at = here;
                }
            }
        }
        Ok(date)
    }

    /// What may follow a year: “2022 May 27”, “2024/06/04”, “2024 Q3”, “1914–18”.
    fn after_year(&mut self, year: Option<i32>) -> Partial {
        let mut date = Partial { year, ..Partial::default() };
        if self.word() == Some("q") {
            date.month = self.numbered_part();
            return date;
        }
        if let Some(month) = self.word().and_then(month) {
            self.at += 1;
            date.month = Some(month);
            if let Some(&Token::Number(day, 1 | 2, _)) = self.peek() {
                self.at += 1;
                date.day = Some(day);
            }
            return date;
        }
        // Year first leaves no doubt about the order of the other two.
        let sign = self.peek().cloned();
        if let Some(Token::Slash | Token::Dash) = sign
            && let Some(&Token::Number(month @ 1..=12, 1 | 2, false)) = self.tokens.get(self.at + 1)
        {
            if self.tokens.get(self.at + 2) == sign.as_ref() {
                if let Some(&Token::Number(day, 1 | 2, false)) = self.tokens.get(self.at + 3) {
                    self.at += 4;
                    date.month = Some(month);
                    date.day = Some(day);
                }
            } else if sign == Some(Token::Slash) {
                self.at += 2;
                date.month = Some(month);
            }
        }
        date
    }

    /// A century: its hundred years share their first two digits, as EDTF writes it.
    fn century(&mut self, number: u32) -> Partial {
        let before = self.eat(&["bc", "bce"]);
        if !before {
            self.eat(&["ad", "ce"]);
        }
        let sign = if before { "-" } else { "" };
        Partial {
            ready: Some(format!("{sign}{:02}XX", number.saturating_sub(1) % 100)),
            ..Partial::default()
        }
    }

    /// “Spring 2022”, “Q3 2024”, “first half of 2024”, “H1 2024”.
    fn part_of_year(&mut self) -> Result<Option<Partial>, String> {
        let here = self.at;
        let code = self.season().or_else(|| self.numbered_part());
        let Some(code) = code else {
            self.at = here;
            return Ok(None);
        };
        self.eat(&["of"]);
        self.eat(&["the"]);
        self.eat(&["year"]);
        self.eat_token(&Token::Comma);
        self.eat_token(&Token::Slash);
        if (40..=41).contains(&code)
            && let Some(month) = self.word().and_then(month)
        {
            self.at += 1;
            let whole = self.after_month(month);
            let (from, to) = whole.days()?;
            let middle = from.plus(14);
            let (from, to) = if code == 40 { (from, middle) } else { (middle.plus(1), to) };
            return Ok(Some(Partial {
                ready: Some(format!("[{}..{}]", from.iso(), to.iso())),
                ..Partial::default()
            }));
        }
        let year = self.year();
        if year.is_some() && code == 24 {
            // “Winter 2022–23” and “winter 2022/2023” name both years of the one winter.
            let next = match (self.peek(), self.tokens.get(self.at + 1)) {
                (Some(Token::Dash | Token::Slash), Some(&Token::Number(next, 2 | 4, false))) => {
                    i32::try_from(next).ok()
                }
                _ => None,
            };
            if let (Some(year), Some(next)) = (year, next)
                && (next == year + 1 || next == (year + 1) % 100)
            {
                self.at += 2;
            }
        }
        Ok(Some(Partial { year, month: Some(code), ..Partial::default() }))
    }

    fn season(&mut self) -> Option<u32> {
        let code = match self.word()? {
            "spring" => 21,
            "summer" => 22,
            "autumn" | "fall" => 23,
            "winter" => 24,
            _ => return None,
        };
        self.at += 1;
        Some(code)
    }

    /// A quarter (33–36) or half (40–41) by number.
    fn numbered_part(&mut self) -> Option<u32> {
        let (number, next) = match self.peek()? {
            Token::Word(word) => match word.as_str() {
                "q" | "h" => {
                    let quarter = word == "q";
                    let &Token::Number(number, 1, false) = self.tokens.get(self.at + 1)? else {
                        return None;
                    };
                    self.at += 2;
                    return match (quarter, number) {
                        (true, 1..=4) => Some(32 + number),
                        (false, 1..=2) => Some(39 + number),
                        _ => None,
                    };
                }
                word => (ORDINALS.iter().position(|o| *o == word)? as u32 + 1, 1),
            },
            Token::Number(number, _, true) => (*number, 1),
            _ => return None,
        };
        let code = match (self.word_at(next)?, number) {
            ("quarter", 1..=4) => 32 + number,
            ("half", 1..=2) => 39 + number,
            _ => return None,
        };
        self.at += next + 1;
        Some(code)
    }
}
