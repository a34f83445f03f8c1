import { Document, isCollection } from 'yaml';

/** A policy as a value, so that a case can change one thing in it. */
export type PolicyValue = { readonly [key: string]: unknown };

const person = (who: string, more: PolicyValue = {}): PolicyValue => ({
  name: who,
  emails: [`${who}@example.org`],
  principals: [`${who}@example.org`],
  ...more,
});

export const people = {
  ada: person('ada', { forge: { github: 'ada' } }),
  ben: person('ben', {
    emails: ['ben@example.org', 'ben@home.example'],
    forge: { github: 'Ben-H' },
  }),
  cy: person('cy', { forge: { github: 'cy' } }),
  dee: person('dee'),
  eve: person('eve'),
  fay: person('fay'),
} as const;

/** The one rule of the usual policy. */
export const modelRule = {
  id: 'model-change',
  paths: ['model/**'],
  except: ['**/*.md'],
  checklist: 'model-change',
  require: [
    { role: 'model-owner', count: 1 },
    { role: 'validator', count: 1, independent: true },
  ],
} as const;

/** The policy that most cases begin with; each key can be replaced. */
export function policyValue(changes: PolicyValue = {}): PolicyValue {
  return {
    schema: 'countersign/policy@1',
    repository: 'wage-model',
    targets: ['main', 'release/*'],
    people,
    agents: ['*[bot]@*', 'agent@example.org'],
    platforms: ['noreply@github.com'],
    roles: {
      'model-owner': ['ada'],
      validator: ['ada', 'ben', 'cy'],
      ethics: ['dee'],
      'policy-admin': ['eve', 'fay'],
    },
    rules: [modelRule],
    stages: { 'pre-commit': 'author', 'pre-push': 'author', ci: 'all' },
    exceptions: { role: 'policy-admin', count: 1, max_days: 3, follow_up_days: 10 },
    ...changes,
  };
}

/** The usual policy whose rule differs in some keys. */
export function policyWithRule(rule: PolicyValue, changes: PolicyValue = {}): PolicyValue {
  return policyValue({ rules: [{ ...modelRule, ...rule }], ...changes });
}

/** YAML of a policy as people write it: each key on a line, its value in flow style. */
export function policyText(value: PolicyValue): string {
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]) => lineOf(key, JSON.parse(JSON.stringify(part))))
    .join('');
}

function lineOf(key: string, part: unknown): string {
  const document = new Document({ [key]: part }, { aliasDuplicateObjects: false });
  const value = document.get(key, true);
  if (isCollection(value)) value.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export const checklistText = `schema: countersign/checklist@1
name: model-change
items:
  - {id: tests-pass, ask: "Do the tests pass on the changed code?", must: true, by: both}
`;
