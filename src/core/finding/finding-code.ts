import { changeCodes } from './change-codes.ts';
import type { CodeSeverity } from './code-severity.ts';
import { placeCodes } from './place-codes.ts';
import { policyCodes } from './policy-codes.ts';
import { recordCodes } from './record-codes.ts';
import type { RefusalCode } from './refusal-code.ts';
import { signoffCodes } from './signoff-codes.ts';

/** The codes of findings, each with its severity; `docs/findings.md` has a section for each. */
export const findingCodes = {
  ...recordCodes,
  ...policyCodes,
  ...changeCodes,
  ...signoffCodes,
  ...placeCodes,
} as const satisfies Readonly<Record<string, CodeSeverity>>;

/** A stable slug, `area/what`: what is found, or why a question could not be answered, which a check tells as its one finding. */
export type FindingCode = keyof typeof findingCodes | RefusalCode;
