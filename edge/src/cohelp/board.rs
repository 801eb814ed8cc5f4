//! The board of one person, read in one statement: every page starts with it, and a statement costs the runtime more
//! than the rows it finds.

use shared::cohelp::{BoardRows, Job};
use shared::kernel::{Fault, PersonId, Timestamp, limit};

use crate::sql::Sql;

use super::store::{id, parse};

/// The runtime takes five terms in a compound. Rows are a place in [`BoardRows`] and a body, each list in its order. `?1` person, `?2` now, `?3` how many are shown.
/// One offer of a helper for a job stands or is chosen at a time, so no job comes twice; and nobody has an offer for
/// their own request, so no offer does.
///
/// Nothing is kept aside: a table for a list that is needed twice (`WITH … AS MATERIALIZED`) costs several times what it saves.
pub(super) const BOARD: &str = "
SELECT * FROM (
  SELECT 0, body FROM job WHERE requester = CAST(?1 AS BLOB) ORDER BY posted DESC, id DESC LIMIT ?3 + 0)
UNION ALL SELECT * FROM (
  SELECT 1, job.body FROM offer CROSS JOIN job ON job.id = offer.job
  WHERE offer.helper = CAST(?1 AS BLOB) AND offer.state IN ('standing', 'chosen')
  ORDER BY offer.at DESC, offer.job DESC LIMIT ?3 + 0)
UNION ALL SELECT * FROM (
  SELECT 2, body FROM job WHERE state = 'open' AND window_end > ?2 AND requester <> ?1
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = CAST(?1 AS BLOB) AND other = job.requester)
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = job.requester AND other = CAST(?1 AS BLOB))
    AND NOT EXISTS
      (SELECT 1 FROM offer WHERE offer.job = job.id AND helper = CAST(?1 AS BLOB) AND offer.state IN ('standing', 'chosen'))
  ORDER BY posted DESC, id DESC LIMIT ?3 + 0)
UNION ALL SELECT * FROM (
  SELECT 4, job.body FROM enquiry CROSS JOIN job ON job.id = enquiry.job
  WHERE enquiry.helper = CAST(?1 AS BLOB) AND enquiry.answer IS NULL AND job.state = 'open' AND job.window_end > ?2
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = CAST(?1 AS BLOB) AND other = job.requester)
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = job.requester AND other = CAST(?1 AS BLOB))
  ORDER BY enquiry.at DESC, enquiry.job DESC LIMIT ?3 + 0)
UNION ALL SELECT * FROM (
  SELECT 5, other FROM apart WHERE who = CAST(?1 AS BLOB)
  UNION ALL SELECT 5, who FROM apart WHERE other = CAST(?1 AS BLOB)
  UNION ALL SELECT 6, count(*) FROM notification WHERE person = CAST(?1 AS BLOB) AND seen = 0
  UNION ALL SELECT 3, offer.body FROM
    (SELECT id FROM job WHERE requester = CAST(?1 AS BLOB) ORDER BY posted DESC, id DESC LIMIT ?3 + 0) AS mine
    CROSS JOIN offer ON offer.job = mine.id WHERE offer.state = 'standing'
  UNION ALL SELECT 3, offer.body FROM
    (SELECT job FROM offer WHERE helper = CAST(?1 AS BLOB) AND state IN ('standing', 'chosen') ORDER BY at DESC, job DESC LIMIT ?3 + 0) AS helping
    CROSS JOIN offer ON offer.job = helping.job WHERE offer.helper = CAST(?1 AS BLOB))";

pub(super) fn read(sql: &impl Sql, person: PersonId, now: Timestamp) -> Result<BoardRows, Fault> {
    let parameters = [id(person.as_bytes()), now.0.into(), i64::from(limit::JOBS_SHOWN_MAX).into()];
    let mut board = BoardRows::default();
    for row in sql.exec(BOARD, &parameters)? {
        match row.integer(0)? {
            0 => board.mine.push(parse(&row, 1)?),
            1 => board.helping.push(parse(&row, 1)?),
            2 => board.open.push(parse(&row, 1)?),
            4 => board.asked.push(parse(&row, 1)?),
            5 => board.apart.push(PersonId::from_bytes(row.bytes(1)?)),
            6 => board.unseen = u32::try_from(row.integer(1)?).unwrap_or(u32::MAX),
            _ => board.offers.push(parse(&row, 1)?),
        }
    }
    board.offers.sort_by_key(|offer| offer.id);
    board.asked.retain(|job: &Job| now < job.request.window.starts());
    board.apart.sort_unstable();
    // Two people may keep away from each other.
    board.apart.dedup();
    Ok(board)
}
