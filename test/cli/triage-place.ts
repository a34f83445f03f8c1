import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { TriageResult } from '../../src/app/triage.ts';
import { openWorkplace, type Workplace } from './command-line.ts';

export const rules = `schema: countersign/triage@1
rules:
  - id: unfair
    when: {text: [unfair]}
    then: {component: threshold, category: fairness, confidence: 0.8}
  - id: guess
    when: {channel: monitor}
    then: {component: data, confidence: 0.3}
ambiguous_below: 0.5
owners: {threshold: ada}
`;

export let place: Workplace;

export function feedback(id: string, title: string, rest = 'status: new\n'): void {
  place.write(
    `.countersign/feedback/${id}.yaml`,
    `schema: countersign/feedback@1\nid: ${id}\ntitle: ${title}\nchannel: ${id === 'FB-0002' ? 'monitor' : 'survey'}\nobserved_at: unknown  # nobody knows\n${rest}`,
  );
}

before(() => {
  place = openWorkplace();
  place.write('.countersign/triage.yaml', rules);
  place.write(
    '.countersign/policy.yaml',
    'schema: countersign/policy@1\nrepository: wage-model\ntargets: [main]\npeople:\n  cyan: {name: Cy, emails: [cy@example.org], principals: [cy@example.org]}\nroles: {policy-admin: [cyan]}\nrules: []\n',
  );
  feedback('FB-0001', 'It is UNFAIR');
  feedback('FB-0002', 'Scores moved');
  feedback('FB-0003', 'No rule says anything');
  feedback(
    'FB-0004',
    'unfair, and a person knows better',
    'status: new\nassignee: dee\npriority: {impact: 4, effort: 2}\nclassification: {component: serving}\n',
  );
  feedback('FB-0005', 'unfair, and settled', 'status: declined\n');
  place.commit('Start', 'ada');
});

after(() => place.remove());

export function triage(...args: readonly string[]): TriageResult {
  const ran = place.countersign(['triage', '--json', ...args], 'cy');
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(ran.out) as TriageResult;
}
