import * as z from 'zod';
import { anyText, sha256, text } from './field-schemas.ts';

/** A text kept outside git so that it can be erased: its id in the private store, and its salted digest. */
export const privateReference = z.strictObject({
  private: text.describe('id of the text in .countersign/private/ or in the store of the team'),
  digest: sha256.describe('salted SHA-256 of the text, 64 hex digits'),
});

/** A text in the record, or a reference to one that stays erasable. */
export const erasableText = z.union([anyText, privateReference]);
