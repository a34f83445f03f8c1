import { type Case, playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { raisedText } from './kit/model-repo.ts';
import {
  decided,
  decisionPath,
  evaluation,
  evaluationPath,
  measure,
  measured,
  measuring,
  put,
  rewritten,
  scores,
  sign,
} from './kit/measured.ts';
import { modelRule, type PolicyValue, policyWithRule } from './kit/policy.ts';

/** A policy whose rule asks for evidence. */
const asking = (...evidence: readonly PolicyValue[]) => ({ policy: policyWithRule({ evidence }) });

/** The usual change with this decision, signed by both who list it. */
const listed =
  (more: string, others: Readonly<Record<string, string>> = {}): Case['play'] =>
  async (repo) => {
    await repo.change();
    await put(repo, { [decisionPath]: decided(more), ...others });
    await sign(
      repo,
      decisionPath,
      ...Object.keys(others).filter((path) => /^\.countersign\/(?:feedback|reviews)\//.test(path)),
    );
  };

const byDecision = asking({ kind: 'decision', status: ['accepted'], covers: 'changed-files' });

playCases('a decision behind the change', [
  {
    name: 'there, accepted and listed',
    want: 'pass',
    begin: byDecision,
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'absent',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'only proposed',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: listed('status: proposed\n'),
  },
  {
    name: 'over another file',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: listed('governs: [docs/**]\n'),
  },
  {
    name: 'over the file by a glob',
    want: 'pass',
    begin: byDecision,
    play: listed('governs: [model/**]\n'),
  },
  {
    name: 'over the file by a glob that would never end',
    want: ['fail', 'record/glob'],
    begin: byDecision,
    play: async (repo) => {
      repo.write(`model/${'a'.repeat(60)}!`, 'x\n');
      await listed('governs: ["model/+(*)b"]\n')(repo);
    },
  },
  {
    name: 'over one of two files',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: async (repo) => {
      repo.write('model/more.py', 'x\n');
      await listed('')(repo);
    },
  },
  {
    name: 'listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both();
    },
  },
  {
    name: 'listed by the author alone',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'listed by the independent approval alone',
    want: 'pass',
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'changed after it was signed',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await listed('')(repo);
      await put(repo, { [decisionPath]: decided('consequences: none\n') });
    },
  },
  {
    name: 'signed under another name',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both({
        payload: { evidence: [{ path: 'docs/other.md', sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'as a link',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      repo.write('docs/DR-WHY001.yaml', decided());
      const oid = (
        await repo.gitBytes(['hash-object', '-w', '--stdin'], {
          input: '../../docs/DR-WHY001.yaml',
        })
      )
        .toString()
        .trim();
      await repo.git('update-index', '--add', '--cacheinfo', `120000,${oid},${decisionPath}`);
      await repo.gitAs('ada', ['commit', '-qm', 'link']);
      await repo.both();
    },
  },
  {
    name: 'excused by an exception',
    want: 'pass-with-exception',
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.exception('eve');
    },
  },
]);

const ethics = (evidence: readonly PolicyValue[] = []) => ({
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, from_risk: 'high' }],
    evidence,
  }),
});

