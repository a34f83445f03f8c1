import type { Finding } from '../core/finding.ts';
import type { SignoffState, TreeFile } from '../core/gate/judged-signoff.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { parseSignoffPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { asNobody } from './author-identity.ts';
import { type JudgedFiles, judgeSignedFiles, readSignedFiles, type SignedFiles } from './check-signoffs.ts';
import { CountersignError } from './errors.ts';
import type { Repository } from './repository.ts';
import { readRuledChange } from './ruled-change.ts';
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
  readonly landed: boolean;
  readonly moved: readonly ShownPath[];
  readonly findings: readonly Finding[];
};

/**
 * Verifies sign-offs of the working tree against what is staged. One that has landed already is not stale: it was signed
 * for what landed then.
 *
 * @param paths from the repository's top; all sign-offs where empty. A path that is no sign-off's is refused: it would be passed over
 */
export async function verifySignoffs(repository: Repository, paths: readonly string[]): Promise<readonly VerifiedFile[]> {
  const stray = paths.find((path) => parseSignoffPath(path) === null);
  if (stray !== undefined) throw notASignoff(stray, `name files under ${signoffFolder}; one that somebody sent you: countersign verify --take FILE`);
  const listed = paths.length > 0 ? paths : (await repository.files.list(signoffFolder)).map(({ path }) => path).filter((path) => parseSignoffPath(path) !== null);
  return verifyFiles(repository, await Promise.all(listed.map(async (path) => ({ path, mode: '100644', bytes: await bytesOf(repository, path) }))));
}

/**
 * Verifies sign-offs that somebody sent against what is staged, and puts those that are valid where they belong, staged
 * for the next commit. One that is not valid is left out, and its state says why.
 */
export async function takeSignoffs(repository: Repository, sent: readonly TreeFile[]): Promise<readonly VerifiedFile[]> {
  const stray = sent.find(({ path }) => parseSignoffPath(path) === null);
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

/** Judges files as sign-offs of what is staged, by the target's policy and keys. @throws CountersignError where there is no policy */
export async function judgeForStaged(repository: Repository, files: readonly TreeFile[]): Promise<JudgedFiles> {
  const ruled = await readRuledChange(asNobody(repository), { kind: 'staged' });
  const { base, change, rules } = ruled;
  if (base === null) throw new CountersignError('policy/none', 'there is no policy, so nobody knows whose keys count', 'countersign init');
  const known = await readSignedFiles(repository.git, change.tip, change.lands, []);
  const asked: SignedFiles = { ...known, brought: files, landed: [] };
  return judgeSignedFiles(asked, rules, base.checklists, { policy: base.policy, target: change.target, now: repository.clock.now(), verify: signatureVerifier(repository, base, []) });
}

async function verifyFiles(repository: Repository, files: readonly TreeFile[]): Promise<readonly VerifiedFile[]> {
  const { signoffs } = await judgeForStaged(repository, files);
  return signoffs.map(({ file, state, payload, proof, landed, moved, findings }) => {
    const past = landed && (state === 'stale' || state === 'expired');
    return {
      file,
      state: past ? 'valid' : state,
      person: payload?.person ?? null,
      role: payload?.role ?? null,
      rule: payload?.rule ?? null,
      decision: payload?.decision ?? null,
      digest: payload?.digest ?? null,
      signed_at: payload?.signed_at ?? null,
      key: proof?.kind === 'proven' ? proof.key : null,
      landed,
      moved: past ? [] : moved,
      findings: past ? [] : findings,
    };
  });
}

async function bytesOf(repository: Repository, path: string): Promise<Uint8Array> {
  const bytes = await repository.files.read(path);
  if (bytes === null) throw new CountersignError('verify/no-file', `there is no file ${path}`, 'see which there are: countersign verify');
  return bytes;
}
