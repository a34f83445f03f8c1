/** Records that are deleted while others rest on them: people's words must not go without a word. */
import { playCases } from './kit/cases.ts';
import type { ModelRepo } from './kit/model-repo.ts';

const words = '.countersign/feedback/FB-0001.yaml';
const decision = '.countersign/decisions/DR-0001.yaml';
const feedback =
  'schema: countersign/feedback@1\nid: FB-0001\ntitle: My wage is rated too low\nbody: They rated me below my trainee.\nchannel: survey\nreceived_at: 2026-10-01T08:00:00+02:00\nstatus: new\n';
const decided = (list: string): string =>
  `schema: countersign/decision@1\nid: DR-0001\ntitle: Rate wages again\nstatus: accepted\nowner: ada\nrisk: low\ndecision: do it\n${list}`;
const files = { [words]: feedback, [decision]: decided('feedback: [FB-0001]\n') };

const deleting =
  (paths: readonly string[], more: (repo: ModelRepo) => void = () => {}) =>
  async (repo: ModelRepo): Promise<void> => {
    await repo.git('rm', '--quiet', ...paths);
    more(repo);
    await repo.commit('Tidy', 'ada');
  };

playCases('a record that is deleted', [
  {
    name: 'that a decision rests on',
    want: ['fail', 'record/lost'],
    begin: { files },
    play: deleting([words]),
    byCommand: true,
  },
  {
    name: 'with the decision that rests on it',
    want: 'pass',
    begin: { files },
    play: deleting([words, decision]),
  },
  {
    name: 'and taken out of the decision that rested on it',
    want: 'pass',
    begin: { files },
    play: deleting([words], (repo) => repo.write(decision, decided(''))),
  },
  {
    name: 'that a decision names by an escape',
    want: ['fail', 'record/lost'],
    begin: { files: { ...files, [decision]: decided('feedback: ["FB-\\x30001"]\n') } },
    play: deleting([words]),
  },
  {
    name: 'that a decision names which comes with the same change',
    want: ['fail', 'record/lost'],
    begin: { files: { [words]: feedback } },
    play: deleting([words], (repo) => repo.write(decision, decided('feedback: [FB-0001]\n'))),
  },
  {
    name: 'by one side of a merge, and named by the other',
    want: ['fail', 'record/lost'],
    begin: { files: { [words]: feedback } },
    play: async (repo) => {
      await deleting([words])(repo);
      await repo.git('switch', '--quiet', 'main');
      repo.write(decision, decided('feedback: [FB-0001]\n'));
      await repo.commit('Decide', 'eve');
      await repo.git('switch', '--quiet', 'change');
    },
  },
]);
