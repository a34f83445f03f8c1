import { createHash } from 'node:crypto';
import { type Difference, differences, HistoryReader, type Tree, type WrittenCommit } from './read-history.ts';
import { type Authors, authorsOf } from './plain-authors.ts';
import { exceptionState, isTheirs, mayExcept } from './plain-exceptions.ts';
import { oversightOf } from './plain-oversight.ts';
import { lastTakenOff } from './plain-served.ts';
import { governs, isSignedName, type PlainRule, rulesOf, type Terms, termsOf } from './read-policy.ts';
import { readSigned, type SignedFile } from './read-signed.ts';

export type PlainVerdict = { readonly verdict: 'pass' | 'pass-with-exception' | 'fail'; readonly rules: Readonly<Record<string, { readonly digest: string; readonly state: string }>>; readonly why: readonly string[] };

const day = 86_400_000;

/** Judges what a head would bring to a tip by the letter of the gate's page: slowly, and with nothing of the gate's own code. */
export async function judgePlainly(dir: string, question: { readonly tip: string; readonly head: string; readonly target: string; readonly now: Date }): Promise<PlainVerdict> {
  const reader = new HistoryReader(dir);
  const [tip, head] = [await reader.oid(question.tip), await reader.oid(question.head)];
  const why: string[] = [];
  const before = await reader.tree(tip);
  const [mine, theirs] = [await reader.ancestors(head), await reader.ancestors(tip)];
  const merge = mine.has(tip) ? null : await reader.merged(tip, head);
  if (merge !== null && merge.conflicts.length > 0) why.push('conflict');
  const after = await reader.tree(merge === null || merge.conflicts.length > 0 ? head : merge.tree);
  const entries = differences(before, after);
  const commits = await Promise.all([...mine].filter((oid) => !theirs.has(oid)).map((oid) => reader.commit(oid)));
  why.push(...(await misplaced(entries)), ...altered(entries, commits, after));
  const terms = await termsOf(reader, before);
  if (terms === null) throw new Error('the plain reading knows repositories with a policy only');
  const next = await termsOf(reader, after);
  if (next === null) why.push('the policy is deleted');
  const change: Change = { reader, tip, before, after, entries, commits, target: question.target, now: question.now, why };
  const judged = await judgeBy(terms, next, change);
  const own = Object.fromEntries(Object.entries(judged).map(([id, { digest, state }]) => [id, { digest, state: why.includes('conflict') && state !== 'rejected' ? 'unmet' : state }]));
  const changesPolicy = entries.some(({ path }) => governs(rulesOf(terms.policy).find(({ id }) => id === 'policy-change') as PlainRule, [], path));
  const byNext = changesPolicy && next !== null ? await judgeBy(next, next, change) : {};
  const states = [...Object.values(own), ...Object.values(byNext)].map(({ state }) => state);
  if (states.some((state) => state !== 'met' && state !== 'excepted')) why.push('a rule is open');
  const verdict = why.length > 0 ? 'fail' : Object.values(own).some(({ state }) => state === 'excepted') ? 'pass-with-exception' : 'pass';
  return { verdict, rules: own, why };
}

type Change = { readonly reader: HistoryReader; readonly tip: string; readonly before: Tree; readonly after: Tree; readonly entries: readonly Difference[]; readonly commits: readonly WrittenCommit[]; readonly target: string; readonly now: Date; readonly why: string[] };

