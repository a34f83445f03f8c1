import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModelRepo, type SignoffOptions } from '../kit/model-repo.ts';
import { modelRule, policyText, type PolicyValue, policyValue } from '../kit/policy.ts';
import { HistoryReader } from './read-history.ts';
import { governs, rulesOf, termsOf } from './read-policy.ts';

/** Numbers that look random and are the same for a seed (SplitMix32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides;
  }

  one<T>(items: readonly T[]): T {
    return items[this.roll(items.length)] as T;
  }

  often(percent: number): boolean {
    return this.roll(100) < percent;
  }
}

const files = ['model/score.py', 'model/score.py', 'model/a.py', 'model/a.py', 'model/sub/b.py', 'model/notes.md', 'Model/score.py', 'docs/x.md', 'docs/y.md', 'params.yaml', 'model/od\nd.py', 'scratch/a.py', '.gitattributes', 'README.md'];
const contents = ['x = 1\n', 'x = 2\n', 'x = 3\n', '', '# nothing\n', 'a\n\n\nb\n', 'a\n\n\nc\n'];
const writers = ['ada', 'ada', 'ben', 'ben', 'cy', 'dee', 'eve', 'agent', 'mallory', 'ben@home.example', 'BEN@example.org'];
const signers = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];
const roles = ['model-owner', 'validator', 'ethics', 'policy-admin', 'author'];

/** Before, at and after the time of every commit: what was signed before something was taken off the target may have served there. */
const signingTimes = ['2026-11-23T06:00:00Z', '2026-11-24T00:00:00Z', '2026-11-24T03:00:00Z', '2026-11-24T03:00:00Z'];

const requirements = [
  modelRule.require,
  [{ role: 'validator', count: 2, independent: true }],
  [{ role: 'model-owner', count: 1 }, { role: 'ethics', count: 1, from_risk: 'high' }, { role: 'validator', count: 1, independent: true }],
  [{ role: 'validator', count: 1, independent: true, from_risk: 'medium' }],
  [{ role: 'validator', count: 1 }, { role: 'ethics', count: 1, phase: 'exploit' }],
] as const;

/** What the rules of a policy govern. */
type Shape = { readonly paths: readonly string[]; readonly docs: boolean };

function someShape(dice: Dice): Shape {
  return { paths: dice.often(20) ? ['model/**', 'params.yaml'] : modelRule.paths, docs: dice.often(50) };
}

/** A policy whose demands are drawn. */
function somePolicy(dice: Dice, shape: Shape): PolicyValue {
  const rule = { ...modelRule, require: dice.one(requirements), ...(dice.often(50) ? { evidence: [{ kind: 'decision', status: ['accepted'], covers: 'changed-files' }] } : {}), paths: shape.paths, ...(dice.often(40) ? { max_age_days: 7 } : {}) };
  const docs = { id: 'docs', paths: ['docs/**', '**/*.md'], require: [{ role: 'validator', count: 1 }] };
  return policyValue({ roles: { 'model-owner': ['ada', 'ben'], validator: ['ada', 'ben', 'cy'], ethics: ['dee', 'cy'], 'policy-admin': ['eve', 'fay', 'dee'] }, rules: shape.docs ? [rule, docs] : [rule] });
}

const checklist = `schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: both}\n  - {id: fair, ask: "Fair?", must: true, by: signer, roles: [ethics]}\n  - {id: told, ask: "Told?", must: false, by: author}\n`;

const work = ['edit', 'edit', 'edit', 'remove', 'rename', 'mode'] as const;
const happenings = ['edit', 'edit', 'rename', 'mode', 'decide', 'decide', 'sign', 'sign', 'sign', 'sign', 'except', 'onMain', 'merge', 'squash', 'land', 'again', 'tamper', 'tamper', 'policy'] as const;

/** A repository in which drawn things happen, one after another. */
export class RandomHistory {
  readonly repo: ModelRepo;
  readonly dice: Dice;
  readonly told: string[] = [];
  #signed: string[] = [];
  readonly #writers = new Set<string>();
  #turn = 0;

