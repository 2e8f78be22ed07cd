//! Consistency: which statements cannot all be true, and what follows from those that can.
