//! The table of a comparison: the ties that changed most, in a block for each change.

use crate::{
    model::{Dataset, Target, words},
    query::{ChangedTie, Comparison, TieChange},
    scene::{
        Hit, Item, Mark, Point, Rect, Role, Tokens,
        figure::{
            Legend,
            sheet::{Row, Table},
            shift,
        },
        lines::{rule, stack, wrapped},
        network::sign,
        text::{Align, Style},
    },
};

/// What a table is drawn from.
#[derive(Clone, Copy)]
pub struct TableSpec<'a> {
    /// The names of the parties.
    pub dataset: &'a Dataset,
    /// Two stretches of time.
    pub comparison: &'a Comparison,
    /// The width of the whole, in points.
    pub width: f32,
    /// How many ties of each change have a row; what more there is is counted.
    pub rows: usize,
    /// Colours.
    pub tokens: &'static Tokens,
}

/// The changes that are told, in the order in which they are.
const TOLD: [TieChange; 4] =
    [TieChange::New, TieChange::Lost, TieChange::Stronger, TieChange::Weaker];
/// The most rows of a table in a document; what more there is is counted below it.
const MOST: usize = 2_000;
/// Height of a line.
const LINE: f32 = 15.0;
/// Free space above and below the words of a row.
const PAD: f32 = 2.5;
/// Free space between two blocks.
const GUTTER: f32 = 28.0;
/// Width of a column of numbers.
const NUMBERS: f32 = 78.0;
/// The least width in which the names of two parties mostly stand in one line.
const NAMES: f32 = 150.0;
/// What the sign of a change takes before its name.
const SIGN: f32 = 16.0;

/// Draws the blocks side by side as far as they have room; nothing where nothing changed.
#[must_use]
pub fn table(spec: &TableSpec<'_>) -> Legend {
    let blocks: Vec<_> = TOLD
        .into_iter()
        .map(|change| (change, changed(spec.comparison, change)))
        .filter(|(_, ties)| !ties.is_empty())
        .collect();
    let numbers = NUMBERS * if spec.comparison.per_year { 2.0 } else { 1.0 };
    let room = ((spec.width + GUTTER) / (NAMES + numbers + GUTTER)).floor().max(1.0) as usize;
    // Rows of as many blocks each: four stand two by two where three would have room.
    let high = blocks.len().div_ceil(room).max(1);
    let wide = blocks.len().div_ceil(high).max(1);
    let width = (spec.width - GUTTER * (wide - 1) as f32) / wide as f32;
    let (mut items, mut top) = (Vec::new(), 0.0);
    for row in blocks.chunks(wide) {
        let mut tallest = 0.0_f32;
        for (at, (change, ties)) in row.iter().enumerate() {
            let (mut block, height) = Block { spec, width, numbers }.draw(*change, ties);
            shift::items(&mut block, at as f32 * (width + GUTTER), top);
            items.push(Item::Part { role: Role::Table, items: block });
            tallest = tallest.max(height);
        }
        top += tallest + 8.0;
    }
    (items, (top - 8.0).max(0.0))
}

/// The ties of one change, those that changed most first.
fn changed(comparison: &Comparison, change: TieChange) -> Vec<&ChangedTie> {
    let difference = |tie: &ChangedTie| {
        let [a, b] = comparison.strength(tie.weight);
        (b - a).abs()
    };
    let mut ties: Vec<_> = comparison.ties.iter().filter(|tie| tie.change == change).collect();
    // The list is sorted by parties, and stays so where the difference is the same.
    ties.sort_by(|a, b| difference(b).total_cmp(&difference(a)));
    ties
}

/// "Cambodia – Laos".
fn pair(dataset: &Dataset, tie: &ChangedTie) -> String {
    let [a, b] = [tie.a, tie.b].map(|party| dataset.party(party).label());
    format!("{a} – {b}")
}

