//! Tests of `search`, as tables.

