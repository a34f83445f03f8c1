import { compareText, type Finding } from '../core/finding/finding.ts';
import {
  conflictFindings,
  longLandingFindings,
  rebaseFindings,
  refusedNameFindings,
  shortNameFindings,
  strayFindings,
  submoduleFindings,
  symlinkFindings,
} from '../core/gate/change-findings.ts';
import { appendOnlyFindings } from '../core/gate/append-only-findings.ts';
import type { CheckResult, Stage } from '../core/gate/check-result.ts';
import { ownerlessFindings } from '../core/gate/condition-problem.ts';
import type { UnstagedFacts } from '../core/gate/evidence-context.ts';
import { isSilentPath } from '../core/gate/authors.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import { forgottenFindings } from '../core/gate/forgotten-promises.ts';
import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import { identities } from '../core/gate/people.ts';
import { judgeRule, type RuleContext, type RuleVerdict } from '../core/gate/rule-verdict.ts';
import { type CommitSigner, signedAuthors } from '../core/gate/signed-commits.ts';
import { copies, signoffFindings } from '../core/gate/standing.ts';
import { takenAwayFindings } from '../core/gate/taken-away-findings.ts';
import { judge } from '../core/gate/verdict.ts';
import { changedRecordFindings } from './check-records.ts';
import type { Change } from './change.ts';
import type { CheckRequest } from './check-request.ts';
import {
  judgeSignedFiles,
  readSignedFiles,
  type SignedContext,
  type SignedFiles,
} from './check-signoffs.ts';
import { policyChangeScope } from '../core/gate/scope.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { droppedFindings } from './dropped-decisions.ts';
import { type HeadPolicy, keyFindings, noHeadPolicy, readHeadPolicy } from './head-policy.ts';
import { globFindings } from './load-policy.ts';
import { judgeInTurn } from './in-turn.ts';
import { judgeSigned } from './landed-words.ts';
import { namedChange } from './named-change.ts';
import { tipName } from './revisions.ts';
import { readPromises } from './open-promises.ts';
import type { Repository } from './repository.ts';
import { readEvidence } from './read-evidence.ts';
import { readRuledChange, type RuledChange, type ScopedRule } from './ruled-change.ts';
import { stoodBefore } from './stood-before.ts';
import { apartFindings } from './apart-words.ts';
import { settledWords } from './settled-words.ts';
import { usedNameFindings } from './used-names.ts';
import { strandedElsewhere, strandedFindings } from './stranded-promises.ts';
import { readUnstaged, unstagedFindings } from './unstaged.ts';
import { asSigned } from './taken-away.ts';
import { trustedRoot } from './trusted-root.ts';
import { unprotectedResult } from './unprotected.ts';
import { commitSigner, signatureVerifier } from './verify-signatures.ts';
import { bringsWordsAlone } from './words-alone.ts';

/**
 * The gate: whether what would land on a target may land there. Hook, CI and editor all call this.
 *
 * @throws CountersignError where it cannot be judged (exit 2)
 */
export async function check(repository: Repository, request: CheckRequest): Promise<CheckResult> {
  return repository.session(async (git) => {
    const reading = { ...repository, git };
    const ruled = await readRuledChange(reading, request.source, request);
    const asked: JudgeRequest = {
      ...request,
      named: namedChange(request.source, ruled),
      looksBack: true,
    };
    const whole = await judgeChange(reading, ruled, asked);
    const judged = { ruled, whole, request: asked, judge: judgeChange };
    return (await judgeInTurn(reading, judged)) ?? whole.result;
  });
}

/** A verdict, and the signed files that it rests on with what each of them says. */
export type JudgedChange = {
  readonly result: CheckResult;
  readonly signoffs: readonly JudgedSignoff[];
  readonly exceptions: readonly JudgedException[];
  /** Whether the digest of its policy stood in for signatures. */
  readonly trusted: boolean;
  /** The same change asked less, or more: nothing is read again. */
  readonly at: (stage: NonNullable<CheckRequest['stage']>) => CheckResult;
};

