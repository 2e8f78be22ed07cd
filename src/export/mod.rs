//! A [`Scene`](crate::scene::Scene) as a file: SVG and PNG. Nothing here lays anything out.
