import { columns, csv, people, two } from './people-rows.ts';

export const refused: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  record: Readonly<Record<string, unknown>>,
  code: string,
])[] = [
  [
    'a key stands twice among the rows that where leaves, in one file on both sides',
    { 'p.csv': csv([...people(), ...people().slice(0, 20)].map((row) => ({ ...row, m: 1 }))) },
    {
      data: {
        baseline: { path: 'p.csv', where: "m = '1'" },
        candidate: { path: 'p.csv', where: "m = '1' AND TRUE" },
      },
    },
    'evaluate/duplicate-keys',
  ],
  [
    'a key stands twice among the labels',
    {
      'p.csv': csv(people(), ['id', 'prediction']),
      'l.csv': csv([...people(), ...people().slice(0, 1)], ['id', 'label', 'group']),
    },
    { data: two },
    'evaluate/duplicate-keys',
  ],
  ...(
    [
      ['-1 and 1', { 0: -1, 1: 1 }],
      ['1 and 2', { 0: 1, 1: 2 }],
      ['no and yes', { 0: 'no', 1: 'yes' }],
    ] as const
  ).map(
    ([codes, as]) =>
      [
        `the labels are ${codes}, and nothing says which is positive`,
        { 'p.csv': csv(people().map((row) => ({ ...row, label: as[row.label as 0 | 1] }))) },
        {},
        'evaluate/two-values',
      ] as const,
  ),
  [
    'a weight that both files have, and not the same',
    {
      'p.csv': csv(
        people().map((row) => ({ ...row, w: 1 })),
        ['id', 'prediction', 'w'],
      ),
      'l.csv': csv(
        people().map((row) => ({ ...row, w: 2 })),
        ['id', 'label', 'group', 'w'],
      ),
    },
    { data: two, columns: { ...columns, weight: 'w' } },
    'evaluate/two-columns',
  ],
];
