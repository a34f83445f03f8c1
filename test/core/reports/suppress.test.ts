import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultGroup, ResultModel } from '../../../src/core/reports/result.ts';
import { suppress } from '../../../src/core/reports/suppress.ts';
import { shareRates } from '../../../src/core/statistics/confusion.ts';

const cells = ['tp', 'fp', 'tn', 'fn'] as const;
const counts = ['n', ...cells] as const;
type Cell = readonly [tp: number, fp: number, tn: number, fn: number];
type Table = Readonly<Record<string, Cell>>;

/** A model by sex, shift and both, of counts by `sex,shift`. */
function modelOf(
  table: Table,
  columns: readonly (readonly string[])[] = [['sex'], ['shift'], ['sex', 'shift']],
): ResultModel {
  const keyed = Object.entries(table).map(([name, cell]) => ({
    key: { sex: name.split(',')[0] as string, shift: name.split(',')[1] as string },
    cell,
  }));
  const groupsBy = (cut: readonly string[]): readonly ResultGroup[] =>
    [
      ...new Set(keyed.map(({ key }) => JSON.stringify(cut.map((column) => key[column as 'sex'])))),
    ].map((name) => {
      const values = JSON.parse(name) as readonly string[];
      const own = keyed.filter(({ key }) =>
        cut.every((column, index) => key[column as 'sex'] === values[index]),
      );
      const [tp = 0, fp = 0, tn = 0, fn = 0] = cells.map((_, index) =>
        own.reduce((sum, { cell }) => sum + (cell[index] ?? 0), 0),
      );
      const metrics = Object.fromEntries(
        [...shareRates, 'f1'].map((rate) => [
          rate,
          { value: 0.5, low: 0, high: 1, n: 9, method: 'wilson' },
        ]),
      );
      return {
        by: Object.fromEntries(cut.map((column, index) => [column, values[index] as string])),
        n: tp + fp + tn + fn,
        tp,
        fp,
        tn,
        fn,
        small: false,
        metrics,
      };
    });
  const [everyone] = groupsBy([]) as [ResultGroup];
  return { overall: everyone, groups: columns.flatMap(groupsBy), disparities: [] };
}

const all = ({ overall, groups }: ResultModel): readonly ResultGroup[] => [
  { ...overall, by: {}, small: false },
  ...groups,
];
const nameOf = ({ by }: ResultGroup): string => Object.values(by).join() || 'everyone';
const hidden = (model: ResultModel): readonly string[] =>
  all(model)
    .filter(({ suppressed }) => suppressed)
    .map((group) => `${nameOf(group)}: ${counts.filter((count) => group[count] === null).join()}`);
const shownOf = (model: ResultModel, least = 5): ResultModel =>
  suppress({ candidate: model }, least).candidate as ResultModel;

const people: Table = {
  'f,day': [90, 20, 90, 8],
  'f,night': [60, 20, 60, 2],
  'm,day': [80, 20, 90, 20],
  'm,night': [90, 20, 80, 20],
};

for (const [what, table, columns, wanted] of [
  ['nothing small', { ...people, 'f,night': [60, 20, 60, 9] }, undefined, []],
  [
    'a count of few is not the rest of any sum',
    people,
    undefined,
    ['f,day: tp,fn', 'f,night: tp,fn', 'm,day: tp,fn', 'm,night: tp,fn'],
  ],
  [
    'nor where one column has no grouping',
    people,
    [['sex'], ['sex', 'shift']],
    ['f,day: tp,fn', 'f,night: tp,fn'],
  ],
  [
    'nor where the columns stand in another order',
    people,
    [['sex'], ['shift', 'sex']],
    ['day,f: tp,fn', 'night,f: tp,fn'],
  ],
  [
    'nor where a grouping leaves out the one between',
    people,
    [['sex', 'shift']],
    ['f,day: tp,fn', 'f,night: tp,fn'],
  ],
  [
    'rows of few',
    { ...people, 'f,night': [0, 0, 3, 0] },
    [['sex', 'shift']],
    ['f,day: n,tp,fp,tn,fn', 'f,night: n,tp,fp,tn,fn'],
  ],
] as readonly (readonly [
  string,
  Table,
  readonly (readonly string[])[] | undefined,
  readonly string[],
])[]) {
  test(`small counts: ${what}`, () =>
    assert.deepEqual(hidden(shownOf(modelOf(table, columns))), wanted));
}

test('a part of no hidden count hides the rest, so that one of 0 says nothing', () => {
  const table: Table = { 'f,day': [0, 20, 90, 0], 'f,night': [60, 20, 60, 2] };
  // Nobody of the day can be in the place of one of the night: everyone is hidden instead.
  assert.deepEqual(hidden(shownOf(modelOf(table, [['shift']]))), [
    'everyone: tp,fn',
    'night: tp,fn',
  ]);
});

test('0 hides nothing, and rates of shown counts stay', () => {
  const model = modelOf(people);
  assert.deepEqual(suppress({ candidate: model }, 0).candidate, model);
  const night = shownOf(model).groups.find((group) => nameOf(group) === 'f,night') as ResultGroup;
  assert.deepEqual(
    Object.entries(night.metrics)
      .filter(([, { value }]) => value !== null)
      .map(([name]) => name),
    ['specificity', 'fpr'],
  );
  assert.deepEqual(night.metrics['recall'], {
    value: null,
    why: 'suppressed: it would tell a count under 5',
  });
});

