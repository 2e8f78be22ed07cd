//! Networks written and read back, networks of other programs, and files that are damaged.

use super::*;
use crate::formats::{OpenError, OpenOptions, Opened, Progress, Severity, generate, read};
use crate::model::{Dataset, Party, PartyKind};
use proptest::prelude::*;

fn open(name: &str, text: &str) -> Result<Opened, OpenError> {
    read(name, text.as_bytes(), &OpenOptions::default(), &Progress::default())
}

fn look(dataset: &Dataset) -> NetworkLook {
    let count = dataset.parties().len();
    NetworkLook {
        positions: (0..count)
            .map(|at| (at % 5 != 4).then(|| [at as f64 * 1.25, -3.5 * at as f64]))
            .collect(),
        radii: vec![6.0; count],
        colors: (0..count).map(|at| [at as u8, 20, 200]).collect(),
        formal: dataset
            .partnerships()
            .iter()
            .enumerate()
            .filter(|(_, partnership)| partnership.members.len() > 1)
            .map(|(at, of)| (PartnershipId::at(at), of.members[0].party, of.members[1].party))
            .collect(),
    }
}

/// The rules of the published GEXF 1.3 schema that a file of ours could break.
fn assert_follows_the_schema(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap();
    let root = document.root_element();
    let names = |node: roxmltree::Node<'_, '_>| -> Vec<String> {
        node.children()
            .filter(roxmltree::Node::is_element)
            .map(|n| n.tag_name().name().to_owned())
            .collect()
    };
    assert_eq!(root.attribute("version"), Some("1.3"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert_eq!(node.tag_name().namespace(), Some("http://gexf.net/1.3"), "{node:?}");
        let (required, allowed): (&[&str], &[&str]) = match node.tag_name().name() {
            "gexf" => (&["version"], &["variant"]),
            "graph" => (
                &[],
                &[
                    "mode",
                    "timeformat",
                    "timerepresentation",
                    "start",
                    "end",
                    "timezone",
                    "defaultedgetype",
                    "idtype",
                ],
            ),
            "attributes" => (&["class"], &["mode"]),
            "attribute" => (&["id", "title", "type"], &[]),
            "attvalue" => (&["for", "value"], &["start", "end"]),
            "nodes" | "edges" => (&[], &["count"]),
            "node" => (&["id"], &["label", "start", "end"]),
            "edge" => (&["source", "target"], &["id", "label", "weight", "kind", "type"]),
            "spell" => (&[], &["start", "end"]),
            "color" => (&["r", "g", "b"], &["a"]),
            "position" => (&["x", "y"], &["z"]),
            "size" => (&["value"], &[]),
            "meta" | "creator" | "description" | "attvalues" | "spells" => (&[], &[]),
            other => panic!("{other} is no element of the schema"),
        };
        for name in required {
            assert!(node.attribute(*name).is_some(), "{node:?} has no {name}");
        }
        for attribute in node.attributes() {
            let known = required.contains(&attribute.name()) || allowed.contains(&attribute.name());
            assert!(known, "{node:?} {}", attribute.name());
            if matches!(attribute.name(), "start" | "end") {
                assert!(crate::model::When::parse(attribute.value()).is_ok(), "{attribute:?}");
            }
        }
        if node.tag_name().name() == "spells" {
            assert!(!names(node).is_empty());
        }
    }
    assert_eq!(names(root), ["meta", "graph"]);
    let graph = root.children().find(|node| node.has_tag_name(("http://gexf.net/1.3", "graph")));
    assert_eq!(names(graph.unwrap()), ["attributes", "attributes", "nodes", "edges"]);
}

/// What Gephi's importers (<https://github.com/gephi/gephi>, `ImporterGEXF`, `ImporterGraphML`,
/// `ImportContainerImpl`) would complain of, merge or lose, as far as a file of ours could hold it.
fn assert_gephi_loses_nothing(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap();
    let all = |name: &'static str| {
        document.descendants().filter(move |node| node.tag_name().name() == name)
    };
    let [mut ids, mut pairs] = [(); 2].map(|()| std::collections::BTreeSet::new());
    for node in all("node") {
        let id = node.attribute("id").unwrap_or_default();
        // Ids that begin or end with a space or hold a line break are warned of.
        assert!(!id.is_empty() && id.trim() == id && !id.contains('\n'), "{id:?}");
        assert!(ids.insert((id.to_owned(), String::new())), "{id} twice");
        assert_eq!(node.attribute("pid"), None, "hierarchies are refused");
    }
    for edge in all("edge") {
        let [a, b] = ["source", "target"].map(|end| edge.attribute(end).unwrap_or_default());
        let (a, b) = (a.min(b).to_owned(), a.max(b).to_owned());
        // What has no weight is dropped, and edges of one kind between the same nodes are merged.
        let kind = edge.attribute("kind").or(edge.attribute("label")).unwrap_or_default();
        assert!(pairs.insert((format!("{a}\n{b}"), kind.to_owned())), "{a} – {b}: {kind} twice");
        let weight = edge.attribute("weight").map(str::to_owned).or_else(|| {
            let data = edge.children().find(|data| data.attribute("key") == Some("weight"))?;
            data.text().map(str::to_owned)
        });
        assert!(weight.unwrap().parse::<f32>().unwrap() > 0.0);
        assert!(!matches!(edge.attribute("type"), Some("mutual")), "not known to Gephi");
    }
    for graph in all("graph").filter(|graph| graph.has_attribute("mode")) {
        // Without a format, time is a number; without a representation, spells are refused where
        // points in time are expected.
        assert_eq!(graph.attribute("timeformat"), Some("date"));
        assert_eq!(graph.attribute("timerepresentation"), Some("interval"));
    }
    for spells in all("spells") {
        let mut last = None;
        for spell in spells.children().filter(roxmltree::Node::is_element) {
            let [start, end] = ["start", "end"].map(|end| spell.attribute(end));
            // A spell without either end is passed over; one that runs into the next is an error.
            assert!(start.is_some() || end.is_some());
            assert!(start.zip(end).is_none_or(|(start, end)| start <= end));
            assert!(start.is_none() && last.is_none() || start > last, "{spells:?}");
            last = Some(end.unwrap_or("9999"));
            // Any year of more or fewer than four digits ends the import.
            for day in [start, end].into_iter().flatten() {
                assert!(day.len() == 10 && day.as_bytes()[4] == b'-', "{day}");
            }
            for name in ["startopen", "endopen"] {
                assert!(!spell.has_attribute(name), "warned of");
            }
        }
    }
    for size in all("size") {
        // Only the first attribute is looked at.
        assert_eq!(
            size.attributes().next().map(|first| first.name().to_owned()).as_deref(),
            Some("value")
        );
    }
    let mut columns = std::collections::BTreeSet::new();
    for attribute in all("attribute") {
        let class = attribute.parent().and_then(|list| list.attribute("class"));
        assert!(matches!(class, Some("node" | "edge")));
        assert!(columns.insert((class, attribute.attribute("id"))), "{attribute:?} twice");
        assert!(matches!(attribute.attribute("type"), Some("string" | "integer" | "double")));
    }
    for key in all("key") {
        assert!(key.attribute("attr.type").is_some_and(|of| !of.is_empty()), "warned of");
    }
}

