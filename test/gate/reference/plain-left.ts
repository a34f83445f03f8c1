import type { Change } from './plain-change.ts';
import { decisionsOf, isLiving, isReviewed } from './plain-evidence.ts';
import { governs, rulesOf, type Terms } from './read-policy.ts';

/** Decisions that a change takes off files of the target, which a rule governs that asks for reviews, while something is open about them. */
export async function leftOpen(change: Change, { policy }: Terms): Promise<readonly string[]> {
  const { reader, before, after } = change;
  const rules = rulesOf(policy);
  const asking = rules.filter(({ evidence }) => evidence?.some(({ kind }) => kind === 'review'));
  const [then, now] = [await decisionsOf(reader, before), await decisionsOf(reader, after)];
  const found: string[] = [];
  for (const rule of asking) {
    const files = [...before.keys()].filter((path) => governs(rule, rules, path));
    for (const one of then.filter(isLiving)) {
      const stays = now.find(({ path }) => path === one.path);
      const covers = (file: string): boolean =>
        stays !== undefined && isLiving(stays) && stays.covers(file);
      const left = files
        .map((path) => Buffer.from(path, 'latin1').toString('utf8'))
        .some((file) => one.covers(file) && !covers(file));
      if (left && !(await isReviewed(one, { change, cited: () => true })))
        found.push(`left behind ${one.path}`);
    }
  }
  return found;
}
