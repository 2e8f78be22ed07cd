//! Two stretches of time compared: the choice of both, what differs in a sentence, the network of
//! the difference, and its table.

use std::sync::Arc;

use egui::{Id, Mesh, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::picture::{Drawing, Picture, Shift};
use super::super::{marks, network as network_pane, paint, theme, widgets};
use super::{Slow, days_field, part, row, table, weak};
use crate::app::{Against, AppState, ChangeCommand, Command, Compared, Document};
use crate::layout::camera::Camera;
use crate::layout::network::PartyLayout;
use crate::model::{PartyId, Target};
use crate::scene::change;
use crate::scene::figure::Legend;
use crate::scene::network::{self, NetworkSpec};
use crate::scene::{Theme, Tokens};

/// What the drawing is made from.
#[derive(Clone, PartialEq)]
struct Key {
    document: usize,
    revision: u64,
    /// What is seen; all that may be drawn where nothing is said.
    camera: Option<Camera>,
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
    moved: u64,
}

/// All that the drawing needs, so that it can be made elsewhere.
struct Sheet {
    key: Key,
    document: Arc<Document>,
    layout: Arc<PartyLayout>,
    compared: Arc<Compared>,
}

impl Sheet {
    fn draw(&self) -> Drawing<Camera> {
        let (key, compared) = (&self.key, &*self.compared);
        let cast = &compared.cast;
        let reading = cast.reading(&self.document);
        let pinned = self.layout.pinned.iter().map(|party| reading.node(*party));
        let others: Vec<PartyId> =
            pinned.chain(key.highlighted).filter(|party| !cast.has(*party)).collect();
        let more;
        let ties = match others.is_empty() {
            true => &compared.drawn,
            false => {
                more = cast.drawn(&compared.comparison, &others);
                &more
            }
        };
        let mut spec = NetworkSpec {
            dataset: &self.document.dataset,
            ties,
            layout: &self.layout,
            camera: Camera::default(),
            size: key.size,
            tokens: Tokens::of(key.theme),
            highlighted: key.highlighted,
            reading,
            changes: Some(&compared.comparison),
            strongest: None,
            note: false,
        };
        // The same for all stretches of time: nobody moves when another one is chosen.
        spec.camera = key.camera.unwrap_or_else(|| network::fit_drawn(&spec));
        let (scene, camera) = (network::network(&spec), spec.camera);
        Drawing { scene, under: Mesh::default(), more: camera }
    }
}

/// What the view keeps between frames.
#[derive(Default)]
pub struct ComparePane {
    picture: Picture<Key, Camera>,
    told: Option<(ToldKey, Told)>,
    legend: Option<(LegendKey, Legend)>,
    room: Option<(RoomKey, f32)>,
    slow: Slow,
    /// Whether the table is shown where there is no room for both.
    table: bool,
}

/// Up to so many ties a comparison is drawn within the frame; of more, in the background.
const AT_ONCE: usize = 600;
/// Height of a row of controls.
const ROW: f32 = 32.0;
/// From this width on the table stands beside the network.
const BESIDE: f32 = 640.0;
/// From this height on it stands below the network where it has no room beside it.
const BELOW: f32 = 400.0;
/// Below this height what differs is said in one line, and the legend has its signs alone.
const LOW: f32 = 300.0;

impl ComparePane {
    /// Whether the next drawing is being made.
    pub const fn is_drawing(&self) -> bool {
        self.picture.is_making()
    }

    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + ROW);
        let mut controls = row(ui, bar.shrink2(vec2(12.0, 0.0)), "windows");
        windows(&mut controls, state, out);
        self.slow.show(&mut controls, state);
        if let Some(problem) = &state.changes.problem {
            let mut body = part(ui, rest, "problem");
            widgets::empty(&mut body, "These days cannot be compared", &problem.message);
            return;
        }
        let Some(compared) = state.changes.compared() else {
            widgets::empty(
                &mut part(ui, rest, "counting"),
                "Counting",
                "The other views are ready.",
            );
            return;
        };
        self.tell(state, compared);
        let low = rest.height() < LOW;
        let (beside, below) = (whole.width() >= BESIDE, rest.height() >= BELOW);
        let mut top = rest.shrink2(vec2(12.0, 0.0));
        let mut told = 0.0_f32;
        if !beside && !below {
            // One of the two at a time; what differs is said beside the choice.
            let choice = Rect::from_min_size(top.min, vec2(150.0, ROW));
            let options = [(false, "Network", ""), (true, "Table", "")];
            let mut row = row(ui, choice, "network or table");
            if let Some(table) = widgets::segmented(&mut row, "compared", &options, self.table) {
                self.table = table;
                ui.ctx().request_repaint();
            }
            top = top.with_min_x(choice.right()).with_min_y(choice.top() + 8.0);
            told = ROW;
        }
        if let Some((_, words)) = &self.told {
            told = told.max(said(ui, top, compared, words, low));
        }
        // As high as any that was said in this place: the figure below would move with every line.
        let key = (top.width(), low, state.view.change.against, state.changes.focus);
        let room =
            self.room.filter(|(old, _)| *old == key).map_or(told, |(_, room)| room.max(told));
        self.room = Some((key, room));
        let told = room;
        let (_, rest) = rest.split_top_bottom_at_y(rest.top() + told);
        if compared.comparison.is_empty() {
            widgets::empty(
                &mut part(ui, rest, "nothing"),
                "No engagement in either stretch of time",
                "Clear the filter with X, or choose other days above.",
            );
            return;
        }
        // The figure needs the last of the room more than its legend.
        let rest = match rest.height() < 150.0 {
            true => rest,
            false => self.legend(ui, rest, low, state.changes.revision, compared),
        };
        if beside {
            let width = (whole.width() * 0.42).clamp(300.0, 520.0);
            let (figure, list) = rest.split_left_right_at_x(rest.right() - width);
            self.figure(ui, figure, state, compared, out);
            vertical_line(ui, list);
            list_of_ties(ui, list, state, out);
        } else if below {
            let (figure, list) = rest.split_top_bottom_at_y(rest.top() + rest.height() * 0.52);
            self.figure(ui, figure, state, compared, out);
            list_of_ties(ui, list, state, out);
        } else if self.table {
            list_of_ties(ui, rest, state, out);
        } else {
            self.figure(ui, rest, state, compared, out);
        }
    }

    /// Puts what differs into words, where anything that they say has changed.
    fn tell(&mut self, state: &AppState, compared: &Compared) {
        let changes = &state.changes;
        let listed = changes.listing.as_ref().map(|listing| listing.list.focus);
        let key = (changes.revision, listed);
        if self.told.as_ref().is_none_or(|(old, _)| *old != key) {
            self.told = Some((key, Told::new(state, compared)));
        }
    }

    /// The legend at the foot, over the whole width. Returns what is left.
    fn legend(
        &mut self,
        ui: &Ui,
        rect: Rect,
        low: bool,
        revision: u64,
        compared: &Compared,
    ) -> Rect {
        let theme = theme::theme_of(ui.ctx());
        let key = (revision, rect.width(), low, theme);
        let made = self.legend.take().filter(|(old, _)| *old == key);
        let (_, (items, height)) = self.legend.insert(made.unwrap_or_else(|| {
            let (width, counts) = (rect.width() - 24.0, compared.counts);
            let counts = (counts, compared.cast.options.drawn_ties());
            let tokens = Tokens::of(theme);
            (key, change::legend(&compared.comparison, counts, width, !low, tokens))
        }));
        let (rest, foot) = rect.split_top_bottom_at_y(rect.bottom() - *height - 4.0);
        paint::items(ui.painter(), vec2(foot.left() + 12.0, foot.top()), items);
        rest
    }

    fn figure(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        state: &AppState,
        compared: &Arc<Compared>,
        out: &mut Vec<Command>,
    ) {
        if rect.height() < 24.0 {
            return;
        }
        if state.layout.positions.is_empty() {
            let mut body = part(ui, rect, "arranging");
            widgets::empty(&mut body, "Laying out the network", "The table is ready.");
            return;
        }
        let response = ui.interact(rect, Id::unique("compared network"), Sense::click_and_drag());
        response.widget_info(|| {
            let count = compared.comparison.ties.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("Change, {count} ties"))
        });
        let key = Key {
            document: Arc::as_ptr(&state.document).addr(),
            revision: state.changes.revision,
            camera: state.view.network,
            size: (rect.width(), rect.height()),
            theme: theme::theme_of(ui.ctx()),
            highlighted: match state.hover {
                Some(Target::Party(id)) => Some(id),
                _ => state.changes.focus,
            },
            moved: state.layout_revision,
        };
        if self.picture.shown().is_some_and(|(old, ..)| old.document != key.document) {
            self.picture.forget();
        }
        let heavy = compared.comparison.ties.len() > AT_ONCE;
        self.picture.want(ui.ctx(), &key, heavy, || {
            let sheet = Sheet {
                key: key.clone(),
                document: Arc::clone(&state.document),
                layout: Arc::clone(&state.layout),
                compared: Arc::clone(compared),
            };
            move || sheet.draw()
        });
        let Some((old, _, drawn_at)) = self.picture.shown() else {
            let mut body = part(ui, rect, "drawing");
            widgets::empty(&mut body, "Drawing the network", "The table is ready.");
            return;
        };
        // What is drawn for another view of the same is shown where it belongs in this one.
        let camera = key.camera.unwrap_or(*drawn_at);
        let shift = match *old == key {
            true => Shift::NONE,
            false => Shift::between(drawn_at, old.size, &camera, key.size),
        };
        self.picture.paint(&ui.painter().with_clip_rect(rect), rect.min, shift);
        let Some((_, scene, _)) = self.picture.shown() else { return };
        marks::interact_moved(ui, &response, rect, (scene, shift), state, out);
        if response.dragged() {
            network_pane::pan(&response, &camera, out, Command::SetNetworkCamera);
        }
        network_pane::zoom(ui, &response, rect, &camera, out, Command::SetNetworkCamera);
        network_pane::buttons(ui, rect, &camera, out, Command::SetNetworkCamera);
    }
}

