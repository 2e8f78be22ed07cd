//! An opened file with everything that is computed from it once: columns, findings, layout.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{TableColumn, TableOrder, ViewData, figure_data};
use crate::formats::network::StatedLook;
use crate::formats::table::Mapping;
use crate::formats::{self, OpenError, OpenOptions, Progress, Report};
use crate::layout::network::PartyLayout;
use crate::model::{Dataset, Day, DayRange, EngagementId, Relation};
use crate::query::{Body, Columns, Dimension, Filter, Hits, RollUp, TieIndex, TieLevel, evaluate};
use crate::scene::network::{self, NetworkOptions};

/// The dataset that comes with the program.
pub const BUILT_IN: &str = include_str!("../../data/southeast-asia-partnerships.json");

/// The name under which the built-in dataset is read.
pub const BUILT_IN_NAME: &str = "southeast-asia-partnerships.json";

/// A checksum as figures show it: its kind and its beginning. Empty for an empty one.
#[must_use]
pub fn short_checksum(sha256: &str) -> String {
    sha256.get(..16).map_or_else(String::new, |digits| format!("SHA-256 {digits}…"))
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The dataset that comes with the program.
    BuiltIn,
    /// A file.
    File(PathBuf),
    /// A figure that carries its data.
    Figure {
        /// The figure.
        path: PathBuf,
        /// The name of the file that the data was read from when the figure was made.
        file: String,
    },
}

impl Origin {
    /// The name of the file without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::BuiltIn => "built-in".to_owned(),
            Self::Figure { path, .. } => Self::File(path.clone()).name(),
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into()),
        }
    }
}

/// An opened file. It never changes; opening another file makes another document.
#[derive(Debug)]
pub struct Document {
    /// Where it comes from.
    pub origin: Origin,
    /// The dataset.
    pub dataset: Arc<Dataset>,
    /// Its columnar copy.
    pub columns: Arc<Columns>,
    /// What the reader found.
    pub report: Report,
    /// The SHA-256 of the file, in 64 hexadecimal digits.
    pub checksum: String,
    /// For tables: how the columns were understood.
    pub mapping: Option<Mapping>,
    /// For tables: the cells of the first rows.
    pub preview: Vec<Vec<String>>,
    /// For networks: how the file says that parties look, and where it puts them.
    pub look: StatedLook,
    /// For each engagement, who says how it stands to it, and by which of its relations.
    related: BTreeMap<EngagementId, Vec<(EngagementId, usize)>>,
    /// The colour slot of each party: that of the state or organisation it belongs to.
    pub party_slots: Vec<u8>,
    /// The days that the engagements may reach.
    pub extent: DayRange,
    /// Everything, unfiltered.
    pub all: Hits,
    /// The values that anything in the file has, by dimension, in the order of the filters.
    facet_values: [Vec<u32>; Dimension::ALL.len()],
    /// How many problems met when the file was read are more than a note.
    pub problems: usize,
    /// Which parties meet in which rows, by level; made when it is first asked for.
    tie_indexes: [OnceLock<TieIndex>; TieLevel::COUNT],
    /// The order of the rows by each column of the table; found when it is first asked for.
    table_orders: [OnceLock<TableOrder>; TableColumn::ALL.len()],
    /// The columns of the table.
    table_columns: Vec<TableColumn>,
}

impl Document {
    /// Reads and prepares the built-in dataset.
    ///
    /// # Errors
    /// When the data that was compiled in is broken, which a test rules out.
    pub fn built_in() -> Result<Self, OpenError> {
        let opened = formats::read(
            BUILT_IN_NAME,
            BUILT_IN.as_bytes(),
            &OpenOptions::default(),
            &Progress::default(),
        )?;
        Ok(Self::prepare(Origin::BuiltIn, opened))
    }

    /// Reads and prepares a file. Meant for a thread of its own.
    ///
    /// # Errors
    /// When nothing in the file can be used: see [`OpenError`].
    pub fn open(
        path: &Path,
        options: &OpenOptions,
        progress: &Progress,
    ) -> Result<Self, OpenError> {
        let opened = formats::open(path, options, progress)?;
        Ok(Self::prepare(Origin::File(path.to_owned()), opened))
    }

    /// Reads and prepares data that a figure carries. Meant for a thread of its own.
    ///
    /// # Errors
    /// When it is damaged: see [`OpenError`].
    pub(super) fn in_figure(
        path: &Path,
        data: &ViewData,
        packed: &str,
        progress: &Progress,
    ) -> Result<Self, OpenError> {
        let file = path.display().to_string();
        let unusable = |message| OpenError::Unusable { file, line: None, column: None, message };
        let bytes = figure_data::unpack(packed).map_err(unusable)?;
        let name = format!("{}.json", data.file);
        let opened = formats::read(&name, &bytes, &OpenOptions::default(), progress)?;
        let origin = Origin::Figure { path: path.to_owned(), file: data.file.clone() };
        // What figures made of it say is the checksum of the file it was read from at first.
        Ok(Self { checksum: data.sha256.clone(), ..Self::prepare(origin, opened) })
    }

