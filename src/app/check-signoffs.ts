import type { CheckedCondition } from '../core/gate/check-result.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { LandingFiles } from '../core/gate/append-only-findings.ts';
import { type JudgedException, judgeException } from '../core/gate/exceptions.ts';
import {
  type JudgedSignoff,
  judgeSignoff,
  type SignableRule,
  signableRule,
  type TreeFile,
  type VerifySignature,
  type WordsPlace,
} from '../core/gate/judged-signoff.ts';
import { readSignedFile, type SignedKind } from '../core/gate/signoff-file.ts';
import {
  exceptionFolder,
  parseExceptionPath,
  parseSignoffPath,
  reviewFolder,
  signoffFolder,
} from '../core/gate/signoff-path.ts';
import { conditionKey, conditionState, conditionsIn } from '../core/gate/landed-conditions.ts';
import { hasRole } from '../core/gate/people.ts';
import { isAuthentic, replacedIds } from '../core/gate/standing.ts';
import { approvedCommits, type MovedSince } from './approved-commits.ts';
import { perBytes } from './per-bytes.ts';
import type { LandedWords } from './landed-words.ts';
import type { Git } from './ports.ts';
import type { ScopedRule } from './ruled-change.ts';
import { takenAway, type TakenAway } from './taken-away.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

/** The signed files that matter to a check: those the change brings, and those of the tip that still say something. */
export type SignedFiles = {
  readonly brought: readonly TreeFile[];
  readonly landed: readonly TreeFile[];
  /** Path of each payload that has landed, at the tip or as it was before it was taken away. */
  readonly landedIds: ReadonlyMap<string, string>;
  /** Object ids of what lands in the folders that are only ever added to. */
  readonly landing: LandingFiles;
  readonly count: number;
  /** Payloads that came from outside and that the change does not bring. */
  readonly sent: ReadonlySet<string>;
  /** Those that had landed and that the tip has no more as they were signed. */
  readonly takenAway: readonly TakenAway[];
  /** Files that the change brings under the name of a signed one and that are larger than any: nobody looked into them. */
  readonly skipped: number;
};

const lenient = new TextDecoder('utf-8');

/** Reads the signed files of what lands and of the tip. */
export async function readSignedFiles(
  git: Git,
  tip: string,
  lands: string,
  more: readonly TreeFile[],
): Promise<SignedFiles> {
  const folders = [signoffFolder, exceptionFolder];
  const listedBefore = await listTree(git, tip, folders);
  const before = await readTreeFiles(git, listedBefore);
  const listed = await listTree(git, lands, [...folders, reviewFolder]);
  const same = new Map(listedBefore.map(({ path, oid }) => [path.raw, oid]));
  const fresh = await readTreeFiles(
    git,
    listed.filter(
      ({ path, oid }) => same.get(path.raw) !== oid && !path.text?.startsWith(reviewFolder),
    ),
  );
  const brought = fresh.flatMap(whole);
  const gone = await readTakenAway(git, tip);
  const landed = [...before.flatMap(whole), ...gone.flatMap(({ file }) => whole(file))];
  const promised = new Set(
    landed.flatMap(({ path, bytes }) =>
      parseExceptionPath(path) === null ? [] : digestsIn(bytes),
    ),
  );
  const kept = new Set(
    more.length === 0 ? [] : brought.flatMap(({ path, bytes }) => payloadIds(path, bytes)),
  );
  return {
    brought: [...brought, ...more],
    sent: new Set(
      more.flatMap(({ path, bytes }) => payloadIds(path, bytes)).filter((id) => !kept.has(id)),
    ),
    landed: landed.filter(
      ({ path, bytes }) => stillSpeaks(bytes) || promised.has(parseSignoffPath(path)?.digest ?? ''),
    ),
    // What was taken away has landed too: put back, or brought again with its change, it does not serve anew.
    landedIds: new Map(
      [...gone.map(({ file }) => file), ...before]
        .flatMap(whole)
        .flatMap(({ path, bytes }) => payloadIds(path, bytes).map((id) => [id, path] as const)),
    ),
    landing: new Map(
      listed.flatMap(({ path, oid }) => (path.text === null ? [] : [[path.text, oid] as const])),
    ),
    count: brought.length + more.length + before.flatMap(whole).length,
    takenAway: gone.map(({ taken }) => taken),
    skipped: fresh.filter((file) => file.bytes === null && whole(file).length > 0).length,
  };
}

/** Signed files as they were before they were taken away; what was none, or too large for one, said nothing. */
async function readTakenAway(
  git: Git,
  tip: string,
): Promise<readonly { readonly taken: TakenAway; readonly file: ReadFile }[]> {
  const taken = await takenAway(git, tip);
  const files = await readTreeFiles(
    git,
    taken.map(({ entry: { path, oldMode, oldOid } }) => ({
      path,
      mode: oldMode,
      type: 'blob',
      oid: oldOid,
    })),
  );
  return files.flatMap((file, index) =>
    file.bytes === null || payloadIds(file.path, file.bytes).length === 0
      ? []
      : [{ taken: taken[index] as TakenAway, file }],
  );
}

/** A file too large to be a record is judged by an empty one: it is malformed, and says so. */
function whole({ path, mode, bytes }: ReadFile): readonly TreeFile[] {
  return parseSignoffPath(path) === null && parseExceptionPath(path) === null
    ? []
    : [{ path, mode, bytes: bytes ?? new Uint8Array() }];
}

