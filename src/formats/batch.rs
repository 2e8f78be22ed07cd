//! Engagements in the making: their texts and lists end to end, until all of a file is known.
//!
//! A reader fills one batch for each stretch of a file, with ids that are numbers of names within the
//! stretch. [`join`] makes the engagements of all batches one list, whose texts and lists share the
//! memory of their batch: nothing is allocated for an engagement of its own.

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{
    Citation, DateClaim, Engagement, FieldId, KindId, List, Outcome, Participant, PartnershipId,
    Places, Status, Text, TopicId,
};

/// A text of a batch: from and to which byte it stands there. Empty texts stand for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    from: u32,
    to: u32,
}

impl Said {
    /// Whether nothing is said.
    pub const fn is_empty(self) -> bool {
        self.from == self.to
    }
}

/// What an engagement has one of.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub key: Said,
    pub title: Said,
    pub short: Said,
    pub form: Said,
    pub note: Said,
    pub kind: KindId,
    pub places: Places,
    pub status: Status,
}

/// Where the lists of an engagement end; they begin where those of the one before end.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    dates: u32,
    participants: u32,
    partnerships: u32,
    topics: u32,
    outcomes: u32,
    citations: u32,
    extras: u32,
}

/// The engagements of a stretch. What is added to its lists belongs to the engagement that is put
/// down next.
#[derive(Debug, Default)]
pub(super) struct Batch {
    drafts: Vec<Draft>,
    ends: Vec<Ends>,
    text: String,
    pub dates: Vec<DateClaim>,
    pub participants: Vec<Participant>,
    pub partnerships: Vec<PartnershipId>,
    pub topics: Vec<TopicId>,
    pub outcomes: Vec<Outcome>,
    pub citations: Vec<Citation>,
    pub extras: Vec<(FieldId, Said)>,
}

/// Puts an entry at the end of a list of which a part is in the making, unless that part has it.
pub(super) fn push_new<T: PartialEq>(list: &mut Vec<T>, start: usize, entry: T) {
    if !list[start..].contains(&entry) {
        list.push(entry);
    }
}

