//! The checker on the built-in dataset: one contradiction, told in three statements, and nothing
//! that is not so.

use demarche::{
    formats::{self, OpenOptions, Progress},
    model::{
        Target,
        check::{FindingKind, Severity, check},
        words,
    },
};

#[test]
fn the_built_in_dataset_holds_one_contradiction_and_nothing_false() {
    let opened = formats::read(
        "southeast-asia-partnerships.json",
        include_bytes!("../data/southeast-asia-partnerships.json"),
        &OpenOptions::default(),
        &Progress::default(),
    )
    .expect("the built-in dataset opens");
    let found = check(&opened.dataset);
    let told: Vec<&str> = found.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found.findings.len(), 1, "{told:#?}");
    let finding = &found.findings[0];
    assert_eq!((finding.severity, finding.kind), (Severity::Contradiction, FindingKind::Time));
    assert_eq!(finding.statements.len(), 3);
    let texts: Vec<&str> = finding.statements.iter().map(|one| one.text.as_str()).collect();
    assert!(texts[0].contains("27 April 2024"), "{texts:?}");
    assert!(texts[1].contains("came after"), "{texts:?}");
    assert!(texts[2].contains("4 June 2024"), "{texts:?}");
    assert!(finding.statements.iter().all(|one| one.source.is_some()));
    for target in &finding.about {
        assert!(matches!(target, Target::Engagement(_)));
        assert_eq!(found.about(*target).count(), 1);
    }
    // Every bound that follows from a relation can be told, and says where it comes from.
    for one in &found.tightened {
        assert!(!one.from.is_empty());
        assert!(words::tightened(one.span).ends_with("from a relation"));
    }
}
