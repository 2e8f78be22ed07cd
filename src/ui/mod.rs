//! Panels and views: they read the state and push commands.
