//! How long frames of the whole window take: interface, layout, scenes and tessellation, played
//! from a fixed script at sixty frames a second, on files of growing size.
//!
//! `cargo bench --bench frames`, with `DEMARCHE_BENCH_FILE=path` for a file of one's own, or
//! `DEMARCHE_BENCH_SIZES=1000,1000000` for other numbers of generated engagements. Prints one line
//! of JSON per file. Each file is opened by a process of its own, so that the peak of memory is its.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use demarche::{
    app::{
        Against, ChangeCommand, ChangeMode, Command, Document, MapTab, NativeDialogs,
        NetworkCommand, PanelsBy, PlayCommand, PlaySpeed, Settings, TableColumn, TimeWindow,
    },
    query::{CalendarStep, Dimension, LaneBy, LaneOrder, TieLevel},
    ui::Window,
};
use eframe::App as _;
use egui::{
    Context, Event, Id, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput,
    Rect, TouchPhase, Vec2, pos2, vec2,
};

/// Numbers of engagements that are generated unless the environment asks for others.
const SIZES: &str = "1000,10000,100000,1000000";
/// Tells the process of one file which file that is.
const ONE: &str = "DEMARCHE_BENCH_ONE";
/// The time from one frame to the next.
const FRAME: Duration = Duration::from_micros(16_667);
/// The size of the window in points.
const SIZE: Vec2 = vec2(1600.0, 1000.0);

fn main() {
    if let Ok(file) = env::var(ONE) {
        println!("{}", Driver::measure(Path::new(&file)));
        return;
    }
    if let Ok(file) = env::var("DEMARCHE_BENCH_FILE") {
        apart(Path::new(&file));
        return;
    }
    let sizes = env::var("DEMARCHE_BENCH_SIZES").unwrap_or_else(|_| SIZES.to_owned());
    for size in sizes.split(',').filter_map(|size| size.trim().parse::<usize>().ok()) {
        apart(&generated(size));
    }
}

/// Plays the script on a file in a process of its own.
fn apart(file: &Path) {
    let this = env::current_exe().expect("the path of this program");
    let status = Process::new(this).env(ONE, file).status().expect("a process can be started");
    assert!(status.success(), "{}: {status}", file.display());
}

/// A file of so many generated engagements, made once.
fn generated(size: usize) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("frames-{size}.csv"));
    if !file.exists() {
        let made = Process::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["generate", "--engagements", &size.to_string(), "--seed", "1", "-o"])
            .arg(&file)
            .stdout(Stdio::null())
            .status()
            .expect("a process can be started");
        assert!(made.success(), "generating {size} engagements: {made}");
    }
    file
}

/// What was measured of one kind of action.
#[derive(Default)]
struct Kind {
    /// Wall time of each frame, in milliseconds.
    wall: Vec<f64>,
    /// Time that the window's thread was running in each frame, in milliseconds; what others have
    /// taken of the machine is not in it, nor what other threads did meanwhile.
    thread: Vec<f64>,
}

/// The window, its clock and what was measured.
struct Driver {
    ctx: Context,
    window: Window,
    frame: eframe::Frame,
    time: f64,
    pointer: Pos2,
    modifiers: Modifiers,
    kinds: BTreeMap<String, Kind>,
}