/// What stands in the columns of numbers: engagements and, over stretches of unequal length, what
/// counts there, the weight a year.
fn numbers(comparison: &Comparison, tie: &ChangedTie) -> Vec<String> {
    let [before, after] = tie.engagements.map(|count| words::grouped(count as usize));
    let mut cells = vec![format!("{before} → {after}")];
    if comparison.per_year {
        let [before, after] = comparison.strength(tie.weight).map(decimal);
        cells.push(format!("{before} → {after}"));
    }
    cells
}

/// With two decimals, so that numbers below one another are read at a glance; nothing is "0".
fn decimal(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { format!("{value:.2}") }
}

/// The headings of the columns of numbers.
const HEADINGS: [&str; 2] = ["engagements", "weight a year"];

/// One change, at 0, 0.
struct Block<'a> {
    spec: &'a TableSpec<'a>,
    width: f32,
    /// The width of all columns of numbers.
    numbers: f32,
}

impl Block<'_> {
    fn draw(&self, change: TieChange, ties: &[&ChangedTie]) -> Legend {
        let TableSpec { dataset, comparison, rows, tokens, .. } = *self.spec;
        let mut items = Vec::new();
        let count = words::grouped(ties.len());
        let name = format!("{} ({count})", super::words::capital(change.label()));
        let columns = (self.numbers / NUMBERS).round() as usize;
        let headings: Vec<String> =
            HEADINGS.iter().take(columns).map(|word| (*word).to_owned()).collect();
        let strong = Style { size: Tokens::SMALL, strong: true, color: tokens.ink_strong };
        let weak = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
        let (mut head, mut y) = self.row(Role::HeadCell, SIGN, (&name, strong), (&headings, weak));
        head.extend(sign(tokens, change, Point::new(5.5, y / 2.0)));
        items.push(Item::Part { role: Role::Row, items: head });
        items.push(rule(Point::new(0.0, y), self.width, tokens.line));
        let style = Style { color: tokens.ink, ..weak };
        for tie in ties.iter().take(rows) {
            let (names, cells) = (pair(dataset, tie), numbers(comparison, tie));
            let (mut row, height) = self.row(Role::Cell, 0.0, (&names, style), (&cells, style));
            shift::items(&mut row, 0.0, y);
            let rect = Rect::new(0.0, y, self.width, height);
            let ids = [tie.a, tie.b].map(|party| &dataset.party(party).key);
            items.push(Item::Group {
                mark: Mark {
                    target: Some(Target::Tie(tie.a, tie.b)),
                    id: format!("row-{}-{}", ids[0], ids[1]),
                    title: format!("{names}: {}, {}", change.label(), cells.join(", ")),
                    hits: vec![Hit::Rect(rect)],
                },
                items: vec![Item::Part { role: Role::Row, items: row }],
            });
            y += height;
            items.push(rule(Point::new(0.0, y), self.width, tokens.line));
        }
        if let Some(more @ 1..) = ties.len().checked_sub(rows) {
            let words = [format!("and {} more", words::grouped(more))];
            let at = Point::new(0.0, y + PAD);
            let cell = stack(&words, at, LINE, Align::Left, weak);
            let cell = Item::Part { role: Role::Cell, items: cell };
            items.push(Item::Part { role: Role::Row, items: vec![cell] });
            y += LINE + PAD;
        }
        (items, y)
    }

    /// A row at 0, 0: words from `indent` on, and numbers at the right.
    fn row(
        &self,
        role: Role,
        indent: f32,
        (name, style): (&str, Style),
        (cells, number): (&[String], Style),
    ) -> Legend {
        let room = self.width - self.numbers - indent - 8.0;
        let lines = wrapped(name, room, style.size, style.strong);
        let height = lines.len().max(1) as f32 * LINE + 2.0 * PAD;
        let name = stack(&lines, Point::new(indent, PAD), LINE, Align::Left, style);
        let mut items = vec![Item::Part { role, items: name }];
        for (at, cell) in cells.iter().enumerate() {
            let right = self.width - (cells.len() - 1 - at) as f32 * NUMBERS;
            let at = Point::new(right, PAD);
            let lines = std::slice::from_ref(cell);
            items.push(Item::Part { role, items: stack(lines, at, LINE, Align::Right, number) });
        }
        (items, height)
    }
}

