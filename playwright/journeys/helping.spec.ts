// Two people and an officer: from a grant to thanks.
import { walk } from '../fixtures/helping';
import { Seat } from '../fixtures/seat';
import { test } from '../fixtures/test';

test('points for help: granted, set aside, paid with a fee, thanked for', async ({
  officer, operator, people, clock, ledger,
}) => {
  test.setTimeout(240_000);
  const [asker, helper] = await people(2);
  await walk({
    officer: await Seat.at((await officer.fresh())),
    operator: await Seat.at(await operator.fresh()),
    asker: await Seat.at(asker!),
    helper: await Seat.at(helper!),
    clock,
    ledger,
  });
});