#[test]
fn two_partnerships_of_a_pair_stay_two_edges_in_programs_that_merge_those_of_one_kind() {
    let (dataset, mut look) = (0..)
        .map(|seed| generate::generate(60, seed))
        .map(|dataset| (look(&dataset), dataset))
        .find_map(|(look, dataset)| (!look.formal.is_empty()).then_some((dataset, look)))
        .unwrap();
    let (of, a, b) = look.formal[0];
    look.formal.push((of, b, a));
    for text in [write_gexf(&dataset, &look), write_graphml(&dataset, &look)] {
        assert_gephi_loses_nothing(&text);
        assert!(text.contains("partnership 2"));
    }
}

#[test]
fn yed_finds_discs_names_and_colours_where_it_looks_for_them() {
    let dataset = generate::generate(8, 3);
    let look = look(&dataset);
    let text = write_graphml(&dataset, &look);
    let document = roxmltree::Document::parse(&text).unwrap();
    let key = document.descendants().find(|node| node.has_attribute("yfiles.type")).unwrap();
    assert_eq!(key.attribute("yfiles.type"), Some("nodegraphics"));
    let drawn: Vec<_> = document
        .descendants()
        .filter(|node| node.attribute("key") == key.attribute("id"))
        .collect();
    assert_eq!(drawn.len(), look.positions.iter().flatten().count());
    let name = dataset.parties()[0].name.to_string();
    let label = drawn[0].descendants().find(|node| node.tag_name().name() == "NodeLabel");
    assert_eq!(label.and_then(|label| label.text()), Some(&*name));
    let of = |name: &str| {
        let shape = drawn[1].descendants().find(|node| node.tag_name().name() == "Geometry");
        shape.unwrap().attribute(name).unwrap().parse::<f64>().unwrap()
    };
    // The second party stands at 1.25, -3.5 with a radius of 6; yEd places corners.
    assert_eq!([of("x"), of("y"), of("width")], [-4.75, -9.5, 12.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_dataset_comes_back_the_same_from_either_format(size in 0usize..60, seed in 0u64..1000) {
        let dataset = generate::generate(size, seed);
        let look = look(&dataset);
        for (name, text) in [
            ("a.gexf", write_gexf(&dataset, &look)),
            ("a.graphml", write_graphml(&dataset, &look)),
        ] {
            let opened = open(name, &text).unwrap();
            prop_assert!(opened.dataset == dataset, "{}", name);
            prop_assert_eq!(&opened.look.positions, &look.positions);
            // Without what it carries it is still the network.
            let network = text.split("<?demarche-data").next().unwrap_or_default();
            let Ok(foreign) = open(name, network) else { continue };
            prop_assert_eq!(foreign.dataset.parties().len(), dataset.parties().len());
            prop_assert_eq!(&foreign.look.positions, &look.positions);
            prop_assert!(foreign.report.problems.is_empty(), "{:?}", foreign.report.problems);
        }
        assert_follows_the_schema(&write_gexf(&dataset, &look));
        assert_gephi_loses_nothing(&write_gexf(&dataset, &look));
        assert_gephi_loses_nothing(&write_graphml(&dataset, &look));
    }

    #[test]
    fn no_cut_and_no_byte_makes_a_reader_panic(at in 0usize..4000, byte in any::<u8>()) {
        let dataset = generate::generate(6, 1);
        let text = write_gexf(&dataset, &look(&dataset));
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read("a.gexf", &bytes, &OpenOptions::default(), &Progress::default());
        bytes.truncate(at);
        let _ = read("a.gexf", &bytes, &OpenOptions::default(), &Progress::default());
    }
}

#[test]
fn spells_weights_and_open_ends_are_read_as_dates_and_fields() {
    let text = r#"<gexf xmlns="http://gexf.net/1.2" version="1.3"><graph mode="dynamic"
        timeformat="date" defaultedgetype="directed">
        <attributes class="edge"><attribute id="0" title="topic" type="string"/></attributes>
        <nodes><node id="a" label="Laos"/><node id="b" label="Cambodia"><attvalues/>
        <position x="3" y="4"/></node></nodes>
        <edges><edge source="a" target="b" weight="2.5" kind="Visit">
        <attvalues><attvalue for="0" value="dams" start="2009-01-01"/></attvalues>
        <spells><spell start="2009-03-01" end="2009-03-10"/><spell start="2010-01-01"/></spells>
        </edge><edge source="a" target="z"/></edges></graph></gexf>"#;
    let opened = open("a.gexf", text).unwrap();
    let dates: Vec<&str> = opened
        .dataset
        .engagements()
        .iter()
        .map(|engagement| engagement.dates[0].when.edtf())
        .collect();
    assert_eq!(dates, ["2009-03-01/2009-03-10", "2010-01-01/.."]);
    let first = &opened.dataset.engagements()[0];
    assert_eq!(&*first.title, "Laos – Cambodia");
    assert_eq!(&*opened.dataset.kind(first.kind).name, "Visit");
    let fields: Vec<(&str, &str)> = first
        .extras
        .iter()
        .map(|(field, value)| (&**opened.dataset.field(*field), &**value))
        .collect();
    assert_eq!(fields, [("weight", "2.5"), ("topic", "dams (2009-01-01..)")]);
    assert_eq!(opened.look.positions, [None, Some([3.0, -4.0])]);
    let problems = &opened.report.problems;
    assert_eq!(problems.iter().filter(|one| one.severity == Severity::Error).count(), 1);
    let missing = problems.iter().find(|one| one.severity == Severity::Error).unwrap();
    assert!(missing.message.contains("“z”"), "{missing:?}");
    assert_eq!(missing.location.row, Some(9), "{missing:?}");
    assert!(problems.iter().any(|one| one.message.contains("namespace")));
}

#[test]
fn numbers_that_can_be_years_are_years_and_others_are_kept_as_they_are() {
    let graph = |start: &str| {
        format!(
            "<gexf><graph timeformat=\"double\"><nodes><node id=\"a\"/><node id=\"b\"/></nodes>\
             <edges><edge source=\"a\" target=\"b\" start=\"{start}\"/></edges></graph></gexf>"
        )
    };
    let years = open("a.gexf", &graph("2005.0")).unwrap().dataset;
    assert_eq!(years.engagements()[0].dates[0].when.edtf(), "2005/..");
    let ticks = open("a.gexf", &graph("12")).unwrap().dataset;
    assert!(ticks.engagements()[0].dates.is_empty());
    assert_eq!(&*ticks.engagements()[0].extras[0].1, "12..");
}

#[test]
fn nodes_in_nodes_and_parents_are_part_of_each_other() {
    let text = "<gexf><graph><nodes><node id=\"a\"><nodes><node id=\"b\"/></nodes></node>\
                <node id=\"c\"><parents><parent for=\"a\"/></parents></node></nodes></graph></gexf>";
    let opened = open("a.gexf", text).unwrap();
    let wider = |party: &Party| party.part_of.iter().map(|id| id.index()).collect::<Vec<_>>();
    assert_eq!(
        opened.dataset.parties().iter().map(wider).collect::<Vec<_>>(),
        [vec![], vec![0], vec![0]]
    );
}

#[test]
fn what_is_not_well_formed_is_said_with_line_and_column() {
    for text in ["<gexf>\n<graph></gexf>", "<graphml>\n<graph></graphml>"] {
        let error = open("a.gexf", text).unwrap_err();
        let OpenError::Unusable { line, column, .. } = &error else { panic!("{error}") };
        assert!(line.is_some_and(|line| line == 2) && column.is_some(), "{error}");
    }
    let error = open("a.gexf", "<gexf><graph/></gexf>").unwrap_err();
    assert!(error.to_string().contains("no node"), "{error}");
    assert!(open("a.gexf", "<gexf/>").unwrap_err().to_string().contains("no <graph>"));
}

#[test]
fn a_dataset_that_is_damaged_leaves_the_network() {
    let dataset = generate::generate(5, 2);
    let text = write_gexf(&dataset, &look(&dataset));
    let at = text.find("<?demarche-data ").unwrap() + 40;
    let damaged = format!("{}!!!{}", &text[..at], &text[at + 3..]);
    let opened = open("a.gexf", &damaged).unwrap();
    assert!(opened.report.problems[0].message.contains("damaged"), "{:?}", opened.report.problems);
    assert_eq!(opened.dataset.parties().len(), dataset.parties().len());
}

#[test]
fn every_graph_beside_the_repository_opens_or_says_why_not() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gexf");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("skipped: {folder} is not there");
        return;
    };
    let mut opened = 0;
    for path in files.flatten().map(|file| file.path()) {
        if path.extension().is_none_or(|end| end != "gexf") {
            continue;
        }
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).unwrap();
        match read(&name, &bytes, &OpenOptions::default(), &Progress::default()) {
            Ok(of) => {
                opened += 1;
                let read = of.report.engagements;
                assert!(read + of.report.count(Severity::Error) as u64 >= of.report.rows, "{name}");
            }
            Err(error) => {
                eprintln!("{error}");
                assert!(matches!(error, OpenError::Unusable { line: Some(_), .. }), "{error}");
            }
        }
    }
    assert!(opened >= 18, "{opened}");
}

