/** Front door of reporting. */
import { isMonth } from '#kit/days.ts';
import { assert } from '#kit/refuse.ts';
import { defineModule } from '#platform/module.ts';
import { overview } from './actions.ts';
import { reportingContract } from './contract.ts';
import { countClosedMonth } from './store.ts';

export { overview } from './actions.ts';
export { countClosedMonth } from './store.ts';

export const reporting = defineModule(
  'reporting',
  import.meta.url,
  reportingContract,
  { 'GET /api/overview': (act, { query }) => overview(act, query) },
  {
    on: [
      {
        event: 'claims.monthClosed',
        job: 'reporting.countMonth',
        run: async (act, heard) => {
          const month = String(heard.data['month']);
          assert(isMonth(month), 'the event claims.monthClosed names its month');
          await countClosedMonth(act, heard.districtCode, month);
        },
      },
    ],
  },
);
