import type { Inbox, InboxItem, InboxKind } from '../inbox/inbox-item.ts';
import { countOf } from './count-of.ts';
import { escapeTerminal } from './terminal.ts';

const headings: Readonly<Record<InboxKind, string>> = {
  reject: 'rejected',
  signoff: 'to sign',
  answers: 'to answer',
  condition: 'conditions',
  finding: 'findings',
  thread: 'reviews',
  triage: 'to triage',
  unjudged: 'not judged',
};

/** What waits for a person: each thing in a line, with the command below it. */
export function inboxText({ me, known, items, total, branches }: Inbox): string {
  const looked = `${countOf(branches.length, 'branch', 'branches')} looked at`;
  const sum =
    items.length === 0
      ? `nothing waits for ${me} (${looked})`
      : `${total} waiting for ${me} (${looked})`;
  const more =
    total > items.length ? [`${total - items.length} more: --limit ${total} shows all`] : [];
  const stranger = known
    ? []
    : [
        `the policy knows nobody by ${me}, so no sign-off can wait for you: git config user.email, or countersign inbox --me PERSON`,
      ];
  return [...items.flatMap(itemLines), ...[...more, sum, ...stranger].map(escapeTerminal)].join(
    '\n',
  );
}

function itemLines({ kind, branches, what, due, overdue, command }: InboxItem): readonly string[] {
  const when = due === null ? '' : `, ${overdue ? 'overdue since' : 'due'} ${due}`;
  const where =
    branches.length === 0
      ? ''
      : ` [${branches.slice(0, 3).join(', ')}${branches.length > 3 ? ` and ${branches.length - 3} more` : ''}]`;
  return [
    escapeTerminal(`${headings[kind]}: ${what}${when}${where}`),
    escapeTerminal(`    ${command}`),
  ];
}
