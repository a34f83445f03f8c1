import { execFile } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { ReadStamp } from '../app/ports.ts';

/** Digests under which a stamp says anything of a content. */
const strong = ['sha256', 'sha384', 'sha512'];

/**
 * Reads a reply of a time-stamping authority with `openssl ts`. Its certificates have to be good at the time that it says,
 * and lead to one of those that are trusted; whether they were revoked nobody is asked.
 */
export const readStamp: ReadStamp = async (content, reply, authorities) => {
  const trusted = resolve(authorities);
  await access(trusted).catch((cause) => {
    throw new CountersignError(
      'audit/stamp-authorities',
      `the certificates in ${authorities} cannot be read`,
      'name a file of certificates in PEM of those who stamp: --stamp-ca authorities.pem',
      { cause },
    );
  });
  const folder = await mkdtemp(join(tmpdir(), 'countersign-stamp-'));
  try {
    const [data, answer] = [join(folder, 'commit'), join(folder, 'reply')];
    await writeFile(data, content);
    await writeFile(answer, reply);
    const told = await openssl(['-reply', '-in', answer, '-text']);
    const time = timeOf(told.stdout);
    if (!told.good || time === null)
      return { ok: false, why: 'openssl cannot read it as a reply of a time-stamping authority' };
    const digest = /^Hash Algorithm: (\S+)$/m.exec(told.stdout)?.[1] ?? 'none';
    if (!strong.includes(digest))
      return { ok: false, why: `it is over a digest by ${digest}, wanted ${strong.join(' or ')}` };
    const seconds = Math.floor(time.getTime() / 1000);
    const verified = await openssl([
      '-verify',
      '-data',
      data,
      '-in',
      answer,
      '-CAfile',
      trusted,
      '-attime',
      `${seconds}`,
    ]);
    if (!verified.good) return { ok: false, why: whyNot(verified.stderr) };
    return {
      ok: true,
      time,
      authority:
        /^TSA: (?:DirName:)?(.+)$/m
          .exec(told.stdout)?.[1]
          ?.trim()
          .replace(/^unspecified$/, '') || null,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** `Time stamp: Nov 24 15:19:04.123 2026 GMT` */
function timeOf(text: string): Date | null {
  const [, date, clock, year] =
    /^Time stamp: (\w{3} +\d{1,2}) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$/m.exec(text) ?? [];
  const time = new Date(`${date} ${year} ${clock} GMT`);
  return Number.isNaN(time.getTime()) ? null : time;
}

function whyNot(complaint: string): string {
  if (/imprint mismatch/.test(complaint)) return 'it is over other bytes than those of this commit';
  const [, reason] = /Verify error:(.+)/.exec(complaint) ?? [];
  return reason === undefined
    ? 'openssl does not verify it'
    : `the certificates of its authority lead to none that is trusted (${reason})`;
}

/** What a program said. */
type Told = { readonly good: boolean; readonly stdout: string; readonly stderr: string };

/** Without the settings and the certificates of the machine. */
function openssl(args: readonly string[]): Promise<Told> {
  return new Promise((done, fail) => {
    const kept = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:OPENSSL|SSL)_/i.test(name)),
    );
    execFile(
      'openssl',
      ['ts', ...args],
      {
        env: { ...kept, LC_ALL: 'C', OPENSSL_CONF: devNull },
        timeout: 30_000,
        maxBuffer: 4 * 1024 * 1024,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error?.code === 'ENOENT')
          fail(
            new CountersignError(
              'audit/openssl',
              'stamps are read with openssl, which was not found',
              'install OpenSSL, or leave --stamp-ca out',
              { cause: error },
            ),
          );
        else done({ good: error === null, stdout, stderr });
      },
    );
  });
}