impl Batch {
    /// An empty batch with room for the engagements of some bytes in some rows. Growing step by step
    /// would leave holes all over the memory; room that nothing is ever put into takes none.
    pub fn with_room(rows: usize, bytes: usize) -> Self {
        Self {
            drafts: Vec::with_capacity(rows),
            ends: Vec::with_capacity(rows),
            text: String::with_capacity(bytes),
            dates: Vec::with_capacity(rows),
            participants: Vec::with_capacity(rows * 3),
            partnerships: Vec::with_capacity(rows),
            topics: Vec::with_capacity(rows),
            citations: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// How many engagements there are.
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Takes up a text.
    pub fn say(&mut self, text: &str) -> Said {
        // A stretch is far smaller than 4 GiB.
        let from = self.text.len() as u32;
        self.text.push_str(text);
        Said { from, to: self.text.len() as u32 }
    }

    /// Keeps a value of a column that the model has no place for.
    pub fn keep(&mut self, field: FieldId, value: &str) {
        let said = self.say(value);
        self.extras.push((field, said));
    }

    /// Puts down an engagement, with what was added to the lists since the one before.
    pub fn put(&mut self, draft: Draft) {
        self.drafts.push(draft);
        self.ends.push(Ends {
            dates: self.dates.len() as u32,
            participants: self.participants.len() as u32,
            partnerships: self.partnerships.len() as u32,
            topics: self.topics.len() as u32,
            outcomes: self.outcomes.len() as u32,
            citations: self.citations.len() as u32,
            extras: self.extras.len() as u32,
        });
    }

    /// Where the lists of an engagement begin and end.
    fn ends(&self, at: usize) -> (Ends, Ends) {
        let start = at.checked_sub(1).map_or_else(Ends::default, |before| self.ends[before]);
        (start, self.ends[at])
    }

    /// The engagements without their lists, for changing them.
    pub fn drafts_mut(&mut self) -> &mut [Draft] {
        &mut self.drafts
    }

    /// What an engagement has one of, and who takes part in it.
    pub fn draft(&self, at: usize) -> (&Draft, &[Participant]) {
        let (start, end) = self.ends(at);
        let participants = start.participants as usize..end.participants as usize;
        (&self.drafts[at], &self.participants[participants])
    }

    /// Gives an engagement its title.
    pub fn set_title(&mut self, at: usize, title: &str) {
        self.drafts[at].title = self.say(title);
    }

    /// Leaves out what an earlier entry of a list says already, where names of different numbers
    /// turned out to be one.
    pub fn drop_repeats(&mut self, says: impl Fn(&Participant, &Participant) -> bool) {
        fn once<T>(
            list: &mut Vec<T>,
            ends: &mut [Ends],
            end: impl Fn(&mut Ends) -> &mut u32,
            says: impl Fn(&T, &T) -> bool,
        ) {
            let mut kept: Vec<T> = Vec::with_capacity(list.len());
            let (mut entries, mut at) = (std::mem::take(list).into_iter(), 0);
            for row in ends {
                let (start, end) = (kept.len(), end(row));
                for entry in entries.by_ref().take((*end - at) as usize) {
                    if !kept[start..].iter().any(|earlier| says(earlier, &entry)) {
                        kept.push(entry);
                    }
                }
                at = std::mem::replace(end, kept.len() as u32);
            }
            *list = kept;
        }
        let ends = &mut self.ends;
        once(&mut self.participants, ends, |row| &mut row.participants, says);
        once(&mut self.partnerships, ends, |row| &mut row.partnerships, |a, b| a == b);
        once(&mut self.topics, ends, |row| &mut row.topics, |a, b| a == b);
        once(&mut self.citations, ends, |row| &mut row.citations, |a, b| a == b);
    }

    /// Makes its lists such that engagements can share them.
    fn shared(self) -> Shared {
        let text = Arc::new(self.text);
        let extras = self.extras.iter().map(|(field, said)| (*field, said.of(&text)));
        Shared {
            extras: Arc::new(extras.collect()),
            drafts: self.drafts,
            ends: self.ends,
            dates: Arc::new(self.dates),
            participants: Arc::new(self.participants),
            partnerships: Arc::new(self.partnerships),
            topics: Arc::new(self.topics),
            outcomes: Arc::new(self.outcomes),
            citations: Arc::new(self.citations),
            text,
        }
    }
}

impl Said {
    fn of(self, text: &Arc<String>) -> Text {
        Text::part(text, self.from, self.to)
    }

    fn some(self, text: &Arc<String>) -> Option<Text> {
        (!self.is_empty()).then(|| self.of(text))
    }
}

/// A batch to which nothing is added any more.
struct Shared {
    drafts: Vec<Draft>,
    ends: Vec<Ends>,
    text: Arc<String>,
    dates: Arc<Vec<DateClaim>>,
    participants: Arc<Vec<Participant>>,
    partnerships: Arc<Vec<PartnershipId>>,
    topics: Arc<Vec<TopicId>>,
    outcomes: Arc<Vec<Outcome>>,
    citations: Arc<Vec<Citation>>,
    extras: Arc<Vec<(FieldId, Text)>>,
}

impl Shared {
    fn engagement(&self, at: usize) -> Engagement {
        let start = at.checked_sub(1).map_or_else(Ends::default, |before| self.ends[before]);
        let (draft, end) = (&self.drafts[at], self.ends[at]);
        Engagement {
            key: draft.key.of(&self.text),
            title: draft.title.of(&self.text),
            short: draft.short.some(&self.text),
            kind: draft.kind,
            form: draft.form.some(&self.text),
            status: draft.status,
            dates: List::part(&self.dates, start.dates, end.dates),
            places: draft.places.clone(),
            participants: List::part(&self.participants, start.participants, end.participants),
            partnerships: List::part(&self.partnerships, start.partnerships, end.partnerships),
            topics: List::part(&self.topics, start.topics, end.topics),
            outcomes: List::part(&self.outcomes, start.outcomes, end.outcomes),
            relations: List::default(),
            citations: List::part(&self.citations, start.citations, end.citations),
            note: draft.note.some(&self.text),
            extras: List::part(&self.extras, start.extras, end.extras),
        }
    }
}

/// The engagements of all batches, in their order.
pub(super) fn join(batches: Vec<Batch>) -> Vec<Engagement> {
    let batches: Vec<Shared> = batches.into_par_iter().map(Batch::shared).collect();
    let mut starts = Vec::with_capacity(batches.len());
    let mut rows = 0;
    for batch in &batches {
        starts.push(rows);
        rows += batch.drafts.len();
    }
    let engagement = |at: usize| {
        let batch = starts.partition_point(|start| *start <= at) - 1;
        batches[batch].engagement(at - starts[batch])
    };
    (0..rows).into_par_iter().map(engagement).collect()
}
