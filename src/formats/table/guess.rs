//! Guesses what the columns of a table are, from their headings and a look at their values.

use rustc_hash::FxHashSet;

use super::{
    Column, ColumnRole as Role, DayOrder, Mapping, cells,
    dates::{self, Cell},
    headings::{OWN, plain, rank, unnumbered},
};

/// How many rows are looked at.
pub(super) const LOOK: u64 = 20_000;

/// How many different values of a column are counted.
const DISTINCT: usize = 50_000;

/// What the values of a column look like.
#[derive(Debug, Default)]
pub(super) struct Look {
    filled: u64,
    dates: u64,
    numbers: u64,
    statuses: u64,
    slugs: u64,
    commas: u64,
    lists: u64,
    /// Lists of numbers, as the degrees of several places are.
    number_lists: u64,
    web: u64,
    length: u64,
    distinct: FxHashSet<u64>,
}

impl Look {
    /// Looks at a cell.
    pub fn add(&mut self, cell: &str) {
        let text = cells::arm(cell).trim();
        if text.is_empty() || text == "NA" {
            return;
        }
        self.filled += 1;
        self.length += text.len() as u64;
        // Readings in words are slow to try and hardly ever decide: only short cells with a digit.
        let short = text.len() <= 40 && text.bytes().any(|b| b.is_ascii_digit());
        let number = text.parse::<f64>().is_ok();
        self.numbers += u64::from(number);
        self.dates += u64::from(
            short && matches!(dates::read(text, DayOrder::DayFirst), Cell::When(..) | Cell::Open),
        );
        self.statuses += u64::from(super::build::status(text).is_some());
        self.slugs += u64::from(
            !text.contains(' ')
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')),
        );
        self.web += u64::from(text.starts_with("http://") || text.starts_with("https://"));
        if text.len() <= 4096 {
            let parts = cells::split(text, false);
            let plain = parts.len();
            self.lists += u64::from(plain > 1);
            self.number_lists +=
                u64::from(plain > 1 && parts.iter().all(|part| part.parse::<f64>().is_ok()));
            self.commas += u64::from(plain == 1 && cells::split(text, true).len() > 1);
        }
        if self.distinct.len() < DISTINCT {
            self.distinct.insert(hash(text));
        }
    }

    fn mostly(&self, count: u64) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 7
    }

    fn repeats(&self) -> bool {
        (self.distinct.len() as u64) < self.filled && self.distinct.len() < DISTINCT
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The mapping of a table with these headings and values.
pub(super) fn guess(headings: &[String], looks: &[Look]) -> Mapping {
    let names: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut roles: Vec<Option<Role>> = vec![None; headings.len()];
    // Tables that this program has written need no look at their values.
    let own = OWN.iter().all(|own| names.iter().any(|name| name == own));
    let order = [
        Role::Id,
        Role::StartYear,
        Role::StartMonth,
        Role::StartDay,
        Role::EndYear,
        Role::EndMonth,
        Role::EndDay,
        Role::PlaceDate,
        Role::Start,
        Role::End,
        Role::Date,
        Role::Latitude,
        Role::Longitude,
        Role::StateKey,
        Role::PlaceState,
        Role::State,
        Role::Status,
        Role::Kind,
        Role::Form,
        Role::PersonKey,
        Role::Person,
        Role::Url,
        Role::Sources,
        Role::Participants,
        Role::Title,
        Role::Short,
        Role::Place,
        Role::ParticipantRole,
        Role::Partnerships,
        Role::Topics,
        Role::Outcomes,
        Role::Note,
        Role::DateWords,
        Role::DateSource,
        Role::DateEvidence,
        Role::DateNote,
    ];
    for role in order {
        let mut fitting: Vec<(usize, usize)> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| roles[*at].is_none())
            .filter_map(|(at, name)| {
                let rank = rank(role, name).or_else(|| {
                    (dated(role) && *name != unnumbered(name))
                        .then(|| rank(role, &unnumbered(name)).map(|rank| rank + 100))?
                })?;
                let sure = own && rank % 100 == 0;
                (sure || suits(role, name, at, &names, looks)).then_some((rank, at))
            })
            .collect();
        fitting.sort_unstable();
        for (index, (rank, at)) in fitting.into_iter().enumerate() {
            // Several accounts of a date are only taken as such where the headings are numbered;
            // different dates of one matter (signature, entry into force) do not dispute each
            // other.
            let repeats = match role {
                Role::Date => rank >= 100,
                Role::Note | Role::Sources | Role::Url | Role::Topics => rank == 0,
                _ => role.can_repeat(),
            };
            if index == 0 || repeats {
                roles[at] = Some(role);
            }
        }
    }
    if !own {
        tidy(&mut roles, &names, looks);
    }
    let columns = headings
        .iter()
        .zip(&roles)
        .zip(looks.iter().map(Some).chain(std::iter::repeat(None)))
        .map(|((heading, role), look)| {
            let role = role.unwrap_or(Role::Extra);
            let commas = matches!(role, Role::Participants | Role::Topics | Role::Partnerships)
                && look.is_some_and(|look| {
                    look.commas * 10 >= look.filled * 3
                        && look.commas > 0
                        && look.lists * 5 <= look.commas
                });
            let heading = heading.strip_prefix("extra: ").unwrap_or(heading).to_owned();
            Column { heading, role, commas }
        })
        .collect();
    Mapping { columns, kind: kind(&names, &roles) }
}

