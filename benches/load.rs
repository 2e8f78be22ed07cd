//! How long a file takes from its bytes to what a first drawing needs, and the memory at its peak.
//!
//! `cargo bench --bench load` makes tables of 10³ to 10⁶ engagements and prints one JSON object a
//! line for each; `DEMARCHE_BENCH_FILE` names a file to open instead, `DEMARCHE_BENCH_SIZES` other
//! sizes (`1000,10000000`), `DEMARCHE_BENCH_FORMAT` another format (`tsv`, `json`, `jsonl`).
//!
//! Each file is opened by a process of its own, so that the peak is that of the one file. Seconds:
//! `read` is the bytes alone, `open` everything to the dataset, `columns` the columnar copy;
//! `total` is the two together, which is what a first drawing waits for.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use demarche::{
    formats::{self, OpenOptions, Progress, generate::generate},
    query::Columns,
};

/// Names the file to a process that opens one and says how long it took.
const CHILD: &str = "DEMARCHE_BENCH_CHILD";

fn main() -> ExitCode {
    if let Some(file) = std::env::var_os(CHILD) {
        return measure(Path::new(&file));
    }
    let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(file) = var("DEMARCHE_BENCH_FILE") {
        return in_a_process(Path::new(&file));
    }
    let sizes = var("DEMARCHE_BENCH_SIZES").unwrap_or_else(|| "1000,10000,100000,1000000".into());
    let format = var("DEMARCHE_BENCH_FORMAT").unwrap_or_else(|| "csv".into());
    let folder = tempfile::tempdir().expect("a folder for the files");
    for size in sizes.split(',') {
        let engagements: usize = size.trim().parse().expect("sizes are numbers with commas");
        let file: PathBuf = folder.path().join(format!("{engagements}.{format}"));
        formats::write(&generate(engagements, 1), &file, None, Default::default)
            .expect("the file is written");
        let code = in_a_process(&file);
        if code != ExitCode::SUCCESS {
            return code;
        }
        std::fs::remove_file(&file).expect("the file is removed");
    }
    ExitCode::SUCCESS
}

/// Has a process of its own open a file.
fn in_a_process(file: &Path) -> ExitCode {
    let me = std::env::current_exe().expect("the path of this program");
    let status = Command::new(me).env(CHILD, file).status().expect("a process");
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Opens a file and prints what it took.
fn measure(file: &Path) -> ExitCode {
    let start = Instant::now();
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes.len(),
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::FAILURE;
        }
    };
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let opened = match formats::open(file, &OpenOptions::default(), &Progress::default()) {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let open = start.elapsed().as_secs_f64();
    let columns = Columns::new(&opened.dataset);
    let total = start.elapsed().as_secs_f64();
    let peak = peak_megabytes();
    let result = serde_json::json!({
        "bench": "load",
        "file": file.file_name().unwrap_or_default().to_string_lossy(),
        "format": opened.report.format,
        "bytes": bytes,
        "rows": opened.report.rows,
        "engagements": columns.engagement.len(),
        "seconds": {
            "read": round(read),
            "open": round(open),
            "columns": round(total - open),
            "total": round(total),
        },
        "peak_mb": peak,
        "peak_per_byte": peak.map(|peak| round(peak as f64 * 1e6 / bytes as f64)),
    });
    println!("{result}");
    ExitCode::SUCCESS
}

/// To thousandths.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The most memory that this process has held, in 10⁶ bytes, where the system tells it.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024 / 1_000_000)
}