/** How a change is to be judged; `named` are the options by which the commands that mend it name it. */
export type JudgeRequest = Omit<CheckRequest, 'source' | 'target'> & {
  readonly named?: string;
  /** Whether this is the check before a landing: it looks for approvals of what stood on the target before, at the stage that counts, and for what nobody would find again. */
  readonly looksBack?: true;
  /** Whether the policy that the change itself brings is left out of account: another one is being tried in its place. */
  readonly tried?: true;
};

/** Judges a change that was read already: one of today, or one that landed long ago. */
export async function judgeChange(
  repository: Repository,
  ruled: RuledChange,
  request: JudgeRequest,
): Promise<JudgedChange> {
  const { change, base, branch } = ruled;
  if (base === null) {
    const result = await unprotectedResult(repository, ruled, request);
    return {
      result,
      signoffs: [],
      exceptions: [],
      trusted: request.trustRoot !== undefined,
      at: () => result,
    };
  }
  const now = request.now ?? repository.clock.now();
  const wordsAlone = await bringsWordsAlone(repository, change, request.stage);
  const stage = stageOf(request, base.policy, wordsAlone);
  const head = request.tried ? noHeadPolicy : await readHeadPolicy(repository.git, ruled, now);
  const root = await trustedRoot(repository.git, ruled, {
    trustRoot: request.trustRoot,
    rootDigest: head.rootDigest,
    now,
  });
  const verify = signatureVerifier(repository, base, head.revoked);
  const files = await readSignedFiles(
    repository.git,
    change.tip,
    change.lands,
    request.signoffs ?? [],
  );
  const signing = { policy: base.policy, verify, now, revoked: [...base.revoked, ...head.revoked] };
  const allRules = [...ruled.rules, ...(head.judged?.rules ?? [])];
  const past = {
    settled: await settledWords(repository.git, change, files, base.policy),
    stood:
      request.looksBack && stage === 'all'
        ? await stoodBefore(repository.git, change.tip, {
            rules: allRules,
            brought: files.brought,
            now,
          })
        : new Map<string, Date>(),
  };
  const { judged, words, approved } = await judgeSigned(repository, ruled, files, {
    ...signing,
    ...past,
  });
  const evidence = await readEvidence(repository, change, allRules, {
    recompute: request.recompute === true && stage === 'all',
    now,
    landing: base.policy.landing,
  });
  const context: RuleContext = { ...evidence, ...judged, policy: base.policy, now };
  const verdictsOf = (
    rules: readonly ScopedRule[],
    by: RuleContext,
    signerOf: CommitSigner,
  ): readonly RuleVerdict[] =>
    touchedRules(rules).map(({ change: part, scope, commits }) =>
      withOutsiders(
        judgeRule(
          {
            ...part,
            ...(by.policy.identity === 'signed'
              ? signedAuthors(part.authors, commits, signerOf)
              : {}),
            governed: evidence.governed(scope),
          },
          by,
        ),
        change,
      ),
    );
  const signer = commitSigner(repository, base, head.revoked, now);
  const asStaged = verdictsOf(ruled.rules, context, signer);
  const unstaged = await beside(repository, ruled, request, asStaged);
  const verdicts =
    unstaged === null ? asStaged : verdictsOf(ruled.rules, { ...context, unstaged }, signer);
  const rules = touchedRules(ruled.rules);
  const byHeadPolicy = head.judged
    ? verdictsOf(
        head.judged.rules,
        headContext(repository, head.judged, files, {
          ...context,
          target: change.target,
          words,
          approved,
          ...past,
        }),
        commitSigner(repository, head.judged.loaded, [], now),
      )
    : [];
  const broughtPaths = new Set(files.brought.map(({ path }) => path));
  const brought = [...judged.signoffs, ...judged.exceptions].filter(({ file }) =>
    broughtPaths.has(file),
  );
  // What was taken away and is only put back as it was signed says nothing new.
  const back = new Set(
    [...asSigned(files.takenAway)].flatMap(([path, there]) =>
      there.endsWith(` ${files.landing.get(path)}`) ? [path] : [],
    ),
  );
  // By a policy that is only tried a rule may govern other files than those that were signed.
  const apart = request.tried
    ? []
    : await apartFindings(repository.git, change, allRules, {
        brought: brought.filter(({ landed, file }) => !landed && !back.has(file)),
        landedIds: files.landedIds,
        policy: base.policy,
      });
  const used = await usedNameFindings(
    repository.git,
    change.tip,
    judged.exceptions.filter(({ file }) => !back.has(file)),
  );
  const dropped = await droppedFindings(repository.git, change, ruled.rules, now);
  const promises = await readPromises(repository, ruled, files, signing);
  const excusing = verdicts.flatMap(({ exceptedBy, shown }) =>
    shown.state === 'excepted' ? exceptedBy : [],
  );
  const stranded = head.judged
    ? [
        ...(await strandedFindings(repository.git, ruled, head.judged, {
          ...judged,
          promises: promises.open,
          excusing,
        })),
        ...(await strandedElsewhere(repository, ruled, head.judged, signing)),
      ]
    : [];
  const records = await changedRecordFindings(repository.git, change, {
    // What a merge takes in, its commit touches nothing of: there all of it is read.
    stagedAlone:
      isHook(request) && change.head === 'index' && (await repository.mergeHeads()).length === 0,
  });
  // A hook is waited for: there it is told when the policy comes, and everywhere else whenever one asks.
  const globs =
    request.looksBack && (head.judged !== null || !isHook(request))
      ? await globFindings(repository.git, head.judged?.loaded ?? base, change.lands)
      : [];
  const judgeAt = (asked: Stage): CheckResult =>
    judge({
      stage: asked,
      tip: change.tip,
      head: change.head,
      lands: change.lands,
      target: change.target,
      policy: { branch: branch.ref, tip: branch.tip, digest: base.digest },
      authors: authorRows(ruled),
      ungoverned: ruled.ungoverned,
      examined: {
        entries: change.entries.length,
        commits: change.commits.length,
        records: records.examined,
        signoffs: files.count,
        skipped: asked === 'off' ? 0 : records.skipped + files.skipped,
      },
      rules: settled(change, trusted(verdicts, root.serves)),
      byHeadPolicy: settled(change, trusted(byHeadPolicy, root.serves)),
      ...judged,
      followUps: promises.followUps,
      exceptions: [
        ...judged.exceptions.filter(({ landed }) => !landed),
        ...promises.open.map(({ exception, landing }) => ({ ...exception, landing })),
        ...promises.stranded.map(({ exception }) => ({ ...exception, forgotten: true as const })),
      ],
      blocking: isWordsAlone(change) ? new Set() : new Set(rules.map(({ rule: { id } }) => id)),
      findings: [
        ...base.findings,
        ...keyFindings(base, base, now),
        ...head.findings.filter(
          ({ code, message }) =>
            !base.findings.some((known) => known.code === code && known.message === message),
        ),
        ...records.findings,
        ...globs,
        ...(unstaged === null || isHook(request) ? [] : unstagedFindings(unstaged)),
        ...evidence.findings,
        ...stranded,
        ...root.findings,
        ...forgottenFindings(
          promises.stranded.map(({ exception, part }) => ({ exception, ...part.scope })),
          {
            paths: change.entries.map(({ path }) => path),
            wordsAlone: isWordsAlone(change),
            now,
          },
        ),
        ...ownerlessFindings(judged.conditions, base.policy),
        ...changeFindings(ruled, files, asked),
        ...(request.looksBack
          ? longLandingFindings(
              change.commits,
              {
                landing: base.policy.landing ?? 'merge',
                governed: rules.length > 0,
                excusing: excusing.map(({ file }) => file),
              },
              {
                severity: asked === 'all' ? 'error' : 'warning',
                onto: tipName(change.refs, change.target),
              },
            )
          : []),
        ...judged.signoffs
          .filter(({ landed, file }) => !landed && !promises.followUps.has(file))
          .flatMap((signoff) => signoffFindings(signoff, judged.signoffs)),
        // What is forged was never anybody's: that it lay on the target once excuses nothing.
        ...judged.brought
          .filter(({ landed }) => landed)
          .flatMap(({ findings }) => findings)
          .filter(({ severity }) => severity === 'error'),
        ...judged.exceptions
          .filter(({ landed, file }) => !landed && !promises.followUps.has(file))
          .flatMap(({ findings }) => findings),
        ...copies(brought, files.landedIds),
        ...used,
        ...[...apart, ...dropped].map((finding) => below(finding, asked)),
        ...reusedFindings(brought.filter(({ landed }) => landed).map(({ file }) => file)),
        ...(request.looksBack ? takenAwayFindings(files.takenAway, files.landing) : []),
      ],
      named: request.named ?? '',
      onto: tipName(change.refs, change.target),
      now,
    });
  return {
    result: judgeAt(stage),
    signoffs: judged.signoffs,
    exceptions: judged.exceptions,
    trusted: root.serves,
    at: (asked) => judgeAt(stageOf({ stage: asked }, base.policy, wordsAlone)),
  };
}

