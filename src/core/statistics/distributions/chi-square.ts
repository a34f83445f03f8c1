import { upperGamma } from './incomplete-gamma.ts';

/**
 * Chance that a chi-square variable exceeds x: the p-value of a chi-square test.
 *
 * @param df degrees of freedom, above 0
 * @see NIST Digital Library of Mathematical Functions, 8.2.4
 * @example chiSquareUpper(3.84, 1) // 0.0500435…
 */
export function chiSquareUpper(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}
