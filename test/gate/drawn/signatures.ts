import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { publicKey } from '../kit/keys.ts';
import type { SignoffOptions } from '../kit/model-repo.ts';
import type { Dice } from './dice.ts';
import { byHardware } from './hardware.ts';
import { type Happening, rulesOnMain, type Scene, signers } from './scene.ts';

const roles = ['model-owner', 'validator', 'ethics', 'policy-admin', 'author'];

/** Before, at and after the usual time of commits: what was signed before something was taken off the target may have served there. */
export const signingTimes = [
  '2026-11-23T06:00:00Z',
  '2026-11-24T00:00:00Z',
  '2026-11-24T03:00:00Z',
  '2026-11-24T03:00:00Z',
];

/** Of a condition, or of the approvals that follow an exception: over, today, still to come. */
export const dues = ['2026-11-23', '2026-11-23', '2026-11-24', '2026-12-01'];

/** Names of exceptions: some are drawn again, also once another of that name was taken off. */
export const exceptionName = (dice: Dice): string =>
  `EX-${dice.often(50) ? 1000 + dice.roll(3) : 1000 + dice.roll(9000)}`;

type Listed = { readonly path: string; readonly sha256: string };

/** What lies in the working tree that can be evidence; people overlook things. */
async function listed({ repo, dice }: Scene): Promise<readonly Listed[]> {
  const names = globSync('.countersign/{decisions,feedback,reviews,results}/**/*.{yaml,json}', {
    cwd: repo.dir,
  }).sort();
  const seen = dice.often(92) ? names : names.filter(() => dice.often(80));
  return Promise.all(seen.map(async (path) => ({ path, sha256: await repo.sha256(path) })));
}

/** Which key somebody has by the target's word; people lag behind now and then. */
async function keyOf(
  { repo, dice, world }: Scene,
  who: string,
): Promise<{ readonly key?: string }> {
  if (!world.keys || who !== 'ben' || dice.often(10)) return {};
  const lines = await repo.git('show', 'main:.countersign/allowed_signers');
  return lines.includes(await publicKey('ben2')) && !lines.includes(await publicKey('ben'))
    ? { key: 'ben2' }
    : {};
}

export async function signAs(
  scene: Scene,
  who: string,
  { role, rule, ...more }: SignoffOptions & { readonly role: string; readonly rule: string },
): Promise<void> {
  const { repo, dice } = scene;
  const mine = rule === 'model-change' ? {} : { checklist: null, answers: {} };
  const answers =
    rule === 'model-change'
      ? {
          answers: {
            'tests-pass': { answer: 'yes' },
            ...(role === 'ethics' ? { fair: { answer: 'yes' } } : {}),
          },
        }
      : {};
  const payload = {
    ...mine,
    ...answers,
    signed_at: dice.one(signingTimes),
    evidence: dice.often(90) ? await listed(scene) : [],
    ...more.payload,
  };
  const conditions =
    scene.world.promises && !(more.payload && 'via' in more.payload) && dice.often(12)
      ? { conditions: [{ text: 'measure it again', owner: 'ada', due: dice.one(dues) }] }
      : {};
  const touched = more.key === undefined ? byHardware(scene.world, dice, who) : undefined;
  const path = await repo.signoff(who, role, {
    ...(await keyOf(scene, who)),
    ...more,
    ...(touched ? { edit: touched } : {}),
    rule,
    payload: { ...payload, ...conditions },
  });
  scene.signed.push(path);
  if ('conditions' in conditions)
    scene.conditions.push({ payload: await repo.payloadId(path), person: who });
}

/** Somebody signs something, which need not be theirs to sign. */
export const sign: Happening = async (scene) => {
  const { repo, dice } = scene;
  const rule = dice.one(await rulesOnMain(scene));
  const earlier = scene.signed.filter((path) => existsSync(join(repo.dir, path)));
  const replaces =
    dice.often(30) && earlier.length > 0
      ? await repo.payloadId(dice.one(earlier)).catch(() => null)
      : null;
  const odd = dice.one([
    {},
    {},
    {},
    {},
    {},
    { target: 'refs/heads/release/1' },
    { repository: 'other' },
    { signed_at: '2026-11-25T00:00:00Z' },
    { signed_at: '2026-11-10T00:00:00Z' },
    { signed_at: '2026-11-10T00:00:00Z' },
    { manifest: null },
    { vouches: ['mallory@example.org'] },
    { vouches: ['mallory@example.org'] },
    { answers: {} },
    { answers: { 'tests-pass': { answer: 'no' } } },
  ]);
  const key = dice.often(10) ? dice.one(['agent', 'mallory', 'ben', 'ben2']) : undefined;
  await signAs(scene, dice.one(signers), {
    role: dice.one(roles),
    rule,
    ...(key ? { key } : {}),
    ...(dice.often(5) ? { namespace: 'git' } : {}),
    payload: {
      decision: dice.one(['approve', 'approve', 'approve', 'reject', 'withdraw']),
      replaces,
      ...odd,
    },
  });
};

