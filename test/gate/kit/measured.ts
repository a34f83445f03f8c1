import { createHash } from 'node:crypto';
import { evaluate } from '../../../src/app/evaluate.ts';
import { openRepository } from '../../../src/node/repository.ts';
import type { ModelRepo } from './model-repo.ts';

/** The decision over the usual change, the evaluation that it names, and the data of that. */
export const decisionPath = '.countersign/decisions/DR-WHY001.yaml';
/** A decision over the usual change. */
export const decided = (more = '', id = 'DR-WHY001'): string =>
  `schema: countersign/decision@1\nid: ${id}\ntitle: raise the bar\nowner: ada\n${more.includes('status:') ? '' : 'status: accepted\n'}${more.includes('risk:') ? '' : 'risk: low\n'}${more.includes('governs:') ? '' : 'trail:\n  code:\n    - {path: model/score.py, lines: [1, 4]}\n'}${more}`;

/** Writes files and commits them as somebody. */
export async function put(
  repo: ModelRepo,
  files: Readonly<Record<string, string>>,
  who = 'ada',
): Promise<void> {
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  await repo.commit('records', who);
}

/** Both sign the change as it is, and list files of the working tree as their evidence. */
export async function sign(repo: ModelRepo, ...paths: readonly string[]): Promise<void> {
  const evidence = await Promise.all(
    paths.map(async (path) => ({ path, sha256: await repo.sha256(path) })),
  );
  await repo.both({ payload: { evidence } });
}

export const evaluationPath = '.countersign/evaluations/EV-BAR1.yaml';
export const evaluation = (value = 0.5): string =>
  `schema: countersign/evaluation@1\nid: EV-BAR1\ntitle: is it right\nkind: offline\ndata:\n  candidate: {path: data/scores.csv}\ncolumns: {label: label, prediction: prediction}\npositive: "1"\nnegative: "0"\ntargets:\n  - {metric: accuracy, op: ">=", value: ${value}}\n`;
export const scores = `label,prediction\n${'1,1\n'.repeat(60)}${'0,0\n'.repeat(60)}${'1,0\n'.repeat(5)}`;
/** A decision that names the evaluation. */
export const measuring = decided('evaluations: [EV-BAR1]\n');

/** Measures the working tree by the program itself and writes the result there; its path. */
export async function evaluated(repo: ModelRepo, id = 'EV-BAR1'): Promise<string> {
  const repository = await openRepository(repo.dir, process.env);
  const { text, path } = await evaluate(repository, {
    id,
    openEngine: repository.openEngine,
  });
  repo.write(path, text);
  return path;
}

/** Measures the change and commits everything; the path of the result. */
export async function measure(repo: ModelRepo, id?: string): Promise<string> {
  const path = await evaluated(repo, id);
  await repo.commit('measured', 'ada');
  return path;
}

/** A result written anew, under the name that its bytes ask for. */
export async function rewritten(
  repo: ModelRepo,
  path: string,
  change: (text: string) => string,
): Promise<string> {
  const text = change(await repo.read(path));
  const other = path.replace(
    /[0-9a-f]{12}\.json$/,
    `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`,
  );
  await repo.git('rm', '-q', path);
  repo.write(other, text);
  await repo.commit('written by hand', 'ada');
  return other;
}

/** The usual change with a decision that names the evaluation, and its result; the path of the result. */
export const measured = async (repo: ModelRepo): Promise<string> => {
  await repo.change();
  await put(repo, { [decisionPath]: measuring });
  return measure(repo);
};
