import type { Change, Scope } from './plain-change.ts';
import { isTheirs } from './plain-exceptions.ts';
import { isAttested } from './plain-forge.ts';
import { landingOf, type Point } from './plain-landed.ts';
import { hasCome } from './plain-settled.ts';
import { isSignedName, type Terms } from './read-policy.ts';
import { readSigned, type SignedFile } from './read-signed.ts';

/**
 * A signed file and what its words are worth. `binds`: it is somebody's word, by today's policy and keys or by those that
 * stood when it landed, whatever became of the key. `frees`: it may take something back or meet it too, which a key can do
 * only while it is good, and what it did before it landed with a good one stays done.
 */
export type Word = SignedFile & {
  readonly binds: Terms | null;
  readonly frees: Terms | null;
  readonly since: number | null;
  /** The change that it names has landed, and no commit of this branch brings it again. */
  readonly settled: boolean;
};

/** Reads every signed file of the target and of the change. */
export async function wordsOf(
  terms: Terms,
  next: Terms | null,
  change: Change,
  trusted: ReadonlySet<number>,
): Promise<readonly Word[]> {
  const { reader, before, after, now } = change;
  const line = await reader.line(change.tip);
  const revoked = next?.revoked ?? new Set<string>();
  const found: { readonly file: SignedFile; readonly oid: string }[] = [];
  // What was signed and landed was said, whoever took the file away since.
  const earlier = await Promise.all(line.slice(1).map((point) => reader.tree(point.oid)));
  const seen = new Set<string>();
  for (const [tree, landed] of [
    [before, true],
    ...earlier.map((one) => [one, true] as const),
    [after, false],
  ] as const) {
    for (const [path, { mode, oid }] of tree) {
      if (!isSignedName(path) || mode === '160000' || (!landed && before.get(path)?.oid === oid))
        continue;
      if (landed && seen.has(`${mode} ${oid} ${path}`)) continue;
      if (landed) seen.add(`${mode} ${oid} ${path}`);
      found.push({
        file: await readSigned(
          { path, text: (await reader.blob(oid)).toString('utf8'), mode, landed },
          terms,
          revoked,
          now,
        ),
        oid,
      });
    }
  }
  return Promise.all(
    found.map(async ({ file, oid }) => {
      const today = speaks(file, terms, change) ? terms : null;
      const held = holds(file, terms, change) ? terms : null;
      if (!file.landed)
        return {
          ...file,
          binds: today ?? held,
          frees: file.worth === 'good' ? today : null,
          since: null,
          settled: false,
        };
      return {
        ...file,
        ...(await worthOfLanded(file, oid, { line, trusted, revoked, today, held, terms }, change)),
      };
    }),
  );
}

type Time = {
  readonly line: readonly Point[];
  readonly trusted: ReadonlySet<number>;
  readonly revoked: ReadonlySet<string>;
  readonly today: Terms | null;
  readonly held: Terms | null;
  readonly terms: Terms;
};

async function worthOfLanded(
  file: SignedFile,
  oid: string,
  { line, trusted, revoked, today, held, terms }: Time,
  change: Change,
): Promise<Pick<Word, 'payload' | 'principal' | 'binds' | 'frees' | 'since' | 'settled'>> {
  const landing = await landingOf(change.reader, line, file.path, oid);
  const text = (await change.reader.blob(oid)).toString('utf8');
  const readBy = (by: Terms): Promise<SignedFile> =>
    readSigned(
      { path: file.path, text, mode: '100644', landed: true },
      by,
      new Set([...terms.revoked, ...revoked]),
      new Date(landing.time),
    );
  const bound = await readBy(terms);
  const old = landing.terms === null ? null : await readBy(landing.terms);
  const then = old !== null && speaks(old, landing.terms as Terms, change) ? old : null;
  const heldThen = old !== null && holds(old, landing.terms as Terms, change) ? old : null;
  const isTrusted = trusted.has(landing.at + 1);
  const payload = file.payload ?? old?.payload ?? null;
  const freedThen = isTrusted && then?.worth === 'good' ? landing.terms : null;
  return {
    payload,
    principal: file.principal ?? old?.principal ?? null,
    binds: today ?? held ?? ((then ?? heldThen) === null ? null : landing.terms),
    frees: today !== null && bound.worth === 'good' ? today : freedThen,
    since: landing.at,
    settled:
      payload !== null &&
      payload.decision !== undefined &&
      payload.decision !== 'approve' &&
      !change.commits.some(({ did }) =>
        did.some((one) => one.path === file.path && one.after !== null),
      ) &&
      (await hasCome({ ...file, payload }, change, terms, landing.at)),
  };
}

/** Whether a sign-off is that person's word here at all: it then stands for what it says. */
function speaks(file: SignedFile, terms: Terms, change: Change): boolean {
  const { payload } = file;
  return (
    isWordHere(file, terms, change) &&
    (payload.role === 'author' ||
      terms.policy.roles[payload.role]?.includes(payload.person) === true) &&
    (payload.decision === 'reject' ||
      Date.parse(payload.signed_at) <= change.now.getTime() + 5 * 60_000)
  );
}

/** Whether a word takes back, whatever the clock says and whatever role its signer has left. */
function holds(file: SignedFile, terms: Terms, change: Change): boolean {
  return isWordHere(file, terms, change) && file.payload.decision !== 'approve';
}

function isWordHere(file: SignedFile, terms: Terms, { target }: Change): boolean {
  const { payload, worth, principal } = file;
  const { policy } = terms;
  if (
    payload === null ||
    worth === 'forged' ||
    worth === 'stranger' ||
    payload.decision === undefined
  )
    return false;
  return (
    (payload.via === undefined ? isTheirs(payload, principal, policy) : isAttested(file, terms)) &&
    payload.repository === policy.repository &&
    payload.target === target
  );
}

/** Whether the list of files that was signed is the change's own. */
export function agrees(payload: SignedFile['payload'], { part }: Pick<Scope, 'part'>): boolean {
  if (payload.manifest === null) return part.length > 1000;
  return (
    Array.isArray(payload.manifest) &&
    payload.manifest.length === part.length &&
    part.every(({ path, before, after }, index) => {
      const [shown, old, , now] = payload.manifest[index];
      const name = Buffer.from(path, 'latin1');
      return (
        (typeof shown === 'string' ? Buffer.from(shown) : Buffer.from(shown.b64, 'base64')).equals(
          name,
        ) &&
        old === (before?.mode ?? '000000') &&
        now === (after?.mode ?? '000000')
      );
    })
  );
}

/** Those words that nobody has replaced. What takes back ends only by its signer's word with a good key, now or later in the chain. */
export function standing(words: readonly Word[], isGood: (word: Word) => boolean): readonly Word[] {
  const after = (one: Word): readonly Word[] =>
    words.filter(
      ({ payload }) =>
        payload.replaces === one.id &&
        payload.person === one.payload.person &&
        payload.rule === one.payload.rule,
    );
  const isTakenBack = (one: Word): boolean =>
    after(one).some((other) => isGood(other) || isTakenBack(other));
  return words.filter((one) =>
    one.payload.decision !== 'approve' ? !isTakenBack(one) : after(one).length === 0,
  );
}
