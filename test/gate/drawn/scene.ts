import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs';
import { keyFile, signerLines } from '../kit/keys.ts';
import type { ModelRepo } from '../kit/model-repo.ts';
import type { Dice } from './dice.ts';
import type { World } from './world.ts';
import { HistoryReader } from '../reference/read-history.ts';
import { governs, rulesOf, termsOf } from '../reference/read-policy.ts';

/** Where drawn things happen: a repository, what is peculiar to it, and what was done on the branch so far. Paths have one character a byte. */
export type Scene = {
  readonly repo: ModelRepo;
  readonly dice: Dice;
  readonly world: World;
  /** Sign-offs of this branch. */
  signed: string[];
  /** Who wrote on this branch and has a key. */
  readonly writers: Set<string>;
  /** From where to where the target went. */
  readonly landings: { readonly from: string; readonly to: string }[];
  /** What was signed on a condition. */
  readonly conditions: { readonly payload: string; readonly person: string }[];
};

export type Happening = (scene: Scene) => Promise<void>;

export const signers = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];
const writers = [
  'ada',
  'ada',
  'ben',
  'ben',
  'cy',
  'dee',
  'eve',
  'agent',
  'mallory',
  'ben@home.example',
  'BEN@example.org',
];
const times = [
  '2026-11-20T00:00:00Z',
  '2026-11-22T12:00:00Z',
  '2026-11-24T00:00:00Z',
  '2026-11-24T00:00:00Z',
  '2026-11-24T04:00:00Z',
  '2026-11-26T00:00:00Z',
];

const usual = [
  'model/score.py',
  'model/score.py',
  'model/a.py',
  'model/a.py',
  'model/sub/b.py',
  'model/notes.md',
  'Model/score.py',
  'docs/x.md',
  'docs/y.md',
  'params.yaml',
  'model/od\nd.py',
  'scratch/a.py',
  '.gitattributes',
  'README.md',
];
const bytes = (text: string): string => Buffer.from(text).toString('latin1');
const odd = [
  'model/\xff.py',
  'scratch/\xfe\n',
  bytes('caf\u00e9/x.py'),
  bytes('cafe\u0301/x.py'),
  bytes('CAF\u00c9/x.py'),
  'model/SCORE.py',
  'model/__proto__',
  '-model/a.py',
  'DOCS/X.MD',
];

export const filesOf = ({ world }: Scene): readonly string[] =>
  world.names ? [...usual, ...odd] : usual;

/** When the next commit is said to be made, and with which key it is signed. */
export async function someCircumstances(
  { world, dice }: Pick<Scene, 'world' | 'dice'>,
  who: string,
): Promise<Record<string, string>> {
  const time = world.times ? dice.one(times) : undefined;
  const date: Record<string, string> =
    time === undefined ? {} : { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  if (!world.identity || dice.often(4)) return date;
  const meant = who.toLowerCase().startsWith('ben') ? 'ben' : 'ada';
  const own = signers.includes(who) || who === 'mallory' ? who : meant;
  const settings = {
    'commit.gpgsign': 'true',
    'gpg.format': 'ssh',
    'user.signingkey': await keyFile(dice.often(95) ? own : dice.one(signers)),
  };
  const named = Object.entries(settings).flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { ...date, GIT_CONFIG_COUNT: '3', ...Object.fromEntries(named) };
}

/** Lines of allowed_signers for some people, as the history needs them. */
export function drawnSigners(world: World, people: readonly string[], more = ''): Promise<string> {
  return signerLines(people, `namespaces="model-signoff${world.identity ? ',git' : ''}"${more}`);
}

export function someEnvironment({ dice }: Scene): Record<string, string> {
  return dice.often(80)
    ? {}
    : {
        GIT_COMMITTER_EMAIL: dice.one(['noreply@github.com', 'ben@example.org', 'eve@example.org']),
      };
}

/** Somebody commits everything, alone or with another. */
export async function commitSomehow(scene: Scene, message: string): Promise<void> {
  const { dice, repo } = scene;
  const together = dice.often(15)
    ? `\n\n${dice.one(['Co-authored-by:', '**Co-authored-by**:', '(Co-authored-by:', 'Co-developed-by:', 'Pair-programmed-with :'])} Somebody <${dice.one(['ben@example.org', 'cy@example.org', 'agent@example.org'])}>`
    : '';
  const who = dice.one(writers);
  if (signers.includes(who)) scene.writers.add(who);
  await repo.commit(message + together, who, someEnvironment(scene));
}

export const inside = ({ repo }: Scene, path: string): Buffer =>
  Buffer.concat([Buffer.from(`${repo.dir}/`), Buffer.from(path, 'latin1')]);
export const isThere = (scene: Scene, path: string): boolean => existsSync(inside(scene, path));
export const presentOf = (scene: Scene): readonly string[] =>
  filesOf(scene).filter((path) => isThere(scene, path) && lstatSync(inside(scene, path)).isFile());

/** Writes a file, also where there was a link. */
export function write(scene: Scene, path: string, content: string | Uint8Array): void {
  erase(scene, path);
  scene.repo.write(Buffer.from(path, 'latin1'), content);
}

export const read = (scene: Scene, path: string): Buffer => readFileSync(inside(scene, path));
export const erase = (scene: Scene, path: string): void =>
  rmSync(inside(scene, path), { force: true });

/** Rules of the policy on main, so that digests are of their files. */
export async function rulesOnMain({ repo }: Scene): Promise<readonly string[]> {
  const reader = new HistoryReader(repo.dir);
  const terms = await termsOf(reader, await reader.tree('main'));
  const rules = terms ? rulesOf(terms.policy) : [];
  const governsRaw = (id: string, path: Buffer): boolean =>
    rules.some((rule) => rule.id === id && governs(rule, rules, path.toString('latin1')));
  for (const { id } of rules) repo.scopes[id] = (path) => governsRaw(id, Buffer.from(path));
  repo.governsBytes = governsRaw;
  return rules.map(({ id }) => id);
}
