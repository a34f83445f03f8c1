import { ModelRepo } from '../kit/model-repo.ts';
import { Dice } from './dice.ts';
import { again, branch, land, squash, tamper } from './drawn-branches.ts';
import { decide } from './drawn-decisions.ts';
import { edit, merge, mode, onMain, remove, rename, twin } from './drawn-files.ts';
import { everybody, except, sign } from './drawn-signatures.ts';
import { keys, policy } from './drawn-terms.ts';
import { drawnChecklist, somePolicy, someShape, someWorld } from './drawn-world.ts';
import { type Happening, type Scene, someTime } from './scene.ts';

const work: readonly Happening[] = [edit, edit, edit, remove, rename, mode, twin];
const happenings: readonly Happening[] = [edit, edit, rename, mode, twin, decide, decide, sign, sign, sign, sign, except, onMain, merge, squash, land, again, tamper, tamper, policy, keys, keys];

/** A repository in which drawn things happen, one after another. */
export class RandomHistory {
  readonly repo: ModelRepo;
  /** What happened so far. */
  readonly told: string[] = [];
  readonly #scene: Scene;
  #turn = 0;

  private constructor(scene: Scene) {
    this.repo = scene.repo;
    this.#scene = scene;
  }

  static async begin(seed: number): Promise<RandomHistory> {
    const dice = new Dice(seed);
    const shape = someShape(dice);
    const world = someWorld(dice, shape);
    const repo = await ModelRepo.make({ policy: somePolicy(dice, shape), checklist: drawnChecklist, files: { 'model/a.py': 'x = 1\n', 'docs/x.md': 'a\n' } });
    repo.clock = () => someTime({ dice, world });
    return new RandomHistory({ repo, dice, world, signed: [], writers: new Set() });
  }

  /**
   * Lets some things happen, and says what: by turns a new branch that people work on and sign as they should, more or less,
   * and one thing more, which may undo it all.
   */
  async step(): Promise<void> {
    const { dice } = this.#scene;
    this.#turn++;
    if (this.#turn % 3 === 1) {
      await this.#happen(branch);
      for (let edits = 1 + dice.roll(2); edits > 0; edits--) await this.#happen(dice.one(work));
      if (dice.often(70)) await this.#happen(decide);
      await this.#happen(everybody);
    } else if (this.#turn % 3 === 2) await this.#happen(dice.one(happenings));
    else {
      await this.#happen(dice.one(happenings));
      if (dice.often(50)) await this.#happen(everybody);
    }
  }

  async #happen(what: Happening): Promise<void> {
    this.told.push(what.name);
    await what(this.#scene);
  }
}
