import type { ModelRepo } from './model-repo.ts';

export const owner = { upTo: 'owner' } as const;
export const later = '2026-12-02T00:00:00Z';
export const earlier = '2026-11-30T00:00:00Z';

/** Lands the usual change under an exception of Eve's. */
export async function excepted(
  repo: ModelRepo,
  promise: Record<string, unknown> = {},
): Promise<void> {
  await repo.exception('eve', promise);
  await repo.land();
}

/** The landed change as it was: from the commit before it to the tip of main. */
const landedRange = async (repo: ModelRepo) => ({
  head: 'main',
  target: await repo.git('rev-parse', 'main~3'),
});

export async function followUp(
  repo: ModelRepo,
  who: string,
  role: string,
  payload: Record<string, unknown> = {},
): Promise<string> {
  const { head, target } = await landedRange(repo);
  const { digest, manifest } = await repo.payload(who, role, { head, target });
  return repo.signoff(who, role, {
    payload: { digest, manifest, signed_at: '2026-11-23T12:00:00Z', ...payload },
  });
}

/** So many commits by Ada, each with another number in the model; made at once, past the working tree. */
export async function manyCommits(repo: ModelRepo, count: number): Promise<void> {
  const branch = await repo.git('symbolic-ref', 'HEAD');
  const commits = Array.from(
    { length: count },
    (_, number) =>
      `commit ${branch}\ncommitter Ada <ada@example.org> 1795478400 +0000\ndata 1\nx\n${number === 0 ? `from ${branch}^0\n` : ''}M 100644 inline model/score.py\ndata <<END\nbar = ${number}\nEND\n\n`,
  );
  await repo.gitBytes(['fast-import', '--quiet', '--date-format=raw'], { input: commits.join('') });
  await repo.git('reset', '-q', '--hard');
}
