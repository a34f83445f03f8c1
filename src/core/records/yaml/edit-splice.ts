import { isMap, isSeq, type Pair, type ParsedNode } from 'yaml';
import {
  entriesYaml,
  inlineYaml,
  itemYaml,
  keyYaml,
  type Layout,
  valueYaml,
} from './write-yaml.ts';
import type { YamlPath } from './yaml-source.ts';
import { keyText } from './yaml-value.ts';
import {
  childAt,
  type Collection,
  columnOf,
  contentEnd,
  endOfLine,
  itemEnd,
  lastItemEnd,
  restOfLine,
  separatorEnd,
  startOf,
} from './node-places.ts';

/** A value to put at a path of a record, or undefined to take away what stands there. */
export type RecordEdit = {
  /** Keys and list indexes from the top. Maps on the way that do not exist are made; an index one past the end appends. */
  readonly path: YamlPath;
  readonly value: unknown;
};

/** A piece of a text and what takes its place. Offsets count UTF-16 code units. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

type Task = { readonly text: string; readonly layout: Layout };

/** The smallest cut that should make an edit, or null where no small one is known. The caller reads the result again. */
export function spliceOf(
  text: string,
  root: ParsedNode | null,
  edit: RecordEdit,
  layout: Layout,
): Splice | null {
  const task: Task = { text, layout };
  const place = findPlace(root, edit.path);
  if (place === null) return null;
  const { parent, step, rest } = place;
  const value = nested(rest, edit.value);
  if (edit.value === undefined)
    return rest.length > 0 || indexOf(parent, step) === -1
      ? { start: 0, end: 0, text: '' }
      : removal(task, parent, indexOf(parent, step), place);
  const index = indexOf(parent, step);
  if (edit.path[0] === 'history' && edit.path.length === 2 && typeof edit.path[1] === 'number') {
    const entry = historyAppended(task, root, edit.path[1], edit.value);
    if (entry !== null) return entry;
  }
  if (index === -1) return insertion(task, parent, step, value);
  return replacement(task, parent, index, value);
}

type Place = {
  readonly parent: Collection;
  readonly step: string | number;
  readonly rest: YamlPath;
  readonly around: { readonly parent: Collection; readonly index: number } | null;
};

/** The deepest list or map on the way, the step that leads out of it, and the steps for which nothing is there yet. */
function findPlace(root: ParsedNode | null, path: YamlPath): Place | null {
  let place: Place | null = null;
  let node: ParsedNode | null = root;
  for (const [depth, step] of path.entries()) {
    if (!isMap(node) && !isSeq(node)) break;
    const parent = node as Collection;
    const around: Place['around'] =
      place === null ? null : { parent: place.parent, index: indexOf(place.parent, place.step) };
    place = { parent, step, rest: path.slice(depth + 1), around };
    node = childAt(parent, indexOf(parent, step));
  }
  return place;
}

function indexOf(parent: Collection, step: string | number): number {
  if (isMap(parent))
    return parent.items.findIndex((pair) => keyText(pair as Pair) === String(step));
  return typeof step === 'number' && step < parent.items.length ? step : -1;
}

function nested(rest: YamlPath, value: unknown): unknown {
  return rest.reduceRight<unknown>(
    (inner, step) => (typeof step === 'number' ? [inner] : Object.fromEntries([[step, inner]])),
    value,
  );
}

function replacement(
  { text, layout }: Task,
  parent: Collection,
  index: number,
  value: unknown,
): Splice | null {
  const node = childAt(parent, index);
  const indent = columnOf(text, startOf(parent, index));
  const after = separatorEnd(parent, index);
  const end = node === null || node.range[0] === node.range[1] ? after : node.range[1];
  const whole = !parent.flow && restOfLine(text, end).trim() === '';
  const ending = text.slice(0, end ?? 0).match(/\r?\n$/)?.[0] ?? '';
  if (whole && after !== null)
    return {
      start: after,
      end: end ?? after,
      text: `${valueYaml(value, indent, layout)}${ending}`,
    };
  if (node !== null && node.range[0] !== node.range[1])
    return { start: node.range[0], end: node.range[1], text: `${inlineYaml(value)}${ending}` };
  return after === null ? null : { start: after, end: after, text: ` ${inlineYaml(value)}` };
}

/**
 * Appends to the history, an entry a line. A history in brackets on one line, which every entry of every branch would
 * change, becomes one; null where it is written otherwise and the usual way serves.
 */
