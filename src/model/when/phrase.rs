//! Dates in English words to EDTF.
//!
//! The words become one EDTF text, which is then read like any other; so that what is understood
//! can always be shown, saved and checked. “Early”, “mid” and “late” are thirds: of a year the
//! four-month groups 37–39 of ISO 8601-2 marked approximate, of a month its days 1–10, 11–20 and
//! 21 to the end, of a decade its years 0–3, 4–6 and 7–9, of a century its years 0–33, 34–66 and
//! 67–99.

use super::token::{Token, tokens};
use super::{Bound, When, WhenError, parse};
use crate::model::Day;

/// Reads EDTF or English words.
pub(super) fn read(text: &str) -> Result<When, WhenError> {
    let trimmed = text.trim();
    let edtf = parse::parse(trimmed);
    if let Ok((when, _)) = edtf {
        return Ok(when.with_words(trimmed));
    }
    let fail = |reason: String| WhenError { text: text.to_owned(), reason };
    let tokens = tokens(trimmed).map_err(|c| fail(format!("“{c}” is not part of a date")))?;
    let dated = |token: &Token| match token {
        Token::Number(..) | Token::Decade(_) => true,
        Token::Word(word) => word == "century",
        _ => false,
    };
    if !tokens.iter().any(dated) {
        return Err(fail("there is no year in it".to_owned()));
    }
    let mut phrase = Phrase { tokens, at: 0, approximate: false, uncertain: false };
    let (edtf, sometime) = phrase.whole().map_err(fail)?;
    let when = When::parse(&edtf).map_err(|error| fail(error.reason))?;
    let when = if sometime { when.sometime() } else { when };
    Ok(when.with_words(trimmed))
}

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

