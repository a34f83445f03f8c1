import type { FromReportPage, NamedRecord, ReportSnapshot, ReportWords } from '../../src/core/render/report-page.ts';
import type { ResultTarget } from '../../src/core/reports/result.ts';
import { element } from '../kit/element.ts';
import { dataTable } from './data-table.ts';
import { groupName } from './group-section.ts';
import { countText, intervalText, pText, valueText } from './number-text.ts';

export type Send = (message: FromReportPage) => void;

/** A link of the page: it asks the program around it to open a file. */
export function opener(label: string, path: string, send: Send): HTMLElement {
  const link = element('a', { href: '#', class: 'path' }, label);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    send({ kind: 'open', path });
  });
  return link;
}

/** What changed, and which feedback asked for it. */
export function whySection({ decisions, feedback }: ReportSnapshot, words: ReportWords, send: Send): readonly HTMLElement[] {
  if (decisions.length === 0) return [element('h2', {}, words.why), element('p', {}, words.noDecision)];
  return [element('h2', {}, words.why), element('h3', {}, words.decisions), recordList(decisions, send), ...(feedback.length > 0 ? [element('h3', {}, words.feedback), recordList(feedback, send)] : [])];
}

function recordList(records: readonly NamedRecord[], send: Send): HTMLElement {
  return element('ul', {}, ...records.map(({ id, title, status, path }) => element('li', {}, opener(id, path, send), ` ${title}`, element('span', { class: 'detail' }, ` · ${status}`))));
}

export function targetSection({ stored, targets }: ReportSnapshot, words: ReportWords): readonly HTMLElement[] {
  if (!stored) return [];
  const rows = stored.result.targets.map((target, at) => [targets[at] ?? target.metric, stateText(target.state, words), valueText(target.value), intervalText(target.low, target.high), `${target.op === '>=' ? '≥' : '≤'} ${valueText(target.target)}`, target.stated]);
  if (rows.length === 0) return [element('h2', {}, words.targets), element('p', {}, words.noTargets)];
  return [element('h2', {}, words.targets), dataTable(words.targets, [{ title: words.measure }, { title: words.state }, { title: words.value, number: true }, { title: words.interval, number: true }, { title: words.target, number: true }, { title: words.openRecord }], rows)];
}

/** A state in words and by a mark of its own, never by colour alone. */
function stateText(state: ResultTarget['state'], words: ReportWords): string {
  return { met: `✓ ${words.stateMet}`, 'not met': `✗ ${words.stateNotMet}`, undecided: `? ${words.stateUndecided}`, 'not estimable': `– ${words.stateNotEstimable}` }[state];
}

export function fairnessSection({ stored }: ReportSnapshot, words: ReportWords): readonly HTMLElement[] {
  const sides = (['baseline', 'candidate'] as const).filter((side) => stored?.result.models[side]?.disparities.length);
  if (!stored || sides.length === 0) return [];
  const tables = sides.map((side) => {
    const rows = (stored.result.models[side]?.disparities ?? []).map((disparity) => [
      `${disparity.metric} · ${[disparity.by.join(' × '), disparity.slice].filter(Boolean).join(' · ')}`,
      disparity.value === null ? (disparity.why ?? words.notEstimable) : valueText(disparity.value),
      intervalText(disparity.low, disparity.high),
      disparity.between.map((by) => groupName(by, words)).join(' / '),
      disparity.orientation,
      disparity.left_out.map(({ by, why }) => `${groupName(by, words)} (${why})`).join(', '),
    ]);
    return dataTable(`${words.fairness}: ${words[side]}`, [{ title: words.measure }, { title: words.value, number: true }, { title: words.interval, number: true }, { title: words.between }, { title: words.orientation }, { title: words.leftOut }], rows);
  });
  return [element('h2', {}, words.fairness), ...tables];
}

export function pairedSection({ stored }: ReportSnapshot, words: ReportWords): readonly HTMLElement[] {
  if (!stored || stored.result.paired.length === 0) return [];
  const rows = stored.result.paired.map(({ metric, by, difference, low, high, p, flips, n }) => [`${metric} · ${groupName(by, words)}`, countText(n), valueText(difference), intervalText(low, high), pText(p), `0→1 ${countText(flips['0→1'])} · 1→0 ${countText(flips['1→0'])}`]);
  return [element('h2', {}, words.paired), dataTable(words.paired, [{ title: words.measure }, { title: words.rows, number: true }, { title: words.difference, number: true }, { title: words.interval, number: true }, { title: words.p, number: true }, { title: words.flips }], rows)];
}

export function limitSection({ stored }: ReportSnapshot, words: ReportWords): readonly HTMLElement[] {
  if (!stored) return [];
  const { notes, methods, comparisons, correction, looks } = stored.result;
  const lines = [...notes, `${words.comparisons}: ${comparisons} (${correction})`, `${words.looks}: ${looks}`];
  return [element('h2', {}, words.limits), element('ul', {}, ...lines.map((line) => element('li', {}, line))), element('details', {}, element('summary', {}, words.methods), element('ul', {}, ...methods.map((method) => element('li', {}, method))))];
}

export function provenanceSection({ stored, path }: ReportSnapshot, words: ReportWords, send: Send): readonly HTMLElement[] {
  if (!stored) return [];
  const { inputs, plan, engine, seed, sql } = stored.result;
  const inputRows = inputs.map((input) => [input.role, opener(input.path, input.path, send), countText(input.rows), countText(input.missing.label + input.missing.prediction + input.invalid.label + input.invalid.prediction), element('code', {}, input.sha256.slice(0, 16))]);
  const planRows = plan.map((file) => [opener(file.path, file.path, send), element('code', {}, file.sha256.slice(0, 16))]);
  return [
    element('h2', {}, words.provenance),
    element('p', {}, opener(path, path, send), ' · ', opener(stored.path, stored.path, send)),
    element('p', {}, `${words.engine}: ${engine.name} ${engine.version} · ${words.seed}: ${seed}`),
    dataTable(words.inputs, [{ title: words.inputs }, { title: words.file }, { title: words.rows, number: true }, { title: words.missing, number: true }, { title: words.digest }], inputRows),
    dataTable(words.plan, [{ title: words.file }, { title: words.digest }], planRows),
    element('details', {}, element('summary', {}, words.sql), ...sql.map((query) => element('pre', { tabindex: '0' }, query))),
  ];
}
