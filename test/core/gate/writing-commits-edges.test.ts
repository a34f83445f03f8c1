import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { MergedPath } from '../../../src/core/gate/carried-lines.ts';
import type { RawPath } from '../../../src/core/gate/raw-path.ts';
import { repositorySettingsScope, ruleScope } from '../../../src/core/gate/scope.ts';
import { blobsToCompare, writingCommits } from '../../../src/core/gate/writing-commits.ts';
import { commit, linesById, merged, type Touch, touch } from './range-values.ts';

const model = ruleScope({ id: 'model-change', paths: ['model/**'] });
const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';

const landed: readonly Touch[] = [['model/a', 'both']];

/** ada took ben's file over with a line of her own. */
const adaTook = commit('ada', ['ben'], [['model/a', 'both']]);
const benMade = commit('ben', [], [['drafts/a', 'bens', 'base']]);

type Row = {
  readonly name: string;
  readonly lands?: readonly Touch[];
  readonly commits: readonly RangeCommit[];
  readonly landing?: readonly MergedPath[];
  readonly governs?: (path: RawPath) => boolean;
  readonly wrote: readonly string[];
};

const rows: readonly Row[] = [
  {
    name: 'where nobody is known to have made it, who only signed may have',
    commits: [commit('dee', [], [[signoff, 'signed']])],
    wrote: ['dee'],
  },
  {
    name: 'a blob that was in the scope for a while is whose it was elsewhere',
    lands: [['model/a', 'unknown2']],
    commits: [
      commit('ada2', ['ada'], [['model/a', 'unknown2', 'unknown1']]),
      commit('ada', ['ben'], [['model/a', 'unknown1']]),
      commit('ben', [], [['drafts/a', 'unknown1']]),
    ],
    wrote: ['ada2', 'ada', 'ben'],
  },
  {
    name: 'a blob that took the place of another, here and elsewhere',
    lands: [['model/a', 'unknown', 'unlike']],
    commits: [
      commit('ada', ['ben'], [['model/a', 'unknown', 'unlike']]),
      commit('ben', [], [['drafts/a', 'unknown', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'ben’s commit is made on what landed before',
    commits: [adaTook, { ...benMade, parents: ['landed'] }],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'what ben made elsewhere, and nobody could look at, is not compared',
    commits: [adaTook, commit('ben', [], [['drafts/a', 'unknown', 'base']])],
    wrote: ['ada'],
  },
  {
    name: 'what ada put there, and nobody could look at, is not compared',
    lands: [['model/a', 'unknown']],
    commits: [commit('ada', ['ben'], [['model/a', 'unknown']]), benMade],
    wrote: ['ada'],
  },
  {
    name: 'ada’s own commit elsewhere, with a co-author who is nobody’s author yet',
    commits: [
      adaTook,
      { ...benMade, author: 'ada@example.org', coAuthors: ['eve@example.org'] },
      commit('cy', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'not what is said of the model in a record',
    commits: [
      adaTook,
      commit('ben', [], [['.countersign/decisions/DR-0001.yaml', 'bens', 'base']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'not what ada took over into a file outside of the scope',
    lands: [['model/a', 'unlike']],
    commits: [
      commit(
        'ada',
        ['ben'],
        [
          ['model/a', 'unlike'],
          ['docs/a', 'both'],
        ],
      ),
      benMade,
    ],
    wrote: ['ada'],
  },
  {
    name: 'what lay under a name that is not UTF-8, in a scope that leaves it to the other rules',
    lands: [['.gitattributes', 'both']],
    commits: [
      commit('ada', ['ben'], [['.gitattributes', 'both']]),
      {
        ...benMade,
        touched: benMade.touched.map((one) => ({ ...one, path: { raw: 'x\xff', text: null } })),
      },
    ],
    governs: repositorySettingsScope([model]).governs,
    wrote: ['ada', 'ben'],
  },
  {
    name: 'who resolved another file by hand does not answer for what nobody can tell: everybody',
    commits: [
      commit('cy', ['ada', 'ben'], [['docs/y', 'both']], [merged('model/a', 'both')]),
      commit('ada', [], [['model/a', 'adas']]),
      commit('ben', [], [['docs/x', 'other']]),
    ],
    wrote: ['cy', 'ada', 'ben'],
  },
  {
    name: 'who worked on more than the file whose lines were carried',
    commits: [
      commit('cy', ['ada', 'ben'], [], [merged('model/a', 'both', ['drafts/a', 'bens'])]),
      commit('ada', [], [['model/a', 'adas']]),
      commit(
        'ben',
        [],
        [
          ['docs/x', 'other'],
          ['drafts/a', 'bens', 'base'],
        ],
      ),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'the merge with the target brings over ada’s file what nobody of the range worked on: everybody',
    commits: [
      commit('ada', [], [['model/a', 'adas', 'base']]),
      commit('dee', [], [['docs/x', 'other']]),
    ],
    landing: [merged('model/a', 'both', ['drafts/a', 'bens'])],
    wrote: ['ada', 'dee'],
  },
  {
    name: 'of two files that a merge left behind, not the one at which nobody could look',
    commits: [
      commit(
        'cy',
        ['ada', 'dee'],
        [],
        [merged('model/a', 'both', ['drafts/a', 'bens'], ['notes', 'unknown'])],
      ),
      commit('ada', [], [['model/a', 'adas']]),
      commit('dee', ['ben'], [['notes', 'unknown']]),
      benMade,
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'of two files that a merge left behind, the one that is half alike',
    lands: [['model/a', 'base']],
    commits: [
      commit(
        'cy',
        ['ada', 'dee'],
        [],
        [merged('model/a', 'base', ['drafts/a', 'half'], ['notes', 'unlike'])],
      ),
      commit('ada', [], [['model/a', 'adas']]),
      commit('dee', ['ben'], [['notes', 'unlike']]),
      commit('ben', [], [['drafts/a', 'half']]),
    ],
    wrote: ['ada', 'ben'],
  },
];

for (const { name, lands = landed, commits, landing = [], ...row } of rows)
  test(`authorship follows bytes: ${name}`, () => {
    const { governs = model.governs, wrote } = row;
    const change = { entries: lands.map(touch), governs, commits, landing };
    assert.deepEqual(
      writingCommits(change, linesById).map(({ oid }) => oid),
      wrote,
    );
  });

const asked = (commits: readonly RangeCommit[], lands: readonly Touch[] = landed) =>
  blobsToCompare({ entries: lands.map(touch), governs: model.governs, commits, landing: [] });

test('nothing is asked for where nothing lands, whatever the range did on its way', () =>
  assert.deepEqual(asked([adaTook, benMade], []), []));

test('no link, no module and nothing that went is asked for', () =>
  assert.deepEqual(
    asked([
      adaTook,
      commit(
        'ben',
        [],
        [
          ['drafts/link', 'bens', null, ['120000', '120000']],
          ['drafts/module', 'other', null, ['160000', '160000']],
          ['drafts/gone', null, 'base'],
        ],
      ),
    ]),
    [],
  ));

for (const [elsewhere, made] of [
  [100, 150],
  [101, 0],
] as const)
  test(`fifty contents and ${elsewhere} made elsewhere are ${made === 0 ? 'too many to compare' : 'compared'}`, () => {
    const files = (folder: string, count: number): readonly Touch[] =>
      Array.from({ length: count }, (_, index) => [`${folder}/${index}`, `${folder}${index}`]);
    const commits = [
      commit('ada', ['ben'], files('model', 50)),
      commit('ben', [], files('drafts', elsewhere)),
    ];
    assert.equal(asked(commits, files('model', 50)).length, made);
    assert.equal(
      writingCommits(
        {
          entries: files('model', 50).map(touch),
          governs: model.governs,
          commits,
          landing: [],
        },
        () => null,
      ).length,
      1,
    );
  });
