/** What the doctor says of a folder of records that is gone, and of records that nobody can read. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write(
    '.countersign/policy.yaml',
    'schema: countersign/policy@1\nrepository: wage-model\ntargets: [main]\npeople:\n  cyan: {name: Cy, emails: [cy@example.org], principals: [cy@example.org]}\nroles: {policy-admin: [cyan]}\nrules: []\n',
  );
  place.write(
    '.countersign/feedback/FB-0001.yaml',
    'schema: countersign/feedback@1\nid: FB-0001\ntitle: One\nchannel: survey\nobserved_at: unknown\nstatus: new\n',
  );
  place.commit('Start', 'ada');
});
after(() => place.remove());

type Said = {
  readonly check: string;
  readonly state: string;
  readonly says: string;
  readonly fix: string;
};

function records(): readonly Said[] {
  const ran = place.countersign(['doctor', '--json'], 'cy');
  const found = JSON.parse(ran.out) as { readonly checks: readonly Said[] };
  return found.checks.filter(({ check }) => check === 'records');
}

test('where all is well, nothing is said of records', () => {
  assert.deepEqual(records(), []);
});

test('a folder that is gone is said to stand elsewhere, and the step brings it back', () => {
  rmSync(join(place.folder, '.countersign'), { recursive: true });
  const [said] = records();
  assert.match(said?.says ?? '', /\.countersign is gone .*HEAD and main hold a policy/);
  execFileSync('sh', ['-c', said?.fix ?? 'false'], { cwd: place.folder, stdio: 'ignore' });
  assert.equal(place.git('status', '--porcelain'), '');
});

test('each record that nobody can read is said, with its place', () => {
  place.write('.countersign/feedback/FB-0002.yaml', 'aaaaschema: countersign/feedback@1\nid: [\n');
  assert.match(records()[0]?.says ?? '', /^\.countersign\/feedback\/FB-0002\.yaml:\d+: /);
});
