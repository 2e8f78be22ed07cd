//! Arguments: first as they are typed, then validated into what the commands need.

use std::{ffi::OsString, path::PathBuf};

use clap::{
    ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum,
};

use super::{render::RenderOptions, render_args, render_args::RawRender, size::Size};
use crate::ui;

const EXAMPLES: &str = "\
Examples:
  demarche                                  open the built-in dataset
  demarche trips.csv                        open a table of engagements
  demarche check trips.csv                  count what is in it and list its problems
  demarche render --view network -o ties.svg
  demarche render --view compare --compare 2011/2021 --compare 2022/2024 -o change.svg
  demarche render trips.csv --view timeline --lanes party --from 1990 --to 1999 -o nineties.png
  demarche render timeline.svg --view timeline --preset slide -o slide.pdf
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
        .and_then(|matches| Ok((Raw::from_arg_matches(&matches)?, matches)));
    match raw {
        Ok((raw, matches)) => match validate(raw, &matches) {
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

fn validate(raw: Raw, matches: &ArgMatches) -> Result<Invocation, String> {
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
        RawCommand::Render(raw) => {
            let matches = matches.subcommand().map_or(matches, |(_, of_render)| of_render);
            Invocation::Render(Box::new(render_args::validate(raw, matches)?))
        }
        RawCommand::Convert { from, to } => Invocation::Convert { from, to },
        RawCommand::Generate { engagements, seed, output } => {
            Invocation::Generate { engagements: engagements as usize, seed, output }
        }
    })
}

fn window_size(text: &str) -> Result<Size, String> {
    Size::parse(text, 320.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

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
