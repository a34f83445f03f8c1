import type { Decision } from '../../../src/core/records/decision.ts';
import { type DecisionFacts, decisionFacts } from '../../../src/core/gate/decision-facts.ts';
import type { EvidenceContext } from '../../../src/core/gate/evidence-context.ts';
import type { GatePolicy } from '../../../src/core/gate/gate-policy.ts';
import type { AuthenticSignoff } from '../../../src/core/gate/standing.ts';
import type { ChangeEntry } from '../../../src/core/gate/change-digest.ts';
import type { CheckedRule, CheckResult } from '../../../src/core/gate/check-result.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';

/** 64 hex digits of one. */
export const hex = (digit: string): string => digit.repeat(64);
export const digest = `v1:${hex('d')}`;

/** What somebody signed; an approval as validator of the usual rule, where nothing else is said. */
export function payloadOf(person: string, more: Partial<SignoffPayload> = {}): SignoffPayload {
  return {
    repository: 'wage-model',
    target: 'refs/heads/main',
    rule: 'model-change',
    digest,
    policy: `sha256:${hex('1')}`,
    checklist: null,
    person,
    role: 'validator',
    decision: 'approve',
    answers: {},
    evidence: [],
    manifest: [],
    replaces: null,
    signed_at: '2026-11-23T06:00:00Z',
    nonce: '00ff',
    ...more,
  };
}

/** A sign-off that was judged; valid and brought by the change, where nothing else is said. Its id is made of the person's name. */
export function signoffOf(
  person: string,
  payload: Partial<SignoffPayload> = {},
  more: Partial<Omit<AuthenticSignoff, 'payload'>> = {},
): AuthenticSignoff {
  return {
    file: `.countersign/signoffs/model-change/${person}.yaml`,
    state: 'valid',
    payload: payloadOf(person, payload),
    id: `sha256:${person}`,
    proof: {
      kind: 'proven',
      state: 'valid',
      principal: `${person}@example.org`,
      key: `SHA256:${person}`,
      touched: false,
      verified: false,
      why: '',
    },
    because: null,
    moved: [],
    landed: false,
    settled: false,
    findings: [],
    ...more,
  };
}

/** A rule as a check shows it; met, where nothing else is said. */
export function checkedRule(more: Partial<CheckedRule> = {}): CheckedRule {
  return {
    id: 'model-change',
    digest,
    files: ['model/score.py'],
    risk: 'critical',
    authors: ['ada'],
    requirements: [],
    checklist: null,
    evidence: [],
    state: 'met',
    ...more,
  };
}

/** A check; passing and of nothing, where nothing else is said. */
export function checkResult(more: Partial<CheckResult> = {}): CheckResult {
  return {
    schema: 'countersign/check@1',
    verdict: 'pass',
    exit: 0,
    stage: 'all',
    tip: hex('a'),
    head: hex('b'),
    lands: hex('c'),
    target: 'refs/heads/main',
    policy: null,
    authors: [],
    rules: [],
    signoffs: [],
    exceptions: [],
    conditions: [],
    ungoverned: 0,
    examined: { entries: 1, commits: 1, records: 0, signoffs: 0, skipped: 0 },
    findings: [],
    next: null,
    ...more,
  };
}

/** A changed file by its path. */
export function entryOf(path: string, more: Partial<ChangeEntry> = {}): ChangeEntry {
  return {
    path: pathFromText(path),
    oldMode: '100644',
    old: hex('0'),
    newMode: '100644',
    new: hex('1'),
    ...more,
  };
}

/** The usual policy: ada owns, ben and cy validate, eve may except; who they are for the gate alone. */
export function gatePolicy(more: Partial<GatePolicy> = {}): GatePolicy {
  const person = (name: string): GatePolicy['people'][string] => ({
    name,
    emails: [`${name}@example.org`],
    principals: [`${name}@example.org`],
  });
  return {
    schema: 'countersign/policy@1',
    repository: 'wage-model',
    targets: ['main', 'release/*'],
    people: {
      ada: person('ada'),
      ben: person('ben'),
      cy: person('cy'),
      dee: person('dee'),
      eve: person('eve'),
    },
    agents: ['*[bot]@*'],
    platforms: ['noreply@github.com'],
    roles: {
      'model-owner': ['ada'],
      validator: ['ben', 'cy'],
      ethics: ['dee'],
      'policy-admin': ['eve'],
    },
    rules: [],
    exceptions: { role: 'policy-admin', max_days: 3, follow_up_days: 10 },
    ...more,
  };
}

/** A decision that stands over `model/**`; accepted and of low risk, where nothing else is said. */
export function decisionOf(
  id: string,
  more: Partial<Decision> = {},
  sha256 = hex('a'),
): DecisionFacts {
  return decisionFacts(`.countersign/decisions/${id}.yaml`, sha256, {
    schema: 'countersign/decision@1',
    id,
    title: 't',
    status: 'accepted',
    owner: 'ada',
    risk: 'low',
    governs: ['model/**'],
    ...more,
  });
}

/** What evidence is judged by: one changed file, and Ben's approval that lists what `cites` names. */
export function evidenceContext(
  more: Partial<EvidenceContext> = {},
  cites: readonly { readonly path: string; readonly sha256: string }[] = [],
): EvidenceContext {
  return {
    rule: 'model-change',
    policy: gatePolicy(),
    files: ['model/score.py'],
    decisions: [],
    decisionsAtTip: [],
    results: [],
    recomputes: false,
    feedback: [],
    threads: [],
    landing: () => null,
    governed: hex('9'),
    citing: [signoffOf('ben', { evidence: cites.map(({ path, sha256 }) => ({ path, sha256 })) })],
    now: new Date('2026-11-24T06:00:00Z'),
    ...more,
  };
}
