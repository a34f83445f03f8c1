import { followAnchors } from '../../app/trail.ts';
import type { FollowedAnchor } from '../../core/trails/follow-anchor.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { writeAnchors } from '../../app/write-anchors.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<id>', 'a decision or a feedback item')
      .option('--write', 'write today’s lines and digests of what was found again into the record'),
  examples: ['countersign anchors DR-7K2M9QXA', 'countersign anchors DR-7K2M9QXA --write'],
  run: async (context, [id = ''], options) => {
    const repository = await openRepository(context.repo, context.env);
    const anchors =
      options['write'] === true
        ? await writeAnchors(repository, id)
        : await followAnchors(repository, id);
    return {
      exit: 0,
      json: { anchors },
      text: () =>
        anchors.length === 0
          ? `${id} has no code anchors`
          : anchors.map((anchor) => line(anchor, options['write'] === true)).join('\n'),
    };
  },
};

function line({ path, lines, state, now, why }: FollowedAnchor, written: boolean): string {
  // What was found again now has its lines and digest of today; a person has to look at the rest.
  if (written && now && (state === 'exact' || state === 'moved'))
    return escapeTerminal(
      `${path}:${lines[0]}-${lines[1]} ${state}, held by its digest${state === 'moved' ? ` at ${now.path}:${now.lines[0]}-${now.lines[1]}` : ''}`,
    );
  const today = now && state !== 'exact' ? ` → ${now.path}:${now.lines[0]}-${now.lines[1]}` : '';
  return escapeTerminal(`${path}:${lines[0]}-${lines[1]} ${state}${today} (${why})`);
}
