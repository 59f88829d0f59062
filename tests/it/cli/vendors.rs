//! Files in the shapes of workforce management vendors as input.

mod cxone;

mod genesys;

mod graph;

mod iex;

mod teams;
