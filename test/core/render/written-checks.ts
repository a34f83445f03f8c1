import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import { type CheckFormat, checkWriters } from '../../../src/core/render/check/check-writers.ts';
import { failing, hostile, passing } from './checks.ts';

export const results: Readonly<Record<string, CheckResult>> = { passing, failing, hostile };
export const write = (format: CheckFormat, result: CheckResult): string =>
  `${checkWriters[format](result, '0.0.0')}\n`;

export const [met] = passing.rules;
export const [open] = failing.rules;

type Sarif = {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly level: string;
        readonly ruleId: string;
        readonly ruleIndex: number;
      }[];
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    },
  ];
};
export const sarif = (result: CheckResult): Sarif => JSON.parse(write('sarif', result)) as Sarif;
