import { createHash } from 'node:crypto';
import type { ModelRepo } from './model-repo.ts';
import {
  decisionPath,
  evaluated,
  evaluation,
  evaluationPath,
  measured,
  measuring,
  put,
  scores,
  sign,
} from './measured.ts';
import { type PolicyValue, policyWithRule } from './policy.ts';

export const dataPath = 'data/scores.csv';
/** Data on which the target fails. */
export const bad = `label,prediction\n${'1,1\n'.repeat(60)}${'1,0\n'.repeat(500)}`;

export const byResult = (
  data: Readonly<Record<string, string>> = { [dataPath]: scores },
  more: PolicyValue = {},
) => ({
  policy: policyWithRule({ evidence: [{ kind: 'result', verdict: 'pass', ...more }] }),
  files: { ...data, [evaluationPath]: evaluation() },
});

/** The usual change, measured on data that lie in the working tree alone. */
async function measuredOn(repo: ModelRepo, data: string): Promise<string> {
  await repo.change();
  await put(repo, { [decisionPath]: measuring });
  repo.write(dataPath, data);
  const path = await evaluated(repo);
  await repo.git('add', path);
  await repo.gitAs('ada', ['commit', '-q', '--no-verify', '-m', 'measured']);
  return path;
}

/** The same, signed; the data in the working tree are put back as git has them. */
export const signedOn =
  (data: string) =>
  async (repo: ModelRepo): Promise<void> => {
    const path = await measuredOn(repo, data);
    await repo.git('checkout', '-q', '--', 'data');
    await sign(repo, decisionPath, path);
  };

export const pointerOf = (text: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash('sha256').update(text).digest('hex')}\nsize ${text.length}\n`;
export const outside = { '.gitignore': '/data/*.csv\n' };

export const signed = async (repo: ModelRepo): Promise<string> => {
  const path = await measured(repo);
  await sign(repo, decisionPath, path);
  return path;
};

export const target = (value: number): string =>
  `targets: [{metric: accuracy, op: ">=", value: ${value}}]\n`;