playCases('oversight that grows with the risk', [
  {
    name: 'a low risk that is signed for',
    want: 'pass',
    begin: ethics(),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'a high risk',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: listed('risk: high\n'),
  },
  {
    name: 'a high risk with ethics',
    want: 'pass',
    begin: ethics(),
    play: async (repo) => {
      await listed('risk: high\n')(repo);
      await repo.signoff('dee', 'ethics', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'no decision at all',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a low risk that nobody signed for',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both();
    },
  },
  {
    name: 'a low risk that was written after the signatures',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided('risk: high\n') });
      await sign(repo, decisionPath);
      await put(repo, { [decisionPath]: decided('risk: low\n') });
    },
  },
  {
    name: 'a risk lowered in the same change',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: listed('risk: low\n'),
  },
  {
    name: 'a risk lowered by superseding',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('risk: high\nstatus: superseded\n'),
        [other]: decided('', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'a risk lowered by deleting',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: async (repo) => {
      await repo.change();
      await repo.git('rm', '-q', decisionPath);
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, { [other]: decided('', 'DR-WHY002') });
      await sign(repo, other);
    },
  },
  {
    name: 'a low risk that landed before, ungoverned, and is not signed for',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('governs: ["**"]\n') } },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a low risk that landed before and is signed for',
    want: 'pass',
    begin: { ...ethics(), files: { [decisionPath]: decided('governs: ["**"]\n') } },
    play: async (repo) => {
      await repo.change();
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'a low risk by a decision that was rejected',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: listed('status: rejected\n'),
  },
  {
    name: 'the higher of two',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided(),
        [other]: decided('risk: critical\n', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'the higher of two, whose path is written with quotes',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics() },
    play: async (repo) => {
      repo.write("model/it's.py", 'x\n');
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('governs: ["model/**"]\n'),
        [other]: `schema: countersign/decision@1\nid: DR-WHY002\ntitle: t\nstatus: accepted\nowner: ada\nrisk: high\ntrail:\n  code:\n    - {path: 'model/it''s.py', lines: [1, 1]}\n`,
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'nobody asked for at all, by a low risk that nobody signed for',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyWithRule({
        require: [{ role: 'validator', count: 1, independent: true, from_risk: 'high' }],
        checklist: undefined,
      }),
    },
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
    },
  },
]);

const byPhase = {
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, phase: 'exploit' }],
  }),
};

playCases('oversight by phase', [
  { name: 'an exploration', want: 'pass', begin: byPhase, play: listed('phase: explore\n') },
  {
    name: 'a rollout to everyone',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: listed('phase: exploit\n'),
  },
  {
    name: 'a phase that is not said',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: listed(''),
  },
  {
    name: 'one of two does not say',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('phase: explore\n'),
        [other]: decided('', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'made an exploration in the same change',
    want: ['fail', 'requirement/unmet'],
    begin: { ...byPhase, files: { [decisionPath]: decided('phase: exploit\n') } },
    play: listed('phase: explore\n'),
  },
  {
    name: 'made an exploration after the signatures',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided('phase: exploit\n') });
      await sign(repo, decisionPath);
      await put(repo, { [decisionPath]: decided('phase: explore\n') });
    },
  },
]);

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

const way = (more = ''): string =>
  `rollback: {plan: put the old threshold back, owner: ben${more}}\n`;

playCases('a way back', [
  {
    name: 'planned by somebody',
    want: 'pass',
    begin: asking({ kind: 'rollback' }),
    byCommand: true,
    play: listed(way()),
  },
  {
    name: 'not planned',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'an empty plan',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: " ", owner: ben}\n'),
  },
  {
    name: 'planned by nobody',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: put it back}\n'),
  },
  {
    name: 'planned by a stranger',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: listed('rollback: {plan: put it back, owner: mallory}\n'),
  },
  {
    name: 'rehearsed lately',
    want: 'pass',
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-11-01')),
  },
  {
    name: 'rehearsed long ago',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-10-01')),
  },
  {
    name: 'not rehearsed',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way()),
  },
  {
    name: 'rehearsed tomorrow',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', rehearsed_within_days: 30 }),
    play: listed(way(', rehearsed_at: 2026-11-25')),
  },
  {
    name: 'for high risks only, at a low one',
    want: 'pass',
    begin: asking({ kind: 'rollback', from_risk: 'high' }),
    play: listed(''),
  },
  {
    name: 'for high risks only, at a high one',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback', from_risk: 'high' }),
    play: listed('risk: high\n'),
  },
  {
    name: 'planned in one of two decisions that came together',
    want: ['fail', 'evidence/rollback'],
    begin: asking({ kind: 'rollback' }),
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, { [decisionPath]: decided(way()), [other]: decided('', 'DR-WHY002') });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'planned in one of two decisions that stood before',
    want: 'pass',
    begin: {
      ...asking({ kind: 'rollback' }),
      files: {
        [decisionPath]: decided(way()),
        '.countersign/decisions/DR-WHY002.yaml': decided('', 'DR-WHY002'),
      },
    },
    play: async (repo) => {
      await repo.change();
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'planned, and listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: asking({ kind: 'rollback' }),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided(way()) });
      await repo.both();
    },
  },
]);

const tryOut = asking({ kind: 'rollout', kinds: ['toggle', 'shadow'], phase: 'explore' });

