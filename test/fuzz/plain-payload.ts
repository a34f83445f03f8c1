import {
  day,
  either,
  flag,
  type Form,
  instant,
  letters,
  listOf,
  mapOf,
  nothing,
  object,
  oneOf,
  row,
  text,
  whole,
} from './plain-forms.ts';

const hex = letters(/[0-9a-f]{64}/);
const sha256 = letters(/sha256:[0-9a-f]{64}/);
const digest = letters(/v1:[0-9a-f]{64}/);
const target = letters(/refs\/heads\/[^]+/);
const name: Form = (value) =>
  text(value) && (value as string).length <= 200 && !/[/\\\0]/.test(value as string);
const nonce = letters(/[0-9a-f]{4,64}/);
const anyText: Form = (value) => typeof value === 'string';
const mode = letters(/[0-7]{6}/);
const content = letters(/-|[0-9a-f]{64}|gitlink:[0-9a-f]{40,64}/);
const path = either(anyText, object({ b64: anyText }));
const longText: Form = (value) => anyText(value) && (value as string).length >= 3;

/** What is signed of a change, field by field as its page says. */
export const isSignoff = object(
  {
    repository: text,
    target,
    rule: name,
    digest,
    policy: sha256,
    checklist: either(nothing, sha256),
    person: name,
    role: text,
    decision: oneOf('approve', 'reject', 'withdraw'),
    answers: mapOf(
      anyText,
      object({ answer: oneOf('yes', 'no', 'not-applicable') }, { note: anyText }),
    ),
    evidence: listOf(object({ path: text, sha256: hex })),
    manifest: either(nothing, listOf(row(path, mode, content, mode, content))),
    replaces: either(nothing, sha256),
    signed_at: instant,
    nonce,
  },
  {
    conditions: listOf(object({ text, owner: text, due: day })),
    meets: listOf(object({ payload: sha256, condition: whole(0) })),
    vouches: listOf(longText),
    via: object({ forge: text, login: text, commit: letters(/[0-9a-f]{40,64}/) }),
  },
);

/** What is signed of an exception. */
export const isException = object({
  repository: text,
  target,
  rule: name,
  digest,
  person: name,
  role: text,
  reason: text,
  expires: instant,
  follow_up_by: day,
  signed_at: instant,
  nonce,
});

/** A checklist as a file says it; keys that nobody knows are told of and let be. */
export function isChecklist(value: unknown): boolean {
  const slug = letters(/[A-Za-z0-9][A-Za-z0-9_-]{0,63}/);
  const item = object(
    { id: slug, ask: text, must: flag, by: oneOf('author', 'signer', 'both') },
    { roles: listOf(slug, 1), evidence: text },
    () => true,
  );
  if (
    !object(
      { schema: oneOf('countersign/checklist@1'), name: slug, items: listOf(item, 1) },
      {},
      () => true,
    )(value)
  )
    return false;
  const { name: own, items } = value as {
    readonly name: string;
    readonly items: readonly { readonly id: string }[];
  };
  return own === 'model-change' && new Set(items.map(({ id }) => id)).size === items.length;
}