/// Whether a role belongs to one of several numbered accounts of the date.
fn dated(role: Role) -> bool {
    matches!(
        role,
        Role::Date | Role::DateWords | Role::DateSource | Role::DateEvidence | Role::DateNote
    )
}

/// Whether the values of a column, and the headings beside it, allow a role.
fn suits(role: Role, name: &str, at: usize, names: &[String], looks: &[Look]) -> bool {
    let empty = Look::default();
    let look = looks.get(at).unwrap_or(&empty);
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if look.filled == 0 {
        // Nothing speaks against the heading, unless it says several things.
        return !matches!(name, "who" | "source" | "state" | "name" | "day" | "year" | "time");
    }
    match role {
        Role::Id => !look.repeats(),
        Role::Date | Role::Start | Role::End => {
            // Words are read as dates only where a date is expected.
            let months =
                name != "month" && (look.mostly(look.dates) || look.dates * 10 >= look.filled * 3);
            months && !(name == "year" && (has("month") || has("day")) && role == Role::Date)
        }
        Role::StartYear => name != "year" && name != "yr" || has("month") || has("mon"),
        Role::StartMonth | Role::EndMonth => look.length <= look.filled * 10,
        Role::StartDay => (name != "day" || has("month")) && look.mostly(look.numbers),
        Role::EndDay | Role::EndYear => look.mostly(look.numbers),
        Role::Latitude | Role::Longitude => look.mostly(look.numbers + look.number_lists),
        Role::Status => look.mostly(look.statuses),
        Role::Kind | Role::Form => look.length <= look.filled * 60 && look.distinct.len() <= 200,
        Role::State => {
            // COW tables hold the names of states, but also numbers and codes.
            !look.mostly(look.numbers) && look.length <= look.filled * 60
        }
        Role::PersonKey => {
            look.mostly(look.slugs)
                && (name != "who"
                    || names.iter().any(|n| n != "who" && rank(Role::Person, n).is_some()))
        }
        Role::Person => {
            // Names of persons come again and again; names of engagements hardly ever do. A table
            // that has a title says so itself.
            name != "name"
                || (look.repeats()
                    && look.distinct.len() as u64 * 2 < look.filled
                    && !look.mostly(look.slugs))
                || has("who")
                || (has("title") || has("headline")) && !look.mostly(look.slugs)
        }
        Role::Participants => {
            !look.mostly(look.numbers)
                && (!matches!(name, "source" | "target") || (has("source") && has("target")))
        }
        Role::Sources => name != "source" || !has("target"),
        Role::Url => look.mostly(look.web) || look.web == 0 && name != "link",
        Role::Title => !look.mostly(look.numbers),
        _ => true,
    }
}

/// What only all columns together show.
fn tidy(roles: &mut [Option<Role>], names: &[String], looks: &[Look]) {
    let find = |roles: &[Option<Role>], role| roles.iter().position(|r| *r == Some(role));
    // A start without an end is a date; a date with an end is a start.
    let (start, end) = (find(roles, Role::Start), find(roles, Role::End));
    let date = find(roles, Role::Date);
    match (start, end, date) {
        (Some(start), None, None) => roles[start] = Some(Role::Date),
        (None, Some(_), Some(date)) => roles[date] = Some(Role::Start),
        (Some(_), _, Some(_)) => {
            for (role, name) in roles.iter_mut().zip(names) {
                // Numbered dates are accounts beside the interval; others are other matters.
                if *role == Some(Role::Date) && *name == unnumbered(name) && name != "date" {
                    *role = None;
                }
            }
        }
        _ => {}
    }
    // An end in parts needs a start in parts, and the parts a year.
    if find(roles, Role::StartYear).is_none() {
        for role in roles.iter_mut() {
            if matches!(role, Some(Role::StartMonth | Role::StartDay)) {
                *role = None;
            }
        }
    }
    // No heading says when: take the first column that holds dates.
    let timed = [Role::Date, Role::Start, Role::End, Role::StartYear];
    if !timed.iter().any(|role| find(roles, *role).is_some()) {
        let dated = looks.iter().enumerate().position(|(at, look)| {
            let free = roles.get(at).is_some_and(Option::is_none);
            free && look.mostly(look.dates) && !look.mostly(look.numbers)
        });
        if let Some(at) = dated {
            roles[at] = Some(Role::Date);
        }
    }
    // Identifiers of nobody.
    for (key, of) in [(Role::PersonKey, Role::Person), (Role::StateKey, Role::State)] {
        if let Some(at) = find(roles, key)
            && find(roles, of).is_none()
        {
            roles[at] = Some(if key == Role::PersonKey { Role::Person } else { Role::State });
        }
    }
    // What is said about a date needs one before it.
    let mut last_date = false;
    for role in roles.iter_mut() {
        match role {
            Some(Role::Date) => last_date = true,
            Some(Role::DateWords | Role::DateSource | Role::DateEvidence | Role::DateNote)
                if !last_date =>
            {
                *role = None;
            }
            _ => {}
        }
    }
}

/// The kind of engagements in a table that does not say.
fn kind(names: &[String], roles: &[Option<Role>]) -> String {
    let has = |role| roles.contains(&Some(role));
    let treaty = ["treaty", "agreement", "signature", "ratification", "signatories"];
    let kind = if has(Role::Person) && has(Role::State) && (has(Role::Place) || has(Role::End)) {
        "Visit"
    } else if names.iter().any(|name| treaty.iter().any(|word| name.contains(word))) {
        "Agreement"
    } else {
        "Engagement"
    };
    kind.to_owned()
}
