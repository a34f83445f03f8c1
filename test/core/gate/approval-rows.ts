import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { gatePolicy, signoffOf } from './values.ts';
import { ben, cy, except, exceptionOf, type Given, owner, two, who } from './judged-rule.ts';

export const rows: readonly {
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
    name: 'both signed',
    signoffs: [owner, ben],
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'nobody signed',
    signoffs: [],
    state: 'unmet',
    places: ['model-owner  unmet; ada', 'validator  unmet; ben,cy'],
  },
  {
    name: 'one signed',
    signoffs: [owner],
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; ben,cy'],
  },
  {
    name: 'one person in two roles fills one place',
    signoffs: [owner, signoffOf('ada', { role: 'validator' }, { id: 'sha256:ada2' })],
    given: {
      context: {
        policy: gatePolicy({ roles: { 'model-owner': ['ada'], validator: ['ada', 'ben'] } }),
      },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator' }] },
    },
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; ben'],
  },
  {
    name: 'an author is not independent',
    signoffs: [owner, ben],
    given: { change: { authors: who(['ada', 'ben']) } },
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; cy'],
  },
  {
    name: 'an author fills a place that asks for no independence',
    signoffs: [owner, ben],
    given: {
      change: { authors: who(['ben']) },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator', independent: false }] },
    },
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'two are asked for, and one came',
    signoffs: [ben],
    given: { rule: { require: [{ role: 'validator', count: 2 }] } },
    state: 'unmet',
    places: ['validator ben unmet; cy'],
  },
  {
    name: 'two are asked for, and two came',
    signoffs: [cy, ben],
    given: { rule: { require: [{ role: 'validator', count: 2 }] } },
    state: 'met',
    places: ['validator ben,cy met'],
  },
  {
    name: 'a rule that asks nobody',
    signoffs: [],
    given: { rule: { require: [] } },
    state: 'met',
    places: [],
  },
  {
    name: 'a reject beside approvals',
    signoffs: [owner, ben, signoffOf('cy', { decision: 'reject' })],
    state: 'rejected',
    places: ['model-owner ada rejected', 'validator ben rejected'],
    more: { rejectedBy: ['cy'] },
  },
  {
    name: 'a reject before an exception',
    signoffs: [signoffOf('cy', { decision: 'reject' })],
    given: except(exceptionOf('eve')),
    state: 'rejected',
    places: ['model-owner  rejected; ada', 'validator  rejected; ben,cy'],
    more: { rejectedBy: ['cy'] },
  },
  {
    name: 'an exception',
    signoffs: [],
    given: except(exceptionOf('eve')),
    state: 'excepted',
    places: ['model-owner  excepted; ada', 'validator  excepted; ben,cy'],
  },
  {
    name: 'an exception that is not needed',
    signoffs: [owner, ben],
    given: except(exceptionOf('eve')),
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'an exception that is stale',
    signoffs: [],
    given: except(exceptionOf('eve', { state: 'stale' })),
    state: 'unmet',
  },
  {
    name: 'an exception that landed before',
    signoffs: [],
    given: except(exceptionOf('eve', { landed: true })),
    state: 'unmet',
  },
  {
    name: 'an exception for another rule',
    signoffs: [],
    given: except(exceptionOf('eve', {}, { rule: 'docs' })),
    state: 'unmet',
  },
  {
    name: 'an exception of an author',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { authors: who(['eve']) } },
    state: 'unmet',
  },
  {
    name: 'an exception for a built-in rule',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { builtIn: true } },
    state: 'unmet',
  },
  {
    name: 'one exception of two',
    signoffs: [],
    given: { context: { exceptions: [exceptionOf('eve')], policy: gatePolicy(two) } },
    state: 'unmet',
  },
  {
    name: 'two exceptions of one person',
    signoffs: [],
    given: {
      context: {
        exceptions: [exceptionOf('eve'), exceptionOf('eve', { file: 'EX-2' })],
        policy: gatePolicy(two),
      },
    },
    state: 'unmet',
  },
  {
    name: 'two exceptions',
    signoffs: [],
    given: {
      context: { exceptions: [exceptionOf('eve'), exceptionOf('fay')], policy: gatePolicy(two) },
    },
    state: 'excepted',
  },
];
