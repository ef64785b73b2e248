/** After the conclusion: letters on their way, conclusions that end or have ended, a pause that waits for its re-check, a review that overturned, a spot check that lowered, complaints. */
import { importConclusions } from '#domain/assessments/index.ts';
import { recordStay, registerPerson } from '#domain/people/index.ts';
import { confirmPlan, proposePlan } from '#domain/plans/index.ts';
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { itemsOfVisits } from '../../care.ts';
import { photoOfSignature } from '../../files.ts';
import { institution } from '../../institutions.ts';
import { caseOf } from '../../named-cases.ts';
import type { CaseName } from '../../named-cases.ts';
import { registration } from '../road.ts';
import { Tale, does } from '../tale.ts';
import type { Office } from '../tale.ts';

export async function tellCare(office: Office): Promise<void> {
  const tale = (name: CaseName): Tale => new Tale(office, caseOf(name));
  await tellLetters(tale('秦桂珠'), tale('龚守田'));
  for (const one of [tale('范玉芝'), tale('邓若兰')]) {
    await one.wholeRoad();
    await one.posted(await one.concludedOn());
  }
  await tellMovedHere(tale('彭守信'));
  await tellLapsed(tale('汤玉茹'));
  await tellPause(tale('贺兰英'));
  await tellOverturned(tale('万秀莲'));
  await tellLowered(tale('施国梁'));
  await tellComplaints(tale('龚守田'), tale('万秀莲'));
}