#[test]
fn places_sizes_and_colours_of_a_file_are_kept_where_they_tell_nodes_apart() {
    let text = r##"<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"><graph>
        <nodes>
        <node id="a"><viz:size value="12"/><viz:color r="245" g="91" b="7"/></node>
        <node id="b"><viz:size value="3.5"/><viz:color hex="#00ff7f"/></node>
        <node id="c"><viz:size value="-1"/><viz:color r="300" g="0" b="0"/></node></nodes>
        <edges><edge source="a" target="b"/></edges></graph></gexf>"##;
    let opened = open("a.gexf", text).unwrap();
    assert_eq!(opened.look.sizes, [Some(12.0), Some(3.5), None]);
    assert_eq!(opened.look.colors, [Some([245, 91, 7]), Some([0, 255, 127]), None]);
    assert!(opened.report.notes.iter().any(|note| note.contains("sizes, colours")));
    assert!(opened.dataset.parties().iter().all(|party| party.kind == PartyKind::Unsaid));
    // What is the same for all says nothing.
    let alike = text.replace("3.5", "12").replace("#00ff7f", "#f55b07");
    let opened = open("a.gexf", &alike).unwrap();
    assert!(opened.look.sizes.is_empty() && opened.look.colors.is_empty());
}

#[test]
fn what_a_dataset_of_ours_looked_like_is_not_taken_for_what_a_file_says() {
    let dataset = generate::generate(20, 4);
    let opened = open("a.gexf", &write_gexf(&dataset, &look(&dataset))).unwrap();
    assert!(opened.look.positions.iter().any(Option::is_some));
    assert!(opened.look.sizes.is_empty() && opened.look.colors.is_empty());
}
