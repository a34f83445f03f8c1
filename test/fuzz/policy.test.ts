import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlias, isNode, parseAllDocuments, visit } from 'yaml';
import { parseRecord } from '../../src/core/records/parse-record.ts';
import { policySchema } from '../../src/core/records/policy.ts';
import { policyProblems } from '../../src/core/records/policy-problems.ts';
import { checklistText, modelRule, policyText, policyValue } from '../gate/kit/policy.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changed } from './mutations.ts';
import { fc } from '../drawn-inputs.ts';

const path = '.countersign/policy.yaml';

/** A policy as people write it, in blocks. */
const handWritten = `schema: countersign/policy@1
repository: wage-model
targets: [main, "release/*"]   # the first is the policy branch
landing: merge
people:
  ada: {name: Ada, emails: [ada@example.org], principals: [ada@example.org]}
  ben:
    name: Ben
    emails:
      - ben@example.org
    principals: [ben@example.org]
  cy: {name: Cy, emails: [cy@example.org], principals: [cy@example.org]}
agents: ["*[bot]@*"]
roles: {model-owner: [ada], validator: [ben, cy], policy-admin: [ada, ben, cy]}
rules:
  - id: model-change
    paths: ["model/**", 'params.yaml']
    except: ["**/*.md"]
    require:
      - {role: model-owner, count: 1}
      - {role: validator, count: 1, independent: true}
    max_age_days: 30
stages: {pre-commit: author, ci: all}
privacy: {min_cell: 5}
`;

const policy = fc.constantFrom(
  handWritten,
  policyText(policyValue()),
  policyText(
    policyValue({
      rules: [
        { ...modelRule, max_age_days: 30 },
        { ...modelRule, id: 'data', paths: ['data/**'] },
      ],
    }),
  ),
);

/** The value of a text by the YAML library alone: one document without errors, warnings, aliases, anchors or tags. Null where it is none. */
function slowly(text: string): unknown {
  const documents = parseAllDocuments(text, {
    uniqueKeys: true,
    version: '1.2',
    schema: 'core',
    logLevel: 'error',
  });
  if (!Array.isArray(documents) || documents.length !== 1) return null;
  const [document] = documents;
  if (!document || document.errors.length > 0 || document.warnings.length > 0) return null;
  let odd = false;
  visit(document, (_, node) => {
    if (isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined))
      odd = true;
  });
  return odd ? null : document.toJS();
}

test('a policy is accepted only where the YAML library and the schema accept it, and as the same value', () => {
  fc.assert(
    fc.property(changed(policy), (text) => {
      const { record, findings } = parseRecord(path, Buffer.from(text));
      if (record === null) {
        assert.ok(
          findings.some(({ severity }) => severity === 'error'),
          text,
        );
        return;
      }
      const value = slowly(
        Buffer.from(text)
          .toString('utf8')
          .replace(/^\ufeff/, ''),
      );
      assert.deepEqual(record.value, value, text);
      if (findings.length === 0) assert.equal(policySchema.safeParse(value).success, true, text);
      const read =
        record.kind === 'policy'
          ? policyProblems(record, {
              allowedSigners: ['ada', 'ben', 'cy'].map((name) => ({
                principal: `${name}@example.org`,
              })),
              checklists: new Set(['model-change']),
            })
          : [];
      for (const { line = 1, column = 1 } of [...findings, ...read])
        assert.ok(line >= 1 && column >= 1);
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('no text crashes the readers of policies and checklists', () => {
  const read = (text: string): void => {
    for (const place of [
      path,
      '.countersign/checklists/model-change.yaml',
      '.countersign/decisions/DR-0001.yaml',
      'elsewhere.yaml',
    ])
      parseRecord(place, Buffer.from(text));
  };
  fc.assert(
    fc.property(fc.oneof(changed(fc.constant(checklistText)), fc.string({ unit: 'binary' })), read),
    { numRuns: fuzzRuns(300) },
  );
});
