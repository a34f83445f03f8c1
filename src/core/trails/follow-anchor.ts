import type { CodeAnchor } from '../records/code-anchor.ts';
import { type FileLines, linesDigest } from './anchored-lines.ts';
import type { FollowedAnchor } from './followed-anchor.ts';
import { type FoundBlock, findBlock, type HeldLines } from './find-block.ts';
import { type ProposedPlace, proposePlace } from './propose-place.ts';
import { findSymbol, overlaps } from './symbol-lines.ts';

/** A file besides the anchor's own in which its lines may stand today. */
export type OtherFile = {
  readonly path: string;
  readonly file: FileLines;
  /** Whether git takes it for the anchor's own file under another name. */
  readonly renamed: boolean;
};

/** What is known of an anchor and of the files of today. */
export type AnchorQuestion = {
  readonly anchor: CodeAnchor;
  /** The file at the anchor's path, as git would store it; null where none is there. */
  readonly own: FileLines | null;
  /** Why no file is there, as a clause. */
  readonly gone?: string;
  /** Why nobody could look into the file, as a clause: then nothing is known of its lines. */
  readonly hidden?: string;
  /** A version in which the anchor's lines are known; its digest, where the anchor has one, must be that of these lines. */
  readonly held: HeldLines | null;
  /** Why there is no such version, as a clause, for an anchor without a digest. */
  readonly lack?: string;
  /** Why no such version can be read in this clone, as a clause, for an anchor with a digest. */
  readonly cut?: string;
  readonly others?: readonly OtherFile[];
};

/** Follows an anchor by what its lines said, and by what stood around them. */
export function followAnchor(question: AnchorQuestion): FollowedAnchor {
  const { anchor, own, held, others = [] } = question;
  if (question.hidden !== undefined)
    return say(question, 'unproven', [anchor.path, anchor.lines[0] as number], question.hidden);
  const digest = anchor.digest ?? (held && linesDigest(held.file.bytes, ...held.lines));
  if (!digest) return withoutProof(question);
  const here = own && findBlock({ path: anchor.path, file: own }, { anchor, held, digest });
  if (here?.first)
    return here.first === anchor.lines[0]
      ? say(question, 'exact', [anchor.path, here.first], 'the lines are as they were')
      : say(question, 'moved', [anchor.path, here.first], 'the same lines stand here now');
  const found = others
    .map((other) => ({ ...other, block: findBlock(other, { anchor, held, digest }) }))
    .filter(({ block }) => block.first !== null);
  const renamed = found.filter((other) => other.renamed);
  const [there, ...more] = renamed.length > 0 ? renamed : found;
  if (there && more.length === 0 && there.block.first !== null)
    return say(
      question,
      'moved',
      [there.path, there.block.first],
      there.renamed
        ? 'the file was renamed, and the same lines stand in it'
        : 'the same lines stand in another file now',
    );
  return changedOrLost(question, here, found.length);
}

function changedOrLost(
  question: AnchorQuestion,
  here: FoundBlock | null,
  copies: number,
): FollowedAnchor {
  const { anchor, own, held, others = [] } = question;
  const target = others.find(({ renamed }) => renamed);
  const file = own ?? target?.file;
  const path = own ? anchor.path : target?.path;
  const elsewhere = copies > 1 ? `; the same lines stand in ${copies} other files` : '';
  if (!file || path === undefined)
    return say(
      question,
      'lost',
      null,
      `${question.gone ?? 'the file is gone'}${question.cut === undefined ? '' : `; ${question.cut}, so nobody can tell whether it was moved`}${elsewhere}`,
    );
  const missed = own && missedSymbol(anchor, own);
  if (missed && here?.unsure.includes(anchor.lines[0] as number))
    return say(
      question,
      'changed',
      [path, ...missed],
      `the same text stands there, and ${anchor.symbol} is lines ${missed[0]}–${missed[1]}`,
    );
  const proposed = proposePlace({ path, file }, anchor, held);
  const doubt = elsewhere || doubtOf(here);
  return sayProposed(question, path, proposed, doubt);
}

function sayProposed(
  question: AnchorQuestion,
  path: string,
  { by, lines }: ProposedPlace,
  doubt: string,
): FollowedAnchor {
  const place = lines && ([path, lines[0], lines[1]] as const);
  // Without the version of then what was moved and what was rewritten look alike.
  const what =
    question.cut === undefined
      ? 'the lines were rewritten'
      : `${question.cut}, so nobody can tell whether the lines were moved or rewritten`;
  switch (by) {
    case 'words':
      return say(
        question,
        'changed',
        place,
        'the lines were formatted anew; their words stand here',
      );
    case 'neighbours':
      return say(
        question,
        'changed',
        place,
        `the lines were rewritten; this stands between the same neighbours now${doubt}`,
      );
    case 'symbol':
      return say(
        question,
        'changed',
        place,
        `${what}; ${question.anchor.symbol} is here now${doubt}`,
      );
    case 'taken-out':
      return say(question, 'lost', null, `the lines were taken out${doubt}`);
    case 'nothing':
      return say(question, 'changed', null, `${what}${doubt}`);
  }
}

/** The same text at a place that nothing ties to the anchor is worth a word, and no more. */
function doubtOf(here: FoundBlock | null): string {
  if (here === null || here.unsure.length === 0) return '';
  const [first] = here.unsure;
  return here.unsure.length === 1
    ? `; the same text stands at line ${first}, and nothing shows that it is the one that was meant`
    : `; the same text stands at ${here.unsure.length} places, and nothing shows which was meant`;
}

/** An anchor with neither a digest nor a commit that is here. */
function withoutProof(question: AnchorQuestion): FollowedAnchor {
  const { anchor, own, lack } = question;
  if (own === null) return say(question, 'lost', null, question.gone ?? 'the file is gone');
  const [first = 1, last = first] = anchor.lines;
  if (last > own.bytes.length)
    return say(question, 'lost', null, `the file has ${own.bytes.length} lines today`);
  const why = lack ?? 'nothing but line numbers holds this anchor';
  const missed = missedSymbol(anchor, own);
  return missed === null
    ? say(question, 'unproven', [anchor.path, first], why)
    : say(
        question,
        'unproven',
        [anchor.path, ...missed],
        `${why}, and ${anchor.symbol} is lines ${missed[0]}–${missed[1]}`,
      );
}

/** The lines of an anchor's symbol where the anchor names others of its file: one of both is a slip. Null where they agree. */
export function missedSymbol(
  { path, symbol, lines: [first = 1, last = first] }: CodeAnchor,
  file: FileLines,
): readonly [number, number] | null {
  const found = symbol === undefined ? null : findSymbol(path, file.texts.join('\n'), symbol);
  return found?.kind === 'found' && !overlaps([first, last], found.lines) ? found.lines : null;
}

function say(
  { anchor, own }: AnchorQuestion,
  state: FollowedAnchor['state'],
  place: readonly [path: string, first: number, last?: number] | null,
  why: string,
): FollowedAnchor {
  const [first = 1, last = first] = anchor.lines;
  const symbol = anchor.symbol ?? null;
  // Whether a language is read does not hang on the text.
  const unread = symbol === null || own === null ? null : findSymbol(anchor.path, '', symbol);
  return {
    path: anchor.path,
    lines: [first, last],
    symbol,
    state,
    now: place && { path: place[0], lines: [place[1], place[2] ?? place[1] + last - first] },
    why:
      unread?.kind === 'not-understood'
        ? `${why}; symbol not understood in ${unread.language}`
        : why,
  };
}
