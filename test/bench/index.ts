/** `npm run bench`: figures of the built product. Parts can be named: `npm run bench -- turns`. */
import type { Figure } from './figure.ts';
import { bench as turns } from './turns.ts';
import { bench as understanding } from './understanding.ts';

const PARTS: Record<string, () => Promise<Figure[]>> = { turns, understanding };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}

function print({ name, figure, unit, goal }: Figure): void {
  const value = figure.toLocaleString('en', { maximumFractionDigits: figure < 10 ? 3 : 1 });
  const verdict =
    goal === undefined ? '' : `  (goal ≤ ${goal.toLocaleString('en')}${figure <= goal ? '' : ': missed'})`;
  console.log(`${name.padEnd(48)} ${value.padStart(10)} ${unit}${verdict}`);
}

for (const [name, bench] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n— ${name}`);
  for (const figure of await bench()) print(figure);
}