playCases('how it reaches people', [
  {
    name: 'an exploration behind a toggle',
    want: 'pass',
    begin: tryOut,
    play: listed('phase: explore\nrollout: {kind: toggle, toggle: new-bar}\n'),
  },
  {
    name: 'an exploration for everyone',
    want: ['fail', 'evidence/rollout'],
    begin: tryOut,
    byCommand: true,
    play: listed('phase: explore\nrollout: {kind: full}\n'),
  },
  {
    name: 'an exploration that does not say',
    want: ['fail', 'evidence/rollout'],
    begin: tryOut,
    play: listed('phase: explore\n'),
  },
  {
    name: 'what is no exploration',
    want: 'pass',
    begin: tryOut,
    play: listed('phase: exploit\nrollout: {kind: full}\n'),
  },
]);

playCases('when it goes to whom', [
  {
    name: 'said',
    want: 'pass',
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {when: the rate falls under 0.8, to: eve}\n'),
  },
  {
    name: 'not said',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'to whom, and not when',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {to: eve}\n'),
  },
  {
    name: 'with empty words',
    want: ['fail', 'evidence/escalation'],
    begin: asking({ kind: 'escalation' }),
    play: listed('escalation: {when: ["", " "]}\n'),
  },
]);

const event = (type: string, at: string, more = ''): string =>
  `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: ${type}\nbody: look at this\nby: ben@example.org\nat: ${at}\n${more}`;
const threads = '.countersign/reviews/DR-WHY001/';
const byReview = asking({ kind: 'review' });

