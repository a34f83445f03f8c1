import { HardwareKey } from '../kit/hardware-key.ts';
import type { Dice } from './dice.ts';
import type { World } from './world.ts';

/** Keys that know when somebody touches them. */
const hardware: Readonly<Record<string, HardwareKey>> = {
  ben: new HardwareKey(),
  cy: new HardwareKey(),
};

/** Lines of allowed_signers for the hardware of some people. */
export function hardwareLines({ presence }: World, people: readonly string[]): string {
  return presence
    ? people.map((who) => hardware[who]?.line(`${who}@example.org`) ?? '').join('')
    : '';
}

/** Somebody signs by hardware instead, and touches it or does not; undefined where they have none, or take their other key. */
export function byHardware(
  { presence }: World,
  dice: Dice,
  who: string,
): ((text: string) => string) | undefined {
  const key = hardware[who];
  if (!presence || key === undefined || dice.often(25)) return undefined;
  const flags = dice.one([1, 5, 5, 5, 0, 4]);
  return (text) => {
    const [head = '', json = ''] = text
      .split('\n')
      .slice(2, 4)
      .map((line) => line.slice(2));
    const armoured = key
      .sign(`${head}\n${json}\n`, flags)
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`))
      .join('\n');
    return text.replace(/signature: \|\n[^]*$/, `signature: |\n${armoured}`);
  };
}