const ORDINALS: [&str; 21] = [
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

/// Why a date of numbers alone is refused.
const ORDER: &str = "in a date of numbers alone the order of day and month cannot be told; write \
                     the month as a word, or the date as YYYY-MM-DD";

/// A date whose year or month may still have to come from its neighbour (“5–6 June 2024”).
#[derive(Clone, Debug, Default, PartialEq)]
struct Partial {
    /// Astronomical year.
    year: Option<i32>,
    /// Month 1–12, or a code 21–41 for a part of the year.
    month: Option<u32>,
    /// Day of the month.
    day: Option<u32>,
    /// An EDTF text that stands for all of it (`199X`, `[1867..1899]`).
    ready: Option<String>,
    /// Whether the words themselves are vague (“early 2023”).
    vague: bool,
}

impl Partial {
    /// What is missing here taken from a neighbour that has it.
    fn borrow(&mut self, from: &Self) {
        if self.ready.is_some() {
            return;
        }
        self.year = self.year.or(from.year);
        if self.day.is_some() {
            self.month = self.month.or(from.month);
        }
    }

    fn edtf(&self) -> Result<String, String> {
        if let Some(ready) = &self.ready {
            return Ok(ready.clone());
        }
        let year = self.year.ok_or("it has no year; write it with four digits")?;
        let mut text = match year {
            -9999..=-1 => format!("-{:04}", -year),
            0..=9999 => format!("{year:04}"),
            _ => format!("Y{year}"),
        };
        if let Some(month) = self.month {
            text += &format!("-{month:02}");
            if let Some(day) = self.day {
                text += &format!("-{day:02}");
            }
        } else if self.day.is_some() {
            return Err("it has a day but no month".to_owned());
        }
        Ok(text)
    }

    /// Whether it is a plain year, month or day, which can be the end of a range within a set.
    fn is_plain(&self) -> bool {
        self.ready.is_none() && self.month.is_none_or(|month| month <= 12)
    }

    fn same_precision(&self, other: &Self) -> bool {
        self.is_plain()
            && other.is_plain()
            && self.month.is_some() == other.month.is_some()
            && self.day.is_some() == other.day.is_some()
    }

    /// The first and the last day.
    fn days(&self) -> Result<(Day, Day), String> {
        let span = When::parse(&self.edtf()?).map_err(|error| error.reason)?.span();
        match (span.earliest_start, span.latest_end) {
            (Bound::Day(from), Bound::Day(to)) => Ok((from, to)),
            _ => Err("it has no definite beginning and end".to_owned()),
        }
    }

    /// The unit just before or after, as EDTF: the year before a year, the day before a day.
    fn neighbour(&self, step: i32) -> Result<String, String> {
        let (from, to) = self.days()?;
        let day = if step < 0 { from.plus(-1) } else { to.plus(1) };
        let (year, month, date) = day.ymd();
        let unit = Self {
            year: Some(year),
            month: (self.month.is_some() || !self.is_plain()).then_some(month),
            day: (self.day.is_some() || !self.is_plain()).then_some(date),
            ..Self::default()
        };
        unit.edtf()
    }
}

struct Phrase {
    tokens: Vec<Token>,
    at: usize,
    approximate: bool,
    uncertain: bool,
}

impl Phrase {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn word(&self) -> Option<&str> {
        self.word_at(0)
    }

    fn word_at(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Consumes a word if it is one of these.
    fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.word().is_some_and(|word| words.contains(&word));
        self.at += usize::from(found);
        found
    }

    /// Consumes a sequence of words if all of them follow.
    fn eat_all(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(i, word)| self.word_at(i) == Some(*word));
        self.at += if found { words.len() } else { 0 };
        found
    }

    fn eat_token(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    /// Consumes signs and words that say how sure the account is.
    fn qualifiers(&mut self) {
        loop {
            if self.eat(&["c", "ca", "cca", "circa", "about", "around", "approximately", "approx"])
                || self.eat(&["roughly", "estimated", "est"])
                || self.eat_token(&Token::Tilde)
            {
                self.approximate = true;
            } else if self.eat(&["possibly", "probably", "perhaps", "maybe", "presumably"])
                || self.eat(&["likely", "uncertain", "reportedly"])
                || self.eat_token(&Token::Question)
            {
                self.uncertain = true;
            } else if self.eat(&["on", "in", "the", "during"]) {
            } else if self.at == 0 || !self.eat_token(&Token::Comma) {
                return;
            }
        }
    }

    /// The whole phrase: its EDTF, and whether it means some time within an interval.
    fn whole(&mut self) -> Result<(String, bool), String> {
        self.qualifiers();
        let result = self.relative()?;
        // “27 May 2022, year uncertain” qualifies the year alone.
        if (self.eat_all(&["year"]) || self.eat_all(&["the", "year"]))
            && self.eat(&["uncertain", "inferred", "probable"])
        {
            if let Some(rest) = result.0.get(4..)
                && result.0.starts_with(|c: char| c.is_ascii_digit())
                && !result.0.contains(['/', 'T', '?', '~', '%'])
            {
                self.end()?;
                return Ok((format!("{}?{rest}", &result.0[..4]), false));
            }
            self.uncertain = true;
        }
        self.end()?;
        Ok(result)
    }

    fn end(&self) -> Result<(), String> {
        match self.peek() {
            None => Ok(()),
            Some(Token::Word(word)) => Err(format!("“{word}” is not understood here")),
            Some(Token::Slash) => Err(ORDER.to_owned()),
            Some(_) => Err("the end of it is not understood; write for example 27 May 2022, May \
                            2022, or 2022-05-27"
                .to_owned()),
        }
    }

    fn mark(&self, vague: bool) -> &'static str {
        match (self.approximate || vague, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        }
    }

    /// The date with the qualifiers met so far.
    fn marked(&self, date: &Partial) -> Result<String, String> {
        let text = date.edtf()?;
        let mark = self.mark(date.vague);
        if mark.is_empty() || text.contains('T') {
            return Ok(text);
        }
        // A range cannot be marked within a set, but its two ends can in an interval.
        Ok(match text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            Some(inner) => match inner.split_once("..") {
                Some((from, to)) => format!("{from}{mark}/{to}{mark}"),
                None => text,
            },
            None => format!("{text}{mark}"),
        })
    }

    /// “Before …”, “between … and …”, a range, or a date.
    fn relative(&mut self) -> Result<(String, bool), String> {
        if self.eat(&["between"]) || self.eat_all(&["sometime", "between"]) {
            let mut a = self.date()?;
            if !self.eat(&["and"]) && !self.eat_token(&Token::Dash) {
                return Err("“between” needs “and” and a second date".to_owned());
            }
            let mut b = self.date()?;
            a.borrow(&b);
            b.borrow(&a);
            self.qualifiers();
            return self.within(&a, &b);
        }
        if self.eat(&["before", "pre"]) || self.eat_all(&["prior", "to"]) {
            self.eat_token(&Token::Dash);
            let date = self.one()?;
            return Ok(self.bounded("..", &date.neighbour(-1)?, ""));
        }
        if self.eat(&["after", "post"]) {
            self.eat_token(&Token::Dash);
            let date = self.one()?;
            return Ok(self.bounded("", &date.neighbour(1)?, ".."));
        }
        if self.eat(&["by"])
            || self.eat_all(&["no", "later", "than"])
            || self.eat_all(&["not", "later", "than"])
            || self.eat_all(&["or", "before"])
            || (self.at > 0 && self.eat(&["before"]))
        {
            let date = self.one()?;
            return Ok(self.bounded("..", &date.edtf()?, ""));
        }
        if self.eat_all(&["no", "earlier", "than"])
            || self.eat_all(&["not", "earlier", "than"])
            || self.eat_all(&["not", "before"])
            || self.eat_all(&["or", "after"])
        {
            let date = self.one()?;
            return Ok(self.bounded("", &date.edtf()?, ".."));
        }
        if self.eat(&["since"]) {
            let date = self.one()?;
            return Ok((format!("{}/..", self.marked(&date)?), false));
        }
        if self.eat(&["until", "till"]) || self.eat_all(&["up", "to"]) {
            let date = self.one()?;
            return Ok((format!("../{}", self.marked(&date)?), false));
        }
        let from = self.eat(&["from", "starting", "as"]);
        if from {
            self.eat(&["of"]);
        } else {
            self.eat(&["either", "sometime"]);
        }
        let mut a = self.date()?;
        self.trailing();
        if self.eat(&["to", "until", "till", "through", "thru"]) || self.eat_token(&Token::Dash) {
            if self.peek().is_none() {
                return Ok((format!("{}/..", self.marked(&a)?), false));
            }
            if self.eat(&["present", "now", "today", "date"]) {
                return Ok((format!("{}/..", self.marked(&a)?), false));
            }
            self.qualifiers();
            let mut b = self.second_year(&a).map_or_else(|| self.date(), Ok)?;
            self.trailing();
            a.borrow(&b);
            b.borrow(&a);
            return Ok((format!("{}/{}", self.marked(&a)?, self.marked(&b)?), false));
        }
        if from {
            return Ok((format!("{}/..", self.marked(&a)?), false));
        }
        if self.eat_all(&["or", "earlier"]) || self.eat_all(&["or", "before"]) {
            return Ok(self.bounded("..", &a.edtf()?, ""));
        }
        if self.eat_all(&["or", "later"]) || self.eat_all(&["or", "after"]) {
            return Ok(self.bounded("", &a.edtf()?, ".."));
        }
        if self.eat(&["onwards", "onward"]) {
            return Ok((format!("{}/..", self.marked(&a)?), false));
        }
        let or = self.word() == Some("or");
        if or || matches!(self.word(), Some("and")) || self.list_follows() {
            return self.list(a);
        }
        if let Some(Token::Clock(..)) = self.peek() {
            return Ok((format!("{}T{}", a.edtf()?, self.clock()?), false));
        }
        if self.word() == Some("at")
            && matches!(self.tokens.get(self.at + 1), Some(Token::Clock(..)))
        {
            self.at += 1;
            return Ok((format!("{}T{}", a.edtf()?, self.clock()?), false));
        }
        let text = self.marked(&a)?;
        let sometime = text.contains('/');
        Ok((text, sometime))
    }

    /// The second year of “1914–18”.
    fn second_year(&mut self, first: &Partial) -> Option<Partial> {
        let (Some(year), None, None) = (first.year, first.month, first.day) else {
            return None;
        };
        let Some(&Token::Number(short, 2, false)) = self.peek() else {
            return None;
        };
        let second = year - year.rem_euclid(100) + i32::try_from(short).ok()?;
        if second <= year || self.word_at(1).is_some() {
            return None;
        }
        self.at += 1;
        Some(Partial { year: Some(second), ..Partial::default() })
    }

    /// A date with the qualifiers around it.
    fn one(&mut self) -> Result<Partial, String> {
        self.qualifiers();
        let date = self.date()?;
        self.trailing();
        Ok(date)
    }

    /// Qualifiers and times that follow a date.
    fn trailing(&mut self) {
        let before = self.at;
        self.qualifiers();
        // A comma alone belongs to what follows, except before a time of day.
        let clock = matches!(self.peek(), Some(Token::Clock(..)));
        if self.at > before && matches!(self.tokens[self.at - 1], Token::Comma) && !clock {
            let list = matches!(self.peek(), Some(Token::Number(..) | Token::Word(_)));
            let year = matches!(self.word(), Some("year" | "the"));
            if list && !year {
                self.at -= 1;
            }
        }
    }

    /// One side open, as a set: some time on or before (after) the date.
    fn bounded(&self, before: &str, date: &str, after: &str) -> (String, bool) {
        (format!("[{before}{date}{}{after}]", self.mark(false)), false)
    }

    /// Some time within two dates.
    fn within(&self, a: &Partial, b: &Partial) -> Result<(String, bool), String> {
        let mark = self.mark(a.vague || b.vague);
        if !mark.is_empty() {
            return Ok((format!("{}{mark}/{}{mark}", a.edtf()?, b.edtf()?), true));
        }
        if a.same_precision(b) {
            return Ok((format!("[{}..{}]", a.edtf()?, b.edtf()?), false));
        }
        let ((from, _), (_, to)) = (a.days()?, b.days()?);
        Ok((format!("[{}..{}]", from.iso(), to.iso()), false))
    }

    /// Whether a comma and another date follow.
    fn list_follows(&self) -> bool {
        self.peek() == Some(&Token::Comma)
            && matches!(self.tokens.get(self.at + 1), Some(Token::Number(..) | Token::Word(_)))
    }

    /// “5 or 6 June 2024”, “2011, 2019 and 2024”.
    fn list(&mut self, first: Partial) -> Result<(String, bool), String> {
        let mut dates = vec![first];
        let mut one_of = false;
        while self.eat_token(&Token::Comma) || matches!(self.word(), Some("or" | "and")) {
            one_of |= self.eat(&["or"]);
            self.eat(&["and"]);
            dates.push(self.date()?);
        }
        let mut known = dates.last().cloned().unwrap_or_default();
        for date in dates.iter_mut().rev() {
            date.borrow(&known);
            known = date.clone();
        }
        // “June 5 and 6, 2024”: the month stands at the front, the year at the end.
        let mut known = dates.first().cloned().unwrap_or_default();
        for date in &mut dates {
            date.borrow(&known);
            known = date.clone();
        }
        self.qualifiers();
        let texts = dates.iter().map(|date| self.marked(date)).collect::<Result<Vec<_>, _>>()?;
        let joined = texts.join(",");
        Ok((if one_of { format!("[{joined}]") } else { format!("{{{joined}}}") }, false))
    }

    /// A time of day with a zone, as EDTF writes it.
    fn clock(&mut self) -> Result<String, String> {
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
    fn date(&mut self) -> Result<Partial, String> {
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

/// The first, middle or last third of a year, month, decade or century.
fn cut(whole: &Partial, third: usize) -> Result<Partial, String> {
    let range = |from: String, to: String| Partial {
        ready: Some(format!("[{from}..{to}]")),
        ..Partial::default()
    };
    match whole {
        Partial { ready: Some(text), .. } => {
            let (digits, ends) = match text.strip_suffix("XX") {
                Some(century) => (century, [("00", "33"), ("34", "66"), ("67", "99")]),
                None => match text.strip_suffix('X') {
                    Some(decade) => (decade, [("0", "3"), ("4", "6"), ("7", "9")]),
                    None => {
                        return Err("only a part of a year, month, decade or century can be \
                                        early or late"
                            .to_owned());
                    }
                },
            };
            let (mut from, mut to) = ends[third];
            // Before year 0 the greater numbers come first.
            if text.starts_with('-') {
                (from, to) = (ends[2 - third].1, ends[2 - third].0);
            }
            Ok(range(format!("{digits}{from}"), format!("{digits}{to}")))
        }
        Partial { day: Some(_), .. } => Err("a day has no early or late part here".to_owned()),
        Partial { month: Some(1..=12), .. } => {
            let (from, to) = whole.days()?;
            let [from, to] = match third {
                0 => [from, from.plus(9)],
                1 => [from.plus(10), from.plus(19)],
                _ => [from.plus(20), to],
            };
            Ok(range(from.iso(), to.iso()))
        }
        // A part of a season is vague beyond what can be told: the season, marked approximate.
        Partial { month: Some(_), .. } => Ok(Partial { vague: true, ..whole.clone() }),
        Partial { month: None, .. } => {
            Ok(Partial { month: Some(37 + third as u32), vague: true, ..whole.clone() })
        }
    }
}

/// The 1990s are a decade; the 1900s may be the decade or the century, so they are the wider.
fn decade(year: u32) -> Partial {
    let text = if year.is_multiple_of(100) {
        format!("{:02}XX", year / 100)
    } else {
        format!("{:03}X", year / 10)
    };
    Partial { ready: Some(text), ..Partial::default() }
}

fn month(word: &str) -> Option<u32> {
    let known = |(_, name): &(usize, &&str)| {
        **name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(word))
    };
    MONTHS.iter().enumerate().find(known).map(|(position, _)| position as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word)))
}
