import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import { policyWithRule } from './kit/policy.ts';
import { asking, listed } from './kit/asking.ts';

const item = (id: string, more = ''): string =>
  `schema: countersign/feedback@1\nid: ${id}\ntitle: wrong\nchannel: survey\n${more.includes('status:') ? '' : 'status: accepted\n'}received_at: 2026-11-01T00:00:00Z\n${more}`;
const consent = 'consent: {basis: consent, scope: [training, evaluation]}\n';
const feedbackPath = (id: string): string => `.countersign/feedback/${id}.yaml`;
const twoItems = (first: string, second = consent): Readonly<Record<string, string>> => ({
  [feedbackPath('FB-ONE1')]: item('FB-ONE1', first),
  [feedbackPath('FB-TWO2')]: item('FB-TWO2', second),
});
const resting = 'feedback: [FB-ONE1, FB-TWO2]\n';
const byFeedback = asking({ kind: 'feedback', count: 2, scope: ['training'] });

playCases('feedback that the decision rests on', [
  {
    name: 'two items with consent',
    want: 'pass',
    begin: byFeedback,
    byCommand: true,
    play: listed(resting, twoItems(consent)),
  },
  {
    name: 'one item',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    byCommand: true,
    play: listed('feedback: [FB-ONE1]\n', twoItems(consent)),
  },
  {
    name: 'one item named twice',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed('feedback: [FB-ONE1, FB-ONE1]\n', twoItems(consent)),
  },
  {
    name: 'an item that is not there',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed('feedback: [FB-ONE1, FB-GONE]\n', twoItems(consent)),
  },
  {
    name: 'consent to something else',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(resting, twoItems('consent: {basis: consent, scope: [analysis]}\n')),
  },
  {
    name: 'no consent',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(resting, twoItems('')),
  },
  {
    name: 'a consent that has ended',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(
      resting,
      twoItems('consent: {basis: consent, scope: [training], expires: 2026-11-23}\n'),
    ),
  },
  {
    name: 'a consent that ends later',
    want: 'pass',
    begin: byFeedback,
    play: listed(
      resting,
      twoItems('consent: {basis: consent, scope: [training], expires: 2026-11-24}\n'),
    ),
  },
  {
    name: 'a judge model',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(resting, twoItems(`${consent}rater: {kind: judge}\n`)),
  },
  {
    name: 'a repetition',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(resting, twoItems(`${consent}status: duplicate\nduplicate_of: FB-TWO2\n`)),
  },
  {
    name: 'declined',
    want: ['fail', 'evidence/feedback'],
    begin: byFeedback,
    play: listed(resting, twoItems(`${consent}status: declined\n`)),
  },
  {
    name: 'a consent changed after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byFeedback,
    play: async (repo) => {
      await listed(resting, twoItems(consent))(repo);
      await put(repo, { [feedbackPath('FB-ONE1')]: item('FB-ONE1', `${consent}assignee: ada\n`) });
    },
  },
  {
    name: 'items that no signature lists',
    want: ['fail', 'evidence/not-cited'],
    begin: byFeedback,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided(resting), ...twoItems(consent) });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'no consent where none is asked for',
    want: 'pass',
    begin: asking({ kind: 'feedback', count: 2 }),
    play: listed(resting, twoItems('', '')),
  },
  {
    name: 'no consent where the policy asks for one in that channel',
    want: ['fail', 'evidence/feedback'],
    begin: {
      policy: policyWithRule(
        { evidence: [{ kind: 'feedback', count: 2 }] },
        { privacy: { consent_required: ['survey'] } },
      ),
    },
    play: listed(resting, twoItems('')),
  },
]);
