//! Invented datasets of any size that behave like real ones, from a seed.

mod dates;
pub(crate) mod random;
mod world;

use rayon::prelude::*;

use self::{
    random::{Random, Zipf},
    world::{
        BODIES, FAMILY, FRAMEWORKS, GIVEN, KINDS, NOTES, ORGANISATIONS, STATES, State, TOPICS,
        class_of,
    },
};
use crate::model::{
    Amount, Citation, Dataset, DatasetParts, DateClaim, Day, Engagement, Evidence, Kind, KindId,
    List, Member, Name, Outcome, Participant, Partnership, PartnershipId, Party, PartyId,
    PartyKind, Place, PlaceId, Places, RoleId, Source, SourceId, Status, Text, Topic, TopicId,
    When,
};

/// Makes a dataset of a number of invented engagements between real states.
///
/// The same number and seed give the same dataset on every machine. A few parties take part in
/// most engagements and most in few (Zipf's law), engagements come in bursts and seasons, and
/// dates are told in every way that sources tell them: to the day, month or year, as intervals,
/// uncertain, approximate, open, disputed, or not at all.
///
/// # Panics
/// Never: every reference is made from the tables it leads to.
#[must_use]
pub fn generate(engagements: usize, seed: u64) -> Dataset {
    let world = World::new(engagements, seed);
    let list = (0..engagements).into_par_iter().map(|at| world.engagement(at)).collect();
    Dataset::new(DatasetParts { engagements: list, ..world.parts })
        .expect("every reference is made from the tables it leads to")
}

/// The tables that engagements refer to, and how often each row is drawn.
struct World {
    seed: u64,
    parts: DatasetParts,
    parties: Zipf,
    partnerships: Zipf,
    topics: Zipf,
    sources: Zipf,
}

fn boxed(text: &str) -> Box<str> {
    text.into()
}

impl World {
    fn new(engagements: usize, seed: u64) -> Self {
        let mut random = Random::new(seed, u64::MAX);
        let source = Source {
            key: boxed("generated"),
            title: boxed("Generated for trying things out; nothing in it happened"),
            short: Some(boxed("Generated")),
            publisher: None,
            published: None,
            url: None,
            about: None,
            note: None,
            background: true,
        };
        let mut sources = vec![source.clone()];
        sources.extend((1..=(engagements / 200).clamp(4, 20_000)).map(|n| Source {
            key: format!("s{n}").into(),
            title: format!("Press release {n}").into(),
            short: None,
            publisher: Some(boxed(random.pick(&STATES).name)),
            background: false,
            ..source.clone()
        }));
        let (parties, places) = parties(&mut random, engagements);
        let partnerships = partnerships(&mut random, engagements);
        let parts = DatasetParts {
            title: format!("{engagements} generated engagements").into(),
            note: Some(boxed("Invented: the states and their capitals are real, nothing else is.")),
            kinds: KINDS
                .iter()
                .enumerate()
                .map(|(at, (key, name, ..))| Kind {
                    key: boxed(key),
                    name: boxed(name),
                    class: class_of(key).map(boxed),
                    slot: Kind::slot_for(key, at),
                })
                .collect(),
            topics: TOPICS
                .iter()
                .enumerate()
                .map(|(at, name)| Topic { key: format!("t{at}").into(), name: boxed(name) })
                .collect(),
            roles: vec![boxed("host"), boxed("chair")],
            sources,
            places,
            parties,
            partnerships,
            ..DatasetParts::default()
        };
        Self {
            seed,
            parties: Zipf::new(parts.parties.len()),
            partnerships: Zipf::new(parts.partnerships.len()),
            topics: Zipf::new(parts.topics.len()),
            sources: Zipf::new(parts.sources.len() - 1),
            parts,
        }
    }

