import type { NarrowingWords } from './report/narrowing.ts';
import type { Report } from '../reports/report.ts';

/**
 * What the report page and the program around it say to each other: whole snapshots, told apart by `kind`.
 * Every text may come from a repository and is shown as text.
 */

/** Words of the page's own controls, in the language of the editor. */
export type ReportWords = Readonly<
  Record<'run' | 'runAgain' | 'cancel' | 'running' | 'openRecord' | 'openResult', string>
> &
  NarrowingWords;

export type ToReportPage =
  /** `runnable`: whether something may run here. */
  | {
      readonly kind: 'report';
      readonly words: ReportWords;
      readonly report: Report;
      readonly runnable: boolean;
    }
  /** `fraction` is null while nobody knows how far it is. */
  | { readonly kind: 'running'; readonly fraction: number | null }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string | null };

export type FromReportPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'openRecord'; readonly id: string }
  | { readonly kind: 'openFile'; readonly path: string }
  | { readonly kind: 'run' }
  | { readonly kind: 'cancel' };
