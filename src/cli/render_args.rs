//! The arguments that say what figure is drawn.

use std::path::PathBuf;

use clap::{ArgMatches, Args, ValueEnum, parser::ValueSource};

use super::{map_args::RawMap, network_args::RawNetwork, render::RenderOptions, size::Size};
use crate::{
    app::{Against, SnapshotOptions},
    export::{FileFormat, SvgText},
    model::{Day, DayRange, When},
    query::{LaneBy, LaneOrder, Match},
    scene::{
        Theme,
        figure::{FigureView, LEAST_WIDTH, Page, Part, Preset},
        network::NetworkForm,
    },
};

/// What can be asked of a figure that is drawn again, besides what it shows.
const OF_THE_PAGE: [&str; 11] = [
    "file",
    "view",
    "output",
    "size",
    "preset",
    "scale",
    "theme",
    "with_data",
    "title",
    "without",
    "text",
];

/// The options that were given and say what is shown, which a figure says itself.
fn shaping(matches: &ArgMatches) -> Vec<String> {
    let given = matches.ids().map(clap::Id::as_str).filter(|id| {
        !OF_THE_PAGE.contains(id)
            && matches!(matches.value_source(id), Some(ValueSource::CommandLine))
            // Groups of arguments are listed as well.
            && !id.starts_with("Raw")
    });
    given.map(|id| format!("--{}", long_name(id))).collect()
}

fn long_name(id: &str) -> String {
    match id {
        "only_in" => "in".to_owned(),
        "matching" => "match".to_owned(),
        "most_ties" => "ties".to_owned(),
        id => id.replace('_', "-"),
    }
}

