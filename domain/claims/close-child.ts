/** Closes a month in a process of its own, so that a test can kill it: `node close-child.ts <database> <district> <month>`. */
import { runAct } from '#platform/act.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openHouse } from '#server/house.ts';
import { closeMonth } from './close.ts';

const [databaseUrl = '', district = '', month = ''] = process.argv.slice(2);
const house = await openHouse({ databaseUrl, poolSize: 2 });
await runAct(house.platform, officeActor(district, ['*']), new Date('2026-10-08T02:00:00Z'), (act) => closeMonth(act, district, month));
await house.close();
