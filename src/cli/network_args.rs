//! The arguments that say how a network is read.

use clap::{Args, ValueEnum};

use crate::{
    query::{Measure, TieLevel, TieWeight},
    scene::network::{ColorBy, NetworkForm, NetworkOptions},
};

/// How a network is read.
#[derive(Debug, Args)]
pub(super) struct RawNetwork {
    /// Network: at what level parties count
    #[arg(long, value_enum, default_value_t = RawLevel::Named)]
    level: RawLevel,
    /// Network: what the size of a party says
    #[arg(long, value_enum, default_value_t = RawMeasure::Engagements, value_name = "MEASURE")]
    size_by: RawMeasure,
    /// Network: what the colour of a party says
    #[arg(long, value_enum, default_value_t = RawColor::State, value_name = "WHAT")]
    color_by: RawColor,
    /// Network: how an engagement of n parties counts for each pair, 1/(n-1) or 1
    #[arg(long, value_enum, default_value_t = RawWeight::Shared)]
    weight: RawWeight,
    /// Network: draw the N strongest ties only
    #[arg(long = "ties", value_name = "N", default_value_t = NetworkOptions::TOP)]
    most_ties: u32,
    /// Network: which lines are drawn
    #[arg(long, value_enum, value_delimiter = ',', default_value = "ties,partnerships,directions")]
    layers: Vec<RawLayer>,
}

impl RawNetwork {
    /// The options that they say.
    pub(super) fn options(&self, form: NetworkForm) -> NetworkOptions {
        let measure = |raw: RawMeasure| match raw {
            RawMeasure::Engagements => Measure::Engagements,
            RawMeasure::Degree => Measure::Degree,
            RawMeasure::Strength => Measure::Strength,
            RawMeasure::Betweenness => Measure::Betweenness,
            RawMeasure::Pagerank => Measure::PageRank,
        };
        let shows = |layer| self.layers.contains(&layer);
        NetworkOptions {
            form,
            level: match self.level {
                RawLevel::Named => TieLevel::Named,
                RawLevel::Body => TieLevel::Body,
                RawLevel::State => TieLevel::State,
            },
            weight: match self.weight {
                RawWeight::Shared => TieWeight::Shared,
                RawWeight::Raw => TieWeight::Raw,
            },
            size_by: measure(self.size_by),
            color_by: match self.color_by {
                RawColor::State => ColorBy::Belonging,
                RawColor::Community => ColorBy::Community,
                RawColor::Engagements => ColorBy::Measure(Measure::Engagements),
                RawColor::Degree => ColorBy::Measure(Measure::Degree),
                RawColor::Strength => ColorBy::Measure(Measure::Strength),
                RawColor::Betweenness => ColorBy::Measure(Measure::Betweenness),
                RawColor::Pagerank => ColorBy::Measure(Measure::PageRank),
            },
            ties: shows(RawLayer::Ties),
            partnerships: shows(RawLayer::Partnerships),
            part_of: shows(RawLayer::PartOf),
            directions: shows(RawLayer::Directions),
            top: self.most_ties,
            ..NetworkOptions::default()
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
enum RawLevel {
    Named,
    Body,
    State,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawWeight {
    Shared,
    Raw,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawMeasure {
    Engagements,
    Degree,
    Strength,
    Betweenness,
    Pagerank,
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
}
