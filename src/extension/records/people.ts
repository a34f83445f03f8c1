import {
  type AuthorIdentity,
  authorIdentity,
  personOf,
  recordedName,
} from '../../app/author-identity.ts';
import { CountersignError } from '../../app/errors.ts';
import type { Repository } from '../../app/repository.ts';
import type { Policy } from '../../core/records/policy.ts';
import type { RecordIndex } from '../workspace/record-index.ts';

/** Persons and roles that work can be given to, as the policy of the working tree names them. */
export type Assignable = {
  readonly id: string;
  readonly what: 'person' | 'role';
  readonly detail: string;
};

/** Persons first, then roles. Empty without a policy that can be read. */
export function assignable(index: RecordIndex): readonly Assignable[] {
  const policy = policyOf(index);
  if (!policy) return [];
  const persons = Object.entries(policy.people).map(
    ([id, { name }]): Assignable => ({ id, what: 'person', detail: name ?? '' }),
  );
  const roles = Object.entries(policy.roles).map(
    ([id, members]): Assignable => ({ id, what: 'role', detail: members.join(', ') }),
  );
  return [...persons, ...roles];
}

/** Who is at the machine: the policy's id, else git's name. For the record's history, never for approval. */
export async function personHere(
  repository: Repository,
  index: RecordIndex,
): Promise<string | undefined> {
  const identity = await identityHere(repository);
  return identity === null ? undefined : recordedName(policyOf(index) ?? null, identity);
}

/** The policy's id of git's e-mail, or null. */
export async function personOfPolicy(
  repository: Repository,
  index: RecordIndex,
): Promise<string | null> {
  const identity = await identityHere(repository);
  return identity === null ? null : personOf(policyOf(index) ?? null, identity);
}

/** Null where git knows nobody: the editor is for reading, too. */
async function identityHere(repository: Repository): Promise<AuthorIdentity | null> {
  try {
    return await authorIdentity(repository);
  } catch (error) {
    if (error instanceof CountersignError) return null;
    throw error;
  }
}

/** The policy of the working tree, where it can be read. */
export function policyOf(index: RecordIndex): Policy | undefined {
  const record = index.byPath.get('.countersign/policy.yaml');
  return record?.kind === 'policy' ? record.value : undefined;
}
