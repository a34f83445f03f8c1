import type { CheckResult } from '../../gate/check-result.ts';
import { checkText } from '../check-text.ts';
import { jsonText } from '../json-text.ts';
import { checkMarkdown } from './check-markdown.ts';
import { codeQuality } from './code-quality.ts';
import { githubAnnotations } from './github-annotations.ts';
import { junitXml } from './junit-xml.ts';
import { sarifLog } from './sarif-log.ts';

/** Every form in which a check is written, by its name on the command line. None ends with a line feed. */
export const checkWriters = {
  text: checkText,
  json: jsonText,
  sarif: sarifLog,
  github: githubAnnotations,
  gitlab: codeQuality,
  markdown: (result) => checkMarkdown(result),
  junit: junitXml,
} as const satisfies Readonly<Record<string, (result: CheckResult, version: string) => string>>;

export type CheckFormat = keyof typeof checkWriters;

export function isCheckFormat(name: string): name is CheckFormat {
  return Object.hasOwn(checkWriters, name);
}
