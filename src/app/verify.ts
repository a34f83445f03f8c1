import type { Finding } from '../core/finding/finding.ts';
import type { LandingFiles } from '../core/gate/append-only-findings.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { JudgedSignoff, SignoffState, TreeFile } from '../core/gate/judged-signoff.ts';
import { viaOf } from '../core/gate/payload.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { isAuthentic, successors } from '../core/gate/standing.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { exceptionFolder, isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { asNobody } from './author-identity.ts';
import type { Change } from './change.ts';
import { type JudgedFiles, judgeSignedFiles, readSignedFiles } from './check-signoffs.ts';
import { CountersignError } from './errors.ts';
import { asLanded } from './landed-verdicts.ts';
import { readSignedHere } from './signed-here.ts';
import { missingSigned } from './missing-signed.ts';
import { judgingPolicy } from './own-key.ts';
import type { Repository } from './repository.ts';
import { overWhatLanded } from './over-what-landed.ts';
import { readRuledChange, type RuledChange } from './ruled-change.ts';
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
  /** Full ref of the branch that it was signed for. */
  readonly target: string | null;
  readonly decision: string | null;
  readonly digest: string | null;
  readonly signed_at: string | null;
  readonly key: string | null;
  /** `forge:login` where the person approved on a forge; null where the key is their own. */
  readonly via: string | null;
  readonly landed: boolean;
  /** Whether it is over what landed with it; false of one that came along. Null where it has not landed here, or nobody can say. */
  readonly over_what_landed: boolean | null;
  /** File of a later sign-off of the same person that takes its place; null where none does. */
  readonly replaced_by: string | null;
  readonly moved: readonly ShownPath[];
  readonly findings: readonly Finding[];
};

/** What is here, and what should be here: signed files that landed or that this branch brought, and that were deleted or edited. */
export type Verified = {
  readonly signoffs: readonly VerifiedFile[];
  readonly missing: readonly Finding[];
};

/**
 * Verifies signed files of the working tree, sign-offs and exceptions, against what is staged. What has landed is judged by
 * the policy and the keys of its landing, as an audit does: whoever rotates a key afterwards makes nothing of it untrue.
 *
 * @param paths from the repository's top; all signed files where empty. Any other path is refused: it would be passed over
 * @param target branch for which they were signed, the default target where absent
 */
export async function verifySignoffs(
  repository: Repository,
  paths: readonly string[],
  target?: string,
): Promise<Verified> {
  const stray = paths.find((path) => !isRecordPath(path));
  if (stray !== undefined)
    throw notASignoff(
      stray,
      `name files under ${signoffFolder} or ${exceptionFolder}; one that somebody sent you: countersign verify --take FILE`,
    );
  return repository.session(async (git) => verifyHere({ ...repository, git }, paths, target));
}

async function verifyHere(
  repository: Repository,
  paths: readonly string[],
  target?: string,
): Promise<Verified> {
  const files = await readSignedHere(repository, paths);
  const asked = new Set(files.map(({ path }) => path));
  // Which one takes the place of another, only all of them tell.
  const others =
    paths.length === 0
      ? []
      : (await readSignedHere(repository, [])).filter(({ path }) => !asked.has(path));
  const judged = await judgeForStaged(repository, [...files, ...others], target);
  return {
    signoffs: await withStanding(repository, judged, verifiedFiles(files, judged)),
    missing:
      paths.length > 0 ? [] : await missingSigned(repository.git, judged.change, judged.landing),
  };
}

/**
 * Verifies signed files that somebody sent against what is staged, and puts those that are valid where they belong, staged
 * for the next commit. One that is not valid is left out, and its state says why.
 */
export async function takeSignoffs(
  repository: Repository,
  sent: readonly TreeFile[],
  target?: string,
): Promise<Verified> {
  const stray = sent.find(({ path }) => !isRecordPath(path));
  if (stray)
    throw notASignoff(
      stray.path.slice(stray.path.lastIndexOf('/') + 1),
      'name files that countersign sign --print wrote',
    );
  const signoffs = verifiedFiles(sent, await judgeForStaged(repository, sent, target));
  for (const { path, bytes } of sent) {
    if (signoffs.some(({ file, state }) => file === path && state === 'valid'))
      await storeSigned(repository, { path, text: new TextDecoder().decode(bytes) });
  }
  return { signoffs, missing: [] };
}

/** What became of genuine sign-offs: a signature that is one says nothing of whether it stands, nor over what. */
async function withStanding(
  repository: Repository,
  { today, landed, ruled, places }: JudgedForStaged,
  files: readonly VerifiedFile[],
): Promise<readonly VerifiedFile[]> {
  const signoffs = new Map(
    today.signoffs.map((signoff) => [
      signoff.file,
      (landed.get(signoff.file) as JudgedSignoff | undefined) ?? signoff,
    ]),
  );
  const authentic = [...signoffs.values()].filter(isAuthentic);
  const later = successors(authentic);
  const exceptions = today.exceptions.map(
    (exception) => (landed.get(exception.file) as JudgedException | undefined) ?? exception,
  );
  const found: VerifiedFile[] = [];
  for (const file of files) {
    const signoff = signoffs.get(file.file);
    if (signoff === undefined || !isAuthentic(signoff)) found.push(file);
    else
      found.push({
        ...file,
        over_what_landed: await overWhatLanded(repository, ruled, signoff, {
          place: places.get(signoff.id) ?? file.file,
          exceptions,
        }),
        replaced_by: later.get(signoff.id)?.file ?? null,
      });
  }
  return found;
}

