/** Handing papers in, recording originals, taking papers back, and keeping up what is lacking. */
import { createHash } from 'node:crypto';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { FILE_TYPES, fileTypeOf, isWholePdf } from '#platform/files/kind.ts';
import type { FileType } from '#platform/files/kind.ts';
import type { FileAnswer, Upload } from '#platform/module.ts';
import { findApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { getApplication, recordStep, stateParams } from '../actions/case.ts';
import type { ApplicationState, MaterialCode } from '../model.ts';
import { cleanName, MAX_FILES, MAX_PAGES, MAX_PDF_BYTES, MAX_PICTURE_BYTES } from './model.ts';
import { pdfPages } from './pages.ts';
import { materialList } from './policy.ts';
import { lackingOf } from './rules.ts';
import type { MaterialItem } from './rules.ts';
import { findMaterial, insertMaterial, insertMaterialWithdrawal, listMaterials, listPresent, writeLacking } from './store.ts';
import type { Material, NewMaterial } from './store.ts';

/** States in which papers are handed in: until the result hangs out. */
export const MATERIAL_STATES: readonly ApplicationState[] = ['filed', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked'];

/** The application, locked, in a state in which papers may be handed in, and not after the last day of what was promised: such a case is closed by the clock. Refuses with NOT_FOUND, MATERIAL_STATE, SUPPLY_OVER. */
export async function takePapersInHand(act: Act, id: string): Promise<Application> {
  const application = (await findApplication(act, id, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (!MATERIAL_STATES.includes(application.state)) refuse('MATERIAL_STATE', stateParams(application.state), { status: 409 });
  const { supplyByOn, suppliedOn } = application;
  if (supplyByOn !== null && suppliedOn === null && act.today > supplyByOn) refuse('SUPPLY_OVER', { supplyByOn }, { status: 409 });
  return application;
}

/** The line of the check-list in force when the application was filed; refuses with MATERIAL_UNKNOWN. */
export function itemOf(act: Act, application: Pick<Application, 'filedOn'>, code: string): MaterialItem {
  const list = act.policy.edition(materialList, application.filedOn);
  return list.value.items.find((one) => one.code === code) ?? refuse('MATERIAL_UNKNOWN', { material: code });
}

/**
 * Takes a file in: what it is, is told by its content. It is kept in the vault after every refusal and before the row counts, under a name of ours; the sender's
 * name stays as text only. Refuses with MATERIAL_UNKNOWN, MATERIAL_EMPTY, MATERIAL_TYPE, MATERIAL_SIZE, MATERIAL_PAGES, MATERIAL_TWICE, MATERIAL_FILES, MATERIAL_STATE, NOT_FOUND.
 */
export async function handIn(act: Act, applicationId: string, code: MaterialCode, upload: Upload): Promise<Material & { lacking: string[] }> {
  const application = await takePapersInHand(act, applicationId);
  const item = itemOf(act, application, code);
  const { mediaType, pages } = await examined(item, upload.bytes);
  const before = await listMaterials(act, application);
  const counting = before.filter((one) => one.form === 'file' && one.withdrawn === null);
  if (counting.length >= MAX_FILES) refuse('MATERIAL_FILES', { most: MAX_FILES });
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
  const same = counting.find((one) => one.sha256 === sha256);
  if (same) refuse('MATERIAL_TWICE', { fileName: same.fileName }, { status: 409 });
  const number = before.filter((one) => one.form === 'file' && one.code === code).length + 1;
  const material: NewMaterial = {
    id: newId<'material'>(act.now.getTime()), code, form: 'file', fileName: `${application.number}_${item.zh.replaceAll(/[^\p{L}\p{N}]/gu, '')}_${number}.${FILE_TYPES[mediaType]}`, originalName: cleanName(upload.fileName),
    mediaType, sizeBytes: upload.bytes.length, pages: pages ?? null, sha256, providedBy: byWhom(act),
  };
  await insertMaterial(act, application, material);
  await act.platform.files.keep(upload.bytes, upload.laidDown);
  await recordStep(act, application, 'materialHandedIn', { data: { material: code, materialZh: item.zh, materialEn: item.en, fileName: material.fileName, sha256 } });
  const lacking = await keepUp(act, application);
  return { ...(await getMaterial(act, material.id)), lacking };
}

async function examined(item: MaterialItem, bytes: Buffer): Promise<{ mediaType: FileType; pages: number | undefined }> {
  if (bytes.length === 0) refuse('MATERIAL_EMPTY');
  const mediaType = await fileTypeOf(bytes);
  const isPdf = mediaType === 'application/pdf';
  const isPicture = mediaType === 'image/jpeg' || mediaType === 'image/png' || mediaType === 'image/webp';
  if (!(isPdf && item.types.includes('pdf')) && !(isPicture && item.types.includes('picture'))) refuse('MATERIAL_TYPE', { materialZh: item.zh, materialEn: item.en });
  const most = isPdf ? MAX_PDF_BYTES : MAX_PICTURE_BYTES;
  if (bytes.length > most) refuse('MATERIAL_SIZE', { sizeMib: Math.ceil(bytes.length / 104857.6) / 10, mostMib: most / 1048576 });
  if (isPdf && !isWholePdf(bytes)) refuse('MATERIAL_BROKEN');
  const pages = isPdf ? pdfPages(bytes) : undefined;
  if (pages !== undefined && pages > MAX_PAGES) refuse('MATERIAL_PAGES', { pages, most: MAX_PAGES });
  return { mediaType, pages };
}

/** Whether the actor stands for a family or for an office. */
export function byWhom(act: Act): 'office' | 'family' {
  return act.actor.persons.length > 0 ? 'family' : 'office';
}

/** Records that an officer saw originals at the window. Refuses with MATERIAL_UNKNOWN, MATERIAL_STATE, NOT_FOUND. */
export async function recordOriginals(act: Act, applicationId: string, codes: readonly string[]): Promise<{ lacking: string[] }> {
  const application = await takePapersInHand(act, applicationId);
  await insertOriginals(act, application, codes);
  return { lacking: await keepUp(act, application) };
}

/** Stores originals seen, each once, with who saw them. */
export async function insertOriginals(act: Act, application: Application, codes: readonly string[]): Promise<void> {
  const items = codes.map((code) => itemOf(act, application, code));
  const seen = (await listMaterials(act, application)).filter((one) => one.form === 'original' && one.withdrawn === null).map((one) => one.code);
  const fresh = items.filter((one) => !seen.includes(one.code));
  for (const item of fresh) {
    await insertMaterial(act, application, { id: newId<'material'>(act.now.getTime()), code: item.code, form: 'original', fileName: null, originalName: null, mediaType: null, sizeBytes: null, pages: null, sha256: null, providedBy: 'office' });
  }
  if (fresh.length > 0) await recordStep(act, application, 'originalsSeen', { data: { materials: fresh.map((one) => one.code), materialsZh: fresh.map((one) => one.zh).join('、'), materialsEn: fresh.map((one) => one.en).join(', ') } });
}

/** A paper in scope; refuses with NOT_FOUND. */
export async function getMaterial(act: Act, id: string): Promise<Material> {
  return (await findMaterial(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/**
 * Takes a paper back, with a reason; it stays on record. A family takes back only what it handed in, before acceptance. After acceptance a paper that the
 * check-list asks for is replaced first. Refuses with NOT_FOUND, MATERIAL_WITHDRAWN, MATERIAL_STATE, MATERIAL_NEEDED.
 */
export async function withdrawMaterial(act: Act, id: string, reason: string): Promise<{ lacking: string[] }> {
  const material = await getMaterial(act, id);
  const application = await takePapersInHand(act, material.applicationId);
  if (byWhom(act) === 'family') {
    if (material.accountId !== act.actor.accountId) refuse('NOT_FOUND', {}, { status: 404 });
    if (application.state !== 'filed') refuse('MATERIAL_STATE', stateParams(application.state), { status: 409 });
  }
  if (application.state !== 'filed') await demandAnother(act, application, material);
  if (!(await insertMaterialWithdrawal(act, application, id, reason.trim()))) refuse('MATERIAL_WITHDRAWN', {}, { status: 409 });
  const item = itemOf(act, application, material.code);
  await recordStep(act, application, 'materialWithdrawn', { note: reason.trim(), data: { material: material.code, materialZh: item.zh, materialEn: item.en, fileName: material.fileName } });
  return { lacking: await keepUp(act, application) };
}

async function demandAnother(act: Act, application: Application, material: Material): Promise<void> {
  const item = itemOf(act, application, material.code);
  const others = (await listMaterials(act, application)).some((one) => one.code === material.code && one.id !== material.id && one.withdrawn === null);
  if (item.required && !others && material.withdrawn === null) refuse('MATERIAL_NEEDED', { materialZh: item.zh, materialEn: item.en }, { status: 409 });
}

/** Writes what is lacking now; where everything promised has come, says so with an event. Returns the codes. */
export async function keepUp(act: Act, application: Application): Promise<string[]> {
  const list = act.policy.edition(materialList, application.filedOn).value;
  const lacking = lackingOf(list, application, await listPresent(act, application)).map((one) => one.code);
  const waits = application.supplyByOn !== null && application.suppliedOn === null;
  const supplied = waits && !application.supplyMaterials.some((code) => lacking.includes(code as MaterialCode));
  await writeLacking(act, application, lacking, supplied);
  if (supplied) await recordStep(act, application, 'materialsSupplied', { data: { supplyByOn: application.supplyByOn } });
  return lacking;
}

/** The file of a paper, to be saved, never run: the browser gets it as an attachment in a sandbox. Refuses with NOT_FOUND. */
export async function openMaterial(act: Act, id: string): Promise<FileAnswer> {
  const material = await getMaterial(act, id);
  if (material.sha256 === null || material.mediaType === null || material.fileName === null) refuse('NOT_FOUND', {}, { status: 404 });
  await getApplication(act, material.applicationId);
  return { mediaType: material.mediaType, fileName: material.fileName, body: await act.platform.files.read(material.sha256), handedIn: true };
}
