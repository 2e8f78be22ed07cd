//! The options of `demarche render` for maps.

use clap::{Args, ValueEnum};

use crate::{
    formats::gazetteer,
    layout::{basemap::Basemap, projection::Shape},
    scene::map::{Lines, MOST, MapOptions, Names},
};

/// The options as they are typed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Maps")]
pub struct RawMap {
    /// The projection of a map
    #[arg(long, value_enum, default_value_t = RawProjection::EqualEarth)]
    projection: RawProjection,
    /// What is in the middle, in degrees, for example 12.5,105; flat maps take the longitude alone
    #[arg(long, value_name = "LAT,LON", value_parser = center, allow_hyphen_values = true)]
    center: Option<Center>,
    /// Whether the map reaches as far as the whole dataset, or as what is drawn of it
    #[arg(long, value_enum, default_value_t = RawFit::All)]
    fit: RawFit,
    /// Whose outlines to draw
    #[arg(long, value_enum, default_value_t = RawBasemap::Un)]
    basemap: RawBasemap,
    /// Lines between seats, or arrows from home state to place
    #[arg(long, value_enum, default_value_t = RawLines::Ties)]
    lines: RawLines,
    /// The most lines to draw, the strongest first
    #[arg(long, value_name = "N", default_value_t = MOST)]
    top: usize,
    /// In whose language places are named
    #[arg(long, value_enum, default_value_t = RawNames::English)]
    names: RawNames,
    /// The home state (name or ISO code) of persons and bodies of which the file says none
    #[arg(long, value_name = "STATE", value_parser = home)]
    home: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawProjection {
    /// Areas are true
    EqualEarth,
    /// Directions are true
    Mercator,
    /// The globe from far away
    Globe,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawFit {
    /// The whole dataset, so that figures of parts can be laid side by side
    All,
    /// The engagements that are drawn
    Shown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawBasemap {
    /// Borders near the view of the United Nations
    Un,
    /// Borders by who controls the ground
    DeFacto,
    /// Coasts alone
    Land,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawLines {
    /// Ties between the seats of parties
    Ties,
    /// Flows from home state to place
    Flows,
    /// No lines
    None,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RawNames {
    /// English
    English,
    /// The language of the place, where a name is known
    Local,
}

/// Latitude and longitude in degrees.
#[derive(Clone, Copy, Debug)]
struct Center([f64; 2]);

impl RawMap {
    /// What the map shows, and on whose outlines.
    pub fn options(self) -> (MapOptions, Basemap) {
        let options = MapOptions {
            projection: match self.projection {
                RawProjection::EqualEarth => Shape::EqualEarth,
                RawProjection::Mercator => Shape::Mercator,
                RawProjection::Globe => Shape::Globe,
            },
            center: self.center.map(|center| center.0),
            seen: None,
            fit_shown: matches!(self.fit, RawFit::Shown),
            lines: match self.lines {
                RawLines::Ties => Lines::Ties,
                RawLines::Flows => Lines::Flows,
                RawLines::None => Lines::None,
            },
            most: self.top,
            names: match self.names {
                RawNames::English => Names::English,
                RawNames::Local => Names::Local,
            },
            home: self.home,
        };
        let basemap = match self.basemap {
            RawBasemap::Un => Basemap::Visionscarto,
            RawBasemap::DeFacto => Basemap::DeFacto,
            RawBasemap::Land => Basemap::LandOnly,
        };
        (options, basemap)
    }
}

fn center(text: &str) -> Result<Center, String> {
    let wrong = || "give latitude and longitude in degrees, like 12.5,105 or -33.9,18.4".to_owned();
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    let degrees = |text: &str, most: f64| {
        let value: f64 = text.trim().parse().map_err(|_| wrong())?;
        if value.abs() <= most { Ok(value) } else { Err(wrong()) }
    };
    Ok(Center([degrees(lat, 90.0)?, degrees(lon, 180.0)?]))
}

fn home(text: &str) -> Result<String, String> {
    gazetteer::resolve_state(text)
        .filter(|state| !state.iso3.is_empty() && state.seat().is_some())
        .map(|state| state.iso3.to_owned())
        .ok_or_else(|| {
            format!("{text}: not a state of the gazetteer; give its name or its ISO 3166 code")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_center_is_two_numbers_on_the_globe() {
        assert_eq!(center("-33.9, 18.4").map(|at| at.0), Ok([-33.9, 18.4]));
        for wrong in ["", "12", "12;13", "91,0", "0,181", "nan,0", "a,b"] {
            assert!(center(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_home_is_a_state_by_name_or_code() {
        assert_eq!(home("United States").as_deref(), Ok("USA"));
        assert_eq!(home("KHM").as_deref(), Ok("KHM"));
        assert!(home("Atlantis").unwrap_err().contains("Atlantis"));
    }
}
