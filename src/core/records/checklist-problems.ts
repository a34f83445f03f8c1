import type { Finding } from '../finding/finding.ts';
import type { ParsedRecord } from './parse-record.ts';
import type { Policy } from './policy.ts';
import { nearestName } from './schema/nearest-name.ts';

/** A checklist that keeps its schema. */
export type ChecklistRecord = Extract<ParsedRecord, { kind: 'checklist' }>;

/**
 * Items of a checklist that would never be asked, since the roles that they name are not in the policy: a mistyped role
 * must not let a question fall away.
 */
export function checklistProblems(
  record: ChecklistRecord,
  { roles }: Pick<Policy, 'roles'>,
): readonly Finding[] {
  return record.value.items.flatMap((item, index) =>
    (item.roles ?? []).flatMap((role, place): Finding[] => {
      if (Object.hasOwn(roles, role)) return [];
      const near = nearestName(role, Object.keys(roles));
      const fix = near ? `did you mean ${near}?` : 'add the role to the policy, or leave roles out';
      const message = `no role is called ${role}, so nobody of it would answer ${item.id}`;
      return [
        {
          code: 'policy/unknown-role',
          severity: 'error',
          message,
          fix,
          ...record.locate(['items', index, 'roles', place]),
        },
      ];
    }),
  );
}
