import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { signAs } from './signatures.ts';
import { commitSomehow, type Happening, rulesOnMain, type Scene, signers } from './scene.ts';

function present({ repo, signed }: Scene): readonly string[] {
  return signed.filter((path) => existsSync(join(repo.dir, path)));
}

/** Somebody takes a signed file of the branch to another branch, by itself. */
async function takeAlone(scene: Scene, from: string): Promise<void> {
  const { repo, dice } = scene;
  const paths = present(scene);
  if (paths.length === 0) return;
  const words = dice.often(70) ? [dice.one(paths)] : paths.slice(-2);
  await repo.tryGit('checkout', '-q', from, '--', ...words);
  await repo.commit('words', dice.one(['ada', 'ben', 'eve']));
}

/** Words of the branch land without it. */
export const landWords: Happening = async (scene) => {
  const { repo } = scene;
  const branch = await repo.git('rev-parse', 'HEAD');
  await repo.git('switch', '-q', 'main');
  await takeAlone(scene, branch);
  await repo.git('switch', '-q', 'change');
};

/** A branch brings words of another, and nothing else as a rule. */
export const bringWords: Happening = async (scene) => {
  const { repo } = scene;
  const branch = await repo.git('rev-parse', 'HEAD');
  await repo.git('switch', '-q', '-f', '-C', 'change', 'main');
  await repo.git('clean', '-qfd');
  await takeAlone({ ...scene, signed: await namesAt(scene, branch) }, branch);
};

async function namesAt({ repo }: Scene, commit: string): Promise<string[]> {
  const listed = await repo.git('ls-tree', '-r', '--name-only', commit, '.countersign/signoffs');
  return listed.split('\n').filter((path) => path !== '');
}

/** Somebody takes back what they signed, by a clock that runs ahead, in another role, or over other files. */
export const takeBack: Happening = async (scene) => {
  const { repo, dice } = scene;
  const paths = present(scene);
  if (paths.length === 0) return;
  const path = dice.one(paths);
  const [, rule = '', who = ''] = /signoffs\/([^/]+)\/([^.]+)\./.exec(path) ?? [];
  const names = await rulesOnMain(scene);
  if (!names.includes(rule) || !signers.includes(who)) return;
  const odd = dice.one([
    {},
    { signed_at: '2026-11-24T06:15:00Z' },
    { signed_at: '2026-11-25T00:00:00Z' },
    { manifest: [] },
    { role: 'ethics' },
  ]);
  const replaces = dice.often(70) ? await repo.payloadId(path).catch(() => null) : null;
  await signAs(scene, who, {
    role: 'validator',
    rule,
    payload: { decision: dice.one(['withdraw', 'withdraw', 'reject']), replaces, ...odd },
  });
};

const bare = (id: string, status: string, governs: string): string =>
  `schema: countersign/decision@1\nid: ${id}\ntitle: t\nowner: ada\nstatus: ${status}\nrisk: low\ngoverns: ["${governs}"]\n`;

/** A decision goes, in one way or another, and a second one takes its place. */
export const supersede: Happening = async (scene) => {
  const { repo, dice } = scene;
  const [first, second] = dice.one([
    ['DR-WHY001', 'DR-WHY002'],
    ['DR-WHY002', 'DR-WHY001'],
  ]);
  const place = `.countersign/decisions/${first}.yaml`;
  const how = dice.roll(4);
  if (how === 0 && existsSync(join(repo.dir, place))) await repo.git('rm', '-q', place);
  else
    repo.write(
      place,
      bare(
        first,
        ['accepted', 'superseded', 'rejected'][how] ?? 'accepted',
        how === 3 ? 'nowhere/**' : '**',
      ),
    );
  if (dice.often(70))
    repo.write(`.countersign/decisions/${second}.yaml`, bare(second, 'accepted', '**'));
  await commitSomehow(scene, 'supersede');
};
