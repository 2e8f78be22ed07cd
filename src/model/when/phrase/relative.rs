//! What a phrase says of its dates: how sure they are, before or after, from and to, one of several.

use super::partial::Partial;
use super::{ORDER, Phrase};
use crate::model::when::token::Token;

impl Phrase {
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
    pub(super) fn whole(&mut self) -> Result<(String, bool), String> {
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
}
