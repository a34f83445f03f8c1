import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { program } from '../cli/program.ts';
import { as, freshFolder, ModelRepo } from './kit/model-repo.ts';
import { type Ended, must, run } from './kit/processes.ts';

let upstream: ModelRepo;

const ask = (dir: string, ...args: readonly string[]): Promise<Ended> =>
  run(process.execPath, [program, ...args], { cwd: dir, env: as('ada') });

/** The commands in an answer that bring what is missing. */
const steps = ({ stdout, stderr }: Ended): readonly string[] =>
  [...new Set(`${stdout}${stderr}`.match(/git fetch[^;,"()\n]*/g) ?? [])].map((step) =>
    step.trim(),
  );

before(async () => {
  upstream = await ModelRepo.make({
    upTo: 'both',
    files: { 'docs/long.md': 'line\n'.repeat(30) },
  });
  await upstream.onMain('docs/long.md', `${'line\n'.repeat(30)}end\n`);
  await upstream.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await upstream.git('config', 'uploadpack.allowFilter', 'true');
  await upstream.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
});

const kinds: Readonly<Record<string, readonly string[]>> = {
  'without blobs': ['--filter=blob:none'],
  'without trees': ['--filter=tree:0'],
  'without large blobs': ['--filter=blob:limit=10'],
  'that is shallow': ['--depth=1', '--no-single-branch'],
  'that is shallow and without blobs': ['--depth=1', '--no-single-branch', '--filter=blob:none'],
};

for (const [kind, options] of Object.entries(kinds))
  test(`a clone ${kind} is judged, or says what brings the rest`, async () => {
    const dir = join(await freshFolder(), 'clone');
    await must('git', ['clone', '-q', ...options, '-b', 'change', `file://${upstream.dir}`, dir]);
    for (const question of [
      ['check', '--range', 'origin/main...HEAD', '--now', '2026-11-24T06:00:00Z'],
      ['check', '--now', '2026-11-24T06:00:00Z'],
      ['audit', '--target', 'main'],
      ['check', '--records'],
      ['approved', 'model/score.py', '--target', 'main'],
    ]) {
      const first = await ask(dir, ...question);
      if (first.code !== 2) continue;
      assert.doesNotMatch(`${first.stdout}${first.stderr}`, /hint:/);
      const step = steps(first).join('; ') || 'false';
      const doctor = await ask(dir, 'doctor');
      assert.ok(`${doctor.stdout}`.includes(step), `${step} is not in ${doctor.stdout}`);
      await must('sh', ['-c', step], { cwd: dir });
      const again = await ask(dir, ...question);
      assert.notEqual(again.code, 2, `${question.join(' ')} after ${step}: ${again.stderr}`);
      assert.match(`${(await ask(dir, 'doctor')).stdout}`, /✓ history: complete/);
    }
  });

const weights = 'WEIGHTS'.repeat(1000);
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const pointer = (text: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${digestOf(text)}\nsize ${text.length}\n`;

test('weights are approved by the pointer of Git LFS that was signed, and by no other', async () => {
  const repo = await ModelRepo.make({ files: { 'model/w.bin': pointer('before the policy') } });
  repo.write('model/w.bin', pointer(weights));
  await repo.commit('weights', 'ada');
  await repo.both();
  await repo.land();
  // Another pointer lands unsigned, and a third one where no rule governs.
  repo.write('model/w.bin', pointer('unsigned'));
  repo.write('docs/w.bin', pointer('ungoverned'));
  await repo.commit('more', 'ada');
  await repo.land('later');
  const folder = await freshFolder();
  const approved = async (content: string): Promise<Ended> => {
    writeFileSync(join(folder, 'w.bin'), content);
    return ask(repo.dir, 'approved', join(folder, 'w.bin'));
  };
  const good = await approved(weights);
  assert.equal(good.code, 0, `${good.stdout}${good.stderr}`);
  assert.match(`${good.stdout}`, /pointer of Git LFS .*no longer at the tip/);
  assert.equal((await ask(repo.dir, 'approved', `sha256:${digestOf(weights)}`)).code, 0);
  assert.equal((await approved(pointer(weights))).code, 0);
  for (const content of ['unsigned', 'ungoverned', 'before the policy', `${weights}x`])
    assert.equal((await approved(content)).code, 1, content);
  const exported = `${(await ask(repo.dir, 'export', 'vsa')).stdout}`;
  assert.match(
    exported,
    new RegExp(`"name":"model/w\\.bin","digest":\\{"sha256":"${digestOf(weights)}"`),
  );
  assert.match(
    exported,
    new RegExp(
      `"name":"git-lfs-pointer:model/w\\.bin","digest":\\{"sha256":"${digestOf(pointer(weights))}"`,
    ),
  );
});

test('a file that git changed on its way out is told apart from one that nobody approved', async () => {
  const repo = await ModelRepo.make({
    files: {
      '.gitattributes':
        'model/ident.py ident\nmodel/wide.txt working-tree-encoding=UTF-16LE text\nmodel/version.txt export-subst\n',
      'data/w.bin.dvc': 'outs:\n- md5: 0123456789abcdef0123456789abcdef\n  path: w.bin\n',
    },
  });
  repo.write('model/lines.py', 'a = 1\nb = 2\n');
  repo.write('model/ident.py', '# $Id$\n');
  repo.write('model/wide.txt', Buffer.from('wide\n', 'utf16le'));
  repo.write('model/version.txt', '$Format:%H$\n');
  await repo.commit('files', 'ada');
  await repo.both();
  await repo.land();
  repo.write('model/lines.py', 'a = 1\r\nb = 2\r\n');
  repo.write('data/w.bin', 'weights');
  await repo.git('rm', '-q', '--cached', 'model/ident.py');
  await repo.git('reset', '-q');
  await repo.git('checkout-index', '--force', '--', 'model/ident.py');
  await must('sh', ['-c', 'git archive HEAD model/version.txt | tar x'], { cwd: repo.dir });
  for (const [path, why] of [
    ['model/lines.py', /CRLF/],
    ['model/ident.py', /ident in \.gitattributes/],
    ['model/wide.txt', /working-tree-encoding/],
    ['model/version.txt', /export-subst/],
  ] as const) {
    const { code, stdout, stderr } = await ask(repo.dir, 'approved', path);
    assert.equal(code, 1, `${path}: ${stdout}${stderr}`);
    assert.match(`${stdout}`, why);
    const [, show = 'false'] = /next: (git cat-file .*) shows/.exec(`${stdout}`) ?? [];
    const [digest = ''] = `${await must('sh', ['-c', show], { cwd: repo.dir })}`.split(' ');
    assert.match(`${stdout}`, new RegExp(`countersign approved sha256:${digest}`));
    assert.equal((await ask(repo.dir, 'approved', `sha256:${digest}`)).code, 0, path);
  }
  const dvc = await ask(repo.dir, 'approved', 'data/w.bin');
  assert.equal(dvc.code, 1);
  assert.match(`${dvc.stdout}`, /MD5 alone/);
  repo.write('model/lines.py', 'a = 1\nb = 3\n');
  assert.doesNotMatch(`${(await ask(repo.dir, 'approved', 'model/lines.py')).stdout}`, /next:/);
});