function payloadIds(path: string, bytes: Uint8Array): readonly string[] {
  return parseSignoffPath(path) ? signoffIds(bytes) : exceptionIds(bytes);
}

const signoffIds = perBytes((bytes) => idOf('signoff', bytes));
const exceptionIds = perBytes((bytes) => idOf('exception', bytes));

function idOf(kind: SignedKind, bytes: Uint8Array): readonly string[] {
  const read = readSignedFile(kind, bytes);
  return read.ok ? [`sha256:${sha256Hex(read.payload)}`] : [];
}

/**
 * A landed approval says nothing any more, but of what landed under an exception. Landed rejects, withdrawals, replacements and conditions do, and so does an exception. An
 * escape could spell these words otherwise, so a file with one is looked at too.
 */
const stillSpeaks = perBytes((bytes) =>
  /reject|withdraw|conditions|meets|model-exception|\\|"replaces"\s*:\s*"/.test(
    lenient.decode(bytes),
  ),
);

/** Beginnings of the digests that an exception could be about, told by its text alone. */
export function digestsIn(bytes: Uint8Array): readonly string[] {
  return [...lenient.decode(bytes).matchAll(/v1:([0-9a-f]{12})/g)].map(
    ([, beginning = '']) => beginning,
  );
}

export type JudgedFiles = {
  readonly signoffs: readonly JudgedSignoff[];
  readonly exceptions: readonly JudgedException[];
  readonly conditions: readonly CheckedCondition[];
  /** Those of them whose files the change brings, also where their payload has landed before. */
  readonly brought: readonly (JudgedSignoff | JudgedException)[];
};

/** By what signed files are judged. `words` are landed sign-offs that the policy knows no more, as they counted when they landed. */
export type SignedContext = {
  readonly policy: GatePolicy;
  readonly target: string;
  readonly now: Date;
  readonly verify: VerifySignature;
  readonly words?: LandedWords;
  readonly approved: MovedSince;
} & Partial<WordsPlace>;

/** Judges every signed file by one policy and its keys. */
export function judgeSignedFiles(
  files: SignedFiles,
  rules: readonly ScopedRule[],
  checklists: ReadonlyMap<string, { readonly digest: string }>,
  context: SignedContext,
): JudgedFiles {
  const signable = new Map(
    rules.map(({ rule, change }): [string, SignableRule] => [
      rule.id,
      signableRule(
        rule,
        change.digest,
        change.entries,
        checklists.get(rule.checklist ?? '')?.digest ?? null,
      ),
    ]),
  );
  const digests = new Map(rules.map(({ rule, change }) => [rule.id, change.digest]));
  const approved = approvedCommits(context.approved, rules);
  const signoffs: JudgedSignoff[] = [];
  const exceptions: JudgedException[] = [];
  const brought: (JudgedSignoff | JudgedException)[] = [];
  const place = { landedIds: files.landedIds, sent: files.sent };
  for (const [list, landed] of [
    [files.brought, false],
    [files.landed, true],
  ] as const) {
    for (const file of list) {
      const isException = parseSignoffPath(file.path) === null;
      const judged = isException
        ? judgeException(file, landed, { ...context, ...place, digests })
        : ((landed ? context.words?.get(file.path) : undefined) ??
          judgeSignoff(file, landed, { ...context, ...place, rules: signable, approved }));
      if ('because' in judged) signoffs.push(judged);
      else exceptions.push(judged);
      if (!landed) brought.push(judged);
    }
  }
  return {
    signoffs,
    exceptions,
    conditions: conditionsOf(signoffs, context.policy, context.now),
    brought,
  };
}

/**
 * Conditions of approvals that landed or that count now, and whether a signed payload of the signer or of a person of the
 * role has closed them. A key that is good no more closes nothing now; what it closed before stays closed.
 */
function conditionsOf(
  signoffs: readonly JudgedSignoff[],
  policy: GatePolicy,
  now: Date,
): readonly CheckedCondition[] {
  const authentic = signoffs.filter(isAuthentic);
  const replaced = replacedIds(authentic);
  // Who takes an approval back that has not landed takes back, too, that something is done; who signs once more does not.
  const takenBack = replacedIds(
    authentic,
    authentic.filter((signoff) => signoff.payload.decision !== 'approve'),
  );
  const closed = new Set(
    authentic
      .filter(
        ({ id, state, landed }) =>
          (landed && state !== 'not-allowed') ||
          ((state === 'valid' || state === 'stale') && !takenBack.has(id)),
      )
      .flatMap(({ payload }) =>
        (payload.meets ?? []).map((meets) => ({ ...meets, by: payload.person })),
      )
      .flatMap(({ by, ...meets }) => {
        const made = authentic.find(({ id }) => id === meets.payload)?.payload;
        return made && (made.person === by || hasRole(policy, by, made.role))
          ? [conditionKey(meets)]
          : [];
      }),
  );
  const standing = authentic.filter(
    ({ id, state, landed }) => landed || (state === 'valid' && !replaced.has(id)),
  );
  const stated = standing.flatMap((signoff) =>
    signoff.payload.decision === 'approve' ? conditionsIn(signoff) : [],
  );
  return stated.map((condition) => ({
    ...condition,
    state: conditionState(closed.has(conditionKey(condition)), condition.due, now),
  }));
}
