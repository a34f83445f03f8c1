import { createHash } from 'node:crypto';
import { evaluated, evaluation, evaluationPath, scores } from '../kit/measured.ts';
import { commitSomehow, type Happening } from './scene.ts';

const dataPath = 'data/scores.csv';
const bad = `label,prediction\n${'1,1\n'.repeat(60)}${'1,0\n'.repeat(500)}`;
const few = `label,prediction\n${'1,1\n'.repeat(20)}`;

/** Data and what is to be measured on them. */
export const drawnMeasuring: Readonly<Record<string, string>> = {
  [dataPath]: scores,
  [evaluationPath]: evaluation(),
};

/** The data change, or what is asked of them. */
export const gather: Happening = async (scene) => {
  if (scene.dice.often(60))
    scene.repo.write(
      dataPath,
      scene.dice.one([scores, scores, scores.replace('1,1\n', '1,0\n'), bad, few]),
    );
  else scene.repo.write(evaluationPath, evaluation(scene.dice.one([0.5, 0.5, 0.4, 0.95, 0.99])));
  await commitSomehow(scene, 'gather');
};

/** The program measures what is there; now and then somebody writes something else into what it found. */
export const measure: Happening = async (scene) => {
  const { repo, dice } = scene;
  const path = await evaluated(repo);
  const text = await repo.read(path);
  const other = dice.often(80)
    ? text
    : dice.one([
        text.replace(/"verdict": "\w+"/, '"verdict": "pass"'),
        text.replace('"seed": 1', '"seed": 2'),
        text.replace('"path": "data/scores.csv"', '"path": "data/other.csv"'),
        text.replace(/"model-change": "\w\w/, '"model-change": "00'),
      ]);
  const name = createHash('sha256').update(other).digest('hex').slice(0, 12);
  repo.write(dice.often(95) ? path.replace(/[0-9a-f]{12}\.json$/, `${name}.json`) : path, other);
  await commitSomehow(scene, 'measure');
};
