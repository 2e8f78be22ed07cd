//! The state of the app, the commands that change it, and its background tasks. Nothing here paints.
