/** Review threads at the command line, over real git. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ReviewList, reviewListSchema } from '../../src/core/reviews/thread-list.ts';
import type { WrittenEvent } from '../../src/app/write-review.ts';
import { decision, place, review } from './review-place.ts';
import { refused } from './refused-review.ts';

function written(args: readonly string[], person = 'cy'): WrittenEvent {
  const ran = review([...args, '--json'], person);
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(ran.out) as WrittenEvent;
}

function threads(...of: readonly string[]): ReviewList['threads'] {
  const list: unknown = JSON.parse(review(['list', ...of, '--json']).out);
  return reviewListSchema.parse(list).threads;
}

/** A branch of its own, from main, for what a person says there; nothing of an earlier one stays. */
function branch(name: string): void {
  place.git('checkout', '--quiet', '--', '.');
  place.git('clean', '-fdq');
  place.git('switch', '--quiet', '--create', name, 'main');
}

test('a comment is one file that says who, when, where and in which commit the record read so', () => {
  branch('one-file');
  const { thread, path, event } = written([
    'add',
    'DR-0001',
    '--at',
    '/rollback/plan',
    '--quote',
    'Run the scoring again.',
    '--body',
    'Who does?',
  ]);
  assert.equal(thread, event);
  assert.match(event, /^[0-9A-HJKMNP-TV-Z]{8}$/);
  assert.equal(place.git('status', '--porcelain', '--untracked-files=all'), `?? ${path}\n`);
  const text = place.read(path);
  assert.match(
    text,
    new RegExp(
      `^schema: countersign/review@1\\nthread: ${thread}\\nrecord: DR-0001\\ntype: comment\\n`,
    ),
  );
  assert.match(text, new RegExp(`commit: ${place.git('rev-parse', 'HEAD').trim()}\\n`));
  assert.match(
    text,
    /\nby: cy <cy@example.org>\nat: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\n$/,
  );
  const [listed] = threads('DR-0001');
  assert.deepEqual(
    { ...listed, comments: listed?.comments.map(({ body, by }) => [by, body]) },
    {
      id: thread,
      record: 'DR-0001',
      path: '/rollback/plan',
      state: 'open',
      quote: 'Run the scoring again.',
      type: 'comment',
      severity: null,
      due: null,
      place: { state: 'exact', path: '/rollback/plan', line: 11, why: 'it stands where it was' },
      comments: [['cy <cy@example.org>', 'Who does?']],
      changes: [],
    },
  );
});

test('a comment on the whole record names no place, and stands at its beginning', () => {
  branch('whole');
  const { thread, path } = written(['add', 'DR-0001', '--body', 'Two decisions in one?']);
  assert.match(place.read(path), /\nanchor: \{commit: [0-9a-f]+\}\n/);
  const [listed] = threads('DR-0001');
  assert.deepEqual(
    [listed?.id, listed?.path, listed?.quote, listed?.place?.state, listed?.place?.line],
    [thread, '', null, 'exact', 1],
  );
  place.write('.countersign/decisions/DR-0001.yaml', `${decision}# more\n`);
  assert.doesNotMatch(
    place.read(written(['add', 'DR-0001', '--body', 'And this?']).path),
    /anchor/,
  );
});

test('an event names no commit where the record reads otherwise than there', () => {
  branch('no-commit');
  place.write(
    '.countersign/decisions/DR-0001.yaml',
    decision.replace('risk: high', 'risk: critical'),
  );
  assert.doesNotMatch(
    place.read(written(['add', 'DR-0001', '--at', '/risk', '--body', 'Why?']).path),
    /commit/,
  );
});

test('a thread goes on: reply, resolve, reopen; each a file of its own, in the order in which it was said', () => {
  branch('goes-on');
  const { thread } = written([
    'add',
    'DR-0001',
    '--at',
    '/context',
    '--body',
    'Who are the seven?',
    '--type',
    'finding',
    '--severity',
    'high',
    '--due',
    '2999-12-01',
  ]);
  const state = (): string | undefined => threads('DR-0001').find(({ id }) => id === thread)?.state;
  written(['reply', thread, '--body', 'Applicants.'], 'ada');
  written(['resolve', thread, '--body', 'Clear.']);
  assert.equal(state(), 'resolved');
  assert.equal(
    threads('DR-0001', '--open').some(({ id }) => id === thread),
    false,
  );
  written(['reopen', `DR-0001/${thread}`], 'ada');
  assert.equal(state(), 'open');
  const found = threads().find(({ id }) => id === thread);
  assert.deepEqual(
    [found?.type, found?.severity, found?.due, found?.comments.map(({ body }) => body)],
    ['finding', 'high', '2999-12-01', ['Who are the seven?', 'Applicants.', 'Clear.']],
  );
  assert.deepEqual(
    found?.changes.map(({ type, by }) => [type, by]),
    [
      ['resolve', 'cy <cy@example.org>'],
      ['reopen', 'ada <ada@example.org>'],
    ],
  );
  assert.match(
    place.countersign(['show', 'DR-0001']).out,
    new RegExp(
      `← review ${thread} at /context \\[open, finding, high, due 2999-12-01\\] Who are the seven\\? \\(3 comments\\)`,
    ),
  );
});

test('an answer never slips before what it answers, though the clock of its writer is behind', () => {
  branch('clocks');
  const future =
    'schema: countersign/review@1\nthread: early\nrecord: DR-0001\ntype: comment\nanchor: {path: /risk}\nbody: From a fast clock\nby: ada <ada@example.org>\nat: 2999-01-01T00:00:00.5+02:00\n';
  place.write('.countersign/reviews/DR-0001/early.yaml', future);
  written(['reply', 'early', '--body', 'From a slow one']);
  written(['resolve', 'early']);
  const [thread] = threads('DR-0001').filter(({ id }) => id === 'early');
  assert.deepEqual(
    [thread?.state, thread?.comments.map(({ body }) => body)],
    ['resolved', ['From a fast clock', 'From a slow one']],
  );
});

