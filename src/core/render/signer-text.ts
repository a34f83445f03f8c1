import type { CheckedRequirement } from '../gate/check-result.ts';

/** A signer; one who approved on a forge is never shown as one whose key signed. Not escaped. */
export function signerText(person: string, via: string | null | undefined): string {
  return via ? `${person} (by ${via}, weaker than a key)` : person;
}

/** Who fills a place of a rule. Not escaped. */
export function signersOf({ by, by_forge: byForge = [] }: CheckedRequirement): readonly string[] {
  return by.map((person) => signerText(person, byForge.find((one) => one.person === person)?.via));
}
