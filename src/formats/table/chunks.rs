//! A table read in stretches side by side, with the same result as from beginning to end.
//!
//! Where a record starts is known for certain only when everything before it has been read: a line
//! break may stand within quotes. Each stretch is therefore begun at a line break on the guess that
//! a record starts there, and the guess is checked against where the stretch before it ended. The
//! few that were wrong are read again from the right place.

use rayon::prelude::*;

use super::records::Records;

/// What was made of one stretch.
pub(super) struct Chunk<T> {
    /// How many records and empty lines stand before it in the file.
    pub before: u64,
    /// What was made of its records, which number themselves from 1.
    pub made: T,
}

/// A stretch as it was read on a guess.
struct Guess<T> {
    start: usize,
    until: usize,
    end: usize,
    lines: u64,
    made: T,
}

/// Reads the records of a text from a position on, before which there are some lines, in stretches
/// of about `size` bytes. `each` reads the records of one stretch to their end, or gives `None` to
/// stop everything.
pub(super) fn read<'a, T: Send>(
    text: &'a str,
    delimiter: u8,
    (start, lines): (usize, u64),
    size: usize,
    each: impl Fn(&mut Records<'a>) -> Option<T> + Sync,
) -> Option<Vec<Chunk<T>>> {
    let starts = starts(text.as_bytes(), start, size);
    let read = |start: usize, until: usize| {
        let mut records = Records::starting(text, delimiter, (start, 0)).until(until);
        let made = each(&mut records)?;
        let (end, lines) = (records.position(), records.number());
        Some(Guess { start, until, end, lines, made })
    };
    let guesses: Option<Vec<Guess<T>>> = (0..starts.len())
        .into_par_iter()
        .map(|at| read(starts[at], starts.get(at + 1).copied().unwrap_or(text.len())))
        .collect();
    let (mut at, mut before) = (start, lines);
    let mut chunks = Vec::with_capacity(starts.len());
    for guess in guesses? {
        let guess = if guess.start == at {
            guess
        } else if at < guess.until {
            read(at, guess.until)?
        } else {
            // A record that began before it reaches beyond it.
            continue;
        };
        chunks.push(Chunk { before, made: guess.made });
        (at, before) = (guess.end, before + guess.lines);
    }
    Some(chunks)
}

/// Where stretches of about a size start: each but the first behind a line break.
fn starts(bytes: &[u8], start: usize, size: usize) -> Vec<usize> {
    let mut starts = vec![start];
    let mut at = start.saturating_add(size.max(1));
    while let Some(line) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)) {
        let next = at + line + 1;
        if next >= bytes.len() {
            break;
        }
        starts.push(next);
        at = next.saturating_add(size.max(1));
    }
    starts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records::Record;
    use super::*;

    type Row = (u64, Option<usize>, Vec<String>);

    fn rows(text: &str, size: usize) -> Vec<Row> {
        let chunks = read(text, b',', (0, 0), size, |records| {
            let mut record = Record::default();
            let mut rows: Vec<Row> = Vec::new();
            while records.next(&mut record) {
                let cells = record.iter().map(str::to_owned).collect();
                rows.push((record.number, record.unclosed, cells));
            }
            Some(rows)
        });
        let shift = |chunk: Chunk<Vec<Row>>| {
            chunk.made.into_iter().map(move |(number, a, b)| (number + chunk.before, a, b))
        };
        chunks.expect("nothing stops it").into_iter().flat_map(shift).collect()
    }

    #[test]
    fn a_quoted_cell_over_many_stretches_is_one_cell() {
        let text = format!("a,\"{}\",b\nc,d\n", "line\n\"\"x\"\",\n".repeat(50));
        for size in [1, 7, 64, 10_000] {
            assert_eq!(rows(&text, size), rows(&text, usize::MAX));
        }
        assert_eq!(rows(&text, 16).len(), 2);
    }

    proptest! {
        #[test]
        fn any_size_of_stretch_gives_the_same_records(
            text in "([a ,\"\n]|\"\"|\r\n|\",\"|\n\"){0,60}",
            size in 1_usize..40,
        ) {
            prop_assert_eq!(rows(&text, size), rows(&text, usize::MAX));
        }
    }
}
