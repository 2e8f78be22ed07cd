//! The program: arguments in, a window or one headless command out.

fn main() {}
