/** Makes the sample model repository: real data, a small real model, a real git history, records and signatures by the product's own command line. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runProgram } from './run-program.ts';
import { identity, type Keys, people, SampleRepository, type Step } from './sample-repository.ts';
import { writeWages } from './wage-data.ts';
import {
  blindDecision,
  blindEvaluation,
  recallDecision,
  recallEvaluation,
  recallReviews,
  sliceRecords,
  twoBarsDecision,
} from './sample-records.ts';
import { feedbackRecords, newFeedback, newFeedbackRecords } from './sample-feedback.ts';

const root = new URL('..', import.meta.url).pathname;

/** Where things are in a sample that was made. Paths are absolute but for `line`. */
export type SampleManifest = {
  readonly directory: string;
  readonly origin: string;
  readonly keys: Keys;
  readonly branch: string;
  readonly line: { readonly path: string; readonly line: number };
  readonly decision: string;
  readonly evaluation: { readonly pass: string; readonly fail: string };
  readonly newFeedback: readonly string[];
};

/**
 * @param directory made anew; `<directory>.keys`, `<directory>.origin.git` and `<directory>.json` lie beside it
 * @param options `cli` is the built command line
 */
export async function makeSample(
  directory: string,
  options: { readonly cli: string; readonly onStep?: Step },
): Promise<SampleManifest> {
  const sample = new SampleRepository(resolve(directory), options);
  await begin(sample);
  await landFirstModel(sample);
  await landBlindModel(sample);
  return openReview(sample);
}

/** Folders, keys and an empty repository with a remote of its own. */
async function begin(sample: SampleRepository): Promise<void> {
  sample.onStep('keys and repository');
  for (const old of [sample.directory, sample.origin, sample.keyFolder, `${sample.directory}.json`])
    await rm(old, { recursive: true, force: true });
  await mkdir(dirname(sample.directory), { recursive: true });
  await mkdir(sample.keyFolder, { mode: 0o700 });
  for (const person of people)
    await runProgram(
      'ssh-keygen',
      ['-q', '-t', 'ed25519', '-N', '', '-C', `${person}@example.org`, '-f', sample.keys[person]],
      { cwd: sample.keyFolder, env: sample.environment },
      [0],
    );
  await cp(join(root, 'sample', 'template'), sample.directory, { recursive: true });
  await sample.git('init', '--quiet', '--initial-branch=main');
  await runProgram(
    'git',
    ['init', '--quiet', '--bare', '--initial-branch=main', sample.origin],
    { cwd: dirname(sample.directory), env: sample.environment },
    [0],
  );
  for (const [name, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.org'],
    ['gpg.format', 'ssh'],
    ['user.signingKey', sample.keys.ada],
    ['commit.gpgSign', 'false'],
    ['core.autocrlf', 'false'],
  ] as const)
    await sample.git('config', name, value);
  await sample.git('remote', 'add', 'origin', sample.origin);
}

/** The model as it was: it knows the gender. And the policy, which protects nothing yet when it lands. */
async function landFirstModel(sample: SampleRepository): Promise<void> {
  sample.onStep('training the first model');
  await writeWages(join(sample.directory, 'data', 'wages.csv'));
  await sample.setModel([
    ['// What the model knows of a person. Gender and race are not among it.', ''],
    [
      '/** What the model knows of a person. Gender and race are not among it. */',
      '/** What the model knows of a person. */',
    ],
    ['Number(person.south), ...', "Number(person.south), Number(person.gender === 'female'), ..."],
  ]);
  await sample.train('baseline');
  await sample.commit('Predict who earns above the median', 'ada');
  sample.onStep('policy');
  await sample.countersign(['init']);
  for (const [from, to] of [
    ['policy.yaml', 'policy.yaml'],
    ['checklist.yaml', 'checklists/model-change.yaml'],
    ['triage.yaml', 'triage.yaml'],
  ] as const)
    await cp(join(root, 'sample', 'records', from), join(sample.directory, '.countersign', to));
  const lines = await Promise.all(
    people.map(
      async (person) =>
        `${person}@example.org namespaces="model-signoff,git" ${(await readFile(`${sample.keys[person]}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ')}`,
    ),
  );
  await writeFile(
    join(sample.directory, '.countersign', 'allowed_signers'),
    `# Whose key is whose: one principal and one key a line.\n${lines.join('\n')}\n`,
  );
  await sample.commit('Say who must approve what', 'eve');
  await sample.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  await sample.git('remote', 'set-head', 'origin', 'main');
}