function historyAppended(
  task: Task,
  root: ParsedNode | null,
  index: number,
  entry: unknown,
): Splice | null {
  if (!isMap(root) || root.flow) return null;
  const { text, layout } = task;
  const { lineEnding } = layout;
  const at = indexOf(root as Collection, 'history');
  const list = at === -1 ? null : childAt(root as Collection, at);
  const entries = entriesYaml([entry], 2, layout);
  if (at === -1) {
    if (index !== 0 || root.items.length === 0) return null;
    return appended(task, root as Collection, `history:${lineEnding}${entries}`);
  }
  if (!isSeq(list) || list.items.length !== index) return null;
  if (!list.flow) {
    const indent = columnOf(text, startOf(list as Collection, 0));
    return appended(task, list as Collection, entriesYaml([entry], indent, layout));
  }
  const [start, end] = list.range;
  const after = separatorEnd(root as Collection, at);
  if (
    after === null ||
    text.slice(start, end).includes('\n') ||
    restOfLine(text, end).trim() !== ''
  )
    return null;
  const kept = list.items.map(
    (item) => `  - ${text.slice(item.range[0], item.range[1])}${lineEnding}`,
  );
  return { start: after, end, text: `${lineEnding}${kept.join('')}${entries}` };
}

function insertion(
  task: Task,
  parent: Collection,
  step: string | number,
  value: unknown,
): Splice | null {
  if (isSeq(parent) && step !== parent.items.length) return null;
  if (parent.flow || parent.items.length === 0) return flowInsertion(task, parent, step, value);
  const { text, layout } = task;
  const indent = columnOf(text, startOf(parent, 0));
  const line = isSeq(parent)
    ? itemYaml(value, indent, layout)
    : `${' '.repeat(indent)}${keyYaml(String(step))}:${valueYaml(value, indent, layout)}`;
  return appended(task, parent, line);
}

/** Lines after the last one of a block, which ends with a line feed where that one did. */
function appended({ text, layout }: Task, parent: Collection, lines: string): Splice {
  const end = endOfLine(text, contentEnd(parent));
  return text[end - 1] === '\n'
    ? { start: end, end, text: `${lines}${layout.lineEnding}` }
    : { start: end, end, text: `${layout.lineEnding}${lines}` };
}

function flowInsertion(
  { text, layout }: Task,
  parent: Collection,
  step: string | number,
  value: unknown,
): Splice | null {
  const [open, close] = parent.range as [number, number, number];
  const item = isSeq(parent) ? inlineYaml(value) : `${keyYaml(String(step))}: ${inlineYaml(value)}`;
  const at = lastItemEnd(parent) ?? open + 1;
  const after = text.slice(at, close - 1);
  // A list that ends on a line of its own gets a new line: the comments behind the entries before stay theirs.
  if (after.includes('\n')) {
    const indent =
      parent.items.length === 0 ? '  ' : ' '.repeat(columnOf(text, startOf(parent, 0)));
    const comma = parent.items.length === 0 || after.trimStart().startsWith(',') ? '' : ',';
    const lineEnd = text.lastIndexOf('\n', close - 1) + 1;
    return {
      start: at,
      end: lineEnd,
      text: `${comma}${text.slice(at, lineEnd)}${indent}${item}${after.trimStart().startsWith(',') ? ',' : ''}${layout.lineEnding}`,
    };
  }
  return parent.items.length === 0
    ? { start: open + 1, end: close - 1, text: item }
    : { start: at, end: at, text: `, ${item}` };
}

function removal(task: Task, parent: Collection, index: number, place: Place): Splice | null {
  const { text } = task;
  if (parent.items.length === 1) return emptied(task, parent, place);
  const start = startOf(parent, index);
  if (parent.flow) return flowRemoval(parent, index);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const end = endOfLine(text, itemEnd(parent, index));
  if (text.slice(lineStart, start).trim() === '') return lastLineRemoval(text, lineStart, end);
  const next = parent.items[index + 1] === undefined ? end : startOf(parent, index + 1);
  return text.slice(end, next).trim() === ''
    ? { start, end: next, text: '' }
    : { start, end: itemEnd(parent, index), text: '' };
}

/** Whole lines; where the last line of a text has no ending, the one before it loses its own. */
function lastLineRemoval(text: string, start: number, end: number): Splice {
  const before = text.slice(0, start).match(/\r?\n$/)?.[0] ?? '';
  return text[end - 1] === '\n'
    ? { start, end, text: '' }
    : { start: start - before.length, end, text: '' };
}

function flowRemoval(parent: Collection, index: number): Splice {
  const start = startOf(parent, index);
  if (index + 1 < parent.items.length) return { start, end: startOf(parent, index + 1), text: '' };
  return { start: itemEnd(parent, index - 1), end: itemEnd(parent, index), text: '' };
}

/** A list or map that loses its only entry stays, empty. */
function emptied(task: Task, parent: Collection, { around }: Place): Splice | null {
  const empty = isSeq(parent) ? [] : {};
  if (parent.flow)
    return { start: (parent.range?.[0] ?? 0) + 1, end: (parent.range?.[1] ?? 0) - 1, text: '' };
  return around === null ? null : replacement(task, around.parent, around.index, empty);
}
