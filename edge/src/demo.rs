//! The demo's clock, kept by each object so that it survives a restart. Nothing here exists outside the demo.

use shared::kernel::Fault;

use crate::sql::Sql;
use crate::world::World;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS demo_clock (one INTEGER PRIMARY KEY, offset_ms INTEGER NOT NULL)";

/// Takes up the clock where it was left.
pub fn resume_clock(sql: &impl Sql, world: &impl World) -> Result<(), Fault> {
    if !world.settings().demo {
        return Ok(());
    }
    sql.exec(TABLE, &[])?;
    if let Some(row) = sql.exec("SELECT offset_ms FROM demo_clock WHERE one = 1", &[])?.first() {
        world.set_clock_offset(row.integer(0)?);
    }
    Ok(())
}

/// Moves the clock by that many milliseconds against the real one.
pub fn set_clock(sql: &impl Sql, world: &impl World, offset_ms: i64) -> Result<(), Fault> {
    if !world.settings().demo {
        return Err(Fault::new("demo.set_clock", "only the demo's clock can be moved"));
    }
    sql.exec(
        "INSERT INTO demo_clock (one, offset_ms) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET offset_ms = excluded.offset_ms",
        &[offset_ms.into()],
    )?;
    world.set_clock_offset(offset_ms);
    Ok(())
}
