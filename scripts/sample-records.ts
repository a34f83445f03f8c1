/** The records of the sample model repository, as the command line is told to write them. */

/** One record: `new <kind> --title … --set key=value…`; values are YAML. */
export type SampleRecord = {
  readonly kind: 'feedback' | 'decision' | 'slice' | 'evaluation';
  readonly title: string;
  readonly set: Readonly<Record<string, unknown>>;
};

type Feedback = readonly [
  id: string,
  channel: string,
  status: string,
  received: string,
  title: string,
  body: string,
  more?: Readonly<Record<string, unknown>>,
];

const consent = { basis: 'consent', scope: ['evaluation', 'analysis'] };

/** Sample people's words. Three are new; seven stand behind the decision under review. */
const feedback: readonly Feedback[] = [
  [
    'FB-MISSED01',
    'review',
    'accepted',
    '2026-09-02T09:10:00+02:00',
    'Turned down though I train the people who got it',
    'I have twelve years of clerical work behind me and was offered the lower grade. Two men whom I trained were offered the higher one.',
    { consent, cohort: { age_band: '35 to < 50' } },
  ],
  [
    'FB-MISSED02',
    'survey',
    'accepted',
    '2026-09-05T14:00:00+02:00',
    'The grade was too low for my diploma',
    'Survey answer: "My diploma counted for nothing."',
    { consent, group: 'autumn-survey' },
  ],
  [
    'FB-MISSED03',
    'survey',
    'accepted',
    '2026-09-05T14:02:00+02:00',
    'Women in my team were all put in the lower grade',
    'Survey answer: "All five of us got the lower grade. It felt unfair."',
    { consent, group: 'autumn-survey' },
  ],
  [
    'FB-MISSED04',
    'transcript',
    'in-progress',
    '2026-09-09T11:30:00+02:00',
    'Recruiter had to correct nine offers by hand',
    'Call with a recruiter: "Nine times in August I overrode the suggestion, eight of them were women."',
    { consent, rater: { kind: 'person', pseudonym: 'recruiter-4' } },
  ],
  [
    'FB-MISSED05',
    'annotation',
    'accepted',
    '2026-09-12T08:00:00Z',
    'Annotators disagree with 14 predictions near the bar',
    'Of 40 cases with a score between 0.40 and 0.50, two annotators would have said yes to 14.',
    {
      rater: { kind: 'person', pseudonym: 'annotator-2' },
      priority: { impact: 4, effort: 2, risk: 3, confidence: 0.7 },
    },
  ],
  [
    'FB-MISSED06',
    'issue',
    'triaged',
    '2026-09-15T16:45:00Z',
    'Recall for women is fifteen points below men',
    'From the model issue tracker: recall 0.62 against 0.77 at the bar of 0.5.',
    { priority: { impact: 5, effort: 2, risk: 4, confidence: 0.9 } },
  ],
  [
    'FB-MISSED07',
    'monitor',
    'accepted',
    '2026-09-20T00:00:00Z',
    'Overrides by hand doubled since July',
    'Monitoring: share of suggestions that recruiters override went from 3 % to 6 %.',
    { rater: { kind: 'code', pseudonym: 'override-monitor' } },
  ],
  [
    'FB-BARE0001',
    'review',
    'shipped',
    '2026-05-03T10:00:00+02:00',
    'Asked for my gender, then graded lower',
    'Why does a grading tool ask for my gender at all?',
    { consent, contributors: [{ name: 'Works council', role: 'reporter', credit: true }] },
  ],
  [
    'FB-BARE0002',
    'transcript',
    'validated',
    '2026-05-11T10:00:00+02:00',
    'Same CV, other gender, other grade',
    'An applicant sent the same CV twice with the gender changed; the second was graded higher.',
    { consent },
  ],
  [
    'FB-OFFER001',
    'log',
    'declined',
    '2026-08-01T07:00:00Z',
    'Offers should not go to people in their first year',
    'Log review: 31 offers to people with under a year of experience. Declined: their diplomas justify it.',
    {},
  ],
  [
    'FB-OFFER002',
    'issue',
    'duplicate',
    '2026-09-16T09:00:00Z',
    'Women are missed more often',
    'Same as the issue about recall.',
    { duplicate_of: 'FB-MISSED06' },
  ],
  [
    'FB-NEW00001',
    'review',
    'new',
    '2026-11-20T09:00:00+01:00',
    'Turned down after parental leave',
    'My experience stops counting while I was on leave, and the grade was too low.',
    { consent },
  ],
  [
    'FB-NEW00002',
    'survey',
    'new',
    '2026-11-21T18:20:00+01:00',
    'I should not have been offered this grade',
    'I was offered the higher grade and could not do the work. It was embarrassing.',
    { consent },
  ],
  [
    'FB-NEW00003',
    'monitor',
    'new',
    '2026-11-23T00:00:00Z',
    'Fewer scores near the middle this week',
    'The share of scores between 0.4 and 0.6 fell from 21 % to 15 %.',
    { rater: { kind: 'code', pseudonym: 'score-monitor' } },
  ],
];

export const newFeedback = ['FB-NEW00001', 'FB-NEW00002', 'FB-NEW00003'] as const;

const allFeedback: readonly SampleRecord[] = feedback.map(
  ([id, channel, status, received_at, title, body, more]) => ({
    kind: 'feedback',
    title,
    set: { id, body, channel, received_at, status, ...more },
  }),
);

function isNew({ set }: SampleRecord): boolean {
  return (newFeedback as readonly unknown[]).includes(set['id']);
}

/** What people said before the change under review. */
export const feedbackRecords: readonly SampleRecord[] = allFeedback.filter(
  (record) => !isNew(record),
);

/** What waits for triage. Two of them say where they look, and what would make it better: a decision begins with that. */
export function newFeedbackRecords(features: readonly [number, number]): readonly SampleRecord[] {
  const more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'FB-NEW00001': {
      trail: {
        code: [{ path: 'model/score.js', lines: features, symbol: 'features' }],
        slices: ['SL-WOMEN001'],
      },
      targets: [{ metric: 'recall', slice: 'SL-WOMEN001', op: '>=', value: 0.6 }],
    },
    'FB-NEW00002': {
      trail: { slices: ['SL-SERVICE1'] },
      targets: [{ metric: 'fpr', by: ['gender'], op: '<=', value: 0.5 }],
    },
  };
  return allFeedback
    .filter(isNew)
    .map((record) => ({ ...record, set: { ...record.set, ...more[String(record.set['id'])] } }));
}

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
