//! How the network is read: as what it is drawn, at what level, and what size, colour and lines say.

use super::{
    Core,
    look::{OTHERS, slots},
};
use crate::{
    formats::network::StatedLook,
    layout::camera::Camera,
    model::{Dataset, Day, PartyId},
    query::{Columns, Match, Measure, Measures, RollUp, TieLevel, TieWeight},
};

/// As what the network is drawn.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum NetworkForm {
    /// Parties as marks and ties as lines.
    #[default]
    Parties,
    /// Parties and engagements as marks, a line for each time a party took part.
    Engagements,
    /// Parties as rows and columns, ties as cells.
    Matrix,
}

impl NetworkForm {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Parties, Self::Engagements, Self::Matrix];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Parties => "Parties",
            Self::Engagements => "With engagements",
            Self::Matrix => "Matrix",
        }
    }

    /// What it shows, in a phrase.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Parties => "Parties, and lines between those who share engagements",
            Self::Engagements => "Parties and engagements, and who took part in what",
            Self::Matrix => "Parties as rows and columns, ordered by community",
        }
    }
}

/// What the colour of a party says.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ColorBy {
    /// To which state or organisation it belongs.
    #[default]
    Belonging,
    /// With whom it engages more than with others.
    Community,
    /// How large a measure is: the darker the more.
    Measure(Measure),
    /// What the file makes of it that the network was read from.
    Stated,
}

impl ColorBy {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Stated,
        Self::Belonging,
        Self::Community,
        Self::Measure(Measure::Engagements),
        Self::Measure(Measure::Degree),
        Self::Measure(Measure::Strength),
        Self::Measure(Measure::Betweenness),
        Self::Measure(Measure::PageRank),
    ];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Belonging => "State",
            Self::Community => "Community",
            Self::Measure(measure) => measure.label(),
            Self::Stated => "As in the file",
        }
    }

    /// What it says, in a phrase.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Belonging => "the state or organisation a party belongs to",
            Self::Community => "parties that engage with each other more than with others",
            Self::Measure(measure) => measure.hint(),
            Self::Stated => "the colours that the file gives",
        }
    }
}

/// What the size of a party says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SizeBy {
    /// What the file makes of it that the network was read from.
    Stated,
    /// How large a measure is: the area grows with it.
    #[serde(untagged)]
    Measure(Measure),
}

impl SizeBy {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Stated,
        Self::Measure(Measure::Engagements),
        Self::Measure(Measure::Degree),
        Self::Measure(Measure::Strength),
        Self::Measure(Measure::Betweenness),
        Self::Measure(Measure::PageRank),
    ];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.label(),
            Self::Stated => "As in the file",
        }
    }

    /// What it says, in a phrase.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.hint(),
            Self::Stated => "the sizes that the file gives",
        }
    }
}

impl Default for SizeBy {
    fn default() -> Self {
        Self::Measure(Measure::default())
    }
}

/// A kind of line that can be shown or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Engagements shared.
    Ties,
    /// Formal partnerships, with the level they have at the end of the window.
    Partnerships,
    /// Which party is a part of which.
    PartOf,
    /// Arrowheads where roles say who went to whom.
    Directions,
}

impl Layer {
    /// All layers, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Ties, Self::Partnerships, Self::PartOf, Self::Directions];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ties => "Shared engagements",
            Self::Partnerships => "Formal partnerships",
            Self::PartOf => "Part of",
            Self::Directions => "Directions",
        }
    }

    /// What it shows, in a phrase.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Ties => "A line between those who share engagements",
            Self::Partnerships => "Double lines, with the level at the end of the window",
            Self::PartOf => "Dotted lines from persons to bodies to states",
            Self::Directions => "Arrowheads where roles say who went to whom",
        }
    }
}

/// Up to so many engagements, all ties of a network without states are drawn.
const ALL_TIES: usize = 10_000;

/// How the network is read.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NetworkOptions {
    /// As what it is drawn.
    pub form: NetworkForm,
    /// At what level parties count.
    pub level: TieLevel,
    /// How a shared engagement counts towards a tie.
    pub weight: TieWeight,
    /// What the size of a party says.
    pub size_by: SizeBy,
    /// What the colour of a party says.
    pub color_by: ColorBy,
    /// Whether ties are drawn.
    pub ties: bool,
    /// Whether formal partnerships are drawn.
    pub partnerships: bool,
    /// Whether it is drawn which party is a part of which.
    pub part_of: bool,
    /// Whether arrowheads say who went to whom.
    pub directions: bool,
    /// The most ties that are drawn: those of the greatest weight.
    pub top: u32,
    /// Only the parties within so many ties of a party, 1 to 3.
    #[serde(skip)]
    pub ego: Option<(PartyId, u8)>,
    /// The shortest way between two parties is brought out.
    #[serde(skip)]
    pub path: Option<(PartyId, PartyId)>,
    /// What part of the matrix is seen, in units of a cell; all of it when `None`.
    #[serde(skip)]
    pub matrix: Option<Camera>,
}

