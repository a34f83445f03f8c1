import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { signoffOf } from './values.ts';
import {
  answered,
  ben,
  checklist,
  except,
  exceptionOf,
  type Given,
  owner,
  who,
} from './judged-rule.ts';

export const checklistRows: readonly {
  readonly name: string;
  readonly signoffs: readonly JudgedSignoff[];
  readonly given?: Given;
  readonly state: RequirementState;
  readonly places?: readonly string[];
  readonly more?: Partial<
    Pick<RuleVerdict, 'strangers' | 'rejectedBy' | 'unsigned' | 'lonely' | 'authorOpen'>
  >;
}[] = [
  {
    name: 'a checklist that nobody answered',
    signoffs: [owner, ben],
    given: { change: { checklist } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'a checklist that the author answered',
    signoffs: [answered, ben],
    given: { change: { checklist } },
    state: 'met',
  },
  {
    name: 'a checklist that a signer left open',
    signoffs: [owner, ben],
    given: {
      change: {
        checklist: { ...checklist, items: [{ id: 'tests', ask: '?', must: true, by: 'signer' }] },
      },
    },
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'a checklist that a signer answered with no',
    signoffs: [
      signoffOf('ada', { role: 'author' }, { id: 'sha256:a' }),
      owner,
      signoffOf('ben', { answers: { tests: { answer: 'no' } } }),
    ],
    given: {
      change: {
        checklist: { ...checklist, items: [{ id: 'tests', ask: '?', must: true, by: 'signer' }] },
      },
    },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'a checklist that nobody answered, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { checklist } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'an author whom nobody knows',
    signoffs: [owner, ben],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom the independent signer vouches',
    signoffs: [owner, signoffOf('ben', { vouches: ['M@example.org'] })],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'met',
  },
  {
    name: 'an author for whom somebody vouches whose role is not asked for',
    signoffs: [owner, ben, signoffOf('dee', { role: 'ethics', vouches: ['m@example.org'] })],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom an author vouches',
    signoffs: [signoffOf('ada', { role: 'model-owner', vouches: ['m@example.org'] }), ben],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom a forge vouches',
    signoffs: [
      owner,
      signoffOf('ben', {
        via: { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) },
        vouches: ['m@example.org'],
      }),
    ],
    given: {
      change: { authors: who(['ada'], ['m@example.org']) },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator', accept: ['forge'] }] },
    },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'two whom nobody knows, of whom one is vouched for',
    signoffs: [owner, signoffOf('ben', { vouches: ['m@example.org'] })],
    given: {
      change: { authors: who(['ada'], ['z@example.org', 'm@example.org', 'n@example.org']) },
    },
    state: 'unmet',
    more: { strangers: ['n@example.org', 'z@example.org'] },
  },
  {
    name: 'an author whom nobody knows, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'a commit that nobody signed',
    signoffs: [owner, ben],
    given: { change: { unsigned: ['x'] } },
    state: 'unmet',
    more: { unsigned: ['x'] },
  },
  {
    name: 'a commit that nobody signed, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { unsigned: ['x'] } },
    state: 'unmet',
    more: { unsigned: ['x'] },
  },
];
