//! The program from outside: what it prints, what it writes, how it ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// How a run ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Fails unless the program could not do it and said why in one line that contains `part`.
    #[track_caller]
    fn refused(&self, part: &str) {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.starts_with("demarche: "), "{}", self.err);
        assert!(self.err.contains(part), "{part:?} is not in: {}", self.err);
        assert_eq!(self.out, "");
    }
}

#[track_caller]
fn run<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let err = text(output.stderr);
    assert!(!err.contains("panicked") && !err.contains("RUST_BACKTRACE"), "{err}");
    Run { code: output.status.code().expect("no signal"), out: text(output.stdout), err }
}

/// A folder for the files of a test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a plain path").to_owned()
    }

    fn with(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).expect("written");
        self.path(name)
    }
}

fn built_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/southeast-asia-partnerships.json")
}

/// A table with one row that is right and one with a date that does not exist.
const FAULTY: &str = "date,title,participants\n2024-05-01,Talks,Laos; Cambodia\n2023-02-30,More \
                      talks,Laos; Cambodia\n";

#[test]
fn help_and_version_are_printed_and_end_well() {
    for arguments in [&["--help"][..], &["-h"], &["render", "--help"], &["check", "-h"]] {
        let run = run(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.contains("Usage: demarche"), "{}", run.out);
    }
    let help = run(&["--help"]);
    for word in ["check", "render", "convert", "generate", "--renderer", "Examples:", "Exit codes"]
    {
        assert!(help.out.contains(word), "{word}");
    }
    let version = run(&["--version"]);
    assert_eq!(version.out, format!("demarche {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_arguments_are_refused_in_one_line() {
    run(&["--nonsense"]).refused("--nonsense");
    run(&["check", "a.json", "b.json"]).refused("b.json");
    run(&["render", "-o", "a.svg"]).refused("--view");
    run(&["render", "--view", "globe", "-o", "a.svg"]).refused("timeline, network, map");
    run(&["render", "--view", "map", "-o", "a.gif"]).refused(".svg, .pdf, .png or .html");
    run(&["render", "--view", "map", "-o", "a.png", "--scale", "-1"]).refused("--scale");
    run(&["generate", "--engagements", "0", "-o", "a.json"]).refused("--engagements");
}

#[test]
fn the_built_in_data_is_counted() {
    let path = built_in();
    let run = run(&[Path::new("check"), &path]);
    assert!(run.code < 2, "{}", run.err);
    assert!(run.out.contains("24 engagements"), "{}", run.out);
    assert!(run.out.contains("5 documents"), "{}", run.out);
    for word in ["parties (", "partnerships", "places (", "topics"] {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
}

#[test]
fn json_says_the_same_and_nothing_else() {
    let run = run(&["check", "--json", built_in().to_str().expect("a plain path")]);
    let result: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(result["format"], "demarche-check/1");
    assert_eq!(result["counts"]["engagements"], 24);
    assert_eq!(result["counts"]["documents"], 5);
    let contradicted = result["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .any(|finding| finding["severity"] == "contradiction");
    assert_eq!(run.code, i32::from(contradicted));
    // Every field of the answer is documented.
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md")).unwrap();
    let fields = result.as_object().expect("an object").keys();
    for field in fields.chain(result["counts"].as_object().expect("counts").keys()) {
        assert!(docs.contains(&format!("`{field}`")), "{field} is not in docs/cli.md");
    }
}

#[test]
fn a_file_with_faults_is_used_and_reported() {
    let folder = Folder::new();
    let file = folder.with("faulty.csv", FAULTY);
    let check = run(&["check", &file]);
    assert_eq!(check.code, 1, "{}{}", check.out, check.err);
    assert!(check.out.contains("row 3"), "{}", check.out);
    let json = run(&["check", "--json", &file]);
    let result: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json.code, 1);
    assert_eq!(result["problems"][0]["row"], 3);
}

#[test]
fn what_cannot_be_used_is_refused_with_its_name_and_a_reason() {
    let folder = Folder::new();
    run(&["check", &folder.path("missing.csv")]).refused("missing.csv");
    run(&["check", &folder.path("")]).refused("folder");
    run(&["check", &folder.with("empty.csv", "")]).refused("empty");
    run(&["check", &folder.with("object.json", "{}")]).refused("object.json");
    run(&["check", &folder.with("cut.json", "{\"format\": \"demarche/1\", \"parties\": [")])
        .refused("cut.json");
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";
    run(&["check", &folder.with("picture.png", picture)]).refused("picture");
    run(&["check", &folder.with("deep.json", "[".repeat(100_000))]).refused("deep.json");
}

#[test]
fn odd_tables_never_end_in_a_panic() {
    let folder = Folder::new();
    let heading = run(&["check", &folder.with("heading.csv", "date,title,participants\n")]);
    assert!(heading.code == 1 || heading.code == 2, "{}{}", heading.out, heading.err);
    assert!(!(heading.out.clone() + &heading.err).is_empty());
    let quote = "date,title\n2024-01-01,\"never closed\n2024-01-02,next\n";
    let quote = run(&["check", &folder.with("quote.csv", quote)]);
    assert!(quote.code == 1 || quote.code == 2, "{}{}", quote.out, quote.err);
    let names: Vec<String> = (0..1000).map(|n| format!("c{n}")).collect();
    let row = vec!["x"; 1000].join(",");
    let wide = format!("{}\n{row}\n", names.join(","));
    let wide = run(&["check", &folder.with("wide.csv", wide)]);
    assert!(wide.code == 1 || wide.code == 2, "{}{}", wide.out, wide.err);
    let unknown = r#"{"format": "demarche/1", "engagements": [
        {"id": "e1", "title": "Talks", "kind": "nowhere", "participants": [{"party": "nobody"}]}]}"#;
    let unknown = run(&["check", &folder.with("unknown.json", unknown)]);
    assert!(unknown.code == 1 || unknown.code == 2, "{}{}", unknown.out, unknown.err);
    assert!(
        (unknown.out.clone() + &unknown.err).contains("nobody"),
        "{}{}",
        unknown.out,
        unknown.err
    );
}

#[test]
fn utf_16_opens() {
    let folder = Folder::new();
    let text = "date,title,participants\n2024-05-01,Hội nghị,Việt Nam; ລາວ\n";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let check = run(&["check", &folder.with("wide.csv", bytes)]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    assert!(check.out.contains("1 engagement"), "{}", check.out);
}

#[test]
fn a_large_foreign_table_is_accounted_for() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/us-travels/us_travels_president_secstate.csv"
    );
    if !Path::new(path).exists() {
        println!("skipped: {path} is not here");
        return;
    }
    let run = run(&["check", path]);
    assert!(run.code < 2, "{}", run.err);
    assert!(run.out.contains("4,271 engagements"), "{}", run.out);
    assert!(run.out.contains("4,271 rows read, 4,271 of them engagements"), "{}", run.out);
}

