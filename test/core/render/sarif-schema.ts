/** The schema that OASIS publishes, byte for byte; `sarif/NOTICE.md` says whence. It is draft 4, of which draft 7 knows all that it uses but the name of its `id`. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const published = new URL('sarif/sarif-2.1.0-rtm.5.json', import.meta.url);

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const {
  id: _,
  $schema: __,
  ...rules
} = JSON.parse(readFileSync(published, 'utf8')) as {
  readonly [key: string]: unknown;
};
const validate = ajv.compile(rules);

/** What the published schema of SARIF 2.1.0 finds wrong with a log; empty where it is valid. */
export function sarifProblems(log: unknown): readonly string[] {
  return validate(log)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
