import type { Case } from '../gate/kit/cases.ts';

/** Cases of the gate that files declared while they were loaded. Stands in for `test/gate/kit/cases.ts`. */
export const collectedCases: (Case & { readonly about: string })[] = [];

export function playCases(about: string, cases: readonly Case[]): void {
  collectedCases.push(...cases.map((one) => ({ ...one, about })));
}
