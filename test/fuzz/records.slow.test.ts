import { test } from 'node:test';
import { parseRecord } from '../../src/core/records/parse-record.ts';
import { exhausting } from './mutations.ts';
import { within } from './within.ts';

const begun = 'schema: countersign/policy@1\nrepository: wage-model\n';

for (const [name, text] of exhausting) {
  test(`a megabyte of ${name} does not stop the readers of records`, () => {
    within('a policy', () => parseRecord('.countersign/policy.yaml', Buffer.from(text)));
    within('inside a policy', () =>
      parseRecord('.countersign/policy.yaml', Buffer.from(`${begun}landing: ${text}`)),
    );
    within('a decision', () =>
      parseRecord('.countersign/decisions/DR-0001.yaml', Buffer.from(text)),
    );
  });
}
