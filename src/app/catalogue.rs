//! The commands that menus and the palette offer, with what they are called, what they do and their
//! keys.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    Against, ArrangeCommand, ChangeCommand, ChangeMode, Command, CopyAs, MapCommand, MapTab, Pane,
    PlayCommand, PlaySpeed, ThemeChoice,
};
use crate::query::{CalendarStep, LaneBy, Match, TieWeight};

/// The keys of a command. The first is the one that is shown.
pub type Keys = &'static [KeyboardShortcut];

/// A command as menus and the palette offer it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub hint: &'static str,
    /// What is sent.
    pub command: Command,
    /// Its keys.
    pub keys: Keys,
    /// The heading under which the list of keys shows it.
    pub group: &'static str,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const SHIFT_F: KeyboardShortcut = KeyboardShortcut::new(Modifiers::SHIFT, Key::F);
const CTRL_SHIFT_P: KeyboardShortcut =
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
const CTRL_SHIFT_Z: KeyboardShortcut =
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);

/// All commands that need no argument, in the order of the list of keys.
#[must_use]
pub fn catalogue() -> Vec<Entry> {
    const FILE: &str = "File";
    const TIME: &str = "Time";
    const READ: &str = "Read";
    const SHOW: &str = "Show";
    const FILTER: &str = "Filter";
    let entry = |group, label, hint, command, keys| Entry { label, hint, command, keys, group };
    let mut entries = vec![
        entry(
            FILE,
            "Open…",
            "Choose a file of engagements or a network: JSON, CSV, TSV, GEXF or GraphML",
            Command::OpenDialog,
            const { &[ctrl(Key::O)] },
        ),
        entry(
            FILE,
            "Open a path…",
            "Type or paste the path of a file",
            Command::OpenField,
            const { &[ctrl(Key::L)] },
        ),
        entry(
            FILE,
            "Open the built-in dataset",
            "Mekong, ASEAN, Laos, Cambodia and United States cooperation",
            Command::OpenBuiltIn,
            &[],
        ),
        entry(
            FILE,
            "Columns of this table…",
            "See how the columns were understood, and change it",
            Command::ShowMapping,
            &[],
        ),
        entry(
            FILE,
            "Export snapshot…",
            "Save the view as SVG, PDF, PNG or HTML",
            Command::ShowExport,
            const { &[ctrl(Key::E)] },
        ),
        entry(
            FILE,
            "Copy the figure as an image",
            "Put the present view on the clipboard as a picture",
            Command::CopyFigure(Box::new(None)),
            &[],
        ),
        entry(FILE, "Quit", "Close the window", Command::Quit, const { &[ctrl(Key::Q)] }),
        entry(
            TIME,
            "Zoom in",
            "Show half the time",
            Command::Zoom(0.5),
            const { &[plain(Key::W), plain(Key::Plus), plain(Key::Equals)] },
        ),
        entry(
            TIME,
            "Zoom out",
            "Show twice the time",
            Command::Zoom(2.0),
            const { &[plain(Key::S), plain(Key::Minus)] },
        ),
        entry(
            TIME,
            "Earlier",
            "Move back in time",
            Command::Pan(-0.2),
            const { &[plain(Key::A), plain(Key::ArrowLeft)] },
        ),
        entry(
            TIME,
            "Later",
            "Move forward in time",
            Command::Pan(0.2),
            const { &[plain(Key::D), plain(Key::ArrowRight)] },
        ),
        entry(
            TIME,
            "Fit the selection",
            "Show the time of the selection, or of what the filter lets through",
            Command::FitSelection,
            const { &[plain(Key::F)] },
        ),
        entry(
            TIME,
            "Fit to the filter",
            "Show the time of all that the filter lets through",
            Command::FitFilter,
            const { &[SHIFT_F] },
        ),
        entry(
            TIME,
            "Play or stop",
            "Move the window on, step by step of the calendar",
            Command::Play(PlayCommand::Toggle),
            const { &[plain(Key::P)] },
        ),
        entry(
            TIME,
            "Play backwards or stop",
            "Move the window back, step by step of the calendar",
            Command::Play(PlayCommand::ToggleBackwards),
            &[],
        ),
        entry(
            TIME,
            "A step forward",
            "Move the window by a month, a quarter or a year",
            Command::Play(PlayCommand::Step(1)),
            const { &[plain(Key::CloseBracket)] },
        ),
        entry(
            TIME,
            "A step back",
            "Move the window by a month, a quarter or a year",
            Command::Play(PlayCommand::Step(-1)),
            const { &[plain(Key::OpenBracket)] },
        ),
        entry(TIME, "Fit all", "Show all time", Command::FitAll, const { &[plain(Key::Num0)] }),
        entry(
            READ,
            "Next engagement",
            "The next one in time that the filter lets through",
            Command::Next,
            const { &[plain(Key::Period)] },
        ),
        entry(
            READ,
            "Previous engagement",
            "The one before in time that the filter lets through",
            Command::Previous,
            const { &[plain(Key::Comma)] },
        ),
        entry(
            READ,
            "Back",
            "The view, filter and selection before",
            Command::Back,
            const { &[alt(Key::ArrowLeft), ctrl(Key::Z)] },
        ),
        entry(
            READ,
            "Forward",
            "The view, filter and selection after",
            Command::Forward,
            const { &[alt(Key::ArrowRight), CTRL_SHIFT_Z, ctrl(Key::Y)] },
        ),
        entry(
            READ,
            "Clear the selection",
            "Close what is open, or select nothing",
            Command::Escape,
            const { &[plain(Key::Escape)] },
        ),
        entry(
            READ,
            "Copy the selection as text",
            CopyAs::Text.hint(),
            Command::CopySelection(CopyAs::Text),
            // The window hears these keys as the desktop's "copy", see `ui::input`.
            const { &[ctrl(Key::C)] },
        ),
        entry(
            READ,
            "Copy the selection as CSV",
            CopyAs::Table.hint(),
            Command::CopySelection(CopyAs::Table),
            &[],
        ),
        entry(
            READ,
            "Copy the selection as a citation",
            CopyAs::Citation.hint(),
            Command::CopySelection(CopyAs::Citation),
            &[],
        ),
        entry(
            FILTER,
            "Search",
            "Put the cursor into the search field",
            Command::FocusSearch,
            const { &[ctrl(Key::F)] },
        ),
        entry(
            FILTER,
            "Clear the filter",
            "Let everything pass",
            Command::ClearFilter,
            const { &[plain(Key::X)] },
        ),
        entry(
            FILTER,
            "Possibly in range",
            "Dates that may lie in the range pass",
            Command::SetMatch(Match::Possibly),
            &[],
        ),
        entry(
            FILTER,
            "Certainly in range",
            "Only dates that must lie in the range pass",
            Command::SetMatch(Match::Certainly),
            &[],
        ),
        entry(
            FILTER,
            "Only disputed dates",
            "Engagements whose sources disagree on the date",
            Command::DisputedOnly(true),
            &[],
        ),
    ];
    for by in LaneBy::ALL {
        let (label, hint) = match by {
            LaneBy::Partnership => ("Lanes by partnership", "One lane per partnership"),
            LaneBy::Party => ("Lanes by party", "One lane per party"),
            LaneBy::Kind => ("Lanes by kind", "One lane per kind of engagement"),
            LaneBy::Topic => ("Lanes by topic", "One lane per topic"),
            LaneBy::Source => ("Lanes by source", "One lane per source"),
        };
        entries.push(entry(SHOW, label, hint, Command::SetLanes(by), &[]));
    }
    entries.extend(super::lanes::entries());
    entries.extend(moving_entries().into_iter().chain(change_entries()));
    entries.extend([
        entry(
            SHOW,
            "Network",
            "Parties and ties",
            Command::SetTab(MapTab::Network),
            const { &[plain(Key::Num1)] },
        ),
        entry(
            SHOW,
            "Geography",
            "Engagements on the map",
            Command::SetTab(MapTab::Geography),
            const { &[plain(Key::Num2)] },
        ),
        entry(
            SHOW,
            "Change",
            "What changed between stretches of time",
            Command::SetTab(MapTab::Change),
            const { &[plain(Key::Num3)] },
        ),
        entry(
            SHOW,
            "Table",
            "Engagements as rows",
            Command::SetTab(MapTab::Table),
            const { &[plain(Key::Num4)] },
        ),
        entry(
            SHOW,
            "Activity",
            "Engagements over time, by kind",
            Command::SetTab(MapTab::Activity),
            const { &[plain(Key::Num5)] },
        ),
        entry(
            SHOW,
            "Findings",
            "Contradictions, and problems met when the file was read",
            Command::SetTab(MapTab::Findings),
            const { &[plain(Key::Num6)] },
        ),
        entry(
            SHOW,
            "Show or hide the filters",
            "The panel on the left",
            Command::Toggle(Pane::Filters),
            const { &[ctrl(Key::B)] },
        ),
        entry(
            SHOW,
            "Show or hide the details",
            "The panel on the right",
            Command::Toggle(Pane::Details),
            const { &[ctrl(Key::D)] },
        ),
        entry(
            SHOW,
            "Show or hide the map pane",
            "The panel below the timeline",
            Command::Toggle(Pane::Map),
            const { &[ctrl(Key::J)] },
        ),
        entry(
            SHOW,
            "All the height for the map pane",
            "Leave of the timeline only the overview; again to take it back",
            Command::FillPane,
            const { &[plain(Key::M)] },
        ),
        entry(
            SHOW,
            "Divide the height as at first",
            "Between the timeline and the map pane",
            Command::Split(None),
            &[],
        ),
        entry(SHOW, "Light theme", "Ink on paper", Command::SetTheme(ThemeChoice::Light), &[]),
        entry(SHOW, "Dark theme", "Paper on ink", Command::SetTheme(ThemeChoice::Dark), &[]),
        entry(
            SHOW,
            "System theme",
            "The one that the desktop uses",
            Command::SetTheme(ThemeChoice::System),
            &[],
        ),
        entry(
            SHOW,
            "Ties: shared weight",
            "An engagement of n parties counts 1/(n−1) for each pair",
            Command::SetTieWeight(TieWeight::Shared),
            &[],
        ),
        entry(
            SHOW,
            "Ties: raw counts",
            "An engagement counts 1 for each pair of its parties",
            Command::SetTieWeight(TieWeight::Raw),
            &[],
        ),
    ]);
    entries
        .extend(ArrangeCommand::catalogue().map(|(label, hint, command)| {
            entry(SHOW, label, hint, Command::Arrange(command), &[])
        }));
    entries.extend(
        MapCommand::catalogue()
            .map(|(label, hint, command)| entry(SHOW, label, hint, Command::Map(command), &[])),
    );
    entries.extend([
        entry(
            SHOW,
            "Command palette",
            "Find a command, an engagement, a party or a document by name",
            Command::ShowPalette,
            const { &[ctrl(Key::K), CTRL_SHIFT_P] },
        ),
        entry(
            SHOW,
            "All keys",
            "This list",
            Command::ShowKeys,
            const { &[plain(Key::Questionmark), plain(Key::F1)] },
        ),
        entry(SHOW, "About Démarche", "Version, licences and data", Command::ShowAbout, &[]),
    ]);
    let network = super::reading::entries();
    entries.extend(network.into_iter().map(|(label, hint, command)| {
        entry("Network", label, hint, Command::Network(command), &[])
    }));
    entries
}

