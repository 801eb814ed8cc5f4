// The rows of the start page, as few round trips as the dependencies between them allow.
import pg from 'pg';

const pool = new pg.Pool({ max: 16 });

const SESSION = {
  name: 'session',
  text: `SELECT person.id, person.name, person.available, person.held
         FROM session JOIN person ON person.id = session.person
         WHERE session.id = $1 AND session.expires_at > now()`,
};
const JOB = `SELECT job.word, job.title, area.name AS area, job.starts_at, job.ends_at, job.to_helper
             FROM job JOIN area ON area.code = job.area`;
const COMING = {
  name: 'coming',
  text: `${JOB} WHERE (job.helper = $1 OR job.requester = $1) AND job.phase = 'agreed' ORDER BY job.starts_at, job.word`,
};
const OPEN = {
  name: 'open',
  text: `${JOB} WHERE job.phase = 'open' AND job.requester <> $1 ORDER BY job.asked_at DESC, job.word LIMIT 50`,
};
const THANKS = {
  name: 'thanks',
  text: `SELECT thanks.message, thanks.at, job.title, person.name
         FROM thanks JOIN job ON job.word = thanks.job JOIN person ON person.id = thanks.from_person
         WHERE thanks.to_person = $1 AND thanks.at >= $2 ORDER BY thanks.at DESC`,
};

/** The person of a session, or nothing. */
export async function reader(session) {
  if (!session) return undefined;
  const { rows } = await pool.query({ ...SESSION, values: [session] });
  return rows[0];
}

/** What the page shows to that person; thanks since `month`. */
export async function home(person, month) {
  const [coming, open, thanks] = await Promise.all([
    pool.query({ ...COMING, values: [person] }),
    pool.query({ ...OPEN, values: [person] }),
    pool.query({ ...THANKS, values: [person, month] }),
  ]);
  return { coming: coming.rows, open: open.rows, thanks: thanks.rows };
}
