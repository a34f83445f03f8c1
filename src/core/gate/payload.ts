import * as z from 'zod';
import { parseStrictJson } from './strict-json.ts';

const hex64 = /^[0-9a-f]{64}$/;
const digest = z.string().regex(/^v1:[0-9a-f]{64}$/, 'must be "v1:" and 64 hex digits');
const sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be "sha256:" and 64 hex digits');
const slug = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\0]+$/, 'must not hold a slash');
const instant = z.iso.datetime({ message: 'must be a time in UTC, ending in Z' });
const day = z.iso.date();
const mode = z.string().regex(/^[0-7]{6}$/);
const content = z.string().regex(/^(-|[0-9a-f]{64}|gitlink:[0-9a-f]{40,64})$/);
const path = z.union([z.string(), z.strictObject({ b64: z.string() })]);

const answer = z.strictObject({
  answer: z.enum(['yes', 'no', 'not-applicable']),
  note: z.string().optional(),
});

/** What a person signs of a change. Times are UTC; `digest` names the change, `manifest` lists its files. */
export const signoffPayload = z.strictObject({
  repository: z.string().min(1),
  target: z.string().regex(/^refs\/heads\/./),
  rule: slug,
  digest,
  policy: sha256,
  checklist: sha256.nullable(),
  person: slug,
  role: z.string().min(1),
  decision: z.enum(['approve', 'reject', 'withdraw']),
  answers: z.record(z.string(), answer),
  evidence: z.array(z.strictObject({ path: z.string().min(1), sha256: z.string().regex(hex64) })),
  manifest: z.array(z.tuple([path, mode, content, mode, content])).nullable(),
  replaces: sha256.nullable(),
  signed_at: instant,
  nonce: z.string().regex(/^[0-9a-f]{4,64}$/),
  conditions: z
    .array(z.strictObject({ text: z.string().min(1), owner: z.string().min(1), due: day }))
    .optional(),
  meets: z.array(z.strictObject({ payload: sha256, condition: z.int().min(0) })).optional(),
  vouches: z.array(z.string().min(3)).optional(),
  via: z
    .strictObject({
      forge: z.string().min(1),
      login: z.string().min(1),
      commit: z.string().regex(/^[0-9a-f]{40,64}$/),
    })
    .optional(),
});
export type SignoffPayload = z.infer<typeof signoffPayload>;

/** `forge:login` of an approval on a forge, null of one that a person's own key signed. */
export function viaOf({ via }: Pick<SignoffPayload, 'via'>): string | null {
  return via === undefined ? null : `${via.forge}:${via.login}`;
}

/** What a person signs to let a change land in an emergency. */
export const exceptionPayload = z.strictObject({
  repository: z.string().min(1),
  target: z.string().regex(/^refs\/heads\/./),
  rule: slug,
  digest,
  person: slug,
  role: z.string().min(1),
  reason: z.string().min(1),
  expires: instant,
  follow_up_by: day,
  signed_at: instant,
  nonce: z.string().regex(/^[0-9a-f]{4,64}$/),
});
export type ExceptionPayload = z.infer<typeof exceptionPayload>;

export type PayloadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

/** Reads the JSON line of a verified payload. Never called before the signature over it was verified. */
export function parsePayload<T>(schema: z.ZodType<T>, json: string): PayloadResult<T> {
  const strict = parseStrictJson(json);
  if (!strict.ok) return strict;
  const read = schema.safeParse(strict.value);
  if (read.success) return { ok: true, value: read.data };
  const [issue] = read.error.issues;
  return {
    ok: false,
    why: issue
      ? `${issue.path.map(String).join('.') || 'the payload'}: ${issue.message}`
      : 'it has another form',
  };
}
