import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { keyFile } from '../gate/kit/keys.ts';
import { caseTime, type Judgement, judge, type Question, type Told } from '../gate/kit/judged.ts';
import { as, type ModelRepo } from '../gate/kit/model-repo.ts';
import { must, run } from '../gate/kit/processes.ts';
import { exemptSteps } from '../../scripts/exempt-steps.ts';
import {
  isFilledIn,
  isMisunderstood,
  type PrintedStep,
  printedSteps,
  templateOf,
} from './printed-steps.ts';
import { claim } from '../../scripts/step-ledger.ts';
import { editorOfSteps, pathOfSteps } from './step-program.ts';

/** People who may be asked, where a step does not say who. */
const everybody = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];

/** A scenario that was judged. */
type Judged = {
  readonly repo: ModelRepo;
  readonly question: Question;
  readonly judgement: Judgement;
};

/** Runs every step that a judgement prints and no test of this run has tried, and asks again: the state must be better. */
export async function trySteps(judged: Judged): Promise<void> {
  const failed: string[] = [];
  for (const told of judged.judgement.told)
    for (const step of printedSteps(told.fix)) {
      const template = templateOf(told.code, step);
      if (exemptSteps.some((row) => row.template.test(template))) {
        claim({ template, done: 'exempt' });
        continue;
      }
      if (!claim({ template, done: step.kind }) || isFilledIn(step)) continue;
      const wrong = await tryStep(judged, told, step);
      if (wrong !== null)
        failed.push(`${template}\n  of: ${told.message}\n  next: ${told.fix}\n  ${wrong}`);
    }
  assert.deepEqual(failed, [], `a printed step does not help:\n${failed.join('\n')}`);
}

/** Why a step does not help anybody who may be asked; null where it does. What it did is undone. */
async function tryStep(judged: Judged, told: Told, step: PrintedStep): Promise<string | null> {
  const said: string[] = [];
  for (const who of peopleAsked(told, judged.judgement)) {
    const why = await undone(judged, () => tryAs(who, judged, told, step));
    if (why === null) return null;
    said.push(`as ${who}: ${why}`);
  }
  return [...new Set(said)].join('\n  ');
}

/** Who the step says runs it, the authors, then the others. */
function peopleAsked({ fix, message }: Told, { result }: Judgement): readonly string[] {
  const named = everybody.filter((who) => new RegExp(`\\b${who}\\b`).test(`${fix} ${message}`));
  const asked = everybody.filter((who) =>
    new RegExp(`\\b${who}(( or \\w+)* runs?:| looks| answers| signs|, who)`).test(fix),
  );
  if (asked.length > 0) return asked.slice(0, 1);
  const authors = everybody.filter((who) =>
    result?.authors.some((author) => JSON.stringify(author).includes(who)),
  );
  return [...new Set([...named, ...authors, ...everybody])];
}

/** The folder of the repository, and that in which the question is asked. */
function foldersOf({ repo, question }: Judged): readonly string[] {
  const { dir } = question;
  return dir === undefined || dir.startsWith(repo.dir) ? [repo.dir] : [repo.dir, dir];
}

/** Does something, and puts the repository back: at its own place, since other folders name it. */
async function undone<T>(judged: Judged, act: () => Promise<T>): Promise<T> {
  const kept = mkdtempSync(join(tmpdir(), 'countersign-kept-'));
  const folders = foldersOf(judged).map((folder, index) => ({
    folder,
    copy: join(kept, `${index}`),
  }));
  for (const { folder, copy } of folders) await must('cp', ['-a', folder, copy]);
  try {
    return await act();
  } finally {
    for (const { folder, copy } of folders) {
      rmSync(folder, { recursive: true, force: true });
      await must('cp', ['-a', copy, folder]);
    }
    rmSync(kept, { recursive: true, force: true });
  }
}

