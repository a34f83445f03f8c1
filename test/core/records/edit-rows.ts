import type { Row } from './edit-row.ts';

export const rows: Row[] = [
  {
    name: 'a value keeps its comment',
    text: 'a: 1 # why\nb: 2\n',
    edits: [{ path: ['a'], value: 3 }],
    expected: 'a: 3 # why\nb: 2\n',
  },
  {
    name: 'a text keeps its neighbours',
    text: '# top\nstatus:   new\n\n# end\n',
    edits: [{ path: ['status'], value: 'triaged' }],
    expected: '# top\nstatus: triaged\n\n# end\n',
  },
  {
    name: 'a new key comes last',
    text: 'a: 1\n',
    edits: [{ path: ['b'], value: 'x' }],
    expected: 'a: 1\nb: x\n',
  },
  {
    name: 'a new key after a block text',
    text: 'a: |\n  one\n  two\n',
    edits: [{ path: ['b'], value: 'x' }],
    expected: 'a: |\n  one\n  two\nb: x\n',
  },
  {
    name: 'no last line feed stays none',
    text: 'a: 1',
    edits: [{ path: ['b'], value: 2 }],
    expected: 'a: 1\nb: 2',
  },
  {
    name: 'CRLF stays CRLF',
    text: 'a: 1\r\nb:\r\n  c: 1\r\n',
    edits: [
      { path: ['b', 'd'], value: 2 },
      { path: ['e'], value: 'x\ny\n' },
    ],
    expected: 'a: 1\r\nb:\r\n  c: 1\r\n  d: 2\r\ne: |\r\n  x\r\n  y\r\n',
  },
  {
    name: 'a comment in an empty list stays',
    text: 'history: [ # none yet\n]\nb: 1\n',
    edits: [
      { path: ['history', 0], value: { by: 'ada' } },
      { path: ['history', 1], value: { by: 'ben' } },
    ],
    expected: 'history: [ # none yet\n  {by: ada},\n  {by: ben}\n]\nb: 1\n',
  },
  {
    name: 'an entry and the comment behind it stay together',
    text: 'history: [\n    {by: ada}, # first\n]\n',
    edits: [{ path: ['history', 1], value: { by: 'ben' } }],
    expected: 'history: [\n    {by: ada}, # first\n    {by: ben},\n]\n',
  },
  {
    name: 'an entry without a comma and the comment behind it stay together, in CRLF',
    text: 'history: [\r\n  {by: ada} # first, alone\r\n  # no more\r\n]\r\n',
    edits: [{ path: ['history', 1], value: { by: 'ben' } }],
    expected: 'history: [\r\n  {by: ada}, # first, alone\r\n  # no more\r\n  {by: ben}\r\n]\r\n',
  },
  {
    name: 'a list that closes behind its last entry stays so',
    text: 'history: [\n  {by: ada}, # first\n  {by: ben}]\n',
    edits: [{ path: ['history', 2], value: { by: 'cy' } }],
    expected: 'history: [\n  {by: ada}, # first\n  {by: ben}, {by: cy}]\n',
  },
  {
    name: 'a history begins as a list of lines',
    text: 'a: 1\n',
    edits: [{ path: ['history', 0], value: { at: 'x', by: 'ada' } }],
    expected: 'a: 1\nhistory:\n  - {at: x, by: ada}\n',
  },
  {
    name: 'a history in brackets becomes a list of lines, its entries as they stand',
    text: 'history: [{at: "x",  by: ada}, {at: y}]\nb: 1\n',
    edits: [{ path: ['history', 2], value: { at: 'z', change: 'status: new → triaged' } }],
    expected:
      'history:\n  - {at: "x",  by: ada}\n  - {at: y}\n  - {at: z, change: "status: new → triaged"}\nb: 1\n',
  },
  {
    name: 'an entry of a history stands on one line, however long',
    text: 'history:\r\n- at: x\r\n  by: ada\r\n# end\r\n',
    edits: [{ path: ['history', 1], value: { at: 'y', change: 'z'.repeat(120) } }],
    expected: `history:\r\n- at: x\r\n  by: ada\r\n- {at: y, change: ${'z'.repeat(120)}}\r\n# end\r\n`,
  },
  {
    name: 'an empty history',
    text: 'history: []',
    edits: [{ path: ['history', 0], value: { at: 'x' } }],
    expected: 'history:\n  - {at: x}',
  },
  {
    name: 'a history in brackets keeps the comment behind it',
    text: 'history: [{at: x}] # so far\n',
    edits: [{ path: ['history', 1], value: { at: 'y' } }],
    expected: 'history: [{at: x}, {at: y}] # so far\n',
  },
  {
    name: 'in a flow map',
    text: 'a: {b: 1, c: 2} # x\n',
    edits: [
      { path: ['a', 'b'], value: 5 },
      { path: ['a', 'd'], value: 'y, z' },
    ],
    expected: 'a: {b: 5, c: 2, d: "y, z"} # x\n',
  },
  {
    name: 'into an empty flow list',
    text: 'a: []\n',
    edits: [
      { path: ['a', 0], value: 'FB-ABCD' },
      { path: ['a', 1], value: 'FB-EFGH' },
    ],
    expected: 'a: [FB-ABCD, FB-EFGH]\n',
  },
  {
    name: 'append to a block list',
    text: 'a:\n- 1 # one\nb: 2\n',
    edits: [{ path: ['a', 1], value: 2 }],
    expected: 'a:\n- 1 # one\n- 2\nb: 2\n',
  },
  {
    name: 'maps on the way are made',
    text: 'a: 1\n',
    edits: [{ path: ['trail', 'slices', 0], value: 'SL-ABCD' }],
    expected: 'a: 1\ntrail: {slices: [SL-ABCD]}\n',
  },
  {
    name: 'a key without a value gets one',
    text: 'a: # soon\nb: 1\n',
    edits: [{ path: ['a'], value: 'x' }],
    expected: 'a: x # soon\nb: 1\n',
  },
  {
    name: 'a key goes with its line',
    text: 'a: 1\nb: # bye\n  - 1\n  - 2\n# keep\nc: 3\n',
    edits: [{ path: ['b'], value: undefined }],
    expected: 'a: 1\n# keep\nc: 3\n',
  },
  {
    name: 'the last key goes',
    text: 'a: 1\nb: 2',
    edits: [{ path: ['b'], value: undefined }],
    expected: 'a: 1',
  },
  {
    name: 'the first key of an item goes',
    text: 'h:\n  - a: 1\n    b: 2\n',
    edits: [{ path: ['h', 0, 'a'], value: undefined }],
    expected: 'h:\n  - b: 2\n',
  },
  {
    name: 'an item of a flow list goes',
    text: 'a: [1, 2, 3]\n',
    edits: [
      { path: ['a', 2], value: undefined },
      { path: ['a', 0], value: undefined },
    ],
    expected: 'a: [2]\n',
  },
  {
    name: 'the only entry leaves an empty list',
    text: 'a:\n  - 1\nb: 2\n',
    edits: [{ path: ['a', 0], value: undefined }],
    expected: 'a: []\nb: 2\n',
  },
  {
    name: 'what is not there cannot go',
    text: 'a: 1\n',
    edits: [{ path: ['b', 'c'], value: undefined }],
    expected: 'a: 1\n',
  },
  {
    name: 'text that would be a number is quoted',
    text: 'a: x\n',
    edits: [{ path: ['a'], value: '007' }],
    expected: 'a: "007"\n',
  },
  {
    name: 'hostile text is escaped',
    text: 'a: x\n',
    edits: [{ path: ['a'], value: '\u001b[31m\u202e: #' }],
    expected: 'a: "\\u001b[31m\\u202e: #"\n',
  },
  {
    name: '__proto__ is a key like others',
    text: 'a: 1\n',
    edits: [{ path: ['__proto__'], value: 2 }],
    expected: 'a: 1\n__proto__: 2\n',
  },
  {
    name: 'a byte-order mark stays',
    text: '\ufeffa: 1\n',
    edits: [{ path: ['a'], value: 2 }],
    expected: '\ufeffa: 2\n',
  },
];
