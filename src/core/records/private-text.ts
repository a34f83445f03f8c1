import * as z from 'zod';
import { anyText, sha256, text } from './field-schemas.ts';

/** A text kept outside git so that it can be erased: its id in the private store, and its salted digest. */
export const privateReference = z.strictObject({
  private: text.describe('id of the text in .countersign/private/ or in the store of the team'),
  digest: sha256.describe('salted SHA-256 of the text, 64 hex digits'),
});

/** A text in the record, or a reference to one that stays erasable. */
export const erasableText = z.union([anyText, privateReference]);

export type PrivateReference = { readonly private: string; readonly digest: string };
export type ErasableText = string | PrivateReference;

/** Whether a value of a record stands for a text that lies in the private store. */
export function isPrivate(value: unknown): value is PrivateReference {
  return privateReference.safeParse(value).success;
}