function notASignoff(name: string, fix: string): CountersignError {
  return new CountersignError('verify/not-a-signoff', `${name} is not a sign-off`, fix);
}

/** Files judged for what is staged, and as they counted when they landed, where they did and today's policy or keys know them no more. */
export type JudgedForStaged = {
  readonly today: JudgedFiles;
  readonly landed: ReadonlyMap<string, JudgedSignoff | JudgedException>;
  readonly change: Change;
  readonly ruled: RuledChange;
  readonly landing: LandingFiles;
  /** Path at the tip of each payload that has landed. */
  readonly places: ReadonlyMap<string, string>;
};

/** Judges files as signed files of what is staged, by the target's policy and keys. @throws CountersignError where there is no policy */
export async function judgeForStaged(
  repository: Repository,
  files: readonly TreeFile[],
  target?: string,
): Promise<JudgedForStaged> {
  const ruled = await readRuledChange(asNobody(repository), { kind: 'staged' }, { target });
  const { change, rules } = ruled;
  const base = await judgingPolicy(repository, ruled);
  if (base === null)
    throw new CountersignError(
      'policy/none',
      'there is no policy, so nobody knows whose keys count',
      'countersign init',
    );
  const known = await readSignedFiles(repository.git, change.tip, change.lands, []);
  const approved = await movedSince(
    repository.git,
    change,
    change.commits.map(({ oid }) => oid),
    files,
  );
  const context = {
    policy: base.policy,
    now: repository.clock.now(),
    verify: signatureVerifier(repository, base, []),
    approved,
  };
  const judgeFor = (asked: readonly TreeFile[], ref: string): JudgedFiles =>
    judgeSignedFiles({ ...known, brought: asked, landed: [] }, rules, base.checklists, {
      ...context,
      target: ref,
    });
  const { landedIds } = known;
  const today = judgeFor(files, change.target);
  const landed = new Map(await asLanded(repository, ruled, files, { today, landedIds }));
  // A branch that grew out of another target carries what was signed for that one.
  const others = new Map(
    files.map(({ path }) => [path, targetElsewhere(path, today, base.policy)]),
  );
  for (const ref of new Set([...others.values()].filter((other) => other !== null))) {
    const carried = files.filter(({ path }) => others.get(path) === ref);
    const there = judgeFor(carried, ref);
    for (const judged of [...there.signoffs, ...there.exceptions]) landed.set(judged.file, judged);
    for (const [file, judged] of await asLanded(
      repository,
      { ...ruled, change: { ...change, target: ref } },
      carried,
      { today: there, landedIds },
    ))
      landed.set(file, judged);
  }
  return { today, landed, change, ruled, landing: known.landing, places: known.landedIds };
}

/** The other target of the policy for which a landed file was signed; null for every other file. */
function targetElsewhere(
  path: string,
  { signoffs, exceptions }: JudgedFiles,
  { targets }: GatePolicy,
): string | null {
  const judged = [...signoffs, ...exceptions].find(({ file }) => file === path);
  const ref = judged?.payload?.target;
  if (
    !judged?.landed ||
    ref === undefined ||
    !judged.findings.some(({ code }) => code.endsWith('/elsewhere'))
  )
    return null;
  return matchesAny(targets)(ref.slice('refs/heads/'.length)) ? ref : null;
}

function verifiedFiles(
  files: readonly TreeFile[],
  { today, landed }: JudgedForStaged,
): readonly VerifiedFile[] {
  const byFile = new Map(
    [...today.signoffs, ...today.exceptions].map((judged) => [
      judged.file,
      verified(judged, landed.get(judged.file)),
    ]),
  );
  return files.flatMap(({ path }) => byFile.get(path) ?? []);
}

function verified(
  today: JudgedSignoff | JudgedException,
  then: JudgedSignoff | JudgedException | undefined,
): VerifiedFile {
  const { file, payload, landed, findings, proof, ...judged } = then ?? today;
  const state = stateOf(then ?? today);
  // It was signed for what landed then; of age and of the change of today nothing follows.
  const past = landed && (state === 'stale' || (state === 'expired' && then === undefined));
  const said = payload && ('decision' in payload ? payload.decision : 'except');
  return {
    file,
    state: past ? 'valid' : state,
    person: payload?.person ?? null,
    role: payload?.role ?? null,
    rule: payload?.rule ?? null,
    target: payload?.target ?? null,
    decision: said,
    digest: payload?.digest ?? null,
    signed_at: payload?.signed_at ?? null,
    key: proof?.kind === 'proven' ? proof.key : null,
    via: payload !== null && 'decision' in payload ? viaOf(payload) : null,
    landed,
    over_what_landed: null,
    replaced_by: null,
    moved: past || !('moved' in judged) ? [] : judged.moved,
    findings: past
      ? today.findings.filter(
          ({ code }) => code === 'signoff/revoked' || code === 'exception/revoked-key',
        )
      : findings,
  };
}

/** Exceptions have fewer states of their own; what their finding says is told as it is of a sign-off. */
function stateOf({ state, findings }: JudgedSignoff | JudgedException): SignoffState {
  const [code] = findings.map((finding) => finding.code);
  if (code === 'exception/unknown-signer') return 'unknown-signer';
  return code === 'exception/revoked-key' ? 'revoked' : state;
}
