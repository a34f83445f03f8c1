import { playCases } from './kit/cases.ts';
import { decisionPath, measured, put, rewritten, scores, sign } from './kit/measured.ts';
import { bad, byResult, dataPath, outside, pointerOf, signedOn } from './kit/by-result.ts';

playCases('data that a result was measured on', [
  {
    name: 'as they land',
    want: 'pass',
    begin: byResult(),
    byCommand: true,
    play: signedOn(scores),
  },
  {
    name: 'doctored, and never committed',
    want: ['fail', 'evidence/result'],
    begin: byResult({ [dataPath]: bad }),
    byCommand: true,
    play: signedOn(scores),
  },
  {
    name: 'that moved after it was measured',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await put(repo, { [dataPath]: bad });
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that moved on the target',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.onMain(dataPath, bad);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are named as they never were',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace(`"path": "${dataPath}"`, '"path": "data/other.csv"'),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are not named at all',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        JSON.stringify({ ...JSON.parse(text), inputs: [] }),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are a link by now',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: 'other.csv' }))
        .toString()
        .trim();
      await repo.git('update-index', '--add', '--cacheinfo', `120000,${oid},${dataPath}`);
      await repo.gitAs('ada', ['commit', '-qm', 'link']);
      await repo.git('checkout', '-q', '-f', 'HEAD');
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that git does not have',
    want: ['pass', 'evidence/unverified'],
    begin: byResult(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that a pointer of LFS stands for',
    want: 'pass',
    begin: byResult({ [dataPath]: pointerOf(scores) }),
    play: signedOn(scores),
  },
  {
    name: 'that another pointer of LFS stands for',
    want: ['fail', 'evidence/result'],
    begin: byResult({ [dataPath]: pointerOf(bad) }),
    play: signedOn(scores),
  },
]);
