import type { Finding } from '../finding/finding.ts';
import { feedbackSchema } from '../records/feedback.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { nearestName } from '../records/schema/nearest-name.ts';
import { quotedYaml } from '../records/yaml/write-yaml.ts';

const tests = ['channel', 'text'];

/** Tests of rules on fields that no feedback has: such a rule never matches. */
export function ruleFieldFindings(records: readonly ParsedRecord[]): readonly Finding[] {
  return records.flatMap((record) => {
    if (record.kind !== 'triage') return [];
    const fields = Object.keys(feedbackSchema.shape);
    return (record.value.rules ?? []).flatMap(({ id, when }, index) => [
      ...curlyFindings(record, when['text'], ['rules', index, 'when', 'text']),
      ...Object.keys(when).flatMap((key): readonly Finding[] => {
        const [field = ''] = key.split('.');
        if (tests.includes(key) || fields.includes(field) || field.startsWith('x-')) return [];
        const near = nearestName(field, [...tests, ...fields]);
        const fix = `${near === null ? '' : `did you mean ${near}? `}A key of your own, in rule and feedback, begins with x-`;
        return [
          {
            code: 'record/unknown-key',
            severity: 'warning',
            message: `no feedback has a field ${field}, so the rule ${id} never matches`,
            fix,
            ...record.locateKey(['rules', index, 'when', key]),
          },
        ];
      }),
    ]);
  });
}

/** Texts in the quotes of a word processor, which are letters to YAML: they are found in words alone that stand in such quotes too. */
function curlyFindings(
  record: ParsedRecord,
  value: unknown,
  path: readonly (string | number)[],
): readonly Finding[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => curlyFindings(record, item, [...path, index]));
  const text = typeof value === 'string' ? /^[“„‘‚](.+)[”“’‘]$/u.exec(value)?.[1] : undefined;
  return text === undefined
    ? []
    : [
        {
          code: 'record/curly-quotes',
          severity: 'warning',
          message: 'curly quotes are letters to YAML, so only words in such quotes are found',
          fix: `write ${quotedYaml(text)}`,
          ...record.locate(path),
        },
      ];
}
