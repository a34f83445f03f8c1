import * as z from 'zod';
import {
  channel,
  consentScope,
  count,
  type DeepReadonly,
  days,
  phase,
  risk,
  slug,
  text,
} from './field-schemas.ts';
import { policyEvidence } from './policy-evidence.ts';

/** More persons than any change is signed by; a number without bounds would cost time without end to look into. */
const places = z.int().min(1).max(20);

const person = z.strictObject({
  name: text.optional().describe('as people call them'),
  emails: z.array(text).min(1).describe('addresses in commits'),
  principals: z.array(text).min(1).optional().describe('names in allowed_signers'),
  forge: z.record(z.string(), text).optional().describe('forge: login'),
});

const requirement = z.strictObject({
  role: slug.describe('role of the policy'),
  count: places.optional().describe('persons; one where absent'),
  independent: z.boolean().optional().describe('true: authors of the change do not count'),
  from_risk: risk.optional().describe('asked for from this risk on'),
  phase: phase.optional().describe('asked for in this phase only'),
  presence: z
    .enum(['touch', 'verify'])
    .optional()
    .describe('accepts only hardware keys that show it'),
  accept: z
    .array(z.enum(['key', 'forge']))
    .min(1)
    .optional()
    .describe('[key] where absent'),
});

const rule = z.strictObject({
  id: slug.describe('name of the folder of its sign-offs'),
  paths: z.array(text).min(1).describe('globs of the files that it governs'),
  except: z.array(text).optional().describe('globs of files that it leaves out, to the letter'),
  checklist: slug.optional().describe('name of a file in checklists/'),
  require: z.array(requirement).max(20).describe('who has to sign'),
  evidence: z.array(policyEvidence).optional().describe('what has to be there beside approvals'),
  max_age_days: days.optional().describe('age from which a sign-off no longer counts'),
  up_to_date: z
    .boolean()
    .optional()
    .describe('whether the change must contain the tip of the target'),
});

const stage = z.enum(['off', 'records', 'author', 'all']);

const exceptions = z.strictObject({
  role: slug.describe('role of the policy'),
  count: places.optional().describe('persons; one where absent'),
  max_days: days.describe('longest life of an exception'),
  follow_up_days: days.describe('days within which the approvals have to follow'),
});

const privacy = z.strictObject({
  min_cell: count.optional().describe('counts under it are not stored; 0 where absent'),
  consent_required: z.array(channel).optional().describe('channels whose items need a consent'),
  consent_scope: consentScope.optional().describe('uses that the consent has to cover'),
  private_text: z.array(channel).optional().describe('channels whose text stays out of git'),
  cohort: z.array(text).optional().describe('dimensions that may be stored'),
});

/** Who must approve what. An unknown key is an error here: a rule that is not understood would not hold. */
export const policySchema = z.strictObject({
  schema: z.literal('countersign/policy@1'),
  repository: slug.describe('name in every signature: no replay into another repository'),
  targets: z.array(text).min(1).describe('globs of branches; the first is the policy branch'),
  landing: z.enum(['merge', 'squash', 'rebase']).optional().describe('merge where absent'),
  identity: z
    .enum(['claimed', 'signed'])
    .optional()
    .describe('signed: commits have to carry the signature of a person'),
  people: z.record(slug, person).describe('id of a person: how they are known'),
  agents: z
    .array(text)
    .max(500)
    .optional()
    .describe('e-mails that may author and never approve; only * is special'),
  platforms: z
    .array(text)
    .max(500)
    .optional()
    .describe('e-mails of a forge: never a person; only * is special'),
  attestors: z
    .array(
      z.strictObject({
        forge: text.describe('name of the forge'),
        principal: text.describe('name of the CI job in allowed_signers'),
      }),
    )
    .optional()
    .describe('keys of CI jobs that vouch for an approval on a forge'),
  roles: z.record(slug, z.array(slug)).describe('role: ids of people'),
  rules: z.array(rule).max(500).describe('what is governed, and who has to approve it'),
  stages: z.record(slug, stage).optional().describe('how much is asked for where'),
  exceptions: exceptions
    .optional()
    .describe('who may excuse a missing approval in an emergency, and for how long'),
  policy_change: z
    .strictObject({
      count: places
        .optional()
        .describe('policy-admins that a change of the policy needs; two where absent'),
    })
    .optional()
    .describe('{count: 1} is weak: for a team of one'),
  repository_settings: z
    .enum(['on', 'off'])
    .optional()
    .describe('off: files that change what a checkout makes are not governed'),
  privacy: privacy.optional().describe('what may be stored'),
});

export type Policy = DeepReadonly<z.infer<typeof policySchema>>;
