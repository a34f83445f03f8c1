import { ModelRepo } from '../kit/model-repo.ts';
import { bringWords, landWords, supersede, takeBack } from './apart.ts';
import { Dice } from './dice.ts';
import { again, branch, land, squash, tamper } from './branches.ts';
import { decide, drawnFeedback, hear, review } from './decisions.ts';
import { hardwareLines } from './hardware.ts';
import {
  carry,
  edit,
  link,
  merge,
  mode,
  onMain,
  remove,
  rename,
  submodule,
  twin,
} from './files.ts';
import { drawnMeasuring, gather, measure } from './results.ts';
import { attest, everybody, except, sign } from './signatures.ts';
import { followUp, meet, promise } from './promises.ts';
import { keys, policy } from './terms.ts';
import { drawnChecklist, somePolicy, someShape, someWorld, type World } from './world.ts';
import { type Happening, drawnSigners, signers, someCircumstances, type Scene } from './scene.ts';

const work: readonly Happening[] = [edit, edit, edit, remove, rename, mode, carry];
const happenings: readonly Happening[] = [
  edit,
  edit,
  rename,
  mode,
  decide,
  decide,
  sign,
  sign,
  sign,
  sign,
  except,
  onMain,
  merge,
  squash,
  land,
  again,
  tamper,
  tamper,
  policy,
  landWords,
  landWords,
  bringWords,
  takeBack,
  takeBack,
  supersede,
];

/** What can happen besides where the history is peculiar. */
function moreOf({
  promises,
  keys: changing,
  names,
  evidence,
  results,
  links,
  forge,
}: World): readonly Happening[] {
  return [
    ...(promises
      ? [promise, promise, promise, followUp, followUp, followUp, meet, meet, land]
      : []),
    ...(changing ? [keys, keys, keys] : []),
    ...(names ? [twin, twin] : []),
    ...(evidence ? [decide, decide, hear, review, review] : []),
    ...(results ? [measure, measure, gather] : []),
    ...(links ? [link, link, link, submodule] : []),
    ...(forge ? [attest, attest] : []),
  ];
}

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
    const repo = await ModelRepo.make({
      policy: somePolicy(dice, shape, world),
      checklist: drawnChecklist(world),
      signers:
        (await drawnSigners(world, world.forge ? [...signers, 'forge'] : signers)) +
        hardwareLines(world, signers),
      files: {
        'model/a.py': 'x = 1\n',
        'docs/x.md': 'a\n',
        ...(world.evidence ? drawnFeedback : {}),
        ...(world.results ? drawnMeasuring : {}),
      },
    });
    repo.circumstances = (who) => someCircumstances({ dice, world }, who);
    return new RandomHistory({
      repo,
      dice,
      world,
      signed: [],
      writers: new Set(),
      landings: [],
      conditions: [],
    });
  }

  /**
   * Lets some things happen, and says what: by turns a new branch that people work on and sign as they should, more or less,
   * and one thing more, which may undo it all.
   */
  async step(): Promise<void> {
    const { dice, world } = this.#scene;
    const all = [...happenings, ...moreOf(world)];
    this.#turn++;
    if (this.#turn % 3 === 1) {
      await this.#happen(branch);
      for (let edits = 1 + dice.roll(2); edits > 0; edits--)
        await this.#happen(
          dice.one([
            ...work,
            ...(world.names ? [twin] : []),
            ...(world.links ? [link, link, submodule] : []),
          ]),
        );
      if (dice.often(75)) await this.#happen(decide);
      if (world.results && dice.often(80)) await this.#happen(measure);
      await this.#happen(everybody);
    } else if (this.#turn % 3 === 2) await this.#happen(dice.one(all));
    else {
      await this.#happen(dice.one(all));
      if (dice.often(50)) await this.#happen(everybody);
    }
  }

  async #happen(what: Happening): Promise<void> {
    this.told.push(what.name);
    await what(this.#scene);
  }
}
