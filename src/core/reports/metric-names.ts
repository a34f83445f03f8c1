import { rates } from '../statistics/confusion.ts';
import { scoreMetrics } from '../statistics/scores/score-estimates.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { measureWords, metricWords } from './report-words.ts';

/** Names that a target may give its metric in this version, with what each means in words. */
export function metricNames(): readonly { readonly name: string; readonly words: string }[] {
  return [
    ...rates.map((name) => ({ name, words: metricWords[name] ?? name })),
    ...scoreMetrics.map((name) => ({ name, words: metricWords[name] ?? name })),
    ...Object.keys(disparityForms).map((name) => ({ name, words: measureWords(name) })),
    ...rates.flatMap((rate) =>
      ['difference', 'ratio'].map((form) => ({
        name: `${rate}_reference_${form}`,
        words: measureWords(`${rate}_reference_${form}`),
      })),
    ),
    {
      name: 'flip_rate',
      words: 'share of rows whose prediction differs between baseline and candidate',
    },
    { name: 'consistency', words: 'share of rows whose prediction is the same on both sides' },
  ];
}
