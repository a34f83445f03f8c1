// Trains the wage model and scores every person by a model that has not seen them (ten folds).
// Run from the top of the repository: node model/train.js
import { readFileSync, writeFileSync } from 'node:fs';
import { features, probability, threshold } from './score.js';

const folds = 10;
const rounds = 30;
const ridge = 1;

/** Logistic regression with a ridge penalty by Newton's method: the same data give the same weights. */
export function fit(rows, labels) {
  const size = rows[0].length;
  let weights = new Array(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : -ridge * weight));
    const curvature = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column && row > 0 ? ridge : 0)));
    for (const [index, row] of rows.entries()) {
      const p = probability(weights, row);
      for (let i = 0; i < size; i++) {
        gradient[i] += (labels[index] - p) * row[i];
        for (let j = 0; j < size; j++) curvature[i][j] += p * (1 - p) * row[i] * row[j];
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, index) => weight + step[index]);
  }
  return weights;
}

/** Solves a system of linear equations by elimination with pivots. */
function solve(matrix, vector) {
  const rows = matrix.map((row, index) => [...row, vector[index]]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= column && Math.abs(row[column]) === Math.max(...rows.slice(column).map((other) => Math.abs(other[column]))));
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = row[column] / rows[column][column];
      for (let place = column; place <= rows.length; place++) row[place] -= factor * rows[column][place];
    }
  }
  return rows.map((row, index) => row[rows.length] / row[index]);
}

/** Reads data/wages.csv: no cell of it holds a comma or a quote. */
export function readPeople() {
  const [header, ...lines] = readFileSync('data/wages.csv', 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index]])));
}

/** A score for each person from a model that was trained without them. */
export function crossScores(people) {
  const rows = people.map(features);
  const labels = people.map((person) => Number(person.above_median));
  const scores = new Array(people.length);
  for (let fold = 0; fold < folds; fold++) {
    const seen = people.map((_, index) => index).filter((index) => index % folds !== fold);
    const weights = fit(seen.map((index) => rows[index]), seen.map((index) => labels[index]));
    for (let index = fold; index < people.length; index += folds) scores[index] = probability(weights, rows[index]);
  }
  return scores;
}

if (process.argv[1]?.endsWith('train.js')) {
  const people = readPeople();
  const weights = fit(people.map(features), people.map((person) => Number(person.above_median)));
  writeFileSync('model/weights.json', `${JSON.stringify(weights.map((weight) => Number(weight.toFixed(9))), null, 2)}\n`);
  const scores = crossScores(people);
  const name = process.argv[2] ?? 'candidate';
  const lines = people.map((person, index) => [person.id, person.above_median, scores[index].toFixed(6), Number(scores[index] >= threshold(person)), person.gender, person.race, person.sector, person.age_band].join(','));
  writeFileSync(`data/${name}.csv`, `id,above_median,score,prediction,gender,race,sector,age_band\n${lines.join('\n')}\n`);
}