    fn prepare(origin: Origin, opened: formats::Opened) -> Self {
        let columns = Columns::new(&opened.dataset);
        let bodies = Body::missing(&opened.dataset);
        let opened = formats::Opened { dataset: opened.dataset.with_bodies(bodies), ..opened };
        let all = evaluate(&opened.dataset, &columns, &Filter::default());
        let mut related: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for id in opened.dataset.engagement_ids() {
            for (at, relation) in opened.dataset.engagement(id).relations.iter().enumerate() {
                related.entry(relation.to).or_default().push((id, at));
            }
        }
        let engaged = all.facets.of(Dimension::Party);
        let party_slots = network::slots(&opened.dataset, engaged);
        let extent = all.extent.unwrap_or(DayRange::new(Day(0), Day(365)));
        let problems = opened.report.problems.iter();
        let problems = problems.filter(|one| one.severity != formats::Severity::Note).count();
        let table_columns = TableColumn::of(&opened.dataset);
        Self {
            facet_values: Dimension::ALL.map(|dimension| facet_values(&all, dimension)),
            problems,
            origin,
            dataset: Arc::new(opened.dataset),
            columns: Arc::new(columns),
            report: opened.report,
            checksum: opened.checksum,
            mapping: opened.mapping,
            preview: opened.preview,
            look: opened.look,
            related,
            party_slots,
            extent,
            all,
            tie_indexes: std::array::from_fn(|_| OnceLock::new()),
            table_orders: Default::default(),
            table_columns,
        }
    }

    /// Which parties meet in which rows at a level. The first call for a level takes as long as a
    /// pass over the whole dataset, later ones nothing.
    #[must_use]
    pub fn tie_index(&self, level: TieLevel) -> &TieIndex {
        self.tie_indexes[level.at()].get_or_init(|| {
            let roll_up = RollUp::new(&self.dataset, level);
            let parties = roll_up.party_ids(&self.dataset);
            TieIndex::new(&self.columns, roll_up, parties)
        })
    }

    /// Whether [`Document::tie_index`] answers at once.
    #[must_use]
    pub fn has_tie_index(&self, level: TieLevel) -> bool {
        self.tie_indexes[level.at()].get().is_some()
    }

    /// The columns of the table: those of which the file says anything.
    #[must_use]
    pub fn table_columns(&self) -> &[TableColumn] {
        &self.table_columns
    }

    /// All rows in the order of a column of the table. The first call for a column takes as long as
    /// sorting them, later ones nothing.
    #[must_use]
    pub fn table_order(&self, column: TableColumn) -> &TableOrder {
        self.table_orders[column as usize]
            .get_or_init(|| TableOrder::new(&self.dataset, &self.columns, column))
    }

    /// How its network is read unless the reader says otherwise.
    #[must_use]
    pub fn network_options(&self) -> NetworkOptions {
        let engagements = self.all.facets.of(Dimension::Party);
        NetworkOptions::suited(&self.dataset, &self.columns, engagements, &self.look)
    }

    /// The values of a dimension that anything in the file has, the most frequent first; those of a
    /// scale in its order.
    #[must_use]
    pub fn facet_values(&self, dimension: Dimension) -> &[u32] {
        &self.facet_values[dimension as usize]
    }

    /// The network as the file puts it, where it does.
    #[must_use]
    pub fn placed(&self) -> Option<PartyLayout> {
        let engagements = self.all.facets.of(Dimension::Party).to_vec();
        let any = self.look.positions.iter().any(Option::is_some);
        any.then(|| PartyLayout::placed(engagements, &self.look.positions))
    }

    /// The name of the data's file without its folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        match &self.origin {
            Origin::BuiltIn => BUILT_IN_NAME.to_owned(),
            Origin::File(_) => self.origin.name(),
            Origin::Figure { file, .. } => file.clone(),
        }
    }

    /// What others say of how they stand to an engagement: who, and the relation.
    pub fn related_to(&self, id: EngagementId) -> impl Iterator<Item = (EngagementId, &Relation)> {
        self.related.get(&id).into_iter().flatten().filter_map(|&(other, at)| {
            Some((other, self.dataset.engagement(other).relations.get(at)?))
        })
    }
}

/// See [`Document::facet_values`].
fn facet_values(all: &Hits, dimension: Dimension) -> Vec<u32> {
    let counts = all.facets.of(dimension);
    let mut values: Vec<u32> =
        (0..counts.len() as u32).filter(|value| counts[*value as usize] > 0).collect();
    if !matches!(dimension, Dimension::Evidence | Dimension::Status) {
        values.sort_by_key(|value| std::cmp::Reverse(counts[*value as usize]));
    }
    values
}
