/** What people said of the sample model. */
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
export const feedback: readonly Feedback[] = [
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
