import type { Workplace } from './command-line.ts';
import { rules } from './triage-place.ts';

export const refused: readonly (readonly [
  what: string,
  change: (place: Workplace) => void,
  args: readonly string[],
  says: RegExp,
])[] = [
  ['an id that is not there', () => {}, ['FB-0404'], /there is no record FB-0404 \(record\/none\)/],
  [
    'an id that is nearly there',
    () => {},
    ['FB-00001', '--accept'],
    /there is no record FB-00001 \(record\/none\)\n {2}did you mean FB-0001\?/,
  ],
  [
    'words about nothing',
    () => {},
    ['--accept'],
    /nothing says which items this is about \(usage\/ids\)/,
  ],
  [
    'an impact of 6',
    () => {},
    ['FB-0001', '--impact', '6'],
    /--impact "6" is no number from 1 to 5 \(usage\/impact\)\n {2}1 is little, 5 is much/,
  ],
  [
    'a phase that is none',
    () => {},
    ['FB-0001', '--phase', 'exploer'],
    /there is no phase "exploer" \(usage\/phase\)\n {2}did you mean explore\?/,
  ],
  [
    'an owner without a name',
    () => {},
    ['FB-0001', '--owner', ' '],
    /--owner is empty \(usage\/options\)/,
  ],
  [
    'two ways to settle',
    () => {},
    ['FB-0001', '--accept', '--decline'],
    /--accept and --decline exclude each other/,
  ],
  [
    'a duplicate of itself',
    () => {},
    ['FB-0001', '--duplicate-of', 'FB-0001'],
    /FB-0001 cannot be a duplicate of itself \(triage\/own-duplicate\)/,
  ],
  [
    'a duplicate of nothing',
    () => {},
    ['FB-0001', '--duplicate-of', 'FB-0404'],
    /there is no record FB-0404 \(record\/none\)/,
  ],
  [
    'a weight of something unknown',
    ({ write }) => write('.countersign/triage.yaml', `${rules}priority: {impcat: 2}\n`),
    [],
    /weighs impcat, which no item has \(triage\/unknown-weight\)\n {2}did you mean impact\?/,
  ],
  [
    'rules that cannot be read',
    ({ write }) => write('.countersign/triage.yaml', 'rules: [\n'),
    [],
    /^\.countersign\/triage\.yaml:\d+:\d+: error record\/[^]*cannot be read \(triage\/no-rules\)/,
  ],
  [
    'no rules',
    ({ git }) => void git('rm', '--quiet', '.countersign/triage.yaml'),
    [],
    /there is no \.countersign\/triage\.yaml to triage by \(triage\/no-rules\)\n {2}countersign init/,
  ],
];
