//! Long files written in blocks that are put into words side by side.

use std::io::{self, Write};

use rayon::prelude::*;

/// How many rows are put into words at a time by one thread.
const BLOCK: usize = 2048;

/// Writes rows in their order. `each` adds the words of a row.
///
/// No more of them are held at a time than keep all threads busy.
pub(super) fn write<T: Sync>(
    rows: &[T],
    out: &mut dyn Write,
    each: impl Fn(&T, &mut String) + Sync,
) -> io::Result<()> {
    for rows in rows.chunks(BLOCK * rayon::current_num_threads() * 4) {
        let blocks: Vec<String> = rows
            .par_chunks(BLOCK)
            .map(|rows| {
                let mut block = String::new();
                rows.iter().for_each(|row| each(row, &mut block));
                block
            })
            .collect();
        for block in blocks {
            out.write_all(block.as_bytes())?;
        }
    }
    Ok(())
}
