import { createHash } from 'node:crypto';
import { playCases } from './kit/cases.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { decisionPath, evaluated, evaluation, evaluationPath, measured, measuring, put, rewritten, scores, sign } from './kit/measured.ts';
import { type PolicyValue, policyWithRule } from './kit/policy.ts';

const dataPath = 'data/scores.csv';
/** Data on which the target fails. */
const bad = `label,prediction\n${'1,1\n'.repeat(60)}${'1,0\n'.repeat(500)}`;

const byResult = (data: Readonly<Record<string, string>> = { [dataPath]: scores }, more: PolicyValue = {}) => ({ policy: policyWithRule({ evidence: [{ kind: 'result', verdict: 'pass', ...more }] }), files: { ...data, [evaluationPath]: evaluation() } });

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
const signedOn = (data: string) => async (repo: ModelRepo): Promise<void> => {
  const path = await measuredOn(repo, data);
  await repo.git('checkout', '-q', '--', 'data');
  await sign(repo, decisionPath, path);
};

const pointerOf = (text: string): string => `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash('sha256').update(text).digest('hex')}\nsize ${text.length}\n`;
const outside = { '.gitignore': '/data/*.csv\n' };

playCases('data that a result was measured on', [
  { name: 'as they land', want: 'pass', begin: byResult(), byCommand: true, play: signedOn(scores) },
  { name: 'doctored, and never committed', want: ['fail', 'evidence/result'], begin: byResult({ [dataPath]: bad }), byCommand: true, play: signedOn(scores) },
  { name: 'that moved after it was measured', want: ['fail', 'evidence/result'], begin: byResult(), play: async (repo) => { const path = await measured(repo); await put(repo, { [dataPath]: bad }); await sign(repo, decisionPath, path); } },
  { name: 'that moved on the target', want: ['fail', 'evidence/result'], begin: byResult(), play: async (repo) => { const path = await measured(repo); await repo.onMain(dataPath, bad); await sign(repo, decisionPath, path); } },
  { name: 'that are named as they never were', want: ['fail', 'evidence/result'], begin: byResult(), play: async (repo) => { const path = await rewritten(repo, await measured(repo), (text) => text.replace(`"path": "${dataPath}"`, '"path": "data/other.csv"')); await sign(repo, decisionPath, path); } },
  { name: 'that are not named at all', want: ['fail', 'evidence/result'], begin: byResult(), play: async (repo) => { const path = await rewritten(repo, await measured(repo), (text) => JSON.stringify({ ...JSON.parse(text), inputs: [] })); await sign(repo, decisionPath, path); } },
  { name: 'that are a link by now', want: ['fail', 'evidence/result'], begin: byResult(), play: async (repo) => { const path = await measured(repo); const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: 'other.csv' })).toString().trim(); await repo.git('update-index', '--add', '--cacheinfo', `120000,${oid},${dataPath}`); await repo.gitAs('ada', ['commit', '-qm', 'link']); await repo.git('checkout', '-q', '-f', 'HEAD'); await sign(repo, decisionPath, path); } },
  { name: 'that git does not have', want: ['pass', 'evidence/unverified'], begin: byResult(outside), byCommand: true, play: async (repo) => { repo.write(dataPath, scores); const path = await measured(repo); await sign(repo, decisionPath, path); } },
  { name: 'that a pointer of LFS stands for', want: 'pass', begin: byResult({ [dataPath]: pointerOf(scores) }), play: signedOn(scores) },
  { name: 'that another pointer of LFS stands for', want: ['fail', 'evidence/result'], begin: byResult({ [dataPath]: pointerOf(bad) }), play: signedOn(scores) },
]);
