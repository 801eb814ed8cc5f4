//! The only code that names the runtime. Everything it does is handed to host-free code as
//! [`crate::world::World`] and [`crate::sql::Sql`].

mod assets;
mod fetch;
mod objects;
#[cfg(feature = "selftest")]
mod selftest;
mod sql;
mod world;