/** What is an error where something lands is a warning on the way there. */
function below(finding: Finding, stage: Stage): Finding {
  return stage === 'all' ? finding : { ...finding, severity: 'warning' };
}

/** What was not staged: for a person who asks, and in a hook, which has to be quick, only where evidence is missing. */
async function beside(
  repository: Repository,
  { change, rules }: RuledChange,
  request: JudgeRequest,
  verdicts: readonly RuleVerdict[],
): Promise<UnstagedFacts | null> {
  const lacking = verdicts.some(({ shown }) =>
    shown.evidence.some(({ state, lacks }) => state === 'unmet' && lacks !== 'citation'),
  );
  return change.head === 'index' && (lacking || (request.looksBack === true && !isHook(request)))
    ? readUnstaged(repository, rules)
    : null;
}

function isHook({ stage }: Pick<CheckRequest, 'stage'>): boolean {
  return typeof stage === 'object';
}

/** Tells authors whom nobody knows apart by whether they are at work now: for the others, somebody else has to vouch, who cannot before it is pushed. */
function withOutsiders(verdict: RuleVerdict, { commits }: Change): RuleVerdict {
  const now = new Set(
    commits
      .filter(({ oid }) => oid === 'pending')
      .flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]),
  );
  return { ...verdict, outsiders: verdict.strangers.filter((email) => !now.has(email)) };
}

