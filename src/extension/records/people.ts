import type { Repository } from '../../app/repository.ts';
import { identities } from '../../core/gate/people.ts';
import type { Policy } from '../../core/records/policy.ts';
import type { RecordIndex } from '../workspace/record-index.ts';

/** Persons and roles that work can be given to, as the policy of the working tree names them. */
export type Assignable = { readonly id: string; readonly what: 'person' | 'role'; readonly detail: string };

/** Persons first, then roles. Empty without a policy that can be read. */
export function assignable(index: RecordIndex): readonly Assignable[] {
  const policy = policyOf(index);
  if (!policy) return [];
  const persons = Object.entries(policy.people).map(([id, { name }]): Assignable => ({ id, what: 'person', detail: name ?? '' }));
  const roles = Object.entries(policy.roles).map(([id, members]): Assignable => ({ id, what: 'role', detail: members.join(', ') }));
  return [...persons, ...roles];
}

/** Who is at the machine: the policy's id of git's e-mail, else git's name. For the record's history, never for approval. */
export async function personHere(repository: Repository, index: RecordIndex): Promise<string | undefined> {
  const known = await personOfPolicy(repository, index);
  return known ?? ((await setting(repository, 'user.name')) || undefined);
}

/** The policy's id of git's e-mail, or null. */
export async function personOfPolicy(repository: Repository, index: RecordIndex): Promise<string | null> {
  const policy = policyOf(index);
  const who = policy && identities(policy)(await setting(repository, 'user.email'));
  return who?.kind === 'person' ? who.person : null;
}

async function setting({ git }: Repository, key: string): Promise<string> {
  const { code, stdout } = await git.run(['config', '--get', key]);
  return code === 0 ? new TextDecoder().decode(stdout).trim() : '';
}

function policyOf(index: RecordIndex): Policy | undefined {
  const record = index.byPath.get('.countersign/policy.yaml');
  return record?.kind === 'policy' ? record.value : undefined;
}
