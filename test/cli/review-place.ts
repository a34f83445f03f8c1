import { after, before } from 'node:test';
import { openWorkplace, type Ran, type Workplace } from './command-line.ts';

export const decision = `schema: countersign/decision@1
id: DR-0001
title: Lower the bar
status: proposed
owner: ada
risk: high
context: Seven people tell us that women are missed.
rollback:
  plan: |
    Set the bar back to 0.5.
    Run the scoring again.
`;

export let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('.countersign/decisions/DR-0001.yaml', decision);
  place.commit('Start', 'ada');
});

after(() => place.remove());

export function review(args: readonly string[], person = 'cy'): Ran {
  return place.countersign(['review', ...args], person);
}
