/** Step 2: who is here: the person, those who came along, and who stands by the person. */
import { useState } from 'react';
import { GUARDIAN_RELATIONS, IDENTITY_CHECKS, IDENTITY_DOCUMENTS } from '#domain/assessments/onsite/model.ts';
import { ChoiceField, TextField } from '../../light/fields.tsx';
import { useWords, wordOf } from '../../ui/words.ts';
import type { Content } from '../api.ts';
import { Box } from '../box.tsx';
import { checkNumber } from '../number-check.ts';
import { useInHand } from './around.tsx';
import { Photos } from './photos.tsx';
import { StepPage } from './step.tsx';

type Guardian = NonNullable<Content['guardian']>;
const NOBODY: Guardian = { name: '', relation: 'child', identityNumber: '', checkedBy: 'identityCard' };

export function Persons() {
  const { closed } = useInHand();
  return (
    <StepPage step="persons">
      <fieldset disabled={closed} className="form">
        <Applicant />
        <Companions />
        <GuardianFields />
      </fieldset>
    </StepPage>
  );
}

function Applicant() {
  const say = useWords('assessor');
  const words = useWords('assessments');
  const { visit, ground, setContent } = useInHand();
  const { applicant } = visit.content;
  const [typed, setTyped] = useState(applicant?.identityNumber ?? '');
  const check = checkNumber(typed, ground.case.identityNumber);
  const type = (text: string) => {
    const upper = text.toUpperCase().replace(/[^0-9X]/g, '').slice(0, 18);
    setTyped(upper);
    const { full } = checkNumber(upper, ground.case.identityNumber);
    setContent(({ applicant: before }) => ({ applicant: full === null ? null : { document: before?.document ?? 'identityCard', identityNumber: full } }));
  };
  return (
    <section className="sheet" aria-label={say('persons.applicant')}>
      <h2>{say('persons.applicant')}</h2>
      <p>
        {ground.case.personName} · <span className="ch-number">{ground.case.identityNumberMasked}</span>
      </p>
      <ChoiceField label={say('persons.document')} value={applicant?.document ?? 'identityCard'} set={(document) => setContent(({ applicant: before }) => ({ applicant: { identityNumber: before?.identityNumber ?? '', document: document as (typeof IDENTITY_DOCUMENTS)[number] } }))} choices={IDENTITY_DOCUMENTS.map((value) => ({ value, label: wordOf(words, 'values', value) }))} />
      <TextField label={say('persons.number')} hint={say('persons.numberHint')} value={typed} set={type} maxLength={18} autoComplete="off" error={check.state === 'differs' ? say('persons.numberDiffers') : undefined} />
      <p role="status" className={check.state === 'agrees' ? 'good' : 'ch-muted'}>
        {check.state === 'agrees' ? say('persons.numberAgrees') : ''}
      </p>
      <Photos subject="applicantIdentity" label={say('persons.documentPhoto')} />
    </section>
  );
}

function Companions() {
  const say = useWords('assessor');
  const { visit, ground, setContent } = useInHand();
  const chosen = visit.content.companionIds;
  const { personsOnSite, expertsOnSite } = ground.case.policy;
  const set = (id: string, on: boolean) => setContent(({ companionIds }) => ({ companionIds: on ? [...companionIds, id].slice(0, 5) : companionIds.filter((one) => one !== id) }));
  return (
    <section className="sheet" aria-labelledby="companions">
      <h2 id="companions">{say('persons.companions')}</h2>
      <p className="small ch-muted">{say('persons.companionsHint', { persons: personsOnSite, experts: expertsOnSite })}</p>
      <div className="cards">
        {ground.companions.map((one) => (
          <Box key={one.accountId} checked={chosen.includes(one.accountId)} set={(on) => set(one.accountId, on)} label={`${one.name} · ${say(one.expert ? 'persons.expert' : 'persons.assessor')}`} />
        ))}
      </div>
      {ground.companions.length === 0 ? <p>{say('persons.noCompanions')}</p> : null}
    </section>
  );
}

function GuardianFields() {
  const say = useWords('assessor');
  const words = useWords('assessments');
  const { visit, setContent } = useInHand();
  const guardian = visit.content.guardian ?? NOBODY;
  const set = (change: Partial<Guardian>) => setContent(({ guardian: before }) => ({ guardian: { ...(before ?? NOBODY), ...change } }));
  const number = guardian.identityNumber;
  const wrong = number.length > 0 && !/^(\d{17}[\dX]|\d{3}[\dX])$/.test(number);
  return (
    <section className="sheet stack-fields" aria-label={say('persons.guardian')}>
      <h2>{say('persons.guardian')}</h2>
      <TextField label={say('persons.guardianName')} value={guardian.name} set={(name) => set({ name })} maxLength={60} autoComplete="off" />
      <ChoiceField label={say('persons.relation')} value={guardian.relation} set={(relation) => set({ relation: relation as Guardian['relation'] })} choices={GUARDIAN_RELATIONS.map((value) => ({ value, label: wordOf(words, 'values', value) }))} />
      <ChoiceField label={say('persons.checkedBy')} value={guardian.checkedBy} set={(checkedBy) => set({ checkedBy: checkedBy as Guardian['checkedBy'] })} choices={IDENTITY_CHECKS.map((value) => ({ value, label: wordOf(words, 'values', value) }))} />
      <TextField label={say('persons.guardianNumber')} hint={wrong ? say('persons.guardianNumberHint') : say('persons.guardianNumberHint')} value={number} set={(text) => set({ identityNumber: text.toUpperCase().replace(/[^0-9X]/g, '').slice(0, 18) })} maxLength={18} autoComplete="off" />
      <Photos subject="guardianIdentity" label={say('persons.guardianPhoto')} />
    </section>
  );
}
