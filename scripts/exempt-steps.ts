/** A printed step that no test can run as it stands, and why. */
export type ExemptStep = { readonly template: RegExp; readonly why: string };

/** Kept small: a step that can be run does not stand here, and a row that no step meets any more fails the whole run. */
export const exemptSteps: readonly ExemptStep[] = [
  {
    template: /^change\/unstaged run: git add/,
    why: 'what is staged is judged with the rest, and may ask for signatures of its own',
  },
];
