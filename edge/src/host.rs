//! The only code that names the runtime. Everything it does is handed to host-free code as
//! [`crate::world::World`] and [`crate::sql::Sql`].

mod assets;
mod fetch;
mod line;
mod neighbour;
mod objects;
mod panics;
mod response;
#[cfg(feature = "selftest")]
mod selftest;
mod sockets;
mod sql;
mod together;
mod world;