fn vertical_line(ui: &Ui, rect: Rect) {
    let tokens = theme::tokens(ui.ctx());
    let line = egui::Stroke::new(1.0, theme::color(tokens.line));
    ui.painter().vline(rect.left(), rect.y_range(), line);
}

fn list_of_ties(ui: &mut Ui, rect: Rect, state: &AppState, out: &mut Vec<Command>) {
    let mut list = part(ui, rect.shrink2(vec2(12.0, 0.0)), "changed ties");
    match &state.changes.listing {
        Some(listing) => table::show(&mut list, state, listing, out),
        None => widgets::empty(&mut list, "Sorting the ties", "The figure is ready."),
    }
}

/// The choice of both stretches.
fn windows(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let view = &state.view.change;
    let compared = state.changes.compared();
    let hint = |side: usize| {
        compared.map_or_else(String::new, |compared| compared.windows.names[side].clone())
    };
    let problem = |field: usize| {
        let problem = state.changes.problem.as_ref()?;
        (problem.field == field).then_some(problem.message.as_str())
    };
    let width = ((ui.available_width() - 300.0) / 2.0).clamp(110.0, 220.0);
    weak(ui, "From");
    let first = if view.against == Against::Chosen { view.first.as_str() } else { "" };
    let hinted = if view.against == Against::Chosen { String::new() } else { hint(0) };
    let name = "First stretch of time";
    if let Some(text) = days_field(ui, name, first, &hinted, width, problem(0)) {
        out.push(Command::Change(ChangeCommand::SetFirst(text)));
    }
    weak(ui, "to");
    let name = "Second stretch of time; empty: the window";
    if let Some(text) = days_field(ui, name, &view.second, &hint(1), width, problem(1)) {
        out.push(Command::Change(ChangeCommand::SetSecond(text)));
    }
    let label = RichText::new(format!("Compared with {} ⌄", view.against.label()))
        .font(theme::font(Tokens::NOTE));
    let button = egui::Button::new(label).min_size(vec2(0.0, 26.0));
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(200.0);
        for against in Against::ALL {
            let chosen = against == view.against;
            if ui.add(egui::Button::selectable(chosen, against.label())).clicked() {
                out.push(Command::Change(ChangeCommand::SetAgainst(against)));
                ui.close();
            }
        }
    });
    if !view.second.trim().is_empty()
        && widgets::button(ui, "Follow the window")
            .on_hover_text("Compare the timeline's window again, instead of the days typed")
            .clicked()
    {
        out.push(Command::Change(ChangeCommand::SetSecond(String::new())));
    }
}

