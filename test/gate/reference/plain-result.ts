import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { type Change, day } from './plain-change.ts';
import type { HistoryReader, Tree } from './read-history.ts';
import { governs, type PlainPolicy, type PlainRule, rulesOf } from './read-policy.ts';

const z = 1.959963984540054;

/** A result as it lies in a tree. */
type Filed = { readonly path: string; readonly sha256: string };

/** What is asked of a result: for which rule, by which policy, and when the oldest approval that lists a file was signed; null where those who count do not list it. */
export type ResultAsked = {
  readonly rule: PlainRule;
  readonly policy: PlainPolicy;
  readonly change: Change;
  readonly listedAt: (file: Filed) => number | null;
};

/** Whether a result of an evaluation passes, on this code and these data, by this plan, and not too long ago. */
export async function passes(
  evaluation: string,
  maxAge: number | undefined,
  { rule, policy, change, listedAt }: ResultAsked,
): Promise<boolean> {
  const { reader, after, now } = change;
  for (const path of after.keys()) {
    const name = new RegExp(`^\\.countersign/results/${evaluation}/([0-9a-f]{12})\\.json$`).exec(
      path,
    )?.[1];
    if (name === undefined) continue;
    const text = (await reader.text(after, path)) ?? '';
    const sha256 = createHash('sha256').update(text).digest('hex');
    const at = listedAt({ path, sha256 });
    if (
      !sha256.startsWith(name) ||
      at === null ||
      (maxAge !== undefined && now.getTime() - at > maxAge * day)
    )
      continue;
    const result = JSON.parse(text);
    if (
      result.evaluation === evaluation &&
      (await isMeasuredHere(result, rule, policy, change)) &&
      (await isGoodEnough(result, change))
    )
      return true;
  }
  return false;
}

async function sha256Of(reader: HistoryReader, tree: Tree, path: string): Promise<string | null> {
  const file = tree.get(Buffer.from(path).toString('latin1'));
  return file === undefined || !file.mode.startsWith('100') ? null : reader.sha256(file.oid);
}

type Digested = { readonly path: string; readonly sha256: string };

async function isMeasuredHere(
  // biome-ignore lint/suspicious/noExplicitAny: the plain reading looks at results as they come
  result: any,
  rule: PlainRule,
  policy: PlainPolicy,
  { reader, head, after }: Change,
): Promise<boolean> {
  const plan = `.countersign/evaluations/${result.evaluation}.yaml`;
  if (!result.plan.some(({ path }: Digested) => path === plan)) return false;
  for (const { path, sha256 } of result.plan as readonly Digested[])
    if ((await sha256Of(reader, head, path)) !== sha256) return false;
  const data = parse((await reader.text(head, plan)) ?? '').data.candidate.path;
  if (!result.inputs.some(({ path }: Digested) => path === data)) return false;
  for (const { path, sha256 } of result.inputs as readonly Digested[])
    if ((await sha256Of(reader, after, path)) !== sha256) return false;
  const rules = rulesOf(policy);
  const lines = [...head]
    .filter(([path]) => governs(rule, rules, path))
    .map(
      ([path, { mode, oid }]) =>
        `${mode} ${mode === '160000' ? 'commit' : 'blob'} ${oid}\t${path}\0`,
    );
  return (
    result.governed?.[rule.id] ===
    createHash('sha256')
      .update(Buffer.from(lines.join(''), 'latin1'))
      .digest('hex')
  );
}

/** Wilson's interval of the accuracy lies on the good side of each target of the evaluation. */
// biome-ignore lint/suspicious/noExplicitAny: the plain reading looks at results as they come
async function isGoodEnough(result: any, { reader, head }: Change): Promise<boolean> {
  const { targets } = parse(
    (await reader.text(head, `.countersign/evaluations/${result.evaluation}.yaml`)) ?? '',
  );
  const { n, tp, tn } = result.models.candidate.overall;
  if (result.verdict !== 'pass' || n < 30) return false;
  const rate = (tp + tn) / n;
  const low =
    (rate + (z * z) / (2 * n) - z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))) /
    (1 + (z * z) / n);
  return targets.every(
    ({ metric, op, value }: { metric: string; op: string; value: number }) =>
      metric === 'accuracy' && op === '>=' && low >= value,
  );
}
