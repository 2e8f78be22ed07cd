//! How the network is read: as what it is drawn, at what level, and what size, colour and lines say.

use crate::{
    layout::camera::Camera,
    model::{Day, PartyId},
    query::{Measure, Measures, RollUp, TieLevel, TieWeight},
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
}

impl ColorBy {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
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
        }
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
}

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
    pub size_by: Measure,
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
    /// How many ties are drawn unless the reader says otherwise.
    pub const TOP: u32 = 1_000;
    /// The numbers of ties that are offered.
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

    /// Whether something is drawn by what has to be measured first.
    #[must_use]
    pub fn needs_measures(&self) -> bool {
        self.form == NetworkForm::Matrix
            || self.size_by != Measure::Engagements
            || !matches!(self.color_by, ColorBy::Belonging | ColorBy::Measure(Measure::Engagements))
    }
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            form: NetworkForm::default(),
            level: TieLevel::default(),
            weight: TieWeight::default(),
            size_by: Measure::default(),
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
    /// The day whose levels, coordinators and partnerships are shown; the latest of all when
    /// `None`.
    pub day: Option<Day>,
}

impl Reading<'_> {
    /// Whom a party counts as.
    #[must_use]
    pub fn node(&self, party: PartyId) -> PartyId {
        self.roll_up.map_or(party, |roll_up| roll_up.node(party))
    }
}
