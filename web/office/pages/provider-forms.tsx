/** The forms of the register of institutions: an institution, a filed price, a worker. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { choicesOf, useInstitutionLookup } from '../parts.tsx';
import { ActButton } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import type { Choice, FieldSpec } from '../../ui/fields.tsx';
import { useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useSignedIn, useToday, useWhyNot } from '../../ui/session.ts';
import { useLabels, useWords } from '../../ui/words.ts';

export const INSTITUTION_KINDS = ['assessment', 'homeCare', 'careHome', 'individualCarers'] as const;
export const WORKER_CLASSES = ['nurse', 'trained', 'carer', 'individual', 'assessor', 'expert'] as const;
const PRICED = ['nurse', 'trained', 'carer'] as const;

type NewInstitution = Parameters<typeof api<'POST /api/institutions'>>[1]['body'];
type NewPrice = Parameters<typeof api<'POST /api/institutions/{id}/prices'>>[1]['body'];
type NewWorker = Parameters<typeof api<'POST /api/workers'>>[1]['body'];

export function RegisterInstitution() {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const { districts } = useAreas();
  const today = useToday();
  const go = useGo();
  const fields: FieldSpec[] = [
    { name: 'districtCode', label: say('fields.district'), kind: 'choice', choices: districts, required: true },
    { name: 'kind', label: label.field('kind'), kind: 'choice', choices: choicesOf(INSTITUTION_KINDS, label.value), required: true },
    { name: 'name', label: label.field('name'), kind: 'text', required: true, max: 80 },
    { name: 'code', label: label.field('code'), kind: 'text', required: true, max: 24, hint: say('providers.codeHint'), pattern: { is: /^[A-Z0-9-]{3,24}$/, says: say('providers.codeHint') } },
    { name: 'creditCode', label: label.field('creditCode'), kind: 'text', required: true, max: 18, hint: say('providers.creditHint') },
    { name: 'address', label: label.field('address'), kind: 'text', required: true, max: 200 },
    { name: 'phone', label: label.field('phone'), kind: 'text', max: 20, pattern: { is: /^[0-9-]{7,20}$/, says: say('providers.phoneHint') } },
    { name: 'capacity', label: label.field('capacity'), kind: 'whole', min: 1, max: 100_000 },
    { name: 'agreementFromOn', label: label.field('agreementFromOn'), kind: 'day', required: true },
    { name: 'agreementToOn', label: label.field('agreementToOn'), kind: 'day', hint: say('providers.openEnd') },
    { name: 'longitude', label: say('providers.longitude'), kind: 'number', min: -180, max: 180, hint: say('providers.placeHint') },
    { name: 'latitude', label: say('providers.latitude'), kind: 'number', min: -90, max: 90 },
  ];
  return (
    <ActButton
      act={{
        name: 'register', label: say('providers.register'), primary: true, whyNot: useWhyNot()('providers.register'), fields,
        initial: { agreementFromOn: today, ...(districts.length === 1 ? { districtCode: districts[0]!.value } : {}) },
        run: (body: NewInstitution, how) => api('POST /api/institutions', { body }, how),
        done: (made: { id: string }) => go(`/institutions/${made.id}`),
      }}
    />
  );
}

/** The act of filing an hourly price of one institution. */
export function useFilePrice(id: string): ActSpec {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const workers = useLabels('workers', 'office');
  const today = useToday();
  return {
    name: 'filePrice', label: say('providers.filePrice'), whyNot: useWhyNot()('providers.register'), intro: say('providers.filePriceIntro'),
    initial: { fromOn: today },
    fields: [
      { name: 'workerClass', label: label.field('workerClass'), kind: 'choice', choices: choicesOf(PRICED, workers.value), required: true },
      { name: 'hourlyPriceFen', label: say('providers.hourlyPrice'), kind: 'money', required: true },
      { name: 'fromOn', label: label.field('fromOn'), kind: 'day', required: true },
      { name: 'toOn', label: label.field('toOn'), kind: 'day', hint: say('providers.priceEnd') },
    ],
    run: (body: NewPrice, how) => api('POST /api/institutions/{id}/prices', { params: { id }, body }, how),
  };
}

/** Names of the items in the catalogue of today, by code. */
export function useCatalogue(): Choice[] {
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/catalogue'], queryFn: () => api('GET /api/catalogue', { query: {} }), staleTime: 3_600_000 });
  return (asked.data?.items ?? []).map((one) => ({ value: one.code, label: one[lang] }));
}

export function AddWorker() {
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const own = useSignedIn();
  const lookup = useInstitutionLookup();
  const items = useCatalogue();
  const today = useToday();
  // Certificates of those who assess stand in the register, and they give no care.
  const assessing = own.desk === 'assessor';
  const fields: FieldSpec[] = [
    own.institutionId ? { name: 'institutionId', label: label.field('institution'), kind: 'choice', choices: [{ value: own.institutionId, label: own.institutionName ?? '' }], required: true } : { name: 'institutionId', label: label.field('institution'), kind: 'lookup', lookup, required: true },
    { name: 'name', label: label.field('name'), kind: 'text', required: true, max: 60 },
    { name: 'identityNumber', label: label.field('identityNumber'), kind: 'text', required: true, max: 18, hint: say('people.identityHint') },
    { name: 'workerClass', label: label.field('workerClass'), kind: 'choice', choices: choicesOf(assessing ? ['assessor', 'expert'] : WORKER_CLASSES, label.value), required: true, hint: say(assessing ? 'providers.assessingHint' : 'providers.classHint') },
    ...(assessing
      ? []
      : ([
          { name: 'certificateNumber', label: label.field('certificateNumber'), kind: 'text', max: 40 },
          { name: 'abilities', label: label.field('abilities'), kind: 'codes', choices: items.map((one) => ({ ...one, label: `${one.label} ${one.value}` })) },
        ] as const)),
    { name: 'fromOn', label: label.field('fromOn'), kind: 'day', required: true },
    { name: 'toOn', label: label.field('toOn'), kind: 'day' },
  ];
  return (
    <ActButton
      act={{
        name: 'addWorker', label: say('providers.addWorker'), primary: true, whyNot: useWhyNot()('workers.add'), fields,
        initial: { fromOn: today, ...(own.institutionId ? { institutionId: own.institutionId } : {}) },
        run: (body: NewWorker, how) => api('POST /api/workers', { body }, how),
      }}
    />
  );
}