test('the number of rows is hidden on both sides alike', () => {
  const few = modelOf({ ...people, 'f,night': [0, 0, 3, 0] });
  const found = suppress({ baseline: modelOf(people), candidate: few }, 5);
  const without = (model: ResultModel | undefined): readonly string[] =>
    model
      ? all(model)
          .filter(({ n }) => n === null)
          .map(nameOf)
      : [];
  assert.deepEqual(without(found.baseline), without(found.candidate));
  assert.equal(without(found.candidate).length, 4);
});

type Sum = { readonly whole: string; readonly parts: readonly string[] };
type Bounds = Map<string, readonly [low: number, high: number]>;

/** All that a reader knows: groups add up, and so do counts. */
function sumsKnown(model: ResultModel): readonly Sum[] {
  const groups = all(model);
  const inner = groups.map(
    (group): Sum => ({
      whole: `${nameOf(group)} n`,
      parts: cells.map((cell) => `${nameOf(group)} ${cell}`),
    }),
  );
  const outer = groups.flatMap((whole) =>
    ['sex', 'shift'].flatMap((column) => {
      const own = groups.filter(
        ({ by }) =>
          column in by &&
          Object.keys(by).length === Object.keys(whole.by).length + 1 &&
          Object.entries(whole.by).every(([name, value]) => by[name] === value),
      );
      return column in whole.by || own.length === 0
        ? []
        : counts.map(
            (count): Sum => ({
              whole: `${nameOf(whole)} ${count}`,
              parts: own.map((group) => `${nameOf(group)} ${count}`),
            }),
          );
    }),
  );
  return [...inner, ...outer];
}

/** Bounds that every sum leaves, or null where there are none. */
function narrowed(bounds: Bounds, sums: readonly Sum[]): Bounds | null {
  const found = new Map(bounds);
  const at = (name: string): readonly [number, number] =>
    found.get(name) as readonly [number, number];
  for (let moved = true; moved; ) {
    moved = false;
    for (const { whole, parts } of sums) {
      const [low, high] = [0, 1].map((side) =>
        parts.reduce((sum, part) => sum + (at(part)[side] as number), 0),
      ) as [number, number];
      const limits: readonly (readonly [string, number, number])[] = [
        [whole, low, high],
        ...parts.map(
          (part) =>
            [part, at(whole)[0] - high + at(part)[1], at(whole)[1] - low + at(part)[0]] as const,
        ),
      ];
      for (const [name, least, most] of limits) {
        const [was, till] = at(name);
        const next = [Math.max(was, least), Math.min(till, most)] as const;
        if (next[0] > next[1]) return null;
        if (next[0] !== was || next[1] !== till) [moved] = [true, found.set(name, next)];
      }
      if (moved) break;
    }
  }
  return found;
}

/** Whether any whole numbers agree with all of it. */
function isPossible(bounds: Bounds, sums: readonly Sum[]): boolean {
  const found = narrowed(bounds, sums);
  if (found === null) return false;
  const [open] = [...found]
    .filter(([, [low, high]]) => low !== high)
    .sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]));
  if (!open) return true;
  const [name, [low, high]] = open;
  for (let value = low; value <= high; value += 1)
    if (isPossible(new Map([...found, [name, [value, value]]]), sums)) return true;
  return false;
}

test('for every small count that is hidden, another agrees with all that is stored', () => {
  let state = 11;
  const draw = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  let checked = 0;
  for (let round = 0; round < 40; round += 1) {
    const cell = (): number => (draw(3) === 0 ? draw(6) : draw(25));
    const table = Object.fromEntries(
      ['f,day', 'f,night', 'm,day', 'm,night', ...(draw(2) === 0 ? ['m,late'] : [])].map((name) => [
        name,
        [cell(), cell(), cell(), cell()] as const,
      ]),
    );
    const model = modelOf(table);
    const shown = all(shownOf(model));
    const sums = sumsKnown(model);
    const most = model.overall.n ?? 0;
    const bounds: Bounds = new Map(
      shown.flatMap((group) =>
        counts.map(
          (count) =>
            [
              `${nameOf(group)} ${count}`,
              group[count] === null ? [0, most] : [group[count], group[count]],
            ] as const,
        ),
      ),
    );
    for (const group of all(model)) {
      for (const count of counts) {
        const value = group[count] ?? 0;
        if (value < 1 || value >= 5) continue;
        const name = `${nameOf(group)} ${count}`;
        assert.equal(
          shown.find((other) => nameOf(other) === nameOf(group))?.[count],
          null,
          `${name} is shown`,
        );
        const others = [value - 1, value + 1].some((other) =>
          isPossible(new Map([...bounds, [name, [other, other]]]), sums),
        );
        assert.ok(
          others,
          `${name} can only be ${value} in ${JSON.stringify([table, hidden(shownOf(model))])}`,
        );
        checked += 1;
      }
    }
  }
  assert.ok(checked > 100, `${checked} counts`);
});