impl Driver {
    /// Opens a file and plays the script. Returns the results as a line of JSON.
    fn measure(file: &Path) -> serde_json::Value {
        let ctx = Context::default();
        let document = Document::built_in().expect("the built-in dataset");
        let window = Window::new(&ctx, document, Settings::default(), Arc::new(NativeDialogs));
        let mut driver = Self {
            ctx,
            window,
            frame: eframe::Frame::_new_kittest(),
            time: 0.0,
            pointer: Pos2::ZERO,
            modifiers: Modifiers::NONE,
            kinds: BTreeMap::new(),
        };
        driver.frames("", 3);
        if env::var("DEMARCHE_BENCH_TAB").is_ok_and(|tab| tab == "table") {
            driver.window.state.apply(Command::SetTab(MapTab::Table));
        }
        let start = Instant::now();
        driver.window.state.apply(Command::Open(file.to_owned()));
        while driver.window.state.loading.is_some() {
            driver.step("while loading", Vec::new());
        }
        let loaded = start.elapsed();
        driver.frames("", 2);
        let drawn = start.elapsed();
        while driver.window.state.arranging.is_some() {
            driver.step("while arranging", Vec::new());
        }
        driver.frames("", 30);
        driver.script();

        let engagements = driver.window.state.document.columns.len();
        let actions: serde_json::Map<_, _> = driver
            .kinds
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, kind)| (name.clone(), summary(kind)))
            .collect();
        serde_json::json!({
            "file": file.file_name().map(|name| name.to_string_lossy().into_owned()),
            "bytes": fs::metadata(file).map_or(0, |about| about.len()),
            "engagements": engagements,
            "load_s": round(loaded.as_secs_f64()),
            "first_drawing_s": round(drawn.as_secs_f64()),
            "peak_mb": peak_memory(),
            "frames_ms": actions,
        })
    }

    /// The fixed script; only the parts that `DEMARCHE_BENCH_PARTS` names, if it names any.
    fn script(&mut self) {
        let parts = env::var("DEMARCHE_BENCH_PARTS").unwrap_or_default();
        let wanted = |name: &str| parts.is_empty() || parts.split(',').any(|part| part == name);
        let middle = self.place("timeline lanes").center();
        self.point(middle);
        self.frames("", 5);
        if wanted("time") {
            self.time(middle);
        }
        if wanted("brush") {
            self.brush();
        }
        if wanted("filter") {
            self.filter(middle);
        }
        if wanted("lanes") {
            self.lanes(middle);
        }
        if wanted("pane") {
            self.pane(middle);
        }
        if wanted("change") {
            self.change();
        }
        if wanted("play") {
            self.play();
        }
    }

    /// Pointing, zooming, panning and scrolling the timeline.
    fn time(&mut self, middle: Pos2) {
        for step in 0..60 {
            self.step("hover", vec![self.moved(middle + vec2(step as f32 * 6.0 - 180.0, 3.0))]);
        }
        // All time to two days and back, at the pointer.
        self.point(middle);
        for _ in 0..60 {
            self.step("zoom", vec![Event::Zoom(1.165)]);
        }
        self.drag("pan", middle, vec2(-7.0, 0.0), 30);
        for _ in 0..60 {
            self.step("zoom", vec![Event::Zoom(1.0 / 1.165)]);
        }
        for closer in [4.0, 12.0] {
            self.step("zoom", vec![Event::Zoom(closer)]);
            self.drag("pan", middle, vec2(-7.0, 0.0), 30);
            self.drag("pan", middle, vec2(7.0, 0.0), 30);
            for _ in 0..10 {
                self.step("pan", vec![self.wheel(vec2(40.0, 0.0))]);
            }
        }
        for _ in 0..20 {
            self.step("scroll lanes", vec![self.wheel(vec2(0.0, -60.0))]);
        }
        for _ in 0..10 {
            self.step("scroll lanes", vec![self.wheel(vec2(0.0, 60.0))]);
        }
        self.send("zoom", Command::FitAll);
    }

    /// The brush of the overview: the left handle, then the whole of it.
    fn brush(&mut self) {
        let overview = self.place("overview brush");
        let along =
            |share: f32| pos2(overview.left() + overview.width() * share, overview.center().y);
        self.drag("brush", along(0.30), vec2(6.0, 0.0), 20);
        self.drag("brush", along(0.75), vec2(-6.0, 0.0), 20);
        self.modifiers = Modifiers::COMMAND;
        self.drag("filter days", along(0.5), vec2(8.0, 0.0), 10);
        self.modifiers = Modifiers::NONE;
        self.update("filter days", Command::ClearFilter);
        self.send("zoom", Command::FitAll);
    }

    /// Facets and search.
    fn filter(&mut self, middle: Pos2) {
        for tab in [MapTab::Change, MapTab::Geography, MapTab::Network] {
            self.send("tab", Command::SetTab(tab));
            self.wait_for_ground();
            for round in 0..8 {
                self.update("facet", Command::ToggleFacet(Dimension::Party, round % 4));
                self.update("facet", Command::ToggleFacet(Dimension::Kind, round % 3));
            }
            self.update("facet", Command::ClearFilter);
        }

        self.send("", Command::FocusSearch);
        for letter in "cambodia trade".chars() {
            self.step("search", vec![Event::Text(letter.to_string())]);
            self.step("search", Vec::new());
        }
        self.update("search", Command::ClearFilter);
        self.point(middle);
        self.step("", vec![self.button(true), self.button(false)]);
    }

    /// What lanes stand for, their order, and reading along them.
    fn lanes(&mut self, middle: Pos2) {
        for by in LaneBy::ALL.into_iter().cycle().take(10) {
            self.update("lanes", Command::SetLanes(by));
        }
        self.update("lanes", Command::SetLanes(LaneBy::Party));
        for order in LaneOrder::ALL {
            self.update("lanes", Command::SortLanes(order));
        }
        for _ in 0..20 {
            self.step("scroll lanes", vec![self.wheel(vec2(0.0, -90.0))]);
        }
        self.drag("pan", middle, vec2(-7.0, 0.0), 20);
        for _ in 0..20 {
            self.send("select", Command::Next);
        }
        for step in 0..10 {
            self.point(middle + vec2(step as f32 * 13.0, 0.0));
            self.step("select", vec![self.button(true)]);
            self.step("select", vec![self.button(false)]);
        }
    }

    /// The lower pane, tab by tab.
    fn pane(&mut self, middle: Pos2) {
        let pane = self.place("network");
        self.send("tab", Command::FitAll);
        self.drag("network", pane.center(), vec2(5.0, 2.0), 30);
        for _ in 0..15 {
            self.step("network", vec![Event::Zoom(1.08)]);
        }
        self.drag("pan with network", middle, vec2(-7.0, 0.0), 20);
        self.send("tab", Command::SetTab(MapTab::Geography));
        self.point(pane.center());
        self.wait_for_ground();
        self.drag("geography", pane.center(), vec2(5.0, 2.0), 30);
        for _ in 0..15 {
            self.step("geography", vec![Event::Zoom(1.08)]);
        }
        self.drag("pan with geography", middle, vec2(-7.0, 0.0), 20);
        self.send("tab", Command::SetTab(MapTab::Table));
        self.point(pane.center());
        for _ in 0..40 {
            self.step("table", vec![self.wheel(vec2(0.0, -240.0))]);
        }
        for column in [TableColumn::Engagement, TableColumn::Who, TableColumn::Date] {
            self.send("sort table", Command::SortTable(column));
            self.send("sort table", Command::SortTable(column));
        }
        self.drag("pan with table", middle, vec2(-7.0, 0.0), 20);
        self.send("tab", Command::SetTab(MapTab::Activity));
        self.drag("pan with activity", middle, vec2(-7.0, 0.0), 20);
    }

    /// The basemap is prepared once per file.
    fn wait_for_ground(&mut self) {
        let start = Instant::now();
        let prepares = self.window.state.view.tab == MapTab::Geography;
        while prepares
            && self.window.state.ground.is_none()
            && start.elapsed() < Duration::from_secs(20)
        {
            self.step("", Vec::new());
        }
        self.frames("", 3);
        while self.window.is_catching_up() {
            self.step("", Vec::new());
        }
    }

    /// A year that moves on month by month, with a glide from one to the next.
    fn play(&mut self) {
        self.send("", Command::SetTab(MapTab::Network));
        self.send("", Command::Play(PlayCommand::ShowOne(CalendarStep::Year)));
        self.send("", Command::Play(PlayCommand::SetStep(CalendarStep::Month)));
        self.send("", Command::Play(PlayCommand::SetSpeed(PlaySpeed::Fast)));
        self.send("play", Command::Play(PlayCommand::ToggleBackwards));
        self.frames("play", 150);
        self.send("", Command::Play(PlayCommand::ToggleBackwards));
        self.send("", Command::FitAll);
    }

    /// What changed over time: two stretches compared, panels, levels, other levels of parties, and
    /// all of it one after the other.
    fn change(&mut self) {
        const COMPARE: &str = "compare";
        const PANELS: &str = "panels";
        const ROLL_UP: &str = "roll-up";
        const COMPOSED: &str = "composed step";
        let change = Command::Change;
        let level = |level| Command::Network(NetworkCommand::Level(level));
        self.send("tab", Command::FitAll);
        self.staged(COMPARE, "compare", change(ChangeCommand::SetAgainst(Against::Before)));
        self.frames("", 60);
        let overview = self.place("overview brush");
        let along =
            |share: f32| pos2(overview.left() + overview.width() * share, overview.center().y);
        self.drag("compare: brush", along(0.30), vec2(6.0, 0.0), 30);
        for from in 0..20 {
            let days = format!("{}/{}", 1991 + from, 1996 + from);
            self.staged(COMPARE, "compare: window A", change(ChangeCommand::SetFirst(days)));
        }
        for from in 0..20 {
            let days = format!("{}/{}", 1999 + from, 2004 + from);
            self.staged(COMPARE, "compare: window B", change(ChangeCommand::SetSecond(days)));
        }
        self.frames("", 60);
        let figure = self.place("compared network");
        self.drag("pan compared network", figure.center(), vec2(5.0, 2.0), 30);
        for at in [TieLevel::State, TieLevel::Body, TieLevel::Named] {
            // The first time, the pairs of that level are listed.
            self.staged("first roll-up", "roll-up", level(at));
        }
        for at in [TieLevel::State, TieLevel::Body, TieLevel::Named, TieLevel::State] {
            self.staged(ROLL_UP, "roll-up", level(at));
        }
        for by in [PanelsBy::Years, PanelsBy::Parts, PanelsBy::Years] {
            self.staged(PANELS, "panels", change(ChangeCommand::SetPanels(by)));
        }
        self.frames("", 120);
        let panels = self.place("panels");
        for step in 0..60 {
            let at = panels.left_top() + vec2(step as f32 * 12.0, 20.0 + step as f32 * 3.0);
            self.step("hover panels", vec![self.moved(at)]);
        }
        self.drag("panels: brush", along(0.5), vec2(6.0, 0.0), 20);
        self.send("levels", change(ChangeCommand::SetMode(ChangeMode::Levels)));
        self.drag("levels: brush", along(0.5), vec2(-6.0, 0.0), 20);
        // A filter, a window, a roll-up, a comparison, and the filter taken off again.
        let window = TimeWindow::new(12_000.0, 15_000.0);
        for _ in 0..5 {
            for command in [
                Command::ToggleFacet(Dimension::Kind, 1),
                Command::ShowWindow(window),
                level(TieLevel::Body),
                change(ChangeCommand::SetAgainst(Against::YearEarlier)),
                change(ChangeCommand::SetSecond(String::new())),
                Command::ClearFilter,
                level(TieLevel::Named),
                change(ChangeCommand::SetMode(ChangeMode::Levels)),
                Command::FitAll,
            ] {
                self.staged(COMPOSED, "composed", command);
                self.frames("composed", 3);
            }
        }
    }

    /// Where a pane is.
    fn place(&self, name: &'static str) -> Rect {
        let response = self.ctx.read_response(Id::unique(name));
        response.unwrap_or_else(|| panic!("the window has no {name:?}")).rect
    }

    fn moved(&self, at: Pos2) -> Event {
        Event::PointerMoved(at)
    }

    fn button(&self, pressed: bool) -> Event {
        Event::PointerButton {
            pos: self.pointer,
            button: PointerButton::Primary,
            pressed,
            modifiers: self.modifiers,
        }
    }

    fn wheel(&self, delta: Vec2) -> Event {
        Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: self.modifiers,
        }
    }

    /// Puts the pointer somewhere.
    fn point(&mut self, at: Pos2) {
        self.pointer = at;
        self.step("", vec![Event::PointerMoved(at)]);
    }

    /// Presses, moves step by step, and lets go.
    fn drag(&mut self, kind: &'static str, from: Pos2, by: Vec2, steps: usize) {
        self.point(from);
        self.step(kind, vec![self.button(true)]);
        for _ in 0..steps {
            self.pointer += by;
            self.step(kind, vec![Event::PointerMoved(self.pointer)]);
        }
        self.step(kind, vec![self.button(false)]);
    }

    /// Some frames without any event.
    fn frames(&mut self, kind: &'static str, count: usize) {
        for _ in 0..count {
            self.step(kind, Vec::new());
        }
    }

    /// Carries out a command, as a click on its button does, and shows the frame that follows it.
    fn send(&mut self, kind: &'static str, command: Command) {
        self.measured(kind, Vec::new(), Some(command));
        self.step(kind, Vec::new());
    }

    /// The same, and notes how long it takes until it is counted, and until all views show it.
    fn update(&mut self, kind: &'static str, command: Command) {
        let tab = self.window.state.view.tab.label().to_lowercase();
        self.staged(&format!("change with {tab}"), kind, command);
    }

    /// The same, noted as a step of something.
    fn staged(&mut self, what: &str, kind: &'static str, command: Command) {
        let (start, thread_start) = (Instant::now(), thread_time());
        self.measured_at(false, kind, Vec::new(), Some(command));
        let note = |driver: &mut Self, stage: &str| {
            let times = driver.kinds.entry(format!("{what}, {stage}")).or_default();
            times.wall.push(start.elapsed().as_secs_f64() * 1e3);
            times.thread.push((thread_time() - thread_start) * 1e3);
        };
        note(self, "1 applied");
        let mut counted = false;
        loop {
            let state = &self.window.state;
            if !counted && !state.derived.is_counting() && !state.changes.is_counting() {
                note(self, "2 counted");
                counted = true;
            }
            if !self.window.is_catching_up() {
                break;
            }
            self.measured_at(false, "while catching up", Vec::new(), None);
            thread::sleep(Duration::from_micros(200));
        }
        note(self, "3 to all views");
        self.step(kind, Vec::new());
    }

    /// One frame with some events.
    fn step(&mut self, kind: &'static str, events: Vec<Event>) {
        self.measured(kind, events, None);
    }

    fn measured(&mut self, kind: &'static str, events: Vec<Event>, command: Option<Command>) {
        self.measured_at(true, kind, events, command);
    }

    /// Shows one frame; `paced` waits for the time of the next one, as a display does.
    fn measured_at(
        &mut self,
        paced: bool,
        kind: &'static str,
        events: Vec<Event>,
        command: Option<Command>,
    ) {
        let thread_start = thread_time();
        let start = Instant::now();
        if let Some(command) = command {
            self.window.state.apply(command);
        }
        self.time += FRAME.as_secs_f64();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            focused: true,
            events: [Event::ModifiersChanged(self.modifiers)].into_iter().chain(events).collect(),
            ..RawInput::default()
        };
        let (window, frame) = (&mut self.window, &mut self.frame);
        let output = self.ctx.run_ui(input, |ui| {
            window.logic(&ui.ctx().clone(), frame);
            window.ui(ui, frame);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(shapes);
        let wall = start.elapsed();
        let running = thread_time() - thread_start;
        let times = self.kinds.entry(kind.to_owned()).or_default();
        times.wall.push(wall.as_secs_f64() * 1e3);
        times.thread.push(running * 1e3);
        if paced {
            // What is at work in the background goes on meanwhile.
            thread::sleep(FRAME.saturating_sub(wall));
        }
    }
}

/// p50, p95, p99 and the maximum of both clocks.
fn summary(kind: &Kind) -> serde_json::Value {
    let of = |times: &[f64]| {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let index = ((times.len() as f64 * share).ceil() as usize).max(1) - 1;
            round(times[index.min(times.len() - 1)])
        };
        (at(0.5), at(0.95), at(0.99), at(1.0))
    };
    let (wall, thread) = (of(&kind.wall), of(&kind.thread));
    serde_json::json!({
        "frames": kind.wall.len(),
        "p50": wall.0, "p95": wall.1, "p99": wall.2, "max": wall.3,
        "thread": { "p50": thread.0, "p95": thread.1, "p99": thread.2, "max": thread.3 },
    })
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The most memory that this process has had, in megabytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// How long this thread has been running, in seconds; 0 where the system does not say.
fn thread_time() -> f64 {
    // The system brings its account up to date when the thread gives way, or every few
    // milliseconds.
    thread::yield_now();
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}
