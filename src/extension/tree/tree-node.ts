import type { Command, Uri } from 'vscode';

/** One row of a view, as data. Texts may come from records: they are shown as plain text, on one line. */
export type TreeNode = {
  /** The same for the same thing after every refresh, so that selection and expansion survive. Unique in its view. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly tooltip?: string | undefined;
  /** Codicon. */
  readonly icon?: string | undefined;
  /** Colour of the icon, never the only sign of a state. */
  readonly color?: string | undefined;
  /** `contextValue`: chooses the row's menu. */
  readonly context?: string | undefined;
  /** The whole row in words, for a screen reader; label and description where absent. */
  readonly spoken?: string | undefined;
  readonly command?: Command | undefined;
  /** The record behind the row. */
  readonly record?: { readonly id: string; readonly path: string } | undefined;
  /** The file behind the row. */
  readonly resource?: Uri | undefined;
  /** People whom a word about it goes to. */
  readonly ask?: readonly string[] | undefined;
  /** Commits whose change it is about, where it is not what is staged. */
  readonly range?: { readonly from: string; readonly to: string } | undefined;
  /** A condition of an earlier approval. */
  readonly promise?: { readonly rule: string; readonly text: string } | undefined;
  /** What to do next, as a person would type it. */
  readonly nextStep?: string | undefined;
  readonly children?: readonly TreeNode[] | undefined;
  readonly expanded?: boolean | undefined;
};