/** A change of sign-offs, exceptions, reviews and policy alone: by such a one a promise that is overdue is kept. */
function isWordsAlone({ entries }: Change): boolean {
  return entries.every(({ path }) => policyChangeScope().governs(path) || isSilentPath(path));
}

function touchedRules(rules: readonly ScopedRule[]): readonly ScopedRule[] {
  return rules.filter(({ raw }) => raw.length > 0);
}

/** The same signed files and evidence, by the policy, the keys and the checklists that the change would put in place. */
function headContext(
  repository: Repository,
  { loaded, rules }: NonNullable<HeadPolicy['judged']>,
  files: SignedFiles,
  context: RuleContext & Pick<SignedContext, 'target' | 'words' | 'approved' | 'settled' | 'stood'>,
): RuleContext {
  const { policy } = loaded;
  const judged = judgeSignedFiles(files, rules, loaded.checklists, {
    ...context,
    policy,
    verify: signatureVerifier(repository, loaded, []),
  });
  return { ...context, ...judged, policy };
}

/**
 * `all`, unless a hook or a person asks for less; a push to a target itself is for the hook to tell.
 *
 * @param wordsAlone whether the hook's commit, or push, brings words alone: they never wait for the code
 */
function stageOf(
  { stage }: Pick<CheckRequest, 'stage'>,
  policy: { readonly stages?: Readonly<Record<string, Stage | undefined>> | undefined },
  wordsAlone: boolean,
): Stage {
  if (stage === undefined) return 'all';
  if (typeof stage === 'string') return stage;
  const { stages = {} } = policy;
  // A merge commit is a commit: where the policy does not tell them apart, as much is asked for.
  const asked =
    stages[stage.hook] ??
    (stage.hook === 'pre-merge-commit' ? stages['pre-commit'] : undefined) ??
    'author';
  return (wordsAlone || stage.halfWay === true) && asked !== 'off' ? 'records' : asked;
}