playCases('reviews of the decision', [
  { name: 'none', want: 'pass', begin: byReview, play: listed('') },
  {
    name: 'an open thread',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    byCommand: true,
    play: listed('', { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') }),
  },
  {
    name: 'a resolved thread',
    want: 'pass',
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'a thread resolved after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byReview,
    play: async (repo) => {
      await listed('', { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') })(repo);
      await put(repo, { [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z') });
    },
  },
  {
    name: 'a thread that the target has resolved',
    want: 'pass',
    begin: {
      ...byReview,
      files: {
        [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
        [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
      },
    },
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'a thread resolved from the future',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2999-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'a thread resolved in another folder',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      '.countersign/reviews/DR-OTHER1/e2.yaml': event('resolve', '2026-11-21T00:00:00Z'),
    }),
  },
  {
    name: 'an event that cannot be read',
    want: ['fail', 'evidence/review'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: 'schema: countersign/review@2\nthread: t1\n' },
    },
    play: listed(''),
  },
  {
    name: 'a thread opened again',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z'),
      [`${threads}e2.yaml`]: event('resolve', '2026-11-21T00:00:00Z'),
      [`${threads}e3.yaml`]: event('reopen', '2026-11-22T00:00:00Z'),
    }),
  },
  {
    name: 'a finding that has time',
    want: 'pass',
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event(
        'finding',
        '2026-11-20T00:00:00Z',
        'severity: high\ndue: 2026-11-24\n',
      ),
    }),
  },
  {
    name: 'a finding that is overdue',
    want: ['fail', 'evidence/review'],
    begin: byReview,
    play: listed('', {
      [`${threads}e1.yaml`]: event(
        'finding',
        '2026-11-20T00:00:00Z',
        'severity: high\ndue: 2026-11-23\n',
      ),
    }),
  },
  {
    name: 'an open thread that the target has',
    want: ['fail', 'evidence/review'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') },
    },
    play: listed(''),
  },
  {
    name: 'an open thread about something else',
    want: 'pass',
    begin: {
      ...byReview,
      files: {
        '.countersign/reviews/DR-OTHER1/e1.yaml': event('comment', '2026-11-20T00:00:00Z').replace(
          'DR-WHY001',
          'DR-OTHER1',
        ),
      },
    },
    play: listed(''),
  },
  {
    name: 'an open thread whose beginning was deleted',
    want: ['fail', 'review/deleted'],
    begin: {
      ...byReview,
      files: { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') },
    },
    play: async (repo) => {
      await repo.git('rm', '-q', `${threads}e1.yaml`);
      await listed('')(repo);
    },
  },
]);

const byResult = (more: PolicyValue = {}) => ({
  ...asking({ kind: 'result', verdict: 'pass', ...more }),
  files: { 'data/scores.csv': scores, [evaluationPath]: evaluation() },
});

playCases('a result that was measured', [
  {
    name: 'fresh, passing and listed',
    want: 'pass',
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'absent',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: measuring });
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'listed by nobody',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      await measured(repo);
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'whose failing neighbour was taken out of the decision after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, {
        [decisionPath]: decided('evaluations: [EV-BAR1, EV-BAR2]\n'),
        '.countersign/evaluations/EV-BAR2.yaml': evaluation(0.99).replace('EV-BAR1', 'EV-BAR2'),
      });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
      await put(repo, { [decisionPath]: measuring });
    },
  },
  {
    name: 'where the decision that names it came after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, path);
    },
  },
  {
    name: 'of other code',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'a verdict written by hand',
    want: ['fail', 'evidence/result'],
    begin: {
      ...byResult(),
      files: { 'data/scores.csv': scores, [evaluationPath]: evaluation(0.99) },
    },
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace('"verdict": "fail"', '"verdict": "pass"'),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'counts edited where it lies',
    want: ['fail', 'result/altered'],
    begin: byResult(),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      repo.write(path, (await repo.read(path)).replaceAll('"tp": 60', '"tp": 65'));
      await repo.commit('edited', 'ada');
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'a target moved after it was measured',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await put(repo, { [evaluationPath]: evaluation(0.4) });
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'swapped after the signatures',
    want: ['fail', 'evidence/not-cited'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      await rewritten(repo, path, (text) => text.replace('"seed": 1', '"seed": 2'));
    },
  },
  {
    name: 'of an evaluation that no decision names',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'one of two that the decision names',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      await repo.change();
      await put(repo, {
        [decisionPath]: decided('evaluations: [EV-BAR1, EV-BAR2]\n'),
        '.countersign/evaluations/EV-BAR2.yaml': evaluation().replace('EV-BAR1', 'EV-BAR2'),
      });
      const path = await measure(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'not older than it may be',
    want: 'pass',
    begin: byResult({ max_age_days: 14 }),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.both({
        payload: {
          signed_at: '2026-11-10T06:00:00Z',
          evidence: [
            { path: decisionPath, sha256: await repo.sha256(decisionPath) },
            { path, sha256: await repo.sha256(path) },
          ],
        },
      });
    },
  },
  {
    name: 'older than it may be',
    want: ['fail', 'evidence/result'],
    begin: byResult({ max_age_days: 14 }),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.both({
        payload: {
          signed_at: '2026-11-10T05:59:59Z',
          evidence: [
            { path: decisionPath, sha256: await repo.sha256(decisionPath) },
            { path, sha256: await repo.sha256(path) },
          ],
        },
      });
    },
  },
  {
    name: 'computed again where nobody does',
    want: ['pass', 'evidence/not-recomputed'],
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'computed again',
    want: 'pass',
    begin: byResult({ verify: 'recompute' }),
    byCommand: true,
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'counts written by hand, computed again',
    want: ['fail', 'evidence/result'],
    begin: byResult({ verify: 'recompute' }),
    byCommand: true,
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replaceAll('"tp": 60', '"tp": 65').replaceAll('"fn": 5', '"fn": 0'),
      );
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'data that moved, computed again',
    want: ['fail', 'evidence/result'],
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
      await put(repo, { 'data/scores.csv': scores.replace('1,1\n', '1,0\n') });
      return { recompute: true };
    },
  },
  {
    name: 'computed again is not asked for below all',
    want: 'pass',
    begin: byResult({ verify: 'recompute' }),
    play: async (repo) => {
      await measured(repo);
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'failing, where the author could see it alone',
    want: ['fail', 'evidence/result'],
    begin: {
      ...byResult(),
      files: { 'data/scores.csv': scores, [evaluationPath]: evaluation(0.99) },
    },
    play: async (repo) => {
      await measured(repo);
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
]);

playCases('an agent and its evidence', [
  {
    name: 'two persons list it',
    want: 'pass',
    begin: async () => ({
      ...byDecision,
      signers: await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay']),
    }),
    play: async (repo) => {
      await repo.change('agent');
      await put(repo, { [decisionPath]: decided() }, 'agent');
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'one of two lists it',
    want: ['fail', 'evidence/not-cited'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change('agent');
      await put(repo, { [decisionPath]: decided() }, 'agent');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
]);