/** One attempt failed; one letter was handed over against a signature. */
async function tellLetters(qin: Tale, gong: Tale): Promise<void> {
  await qin.wholeRoad();
  await qin.once('assess-01', '2026-11-12', 620, (act, { conclusionId }) => does(act, 'POST /api/conclusions/{id}/deliveries', {
    params: { id: conclusionId }, body: { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome', happenedOn: '2026-11-12', note: '上门无人应答，邻居说外出探亲。' },
  }));
  await gong.wholeRoad();
  await gong.once('assess-01', '2026-11-13', 680, async (act, { conclusionId }) => {
    const proof = await does(act, 'POST /api/conclusions/{id}/delivery-proofs', { params: { id: conclusionId }, upload: { fileName: '签收.png', bytes: photoOfSignature(gong.one.applicant.name) } });
    await does(act, 'POST /api/conclusions/{id}/deliveries', {
      params: { id: conclusionId }, body: { way: 'handedOver', outcome: 'delivered', happenedOn: '2026-11-13', recipientName: gong.one.applicant.name, recipientRelation: 'family', proofId: (proof as { id: string }).id },
    });
  });
}

/** Came from another city with a conclusion that ends in 55 days. */
async function tellMovedHere(peng: Tale): Promise<void> {
  await peng.once('agency-01', peng.one.filedOn, 560, (act) => registerPerson(act, registration(peng.one)));
  await peng.once('agency-01', '2025-01-15', 600, (act, { personId }) =>
    importConclusions(act, [{ districtCode: '990101', personId, townshipCode: peng.one.townshipCode, grade: peng.one.grade, effectiveOn: '2025-01-15', validUntilOn: '2027-01-14', sourceRef: '转移接续 2025-003' }]));
}

async function care(tale: Tale, fromOn: Day, proposedOn: Day): Promise<void> {
  await tale.once('agency-01', proposedOn, 600, (act, { personId }) => proposePlan(act, { personId, mode: 'homeVisit', institutionId: institution('home-01').id, fromOn, items: itemsOfVisits([{ weekday: 2, itemCode: 'QH-L05', minutes: 50, nurse: false }]) }));
  const { rows } = await tale.office.house.platform.databases.owner.query<{ id: string }>('SELECT id FROM plans.plan WHERE person_id = $1', [(await tale.stands()).personId]);
  await tale.once('agency-01', proposedOn, 620, (act) => confirmPlan(act, rows[0]!.id, { confirmerName: tale.one.applicant.name }));
}

/** The conclusion ended on 31 October; the plan goes on. */
async function tellLapsed(tang: Tale): Promise<void> {
  await tang.wholeRoad();
  const on = await tang.concludedOn();
  await tang.posted(on);
  await care(tang, (await tang.stands()).effectiveOn, addDays(on, 5));
}

/** In hospital from 6 to 14 November; the family wants the service again. */
async function tellPause(he: Tale): Promise<void> {
  await he.wholeRoad();
  const on = await he.concludedOn();
  await he.posted(on);
  await care(he, (await he.stands()).effectiveOn, addDays(on, 5));
  await he.once('agency-01', '2026-11-09', 600, (act, { personId }) => does(act, 'POST /api/people/{id}/suspensions', { params: { id: personId }, body: { reason: 'admission', fromOn: '2026-11-06', note: '心衰加重，住青禾市第一人民医院。' } }));
  await he.once('agency-01', '2026-11-16', 600, (act, { personId }) => recordStay(act, personId, { hospital: '青禾市第一人民医院', admittedOn: '2026-11-06', dischargedOn: '2026-11-14' }));
  await he.once('agency-01', '2026-11-18', 600, (act, { suspensionId }) => does(act, 'POST /api/suspensions/{id}/rechecks', { params: { id: suspensionId }, body: { askedBy: he.one.applicant.name } }));
}

/** The first result gave no benefit; the review by the other institution found grade 4. The first institution's fee is taken back. */
async function tellOverturned(wan: Tale): Promise<void> {
  await wan.wholeRoad('assess-01');
  await wan.posted(await wan.concludedOn());
  const { one } = wan;
  await wan.once('agency-01', '2026-08-17', 570, (act, { personId }) => does(act, 'POST /api/applications', {
    body: { personId, kind: 'review', applicantName: one.applicant.name, relation: one.applicant.relation, contactPhone: one.phone, disabledSinceOn: one.disabledSinceOn, materials: ['applicationForm', 'identityCard'], statement: '结论与实际不符：吃饭、穿衣都要人帮。' },
  }));
  await wan.accept('2026-08-18');
  await wan.dispatch('assess-01b', '2026-08-18');
  await wan.take('assess-01b', '2026-08-19', '2026-08-25');
  await wan.assess('assess-01b', '2026-08-25', 4);
  await wan.confirm('assess-01b', '2026-08-27');
  await wan.publish('2026-08-28');
  await wan.conclude('review');
  await wan.posted(await wan.concludedOn('review'), 'assess-01b');
}

/** A community health centre saw him walk: the agency's own assessment lowered grade 5 to 3. */
async function tellLowered(shi: Tale): Promise<void> {
  await shi.wholeRoad();
  await shi.posted(await shi.concludedOn());
  await shi.once('agency-01', '2026-09-14', 570, (act, { personId }) => does(act, 'POST /api/people/{id}/spot-checks', {
    params: { id: personId }, body: { ground: 'communityHealthFinding', source: '云麓镇社区卫生服务中心随访记录', note: '随访时能自行行走、进食，与完全失能的结论不符。', contactPhone: shi.one.phone },
  }));
  await shi.dispatch('assess-01b', '2026-09-14');
  await shi.take('assess-01b', '2026-09-15', '2026-09-21');
  await shi.assess('assess-01b', '2026-09-21', 3);
  await shi.confirm('assess-01b', '2026-09-23');
  await shi.publish('2026-09-24');
  await shi.conclude('spotCheck');
  await shi.posted(await shi.concludedOn('spotCheck'), 'assess-01b');
}

/** One waits for an answer; one was found justified. */
async function tellComplaints(gong: Tale, wan: Tale): Promise<void> {
  const applicationOf = async (tale: Tale, kind: string): Promise<string> =>
    (await tale.office.house.platform.databases.owner.query<{ id: string }>('SELECT id FROM assessments.application WHERE person_id = $1 AND kind = $2', [(await tale.stands()).personId, kind])).rows[0]!.id;
  const file = async (tale: Tale, on: Day, subject: string, matter: string): Promise<void> => {
    const applicationId = await applicationOf(tale, 'initial');
    await tale.once('insurer-01', on, 700, (act) => does(act, 'POST /api/complaints', { body: { institutionId: institution('assess-01').id, applicationId, subject, matter } }));
  };
  await file(wan, '2026-09-17', 'procedure', '家属反映首次评估不到二十分钟，没有询问邻居。');
  await wan.once('agency-01', '2026-09-25', 700, async (act, { personId }) => {
    const { rows } = await wan.office.house.platform.databases.owner.query<{ id: string }>('SELECT id FROM assessments.complaint WHERE person_id = $1', [personId]);
    return does(act, 'POST /api/complaints/{id}/answer', { params: { id: rows[0]!.id }, body: { upheld: true, answer: '调阅记录属实：现场时间过短，未访邻。已责令评估机构整改，评估员重新培训。' } });
  });
  await file(gong, '2026-11-16', 'conduct', '家属反映送达人员态度生硬。');
}
