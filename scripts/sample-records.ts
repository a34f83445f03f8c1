/** The records of the sample model repository, as the command line is told to write them. */
import type { SampleRecord } from './sample-feedback.ts';

export const sliceRecords: readonly SampleRecord[] = [
  {
    kind: 'slice',
    title: 'Women',
    set: {
      id: 'SL-WOMEN001',
      table: 'predictions',
      where: "gender = 'female'",
      protected: true,
      columns: ['gender'],
    },
  },
  {
    kind: 'slice',
    title: 'People outside manufacturing and construction',
    set: {
      id: 'SL-SERVICE1',
      table: 'predictions',
      where: "sector = 'other'",
      columns: ['sector'],
    },
  },
];

const columns = { label: 'above_median', prediction: 'prediction', key: 'id' };
const groups = [['gender'], ['race'], ['sector'], ['age_band'], ['gender', 'age_band']];
// The candidate is what everybody makes anew with nothing but Node; the baseline shows that other formats do as well.
const candidate = { path: 'data/candidate.csv', name: 'wage-model' };
const baseline = { path: 'data/baseline.parquet', name: 'wage-model' };

/** Has to hold for the change that is landed: it did. */
export const blindEvaluation: SampleRecord = {
  kind: 'evaluation',
  title: 'Does leaving gender out bring the offers to women and men closer?',
  set: {
    id: 'EV-BLIND001',
    question:
      'Are women offered the higher grade at nearly the rate of men once the model does not know who they are?',
    kind: 'offline',
    assumptions: [
      'People are independent of each other.',
      'A wage above the median stands for work of the higher grade.',
    ],
    data: { baseline, candidate },
    columns,
    groups,
    favourable: 'positive',
    targets: [
      { metric: 'selection_rate_ratio', by: ['gender'], op: '>=', value: 0.6 },
      { metric: 'accuracy', op: '>=', value: 0.65 },
    ],
    plan: { alpha: 0.05, correction: 'holm', min_n: 30 },
  },
};

/** Has to hold for the change under review. */
export const recallEvaluation: SampleRecord = {
  kind: 'evaluation',
  title: 'Does a lower bar find the women who are missed, without offers that fail?',
  set: {
    id: 'EV-RECALL01',
    question:
      'Does a lower bar raise recall for women, and does it keep false offers to any gender under one in two?',
    kind: 'offline',
    assumptions: [
      'People are independent of each other.',
      'A wage above the median stands for work of the higher grade.',
    ],
    data: { baseline, candidate },
    columns,
    groups,
    favourable: 'positive',
    slices: ['SL-WOMEN001', 'SL-SERVICE1'],
    targets: [
      { metric: 'fpr', by: ['gender'], op: '<=', value: 0.5 },
      { metric: 'recall', slice: 'SL-WOMEN001', op: '>=', value: 0.6 },
      { metric: 'accuracy', op: '>=', value: 0.6 },
    ],
    plan: { alpha: 0.05, correction: 'holm', min_n: 30 },
  },
};

/** The decision that landed: the model no longer knows who people are. */
export function blindDecision(lines: readonly [number, number]): SampleRecord {
  return {
    kind: 'decision',
    title: 'Leave gender out of the model',
    set: {
      id: 'DR-BLIND001',
      phase: 'exploit',
      status: 'accepted',
      owner: 'ada',
      risk: 'high',
      context:
        'The first model knew the gender and offered women the higher grade half as often as men.',
      decision: 'The model is trained without gender and race.',
      consequences: 'Recall falls a little for men.',
      options: [
        {
          title: 'Leave gender out',
          for: 'Nobody is treated by it',
          against: 'Slightly less accurate',
          chosen: true,
        },
        {
          title: 'Keep it, with one bar for each gender',
          for: 'Keeps accuracy',
          against: 'Treats people by gender',
          chosen: false,
        },
      ],
      feedback: ['FB-BARE0001', 'FB-BARE0002'],
      evaluations: ['EV-BLIND001'],
      governs: ['model/**', 'data/**'],
      trail: {
        code: [{ path: 'model/score.js', lines, symbol: 'features' }],
        slices: ['SL-WOMEN001'],
      },
      rollback: {
        plan: 'Set the weights back to the ones before; the file is small and in git.',
        owner: 'ada',
        rehearsed_at: '2026-10-01',
      },
    },
  };
}

