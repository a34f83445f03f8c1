/** Stamps of a time-stamping authority (RFC 3161) that is made here with openssl; where there is none, the tests are skipped. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import type { AuditResult } from '../../src/core/gate/audit-result.ts';
import { shellBlocks } from '../docs/pages.ts';
import { ModelRepository, policy } from './model-repository.ts';
import { signers } from './people-keys.ts';

const skip = spawnSync('openssl', ['ts', '-help']).error ? 'openssl is not installed' : false;
const folder = mkdtempSync(join(tmpdir(), 'countersign-stamps-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const openssl = (...args: string[]): Buffer =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

/** An authority of its own root, and a service that stamps in its name. */
function makeAuthority(name: string): void {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${name}-root.key`,
    '-out',
    `${name}.pem`,
    '-subj',
    `/CN=Root of ${name}`,
    '-days',
    '3650',
  );
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/O=Example/CN=${name}`,
  );
  writeFileSync(
    join(folder, 'extensions'),
    'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    `${name}.pem`,
    '-CAkey',
    `${name}-root.key`,
    '-CAcreateserial',
    '-out',
    `${name}-service.pem`,
    '-days',
    '3000',
    '-extfile',
    'extensions',
  );
  writeFileSync(join(folder, `${name}.serial`), '01\n');
  writeFileSync(
    join(folder, `${name}.cnf`),
    `[tsa]\ndefault_tsa = service\n[service]\nserial = ./${name}.serial\nsigner_cert = ./${name}-service.pem\nsigner_key = ./${name}.key\ncerts = ./${name}.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha1, sha256, sha512\ntsa_name = yes\ness_cert_id_alg = sha256\n`,
  );
}

/** The authority's reply about some bytes, made as the page for auditors says. */
function stampOf(authority: string, content: Uint8Array, digest = '-sha256'): Buffer {
  writeFileSync(join(folder, 'content'), content);
  openssl('ts', '-query', '-data', 'content', digest, '-cert', '-out', 'query.tsq');
  openssl(
    'ts',
    '-reply',
    '-config',
    `${authority}.cnf`,
    '-queryfile',
    'query.tsq',
    '-out',
    'reply.tsr',
  );
  return readFileSync(join(folder, 'reply.tsr'));
}

let model: ModelRepository;
let landed: string;

before(async () => {
  if (skip) return;
  for (const name of ['trusted', 'other']) makeAuthority(name);
  model = await ModelRepository.withPolicy();
  landed = await model.landSigned('raise', 13);
});
after(() => (skip ? undefined : model.remove()));

const commitBytes = (commit: string): Buffer =>
  execFileSync('git', ['cat-file', 'commit', commit], { cwd: model.folder });

async function stamped(files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [name, bytes] of Object.entries(files))
    await model.write(`.countersign/stamps/${name}`, bytes);
  await model.commit('Stamps', 'eve');
}

async function audited(authorities: string | undefined, now = new Date()): Promise<AuditResult> {
  return (
    await audit(await model.open(), {
      now,
      stampAuthorities: authorities === undefined ? undefined : join(folder, authorities),
    })
  ).result;
}

test('a stamp over a landing proves that it and all before it were there, to whoever trusts its authority', {
  skip,
}, async () => {
  const began = Math.floor(Date.now() / 1000) * 1000;
  await stamped({ [`${landed}.tsr`]: stampOf('trusted', commitBytes(landed)) });
  const result = await audited('trusted.pem');
  assert.deepEqual(result.stamps, { files: 1, read: true, findings: [] });
  const proven = result.landings.find(({ to }) => to === landed);
  assert.equal(proven?.stamp?.commit, landed);
  assert.match(proven?.stamp?.authority ?? '', /CN ?= ?trusted/);
  const time = Date.parse(proven?.stamp?.time ?? '');
  assert.ok(time >= began && time <= Date.now() + 1000, proven?.stamp?.time);
  // What landed later rests on no stamp.
  assert.equal(result.landings.at(-1)?.stamp, null);
  assert.equal(result.exit, 0);
});

test('nobody is believed whom the auditor does not name', { skip }, async () => {
  const silent = await audited(undefined);
  assert.deepEqual(silent.stamps, { files: 1, read: false, findings: [] });
  assert.ok(silent.landings.every(({ stamp }) => stamp === null));
  const other = await audited('other.pem');
  assert.deepEqual(
    other.stamps.findings.map(({ code, severity }) => [code, severity]),
    [['audit/stamp', 'warning']],
  );
  assert.match(other.stamps.findings[0]?.message ?? '', /lead to none that is trusted/);
  assert.ok(other.landings.every(({ stamp }) => stamp === null));
  await assert.rejects(audited('nowhere.pem'), { code: 'audit/stamp-authorities' });
});

