/** The documents of `show`, `trail` and `anchors`. */
import * as z from 'zod';
import { signoffState } from './check-documents.ts';
import { shownPath } from './finding-parts.ts';

const anchorState = z.enum(['exact', 'moved', 'changed', 'lost', 'unproven']).meta({
  id: 'AnchorState',
  description:
    '`exact` and `moved` are proofs: the anchored text, held by its digest or by the commit in which it was counted, at the only such place near its symbol or neighbours. `unproven`: nothing is here to prove it by. `changed`: the text is another one; `lost`: it is gone.',
});

const shownLink = z
  .object({
    kind: z.string(),
    id: z.string(),
    title: z.string(),
    status: z.string().nullable(),
    exists: z.boolean(),
    lines: z
      .tuple([z.number(), z.number()])
      .nullable()
      .describe('Of a code anchor, as the record gives them.'),
    anchor: z
      .object({
        state: anchorState,
        now: z
          .object({
            path: z.string(),
            lines: z.tuple([z.number(), z.number()]),
          })
          .nullable(),
        why: z.string(),
      })
      .nullable()
      .describe(
        'Of a code anchor: where its lines are today, and how sure that is. Null for every other link.',
      ),
  })
  .meta({ id: 'ShownLink' });

const signedOver = z
  .union([z.array(shownPath), z.literal('whole-change')])
  .nullable()
  .meta({
    id: 'SignedOver',
    description:
      'The files over which somebody signed; `whole-change` where there were too many to list; null where nobody can say.',
  });

const signoffStanding = z
  .object({
    file: z.string(),
    state: z
      .union([signoffState, z.literal('unverified')])
      .describe('`unverified` where nobody could judge it here; `why` says why.'),
    why: z.string().nullable(),
    person: z.string().nullable(),
    role: z.string().nullable(),
    rule: z.string().nullable(),
    decision: z.enum(['approve', 'reject', 'withdraw']).nullable(),
    signed_at: z.string().nullable(),
    via: z
      .string()
      .nullable()
      .describe('`forge:login` where the person approved on a forge and no key of theirs signed.'),
    landed: z
      .boolean()
      .describe("Whether it lies at the target's tip: then it was signed for what landed."),
    replaced_by: z
      .string()
      .nullable()
      .describe(
        'File of a later sign-off of the same person that takes its place; null where none does.',
      ),
    moved: z
      .array(shownPath)
      .describe('Files of which the bytes here are not those that were signed.'),
    covers: signedOver.describe(
      'The files that its list names; `whole-change` where they were too many for one; null where nobody could verify it.',
    ),
    reason: z.string().nullable().describe('Why somebody rejected, in their own words.'),
    conditions: z.array(
      z.object({
        text: z.string(),
        owner: z.string(),
        due: z.string(),
        state: z.enum(['open', 'overdue', 'met']),
      }),
    ),
  })
  .meta({
    id: 'SignoffStanding',
    description:
      'What a sign-off is worth for the bytes that are here. Everything but `file` and `why` comes from the verified payload.',
  });

const nodeKind = z
  .enum([
    'feedback',
    'decision',
    'slice',
    'evaluation',
    'review',
    'result',
    'signoff',
    'file',
    'glob',
    'artifact',
    'person',
  ])
  .meta({ id: 'NodeKind' });

const graphNode = z
  .object({
    id: z.string(),
    kind: nodeKind,
    title: z.string().describe('One line for people: hostile text, to be escaped by every writer.'),
    status: z.string().nullable(),
    path: z
      .string()
      .nullable()
      .describe(
        "File of the node, from the repository's top; null for a person, a glob or an artifact.",
      ),
    exists: z.boolean().describe('False for the target of a link that leads nowhere.'),
  })
  .meta({
    id: 'GraphNode',
    description:
      'Something that is linked: a record by its id, other things by `kind:name`; a review thread as `review:<record>/<thread>`.',
  });

const linkKind = z
  .enum([
    'feedback',
    'duplicate-of',
    'supersedes',
    'evaluation',
    'slice',
    'target-slice',
    'code',
    'governs',
    'artifact',
    'owner',
    'assignee',
    'contributor',
    'review',
    'result',
    'signoff',
    'marker',
  ])
  .meta({ id: 'LinkKind' });

const trailAnchor = z
  .object({
    state: anchorState,
    was: z.object({
      path: z.string(),
      lines: z.tuple([z.number(), z.number()]),
    }),
    why: z.string(),
  })
  .meta({
    id: 'TrailAnchor',
    description: 'How sure the lines of a step are, and where they were when they were anchored.',
  });

const trailStep = z
  .object({
    node: graphNode,
    link: linkKind.nullable(),
    end: z.enum(['out', 'in']).nullable(),
    lines: z.tuple([z.number(), z.number()]).nullable(),
    anchor: trailAnchor
      .nullable()
      .describe(
        'Of a code anchor: whether the lines are sure, and where they were. Null for every other step.',
      ),
    get steps() {
      return z.array(trailStep);
    },
  })
  .meta({
    id: 'TrailStep',
    description:
      'One step of a trail: a node, how it hangs on the step above, and what hangs on it. `end` says which of the two holds the link: `out` the step above, `in` this one.',
  });

export const trailDocuments = {
  anchors: z.object({
    anchors: z.array(
      z
        .object({
          record: z.string(),
          n: z.number(),
          path: z.string(),
          lines: z.tuple([z.number(), z.number()]),
          symbol: z.string().nullable(),
          state: anchorState,
          now: z
            .object({
              path: z.string(),
              lines: z.tuple([z.number(), z.number()]),
            })
            .nullable(),
          why: z.string(),
        })
        .describe('An anchor, the record in which it stands, and its place in it, from 1.'),
    ),
  }),
  show: z
    .object({
      id: z.string(),
      kind: z.string(),
      path: z.string(),
      record: z.unknown(),
      links: z.array(shownLink),
      linked_from: z.array(shownLink),
      threads: z.array(
        z
          .object({
            id: z.string(),
            state: z.string(),
            type: z.string(),
            severity: z.string().nullable(),
            due: z.string().nullable(),
            path: z.string(),
            title: z.string(),
            comments: z.number(),
          })
          .describe('A thread on a record, in short.'),
      ),
      signoffs: z.array(signoffStanding),
    })
    .describe('A record with its links both ways.'),
  trail: z.object({
    trail: trailStep,
    unreadable: z.array(z.string()),
    signoffs: z.array(signoffStanding),
  }),
} as const;
