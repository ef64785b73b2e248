/** docs/reference/policy-book.md: every figure and edition of every city, with source, status, who may change it and what follows. */
import { gatherNeeds } from '../../commands/policy.ts';
import { loadPolicy, missingNeeds, type PolicyBook, type PolicyNeed, type PolicyRow } from '#platform/policy/index.ts';
import { ROOT } from '../source.ts';
import { byText, code, page, table } from './markdown.ts';

const ABOUT = {
  zh: '政策手册：程序用到的每个数字和版本，出自哪份文件、从哪天起、谁可以改、超出怎样处理。数据在 `policy/`，改法见 `policy/README.md`。“未核实”表示没有见到文件原文。',
  en: 'The policy book: every figure and edition that the program uses, from which document, since when, who may change it, and what follows. The data lie in `policy/`; how to change them: `policy/README.md`. "Unverified" means that nobody has seen the text itself.',
};

export async function policyBookPage(): Promise<string> {
  const needs = await gatherNeeds();
  const book = loadPolicy({ root: `${ROOT}/policy`, city: 'qinghe', needs: needs.map((need) => ({ ...need, optional: true })) });
  const rows = allRows(book);
  const names = [...new Set([...needs.map((need) => need.name), ...rows.map((row) => row.name)])].sort(byText);
  return page('政策手册 · Policy book', ABOUT, summary(names, rows), ...names.map((name) => entry(name, rows, book)), lacking(book, needs), documents(book));
}

/** National rows once, then the cities' by code. */
function allRows(book: PolicyBook): PolicyRow[] {
  const rows = book.cities().flatMap((about) => book.city(about.city).all());
  const once = new Map(rows.map((row) => [`${row.area} ${row.name} ${row.from} ${row.id}`, row]));
  return [...once.values()].sort((a, b) => byText(a.name, b.name) || byText(a.area === 'national' ? '' : a.area, b.area === 'national' ? '' : b.area) || byText(a.from, b.from));
}

function summary(names: readonly string[], rows: readonly PolicyRow[]): string {
  const lines = names.map((name) => {
    const own = rows.filter((row) => row.name === name);
    return [`[${name}](#${anchor(name)})`, own[0]?.label.zh, own[0]?.label.en, [...new Set(own.map((row) => row.area))].join(', '), own.some((row) => row.status === 'unverified') ? '未核实 unverified' : '已核实 verified'];
  });
  return table(['名称 name', '中文', 'English', '地区 area', '状态 status'], lines);
}

const anchor = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function entry(name: string, rows: readonly PolicyRow[], book: PolicyBook): string {
  const own = rows.filter((row) => row.name === name);
  const first = own[0];
  if (!first) return `## ${name}\n\n尚无任何城市收录。 No city has it yet.`;
  const values = own.map((row) => [areaOf(row, book), valueOf(row), periodOf(row), sourcesOf(row), row.status === 'verified' ? '已核实 verified' : '**未核实 unverified**', code(row.file)]);
  const words = [...new Map(own.map((row) => [`${row.decidedBy.zh}${row.effect.zh}`, row])).values()];
  const prose = words.map((row) => [
    `- 谁可以改 who may change it (${areaOf(row, book)}): ${row.decidedBy.zh} ${row.decidedBy.en}`,
    `- 怎样处理 what follows (${areaOf(row, book)}): ${row.effect.zh} ${row.effect.en}`,
  ].join('\n')).join('\n');
  const notes = own.filter((row) => row.note).map((row) => `- 说明 note (${areaOf(row, book)} ${row.from}): ${row.note!.zh} ${row.note!.en}`).join('\n');
  const unit = first.unit === null ? '' : ` · ${code(first.unit)}`;
  return [`## ${name}`, `${first.label.zh} · ${first.label.en}${unit}`, table(['地区 area', '取值 value', '期间 period', '依据 source', '状态 status', '文件 file'], values), prose, notes].filter(Boolean).join('\n\n');
}

function areaOf(row: PolicyRow, book: PolicyBook): string {
  if (row.area === 'national') return '全国 national';
  const { name, fictional } = book.city(row.area).about;
  return `${name.zh} ${name.en}${fictional ? '（虚构 fictional）' : ''}`;
}

/** A figure in full; an edition by its id: its whole body stands in the file. */
function valueOf(row: PolicyRow): string {
  return row.shape === 'edition' ? `${code(row.id)} 见文件 see file` : code(JSON.stringify(row.value));
}

const periodOf = (row: PolicyRow): string => `${row.from} – ${row.to ?? ''}`;

function sourcesOf(row: PolicyRow): string {
  return row.sources.map(({ document, article }) => [document.number ?? document.title.zh, article].filter(Boolean).join(' ')).join('; ');
}

function lacking(book: PolicyBook, needs: readonly PolicyNeed[]): string {
  const rows = book.cities().map((about) => [about.name.zh, about.name.en, about.complete ? '完整 complete' : '部分 partial', missingNeeds(book.city(about.city), needs).map((need) => need.name).sort(byText).join(', ')]);
  return `## 各城市还缺什么 · What each city still lacks\n\n${table(['城市', 'city', '收录 state', '缺少 missing'], rows)}`;
}

function documents(book: PolicyBook): string {
  const rows = [...book.sources()].sort((a, b) => byText(a.id, b.id)).map((one) => [code(one.id), one.number, one.title.zh, one.title.en, one.date, one.address, one.fictional ? `${one.confidence}，虚构 fictional` : one.confidence]);
  return `## 文件 · Documents\n\n${table(['id', '文号 number', '标题', 'title', '日期 date', '地址 address', '可信度 confidence'], rows)}`;
}
