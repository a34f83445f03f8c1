import { commit, merged } from './range-values.ts';
import { type Row, signoff } from './written-rows.ts';

export const mergeRows: readonly Row[] = [
  {
    name: 'a merge carries what ben did over the rename that ada made',
    lands: [['model/a', 'both']],
    commits: [
      commit('cy', ['ada', 'ben'], [], [merged('model/a', 'both', ['drafts/a', 'bens'])]),
      commit(
        'ada',
        [],
        [
          ['model/a', 'adas'],
          ['drafts/a', null, 'base'],
        ],
      ),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
      commit('dee', ['ben'], [['docs/x', 'other']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'who worked on the file elsewhere after the merge is none',
    lands: [['model/a', 'both']],
    commits: [
      commit('dee', ['cy'], [['drafts/a', 'other']]),
      commit('cy', ['ada', 'ben'], [], [merged('model/a', 'both', ['drafts/a', 'bens'])]),
      commit(
        'ada',
        [],
        [
          ['model/a', 'adas'],
          ['drafts/a', null, 'base'],
        ],
      ),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'of two files that the merge left behind, the one whose lines are there',
    lands: [['model/a', 'both']],
    commits: [
      commit(
        'cy',
        ['ada', 'dee'],
        [],
        [merged('model/a', 'both', ['drafts/a', 'bens'], ['notes', 'other'])],
      ),
      commit(
        'ada',
        [],
        [
          ['model/a', 'adas'],
          ['drafts/a', null, 'base'],
        ],
      ),
      commit('dee', ['ben'], [['notes', 'other']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    wrote: ['ada', 'ben'],
  },
  {
    name: 'all of those that it may come from, where it is like none',
    lands: [['model/a', 'unknown']],
    commits: [
      commit(
        'cy',
        ['ada', 'dee'],
        [],
        [merged('model/a', 'unknown', ['drafts/a', 'bens'], ['notes', 'other'])],
      ),
      commit(
        'ada',
        [],
        [
          ['model/a', 'adas'],
          ['drafts/a', null, 'base'],
        ],
      ),
      commit('dee', ['ben'], [['notes', 'other']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
      commit('eve', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada', 'dee', 'ben'],
  },
  {
    name: 'nobody can tell what a merge made it from: everybody but who only signed',
    lands: [['model/a', 'both']],
    commits: [
      commit('cy', ['ada', 'ben'], [], [merged('model/a', 'both')]),
      commit('ada', [], [['model/a', 'adas']]),
      commit('ben', [], [['docs/x', 'other']]),
      commit('dee', [], [[signoff, 'signed']]),
    ],
    wrote: ['cy', 'ada', 'ben'],
  },
  {
    name: 'who resolved it by hand answers for what nobody else can be told of',
    lands: [['model/a', 'both']],
    commits: [
      commit('cy', ['ada', 'ben'], [['model/a', 'both']], [merged('model/a', 'both')]),
      commit('ada', [], [['model/a', 'adas']]),
      commit('ben', [], [['docs/x', 'other']]),
    ],
    wrote: ['cy', 'ada'],
  },
  {
    name: 'a merge that carries lines over a rename of the target tells whose they are, and not who merged',
    lands: [['model/b', 'adas', 'base']],
    commits: [
      commit('ben', ['ada'], [], [merged('model/b', 'adas', ['model/a', 'adas'])]),
      commit('ada', [], [['model/a', 'adas', 'base']]),
      commit('cy', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'a merge that carries what nobody of the range worked on tells nothing: everybody',
    lands: [['model/b', 'adas', 'base']],
    commits: [
      commit('ben', ['ada'], [], [merged('model/b', 'adas', ['drafts/a', 'adas'])]),
      commit('ada', [], [['model/a', 'adas', 'base']]),
    ],
    wrote: ['ben', 'ada'],
  },
  {
    name: 'lines that had landed before are nobody’s of the range',
    lands: [['model/a', 'both']],
    commits: [
      commit('cy', ['ada'], [], [merged('model/a', 'both', ['drafts/a', 'bens'])]),
      commit('ada', [], [['model/a', 'adas']]),
      commit('ben', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'a merge outside of the scope says nothing',
    lands: [['model/a', 'adas']],
    commits: [
      commit('cy', ['ada', 'ben'], [], [merged('docs/y', 'both')]),
      commit('ada', [], [['model/a', 'adas']]),
      commit('ben', [], [['docs/x', 'other']]),
    ],
    wrote: ['ada'],
  },
  {
    name: 'the merge with the target carries it over a rename that landed',
    lands: [['model/a', 'both', 'adas']],
    commits: [
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
      commit('dee', [], [['docs/x', 'other']]),
    ],
    landing: [merged('model/a', 'both', ['drafts/a', 'bens'])],
    wrote: ['ben'],
  },
  {
    name: 'what the merge with the target made, nobody can tell of what',
    lands: [['model/a', 'both', 'adas']],
    commits: [
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
      commit('dee', [], [[signoff, 'signed']]),
    ],
    landing: [merged('model/a', 'both')],
    wrote: ['ben'],
  },
  {
    name: 'a mode is carried as lines are',
    lands: [['model/a', 'adas', 'adas']],
    commits: [
      commit('ben', [], [['drafts/a', 'base', 'base']]),
      commit('dee', [], [['docs/x', 'other']]),
    ],
    landing: [merged('model/a', 'adas', ['drafts/a', 'base'])],
    wrote: ['ben'],
  },
  {
    name: 'what the merge with the target made of files that nobody worked on: everybody',
    lands: [['model/a', 'both', 'adas']],
    commits: [
      commit('ben', [], [['docs/y', 'bens', 'base']]),
      commit('dee', [], [['docs/x', 'other']]),
    ],
    landing: [merged('model/a', 'both', ['drafts/a', 'bens'])],
    wrote: ['ben', 'dee'],
  },
  {
    name: 'who only deleted the file elsewhere carried no line',
    lands: [['model/a', 'both', 'adas']],
    commits: [
      commit('dee', ['ben'], [['drafts/a', null, 'bens']]),
      commit('ben', [], [['drafts/a', 'bens', 'base']]),
    ],
    landing: [merged('model/a', 'both', ['drafts/a', 'bens'])],
    wrote: ['ben'],
  },
];
