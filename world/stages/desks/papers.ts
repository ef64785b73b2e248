/** Before dispatch: papers to be supplied, pre-reviews, orders refused, waiting and taken. */
import { renderPdf } from '#platform/documents/render.ts';
import type { Act } from '#platform/act.ts';
import { photoOfPaper } from '../../files.ts';
import { institution } from '../../institutions.ts';
import { caseOf } from '../../named-cases.ts';
import type { CaseName } from '../../named-cases.ts';
import { worker } from '../../workers.ts';
import { actAt } from '../road.ts';
import { Tale, does } from '../tale.ts';
import type { Office } from '../tale.ts';

/** What the check-list asks of a first application. */
const FORMS = ['applicationForm', 'selfAssessment', 'identityCard', 'commitment'];

export async function tellPapers(office: Office): Promise<void> {
  const tale = (name: CaseName): Tale => new Tale(office, caseOf(name));
  const su = tale('苏素梅');
  await su.file('township-01', [...FORMS, 'socialSecurityCard']);
  await photograph(su, 'identityCard', 575, '身份证正面.png');
  await photograph(su, 'commitment', 578, '承诺书.png');
  await su.accept('2026-11-10', { promisedBy: su.one.applicant.name });

  const qiu = tale('邱长庚');
  await qiu.file('agency-01', [...FORMS, 'medicalRecord']);
  await qiu.once('agency-01', qiu.one.filedOn, 580, async (act, { applicationId }) => handIn(act, applicationId, 'medicalRecord', { fileName: '出院小结.pdf', bytes: await record(qiu) }));
  await qiu.accept('2026-11-05', { promisedBy: qiu.one.applicant.name });
  await tellPreReviews(office, tale);
}

function photograph(tale: Tale, code: string, minute: number, fileName: string): Promise<void> {
  return tale.once('township-01', tale.one.filedOn, minute, (act, { applicationId }) => handIn(act, applicationId, code, { fileName, bytes: photoOfPaper(`${tale.one.name} ${code}`) }));
}

const handIn = (act: Act, id: string, code: string, upload: { fileName: string; bytes: Buffer }) => does(act, 'POST /api/applications/{id}/materials', { params: { id }, query: { code }, upload });

/** A discharge note as a hospital prints it; everything in it is made up. */
function record({ one }: Tale): Promise<Buffer> {
  return renderPdf(new URL('./record.typ', import.meta.url), {
    hospital: '青禾市第一人民医院（虚构）', name: one.name, birthOn: one.birthOn, since: one.disabledSinceOn, diagnosis: '帕金森病（虚构病例）', advice: '日常起居需他人协助，建议申请失能评估。', on: one.filedOn,
  });
}

/** The township looks before it is bound to, on trial: two wait, one was let go on. */
async function tellPreReviews(office: Office, tale: (name: CaseName) => Tale): Promise<void> {
  const [shi, fan, lu] = [tale('石桂芳'), tale('樊守业'), tale('陆松年')];
  for (const one of [shi, fan, lu]) {
    await one.file('township-01');
    // The duty begins with cases filed from 1 December 2026; 槐荫街道 tries it with these.
    const { applicationId } = await one.stands();
    await office.house.platform.databases.owner.query(`UPDATE assessments.application SET pre_review_owed = true WHERE id = $1 AND state = 'filed' AND NOT pre_review_owed`, [applicationId]);
  }
  await lu.once('township-01', '2026-11-18', 600, (act, { applicationId }) => does(act, 'POST /api/applications/{id}/pre-reviews', {
    params: { id: applicationId },
    body: {
      answers: { identitySeen: 'yes', livesHere: 'yes', eating: 'helped', dressing: 'helped', moving: 'cannot', mind: 'clear', reliefsTold: 'yes', processTold: 'yes' }, result: 'goOn', toldName: lu.one.name, toldRelation: 'self', acknowledged: 'tick',
    },
  }));
}

/** Orders: one waits for an answer, one was refused and went to the other institution, one is taken with an appointment tomorrow. */
export async function tellOrders(office: Office): Promise<void> {
  const tale = (name: CaseName): Tale => new Tale(office, caseOf(name));
  const ren = tale('任素贞');
  await ren.file();
  await ren.accept();
  await ren.dispatch('assess-01');
  await ren.once('assess-01', ren.day(2), 560, (act, { orderId }) => does(act, 'POST /api/orders/{id}/refuse', { params: { id: orderId }, body: { reason: 'NO_CAPACITY', note: '本周评估员已排满，无法按期上门。' } }));
  await ren.dispatch('assess-01b', ren.day(2), 650);

  const dai = tale('戴文彩');
  await dai.file();
  await dai.accept('2026-11-17');
  await dai.dispatch('assess-01', '2026-11-19');

  const fang = tale('方玉珍');
  await fang.file();
  await fang.accept();
  await fang.dispatch();
  await fang.take('assess-01', fang.day(2), '2026-11-21');
}

/** Declared by an assessor of the second institution: whose order goes there is assessed by others. */
export async function declareInterest(office: Office): Promise<void> {
  const assessor = office.actor('assessor-01b');
  const { rows } = await office.house.platform.databases.owner.query('SELECT 1 FROM assessments.interest WHERE worker_id = $1', [assessor.workerId]);
  if (rows.length > 0) return;
  await actAt(office.house, assessor, '2026-09-02', 600, (act) => does(act, 'POST /api/interests', {
    body: { institutionId: institution('assess-01b').id, workerId: assessor.workerId, relation: 'relative', personNumber: caseOf('戴文彩').identityNumber, fromOn: '2026-09-01', evidence: '戴文彩是本人的姨母。' },
  }));
}

/** The register suspends an assessor for a quarter's poor records. */
export async function suspendAssessor(office: Office): Promise<void> {
  const { id } = worker('assess-01b/assessor-3');
  const { rows } = await office.house.platform.databases.owner.query('SELECT 1 FROM workers.suspension WHERE worker_id = $1', [id]);
  if (rows.length > 0) return;
  await actAt(office.house, office.actor('agency-01'), '2026-10-12', 600, (act) => does(act, 'POST /api/assessors/{id}/suspensions', {
    params: { id }, body: { fromOn: '2026-10-12', toOn: '2026-12-11', reason: 'QUALITY', source: '2026年三季度评估质量通报', note: '退单率连续三个月最高，暂停期间参加培训。' },
  }));
}