/** The digest of a first policy, given by who runs the check, stands in for the signatures under it: the way in, and the way back in. */
function trusted(verdicts: readonly RuleVerdict[], serves: boolean): readonly RuleVerdict[] {
  if (!serves) return verdicts;
  return verdicts.map((verdict) =>
    verdict.shown.id !== 'policy-change'
      ? verdict
      : {
          ...verdict,
          strangers: [],
          rejectedBy: [],
          unsigned: [],
          lonely: false,
          shown: {
            ...verdict.shown,
            state: 'met',
            requirements: verdict.shown.requirements.map((requirement) => ({
              ...requirement,
              state: 'met' as const,
            })),
          },
        },
  );
}

/** Where nobody knows what would land, no rule that the change touches is met: what was signed is not that. */
function settled({ conflicts }: Change, verdicts: readonly RuleVerdict[]): readonly RuleVerdict[] {
  if (conflicts.length === 0) return verdicts;
  return verdicts.map((verdict) =>
    verdict.shown.state === 'rejected'
      ? verdict
      : { ...verdict, shown: { ...verdict.shown, state: 'unmet' } },
  );
}

function changeFindings(
  { change, rules, links, base }: RuledChange,
  { landing, takenAway }: SignedFiles,
  stage: Stage,
): readonly Finding[] {
  const severity = stage === 'all' ? 'error' : 'warning';
  const onto = tipName(change.refs, change.target);
  const behind = rules.filter(
    ({ rule, raw }) => raw.length > 0 && rule.up_to_date === true && !change.upToDate,
  );
  return [
    ...conflictFindings(change.conflicts, { severity, onto }),
    ...strayFindings(change.entries),
    ...refusedNameFindings(change.entries),
    ...shortNameFindings(
      change.entries,
      rules.map(({ scope }) => scope),
    ),
    ...appendOnlyFindings({ ...change, asSigned: asSigned(takenAway) }, landing),
    ...rules.flatMap(({ scope }) => [
      ...symlinkFindings(change.entries, scope, links),
      ...submoduleFindings(change.entries, scope),
    ]),
    ...(base?.policy.landing === 'rebase'
      ? rebaseFindings(
          change.entries,
          change.commits,
          rules.map(({ scope }) => scope),
          { severity, onto },
        )
      : []),
    ...behind.map(
      ({ rule }): Finding => ({
        code: 'change/behind',
        severity,
        message: `${rule.id} wants the branch up to date with its target`,
        fix: `take the target in: git merge ${shellWord(onto)}, then sign`,
      }),
    ),
  ];
}

/** Approvals that landed once do not serve again: after a rollback the change must be looked at anew. */
function reusedFindings(files: readonly string[]): readonly Finding[] {
  return files.map((path) => ({
    code: 'signoff/landed',
    severity: 'warning',
    message: 'this sign-off has landed before and does not serve again',
    path,
    line: 4,
    column: 1,
    fix: 'sign again',
  }));
}

function authorRows({ change, base }: RuledChange): CheckResult['authors'] {
  const identify = base ? identities(base.policy) : () => ({ kind: 'unknown' as const });
  const emails = new Set(
    change.commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]),
  );
  return [...emails].sort(compareText).flatMap((email) => {
    const who = identify(email);
    return who.kind === 'platform'
      ? []
      : [{ person: who.kind === 'person' ? who.person : null, email, agent: who.kind === 'agent' }];
  });
}
