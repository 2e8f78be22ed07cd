//! Arguments: first as they are typed, then validated into what the commands need.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::{map_args::RawMap, network_args::RawNetwork, render::RenderOptions};
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
    ui,
};

const EXAMPLES: &str = "\
Examples:
  demarche                                  open the built-in dataset
  demarche trips.csv                        open a table of engagements
  demarche check trips.csv                  count what is in it and list its problems
  demarche render --view network -o ties.svg
  demarche render --view compare --compare 2011/2021 --compare 2022/2024 -o change.svg
  demarche render trips.csv --view timeline --lanes party --from 1990 --to 1999 -o nineties.png
  demarche convert trips.csv trips.json
  demarche generate --engagements 10000 -o large.json

Exit codes: 0 done; 1 done, and problems were found; 2 could not be done.";

/// Who met whom, when, under which partnership, what came of it, and who says so.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
#[command(disable_help_subcommand = true)]
struct Raw {
    #[command(subcommand)]
    command: Option<RawCommand>,
    #[command(flatten)]
    open: RawOpen,
}

#[derive(Debug, Args)]
struct RawOpen {
    /// The file to open; the built-in dataset when left out
    file: Option<PathBuf>,
    /// With what the window is drawn
    #[arg(long, value_enum, default_value_t = RawRenderer::Wgpu)]
    renderer: RawRenderer,
    /// Size of the window in points, for example 1280x720
    #[arg(long, value_name = "WxH", value_parser = window_size)]
    size: Option<Size>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawRenderer {
    /// Vulkan, Metal or DirectX
    Wgpu,
    /// OpenGL
    Glow,
}

// Made once per run: its size costs nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Subcommand)]
enum RawCommand {
    /// Say what is in a file, and list its problems and contradictions
    #[command(after_help = "Examples:
  demarche check trips.csv
  demarche check trips.csv --json | jq .counts

Exit codes: 0 nothing found; 1 problems or contradictions; 2 the file cannot be used.")]
    Check {
        /// The file; the built-in dataset when left out
        file: Option<PathBuf>,
        /// Print the result as JSON, documented in docs/cli.md
        #[arg(long)]
        json: bool,
    },
    /// Draw a figure with title, legend, notes and sources, without a window
    #[command(after_help = "Examples:
  demarche render --view timeline -o timeline.svg
  demarche render --view map --theme dark --size 1600x900 --scale 2 -o map.png
  demarche render --view timeline --in '2019; May-June' -o early-summers.svg
  demarche render trips.csv --view map --projection globe --center 12.5,105 -o globe.svg
  demarche render trips.csv --view map --lines flows --home 'United States' -o flows.svg
  demarche render trips.csv --view network --party usa --from 2009 --to 2013 -o network.svg

Parties, places, kinds and partnerships are given by id or by exact name. Values of one kind are
alternatives; different kinds of conditions must all hold. Dates are EDTF: 2024, 2024-06,
2024-06-04, 199X.")]
    Render(RawRender),
    /// Write a dataset in another format, by extension (.json, .jsonl, .csv, .tsv, .gexf, .graphml)
    #[command(after_help = "Examples:
  demarche convert trips.csv trips.json
  demarche convert partnerships.json partnerships.csv
  demarche convert trips.csv trips.gexf

GEXF and GraphML are networks for other programs, with positions; they carry the whole dataset, and
convert back to it.")]
    Convert {
        /// The file to read
        from: PathBuf,
        /// The file to write
        to: PathBuf,
    },
    /// Make up a realistic dataset of any size, to try things out with
    #[command(after_help = "Example:
  demarche generate --engagements 100000 --seed 7 -o large.jsonl

The same number and seed give the same file on every machine. Nothing in it happened.")]
    Generate {
        /// How many engagements
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
        engagements: u32,
        /// What the invention starts from
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// The file to write, by extension (.json, .jsonl, .csv, .tsv, .gexf, .graphml)
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

#[derive(Debug, Args)]
struct RawRender {
    /// The file; the built-in dataset when left out
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
    /// Colours
    #[arg(long, value_enum, default_value_t = RawTheme::Light)]
    theme: RawTheme,
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

/// Width and height in points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Size(f32, f32);

/// What is to be done, with all options validated.
#[derive(Debug)]
pub enum Invocation {
    /// Open the window.
    Open(ui::RunOptions),
    /// Say what is in a file.
    Check {
        /// The file; the built-in dataset when `None`.
        file: Option<PathBuf>,
        /// Whether as JSON.
        json: bool,
    },
    /// Draw a figure.
    Render(Box<RenderOptions>),
    /// Write in another format.
    Convert {
        /// The file to read.
        from: PathBuf,
        /// The file to write.
        to: PathBuf,
    },
    /// Make up a dataset.
    Generate {
        /// How many engagements.
        engagements: usize,
        /// What the invention starts from.
        seed: u64,
        /// The file to write.
        output: PathBuf,
    },
}

/// What became of the arguments.
#[derive(Debug)]
pub enum Parsed {
    /// They say what to do.
    Run(Box<Invocation>),
    /// They ask for help or the version, which is this.
    Print(String),
    /// They are wrong, for this reason.
    Refuse(String),
}

/// Reads the arguments, the first being the name of the program.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Parsed {
    let raw = Raw::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Raw::from_arg_matches(&matches));
    match raw {
        Ok(raw) => match validate(raw) {
            Ok(invocation) => Parsed::Run(Box::new(invocation)),
            Err(message) => Parsed::Refuse(message),
        },
        Err(error) if !error.use_stderr() => Parsed::Print(error.render().to_string()),
        Err(error) => Parsed::Refuse(one_line(&error.render().to_string())),
    }
}

/// The message of the argument parser without its usage, in one line.
fn one_line(message: &str) -> String {
    let told: Vec<&str> = message
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"))
        .filter(|line| !line.is_empty())
        .collect();
    let told = told.join(" ");
    let told = told.strip_prefix("error: ").unwrap_or(&told);
    format!("{told} (see demarche --help)")
}

fn validate(raw: Raw) -> Result<Invocation, String> {
    let Some(command) = raw.command else {
        let open = raw.open;
        return Ok(Invocation::Open(ui::RunOptions {
            file: open.file,
            renderer: match open.renderer {
                RawRenderer::Wgpu => ui::Renderer::Wgpu,
                RawRenderer::Glow => ui::Renderer::Glow,
            },
            size: open.size.map(|Size(width, height)| [width, height]),
        }));
    };
    Ok(match command {
        RawCommand::Check { file, json } => Invocation::Check { file, json },
        RawCommand::Render(raw) => Invocation::Render(Box::new(validate_render(raw)?)),
        RawCommand::Convert { from, to } => Invocation::Convert { from, to },
        RawCommand::Generate { engagements, seed, output } => {
            Invocation::Generate { engagements: engagements as usize, seed, output }
        }
    })
}

fn validate_render(raw: RawRender) -> Result<RenderOptions, String> {
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
    let theme = match raw.theme {
        RawTheme::Light => Theme::Light,
        RawTheme::Dark => Theme::Dark,
        RawTheme::Greyscale => Theme::Greyscale,
    };
    let (map, basemap) = raw.map.options();
    Ok(RenderOptions {
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
                theme,
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

fn window_size(text: &str) -> Result<Size, String> {
    size(text, 320.0)
}

fn figure_size(text: &str) -> Result<Size, String> {
    size(text, LEAST_WIDTH)
}

/// The longest side that can be asked for, in points: nearly two metres in print.
const MOST: f32 = 5000.0;

fn size(text: &str, least: f32) -> Result<Size, String> {
    let wrong = || format!("give width and height from {least} to {MOST} points, like 1200x800");
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let side = |text: &str, least: f32| {
        let points: f32 = text.trim().parse().map_err(|_| wrong())?;
        if (least..=MOST).contains(&points) { Ok(points.round()) } else { Err(wrong()) }
    };
    Ok(Size(side(width, least)?, side(height, 100.0)?))
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.1..=20.0).contains(&scale) => Ok(scale),
        _ => Err("give a number from 0.1 to 20, like 2".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(arguments: &[&str]) -> String {
        let all = std::iter::once("demarche").chain(arguments.iter().copied());
        match parse(all.map(OsString::from)) {
            Parsed::Refuse(message) => message,
            other => panic!("{other:?}"),
        }
    }

    fn rendering(arguments: &[&str]) -> RenderOptions {
        let all = ["demarche", "render"].iter().chain(arguments).map(OsString::from);
        match parse(all) {
            Parsed::Run(invocation) => match *invocation {
                Invocation::Render(options) => *options,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_parser_holds_together() {
        Raw::command().debug_assert();
    }

    #[test]
    fn dates_take_in_the_whole_of_both_ends() {
        let options =
            rendering(&["--view", "map", "-o", "a.svg", "--from", "2022-05", "--to", "2024"]);
        let range = options.days.unwrap();
        assert_eq!(
            (range.from.iso().as_str(), range.to.iso().as_str()),
            ("2022-05-01", "2024-12-31")
        );
        let open = rendering(&["--view", "map", "-o", "a.svg", "--to", "2024"]).days.unwrap();
        assert_eq!(open.from, Day(i32::MIN));
    }

    #[test]
    fn a_preset_is_a_size_by_name() {
        let options = rendering(&["--view", "map", "-o", "a.pdf", "--preset", "letter"]);
        let page = options.figure.page;
        assert_eq!((page.width, page.height), (612.0, Some(792.0)));
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        for (arguments, expected) in [
            (&["render", "--view", "map"][..], "--output"),
            (&["render", "--view", "globe", "-o", "a.svg"], "timeline, network, map"),
            (&["render", "--view", "map", "-o", "a.pdf", "--scale", "2"], "--scale is for PNG"),
            (&["render", "--view", "map", "-o", "a.docx"], "a.docx"),
            (&["render", "--view", "report", "-o", "a.svg"], ".pdf or .html"),
            (&["render", "--view", "map", "-o", "a"], ".svg, .pdf, .png or .html"),
            (&["render", "--view", "map", "-o", "a.svg", "--scale", "2"], "--scale is for PNG"),
            (&["render", "--view", "map", "-o", "a.png", "--scale", "0"], "0.1 to 20"),
            (&["render", "--view", "map", "-o", "a.png", "--size", "12"], "1200x800"),
            (&["render", "--view", "map", "-o", "a.png", "--preset", "a5"], "letter-landscape"),
            (&["render", "--view", "map", "-o", "a.png", "--size", "1x1"], "1200x800"),
            (&["render", "--view", "map", "-o", "a.png", "--without", "key"], "legend, notes"),
            (
                &["render", "--view", "map", "-o", "a.png", "--text", "editable"],
                "--text is for SVG",
            ),
            (&["render", "--view", "map", "-o", "a.png", "--from", "2003-02-29"], "--from"),
            (
                &["render", "--view", "map", "-o", "a.png", "--from", "2024", "--to", "2020"],
                "--from 2024 is after --to 2020",
            ),
            (&["--nonsense"], "--nonsense"),
        ] {
            let message = refusal(arguments);
            assert!(message.contains(expected), "{arguments:?}: {message}");
            assert!(!message.contains('\n') && !message.starts_with("error"), "{message}");
        }
    }
}