test('a stamp over other bytes, by a weak digest, under another name or of nobody proves nothing, and says why', {
  skip,
}, async () => {
  const parent = execFileSync('git', ['rev-parse', `${landed}^1`], {
    cwd: model.folder,
    encoding: 'utf8',
  }).trim();
  const begun = execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: model.folder,
    encoding: 'utf8',
  }).trim();
  await stamped({
    [`${begun}.tsr`]: stampOf('trusted', commitBytes(landed)),
    'note.txt': Buffer.from('x'),
  });
  const after = execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: model.folder,
    encoding: 'utf8',
  }).trim();
  await stamped({
    [`${after}.tsr`]: stampOf('trusted', commitBytes(after), '-sha1'),
    [`${parent}.tsr`]: Buffer.from('no stamp'),
    [`${'ab'.repeat(20)}.tsr`]: stampOf('trusted', commitBytes(landed)),
  });
  const result = await audited('trusted.pem');
  const why = Object.fromEntries(
    result.stamps.findings.map(({ path, message }) => [
      path?.slice('.countersign/stamps/'.length),
      message,
    ]),
  );
  assert.match(why[`${begun}.tsr`] ?? '', /other bytes than those of this commit/);
  assert.match(why[`${after}.tsr`] ?? '', /a digest by sha1/);
  assert.match(why['note.txt'] ?? '', /its name is not that of a commit/);
  assert.deepEqual(
    result.landings
      .filter(({ stamp }) => stamp !== null)
      .map(({ to }) => to)
      .at(-1),
    landed,
  );
});

test('a key that had ended by a date still counts where a stamp proves that the landing was there before', {
  skip,
}, async () => {
  const dated = await ModelRepository.empty();
  await dated.write('model/score.py', 'bar = 12\n');
  await dated.write('.countersign/policy.yaml', policy);
  await dated.write(
    '.countersign/allowed_signers',
    await signers({}, { ben: ',valid-before="20400101Z"' }),
  );
  await dated.commit('A model, and who must approve what', 'eve');
  await dated.branch('raise');
  await dated.write('model/score.py', 'bar = 13\n');
  await dated.commit('Raise the bar', 'ada');
  await dated.signBoth();
  // Whoever lands it dates the merge after the end of the key.
  dated.now = Date.UTC(2041, 0, 1);
  const merge = await dated.merge('raise');
  const bytes = execFileSync('git', ['cat-file', 'commit', merge], { cwd: dated.folder });
  await dated.write(`.countersign/stamps/${merge}.tsr`, stampOf('trusted', bytes));
  await dated.commit('Stamp', 'eve');
  const later = new Date(Date.UTC(2042, 0, 1));
  const state = async (authorities?: string): Promise<string | undefined> =>
    (
      await audit(await dated.open(), { now: later, stampAuthorities: authorities })
    ).result.landings.find(({ to }) => to === merge)?.state;
  assert.equal(await state(), 'failed');
  assert.equal(await state(join(folder, 'trusted.pem')), 'signed');
  await dated.remove();
});

test('the blocks of docs/stamps.md stamp the tip and hold the stamp against it, the authority asked at home', {
  skip,
}, async () => {
  const [make = '', tell = '', verify = ''] = shellBlocks('stamps.md');
  const asked = make.replace(
    /^curl .*$/m,
    `(cd ${folder} && openssl ts -reply -config trusted.cnf -queryfile ${model.folder}/landing.tsq -out ${model.folder}/landing.tsr)`,
  );
  assert.notEqual(asked, make);
  assert.equal(tell, 'countersign audit --stamp-ca authorities.pem\n');
  const tip = execFileSync('git', ['rev-parse', 'main'], {
    cwd: model.folder,
    encoding: 'utf8',
  }).trim();
  writeFileSync(join(model.folder, 'authorities.pem'), readFileSync(join(folder, 'trusted.pem')));
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -eu\n${asked}\n${verify}\ngit diff --quiet && rm landing authorities.pem`],
    { cwd: model.folder, encoding: 'utf8' },
  );
  assert.deepEqual([status, /Verification: OK/.test(stdout + stderr)], [0, true], stderr);
  await model.commit('Stamp the tip', 'eve');
  const result = await audited('trusted.pem');
  assert.equal(result.landings.at(-2)?.stamp?.commit, tip);
});
