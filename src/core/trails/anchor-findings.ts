import type { Finding, Position } from '../finding/finding.ts';
import type { FollowedAnchor } from './followed-anchor.ts';

/** An anchor that was followed, and where it stands in its record. */
export type LocatedAnchor = {
  readonly id: string;
  /** Its place in the record, from 0. */
  readonly index: number;
  readonly at: Position;
  readonly followed: FollowedAnchor;
};

/** What is to be said of an anchor in a list of findings: nothing where its lines are known, or were never held by more than numbers. */
export function anchorFindings({ id, index, at, followed }: LocatedAnchor): readonly Finding[] {
  const { path, lines, state, now, why } = followed;
  const was = placeText({ path, lines });
  if (state === 'moved' && now && now.path !== path)
    return [
      {
        code: 'anchor/moved',
        severity: 'warning',
        message: `${was} is ${placeText(now)} today: ${why}`,
        fix: `countersign anchors ${id} --write`,
        ...at,
      },
    ];
  if (state !== 'changed' && state !== 'lost') return [];
  return [
    {
      code: state === 'lost' ? 'anchor/lost' : 'anchor/changed',
      severity: 'warning',
      message: `${was} is no longer what was anchored: ${why}`,
      fix: now
        ? `look at ${placeText(now)}; where it is right: countersign anchors --accept ${acceptName(id, index)}; else write the lines that are meant`
        : 'write the path and the lines that are meant and take its digest away, or take the anchor away',
      ...at,
    },
  ];
}

/** How a person names an anchor of a record: from 1. */
export function acceptName(id: string, index: number): string {
  return `'${id}#${index + 1}'`;
}

/** `path:first-last` */
export function placeText({
  path,
  lines: [first, last],
}: {
  readonly path: string;
  readonly lines: readonly [number, number];
}): string {
  return `${path}:${first}${last === first ? '' : `-${last}`}`;
}
