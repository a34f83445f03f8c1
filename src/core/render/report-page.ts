import * as z from 'zod';
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

const text = z.string();

/** What the page asks; what is none of these is refused where it comes in. */
const fromReportPage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }).readonly(),
  z.object({ kind: z.literal('openRecord'), id: text }).readonly(),
  z.object({ kind: z.literal('openFile'), path: text }).readonly(),
  z.object({ kind: z.literal('run') }).readonly(),
  z.object({ kind: z.literal('cancel') }).readonly(),
]);

export type FromReportPage = z.infer<typeof fromReportPage>;

/** What the page said; null where it is no message of this page. */
export function readFromReportPage(message: unknown): FromReportPage | null {
  return fromReportPage.safeParse(message).data ?? null;
}
