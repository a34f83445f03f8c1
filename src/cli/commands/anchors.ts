import type { Command as Options } from 'commander';
import { CountersignError } from '../../app/errors.ts';
import { type AnchorAnswer, followAnchors } from '../../app/follow-anchors.ts';
import { indexRecords } from '../../app/index-records.ts';
import { anchorGround } from '../../app/index-with-anchors.ts';
import { noRecord } from '../../app/no-record.ts';
import { anchorsOf } from '../../app/record-anchors.ts';
import type { Repository } from '../../app/repository.ts';
import { writeAnchors } from '../../app/write-anchors.ts';
import { isRecordId } from '../../core/records/record-id.ts';
import { countOf } from '../../core/render/count-of.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { acceptName, placeText } from '../../core/trails/anchor-findings.ts';
import { missedSymbol } from '../../core/trails/follow-anchor.ts';
import { isProved } from '../../core/trails/followed-anchor.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand, CliContext } from '../command.ts';
import { relativePath } from '../relative-path.ts';
import { unreadableLines } from '../unreadable-lines.ts';

type Said = AnchorAnswer & { readonly written?: boolean };

export const command: CliCommand = {
  configure: (options): Options =>
    options
      .argument('[of]', 'a decision, a feedback item or a file; without it, all records')
      .option('--write', 'write today’s path, lines and digest of what is proved into the records')
      .option(
        '--accept <id#n…>',
        'write the place that is proposed for the nth anchor of a record, as the one that you looked at',
        (value: string, before: readonly string[] = []) => [...before, value],
      ),
  examples: [
    'countersign anchors',
    'countersign anchors DR-7K2M9QXA',
    'countersign anchors DR-7K2M9QXA --write',
    "countersign anchors --accept 'DR-7K2M9QXA#2'",
  ],
  run: async (context, [of], options) => {
    const repository = await openRepository(context.repo, context.env);
    const accepted = ((options['accept'] ?? []) as readonly string[]).map(parseAccepted);
    const write = options['write'] === true;
    const { said, unreadable } = await answer(repository, context, { of, accepted, write });
    const doubted = said.filter(({ followed, written }) => !isProved(followed) && written !== true);
    return {
      // All records are asked about so that somebody hears of it: then what is not proved is a no.
      exit: of === undefined && accepted.length === 0 && doubted.length > 0 ? 1 : 0,
      json: {
        anchors: said.map(({ id, index, followed }) => ({ ...followed, record: id, n: index + 1 })),
      },
      text: () =>
        [
          ...(said.length === 0
            ? [escapeTerminal(`${of ?? 'this repository'} has no code anchors`)]
            : []),
          ...said.map((item) => line(item, of, write)),
          ...(of === undefined && said.length > 0 ? [summary(said.length, doubted.length)] : []),
          // A record that was named could be read.
          ...(of !== undefined && isRecordId(of) ? [] : unreadableLines(unreadable)),
        ].join('\n'),
    };
  },
};

type Asked = {
  readonly of: string | undefined;
  readonly accepted: readonly { readonly id: string; readonly index: number }[];
  readonly write: boolean;
};

async function answer(
  repository: Repository,
  context: CliContext,
  { of, accepted, write }: Asked,
): Promise<{ readonly said: readonly Said[]; readonly unreadable: readonly string[] }> {
  const index = await indexRecords(repository);
  const { records, unreadable } = index;
  const path =
    of === undefined || isRecordId(of) ? null : relativePath(repository.top, context.cwd, of);
  const named =
    of !== undefined && path === null
      ? records.filter(({ id }) => id === of)
      : records.filter((record) => record.id !== null && anchorsOf(record).length > 0);
  if (of !== undefined && path === null && named.length === 0)
    throw noRecord(of, index, { records, look: 'countersign list decisions' });
  const stranger = accepted.find(({ id }) => !records.some((record) => record.id === id));
  if (stranger) throw noRecord(stranger.id, index, { records, look: 'countersign anchors' });
  const isMeant = ({ anchor, followed }: AnchorAnswer): boolean =>
    path === null || anchor.path === path || followed.now?.path === path;
  const followed = await followAnchors(await anchorGround(repository, index), named);
  const meant = followed.filter(isMeant);
  if (!write && accepted.length === 0) return { said: meant, unreadable };
  const ids = write
    ? [...new Set([...meant.map(({ id }) => id), ...accepted.map(({ id }) => id)])]
    : [...new Set(accepted.map(({ id }) => id))];
  const said: Said[] = [];
  for (const id of ids)
    said.push(
      ...(await writeAnchors(repository, id, {
        accept: accepted.flatMap((item) => (item.id === id ? [item.index] : [])),
        proved: write,
      })),
    );
  return { said, unreadable };
}

function parseAccepted(text: string): { readonly id: string; readonly index: number } {
  const [, id = '', place = ''] = /^([A-Z]{2}-[0-9A-Z]+)#([1-9]\d*)$/.exec(text) ?? [];
  if (id === '')
    throw new CountersignError(
      'usage/accept',
      `${JSON.stringify(text)} names no anchor`,
      "write a record and the place of the anchor in it, from 1: --accept 'DR-7K2M9QXA#1'",
    );
  return { id, index: Number(place) - 1 };
}

function summary(all: number, doubted: number): string {
  return doubted === 0
    ? `${countOf(all, 'anchor')}, all where their text is`
    : `${countOf(all, 'anchor')}, ${doubted} of them not proved`;
}

function line(item: Said, of: string | undefined, write: boolean): string {
  const { id, index, followed, written } = item;
  const { state, now, why } = followed;
  const name = of === id ? '' : `${id}#${index + 1} `;
  const place = `${followed.path}:${followed.lines[0]}-${followed.lines[1]}`;
  const today = now ? `${now.path}:${now.lines[0]}-${now.lines[1]}` : '';
  if (written === true)
    return escapeTerminal(
      isProved(followed)
        ? `${name}${place} ${state}, held by its digest${state === 'moved' ? ` at ${today}` : ''}`
        : `${name}${place} confirmed, held by its digest at ${today}`,
    );
  const arrow = now && state !== 'exact' && state !== 'unproven' ? ` → ${today}` : '';
  return escapeTerminal(`${name}${place} ${state}${arrow} (${why}${nextStep(item, write)})`);
}

/** How an anchor that is not held is held from now on. */
function nextStep({ id, index, anchor, followed, today }: Said, write: boolean): string {
  if (followed.now === null || isProved(followed) || today === null) return '';
  const accept = `countersign anchors --accept ${acceptName(id, index)}`;
  // What --write has just left as it is, or never binds, a person confirms.
  return followed.state === 'unproven' &&
    anchor.commit === undefined &&
    !write &&
    missedSymbol(anchor, today) === null
    ? `: add its digest with countersign anchors ${id} --write, or, where ${placeText(followed.now)} is right, with ${accept}`
    : `; where that is right: ${accept}`;
}