/** Tried before, and why not. */
export const twoBarsDecision: SampleRecord = {
  kind: 'decision',
  title: 'One bar for each gender',
  set: {
    id: 'DR-TWOBARS1',
    phase: 'explore',
    status: 'rolled-back',
    owner: 'ada',
    risk: 'critical',
    context: 'Recall of women and men could be made equal by two bars.',
    decision: 'A lower bar for women, as a toggle for two weeks.',
    consequences: 'People are treated by their gender, which legal would not sign.',
    feedback: ['FB-MISSED06'],
    rollout: { kind: 'toggle', toggle: 'two-bars', audience: 'one region' },
    rollback: { plan: 'Switch the toggle off.', owner: 'ada' },
    outcome: {
      verdict: 'harmed',
      lessons: ['Equal recall by unequal treatment is not what people asked for.'],
    },
  },
};

/** The decision under review. */
export function recallDecision(lines: readonly [number, number]): SampleRecord {
  return {
    kind: 'decision',
    title: 'Lower the bar so that fewer women are missed',
    set: {
      id: 'DR-RECALL01',
      phase: 'exploit',
      status: 'accepted',
      owner: 'ada',
      risk: 'high',
      context:
        'Seven people, from applicants to recruiters, tell us that women who do the work of the higher grade are offered the lower one.',
      decision: 'One lower bar for everyone, as low as false offers allow.',
      consequences: 'More people are offered a grade that does not fit them yet.',
      feedback: [
        'FB-MISSED01',
        'FB-MISSED02',
        'FB-MISSED03',
        'FB-MISSED04',
        'FB-MISSED05',
        'FB-MISSED06',
        'FB-MISSED07',
      ],
      evaluations: ['EV-RECALL01'],
      governs: ['model/**', 'data/**'],
      trail: {
        code: [{ path: 'model/score.js', lines, symbol: 'threshold' }],
        slices: ['SL-WOMEN001'],
      },
      rollback: { plan: 'Set the bar back to 0.5 and run the scoring again.', owner: 'ada' },
      escalation: { when: 'More than one in ten offers is handed back in a week', to: 'dee' },
    },
  };
}

/** Somebody's words in a review, and when they said them. */
export type SampleWords = { readonly by: string; readonly at: string; readonly body: string };

/** A thread of a review, as it is typed at the command line. */
export type SampleThread = {
  readonly on: { readonly record: string; readonly at: string; readonly quote: string };
  readonly begins: SampleWords;
  readonly goesOn: readonly (SampleWords & { readonly action: 'reply' | 'resolve' })[];
};

/** A question about the way back that is open, and one about the words that is settled. */
export const recallReviews: readonly SampleThread[] = [
  {
    on: {
      record: 'DR-RECALL01',
      at: '/rollback/plan',
      quote: 'Set the bar back to 0.5 and run the scoring again.',
    },
    begins: {
      by: 'cy',
      at: '2026-11-18T09:30:00Z',
      body: 'Who runs the scoring on a weekend, and how long does it take?',
    },
    goesOn: [
      {
        action: 'reply',
        by: 'ada',
        at: '2026-11-18T10:05:00Z',
        body: 'I do; it took eleven minutes last time. I will rehearse it before this lands.',
      },
    ],
  },
  {
    on: {
      record: 'DR-RECALL01',
      at: '/context',
      quote: 'Seven people, from applicants to recruiters',
    },
    begins: {
      by: 'dee',
      at: '2026-11-19T14:00:00Z',
      body: 'Please say whom you mean by people who do the work of the higher grade.',
    },
    goesOn: [{ action: 'resolve', by: 'dee', at: '2026-11-19T15:20:00Z', body: 'Clear now.' }],
  },
];
