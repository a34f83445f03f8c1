import { compareText } from '../finding/finding.ts';

/** What can wait for a person. `unjudged`: nobody could say, so somebody should look. */
export type InboxKind =
  | 'reject'
  | 'signoff'
  | 'answers'
  | 'condition'
  | 'finding'
  | 'thread'
  | 'triage'
  | 'unjudged';

/** One thing that waits. Texts may come from records and commits: every writer escapes them. */
export type InboxItem = {
  readonly kind: InboxKind;
  /** Branches where it waits, as `git branch --all` names them. */
  readonly branches: readonly string[];
  /** In one line, what it is. */
  readonly what: string;
  /** Record, rule or file that it is about. */
  readonly about: string;
  /** Day or time by which it is due; null where nothing is. */
  readonly due: string | null;
  readonly overdue: boolean;
  /** The command that does it, or shows it. */
  readonly command: string;
};

/** The JSON of `inbox`: what waits for one person. */
export type Inbox = {
  readonly schema: 'countersign/inbox@1';
  /** Id of the policy, or an e-mail where no policy knows the person. */
  readonly me: string;
  /** False where there is a policy and it does not know this e-mail: then nothing can wait for them to sign. */
  readonly known: boolean;
  /** Branches that were looked at. */
  readonly branches: readonly string[];
  /** How many wait: more than are listed, where a limit was asked for. */
  readonly total: number;
  readonly items: readonly InboxItem[];
};

const order: readonly InboxKind[] = [
  'reject',
  'signoff',
  'answers',
  'condition',
  'finding',
  'thread',
  'triage',
  'unjudged',
];

/** What is overdue first, then by kind, then what is due soonest, then by name: the same whatever was looked at first. */
export function compareItems(a: InboxItem, b: InboxItem): number {
  const key = ({
    overdue,
    kind,
    due,
    about,
    what,
  }: InboxItem): readonly [number, number, string, string] => [
    Number(!overdue),
    order.indexOf(kind),
    due ?? '9999',
    `${about}\0${what}`,
  ];
  const [first, second] = [key(a), key(b)];
  return (
    first[0] - second[0] ||
    first[1] - second[1] ||
    compareText(first[2], second[2]) ||
    compareText(first[3], second[3])
  );
}
