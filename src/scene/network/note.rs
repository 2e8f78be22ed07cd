//! The line at the foot of the network: how much of what is drawn.

use super::{Links, NetworkSpec, Node, nodes, scope::Scope};
use crate::{
    model::words::{count, grouped},
    query::{TIE_PARTIES, TieLevel},
    scene::{
        Item, Point, Tokens,
        text::{self, Align, Style},
    },
};

/// Writes the line. `named` are how many parties are drawn, how many of these are on
/// the pane, and how many of these by name.
pub(super) fn note(
    spec: &NetworkSpec<'_>,
    shown: &[Node],
    links: &Links,
    named: (usize, usize, usize),
    scope: &Scope,
) -> Item {
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let note = words(spec, shown, links, named, scope);
    let fitted = text::fitted(&note, spec.size.0 - 24.0, style.size, style.strong);
    Item::Text(text::line(&fitted, Point::new(12.0, spec.size.1 - 8.0), Align::Left, style))
}

fn words(
    spec: &NetworkSpec<'_>,
    shown: &[Node],
    links: &Links,
    named: (usize, usize, usize),
    scope: &Scope,
) -> String {
    if spec.dataset.engagements().is_empty() {
        let parties = count(spec.dataset.parties().len(), "party", "parties");
        return format!("The file names {parties} and nothing that they did together: no ties");
    }
    if shown.is_empty() {
        return "No party is left: widen the filter to see the network".to_owned();
    }
    let options = &spec.reading.options;
    let all = if options.level == TieLevel::Named {
        spec.layout.positions.iter().flatten().count()
    } else {
        spec.ties.parties()
    };
    let what = match options.level {
        TieLevel::Named => "parties",
        TieLevel::Body => "parties, persons under their bodies",
        TieLevel::State => "states, organisations and others under none",
        TieLevel::Members(..) => "states, bodies and others",
    };
    let drawn = grouped(shown.len());
    let mut parts = vec![match spec.reading.core.filter(|_| scope.leaves_out()) {
        // Whatever the window, it is these; of them, those who do something in it.
        Some(core) => format!(
            "{drawn} of {} {what} drawn: those of the {} strongest ties over all time",
            grouped(spec.ties.parties()),
            grouped(core.ties())
        ),
        None => format!("{drawn} of {} {what} shown", grouped(all)),
    }];
    if let TieLevel::Members(body, certainly) = options.level {
        let sure = if certainly { "certainly" } else { "possibly" };
        parts.push(format!("{} at the time, {sure}, count as one", body.members()));
    }
    if scope.no_way {
        parts.insert(0, "No way leads from one to the other in what is shown".to_owned());
    }
    if links.leave_out_untied(spec, shown) {
        parts.push("those without a drawn tie left out".to_owned());
    } else if shown.len() > nodes::MOST {
        parts.push(format!("the busiest {} drawn", grouped(nodes::MOST)));
    }
    if links.ties < links.of {
        let of = grouped(links.of);
        parts.push(match links.ties {
            0 => format!("none of {of} ties drawn"),
            ties => format!("the strongest {} of {of} ties drawn", grouped(ties)),
        });
    }
    if spec.ties.crowded > 0 {
        let crowded = super::engagements(spec.ties.crowded);
        parts.push(format!("{crowded} of more than {TIE_PARTIES} parties make no ties"));
    }
    // Without a number: an engagement may have several of two parties' own people.
    if spec.ties.within.iter().any(|within| *within > 0) {
        parts.push("ties among a party\u{2019}s own people and bodies not drawn".to_owned());
    }
    let (drawn, seen, named) = named;
    if seen < drawn {
        parts.push(format!("{} parties in sight, {} by name", grouped(seen), grouped(named)));
    } else if named < seen {
        parts.push(format!("{} parties by name", grouped(named)));
    } else if shown.len() < all && !scope.leaves_out() {
        parts.push("places are fixed over the whole period, filters only show and hide".to_owned());
    }
    parts.join(" · ")
}
