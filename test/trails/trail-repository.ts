import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkplace, type Workplace } from '../cli/command-line.ts';

/** An anchor as `countersign anchors --json` says it. */
export type SaidAnchor = {
  readonly path: string;
  readonly state: string;
  readonly now: { readonly path: string; readonly lines: readonly [number, number] } | null;
  readonly why: string;
};

/** A repository without a policy, in which decisions hold lines of code. */
export type TrailRepository = Workplace & {
  /** Writes a decision with one anchor; `more` goes into the anchor, `before` before the first key. */
  readonly decide: (
    id: string,
    anchor: string,
    options?: { readonly before?: string; readonly after?: string },
  ) => string;
  readonly anchors: (id: string) => readonly SaidAnchor[];
  /** `state`, or `state path:first-last` where it says a place. */
  readonly said: (id: string) => string;
  readonly land: (message?: string) => string;
  /** How many processes of git a command starts. */
  readonly gitStarts: (args: readonly string[]) => number;
};

export function openTrailRepository(): TrailRepository {
  const place = openWorkplace();
  place.git('config', 'user.name', 'ada');
  place.git('config', 'user.email', 'ada@example.org');
  const anchors = (id: string): readonly SaidAnchor[] => {
    const ran = place.countersign(['anchors', id, '--json']);
    if (ran.out === '') throw new Error(`anchors ${id} ended with ${ran.code}: ${ran.err}`);
    return (JSON.parse(ran.out) as { anchors: SaidAnchor[] }).anchors;
  };
  return {
    ...place,
    anchors,
    decide: (id, anchor, { before = '', after = '' } = {}) => {
      const path = `.countersign/decisions/${id}.yaml`;
      place.write(
        path,
        `${before}schema: countersign/decision@1\nid: ${id}\ntitle: About ${id}\nstatus: accepted\nowner: ada\nrisk: low\ntrail:\n  code:\n    - {${anchor}}\n${after}`,
      );
      return path;
    },
    said: (id) =>
      anchors(id)
        .map(({ state, now }) =>
          now === null ? state : `${state} ${now.path}:${now.lines[0]}-${now.lines[1]}`,
        )
        .join(', '),
    land: (message = 'Work') => {
      place.git('add', '--all');
      place.git('commit', '--quiet', '--message', message);
      return place.git('rev-parse', 'HEAD').trim();
    },
    gitStarts: (args) => {
      const bin = join(place.folder, '..', 'counted');
      const log = join(place.folder, '..', 'starts');
      const real = (process.env['PATH'] ?? '').split(':');
      const git =
        real.map((folder) => join(folder, 'git')).find((file) => existsSync(file)) ?? 'git';
      writeFileSync(log, '');
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, 'git'), `#!/bin/sh\necho x >> '${log}'\nexec '${git}' "$@"\n`);
      chmodSync(join(bin, 'git'), 0o755);
      const ran = place.countersign(args, 'ada', {
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      });
      if (ran.code !== 0) throw new Error(`${args.join(' ')} ended with ${ran.code}: ${ran.err}`);
      return readFileSync(log, 'utf8').split('x').length - 1;
    },
  };
}
