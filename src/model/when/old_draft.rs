//! Forms of the EDTF draft of 2012 that the standard has replaced, brought into its form.

/// The text in the standard's form, where it was written in the old draft's.
///
/// `u` and `x` for an unspecified digit became `X`; `unknown` became empty and `open` became `..`;
/// `?~` became `%`; a lower-case `y` and `e` of a long year became capitals.
pub(super) fn modernise(text: &str) -> Option<String> {
    let sides: Vec<String> = text
        .split('/')
        .map(|side| match side {
            "unknown" if text.contains('/') => String::new(),
            "open" if text.contains('/') => "..".to_owned(),
            _ => digits(side),
        })
        .collect();
    let new = sides.join("/").replace("?~", "%").replace("~?", "%");
    (new != text).then_some(new)
}

/// Unspecified digits and long years, where everything else is what a date is made of.
fn digits(side: &str) -> String {
    let long = side.strip_prefix('y').filter(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | 'e' | 'E' | 'p' | 'S'))
    });
    if let Some(rest) = long {
        return format!("Y{}", rest.replace('e', "E").replace('p', "S"));
    }
    let date = |c: char| {
        c.is_ascii_digit() || matches!(c, 'u' | 'x' | 'X' | '-' | '?' | '~' | '%' | '.' | ',')
    };
    let inner = side.trim_matches(['[', ']', '{', '}']);
    if !inner.is_empty() && inner.chars().all(date) {
        side.replace(['u', 'x'], "X")
    } else {
        side.to_owned()
    }
}
