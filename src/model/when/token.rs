//! The words and numbers of a date written by a person.

/// One word, number or sign of a date in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number with as many digits as were written; `true` for an ordinal (“5th”).
    Number(u32, usize, bool),
    /// The 1990s.
    Decade(u32),
    /// A word in lower case, without a full stop.
    Word(String),
    /// A dash of any kind between two things.
    Dash,
    /// `/` between two things.
    Slash,
    /// `,` or `;`.
    Comma,
    /// `?`.
    Question,
    /// `~`.
    Tilde,
    /// Hours, minutes and seconds.
    Clock(u32, u32, u32),
}

/// Cuts a text into tokens; `Err` holds a character that no date has.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, char> {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_ascii_digit() {
            at = number(&chars, at, &mut out)?;
        } else if c.is_alphabetic() {
            let start = at;
            while chars.get(at).is_some_and(|c| c.is_alphabetic()) {
                at += 1;
            }
            let mut word: String = chars[start..at].iter().collect();
            // The letters of a.d., b.c., b.c.e. and a.m. belong together.
            while word.len() <= 4
                && chars.get(at) == Some(&'.')
                && chars.get(at + 1).is_some_and(|c| c.is_alphabetic())
                && !chars.get(at + 2).is_some_and(|c| c.is_alphabetic())
            {
                word.push(chars[at + 1]);
                at += 2;
            }
            if chars.get(at) == Some(&'.') {
                at += 1;
            }
            out.push(Token::Word(word));
        } else {
            at += 1;
            match c {
                '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => {
                    out.push(Token::Dash);
                }
                '/' => out.push(Token::Slash),
                // “2024.06.04”
                '.' if at > 1
                    && chars[at - 2].is_ascii_digit()
                    && chars.get(at).is_some_and(char::is_ascii_digit) =>
                {
                    out.push(Token::Slash);
                }
                ',' | ';' => out.push(Token::Comma),
                '?' => out.push(Token::Question),
                '~' | '≈' => out.push(Token::Tilde),
                '(' | ')' | '[' | ']' | '.' | '\'' | '’' | '"' | '“' | '”' => {}
                c if c.is_whitespace() => {}
                c => return Err(c),
            }
        }
    }
    Ok(out)
}

/// A number with what is attached to it: an ordinal's ending, a decade's s, minutes.
fn number(chars: &[char], start: usize, out: &mut Vec<Token>) -> Result<usize, char> {
    let digits = |from: usize| {
        let mut to = from;
        while chars.get(to).is_some_and(char::is_ascii_digit) {
            to += 1;
        }
        to
    };
    let value = |from: usize, to: usize| {
        // Nothing in a date has more digits than fit; longer ones are no date.
        chars[from..to].iter().collect::<String>().parse::<u32>().map_err(|_| chars[from])
    };
    let mut at = digits(start);
    let first = value(start, at)?;
    if chars.get(at) == Some(&':') && digits(at + 1) == at + 3 {
        let minutes = value(at + 1, at + 3)?;
        at += 3;
        let mut seconds = 0;
        if chars.get(at) == Some(&':') && digits(at + 1) == at + 3 {
            seconds = value(at + 1, at + 3)?;
            at += 3;
            // Fractions of a second are finer than anything here.
            if chars.get(at) == Some(&'.') {
                at = digits(at + 1);
            }
        }
        out.push(Token::Clock(first, minutes, seconds));
        return Ok(at);
    }
    let mut end = at;
    while chars.get(end).is_some_and(|c| c.is_alphabetic()) {
        end += 1;
    }
    // “1990’s” is the decade as well.
    let apostrophe = matches!(chars.get(at), Some('\'' | '’')) && chars.get(at + 1) == Some(&'s');
    let suffix: String = chars[at..end].iter().collect();
    let length = at - start;
    match suffix.as_str() {
        "st" | "nd" | "rd" | "th" => out.push(Token::Number(first, length, true)),
        "s" if length == 4 => out.push(Token::Decade(first)),
        _ if apostrophe && length == 4 => {
            out.push(Token::Decade(first));
            end = at + 2;
        }
        _ => {
            out.push(Token::Number(first, length, false));
            end = at;
        }
    }
    Ok(end)
}