/// The same ties as a table of a document.
#[must_use]
pub fn listed(dataset: &Dataset, comparison: &Comparison) -> Table {
    let all: Vec<_> = TOLD
        .into_iter()
        .flat_map(|change| changed(comparison, change).into_iter().map(move |tie| (change, tie)))
        .collect();
    let row = |(change, tie): &(TieChange, &ChangedTie)| {
        let mut cells = vec![super::words::capital(change.label()), pair(dataset, tie)];
        cells.extend(numbers(comparison, tie));
        Row { target: Some(Target::Tie(tie.a, tie.b)), cells }
    };
    let columns = if comparison.per_year {
        vec![("Change", 0.14), ("Tie", 0.46), ("Engagements", 0.2), ("Weight a year", 0.2)]
    } else {
        vec![("Change", 0.2), ("Tie", 0.5), ("Engagements", 0.3)]
    };
    let remark = match all.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("and {} more", words::count(more, "tie", "ties")),
    };
    Table { columns, rows: all.iter().take(MOST).map(row).collect(), remark }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{DatasetParts, Party, PartyId},
        scene::Theme,
    };

    fn comparison(changes: &[(TieChange, u32)]) -> (Dataset, Comparison) {
        let party = |at: usize| Party {
            key: format!("p{at}").into(),
            name: format!("Party {at}").into(),
            ..Party::default()
        };
        let parties = (0..=changes.len()).map(party).collect();
        let dataset = Dataset::new(DatasetParts { parties, ..DatasetParts::default() });
        let dataset = dataset.expect("a dataset");
        let ties = changes.iter().enumerate().map(|(at, (change, count))| ChangedTie {
            a: PartyId(0),
            b: PartyId(at as u32 + 1),
            weight: [0.0, f64::from(*count)],
            engagements: [0, *count],
            change: *change,
        });
        let comparison = Comparison { ties: ties.collect(), ..Comparison::default() };
        (dataset, comparison)
    }

    /// The words of a drawing, in the order in which they stand.
    fn words(items: &[Item], out: &mut Vec<(f32, String)>) {
        for item in items {
            match item {
                Item::Text(run) => out.push((run.at.x + run.width, run.text.clone())),
                Item::Group { items, .. } | Item::Part { items, .. } => words(items, out),
                _ => {}
            }
        }
    }

    #[test]
    fn what_changed_most_stands_first_and_the_rest_is_counted() {
        use TieChange::{Lost, New, Same};
        let (dataset, comparison) =
            comparison(&[(New, 1), (Same, 9), (New, 3), (New, 2), (Lost, 4)]);
        let tokens = Tokens::of(Theme::Light);
        for width in [180.0, 400.0, 1_000.0] {
            let (items, height) = table(&TableSpec {
                dataset: &dataset,
                comparison: &comparison,
                width,
                rows: 2,
                tokens,
            });
            let mut told = Vec::new();
            words(&items, &mut told);
            assert!(told.iter().all(|(right, _)| *right <= width + 0.5), "{told:?}");
            assert!(height > 0.0);
            let told: Vec<&str> = told.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(
                told,
                [
                    "New (3)",
                    "engagements",
                    "Party 0 – Party 3",
                    "0 → 3",
                    "Party 0 – Party 4",
                    "0 → 2",
                    "and 1 more",
                    "Lost (1)",
                    "engagements",
                    "Party 0 – Party 5",
                    "0 → 4",
                ]
            );
        }
        assert_eq!(listed(&dataset, &comparison).rows.len(), 4);
    }

    #[test]
    fn nothing_changed_takes_no_room() {
        let (dataset, comparison) = comparison(&[(TieChange::Same, 1)]);
        let tokens = Tokens::of(Theme::Light);
        let spec =
            TableSpec { dataset: &dataset, comparison: &comparison, width: 500.0, rows: 8, tokens };
        assert_eq!(table(&spec), (Vec::new(), 0.0));
    }
}
