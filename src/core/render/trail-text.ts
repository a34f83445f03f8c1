import type { LinkKind } from '../graph/record-links.ts';
import type { TrailStep } from '../graph/trail-tree.ts';
import { escapeTerminal } from './terminal.ts';

/** How a step hangs on the one above, where that one holds the link. */
const words: Readonly<Partial<Record<LinkKind, string>>> = {
  feedback: 'asked for by',
  'duplicate-of': 'duplicate of',
  supersedes: 'supersedes',
  evaluation: 'measured by',
  slice: 'on',
  'target-slice': 'target on',
  code: 'in',
  result: 'result',
  signoff: 'signed by',
};

/** The same where this step holds the link. */
const wordsBack: Readonly<Partial<Record<LinkKind, string>>> = {
  feedback: 'answered by',
  'duplicate-of': 'repeated by',
  supersedes: 'superseded by',
  evaluation: 'measures',
  slice: 'named by',
  'target-slice': 'target of',
  code: 'because of',
  governs: 'governed by',
  marker: 'marked',
  review: 'review',
};

function linkWords({ link, end }: TrailStep): string {
  return link === null ? '' : ((end === 'in' ? wordsBack[link] : words[link]) ?? link);
}

/**
 * A trail as a tree, one line a step.
 *
 * @param notes what else is said of a node, by its id; not escaped
 */
export function trailText(step: TrailStep, notes: ReadonlyMap<string, string> = new Map()): string {
  return [nodeLine(step), ...stepLines(step.steps, '', notes)].join('\n');
}

function stepLines(
  steps: readonly TrailStep[],
  indent: string,
  notes: ReadonlyMap<string, string>,
): readonly string[] {
  return steps.flatMap((step, index) => {
    const last = index === steps.length - 1;
    const note = notes.get(step.node.id);
    return [
      `${indent}${last ? '└─ ' : '├─ '}${step.link ? `${linkWords(step)} ` : ''}${nodeLine(step)}${escapeTerminal(anchorText(step))}${note === undefined ? '' : escapeTerminal(`; ${note}`)}`,
      ...stepLines(step.steps, `${indent}${last ? '   ' : '│  '}`, notes),
    ];
  });
}

/** What is to be said of lines that are not where they were, or not sure. */
export function anchorText({
  anchor,
  node,
  lines,
}: Pick<TrailStep, 'anchor' | 'node' | 'lines'>): string {
  if (anchor === null || anchor.state === 'exact') return '';
  const { state, was, why } = anchor;
  const [first, last] = was.lines;
  const range = first === last ? `${first}` : `${first}–${last}`;
  // Under its own file the lines are enough.
  const place = node.kind === 'file' && node.path === was.path ? range : `${was.path}:${range}`;
  if (state === 'moved') return `; moved here from ${place}`;
  if (state === 'unproven') return `; unproven: ${why}`;
  const now = lines === null || node.kind === 'file' ? '' : `, now ${lines.join('–')}`;
  return `; ${state === 'lost' ? 'lines lost' : 'lines rewritten'}; was ${place}${now} (${why})`;
}

function nodeLine({ node, lines }: TrailStep): string {
  const where = lines ? `:${lines[0]}${lines[1] === lines[0] ? '' : `-${lines[1]}`}` : '';
  if (node.kind === 'file') return escapeTerminal(`${node.title}${where}`);
  if (node.path && /^(FB|DR|SL|EV)-/.test(node.id))
    return escapeTerminal(`${node.id} ${node.title}${node.status ? ` [${node.status}]` : ''}`);
  if (node.kind === 'review') return escapeTerminal(`${node.title} [${node.status}]`);
  return escapeTerminal(node.exists ? `${node.title}` : `${node.id} (missing)`);
}

/** A trail as a Mermaid flow chart, to paste into Markdown. Titles are quoted, so that no text can become a command. */
export function trailMermaid(step: TrailStep): string {
  const lines = ['flowchart LR'];
  const names = new Map<string, string>();
  const visit = (here: TrailStep): string => {
    const known = names.get(here.node.id);
    const name = known ?? `n${names.size}`;
    if (known === undefined) {
      names.set(here.node.id, name);
      lines.push(
        `  ${name}["${nodeLine(here).replace(/[^A-Za-z0-9 .,:;/()-]/g, (character) => `#${character.codePointAt(0)};`)}"]`,
      );
    }
    for (const next of here.steps) {
      const other = visit(next);
      lines.push(`  ${name} -->|${linkWords(next)}| ${other}`);
    }
    return name;
  };
  visit(step);
  return lines.join('\n');
}
