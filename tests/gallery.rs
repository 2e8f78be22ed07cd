//! The gallery: each figure with the command that made it, made again and compared.
//!
//! To add a figure, add its line to [`FIGURES`] and run
//! `UPDATE_DOCS=1 cargo test --test gallery`; then look at it.

use std::{fmt::Write as _, fs, path::Path, process::Command};

/// The command that makes the data of the larger network.
const INVENTED: &str = "generate --engagements 2000 -o invented.csv";

/// The name of the file, what it shows, and the options that make it.
const FIGURES: [(&str, &str, &str); 28] = [
    ("timeline.svg", "Engagements by partnership.", "--view timeline"),
    ("timeline.pdf", "The same as a page with text that can be searched.", "--view timeline"),
    ("timeline.png", "The same as a picture.", "--view timeline --scale 1"),
    ("timeline.html", "The same with tooltips and a table, for browsers.", "--view timeline"),
    (
        "timeline-slide.png",
        "On a slide, from 2021 on, with a title of its own.",
        "--view timeline --from 2021 --preset slide --scale 1.25 --theme dark --without sources \
         --title Since-2021",
    ),
    (
        "timeline-column.pdf",
        "In the column of a journal that prints without colour.",
        "--view timeline --preset single-column --theme greyscale",
    ),
    (
        "timeline-parties.pdf",
        "A lane for each party, on as many pages of A4 as it takes.",
        "--view timeline --lanes party --lane-order count --preset a4-landscape",
    ),
    (
        "timeline-text.svg",
        "With text that drawing programs can edit.",
        "--view timeline --party laos --text editable",
    ),
    ("network.svg", "Who engages with whom.", "--view network"),
    ("network.pdf", "The same as a page of Letter.", "--view network --preset letter-landscape"),
    (
        "network.png",
        "The same as a picture in greys.",
        "--view network --theme greyscale --scale 1",
    ),
    ("network.html", "The same for browsers.", "--view network"),
    ("map.svg", "Engagements at their places.", "--view map"),
    ("map.pdf", "The same across two columns of a journal.", "--view map --preset column"),
    ("map.png", "The same as a card for social media.", "--view map --preset card --scale 2"),
    ("map.html", "The same for browsers.", "--view map"),
    (
        "network-state.svg",
        "At the level of states, coloured by community, as large as their betweenness.",
        "--view network --level state --color-by community --size-by betweenness",
    ),
    (
        "network-with-engagements.svg",
        "Parties and the engagements that bring them together.",
        "--view bipartite --from 2022",
    ),
    (
        "network-large.png",
        "A larger network of 2,000 invented engagements: communities, each named by its strongest; the \
         strongest of all named in any case.",
        "invented.csv --view network --color-by community --without sources --size 1600x1000 --scale 1",
    ),
    ("matrix.svg", "The same ties as a matrix, ordered by community.", "--view matrix"),
    (
        "compare.svg",
        "Ties new, lost, stronger and weaker between two stretches of time.",
        "--view compare --compare 2010/2021 --compare 2022/2024",
    ),
    (
        "panels.svg",
        "A small network for each year, in the same places.",
        "--view panels --from 2021 --to 2024 --panels years",
    ),
    ("levels.svg", "Who was at what level of which partnership, and who says so.", "--view levels"),
    (
        "map-flows.svg",
        "Flows from the home state of a party to where it met others.",
        "--view map --lines flows --fit shown",
    ),
    (
        "map-globe.svg",
        "On the globe, with flows from home state to place.",
        "--view map --projection globe --center 15,105 --lines flows",
    ),
    (
        "map-mercator.png",
        "On Mercator, only the land, names in the places' own languages.",
        "--view map --projection mercator --basemap land --names local --fit shown --scale 1",
    ),
    ("report.pdf", "All views, the table and the findings in one document.", "--view report"),
    ("report.html", "The same for browsers.", "--view report --party cambodia --from 2020"),
];

#[test]
fn the_gallery_is_what_its_commands_make() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery");
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    if update {
        fs::create_dir_all(&folder).expect("the folder");
    }
    let mut page = String::from(
        "# Gallery\n\nFigures of the built-in dataset, and one of invented data, each with the command that made it. The \
         same command makes the same\nbytes on every machine.\n",
    );
    let mut stale = Vec::new();
    let made = tempfile::tempdir().expect("a folder");
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.current_dir(made.path());
        command
    };
    let output = program().args(INVENTED.split_whitespace()).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (file, caption, options) in FIGURES {
        let _ = write!(page, "\n## {file}\n\n{caption}\n\n");
        if file.ends_with(".svg") || file.ends_with(".png") {
            let _ = writeln!(page, "![{caption}]({file})\n");
        } else {
            let _ = writeln!(page, "[{file}]({file})\n");
        }
        let invented = options.starts_with("invented.csv");
        let before = if invented { format!("demarche {INVENTED}\n") } else { String::new() };
        let _ = writeln!(page, "```\n{before}demarche render {options} -o {file}\n```");
        let output = program()
            .arg("render")
            .args(options.split_whitespace())
            .args(["-o", file])
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
        let bytes = fs::read(made.path().join(file)).expect("a figure");
        if update {
            fs::write(folder.join(file), &bytes).expect("written");
        } else if fs::read(folder.join(file)).ok().as_deref() != Some(&bytes[..]) {
            stale.push(file);
        }
    }
    if update {
        fs::write(folder.join("README.md"), &page).expect("written");
        return;
    }
    let listed = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    assert!(
        stale.is_empty() && listed == page,
        "{stale:?} or the page changed; look at them, then record them: \
         UPDATE_DOCS=1 cargo test --test gallery"
    );
    let files = fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(files, FIGURES.len() + 1, "docs/gallery holds a file that no command makes");
}
