//! How long the network takes to lay out, and how good it is: one line of JSON per network.
//!
//! `cargo bench --bench layout -- FILE…` measures the files that are named; without any, the
//! built-in dataset, an invented one and the graphs beside the repository where there are any.

use std::path::{Path, PathBuf};
use std::time::Instant;

use demarche::formats::{self, OpenOptions, Progress, generate};
use demarche::layout::network::{Options, arrange, party_graph, quality};
use demarche::model::Dataset;
use demarche::query::{Columns, Filter, TieWeight, evaluate, ties};

fn main() {
    let named: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .map(PathBuf::from)
        .collect();
    if !named.is_empty() {
        named.iter().for_each(|file| open(file));
        return;
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    open(&root.join("data/southeast-asia-partnerships.json"));
    measure("invented, 90,000 engagements", &generate::generate(90_000, 1));
    let graphs = root.join("../shared/data/gexf");
    let Ok(files) = std::fs::read_dir(&graphs) else {
        eprintln!("{} is not there; its graphs are left out", graphs.display());
        return;
    };
    let mut files: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    files.sort();
    files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "gexf"))
        .for_each(|file| open(file));
}

fn open(file: &Path) {
    match formats::open(file, &OpenOptions::default(), &Progress::default()) {
        Ok(opened) => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            measure(&name, &opened.dataset);
        }
        Err(error) => eprintln!("{error}"),
    }
}

fn measure(name: &str, dataset: &Dataset) {
    let columns = Columns::new(dataset);
    let all = evaluate(dataset, &columns, &Filter::default());
    let whole = ties(&columns, &all.rows, dataset.parties().len(), TieWeight::Shared);
    let (graph, _) = party_graph(dataset, &whole);
    let start = Instant::now();
    let mut frames = 0_u32;
    let positions = arrange(&graph, &Options::default(), &mut |_| {
        frames += 1;
        true
    });
    let seconds = start.elapsed().as_secs_f64();
    let quality = positions.and_then(|positions| quality::measure(&graph, &positions));
    let (stress, neighbourhood) =
        quality.map_or((f64::NAN, f64::NAN), |of| (of.stress, of.neighbourhood));
    println!(
        "{{\"network\":{name:?},\"nodes\":{},\"ties\":{},\"seconds\":{seconds:.3},\
         \"stress\":{stress:.4},\"neighbourhood\":{neighbourhood:.4},\"frames\":{frames}}}",
        graph.len(),
        graph.edges.len(),
    );
}
