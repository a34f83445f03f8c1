/**
 * How bad what a code names is. `varies`: it goes by where it is met, as a rule an error where something lands and a warning on
 * the way there. `refusal`: the question cannot be judged at all (exit code 2).
 */
export type CodeSeverity = 'error' | 'warning' | 'info' | 'varies' | 'refusal';