/// How the window moves: steps and speeds.
fn moving_entries() -> Vec<Entry> {
    let steps = CalendarStep::ALL.into_iter().flat_map(|step| {
        let (by, one) = match step {
            CalendarStep::Month => ("Steps by month", "Show one month"),
            CalendarStep::Quarter => ("Steps by quarter", "Show one quarter"),
            CalendarStep::Year => ("Steps by year", "Show one year"),
        };
        [
            (by, "How far a step moves the window", PlayCommand::SetStep(step)),
            (one, "That in the middle of the window", PlayCommand::ShowOne(step)),
        ]
    });
    let motion = [
        ("Play slowly", "A step in two seconds", PlayCommand::SetSpeed(PlaySpeed::Slow)),
        ("Play at normal speed", "A step a second", PlayCommand::SetSpeed(PlaySpeed::Normal)),
        ("Play fast", "Three steps a second", PlayCommand::SetSpeed(PlaySpeed::Fast)),
        ("Reduce motion", "Steps jump instead of gliding", PlayCommand::ReduceMotion(true)),
        ("Allow motion", "Steps glide for a moment", PlayCommand::ReduceMotion(false)),
    ];
    let entry = |(label, hint, command)| Entry {
        label,
        hint,
        command: Command::Play(command),
        keys: &[],
        group: "Time",
    };
    steps.chain(motion).map(entry).collect()
}

