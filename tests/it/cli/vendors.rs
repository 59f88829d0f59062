//! Files in the shapes of workforce management vendors as input.

mod cxone;

mod genesys;

mod graph;

mod hostile;

mod iex;

mod teams;