/** The first governed change: proposed, measured, signed by two, landed. */
async function landBlindModel(sample: SampleRepository): Promise<void> {
  sample.onStep('a change that landed');
  await sample.git('switch', '--quiet', '--create', 'leave-gender-out');
  await cp(
    join(root, 'sample', 'template', 'model', 'score.js'),
    join(sample.directory, 'model', 'score.js'),
  );
  await sample.train('candidate');
  await sample.add([
    ...feedbackRecords,
    ...sliceRecords,
    blindEvaluation,
    blindDecision(await linesOf(sample.directory, 'export function features', '}')),
    twoBarsDecision,
  ]);
  await sample.commit('Leave gender out of the model', 'ada');
  await sample.countersign(['anchors', 'DR-BLIND001', '--write']);
  await sample.countersign(['evaluate', 'EV-BLIND001']);
  await sample.commit('Measure what leaving gender out does', 'ada');
  await sample.sign('ada', 'model-owner', 'main...HEAD');
  await sample.sign('ben', 'validator', 'main...HEAD');
  await sample.git('switch', '--quiet', 'main');
  await sample.run(
    'git',
    [
      'merge',
      '--quiet',
      '--no-ff',
      '--no-verify',
      '-m',
      'Merge leave-gender-out',
      'leave-gender-out',
    ],
    identity('eve'),
  );
  await sample.git('push', '--quiet', 'origin', 'main');
}

/** The change in review: signed by one validator while the bar was higher, then lowered further. */
async function openReview(sample: SampleRepository): Promise<SampleManifest> {
  sample.onStep('a change in review');
  await sample.git('switch', '--quiet', '--create', 'lower-the-bar');
  // What was the candidate is the model that everything new is compared with.
  await sample.train('baseline');
  await sample.setModel([['return 0.5;', 'return 0.45;']]);
  await sample.train('candidate');
  await sample.add([
    recallEvaluation,
    recallDecision(await linesOf(sample.directory, 'export function threshold', '}')),
  ]);
  await sample.countersign(['anchors', 'DR-RECALL01', '--write']);
  await sample.commit('Lower the bar so that fewer women are missed', 'ada');
  await sample.countersign(['evaluate', 'EV-RECALL01']);
  await sample.commit('Measure the lower bar', 'ada');
  await sample.sign('ben', 'validator', 'main...HEAD');
  for (const thread of recallReviews) await sample.talk(thread);
  await sample.add(
    newFeedbackRecords(await linesOf(sample.directory, 'export function features', '}')),
  );
  await sample.countersign(['anchors', 'FB-NEW00001', '--write']);
  await sample.commit('Ask about the rollback; new feedback', 'cy');
  sample.onStep('the bar lowered once more');
  await sample.setModel([['return 0.45;', 'return 0.3;']]);
  await sample.train('candidate');
  await sample.countersign(['anchors', '--accept', 'DR-RECALL01#1']);
  await sample.commit('Lower the bar further', 'ada');
  await sample.countersign(['evaluate', 'EV-RECALL01'], [1]);
  await sample.commit('Measure the bar at 0.3', 'ada');
  await sample.git('push', '--quiet', '--set-upstream', 'origin', 'lower-the-bar');
  return manifest(sample);
}

async function manifest(sample: SampleRepository): Promise<SampleManifest> {
  const { directory, origin, keys } = sample;
  const [line] = await linesOf(directory, 'export function threshold', '}');
  const made: SampleManifest = {
    directory,
    origin,
    keys,
    branch: 'lower-the-bar',
    line: { path: 'model/score.js', line: line + 1 },
    decision: 'DR-RECALL01',
    evaluation: { pass: 'EV-BLIND001', fail: 'EV-RECALL01' },
    newFeedback,
  };
  await writeFile(`${sample.directory}.json`, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** First and last line, from 1, of the block that begins with one text and ends with a line that is another. */
async function linesOf(
  directory: string,
  begins: string,
  ends: string,
): Promise<readonly [number, number]> {
  const lines = (await readFile(join(directory, 'model', 'score.js'), 'utf8')).split('\n');
  const first = lines.findIndex((line) => line.startsWith(begins));
  return [first + 1, lines.findIndex((line, index) => index > first && line === ends) + 1];
}

if (import.meta.main) {
  const directory = process.argv[2] ?? join(root, '.sample', 'wage-model');
  const made = await makeSample(directory, {
    cli: join(root, 'dist', 'cli.js'),
    onStep: (text) => console.error(text),
  });
  console.log(made.directory);
}
