import type { Report } from '../../reports/report.ts';

/** The kinds of clear changes that a report lists, the graver first. */
export type EffectKind = 'harmed' | 'helped' | 'higher' | 'lower';

export const effectHeading: Readonly<Record<EffectKind, string>> = {
  harmed: 'Harmed',
  helped: 'Helped',
  higher: 'Higher than before',
  lower: 'Lower than before',
};

/** Help and harm are told only where the evaluation states what is good for the person. */
export function effectTitle({ result }: Pick<Report, 'result'>): string {
  return result?.favourable === undefined
    ? 'What changed for whom'
    : 'Who is helped, who is harmed';
}

export function effectKinds({ result }: Pick<Report, 'result'>): readonly EffectKind[] {
  return result?.favourable === undefined
    ? ['higher', 'lower']
    : ['harmed', 'helped', 'higher', 'lower'];
}

/** By what help and harm are told apart. */
export function effectIntro({ result }: Pick<Report, 'result'>): string {
  return result?.favourable === undefined
    ? 'The evaluation does not state whether a positive or a negative prediction is good for the person (favourable), so nothing is called help or harm.'
    : `A ${result.favourable} prediction is good for the person, as the evaluation states: a higher selection rate, recall or false-positive rate is ${result.favourable === 'positive' ? 'help' : 'harm'}.`;
}

/** What is said of when the targets were set is what history shows. */
export function targetsTitle({ planned, result }: Pick<Report, 'planned' | 'result'>): string {
  return planned.before && (result?.targets.length ?? 0) > 0
    ? 'Targets, set before the measurement'
    : 'Targets';
}
