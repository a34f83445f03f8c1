import type { Finding } from '../core/finding.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import type { JudgedSignoff, SignoffState, TreeFile } from '../core/gate/judged-signoff.ts';
import { viaOf } from '../core/gate/payload.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { exceptionFolder, isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { asNobody } from './author-identity.ts';
import { type JudgedFiles, judgeSignedFiles, readSignedFiles, type SignedFiles } from './check-signoffs.ts';
import { CountersignError } from './errors.ts';
import { asLanded } from './landed-verdicts.ts';
import { readSignedHere } from './signed-here.ts';
import { judgingPolicy } from './own-key.ts';
import type { Repository } from './repository.ts';
import { readRuledChange } from './ruled-change.ts';
import { movedSince } from './approved-commits.ts';
import { storeSigned } from './sign.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** One verified file: the JSON of `verify`. */
export type VerifiedFile = {
  readonly file: string;
  readonly state: SignoffState;
  /** From the verified payload; null where nothing is verified. */
  readonly person: string | null;
  readonly role: string | null;
  readonly rule: string | null;
  readonly decision: string | null;
  readonly digest: string | null;
  readonly signed_at: string | null;
  readonly key: string | null;
  /** `forge:login` where the person approved on a forge; null where the key is their own. */
  readonly via: string | null;
  readonly landed: boolean;
  readonly moved: readonly ShownPath[];
  readonly findings: readonly Finding[];
};

/**
 * Verifies signed files of the working tree, sign-offs and exceptions, against what is staged. What has landed is judged by
 * the policy and the keys of its landing, as an audit does: whoever rotates a key afterwards makes nothing of it untrue.
 *
 * @param paths from the repository's top; all signed files where empty. Any other path is refused: it would be passed over
 */
export async function verifySignoffs(repository: Repository, paths: readonly string[]): Promise<readonly VerifiedFile[]> {
  const stray = paths.find((path) => !isRecordPath(path));
  if (stray !== undefined) throw notASignoff(stray, `name files under ${signoffFolder} or ${exceptionFolder}; one that somebody sent you: countersign verify --take FILE`);
  return verifyFiles(repository, await readSignedHere(repository, paths));
}

/**
 * Verifies signed files that somebody sent against what is staged, and puts those that are valid where they belong, staged
 * for the next commit. One that is not valid is left out, and its state says why.
 */
export async function takeSignoffs(repository: Repository, sent: readonly TreeFile[]): Promise<readonly VerifiedFile[]> {
  const stray = sent.find(({ path }) => !isRecordPath(path));
  if (stray) throw notASignoff(stray.path.slice(stray.path.lastIndexOf('/') + 1), 'name files that countersign sign --print wrote');
  const verified = await verifyFiles(repository, sent);
  for (const { path, bytes } of sent) {
    if (verified.some(({ file, state }) => file === path && state === 'valid')) await storeSigned(repository, { path, text: new TextDecoder().decode(bytes) });
  }
  return verified;
}

function notASignoff(name: string, fix: string): CountersignError {
  return new CountersignError('verify/not-a-signoff', `${name} is not a sign-off`, fix);
}

/** Files judged for what is staged, and as they counted when they landed, where they did and today's policy or keys know them no more. */
export type JudgedForStaged = { readonly today: JudgedFiles; readonly landed: ReadonlyMap<string, JudgedSignoff | JudgedException> };

/** Judges files as signed files of what is staged, by the target's policy and keys. @throws CountersignError where there is no policy */
export async function judgeForStaged(repository: Repository, files: readonly TreeFile[]): Promise<JudgedForStaged> {
  const ruled = await readRuledChange(asNobody(repository), { kind: 'staged' });
  const { change, rules } = ruled;
  const base = await judgingPolicy(repository, ruled);
  if (base === null) throw new CountersignError('policy/none', 'there is no policy, so nobody knows whose keys count', 'countersign init');
  const known = await readSignedFiles(repository.git, change.tip, change.lands, []);
  const asked: SignedFiles = { ...known, brought: files, landed: [] };
  const today = judgeSignedFiles(asked, rules, base.checklists, { policy: base.policy, target: change.target, now: repository.clock.now(), verify: signatureVerifier(repository, base, []), approved: await movedSince(repository.git, change, change.commits.map(({ oid }) => oid), files) });
  return { today, landed: await asLanded(repository, ruled, files, today, known.landedIds) };
}

async function verifyFiles(repository: Repository, files: readonly TreeFile[]): Promise<readonly VerifiedFile[]> {
  const { today, landed } = await judgeForStaged(repository, files);
  const byFile = new Map([...today.signoffs, ...today.exceptions].map((judged) => [judged.file, verified(judged, landed.get(judged.file))]));
  return files.flatMap(({ path }) => byFile.get(path) ?? []);
}

function verified(today: JudgedSignoff | JudgedException, then: JudgedSignoff | JudgedException | undefined): VerifiedFile {
  const { file, payload, landed, findings, proof, ...judged } = then ?? today;
  const state = stateOf(then ?? today);
  // It was signed for what landed then; of age and of the change of today nothing follows.
  const past = landed && (state === 'stale' || (state === 'expired' && then === undefined));
  const about = payload === null ? null : 'decision' in payload ? payload.decision : 'except';
  return {
    file,
    state: past ? 'valid' : state,
    person: payload?.person ?? null,
    role: payload?.role ?? null,
    rule: payload?.rule ?? null,
    decision: about,
    digest: payload?.digest ?? null,
    signed_at: payload?.signed_at ?? null,
    key: proof?.kind === 'proven' ? proof.key : null,
    via: payload !== null && 'decision' in payload ? viaOf(payload) : null,
    landed,
    moved: past || !('moved' in judged) ? [] : judged.moved,
    findings: past ? today.findings.filter(({ code }) => code === 'signoff/revoked' || code === 'exception/revoked-key') : findings,
  };
}

/** Exceptions have fewer states of their own; what their finding says is told as it is of a sign-off. */
function stateOf({ state, findings }: JudgedSignoff | JudgedException): SignoffState {
  const [code] = findings.map((finding) => finding.code);
  return code === 'exception/unknown-signer' ? 'unknown-signer' : code === 'exception/revoked-key' ? 'revoked' : state;
}