  /** What the rules govern for good; null where a change of the policy may draw it anew, and then nobody promises anything under them. */
  readonly #shape: Shape | null;

  private constructor(repo: ModelRepo, dice: Dice, shape: Shape | null) {
    this.repo = repo;
    this.dice = dice;
    this.#shape = shape;
  }

  static async begin(seed: number): Promise<RandomHistory> {
    const dice = new Dice(seed);
    const shape = someShape(dice);
    return new RandomHistory(await ModelRepo.make({ policy: somePolicy(dice, shape), checklist, files: { 'model/a.py': 'x = 1\n', 'docs/x.md': 'a\n' } }), dice, dice.often(50) ? shape : null);
  }

  /**
   * Lets some things happen, and says what: by turns a new branch that people work on and sign as they should, more or less,
   * and one thing more, which may undo it all.
   */
  async step(): Promise<void> {
    this.#turn++;
    if (this.#turn % 3 === 1) {
      await this.happen('branch');
      for (let edits = 1 + this.dice.roll(2); edits > 0; edits--) await this.happen(this.dice.one(work));
      if (this.dice.often(70)) await this.happen('decide');
      await this.happen('everybody');
    } else if (this.#turn % 3 === 2) await this.happen(this.dice.one(happenings));
    else {
      await this.happen(this.dice.one(happenings));
      if (this.dice.often(50)) await this.happen('everybody');
    }
  }

  private async happen(what: (typeof happenings)[number] | (typeof work)[number] | 'branch' | 'everybody'): Promise<void> {
    this.told.push(what);
    await this[what]();
  }

  private async branch(): Promise<void> {
    await this.repo.git('switch', '-q', '-f', '-C', 'change', 'main');
    await this.repo.git('clean', '-qfd');
    this.#signed = [];
    this.#writers.clear();
  }

  private environment(): Record<string, string> {
    return this.dice.often(80) ? {} : { GIT_COMMITTER_EMAIL: this.dice.one(['noreply@github.com', 'ben@example.org', 'eve@example.org']) };
  }

  private async commit(message: string): Promise<void> {
    const together = this.dice.often(15) ? `\n\nCo-authored-by: Somebody <${this.dice.one(['ben@example.org', 'cy@example.org', 'agent@example.org'])}>` : '';
    const who = this.dice.one(writers);
    if (signers.includes(who)) this.#writers.add(who);
    await this.repo.commit(message + together, who, this.environment());
  }

  private async edit(): Promise<void> {
    this.repo.write(this.dice.one(files), this.dice.one(contents));
    await this.commit('edit');
  }

  private present(): readonly string[] {
    return files.filter((path) => existsSync(join(this.repo.dir, path)));
  }

  private async remove(): Promise<void> {
    const [path] = this.present().length > 2 ? [this.dice.one(this.present())] : [];
    if (path !== undefined) rmSync(join(this.repo.dir, path));
    await this.commit('remove');
  }

  private async rename(): Promise<void> {
    const from = this.dice.one(this.present());
    this.repo.write(this.dice.one(files), await this.repo.read(from));
    rmSync(join(this.repo.dir, from), { force: true });
    await this.commit('rename');
  }

  private async mode(): Promise<void> {
    chmodSync(join(this.repo.dir, this.dice.one(this.present())), this.dice.often(70) ? 0o755 : 0o644);
    await this.commit('mode');
  }

  private async decide(): Promise<void> {
    const id = this.dice.one(['DR-WHY001', 'DR-WHY002']);
    const phase = this.dice.one(['', 'phase: explore\n', 'phase: exploit\n']);
    const over = this.dice.one(['governs: ["model/**"]\n', 'governs: ["**"]\n', 'trail:\n  code:\n    - {path: model/score.py, lines: [1, 1]}\n', 'governs: ["docs/**", "model/*.py"]\n']);
    this.repo.write(`.countersign/decisions/${id}.yaml`, `schema: countersign/decision@1\nid: ${id}\ntitle: t\nowner: ada\nstatus: ${this.dice.one(['accepted', 'accepted', 'proposed', 'rejected', 'superseded'])}\nrisk: ${this.dice.one(['low', 'low', 'medium', 'high'])}\n${phase}${over}`);
    await this.commit('decide');
  }

  /** Rules of the policy on main, so that digests are of their files. */
  private async rules(): Promise<readonly string[]> {
    const reader = new HistoryReader(this.repo.dir);
    const terms = await termsOf(reader, await reader.tree('main'));
    const rules = terms ? rulesOf(terms.policy) : [];
    for (const rule of rules) this.repo.scopes[rule.id] = (path) => governs(rule, rules, Buffer.from(path).toString('latin1'));
    return rules.map(({ id }) => id);
  }

  private async decisions(): Promise<readonly { readonly path: string; readonly sha256: string }[]> {
    const folder = join(this.repo.dir, '.countersign/decisions');
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return Promise.all(names.map(async (name) => ({ path: `.countersign/decisions/${name}`, sha256: await this.repo.sha256(`.countersign/decisions/${name}`) })));
  }

  private async signAs(who: string, role: string, rule: string, more: SignoffOptions = {}): Promise<void> {
    const mine = rule === 'model-change' ? {} : { checklist: null, answers: {} };
    const answers = rule === 'model-change' ? { answers: { 'tests-pass': { answer: 'yes' }, ...(role === 'ethics' ? { fair: { answer: 'yes' } } : {}) } } : {};
    const path = await this.repo.signoff(who, role, { ...more, rule, payload: { ...mine, ...answers, signed_at: this.dice.one(signingTimes), evidence: this.dice.often(80) ? await this.decisions() : [], ...more.payload } });
    this.#signed.push(path);
  }

  private async sign(): Promise<void> {
    const rule = this.dice.one(await this.rules());
    const earlier = this.#signed.filter((path) => existsSync(join(this.repo.dir, path)));
    const replaces = this.dice.often(30) && earlier.length > 0 ? await this.repo.payloadId(this.dice.one(earlier)).catch(() => null) : null;
    const odd = this.dice.one([{}, {}, {}, {}, {}, { target: 'refs/heads/release/1' }, { repository: 'other' }, { signed_at: '2026-11-25T00:00:00Z' }, { signed_at: '2026-11-10T00:00:00Z' }, { signed_at: '2026-11-10T00:00:00Z' }, { manifest: null }, { vouches: ['mallory@example.org'] }, { vouches: ['mallory@example.org'] }, { answers: {} }, { answers: { 'tests-pass': { answer: 'no' } } }]);
    const key = this.dice.often(10) ? this.dice.one(['agent', 'mallory', 'ben', 'ben2']) : undefined;
    await this.signAs(this.dice.one(signers), this.dice.one(roles), rule, { ...(key ? { key } : {}), ...(this.dice.often(5) ? { namespace: 'git' } : {}), payload: { decision: this.dice.one(['approve', 'approve', 'approve', 'reject', 'withdraw']), replaces, ...odd } });
  }

  private async everybody(): Promise<void> {
    const rules = await this.rules();
    const validators = this.dice.one([['ben'], ['ben'], ['cy'], ['ada'], ['ben', 'cy'], ['ben', 'cy']]);
    const asked: (readonly [who: string, role: string])[] = [[this.dice.one(['ada', 'ada', 'ben']), 'model-owner'], ...validators.map((who) => [who, 'validator'] as const)];
    if (this.dice.often(60)) asked.push([this.dice.one(['dee', 'cy']), 'ethics']);
    for (const [who, role] of asked) await this.signAs(who, role, 'model-change');
    for (const who of this.#writers) if (this.dice.often(70) && !asked.some(([other]) => other === who)) await this.signAs(who, 'author', 'model-change');
    if (rules.includes('docs')) await this.signAs('cy', 'validator', 'docs');
    for (const who of ['eve', 'fay']) for (const rule of ['policy-change', 'repository-settings']) if (this.dice.often(50)) await this.signAs(who, 'policy-admin', rule);
  }

  private async except(): Promise<void> {
    if (this.#shape === null) return;
    const rule = this.dice.one(await this.rules());
    const odd = this.dice.one([{}, {}, {}, { expires: '2026-11-24T00:00:00Z' }, { expires: '2026-12-24T00:00:00Z' }, { role: 'validator' }, { follow_up_by: '2027-01-01' }]);
    const name = `EX-${1000 + this.dice.roll(9000)}`;
    if (!existsSync(join(this.repo.dir, `.countersign/exceptions/${name}.yaml`))) await this.repo.exception(this.dice.one(['eve', 'fay', 'ben']), { signed_at: this.dice.one(signingTimes), ...odd }, { rule, name });
  }

  private async onMain(): Promise<void> {
    await this.repo.onMain(this.dice.one(files), this.dice.one(contents), this.dice.one(['eve', 'ben']));
  }

  private async merge(): Promise<void> {
    const who = this.dice.one(['ada', 'ben', 'eve']);
    const code = await this.repo.tryGit('merge', '-q', '--no-ff', '--no-commit', 'main');
    if (code !== 0) await this.repo.git('checkout', '-q', '--ours', '--', '.').catch(async () => { await this.repo.git('checkout', '-q', 'HEAD', '--', '.'); });
    if (this.dice.often(30)) this.repo.write(this.dice.one(files), this.dice.one(contents));
    await this.repo.commit('merge', who, this.environment());
  }

  private async squash(): Promise<void> {
    await this.repo.git('reset', '-q', '--soft', 'main');
    await this.commit('all in one');
  }

  private async land(): Promise<void> {
    await this.repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'take in', 'main']).catch(() => this.repo.git('merge', '--abort').catch(() => ''));
    if ((await this.repo.tryGit('merge-base', '--is-ancestor', 'main', 'HEAD')) !== 0) return;
    await this.repo.git('branch', '-f', 'main', 'HEAD');
    this.#signed = this.#signed.filter(() => this.dice.often(50));
  }

  /** Lands, is taken off the target with all that was signed, and is brought again with it. */
  private async again(): Promise<void> {
    const before = await this.repo.git('rev-parse', 'main');
    await this.land();
    const landed = await this.repo.git('rev-parse', 'main');
    if (landed === before) return;
    await this.repo.git('branch', '-f', 'main', await this.repo.gitAs('eve', ['commit-tree', `${before}^{tree}`, '-p', landed, '-m', 'roll back']));
    await this.repo.git('reset', '-q', '--soft', 'main');
    await this.commit('again');
  }

  private async tamper(): Promise<void> {
    const present = this.#signed.filter((path) => existsSync(join(this.repo.dir, path)));
    if (present.length === 0 || this.dice.often(40)) return;
    const path = this.dice.one(present);
    const text = await this.repo.read(path);
    const how = this.dice.roll(5);
    if (how === 0) rmSync(join(this.repo.dir, path));
    else if (how === 1) this.repo.write(path, text.replace('"approve"', '"reject"').replace('"answer":"no"', '"answer":"yes"'));
    else if (how === 2) this.repo.write(path.replace(/....\.yaml$/, 'abcd.yaml'), text);
    else if (how === 3) this.repo.write(join(dirname(path), 'notes.txt'), 'x\n');
    else this.repo.write(path, text.replaceAll('\n', '\r\n'));
    await this.repo.commit('tamper', 'ada');
  }

  private async policy(): Promise<void> {
    this.repo.write('.countersign/policy.yaml', policyText(somePolicy(this.dice, this.#shape ?? someShape(this.dice))));
    await this.commit('policy');
  }
}
