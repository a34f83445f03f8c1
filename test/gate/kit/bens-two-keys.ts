import { signerLines } from './keys.ts';
import { people, policyValue } from './policy.ts';

export const bensTwoKeys = async () => ({
  signers:
    (await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay'])) +
    (await signerLines(['ben2'])).replace('ben2@', 'ben.second@'),
  policy: policyValue({
    people: {
      ...people,
      ben: { ...people.ben, principals: ['ben@example.org', 'ben.second@example.org'] },
    },
  }),
});