    fn engagement(&self, at: usize) -> Engagement {
        let mut random = Random::new(self.seed, at as u64);
        let random = &mut random;
        // One in three belongs to a burst: neighbours around one day and with one party in common.
        let mut burst = Random::new(!self.seed, at as u64 / 24);
        let (burst_day, burst_party) = (dates::day(&mut burst), self.parties.draw(&mut burst));
        let in_burst = random.per_mille(330);
        let day = if in_burst { burst_day.plus(random.between(0, 9)) } else { dates::day(random) };
        let kind = self.kind(random);
        let first = in_burst.then_some(burst_party);
        let participants = self.participants(random, first);
        let topics = self.some(random, &self.topics, &[150, 650, 150, 50]);
        let sources = self.some(random, &self.sources, &[10, 800, 150, 40]);
        let status = match random.below(100) {
            0..95 => Status::Held,
            95..98 => Status::Planned,
            _ => Status::Cancelled,
        };
        let title = self.title(random, kind, &participants, topics.first().copied());
        Engagement {
            key: format!("e{at}").into(),
            short: random.per_mille(100).then(|| KINDS[kind].1.into()),
            title,
            kind: KindId::at(kind),
            form: random.per_mille(50).then(|| "Senior officials".into()),
            status,
            dates: self.dates(random, day, &sources),
            places: self.places(random, at, &participants),
            participants,
            partnerships: self
                .some(random, &self.partnerships, &[350, 600, 50])
                .into_iter()
                .map(PartnershipId::at)
                .collect(),
            topics: topics.into_iter().map(TopicId::at).collect(),
            outcomes: self.outcomes(random, &sources),
            relations: List::default(),
            citations: sources.iter().map(|source| cite(random, *source)).collect(),
            note: random.per_mille(80).then(|| random.pick::<&str>(&NOTES).to_owned().into()),
            extras: List::default(),
        }
    }

    fn kind(&self, random: &mut Random) -> usize {
        let mut left = random.below(1000);
        KINDS
            .iter()
            .position(|(.., chance, _)| {
                let here = left < *chance;
                left = left.saturating_sub(*chance);
                here
            })
            .unwrap_or(0)
    }

    /// Distinct rows of a table; the chances in a thousand of none, one, two, …
    fn some(&self, random: &mut Random, table: &Zipf, chances: &[u64]) -> Vec<usize> {
        let mut left = random.below(1000);
        let count = chances.iter().take_while(|chance| {
            let more = left >= **chance;
            left = left.saturating_sub(**chance);
            more
        });
        let mut out = Vec::new();
        for _ in 0..count.count().min(chances.len() - 1) {
            let row = table.draw(random);
            if !out.contains(&row) {
                out.push(row);
            }
        }
        out
    }

