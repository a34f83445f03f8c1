import * as z from 'zod';
import { codeAnchorSchema } from './code-anchor.ts';
import { type DeepReadonly, link, text } from './field-schemas.ts';

const artifact = z.strictObject({
  kind: z.enum(['mlflow-run', 'mlflow-model', 'dvc', 'file', 'url']).describe('what ref names'),
  ref: text.describe('run id, model name and version, path or address'),
  digest: text.optional().describe('digest of the content, with the name of its algorithm'),
});

/** What a record stands over: code, data and artifacts. */
export const trailSchema = z.strictObject({
  code: z.array(codeAnchorSchema).optional().describe('lines of code'),
  slices: z.array(link('SL')).optional().describe('ids of slices of the data'),
  artifacts: z.array(artifact).optional().describe('runs, models, data files and pages'),
});

export type Trail = DeepReadonly<z.infer<typeof trailSchema>>;