/// What was said last: of which comparison, and about whom.
type ToldKey = (u64, Option<Option<PartyId>>);
/// Where what is said stands: how wide, how low, against what, and about whom.
type RoomKey = (f32, bool, Against, Option<PartyId>);
/// What the legend was made for: which comparison, how wide, how low, and in what colours.
type LegendKey = (u64, f32, bool, Theme);

/// What is said besides the sentence: made anew only when the comparison is.
struct Told {
    remarks: String,
}

impl Told {
    fn new(state: &AppState, compared: &Compared) -> Self {
        let mut remarks = Vec::new();
        remarks.extend(state.changes.listing.as_ref().map(|listing| listing.list.about.clone()));
        if compared.windows.halves {
            let halves = "Nothing lies before the window, so its two halves are compared.";
            remarks.push(halves.to_owned());
        }
        remarks.extend(change::remarks(&compared.comparison));
        remarks.retain(|remark| !remark.is_empty());
        Self { remarks: remarks.join(" ") }
    }
}

/// Shows what differs, in one line where the pane is low. Returns the height that it takes.
fn said(ui: &mut Ui, rect: Rect, compared: &Compared, told: &Told, low: bool) -> f32 {
    let tokens = theme::tokens(ui.ctx());
    let mut child = part(ui, rect, "sentence");
    child.spacing_mut().item_spacing.y = 2.0;
    let strong = theme::strong(if low { Tokens::NOTE } else { Tokens::BODY });
    let ink = theme::color(tokens.ink_strong);
    let label = egui::Label::new(RichText::new(&compared.sentence).font(strong).color(ink));
    if low {
        let response = child.add(label.truncate());
        if !told.remarks.is_empty() {
            response.on_hover_text(format!("{}\n{}", compared.sentence, told.remarks));
        }
    } else {
        child.add(label.wrap().selectable(true));
        if !told.remarks.is_empty() {
            let text = RichText::new(&told.remarks)
                .font(theme::font(Tokens::NOTE))
                .color(theme::color(tokens.ink_weak));
            child.add(egui::Label::new(text).wrap().selectable(true));
        }
    }
    child.min_rect().height() + 4.0
}
