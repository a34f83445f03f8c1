import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { check } from '../../../src/app/check.ts';
import { type ChangeSource, parseRange } from '../../../src/app/change.ts';
import type { CheckRequest } from '../../../src/app/check-request.ts';
import { CountersignError } from '../../../src/app/errors.ts';
import type { CheckResult, Verdict } from '../../../src/core/gate/check-result.ts';
import type { SignoffState } from '../../../src/core/gate/judged-signoff.ts';
import { openRepository } from '../../../src/node/repository.ts';
import type { ModelRepo } from './model-repo.ts';
import { run } from './processes.ts';

/** The time at which every case is judged, unless it says otherwise. */
export const caseTime = '2026-11-24T06:00:00Z';

/** How a case asks. `env` is the environment of the asking process. */
export type Question = {
  readonly range?: string;
  readonly staged?: boolean;
  readonly target?: string;
  readonly stage?: CheckRequest['stage'];
  readonly now?: string;
  readonly trustRoot?: string;
  readonly requirePolicy?: boolean;
  readonly recompute?: boolean;
  readonly signoffs?: CheckRequest['signoffs'];
  readonly env?: Readonly<Record<string, string>>;
  readonly dir?: string;
  /** Looked at once all is judged: what judging must not have done. */
  readonly afterwards?: () => void;
};

/** A finding or an error that prints a next step. */
export type Told = { readonly code: string; readonly message: string; readonly fix: string };

/** A verdict with the codes of what stands against it. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly exit: number;
  readonly codes: readonly string[];
  readonly all: readonly string[];
  readonly result: CheckResult | null;
  readonly says: string;
  /** What prints a next step, in its order. */
  readonly told: readonly Told[];
};

function sourceOf({ range, staged }: Question): ChangeSource {
  return staged ? { kind: 'staged' } : parseRange(range ?? 'main...HEAD');
}

/** Asks the gate in this process. */
export async function judge(repo: ModelRepo, question: Question = {}): Promise<Judgement> {
  try {
    const repository = await openRepository(question.dir ?? repo.dir, {
      ...process.env,
      ...question.env,
    });
    const result = await check(repository, {
      source: sourceOf(question),
      target: question.target ?? 'main',
      stage: question.stage,
      now: new Date(question.now ?? caseTime),
      trustRoot: question.trustRoot,
      requirePolicy: question.requirePolicy,
      recompute: question.recompute,
      signoffs: question.signoffs,
    });
    const says = result.findings
      .map(({ severity, code, message, path }) => `${severity} ${code} ${path ?? ''} ${message}`)
      .join('\n');
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    return {
      verdict: result.verdict,
      exit: result.exit,
      codes: errors.map(({ code }) => code),
      all: result.findings.map(({ code }) => code),
      result,
      says,
      told: toldBy(result.findings),
    };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return {
      verdict: 'undecidable',
      exit: 2,
      codes: [error.code],
      all: [error.code],
      result: null,
      says: `${error.code} ${error.message}`,
      told: toldBy([error]),
    };
  }
}

function toldBy(
  said: readonly {
    readonly code: string;
    readonly message: string;
    readonly fix?: string | undefined;
  }[],
): readonly Told[] {
  return said.flatMap(({ code, message, fix }) =>
    fix === undefined ? [] : [{ code, message, fix }],
  );
}

const program = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Asks the built command line; only verdict, exit code and codes of errors. */
export async function judgeByCommand(
  repo: ModelRepo,
  question: Question = {},
): Promise<Pick<Judgement, 'verdict' | 'exit' | 'codes'>> {
  const args = [
    'check',
    '--json',
    ...(question.staged ? ['--staged'] : ['--range', question.range ?? 'main...HEAD']),
    '--target',
    question.target ?? 'main',
    '--now',
    question.now ?? caseTime,
  ];
  if (typeof question.stage === 'string') args.push('--stage', question.stage);
  if (question.trustRoot !== undefined) args.push('--trust-root', question.trustRoot);
  if (question.requirePolicy) args.push('--require-policy');
  const { code, stdout } = await run(process.execPath, [program, ...args], {
    cwd: question.dir ?? repo.dir,
    ...(question.env ? { env: question.env } : {}),
  });
  const result = JSON.parse(stdout.toString('utf8')) as CheckResult;
  return {
    verdict: result.verdict,
    exit: code,
    codes: result.findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => finding.code),
  };
}

/** What a case must come to: a verdict, or a verdict with the code of a finding that must be there: an error's where it fails, any where it passes. */
export type Wanted = Verdict | readonly [verdict: Verdict, code: string];

/** All that a case asserts of its judgement. */
export type Expected = {
  readonly want: Wanted;
  /** Codes of findings of any severity that must be among them. */
  readonly says?: readonly string[] | undefined;
  /** What the last sign-off of Ben's that the change brings is worth. */
  readonly ofBen?: SignoffState | undefined;
};

/** Holds a judgement to all that its case asserts. */
export function assertExpected(
  judgement: Judgement,
  { want, says = [], ofBen }: Expected,
  question: Question,
): void {
  assertJudged(judgement, want, question);
  assert.deepEqual(
    says.filter((code) => !judgement.all.includes(code)),
    [],
    judgement.says,
  );
  if (ofBen !== undefined)
    assert.equal(
      judgement.result?.signoffs.findLast(({ file }) => file.includes('/ben.'))?.state,
      ofBen,
      judgement.says,
    );
}

/** Holds a judgement to what is right, its exit code included. */
export function assertJudged(
  judgement: Judgement,
  wanted: Wanted,
  { requirePolicy, trustRoot }: Question = {},
): void {
  const [verdict, code] = typeof wanted === 'string' ? [wanted] : wanted;
  assert.equal(judgement.verdict, verdict, judgement.says || 'it says nothing');
  // Where nothing is protected it is the caller who says whether that will do: by asking for a policy, or naming one that is not there.
  const unprotected =
    requirePolicy || trustRoot !== undefined || code === 'policy/older-tip' ? 1 : 0;
  assert.equal(
    judgement.exit,
    { pass: 0, 'pass-with-exception': 0, fail: 1, undecidable: 2, unprotected }[verdict],
  );
  if (code !== undefined)
    assert.ok(
      (verdict === 'pass' ? judgement.all : judgement.codes).includes(code),
      `${code} is not among: ${judgement.says}`,
    );
  if (verdict === 'pass') assert.deepEqual(judgement.codes, []);
}
