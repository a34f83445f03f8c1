import { playCases } from './kit/cases.ts';
import { raisedText } from './kit/model-repo.ts';
import {
  decided,
  decisionPath,
  evaluation,
  evaluationPath,
  measure,
  measured,
  measuring,
  put,
  rewritten,
  scores,
  sign,
} from './kit/measured.ts';
import type { PolicyValue } from './kit/policy.ts';
import { asking } from './kit/asking.ts';

const byResult = (more: PolicyValue = {}) => ({
  ...asking({ kind: 'result', verdict: 'pass', ...more }),
  files: { 'data/scores.csv': scores, [evaluationPath]: evaluation() },
});

playCases('a result that was measured', [
  {
    name: 'fresh, passing and listed',
    want: 'pass',
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'absent',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: measuring });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      await measured(repo);
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'whose failing neighbour was taken out of the decision after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, {
        [decisionPath]: decided('evaluations: [EV-BAR1, EV-BAR2]\n'),
        '.countersign/evaluations/EV-BAR2.yaml': evaluation(0.99).replace('EV-BAR1', 'EV-BAR2'),
      });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
      await put(repo, { [decisionPath]: measuring });
    },
  },
  {
    name: 'where the decision that names it came after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, path);
    },
  },
  {
    name: 'of other code',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'a verdict written by hand',
    want: ['fail', 'evidence/result'],
    begin: {
      ...byResult(),
      files: { 'data/scores.csv': scores, [evaluationPath]: evaluation(0.99) },
    },
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace('"verdict": "fail"', '"verdict": "pass"'),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'counts edited where it lies',
    want: ['fail', 'result/altered'],
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      repo.write(path, (await repo.read(path)).replaceAll('"tp": 60', '"tp": 65'));
      await repo.commit('edited', 'ada');
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'a target moved after it was measured',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await put(repo, { [evaluationPath]: evaluation(0.4) });
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'swapped after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      await rewritten(repo, path, (text) => text.replace('"seed": 1', '"seed": 2'));
    },
  },
  {
    name: 'of an evaluation that no decision names',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'one of two that the decision names',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, {
        [decisionPath]: decided('evaluations: [EV-BAR1, EV-BAR2]\n'),
        '.countersign/evaluations/EV-BAR2.yaml': evaluation().replace('EV-BAR1', 'EV-BAR2'),
      });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'not older than it may be',
    want: 'pass',
    begin: byResult({ max_age_days: 14 }),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.both({
        payload: {
          signed_at: '2026-11-10T06:00:00Z',
          evidence: [
            { path: decisionPath, sha256: await repo.sha256(decisionPath) },
            { path, sha256: await repo.sha256(path) },
          ],
        },
      });
    },
  },
  {
    name: 'older than it may be',
    want: ['fail', 'evidence/result'],
    begin: byResult({ max_age_days: 14 }),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.both({
        payload: {
          signed_at: '2026-11-10T05:59:59Z',
          evidence: [
            { path: decisionPath, sha256: await repo.sha256(decisionPath) },
            { path, sha256: await repo.sha256(path) },
          ],
        },
      });
    },
  },
  {
    name: 'computed again where nobody does',
    want: ['pass', 'evidence/not-recomputed'],
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'computed again',
    want: 'pass',
    begin: byResult({ verify: 'recompute' }),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'counts written by hand, computed again',
    want: ['fail', 'evidence/result'],
    begin: byResult({ verify: 'recompute' }),
    byCommand: true,
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replaceAll('"tp": 60', '"tp": 65').replaceAll('"fn": 5', '"fn": 0'),
      );
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'data that moved, computed again',
    want: ['fail', 'evidence/result'],
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      await put(repo, { 'data/scores.csv': scores.replace('1,1\n', '1,0\n') });
      return { recompute: true };
    },
  },
  {
    name: 'computed again is not asked for below all',
    want: 'pass',
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      await measured(repo);
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'failing, where the author could see it alone',
    want: ['fail', 'evidence/result'],
    begin: {
      ...byResult(),
      files: { 'data/scores.csv': scores, [evaluationPath]: evaluation(0.99) },
    },
    play: async (repo) => {
      await measured(repo);
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
]);
