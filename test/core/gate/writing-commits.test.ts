import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { MergedPath } from '../../../src/core/gate/carried-lines.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';
import {
  blobsToCompare,
  writingCommits,
  type WrittenChange,
} from '../../../src/core/gate/writing-commits.ts';
import { commit, linesById, merged, touch } from './range-values.ts';
import { type Row, signoff } from './written-rows.ts';
import { mergeRows } from './merge-rows.ts';

const { governs } = ruleScope({ id: 'model-change', paths: ['model/**'] });

const emptyBlobs = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
];

const movedRows: readonly Row[] = [
  ...emptyBlobs.map(
    (empty): Row => ({
      name: `an empty file is nobody’s bytes: ${empty.length}`,
      lands: [['model/__init__.py', empty]],
      commits: [
        commit('ada', ['ben'], [['model/__init__.py', empty]]),
        commit('ben', [], [['tests/__init__.py', empty]]),
      ],
      wrote: ['ada'],
    }),
  ),
  {
    name: 'moved in with a change of the mover’s own',
    lands: [['model/a', 'both']],
    commits: [
      commit(
        'ada',
        ['ben'],
        [
          ['model/a', 'both'],
          ['drafts/a', null, 'bens'],
        ],
      ),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'copied with a change of the copier’s own, over a file that was there',
    lands: [['model/a', 'both', 'unlike']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'both', 'unlike']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'moved in as it was, and changed by a later commit',
    lands: [['model/a', 'adasOverBens']],
    commits: [
      commit('ada2', ['ada'], [['model/a', 'adasOverBens', 'bens']]),
      commit(
        'ada',
        ['ben'],
        [
          ['model/a', 'bens'],
          ['drafts/a', null, 'bens'],
        ],
      ),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada2', 'ada', 'ben'],
  },
  {
    name: 'lines that ben took away',
    lands: [['model/a', 'shorterAndAdas']],
    commits: [
      commit(
        'ada',
        ['ben'],
        [
          ['model/a', 'shorterAndAdas'],
          ['drafts/a', null, 'shorter'],
        ],
      ),
      commit('ben', [], [['drafts/a', 'shorter', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'not where the line that ben wrote was written anew',
    lands: [['model/a', 'adasOverBens']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'adasOverBens']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not where one line alone is the same',
    lands: [['model/a', 'bens']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'bens', 'base']]),
      commit('ben', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not where the file is more like what stood there before',
    lands: [['model/a', 'adas', 'base']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'adas', 'base']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not where ben did it after, or on another branch',
    lands: [['model/a', 'both']],
    commits: [
      commit('ben', ['ada'], [['drafts/a', 'bens', 'base']]),
      commit('ada', [], [['model/a', 'both']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not of blank lines',
    lands: [['model/a', 'blank']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'blank']]),
      commit('ben', [], [['drafts/a', 'other', 'base']]),
    ],
    wrote: ['ada'],
  },
];

const program = ['100644', '100755'] as const;

/** Who marks a file as a program, or turns it into a link, wrote that. */
const modeRows: readonly Row[] = [
  {
    name: 'a mode that was set before the file was moved in',
    lands: [['model/a', 'base', null, program]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'base', null, program]]),
      commit('ben', [], [['drafts/a', 'base', 'base', program]]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'a mode of a file that is moved in with a line of the mover’s own',
    lands: [['model/a', 'adas', null, program]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'adas', null, program]]),
      commit('ben', [], [['drafts/a', 'base', 'base', program]]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'a mode that comes over a file that had another',
    lands: [['model/a', 'base', 'unlike', program]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'base', 'unlike', program]]),
      commit('ben', [], [['drafts/a', 'base', 'base', program]]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'a file that ben turned into a link and nobody can compare',
    lands: [['model/a', 'unknown', null, ['100644', '120000']]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'unknown', null, ['100644', '120000']]]),
      commit('ben', [], [['drafts/a', 'unknown', 'unknown', ['100644', '120000']]]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'not a mode that did not come with it',
    lands: [['model/a', 'base']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'base']]),
      commit('ben', [], [['drafts/a', 'base', 'base', program]]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not a mode that the file had here before',
    lands: [['model/a', 'base', 'unlike', ['100755', '100755']]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'base', 'unlike', ['100755', '100755']]]),
      commit('ben', [], [['drafts/a', 'base', 'base', program]]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not a mode of a file that is like none here',
    lands: [['model/a', 'adas', null, program]],
    commits: [
      commit('ada', ['ben'], [['model/a', 'adas', null, program]]),
      commit('ben', [], [['drafts/a', 'other', 'other', program]]),
    ],
    wrote: ['ada'],
  },
];

for (const { name, lands, commits, landing = [], wrote } of [
  ...mergeRows,
  ...movedRows,
  ...modeRows,
])
  test(`authorship follows bytes: ${name}`, () => {
    const change: WrittenChange = { entries: lands.map(touch), governs, commits, landing };
    assert.deepEqual(
      writingCommits(change, linesById).map(({ oid }) => oid),
      wrote,
    );
  });

test('no content is asked for where nobody could become an author by it', () => {
  const asked = (commits: readonly RangeCommit[], landing: readonly MergedPath[] = []) =>
    blobsToCompare({ entries: [touch(['model/a', 'both'])], governs, commits, landing });
  const ada = commit('ada', [], [['model/a', 'both']]);
  assert.deepEqual(asked([ada]), []);
  assert.deepEqual(asked([commit('ada2', ['ada'], [['docs/x', 'other']]), ada]), []);
  assert.deepEqual(asked([commit('dee', [], [[signoff, 'signed']]), ada]), []);
  assert.deepEqual(asked([ada], [merged('model/a', 'both', ['drafts/a', 'bens'])]), []);
  assert.deepEqual(asked([commit('ben', [], [['docs/x', 'other', 'base']]), ada]), [
    'both',
    'base',
    'other',
  ]);
  assert.deepEqual(
    asked([ada], [merged('model/a', 'both', ['drafts/a', 'bens'], ['notes', 'other'])]),
    ['both', 'bens', 'other'],
  );
  assert.deepEqual(blobsToCompare({ entries: [], governs, commits: [ada], landing: [] }), []);
});
