/** What is wrong with a plan is said before it is measured. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
const path = '.countersign/evaluations/EV-DEPTH001.yaml';
const plan = (more: string): string =>
  `schema: countersign/evaluation@1\nid: EV-DEPTH001\ntitle: Depth\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, score: p}\n${more}`;

before(() => {
  place = openWorkplace();
  place.write('data.csv', `y,p\n${'1,0.9\n0,0.1\n'.repeat(20)}`);
});

after(() => place.remove());

test('a mistyped key is said before the answer, on standard error', () => {
  place.write(path, plan('treshold: 0.45\n'));
  const { out, err } = place.countersign(['evaluate', 'EV-DEPTH001', '--json']);
  assert.match(
    err,
    /^\.countersign\/evaluations\/EV-DEPTH001\.yaml:7:1: warning record\/unknown-key .*did you mean threshold\?/,
  );
  assert.equal((JSON.parse(out) as { readonly schema: string }).schema, 'countersign/result@1');
});

test('a plan without a slip says nothing beside the answer', () => {
  place.write(
    path,
    plan(
      'threshold: 0.45\ntargets: [{metric: recall, op: ">=", value: 0.5}, {metric: auc, op: ">=", value: 0.5}]\n',
    ),
  );
  assert.equal(place.countersign(['evaluate', 'EV-DEPTH001']).err, '');
});

const metrics: readonly (readonly [name: string, says: RegExp, severity?: 'warning'])[] = [
  [
    'recal',
    /did you mean recall\? the metrics are accuracy, precision, .*equal_opportunity_difference/,
  ],
  ['selection_rate_ration', /did you mean selection_rate_ratio\?/],
  ['latency_p95', /^ {2}the metrics are accuracy/m, 'warning'],
  ['revenue', /^ {2}the metrics are accuracy/m],
  ['recal@0.9', /^ {2}write it like recall@0\.9: a metric, and a threshold from 0 to 1/m],
  ['precision@9', /^ {2}write it like precision@0\.9: a metric/m],
];

for (const [name, says, severity = 'error'] of metrics) {
  test(`no metric: ${name}`, () => {
    place.write(
      path,
      plan(
        `targets:\n  - {metric: recall, op: ">=", value: 0.5}\n  - {metric: ${name}, op: ">=", value: 0.5}\n`,
      ),
    );
    const { code, out, err } = place.countersign(['evaluate', 'EV-DEPTH001']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      err,
      new RegExp(
        `^\\.countersign/evaluations/EV-DEPTH001\\.yaml:9:14: ${severity} record/metric there is no metric ${name}`,
      ),
    );
    assert.match(err, says);
    const checked = place.countersign(['check', '--records']);
    assert.match(checked.out, new RegExp(`:9:14: ${severity} record/metric`));
    assert.equal(checked.code, severity === 'error' ? 1 : 0);
  });
}

test('what no evaluation here judges is told only where it looks like a slip of the pen', () => {
  place.write(path, plan(''));
  place.write(
    '.countersign/feedback/FB-METRIC01.yaml',
    'schema: countersign/feedback@1\nid: FB-METRIC01\ntitle: x\nchannel: issue\nobserved_at: unknown\nstatus: new\npriority: {expected: {metric: recal, delta: 0.1}}\ntargets: [{metric: revenue, op: ">=", value: 1}]\n',
  );
  place.write(
    '.countersign/decisions/DR-METRIC01.yaml',
    'schema: countersign/decision@1\nid: DR-METRIC01\ntitle: x\nstatus: proposed\nowner: ada\nrisk: low\noutcome: {measured: {metric: acuracy, delta: 0.1}}\ntargets: [{metric: latency_p95, op: "<=", value: 1}]\n',
  );
  const { code, out } = place.countersign(['check', '--records']);
  assert.equal(code, 0);
  assert.deepEqual(
    [...out.matchAll(/^\S+\/(\S+)\.yaml:\d+:\d+: (\w+) record\/metric (.*)$/gm)].map(
      ([, ...told]) => told,
    ),
    [
      ['DR-METRIC01', 'warning', 'there is no metric acuracy'],
      ['FB-METRIC01', 'warning', 'there is no metric recal'],
    ],
  );
  place.git('clean', '--quiet', '--force', '-d', '.countersign/feedback', '.countersign/decisions');
});

const empty: readonly (readonly [target: string, code: string, says: RegExp])[] = [
  [
    'metric: fpr, op: "<=", value: 5',
    'record/empty-target',
    /fpr lies between 0 and 1, so <= 5 always holds/,
  ],
  ['metric: recall, op: ">=", value: 0', 'record/empty-target', /so >= 0 always holds/],
  ['metric: auc, op: ">=", value: 70', 'record/empty-target', /so >= 70 never holds/],
  [
    'metric: recall, op: ">=", value: 0.5, at: 50',
    'record/range',
    /targets\[1\]\.at .*out of range/,
  ],
  [
    'metric: recall, op: ">=", value: 0.5, min_n: 0',
    'record/range',
    /targets\[1\]\.min_n .*out of range/,
  ],
];

for (const [target, code, says] of empty)
  test(`no target: ${target}`, () => {
    const said = (): string => place.countersign(['check', '--records']).out;
    place.write(
      path,
      plan(`targets:\n  - {metric: accuracy, op: ">=", value: 0.5}\n  - {${target}}\n`),
    );
    const { code: exit, out, err } = place.countersign(['evaluate', 'EV-DEPTH001']);
    assert.deepEqual([exit, out], [2, '']);
    assert.match(err, says);
    assert.match(said(), new RegExp(`:9:\\d+: error ${code} `));
    for (const [file, head] of [
      ['feedback/FB-EMPTY001', 'channel: issue\nobserved_at: unknown\nstatus: new\n'],
      ['decisions/DR-EMPTY001', 'status: proposed\nowner: ada\nrisk: low\n'],
    ] as const) {
      const [folder = '', id = ''] = file.split('/');
      const kind = folder.replace(/s$/, '');
      place.write(
        `.countersign/${file}.yaml`,
        `schema: countersign/${kind}@1\nid: ${id}\ntitle: x\n${head}targets:\n  - {metric: accuracy, op: ">=", value: 0.5}\n  - {${target}}\n`,
      );
      assert.match(said(), new RegExp(`${id}\\.yaml:\\d+:\\d+: error ${code} `));
      place.git('clean', '--quiet', '--force', '-d', `.countersign/${folder}`);
    }
  });

test('an expected change larger than any is told where it has no unit of its own', () => {
  const expecting = (expected: string): string => {
    place.write(path, plan(''));
    place.write(
      '.countersign/feedback/FB-CHANGE01.yaml',
      `schema: countersign/feedback@1\nid: FB-CHANGE01\ntitle: x\nchannel: issue\nobserved_at: unknown\nstatus: new\npriority: {expected: {${expected}}}\n`,
    );
    return place.countersign(['check', '--records']).out;
  };
  assert.match(
    expecting('metric: recall, delta: 5'),
    /warning record\/range recall cannot change by 5/,
  );
  assert.doesNotMatch(expecting('metric: recall, delta: 5, unit: points'), /record\/range/);
  assert.doesNotMatch(expecting('metric: recall, delta: -0.05'), /record\/range/);
  assert.doesNotMatch(expecting('metric: latency_p95, delta: -120'), /record\/range/);
  place.git('clean', '--quiet', '--force', '-d', '.countersign/feedback');
});

test('a slice that compares text with a number is told to write the type', () => {
  place.write(
    '.countersign/slices/SL-YOUNG001.yaml',
    'schema: countersign/slice@1\nid: SL-YOUNG001\ntitle: Young\ntable: candidate\nwhere: p < 30\n',
  );
  place.write(path, plan('slices: [SL-YOUNG001]\n'));
  const asked = (where: string): string => {
    place.write(
      '.countersign/slices/SL-YOUNG001.yaml',
      `schema: countersign/slice@1\nid: SL-YOUNG001\ntitle: Young\ntable: candidate\nwhere: ${where}\n`,
    );
    return place.countersign(['evaluate', 'EV-DEPTH001']).err;
  };
  assert.match(asked('sum(p) < 30 AND abs(p) < 1'), /\(evaluate\/(?:query|predicate)\)/);
  const typed = [
    ['abs(p) < 30', 'abs(CAST(p AS DOUBLE)) < 30'],
    ['p - 1 < 30', 'CAST(p AS DOUBLE) - 1 < 30'],
    ['"p" + P > 1 AND y <> \'p\'', '"CAST("p" AS DOUBLE) + CAST(P AS DOUBLE) > 1 AND y <> \'p\'"'],
  ] as const;
  for (const [where, mended] of typed) {
    const step = '  columns of CSV and JSON files are text, so write the type: ';
    const line = asked(`'${where.replaceAll("'", "''")}'`)
      .split('\n')
      .find((text) => text.startsWith(step));
    assert.equal(line, `${step}${mended.replace(/^"(.*)"$/, '$1')}`);
    assert.equal(
      asked(`'${line.slice(step.length).replaceAll("'", "''")}'`),
      '',
      'as it is pasted',
    );
  }
  assert.match(asked('CAST(p AS DATE) IS NULL'), /\(evaluate\/query\)\n {2}/);
  place.write('data.csv', `y,p\n${'1,0.9\n0,0.1\n'.repeat(20)}1,none\n`);
  assert.match(
    asked('CAST(p AS DOUBLE) < 0.5'),
    /\(evaluate\/query\)\n {2}a row holds what is no number, which TRY_CAST makes missing: TRY_CAST\(p AS DOUBLE\) < 0\.5/,
  );
  assert.equal(asked('TRY_CAST(p AS DOUBLE) < 0.5'), '');
  assert.match(
    asked('CAST(nothing AS INTEGER) < 3'),
    /SL-YOUNG001 .* no column of data\.csv is called nothing \(evaluate\/predicate\)\n {2}it has y, p/,
  );
});