#[test]
fn figures_are_valid_small_and_the_same_every_time() {
    let folder = Folder::new();
    for view in ["timeline", "network", "map"] {
        let (a, b) = (folder.path("a.svg"), folder.path("b.svg"));
        for file in [&a, &b] {
            let run = run(&["render", "--view", view, "-o", file]);
            assert_eq!((run.code, run.err.as_str()), (0, ""));
            assert!(run.out.contains("24 of 24 engagements"), "{}", run.out);
        }
        let svg = fs::read_to_string(&a).expect("the figure");
        assert!(svg == fs::read_to_string(&b).expect("the figure"), "{view} differs");
        let document = roxmltree::Document::parse(&svg).expect("XML");
        assert!(document.descendants().filter(|node| node.has_tag_name("title")).count() > 10);
        assert!(svg.contains("aria-label=\"Sources\"") && svg.contains("SHA-256"), "{view}");
        if view == "timeline" {
            assert!(svg.len() < 150_000, "{} bytes", svg.len());
        }
    }
}

#[test]
fn pictures_have_the_size_that_was_asked_for_and_are_the_same_every_time() {
    let folder = Folder::new();
    let (a, b) = (folder.path("a.png"), folder.path("b.png"));
    for file in [&a, &b] {
        let arguments =
            ["render", "--view", "network", "--size", "800x700", "--scale", "1.5", "-o", file];
        assert_eq!(run(&arguments).code, 0);
    }
    let file = fs::read(&a).expect("the picture");
    assert!(file == fs::read(&b).expect("the picture"));
    let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().expect("PNG");
    assert_eq!((reader.info().width, reader.info().height), (1200, 1050));
    let large = ["render", "--view", "map", "--size", "5000x5000", "--scale", "20", "-o", &a];
    run(&large).refused("too large");
    assert!(file == fs::read(&a).expect("the picture"), "a failed export leaves the old file");
}

#[test]
fn a_figure_shows_what_passes_and_says_so() {
    let folder = Folder::new();
    let out = folder.path("a.svg");
    let shown = |arguments: &[&str]| {
        let all = [&["render", "--view", "timeline", "-o", &out], arguments].concat();
        let run = run(&all);
        assert_eq!(run.code, 0, "{}", run.err);
        let words = run.out.rsplit(": ").next().unwrap_or_default().to_owned();
        let count: usize = words.split(' ').next().unwrap_or_default().parse().expect("a number");
        (count, fs::read_to_string(&out).expect("the figure"))
    };
    let (all, _) = shown(&[]);
    let (possibly, _) = shown(&["--from", "2024", "--to", "2024"]);
    let (certainly, svg) = shown(&["--from", "2024", "--to", "2024", "--match", "certainly"]);
    assert!(certainly < possibly && possibly < all, "{certainly} {possibly} {all}");
    assert!(svg.contains("certainly in 2024"));
    let (may, svg) = shown(&["--in", "2019; every May"]);
    assert!(0 < may && may < all && svg.contains("May"), "{may} {all}");
    run(&["render", "--view", "map", "--in", "2019; Mai", "-o", &out]).refused("“Mai”");
    let (with, svg) = shown(&["--party", "united states"]);
    assert!(0 < with && with < all && svg.contains("with United States"));
    let (kind, _) = shown(&["--kind", "summit", "--lanes", "party", "--theme", "dark"]);
    assert!(0 < kind && kind < all);
    let arguments = ["render", "--view", "map", "--party", "Cambdia", "-o", &out];
    run(&arguments).refused("did you mean Cambodia");
}

