//! The arguments that say how a network is read.

use clap::{Args, ValueEnum};

use crate::{
    query::{Measure, TieLevel, TieWeight},
    scene::network::{ColorBy, NetworkForm, NetworkOptions, SizeBy},
};

/// How a network is read.
#[derive(Debug, Args)]
pub(super) struct RawNetwork {
    /// Network: at what level parties count: named, body, state, or a body of states such as ASEAN,
    /// as which its members at the time of an engagement count
    #[arg(long, default_value_t = TieLevel::Named)]
    level: TieLevel,
    /// Network: what the size of a party says [default: what suits the file]
    #[arg(long, value_enum, value_name = "WHAT")]
    size_by: Option<RawSize>,
    /// Network: what the colour of a party says [default: what suits the file]
    #[arg(long, value_enum, value_name = "WHAT")]
    color_by: Option<RawColor>,
    /// Network: how an engagement of n parties counts for each pair [default: what suits the file]
    #[arg(long, value_enum)]
    weight: Option<RawWeight>,
    /// Network: where parties stand, if the file says it
    #[arg(long, value_enum, default_value_t = RawPlaces::File)]
    places: RawPlaces,
    /// Network: draw the N strongest ties only [default: 1000; all of a network without states]
    #[arg(long = "ties", value_name = "N")]
    most_ties: Option<u32>,
    /// Network: which lines are drawn
    #[arg(long, value_enum, value_delimiter = ',', default_value = "ties,partnerships,directions")]
    layers: Vec<RawLayer>,
}

impl RawNetwork {
    /// What they ask for.
    pub(super) fn asked(&self, form: NetworkForm) -> NetworkAsked {
        let shows = |layer| self.layers.contains(&layer);
        NetworkAsked {
            form,
            level: self.level,
            weight: self.weight.map(|weight| match weight {
                RawWeight::Shared => TieWeight::Shared,
                RawWeight::Raw => TieWeight::Raw,
                RawWeight::File => TieWeight::Stated,
            }),
            size_by: self.size_by.map(|size| match size {
                RawSize::Engagements => SizeBy::Measure(Measure::Engagements),
                RawSize::Degree => SizeBy::Measure(Measure::Degree),
                RawSize::Strength => SizeBy::Measure(Measure::Strength),
                RawSize::Betweenness => SizeBy::Measure(Measure::Betweenness),
                RawSize::Pagerank => SizeBy::Measure(Measure::PageRank),
                RawSize::File => SizeBy::Stated,
            }),
            color_by: self.color_by.map(|color| match color {
                RawColor::State => ColorBy::Belonging,
                RawColor::Community => ColorBy::Community,
                RawColor::Engagements => ColorBy::Measure(Measure::Engagements),
                RawColor::Degree => ColorBy::Measure(Measure::Degree),
                RawColor::Strength => ColorBy::Measure(Measure::Strength),
                RawColor::Betweenness => ColorBy::Measure(Measure::Betweenness),
                RawColor::Pagerank => ColorBy::Measure(Measure::PageRank),
                RawColor::File => ColorBy::Stated,
            }),
            anew: matches!(self.places, RawPlaces::Anew),
            layers: [
                RawLayer::Ties,
                RawLayer::Partnerships,
                RawLayer::PartOf,
                RawLayer::Directions,
            ]
            .map(shows),
            top: self.most_ties,
        }
    }
}

/// How a network is asked to be read; what is not asked for is as it suits the file.
#[derive(Clone, Copy, Debug)]
pub struct NetworkAsked {
    form: NetworkForm,
    level: TieLevel,
    weight: Option<TieWeight>,
    size_by: Option<SizeBy>,
    color_by: Option<ColorBy>,
    /// Whether parties are laid out whatever the file says of their places.
    pub anew: bool,
    /// Which of ties, partnerships, parts and directions are drawn.
    layers: [bool; 4],
    top: Option<u32>,
}

impl NetworkAsked {
    /// The options, given those that suit the file.
    #[must_use]
    pub fn over(&self, suited: NetworkOptions) -> NetworkOptions {
        let [ties, partnerships, part_of, directions] = self.layers;
        NetworkOptions {
            form: self.form,
            level: self.level,
            weight: self.weight.unwrap_or(suited.weight),
            size_by: self.size_by.unwrap_or(suited.size_by),
            color_by: self.color_by.unwrap_or(suited.color_by),
            ties,
            partnerships,
            part_of,
            directions,
            top: self.top.unwrap_or(suited.top),
            ..suited
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum RawLayer {
    Ties,
    Partnerships,
    PartOf,
    Directions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawWeight {
    /// 1/(n-1) for each pair
    Shared,
    /// 1 for each pair
    Raw,
    /// What the file says that it weighs, shared out
    File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawPlaces {
    /// Where the file puts them
    File,
    /// Laid out anew
    Anew,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawSize {
    Engagements,
    Degree,
    Strength,
    Betweenness,
    Pagerank,
    File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawColor {
    State,
    Community,
    Engagements,
    Degree,
    Strength,
    Betweenness,
    Pagerank,
    File,
}