    fn participants(&self, random: &mut Random, first: Option<usize>) -> List<Participant> {
        let count = match random.below(1000) {
            0..20 => 0,
            20..70 => 1,
            70..680 => 2,
            680..900 => random.between(3, 5),
            900..985 => random.between(6, 12),
            985..999 => random.between(13, 40),
            _ => random.between(50, 64),
        };
        let mut parties: Vec<usize> = first.into_iter().filter(|_| count > 0).collect();
        // A party drawn again does not take part twice; a few tries are enough to fill most places.
        for _ in 0..count * 6 {
            if parties.len() as i32 >= count {
                break;
            }
            let party = self.parties.draw(random);
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        let roles = random.per_mille(300);
        parties
            .iter()
            .enumerate()
            .map(|(at, party)| Participant {
                party: PartyId::at(*party),
                role: (roles && at < 2).then(|| RoleId::at(at)),
            })
            .collect()
    }

    fn title(
        &self,
        random: &mut Random,
        kind: usize,
        participants: &[Participant],
        topic: Option<usize>,
    ) -> Text {
        let name =
            |at: usize| participants.get(at).map(|one| &self.parts.parties[one.party.index()]);
        let start = KINDS[kind].3;
        let mut title = match (name(0), name(1), participants.len()) {
            (Some(a), Some(b), 2) => format!("{start} of {} and {}", a.label(), b.label()),
            (Some(a), _, 1) => format!("{start} of {}", a.label()),
            (Some(a), _, n) if n > 2 => format!("{start} of {} and {} others", a.label(), n - 1),
            _ => start.to_owned(),
        };
        if let Some(topic) = topic {
            title.push_str(" on ");
            title.push_str(&TOPICS[topic].to_lowercase());
        }
        if random.per_mille(250) {
            title.push_str(&format!(", round {}", random.between(2, 12)));
        }
        title.into()
    }

    fn dates(&self, random: &mut Random, day: Day, sources: &[usize]) -> List<DateClaim> {
        if random.per_mille(10) {
            return List::default();
        }
        let source = |random: &mut Random, at: usize| match sources.get(at) {
            Some(source) => cite(random, *source),
            None => Citation::default(),
        };
        let mut claims =
            vec![DateClaim { when: dates::account(random, day), citation: source(random, 0) }];
        match random.below(1000) {
            // A second source with another date.
            0..15 => {
                let other = day.plus(random.between(1, 40));
                claims.push(DateClaim {
                    when: dates::account(random, other),
                    citation: source(random, 1),
                });
            }
            // A second source that only gives the month.
            15..40 => {
                let (year, month, _) = day.ymd();
                if let Ok(when) = When::parse(&format!("{year:04}-{month:02}")) {
                    claims.push(DateClaim { when, citation: source(random, 1) });
                }
            }
            _ => {}
        }
        claims.into()
    }

    fn place(&self, random: &mut Random, participants: &[Participant]) -> Option<PlaceId> {
        let seats: Vec<PlaceId> = participants
            .iter()
            .take(3)
            .filter_map(|one| self.parts.parties[one.party.index()].seat)
            .collect();
        match random.below(100) {
            0..15 => None,
            15..75 if !seats.is_empty() => Some(*random.pick(&seats)),
            _ => Some(PlaceId::at(random.below(self.parts.places.len() as u64) as usize)),
        }
    }

    /// Nowhere, one place or, for one engagement in thirty, a tour of two or three.
    fn places(&self, random: &mut Random, at: usize, participants: &[Participant]) -> Places {
        let first = self.place(random, participants);
        // Numbers of its own, so that nothing else depends on it.
        let mut own = Random::new(self.seed ^ 0x05e7_e7a1, at as u64);
        let more = if own.per_mille(33) { own.between(1, 2) } else { 0 };
        let rest = (0..more).map(|_| own.below(self.parts.places.len() as u64) as usize);
        first.into_iter().chain(rest.map(PlaceId::at).filter(|id| Some(*id) != first)).collect()
    }

    fn outcomes(&self, random: &mut Random, sources: &[usize]) -> List<Outcome> {
        if !random.per_mille(60) {
            return List::default();
        }
        let amount = random.per_mille(500).then(|| Amount {
            value: f64::from(random.between(1, 400)) * 250_000.0,
            unit: boxed("USD"),
        });
        let text = if amount.is_some() { "Funding announced" } else { "Work plan agreed" };
        let citation = sources.first().map_or_else(Citation::default, |at| cite(random, *at));
        [Outcome { text: boxed(text), amount, when: None, citation }].into()
    }
}

/// A citation of the numbered press release.
fn cite(random: &mut Random, source: usize) -> Citation {
    let evidence = match random.below(100) {
        0..80 => Evidence::Stated,
        80..90 => Evidence::Derived,
        90..98 => Evidence::Inferred,
        _ => Evidence::Background,
    };
    Citation { source: Some(SourceId::at(source + 1)), evidence, quote: None, note: None }
}

/// Parties and places: states and their capitals, organisations, then as many bodies and persons
/// as a dataset of that size would name.
fn parties(random: &mut Random, engagements: usize) -> (Vec<Party>, Vec<Place>) {
    let mut parties: Vec<Party> = Vec::new();
    let mut places = Vec::new();
    for State { name, iso, capital, at, names } in &STATES {
        places.push(Place {
            key: format!("p-{}", iso.to_lowercase()).into(),
            name: boxed(capital),
            position: Some(*at),
            state: Some(PartyId::at(parties.len())),
            ..Place::default()
        });
        parties.push(Party {
            key: iso.to_lowercase().into(),
            name: boxed(name),
            kind: PartyKind::State,
            iso: Some(boxed(iso)),
            other_names: names
                .iter()
                .map(|(lang, text)| Name { text: boxed(text), lang: boxed(lang) })
                .collect(),
            seat: Some(PlaceId::at(places.len() - 1)),
            ..Party::default()
        });
    }
    // Organisations stand among the more active states.
    for (at, (name, short)) in ORGANISATIONS.iter().enumerate() {
        parties.push(Party {
            key: format!("o{at}").into(),
            name: boxed(name),
            short: Some(boxed(short)),
            kind: PartyKind::Organisation,
            ..Party::default()
        });
    }
    for n in 0..(engagements / 50).min(20_000) {
        let state = random.below(STATES.len() as u64) as usize;
        let rank = n / (STATES.len() * BODIES.len()) + 1;
        let part_of = Box::new([PartyId::at(state)]);
        parties.push(if random.per_mille(250) {
            let number = if rank > 1 { format!(" {rank}") } else { String::new() };
            Party {
                key: format!("b{n}").into(),
                name: format!("{} of {}{number}", random.pick(&BODIES), STATES[state].name).into(),
                kind: PartyKind::Body,
                part_of,
                seat: Some(PlaceId::at(state)),
                ..Party::default()
            }
        } else {
            Party {
                key: format!("n{n}").into(),
                name: format!("{} {}", random.pick(&GIVEN), random.pick(&FAMILY)).into(),
                kind: PartyKind::Person,
                part_of,
                ..Party::default()
            }
        });
    }
    (parties, places)
}

fn partnerships(random: &mut Random, engagements: usize) -> Vec<Partnership> {
    (0..(engagements / 100).clamp(8, 200))
        .map(|n| {
            let first = random.below(12) as usize;
            let second =
                (first + 1 + random.below(STATES.len() as u64 - 1) as usize) % STATES.len();
            let framework = random.pick(&FRAMEWORKS);
            let (a, b) = (STATES[first].name, STATES[second].name);
            let member = |party: usize| Member {
                party: PartyId::at(party),
                role: None,
                term: None,
                citation: Citation { source: Some(SourceId(0)), ..Citation::default() },
            };
            Partnership {
                key: format!("f{n}").into(),
                name: format!("{a}–{b} {framework}").into(),
                short: Some(format!("{a}–{b}").into()),
                members: Box::new([member(first), member(second)]),
                since: When::parse(&format!("{:04}/..", random.between(1975, 2015))).ok(),
                ..Partnership::default()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_dataset_and_another_seed_another() {
        let first = generate(500, 1);
        assert!(first == generate(500, 1));
        assert!(first != generate(500, 2));
        assert_eq!(first.engagements().len(), 500);
        assert_eq!(generate(0, 1).engagements().len(), 0);
    }

    #[test]
    fn participation_is_skewed_and_some_engagements_are_crowded() {
        let dataset = generate(20_000, 3);
        let mut counts = vec![0_usize; dataset.parties().len()];
        for engagement in dataset.engagements() {
            engagement.participants.iter().for_each(|one| counts[one.party.index()] += 1);
        }
        let total: usize = counts.iter().sum();
        let top: usize = counts.iter().take(20).sum();
        assert!(top * 5 > total * 2, "{top} of {total}");
        assert!(dataset.engagements().iter().any(|e| e.participants.len() > 40));
        let disputed = |e: &&Engagement| e.date_status() == crate::model::DateStatus::Disputed;
        assert!(dataset.engagements().iter().filter(disputed).count() > 50);
    }
}
