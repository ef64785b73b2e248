/** Front door of providers. */
import { defineModule } from '#platform/module.ts';
import { filePrice, getCatalogue, getInstitution, registerInstitution } from './actions.ts';
import { providersContract } from './contract.ts';
import { partiesRoutes } from './parties/routes.ts';
import { policyNeeds } from './policy.ts';
import { listInstitutions, listPrices } from './store.ts';

export { filePrice, getCatalogue, getInstitution, importInstitution, registerInstitution } from './actions.ts';
export { findInstitution, listPrices } from './store.ts';
export type { FiledPrice, Institution, InstitutionRow, NewInstitution } from './store.ts';
export { catalogue, itemWords } from './policy.ts';
export type { Catalogue, CatalogueItem } from './policy.ts';

export const providers = defineModule(
  'providers',
  import.meta.url,
  providersContract,
  {
    ...partiesRoutes,
    'GET /api/institutions': (act, { query }) => listInstitutions(act, query),
    'GET /api/public/institutions': (act, { query }) => listInstitutions(act, query),
    'GET /api/institutions/{id}': (act, { params }) => getInstitution(act, params.id),
    'POST /api/institutions': (act, { body }) => registerInstitution(act, body),
    'GET /api/institutions/{id}/prices': async (act, { params }) => {
      await getInstitution(act, params.id);
      return listPrices(act, params.id);
    },
    'POST /api/institutions/{id}/prices': (act, { params, body }) => filePrice(act, params.id, body),
    'GET /api/catalogue': async (act, { query }) => getCatalogue(act, query.on ?? act.today),
  },
  { policy: policyNeeds },
);