test('two branches that talk on one thread merge without conflict, and read alike whichever came first', () => {
  branch('talk');
  const { thread } = written(['add', 'DR-0001', '--at', '/risk', '--body', 'Why high?']);
  place.commit('Ask', 'cy');
  for (const [name, person, words] of [
    ['left', 'ada', 'Many people.'],
    ['right', 'dee', 'Law.'],
  ] as const) {
    place.git('switch', '--quiet', '--create', name, 'talk');
    written(['reply', thread, '--body', words], person);
    written(['add', 'DR-0001', '--at', '/title', '--body', `${words} (title)`], person);
    if (name === 'right') written(['resolve', thread], person);
    place.commit(`Talk ${name}`, person);
  }
  const merged = (first: string, second: string): ReviewList['threads'] => {
    place.git('switch', '--quiet', '--create', `${first}-first`, first);
    place.git(
      '-c',
      'user.name=eve',
      '-c',
      'user.email=eve@example.org',
      'merge',
      '--quiet',
      '--no-edit',
      second,
    );
    return threads('DR-0001');
  };
  const one = merged('left', 'right');
  assert.deepEqual(one, merged('right', 'left'));
  assert.deepEqual(one.map(({ state, comments }) => [state, comments.length]).sort(), [
    ['open', 1],
    ['open', 1],
    ['resolved', 3],
  ]);
  assert.equal(readdirSync(join(place.folder, '.countersign/reviews/DR-0001')).length, 6);
});

test('a thread follows its words as the record changes, and says when it lost them', () => {
  branch('follows');
  const { thread } = written(['add', 'DR-0001', '--at', '/rollback/plan', '--body', 'Who does?']);
  const where = (text: string): unknown => {
    place.write('.countersign/decisions/DR-0001.yaml', text);
    const found = threads('DR-0001').find(({ id }) => id === thread)?.place;
    return [found?.state, found?.path, found?.line];
  };
  assert.deepEqual(where(decision), ['exact', '/rollback/plan', 10]);
  assert.deepEqual(where(decision.replace('context:', '# note\nphase: explore\ncontext:')), [
    'exact',
    '/rollback/plan',
    12,
  ]);
  assert.deepEqual(where(decision.replace('plan:', 'x-plan:')), ['moved', '/rollback/x-plan', 10]);
  assert.deepEqual(where(decision.slice(0, decision.indexOf('rollback:'))), ['lost', null, 1]);
  assert.match(review(['list']).out, /\/rollback\/plan, lost, line 1: neither/);
});

test('hostile words reach no terminal as they are', () => {
  branch('hostile');
  const words = 'red \u001b[31m\n::error::x\r\n\u202etxt';
  const { thread } = written(['add', 'DR-0001', '--at', '/risk', '--body', words]);
  const found = threads('DR-0001').find(({ id }) => id === thread);
  assert.equal(found?.comments[0]?.body, words.replace('\r\n', '\n'));
  for (const out of [
    review(['list']).out,
    place.countersign(['show', 'DR-0001']).out,
    place.countersign(['trail', 'DR-0001']).out,
  ])
    for (const character of ['\u001b', '\u202e', '\r']) assert.ok(!out.includes(character));
  assert.match(
    review(['list']).out,
    /\n {4}\S*:error::x\n/,
    'each line is indented, so that none can begin one',
  );
});

test('a broken event hides no other, and is told', () => {
  branch('broken');
  const { thread } = written(['add', 'DR-0001', '--at', '/risk', '--body', 'Why?']);
  place.write(
    '.countersign/reviews/DR-0001/zz.yaml',
    'schema: countersign/review@1\nthread: x\nrecord: DR-0001\ntype: shout\nbody: hey\nby: me\nat: 2026-11-18T09:30:00Z\n',
  );
  const { out, code } = review(['list', 'DR-0001']);
  assert.equal(code, 0);
  assert.match(out, new RegExp(`DR-0001 ${thread} \\[open\\]`));
  assert.match(out, /\.countersign\/reviews\/DR-0001\/zz\.yaml:4:7: error record\/value /);
});

for (const [at, [args, code, says]] of refused.entries()) {
  test(`refused with exit 2 and nothing written: review ${JSON.stringify(args.join(' '))}`, () => {
    branch(`refused-${at}`);
    const ran = review(args);
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.err, new RegExp(`\\(${code}\\)\\n {2}`));
    assert.match(ran.err, says);
    assert.equal(place.git('status', '--porcelain'), '');
  });
}

test('a step that is taken already is refused, and what is unclear is asked back', () => {
  branch('twice');
  place.write('.countersign/decisions/DR-0002.yaml', decision.replace('DR-0001', 'DR-0002'));
  for (const record of ['DR-0001', 'DR-0002'])
    place.write(
      `.countersign/reviews/${record}/q.yaml`,
      `schema: countersign/review@1\nthread: same\nrecord: ${record}\ntype: comment\nbody: Why?\nby: me\nat: 2026-11-18T09:30:00Z\n`,
    );
  assert.match(
    review(['resolve', 'same']).err,
    /DR-0001 and DR-0002 each have a thread "same" \(review\/ambiguous-thread\)\n {2}say which: DR-0001\/same/,
  );
  assert.match(review(['reopen', 'DR-0002/same']).err, /\(review\/open\)/);
  written(['resolve', 'DR-0002/same']);
  assert.match(review(['resolve', 'DR-0002/same']).err, /\(review\/resolved\)/);
});