/** Only sign-offs and exceptions lie in their folders. */
async function misplaced(entries: readonly Difference[]): Promise<readonly string[]> {
  return entries.filter(({ path, after }) => after !== null && /^\.countersign\/(signoffs|exceptions)\//i.test(path) && (!isSignedName(path) || after.mode === '160000')).map(({ path }) => `stray ${path}`);
}

/** Signed records are only ever added: in no commit, and between the two ends, is one edited or lost. */
function altered(entries: readonly Difference[], commits: readonly WrittenCommit[], after: Tree): readonly string[] {
  return [...entries, ...commits.flatMap(({ did }) => did)].filter((one) => isSignedName(one.path) && (one.before !== null || (one.after !== null && after.get(one.path)?.oid !== one.after.oid))).map(({ path }) => `altered ${path}`);
}

async function judgeBy(terms: Terms, next: Terms | null, change: Change): Promise<Record<string, { digest: string; state: string }>> {
  const { policy } = terms;
  const rules = rulesOf(policy);
  const scopes = await Promise.all(rules.map(async (rule) => {
    const part = change.entries.filter(({ path }) => governs(rule, rules, path));
    return { rule, part, digest: await digestOf(change.reader, part), takenOff: await lastTakenOff(change.reader, change.tip, part, change.now), authors: authorsOf(rule, rules, part, change.commits, policy) };
  }));
  const signed = await readAll(terms, next, change);
  complain(signed, change, terms);
  const result: Record<string, { digest: string; state: string }> = {};
  for (const scope of scopes.filter(({ part }) => part.length > 0)) result[scope.rule.id] = { digest: scope.digest, state: await stateOf(scope, signed, change, terms) };
  return result;
}

async function digestOf(reader: HistoryReader, part: readonly Difference[]): Promise<string> {
  const hash = createHash('sha256').update('model-change-v1\n');
  for (const { path, before, after } of part) {
    const content = async (file: Difference['before']): Promise<string> => (file === null ? '-' : file.mode === '160000' ? `gitlink:${file.oid}` : await reader.sha256(file.oid));
    for (const field of [Buffer.from(path, 'latin1'), before?.mode ?? '000000', await content(before), after?.mode ?? '000000', await content(after)]) hash.update(field).update('\0');
    hash.update('\n');
  }
  return `v1:${hash.digest('hex')}`;
}

async function readAll(terms: Terms, next: Terms | null, { reader, before, after, now }: Change): Promise<readonly SignedFile[]> {
  const files: SignedFile[] = [];
  for (const [tree, landed] of [[before, true], [after, false]] as const) {
    for (const [path, { mode, oid }] of tree) {
      if (!isSignedName(path) || mode === '160000' || (!landed && before.get(path)?.oid === oid)) continue;
      files.push(await readSigned(path, (await reader.blob(oid)).toString('utf8'), mode, landed, terms, next?.revoked ?? new Set(), now));
    }
  }
  return files;
}

/** What is wrong with signed files whatever rule they are for. */
function complain(signed: readonly SignedFile[], change: Change, terms: Terms): void {
  const seen = new Map(signed.filter(({ landed }) => landed).map(({ id, path }) => [id, path]));
  for (const file of signed.filter(({ landed }) => !landed)) {
    if (file.worth === 'forged') change.why.push(`forged ${file.path}`);
    if (file.id !== null && seen.has(file.id) && seen.get(file.id) !== file.path) change.why.push(`copy ${file.path}`);
    if (file.id !== null) seen.set(file.id, seen.get(file.id) ?? file.path);
    if (file.path.includes('/exceptions/') ? isNoException(file, change, terms) : isMisnamed(file)) change.why.push(`not what it says ${file.path}`);
  }
}

function isMisnamed({ path, payload }: SignedFile): boolean {
  return payload !== null && path !== `.countersign/signoffs/${payload.rule}/${payload.person}.${payload.digest.slice(3, 15)}.${payload.nonce.slice(0, 4)}.yaml`;
}

function isNoException({ payload, worth, principal }: SignedFile, { target, now }: Change, { policy }: Terms): boolean {
  if (payload === null) return worth === 'stranger';
  return worth === 'good' ? exceptionState(payload, principal, policy, target, now) === 'never' : !mayExcept(payload, principal, policy, target);
}

type Scope = { readonly rule: PlainRule; readonly part: readonly Difference[]; readonly digest: string; readonly takenOff: number | null; readonly authors: Authors };

/** Whether it was signed before what it is for was taken off the target: it may have served there. */
const isServed = ({ payload }: Pick<SignedFile, 'payload'>, { takenOff }: Scope): boolean => takenOff !== null && Date.parse(payload.signed_at) <= takenOff;

/** Whether a sign-off is that person's word here at all: it then stands for what it says, whatever became of the key. */
function speaks({ payload, worth, principal }: SignedFile, { policy }: Terms, { target, now }: Change): boolean {
  if (payload === null || worth === 'forged' || worth === 'stranger' || payload.decision === undefined) return false;
  if (!isTheirs(payload, principal, policy) || payload.repository !== policy.repository || payload.target !== target) return false;
  return (payload.role === 'author' || policy.roles[payload.role]?.includes(payload.person) === true) && (payload.decision === 'reject' || Date.parse(payload.signed_at) <= now.getTime() + 5 * 60_000);
}

async function stateOf(scope: Scope, signed: readonly SignedFile[], change: Change, terms: Terms): Promise<string> {
  const { rule, digest, authors } = scope;
  const words = signed.filter((file) => file.path.includes('/signoffs/') && speaks(file, terms, change) && file.payload.rule === rule.id);
  const isGood = ({ worth, payload }: SignedFile): boolean => worth === 'good' && (payload.digest !== digest || agrees(payload, scope));
  const after = (one: SignedFile): readonly SignedFile[] => words.filter((other) => other.payload.replaces === one.id && other.payload.person === one.payload.person);
  const isReplaced = (one: SignedFile): boolean => after(one).some((other) => one.payload.decision !== 'reject' || isGood(other) || isTakenBack(other));
  /** Whether a good key has the last word after this one, however many follow each other. */
  const isTakenBack = (one: SignedFile): boolean => after(one).some((other) => isGood(other) || isTakenBack(other));
  const standing = words.filter((one) => !isReplaced(one));
  const serves = (one: SignedFile): boolean => !one.landed && !signed.some((other) => other.landed && other.id === one.id);
  if (standing.some((one) => one.payload.decision === 'reject' && (serves(one) || one.payload.digest === digest) && (one.payload.digest !== digest || agrees(one.payload, scope)))) return 'rejected';
  const withdrew = (person: string): boolean => standing.some((one) => one.payload.decision === 'withdraw' && !one.landed && one.payload.person === person && one.payload.digest === digest && agrees(one.payload, scope));
  const approvals = standing.filter((one) => one.payload.decision === 'approve' && !withdrew(one.payload.person) && serves(one) && one.worth === 'good' && one.payload.digest === digest && !isServed(one, scope) && agrees(one.payload, scope) && one.payload.checklist === (rule.builtIn ? null : terms.questionsDigest(rule.checklist)) && (rule.max_age_days === undefined || change.now.getTime() - Date.parse(one.payload.signed_at) <= rule.max_age_days * day));
  const oversight = await oversightOf(scope, approvals, change);
  const lacking = oversight.open;
  const stranger = [...authors.strangers].some((email) => !oversight.fitting.some(({ payload }) => !authors.persons.has(payload.person) && (payload.vouches ?? []).some((other: string) => other.toLowerCase() === email.toLowerCase())));
  const questions = unanswered(scope, approvals, terms, oversight.asksNobody);
  if (stranger || questions) return 'unmet';
  if (!lacking) return 'met';
  return isExcepted(scope, signed, change, terms) ? 'excepted' : 'unmet';
}

/** Whether the list of files that was signed is the change's own. */
function agrees(payload: SignedFile['payload'], { part }: Scope): boolean {
  if (payload.manifest === null) return part.length > 1000;
  return Array.isArray(payload.manifest) && payload.manifest.length === part.length && part.every(({ path, before, after }, index) => {
    const [shown, old, , now] = payload.manifest[index];
    const name = Buffer.from(path, 'latin1');
    return (typeof shown === 'string' ? Buffer.from(shown) : Buffer.from(shown.b64, 'base64')).equals(name) && old === (before?.mode ?? '000000') && now === (after?.mode ?? '000000');
  });
}

/** Whether a question that must be answered is open: the author's by an author, each signer's by that signer. */
function unanswered({ rule, authors }: Scope, approvals: readonly SignedFile[], terms: Terms, asksNobody: boolean): boolean {
  if (rule.builtIn === true) return false;
  const must = terms.questions(rule.checklist).filter((item) => item.must);
  const said = ({ payload }: SignedFile, id: string): 'good' | 'no' | 'none' => {
    const given = payload.answers[id];
    if (given === undefined) return 'none';
    return given.answer === 'no' ? 'no' : given.answer === 'yes' || (given.note ?? '').trim() !== '' ? 'good' : 'none';
  };
  if (approvals.some((one) => must.some(({ id }) => said(one, id) === 'no'))) return true;
  const owners = approvals.filter(({ payload }) => payload.role === 'model-owner');
  const forAuthor = authors.persons.size > 0 ? approvals.filter(({ payload }) => authors.persons.has(payload.person)) : owners.length > 0 ? owners : approvals;
  if (must.some((item) => item.by !== 'signer' && !forAuthor.some((one) => said(one, item.id) === 'good'))) return true;
  const signers = approvals.filter(({ payload }) => payload.role !== 'author');
  if (asksNobody && signers.length === 0 && must.some(({ by, roles }) => by !== 'author' && roles === undefined)) return true;
  return signers.some((one) => must.some((item) => item.by !== 'author' && (item.roles === undefined || item.roles.includes(one.payload.role)) && said(one, item.id) !== 'good'));
}

function isExcepted(scope: Scope, signed: readonly SignedFile[], { target, now }: Change, { policy }: Terms): boolean {
  const { rule, digest, authors } = scope;
  if (rule.builtIn === true) return false;
  const promises = signed.filter(({ payload, landed }) => payload !== null && !landed && !isServed({ payload }, scope));
  const good = promises.filter(({ path, payload, worth, principal, id }) => path.includes('/exceptions/') && worth === 'good' && !signed.some((other) => other.landed && other.id === id) && exceptionState(payload, principal, policy, target, now) === 'good' && payload.rule === rule.id && payload.digest === digest && !authors.persons.has(payload.person));
  return good.length > 0 && new Set(good.map(({ payload }) => payload.person)).size >= (policy.exceptions?.count ?? 1);
}
