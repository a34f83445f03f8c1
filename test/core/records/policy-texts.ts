import assert from 'node:assert/strict';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import {
  policyProblems,
  type PolicyRecord,
  type PolicySurroundings,
} from '../../../src/core/records/policy-problems.ts';

export const sound = `schema: countersign/policy@1
repository: wage-model
targets: [main, "release/*"]
people:
  ada: {emails: [ada@example.org], principals: [ada@example.org], forge: {github: ada}}
  ben: {emails: [ben@example.org, ben@home.example], principals: [ben@example.org]}
  cy: {emails: [cy@example.org], principals: [cy@example.org]}
  eve: {emails: [eve@example.org], principals: [eve@example.org]}
  fay: {emails: [fay@example.org], principals: [fay@example.org]}
agents: ["*[bot]@*", "agent@example.org"]
platforms: ["noreply@github.com"]
roles:
  model-owner: [ada]
  validator: [ada, ben, cy]
  policy-admin: [eve, fay]
rules:
  - id: model-change
    paths: ["model/**"]
    except: ["**/*.md"]
    checklist: model-change
    require:
      - {role: model-owner, count: 1}
      - {role: validator, count: 1, independent: true}
stages: {pre-commit: author, pre-push: author, ci: all}
exceptions: {role: policy-admin, count: 1, max_days: 3, follow_up_days: 10}
`;

export function problems(text: string, known: PolicySurroundings | null = null): string[] {
  const { record, findings } = parseRecord(
    '.countersign/policy.yaml',
    new TextEncoder().encode(text),
  );
  assert.deepEqual(findings, []);
  return policyProblems(record as PolicyRecord, known).map(
    ({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`,
  );
}