/// What is to be drawn, as it is typed.
#[derive(Debug, Args)]
pub(super) struct RawRender {
    /// The file, or a figure or saved view to be drawn again; the built-in dataset when left out
    file: Option<PathBuf>,
    /// What to draw
    #[arg(long, value_enum)]
    view: RawView,
    /// The file to write; its extension says the format: .svg, .pdf, .png or .html
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The first day of interest (EDTF)
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    from: Option<When>,
    /// The last day of interest (EDTF)
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    to: Option<When>,
    /// Only in these days: dates, and months or days that recur, separated by semicolons
    #[arg(long = "in", value_name = "DAYS")]
    only_in: Option<String>,
    /// Whether engagements possibly or certainly fall between these days
    #[arg(long = "match", value_enum, default_value_t = RawMatch::Possibly, value_name = "HOW")]
    matching: RawMatch,
    /// Only engagements with this party
    #[arg(long, value_name = "ID")]
    party: Vec<String>,
    /// Only engagements with a state that was a member of this body at the time (ASEAN, EU, …)
    #[arg(long, value_name = "BODY")]
    member: Vec<String>,
    /// Only engagements at this place
    #[arg(long, value_name = "ID")]
    place: Vec<String>,
    /// Only engagements of this kind
    #[arg(long, value_name = "ID")]
    kind: Vec<String>,
    /// Only engagements whose kind is of this class, such as a quad class of event collections
    #[arg(long, value_name = "NAME")]
    class: Vec<String>,
    /// Only engagements under this partnership
    #[arg(long, value_name = "ID")]
    partnership: Vec<String>,
    /// What the lanes of a timeline stand for
    #[arg(long, value_enum, default_value_t = RawLanes::Partnership)]
    lanes: RawLanes,
    /// In which order they stand
    #[arg(long, value_enum, default_value_t = RawLaneOrder::Natural, value_name = "ORDER")]
    lane_order: RawLaneOrder,
    /// Let this lane stand above the others, by id or name; none for what has no value
    #[arg(long, value_name = "LANE")]
    pin_lane: Vec<String>,
    /// Fold this lane to one row of counts, by id or name; all for every lane
    #[arg(long, value_name = "LANE")]
    fold_lane: Vec<String>,
    /// Only lanes with these words in their names
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    find_lanes: String,
    /// For --view compare: the days of the first stretch of time, then those of the second; with
    /// one --compare, that is the second
    #[arg(long, value_name = "DAYS")]
    compare: Vec<String>,
    /// What one stretch of time is compared with
    #[arg(long, value_enum, default_value_t = RawAgainst::Before, value_name = "WHAT")]
    against: RawAgainst,
    /// For --view panels: years, quarters, months, a number of equal parts, or periods with names
    #[arg(long, value_name = "HOW")]
    panels: Option<String>,
    /// Size in points, for example 1200x800; higher where the drawing needs it
    #[arg(long, value_name = "WxH", value_parser = figure_size)]
    size: Option<Size>,
    /// A size by name: slide, a4, a4-landscape, letter, letter-landscape, column (170 mm),
    /// single-column (85 mm), card
    #[arg(long, value_name = "NAME", value_parser = preset, conflicts_with = "size")]
    preset: Option<Preset>,
    /// Pixels per point, for PNG [default: 2]
    #[arg(long, value_name = "N", value_parser = scale, allow_negative_numbers = true)]
    scale: Option<f32>,
    /// Colours [default: light, or those of the figure that is drawn again]
    #[arg(long, value_enum)]
    theme: Option<RawTheme>,
    /// Let the figure carry the data itself, so that it opens again without the data file
    #[arg(long)]
    with_data: bool,
    #[command(flatten)]
    map: RawMap,
    /// What stands above the drawing instead of the title of the dataset
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Parts to leave out, separated by commas: title, subtitle, filter, legend, notes, sources,
    /// provenance
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = part)]
    without: Vec<Part>,
    /// How text is written in an SVG
    #[arg(long, value_enum, default_value_t = RawText::Outlines, value_name = "HOW")]
    text: RawText,
    #[command(flatten)]
    network: RawNetwork,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawView {
    Timeline,
    Network,
    Map,
    /// The network as rows and columns
    Matrix,
    /// The network with the engagements that make it
    Bipartite,
    /// What differs between two stretches of time
    Compare,
    /// Several stretches of time side by side
    Panels,
    /// The levels of partnerships over time
    Levels,
    /// All of these with a table and findings, as PDF or HTML
    Report,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawMatch {
    Possibly,
    Certainly,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawLanes {
    Partnership,
    Party,
    Kind,
    Topic,
    Source,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawAgainst {
    /// The stretch of the same length before it
    Before,
    /// The same stretch a year earlier
    YearEarlier,
    /// All time before it
    Earlier,
    /// All other time
    Rest,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawLaneOrder {
    /// As the file lists them; many lanes by number of engagements
    Natural,
    /// The most engagements first
    Count,
    /// By name
    Name,
    /// The earliest engagement first
    First,
    /// The latest engagement first
    Last,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawTheme {
    Light,
    Dark,
    /// Black and greys, for printers without colour
    Greyscale,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawText {
    /// As shapes, which look the same everywhere
    Outlines,
    /// As text that drawing programs can edit, with fonts of theirs
    Editable,
}

/// What is to be drawn, from what was typed and the matches that it was read from.
pub(super) fn validate(raw: RawRender, matches: &ArgMatches) -> Result<RenderOptions, String> {
    let Some(format) = FileFormat::of(&raw.output) else {
        return Err(format!(
            "{}: the extension names no format of figures; end the name in .svg, .pdf, .png or .html",
            raw.output.display()
        ));
    };
    if matches!(raw.view, RawView::Report) && !format.has_pages() {
        return Err(
            "a report has several pages; end the name of its file in .pdf or .html".to_owned()
        );
    }
    if raw.scale.is_some() && format != FileFormat::Png {
        return Err("--scale is for PNG; nothing else has pixels, give it a --size".to_owned());
    }
    if matches!(raw.text, RawText::Editable) && format != FileFormat::Svg {
        return Err(
            "--text is for SVG; other formats always hold what their readers need".to_owned()
        );
    }
    if raw.compare.len() > 2 {
        return Err("--compare: give two stretches of time at most".to_owned());
    }
    let days = days(raw.from.as_ref(), raw.to.as_ref())?;
    let page = match (raw.size, raw.preset) {
        (Some(Size(width, height)), _) => Page::new(width, Some(height)),
        (None, Some(preset)) => Page::default().sized(&preset),
        (None, None) => Page::default(),
    };
    let theme = raw.theme.map(|theme| match theme {
        RawTheme::Light => Theme::Light,
        RawTheme::Dark => Theme::Dark,
        RawTheme::Greyscale => Theme::Greyscale,
    });
    let (map, basemap) = raw.map.options();
    Ok(RenderOptions {
        shaping: shaping(matches),
        themed: theme.is_some(),
        form: match raw.view {
            RawView::Matrix => Some(NetworkForm::Matrix),
            RawView::Bipartite => Some(NetworkForm::Engagements),
            _ => None,
        },
        file: raw.file,
        output: raw.output,
        figure: SnapshotOptions {
            format,
            view: match raw.view {
                RawView::Timeline => FigureView::Timeline,
                RawView::Network | RawView::Matrix | RawView::Bipartite => FigureView::Network,
                RawView::Map => FigureView::Map,
                RawView::Compare => FigureView::Compare,
                RawView::Panels => FigureView::Panels,
                RawView::Levels => FigureView::Levels,
                RawView::Report => FigureView::Report,
            },
            visible: false,
            page: Page {
                theme: theme.unwrap_or_default(),
                title: raw.title,
                without: raw.without.into_iter().collect(),
                ..page
            },
            scale: raw.scale.unwrap_or(2.0),
            text: match raw.text {
                RawText::Outlines => SvgText::Outlines,
                RawText::Editable => SvgText::Editable,
            },
            with_data: raw.with_data,
        },
        days,
        only_in: raw.only_in,
        matching: match raw.matching {
            RawMatch::Possibly => Match::Possibly,
            RawMatch::Certainly => Match::Certainly,
        },
        parties: raw.party,
        kinds: raw.kind,
        classes: raw.class,
        members: raw.member,
        places: raw.place,
        partnerships: raw.partnership,
        lanes: match raw.lanes {
            RawLanes::Partnership => LaneBy::Partnership,
            RawLanes::Party => LaneBy::Party,
            RawLanes::Kind => LaneBy::Kind,
            RawLanes::Topic => LaneBy::Topic,
            RawLanes::Source => LaneBy::Source,
        },
        against: match raw.against {
            RawAgainst::Before => Against::Before,
            RawAgainst::YearEarlier => Against::YearEarlier,
            RawAgainst::Earlier => Against::Earlier,
            RawAgainst::Rest => Against::Rest,
        },
        compare: raw.compare,
        panels: raw.panels,
        network: raw.network.asked(match raw.view {
            RawView::Matrix => NetworkForm::Matrix,
            RawView::Bipartite => NetworkForm::Engagements,
            _ => NetworkForm::Parties,
        }),
        pinned_lanes: raw.pin_lane,
        folded_lanes: raw.fold_lane,
        find_lanes: raw.find_lanes,
        lane_order: match raw.lane_order {
            RawLaneOrder::Natural => LaneOrder::Natural,
            RawLaneOrder::Count => LaneOrder::Count,
            RawLaneOrder::Name => LaneOrder::Name,
            RawLaneOrder::First => LaneOrder::First,
            RawLaneOrder::Last => LaneOrder::Last,
        },
        map,
        basemap,
    })
}

/// The days between two dates, the whole of both included; a side that is not given is open.
fn days(from: Option<&When>, to: Option<&When>) -> Result<Option<DayRange>, String> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let first = from.map_or(Day(i32::MIN), |when| when.span().earliest_start.or_min());
    let last = to.map_or(Day(i32::MAX), |when| when.span().latest_end.or_max());
    if first > last {
        let text = |when: Option<&When>| when.map_or(String::new(), |when| when.edtf().to_owned());
        return Err(format!("--from {} is after --to {}", text(from), text(to)));
    }
    Ok(Some(DayRange { from: first, to: last }))
}

fn edtf(text: &str) -> Result<When, String> {
    When::parse(text).map_err(|error| error.to_string())
}

fn preset(name: &str) -> Result<Preset, String> {
    Preset::of(name).ok_or_else(|| {
        let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.key).collect();
        format!("give one of {}", names.join(", "))
    })
}

fn part(name: &str) -> Result<Part, String> {
    Part::of(name.trim()).ok_or_else(|| {
        let names: Vec<&str> = Part::ALL.iter().map(|part| part.key()).collect();
        format!("give one or more of {}", names.join(", "))
    })
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.1..=20.0).contains(&scale) => Ok(scale),
        _ => Err("give a number from 0.1 to 20, like 2".to_owned()),
    }
}

fn figure_size(text: &str) -> Result<Size, String> {
    Size::parse(text, LEAST_WIDTH)
}
