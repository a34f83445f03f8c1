import { decisionOf, hex } from './values.ts';
import { both, hold, measured, measuring, other, result, resultOf } from './evidence-values.ts';

hold('results of several', [
  {
    name: 'of several, one does',
    demand: result,
    context: measured([resultOf({ path: 'old.json', governed: {} }), resultOf()]),
    want: 'met',
    ref: resultOf().path,
  },
  {
    name: 'of several that do not, the one that came furthest is told',
    demand: result,
    context: measured([
      resultOf({ path: 'a.json', verdict: 'fail', why: 'far' }),
      resultOf({ path: 'b.json', governed: {} }),
    ]),
    want: 'substance',
    ref: 'a.json',
    why: /^far$/,
  },
  {
    name: 'of several that came as far, the last is told',
    demand: result,
    context: measured([
      resultOf({ path: 'a.json', verdict: 'fail', why: 'far' }),
      resultOf({ path: 'b.json', verdict: 'fail', why: 'last' }),
    ]),
    want: 'substance',
    ref: 'b.json',
    why: /^last$/,
  },
  {
    name: 'of two evaluations that the change names, both have to pass',
    demand: result,
    context: measured([resultOf()], { decisions: [both] }),
    want: 'substance',
    ref: 'EV-0002',
  },
  {
    name: 'both do',
    demand: result,
    context: measured([resultOf(), other], { decisions: [both] }),
    want: 'met',
  },
  {
    name: 'of two that a decision of before names, one does',
    demand: result,
    context: measured([resultOf()], { decisions: [both], decisionsAtTip: [both] }),
    want: 'met',
  },
  {
    name: 'of two that a decision of before names, none has a result',
    demand: result,
    context: measured([], { decisions: [both], decisionsAtTip: [both] }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'what the change names counts, whatever stood before',
    demand: result,
    context: measured([resultOf()], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0002',
  },
  {
    name: 'that what stood before has no result is not hidden by a result that waits for a signature',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
      citing: [],
    }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'of two that wait for a signature the one of the change is told',
    demand: result,
    context: measured([resultOf(), other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
      citing: [],
    }),
    want: 'citation',
    ref: other.path,
  },
  {
    name: 'and what stood before as well',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0001',
    why: /^EV-0001, which DR-0001 asks for on the target, has no result/,
  },
  {
    name: 'which passed when it was last measured, and nobody has since: it is left to a warning',
    demand: result,
    context: measured(
      [other, resultOf({ governed: { 'model-change': hex('0') }, stood: 'pass' })],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'met',
  },
  {
    name: 'which passed before and fails on this code',
    demand: result,
    context: measured(
      [
        other,
        resultOf({ governed: { 'model-change': hex('0') }, stood: 'pass' }),
        resultOf({ path: 'now.json', verdict: 'fail', why: 'worse' }),
      ],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'substance',
    ref: 'now.json',
    why: /^worse$/,
  },
  {
    name: 'which passed by a result that the change itself brings, of other code',
    demand: result,
    context: measured([other, resultOf({ governed: { 'model-change': hex('0') } })], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
  },
  {
    name: 'which failed when it was last measured',
    demand: result,
    context: measured(
      [other, resultOf({ governed: { 'model-change': hex('0') }, stood: 'fail' })],
      {
        decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b')), measuring],
        decisionsAtTip: [measuring],
      },
    ),
    want: 'substance',
  },
  {
    name: 'also where the change takes that decision away',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [measuring],
    }),
    want: 'substance',
    ref: 'EV-0001',
  },
  {
    name: 'where both pass, nothing is left behind',
    demand: result,
    context: measured([resultOf(), other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [measuring],
    }),
    want: 'met',
  },
  {
    name: 'a decision of before that names nothing asks for nothing',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [decisionOf('DR-0001')],
    }),
    want: 'met',
  },
  {
    name: 'and neither does one that was rejected before',
    demand: result,
    context: measured([other], {
      decisions: [decisionOf('DR-0002', { evaluations: ['EV-0002'] }, hex('b'))],
      decisionsAtTip: [decisionOf('DR-0001', { evaluations: ['EV-0001'], status: 'rejected' })],
    }),
    want: 'met',
  },
]);