impl NetworkOptions {
    /// The same with the question that a filter asks about uncertain dates.
    #[must_use]
    pub fn asked(self, matching: Match) -> Self {
        Self { level: self.level.asked(matching), ..self }
    }

    /// How many ties are drawn unless the reader says otherwise.
    pub const TOP: u32 = 1_000;
    /// The most ties that are drawn, whatever is asked for: beyond, a drawing is a blot that a
    /// window takes seconds to move.
    pub const MOST: u32 = 25_000;
    /// The numbers of ties that are offered; the last stands for all.
    pub const TOPS: [u32; 5] = [50, 200, Self::TOP, 5_000, u32::MAX];

    /// Whether a layer is shown.
    #[must_use]
    pub const fn shows(&self, layer: Layer) -> bool {
        match layer {
            Layer::Ties => self.ties,
            Layer::Partnerships => self.partnerships,
            Layer::PartOf => self.part_of,
            Layer::Directions => self.directions,
        }
    }

    /// Shows a layer or leaves it out.
    pub const fn show(&mut self, layer: Layer, shown: bool) {
        match layer {
            Layer::Ties => self.ties = shown,
            Layer::Partnerships => self.partnerships = shown,
            Layer::PartOf => self.part_of = shown,
            Layer::Directions => self.directions = shown,
        }
    }

    /// The most ties that are drawn: what is asked for, within what can be drawn.
    #[must_use]
    pub const fn drawn_ties(&self) -> u32 {
        if self.top < Self::MOST { self.top } else { Self::MOST }
    }

    /// Whether something is drawn by what has to be measured first.
    #[must_use]
    pub fn needs_measures(&self) -> bool {
        self.form == NetworkForm::Matrix
            || !matches!(self.size_by, SizeBy::Stated | SizeBy::Measure(Measure::Engagements))
            || !matches!(
                self.color_by,
                ColorBy::Stated | ColorBy::Belonging | ColorBy::Measure(Measure::Engagements)
            )
    }

    /// How a network is read unless the reader says otherwise: as its file makes it look, where it
    /// says so; by communities, where its parties belong to no state or organisation that would
    /// have a colour. `engagements` are those of each party over the whole period.
    #[must_use]
    pub fn suited(
        dataset: &Dataset,
        columns: &Columns,
        engagements: &[u32],
        stated: &StatedLook,
    ) -> Self {
        let mut options = Self::default();
        if !columns.weights.is_empty() {
            options.weight = TieWeight::Stated;
        }
        let owned = slots(dataset, engagements).into_iter().any(|slot| slot != OTHERS);
        if !owned {
            options.color_by = ColorBy::Community;
            options.size_by = SizeBy::Measure(Measure::Strength);
            // Of ties that weigh alike, any choice would be arbitrary.
            if dataset.engagements().len() <= ALL_TIES {
                options.top = u32::MAX;
            }
        }
        if stated.has_colors() {
            options.color_by = ColorBy::Stated;
        }
        if stated.has_sizes() {
            options.size_by = SizeBy::Stated;
        }
        options
    }
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            form: NetworkForm::default(),
            level: TieLevel::default(),
            weight: TieWeight::default(),
            size_by: SizeBy::default(),
            color_by: ColorBy::default(),
            ties: true,
            partnerships: true,
            part_of: false,
            directions: true,
            top: Self::TOP,
            ego: None,
            path: None,
            matrix: None,
        }
    }
}

/// The options of a network with what they are answered from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// The options.
    pub options: NetworkOptions,
    /// What was measured of the parties; sizes and colours fall back to engagements and belonging
    /// while it is `None`.
    pub measures: Option<&'a Measures>,
    /// Who counts as whom; each party as itself when `None`.
    pub roll_up: Option<&'a RollUp>,
    /// What the file says of how parties look, where it says anything.
    pub stated: Option<&'a StatedLook>,
    /// The day whose levels, coordinators and partnerships are shown; the latest of all when
    /// `None`.
    pub day: Option<Day>,
    /// The parties that are drawn where there are too many to draw all; all of them when `None`.
    pub core: Option<&'a Core>,
}

impl Reading<'_> {
    /// Whom a party counts as in a row of the columns.
    #[must_use]
    pub fn node_in(&self, columns: &Columns, row: usize, party: PartyId) -> PartyId {
        self.roll_up.map_or(party, |roll_up| roll_up.node_in(columns, row, party))
    }

    /// Whom a party counts as, whatever the time.
    #[must_use]
    pub fn node(&self, party: PartyId) -> PartyId {
        self.roll_up.map_or(party, |roll_up| roll_up.node(party))
    }
}