const logins: Readonly<Record<string, string>> = { ada: 'ada', ben: 'ben-h', cy: 'CY' };

/** A job says that somebody approved on a forge: a commit of the branch as a rule, and mostly no more than that. */
async function attestAs(scene: Scene, who: string): Promise<void> {
  const { repo, dice } = scene;
  const commits = (await repo.git('log', '-6', '--format=%H')).split('\n');
  const commit = dice.often(70) ? (commits[0] as string) : dice.one(commits);
  const login = dice.often(92) ? (logins[who] as string) : dice.one(['ada', 'ben', 'mallory']);
  const more = dice.one([
    {},
    {},
    {},
    {},
    {},
    {},
    {},
    { vouches: ['mallory@example.org'] },
    { answers: { 'tests-pass': { answer: 'yes' } } },
    { via: { forge: 'gitlab', login, commit } },
  ]);
  await signAs(scene, who, {
    role: 'validator',
    rule: 'model-change',
    key: dice.often(94) ? 'forge' : 'cy',
    committer: 'ada',
    payload: { answers: {}, via: { forge: 'github', login, commit }, ...more },
  });
}

export const attest: Happening = async (scene) => {
  await rulesOnMain(scene);
  await attestAs(scene, scene.dice.one(['ada', 'ben', 'cy']));
};

/** Those who should sign do, more or less. */
export const everybody: Happening = async (scene) => {
  const { repo, dice } = scene;
  const rules = await rulesOnMain(scene);
  const validators = dice.one([['ben'], ['ben'], ['cy'], ['ada'], ['ben', 'cy'], ['ben', 'cy']]);
  const asked: (readonly [who: string, role: string])[] = [
    [dice.one(['ada', 'ada', 'ben']), 'model-owner'],
    ...validators.map((who) => [who, 'validator'] as const),
  ];
  if (dice.often(60)) asked.push([dice.one(['dee', 'cy']), 'ethics']);
  for (const [who, role] of asked)
    await (scene.world.forge && role === 'validator' && dice.often(50)
      ? attestAs(scene, who)
      : signAs(scene, who, { role, rule: 'model-change' }));
  for (const who of scene.writers)
    if (dice.often(70) && !asked.some(([other]) => other === who))
      await signAs(scene, who, { role: 'author', rule: 'model-change' });
  if (rules.includes('docs')) await signAs(scene, 'cy', { role: 'validator', rule: 'docs' });
  const changed = (rule: string): Promise<boolean> =>
    repo.rows(rule, 'HEAD', 'main').then((rows) => rows.length > 0);
  for (const rule of ['policy-change', 'repository-settings'].filter((one) =>
    rules.includes(one),
  )) {
    const often = (await changed(rule)) ? 85 : 20;
    for (const who of ['eve', 'fay'])
      if (dice.often(often)) await signAs(scene, who, { role: 'policy-admin', rule });
  }
};

/** An emergency, or what somebody calls one. */
export const except: Happening = async (scene) => {
  const { repo, dice, world } = scene;
  if (world.shape === null) return;
  const rule = dice.one(await rulesOnMain(scene));
  const odd = dice.one([
    {},
    {},
    {},
    { expires: '2026-11-24T00:00:00Z' },
    { expires: '2026-12-24T00:00:00Z' },
    { role: 'validator' },
    { follow_up_by: '2027-01-01' },
  ]);
  const followed = world.promises ? { follow_up_by: dice.one(dues) } : {};
  const name = exceptionName(dice);
  if (!existsSync(join(repo.dir, `.countersign/exceptions/${name}.yaml`)))
    await repo.exception(
      dice.one(['eve', 'fay', 'ben']),
      { signed_at: dice.one(signingTimes), ...followed, ...odd },
      { rule, name },
    );
};
