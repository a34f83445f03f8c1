/** Records as people leave them: each slip is told once, where it is, with what mends it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

const feedback = (id: string, more: string): string =>
  `schema: countersign/feedback@1\nid: ${id}\ntitle: The result is wrong\nchannel: issue\nobserved_at: unknown\n${more}`;

before(() => {
  place = openWorkplace();
  place.write('model/score.py', 'BAR = 0.5\n');
  place.commit('model', 'ada');
});

after(() => place.remove());

test('a conflicted record is told as one, and no other item is offered in its place', () => {
  const id = 'FB-AAAA0001';
  place.write(
    `.countersign/feedback/${id}.yaml`,
    feedback(id, '<<<<<<< HEAD\nstatus: accepted\n=======\nstatus: triaged\n>>>>>>> left\n'),
  );
  place.write('.countersign/feedback/FB-AAAA0002.yaml', feedback('FB-AAAA0002', 'status: new\n'));
  for (const command of [
    ['triage', id, '--accept'],
    ['triage', id],
    ['triage', 'FB-AAAA0002', '--duplicate-of', id],
    ['anchors', id],
    ['show', id],
  ]) {
    const { code, out, err } = place.countersign(command);
    assert.deepEqual([code, out], [2, ''], command.join(' '));
    if (command[0] === 'triage' && command.length === 2) continue;
    assert.match(
      err,
      /FB-AAAA0001\.yaml cannot be read: a merge conflict .*\(line 6\) \(record\/broken\)\n {2}keep one status, /,
    );
    assert.doesNotMatch(err, /there is no record|did you mean/);
  }
  const { code, out } = place.countersign(['check', '--records']);
  assert.equal(code, 1);
  assert.match(
    out,
    /^\.countersign\/feedback\/FB-AAAA0001\.yaml:6:1: error record\/merge-conflict .*\n {4}→ keep one status, delete/m,
  );
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('the mend of each finding stands below it', () => {
  place.write(
    '.countersign/feedback/FB-NEW00001.yaml',
    feedback('FB-NEW00001', 'status: new\nimported_at: yesterday\n'),
  );
  place.write('.countersign/feedback/FB-NEW00002.yaml', feedback('FB-NEW00002', 'status: New\n'));
  for (const command of [['check', '--records'], ['index']])
    assert.match(
      place.countersign(command).out,
      /^\S+FB-NEW00001\.yaml:7:14: error record\/time .*\n {4}→ write it like .*\n\S+FB-NEW00002\.yaml:6:9: error record\/value .*\n {4}→ did you mean new\?/m,
    );
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('2,000 records are read where 256 files may be open', () => {
  for (let index = 0; index < 2000; index += 1)
    place.write(
      `.countersign/feedback/FB-${10000 + index}.yaml`,
      feedback(`FB-${10000 + index}`, 'status: new\n'),
    );
  for (const command of ['index --stats', 'check --records', 'list feedback --search result']) {
    const cli = new URL('../../dist/cli.js', import.meta.url).pathname;
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', 'ulimit -n 256 && exec "$@"', 'sh', process.execPath, cli, ...command.split(' ')],
      {
        cwd: place.folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
        maxBuffer: 2 ** 26,
      },
    );
    assert.equal(status, 0, `${command}: ${stderr}`);
    assert.match(stdout.replaceAll(',', ''), /2000|FB-11999/);
  }
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('lists look through lists, compare times and levels, search what people wrote, and end where they are told', () => {
  const item = (id: string, received: string, more: string): void =>
    place.write(
      `.countersign/feedback/${id}.yaml`,
      `schema: countersign/feedback@1\nid: ${id}\nchannel: review\nreceived_at: ${received}\n${more}`,
    );
  item(
    'FB-LIST0001',
    '2026-03-01T09:00:00+02:00',
    'title: the wage of women\nstatus: new\ntrail: {code: [{path: model/score.py, lines: [1, 1]}]}\ntargets: [{metric: recall, op: ">=", value: 0.8}]\n',
  );
  item('FB-LIST0002', '2026-03-01T08:30:00Z', 'title: \'it said "no"\'\nstatus: triaged\n');
  item('FB-LIST0003', '2026-03-01T07:30:00Z', 'title: the form\nstatus: new\nassignee: Zoë\n');
  const listed = (...args: readonly string[]): string => {
    const { code, out, err } = place.countersign(['list', 'feedback', ...args, '--json']);
    if (code !== 0) return /\((\S+)\)/.exec(err)?.[1] ?? err;
    const { records, total } = JSON.parse(out) as { records: { id: string }[]; total: number };
    return `${records.map(({ id }) => id.slice(-1)).join('')} of ${total}`;
  };
  const rows: readonly (readonly [args: readonly string[], says: string])[] = [
    [['--where', 'trail.code.path=model/score.py'], '1 of 1'],
    [['--where', 'targets.metric=recall'], '1 of 1'],
    [['--where', 'targets.metric!=recall'], '23 of 2'],
    [['--where', 'trail.code.bogus=1'], 'usage/key'],
    [['--where', 'status!=new'], '2 of 1'],
    [['--where', 'status!=nwe'], 'usage/value'],
    [['--where', 'received_at<2026-03-01T08:00:00Z', '--where', 'title~form'], '3 of 1'],
    [['--where', 'received_at>yesterday'], 'usage/value'],
    [['--where', 'received_at<1d'], '123 of 3'],
    [['--where', 'received_at>=1h'], ' of 0'],
    [['--where', 'received_at<+2w'], '123 of 3'],
    [['--where', 'received_at<30m'], 'usage/value'],
    [['--where', 'received_at=30d'], ' of 0'],
    [['--where', 'priority.impact>high'], 'usage/value'],
    [['--sort', 'received_at'], '132 of 3'],
    [['--sort', '-assignee'], '312 of 3'],
    [['--search', '"no"'], '2 of 1'],
    [['--search', 'received_at'], ' of 0'],
    [['--search', 'womne wage'], '1 of 1'],
    [['--search', 'ZOË'], '3 of 1'],
    [['--limit', '2'], '12 of 3'],
    [['--limit', 'all'], 'usage/count'],
  ];
  for (const [args, says] of rows) assert.equal(listed(...args), says, args.join(' '));
  assert.match(
    place.countersign(['list', 'feedback', '--limit', '1']).out,
    /\n2 more: --limit 3 shows all$/m,
  );
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('a value of --set that its key does not take is told with the words for the shell, and they work', () => {
  const rows: readonly (readonly [kind: string, setting: string, say: string])[] = [
    ['feedback', 'group=12', `--set 'group="12"'`],
    ['feedback', 'imported_at=1772356320', `--set 'imported_at=2026-03-01T09:12:00Z'`],
    ['feedback', 'classification.confidence=80%', '--set classification.confidence=0.8'],
    ['decision', 'governs=model/**', `--set 'governs=["model/**"]'`],
    ['decision', 'governs=[**/*.py]', `--set 'governs=["**/*.py"]'`],
    ['feedback', 'assignee=[ada]', '--set assignee=ada'],
    ['decision', 'owner=@ada', `--set 'owner="@ada"'`],
    [
      'decision',
      'trail.code=[{path: model/score.py, lines: [1, 1], commit: 61e9540}]',
      `--set 'trail.code=[{path: model/score.py, lines: [1, 1], commit: "61e9540"}]'`,
    ],
  ];
  for (const [kind, setting, say] of rows) {
    const { code, out, err } = place.countersign(['new', kind, '--title', 'x', '--set', setting]);
    assert.deepEqual([code, out], [2, ''], setting);
    assert.ok(err.includes(`  say ${say}\n`), err);
    const meant = /^--set '?(.*?)'?$/.exec(say)?.[1] ?? '';
    const again = place.countersign(['new', kind, '--title', 'x', '--set', meant]);
    assert.equal(again.code, 0, again.err);
  }
  assert.match(
    place.countersign(['new', 'decision', '--title', 'x', '--set', 'owner=[ada, ben]']).err,
    / {2}name one of them, such as --set owner=ada\n/,
  );
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('a new record that links to nothing is written, and the link is told', () => {
  const { code, err } = place.countersign([
    'new',
    'decision',
    '--title',
    'x',
    '--set',
    'feedback=[FB-NOTHERE1]',
    '--set',
    'governs=["modle/**"]',
  ]);
  assert.equal(code, 0, err);
  assert.match(err, /error link\/dangling .*FB-NOTHERE1/);
  assert.match(err, /warning record\/governs-nothing .* — write "model\/\*\*"/);
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});

test('a place is read as findings and forges write it', () => {
  place.write(
    '.countersign/decisions/DR-PLACE001.yaml',
    'schema: countersign/decision@1\nid: DR-PLACE001\ntitle: x\nstatus: proposed\nowner: ada\nrisk: low\ngoverns: ["model/**"]\n',
  );
  for (const form of [
    'model/score.py:1',
    'model/score.py:1:1',
    'model/score.py:1:1:',
    'model/score.py#L1',
    'model/score.py#L1-L1',
    'model/score.py#L1C2-L1C4',
  ])
    assert.match(place.countersign(['trail', form]).out, /DR-PLACE001/, form);
  assert.match(place.countersign(['trail', 'model/score.py:9:1']).err, /usage\/lines/);
  place.git('clean', '--quiet', '--force', '-d', '.countersign');
});