async function tryAs(
  who: string,
  judged: Judged,
  told: Told,
  step: PrintedStep,
): Promise<string | null> {
  const { repo, question, judgement } = judged;
  const cwd = question.dir ?? repo.dir;
  const at = question.now ?? caseTime;
  const env: Record<string, string> = {
    ...question.env,
    ...as(who),
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_DATE: at,
    GIT_EDITOR: editorOfSteps(),
    GIT_SEQUENCE_EDITOR: `sed -i -e '2,$s/^pick/squash/'`,
    PATH: pathOfSteps(),
    COUNTERSIGN_STEP_TIME: at,
    GIT_CONFIG_GLOBAL: await configOf(who),
    COUNTERSIGN_STEP_ANSWERS: await answersFile(cwd, question),
  };
  // Who is asked about a branch of a remote goes there, and sends what they made.
  const branch = /\.\.\.((?!HEAD).+)$/.exec(question.range ?? '')?.[1];
  const remote = branch === undefined ? null : await remoteBranch(cwd, branch);
  if (remote !== null) await must('git', ['switch', '-q', '--detach', remote], { cwd });
  for (const command of step.commands) {
    const ran = await run('sh', ['-c', command], { cwd, env });
    const said = `${ran.stderr}${ran.stdout.toString('utf8')}`.trim().slice(-700);
    // Whose key is good no more, and who has to merge first, is told so, with the way on.
    if (ran.code === 2 && /\(sign\/(?:not-your-key|conflict)\)\n {2}\S/.test(ran.stderr))
      return null;
    // A branch that held nothing but what is written anew has nothing left to commit.
    // What is measured may come to no, which is an answer.
    const isDone =
      ran.code === 0 ||
      (ran.code === 1 && /^countersign evaluate /.test(command)) ||
      /nothing to commit, working tree clean/.test(said);
    if (isMisunderstood(said) || (step.kind === 'run' && !isDone) || ran.code === 127)
      return `${command}: exit ${ran.code}: ${said}`;
  }
  if (step.kind !== 'run') return null;
  // What the commands wrote is brought as anybody brings it: a result and a record are there to be committed.
  if (existsSync(join(cwd, '.countersign')))
    await must('git', ['add', '-A', '--sparse', '.countersign'], { cwd });
  if (
    !question.staged &&
    existsSync(join(cwd, '.git')) &&
    (await run('git', ['diff', '--cached', '--quiet'], { cwd })).code === 1
  )
    await must(
      'git',
      ['-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--no-verify', '-m', 'step'],
      { cwd, env },
    );
  if (remote !== null) await must('git', ['update-ref', remote, 'HEAD'], { cwd });
  const after = await judge(repo, question);
  return isBetter(judgement, after, told)
    ? null
    : `nothing is better after it: ${judgement.verdict} before, ${after.verdict} now: ${after.says}`;
}

const rank: Readonly<Record<string, number>> = {
  undecidable: 0,
  unprotected: 1,
  fail: 1,
  'pass-with-exception': 2,
  pass: 2,
};

/** The finding is gone and the verdict no worse; or there are fewer errors, or the verdict is better. */
function isBetter(before: Judgement, after: Judgement, { code, message }: Told): boolean {
  const [was = 0, is = 0] = [rank[before.verdict], rank[after.verdict]];
  if (is !== was) return is > was;
  if (after.codes.length < before.codes.length) return true;
  return (
    !after.told.some((told) => told.code === code && told.message === message) &&
    !after.all.includes('internal/error')
  );
}

/** The full name of a remote-tracking branch; null where the name is none's. */
async function remoteBranch(cwd: string, name: string): Promise<string | null> {
  const ref = `refs/remotes/${name}`;
  return (await run('git', ['show-ref', '--verify', '--quiet', ref], { cwd })).code === 0
    ? ref
    : null;
}

/** A settings file of somebody's git: who they are and their key. */
async function configOf(who: string): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'countersign-config-')), 'config');
  writeFileSync(
    file,
    `[user]\n\tname = ${who}\n\temail = ${who}@example.org\n\tsigningKey = ${await keyFile(who)}\n[gpg]\n\tformat = ssh\n`,
  );
  return file;
}

/** A file that answers yes to all that the checklists of the policy branch ask; empty where they ask nothing. */
async function answersFile(cwd: string, question: Question): Promise<string> {
  const target = question.target ?? 'main';
  const list = await run('git', ['ls-tree', '--name-only', target, '.countersign/checklists/'], {
    cwd,
  });
  const answers: Record<string, string> = {};
  for (const path of list.stdout.toString('utf8').split('\n').filter(Boolean)) {
    const text = await run('git', ['cat-file', 'blob', `${target}:${path}`], { cwd });
    const found = parse(text.stdout.toString('utf8')) as {
      items?: readonly { id?: string }[];
    } | null;
    for (const { id } of found?.items ?? []) if (id !== undefined) answers[id] = 'yes';
  }
  if (Object.keys(answers).length === 0) return '';
  const file = join(mkdtempSync(join(tmpdir(), 'countersign-answers-')), 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  return file;
}