#[test]
fn a_figure_is_drawn_again_from_what_it_carries() {
    let folder = Folder::new();
    let rows = "date,title,participants,place\n2019-05-01,Talks,Laos; Cambodia,Vientiane\n\
                2024-05-01,Visit,United States; Cambodia,Phnom Penh\n";
    let table = folder.with("trips.csv", rows);
    for (view, asked) in [
        ("timeline", &["--lanes", "kind", "--from", "2020"][..]),
        ("network", &["--level", "state", "--theme", "dark"]),
        ("matrix", &[]),
        ("map", &["--projection", "globe"]),
        ("compare", &["--compare", "2019", "--compare", "2024"]),
    ] {
        let (first, second) = (folder.path("first.svg"), folder.path("second.svg"));
        let mut arguments = vec!["render", &table, "--view", view, "-o", &first];
        arguments.extend(asked);
        assert_eq!(run(&arguments).code, 0, "{view}");
        let again = run(&["render", &first, "--view", view, "-o", &second]);
        assert_eq!((again.code, again.err.as_str()), (0, ""), "{view}");
        let (first, second) = (fs::read(&first).unwrap(), fs::read(&second).unwrap());
        assert!(first == second, "{view} is drawn otherwise");
    }
    // What it shows is its own affair.
    let figure = folder.path("first.svg");
    let again = ["render", &figure, "--view", "map", "-o", &folder.path("second.svg")];
    let with = |more: &[&str]| run(&again.iter().chain(more).copied().collect::<Vec<_>>());
    with(&["--party", "laos", "--in", "2019"]).refused("leave out --party, --in");
    with(&["--match", "possibly"]).refused("trips.csv");
    // Data that have changed are told, and data that are gone are asked for.
    fs::write(&table, rows.replace("Talks", "More talks")).unwrap();
    let changed = with(&[]);
    assert!(changed.code == 1 && changed.err.contains("has changed since"), "{}", changed.err);
    fs::remove_file(&table).unwrap();
    with(&[]).refused("a figure or view of trips.csv, which is not beside it");
}

#[test]
fn a_figure_of_a_faulty_file_is_written_and_its_faults_are_told() {
    let folder = Folder::new();
    let (file, out) = (folder.with("faulty.csv", FAULTY), folder.path("a.svg"));
    let run = run(&["render", &file, "--view", "timeline", "-o", &out]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("faulty.csv") && run.err.contains("row 3"), "{}", run.err);
    assert!(fs::read_to_string(&out).expect("the figure").contains("Talks"));
}

#[test]
fn a_figure_of_nothing_is_still_a_figure() {
    let folder = Folder::new();
    let out = folder.path("a.svg");
    for view in ["timeline", "network", "map"] {
        let run = run(&["render", "--view", view, "--from", "1500", "--to", "1501", "-o", &out]);
        assert_eq!(run.code, 0, "{}", run.err);
        let svg = fs::read_to_string(&out).expect("the figure");
        roxmltree::Document::parse(&svg).expect("XML");
    }
}

#[test]
fn text_that_no_font_has_is_drawn_as_boxes_and_told() {
    let folder = Folder::new();
    let file = folder.with("han.csv", "date,title,participants\n2024-05-01,會談,Laos; Cambodia\n");
    let run = run(&["render", &file, "--view", "timeline", "-o", &folder.path("a.svg")]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("會 (U+6703)"), "{}", run.err);
}

#[test]
fn nothing_is_written_where_it_cannot_be() {
    let folder = Folder::new();
    let out = folder.path("no/such/folder/a.svg");
    run(&["render", "--view", "map", "-o", &out]).refused("folder");
}

#[test]
fn datasets_are_converted_and_converted_back() {
    let folder = Folder::new();
    let (json, csv) = (folder.path("a.json"), folder.path("b.csv"));
    let made = run(&["generate", "--engagements", "50", "--seed", "3", "-o", &json]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let again = folder.path("again.json");
    run(&["generate", "--engagements", "50", "--seed", "3", "-o", &again]);
    assert!(fs::read(&json).expect("a file") == fs::read(&again).expect("a file"));
    let converted = run(&["convert", &json, &csv]);
    assert!(converted.code < 2, "{}", converted.err);
    let check = run(&["check", &csv]);
    assert!(check.out.contains("50 engagements"), "{}", check.out);
    run(&["convert", &json, &json]).refused("being converted");
    run(&["convert", &json, &folder.path("a.docx")]).refused("format");
}

#[cfg(unix)]
#[test]
fn a_reader_that_stops_early_is_no_fault() {
    let command = format!(
        "'{}' check '{}' --json | head -c 1",
        env!("CARGO_BIN_EXE_demarche"),
        built_in().display()
    );
    let output = Command::new("sh").args(["-c", &command]).output().expect("a shell");
    assert_eq!(output.stdout, b"{");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
