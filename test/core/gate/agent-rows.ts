import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { signoffOf } from './values.ts';
import {
  ben,
  cy,
  demanding,
  except,
  exceptionOf,
  type Given,
  lists,
  owner,
  who,
} from './judged-rule.ts';

export const agentRows: readonly {
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
    name: 'an agent wrote it, and two persons looked',
    signoffs: [owner, ben],
    given: { change: { authors: who([], [], ['a[bot]@x']) } },
    state: 'met',
  },
  {
    name: 'an agent wrote it, and one person looked',
    signoffs: [ben],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true },
  },
  {
    name: 'an agent wrote it, one person was asked for, and two looked',
    signoffs: [ben, cy],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'an agent wrote it, one person looked, and another in a role that is not asked for',
    signoffs: [ben, signoffOf('dee', { role: 'ethics' })],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true },
  },
  {
    name: 'an agent wrote it, and nobody looked',
    signoffs: [],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: false },
  },
  {
    name: 'an agent wrote it, one person looked, and an exception',
    signoffs: [ben],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
      ...except(exceptionOf('eve')),
    },
    state: 'excepted',
    more: { lonely: true },
  },
  {
    name: 'somebody who is vouched for wrote it: that is a person',
    signoffs: [signoffOf('ben', { vouches: ['m@example.org'] })],
    given: {
      change: { authors: who([], ['m@example.org']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'somebody whom nobody knows wrote it',
    signoffs: [ben],
    given: {
      change: { authors: who([], ['m@example.org']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true, strangers: ['m@example.org'] },
  },
  {
    name: 'evidence that is not there',
    signoffs: [owner, ben],
    given: { rule: { evidence: [{ kind: 'decision' }] } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'evidence that is not there, and an exception',
    signoffs: [owner, ben],
    given: { rule: { evidence: [{ kind: 'decision' }] }, ...except(exceptionOf('eve')) },
    state: 'excepted',
    more: { authorOpen: true },
  },
  {
    name: 'evidence that nobody listed',
    signoffs: [owner, ben],
    given: demanding,
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'evidence that the independent signer listed',
    signoffs: [owner, signoffOf('ben', lists)],
    given: demanding,
    state: 'met',
  },
  {
    name: 'evidence that the author alone listed',
    signoffs: [signoffOf('ada', { role: 'model-owner', ...lists }), ben],
    given: demanding,
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'evidence that one of two independent signers listed',
    signoffs: [signoffOf('ben', lists), cy],
    given: {
      ...demanding,
      rule: { ...demanding.rule, require: [{ role: 'validator', count: 2 }] },
    },
    state: 'unmet',
  },
  {
    name: 'evidence of a rule that asks for no independence, listed by who is independent and not by its author',
    signoffs: [owner, signoffOf('ben', lists)],
    given: {
      ...demanding,
      rule: { ...demanding.rule, require: [{ role: 'model-owner' }, { role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'evidence of a rule that asks for no independence, listed by its author',
    signoffs: [signoffOf('ada', { role: 'model-owner', ...lists })],
    given: { ...demanding, rule: { ...demanding.rule, require: [{ role: 'model-owner' }] } },
    state: 'met',
  },
];