/// What the Change tab can be asked.
fn change_entries() -> Vec<Entry> {
    let compare = Against::ALL.into_iter().filter(|against| *against != Against::Chosen);
    let compare = compare.map(|against| {
        let (label, hint) = match against {
            Against::Before => ("Compare with the stretch before", "One of the same length"),
            Against::YearEarlier => ("Compare with a year earlier", "The same days of that year"),
            Against::Earlier => ("Compare with all time before", "Everything before the window"),
            Against::Rest | Against::Chosen => {
                ("Compare with all other time", "All but the window")
            }
        };
        (label, hint, ChangeCommand::SetAgainst(against))
    });
    let others = [
        (
            "Small multiples",
            "A small network for each of several stretches of time",
            ChangeCommand::SetMode(ChangeMode::Panels),
        ),
        (
            "Levels of partnerships",
            "Which partnership was at which level when, and who says so",
            ChangeCommand::ListLevels(false),
        ),
        (
            "List of levels",
            "The levels in the window, each with its dates and its source",
            ChangeCommand::ListLevels(true),
        ),
        ("Copy the changed ties", "For a spreadsheet", ChangeCommand::Copy),
        ("Save the changed ties…", "As a table, CSV", ChangeCommand::Save),
    ];
    let entry = |(label, hint, command)| Entry {
        label,
        hint,
        command: Command::Change(command),
        keys: &[],
        group: "Show",
    };
    compare.chain(others).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_and_none_is_listed_twice() {
        let entries = catalogue();
        for (i, a) in entries.iter().enumerate() {
            for b in &entries[i + 1..] {
                assert_ne!(a.label, b.label);
                assert!(
                    a.keys.iter().all(|key| !b.keys.contains(key)),
                    "{} and {} share a key",
                    a.label,
                    b.label
                );
            }
        }
    }
}
