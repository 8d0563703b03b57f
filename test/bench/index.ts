/** `npm run bench`: figures of the built product. Parts can be named: `npm run bench -- turns`. */
import { type Figure, print } from './figure.ts';

const PARTS: Record<string, () => Promise<{ bench(): Promise<Figure[]> }>> = {
  turns: () => import('./turns.ts'),
  understanding: () => import('./understanding.ts'),
  store: () => import('./store.ts'),
  http: () => import('./http.ts'),
  sockets: () => import('./sockets.ts'),
  desk: () => import('./desk.ts'),
  claims: () => import('./claims.ts'),
  console: () => import('./console.ts'),
  webhook: () => import('./webhook.ts'),
  messaging: () => import('./messaging.ts'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}

for (const [name, load] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n— ${name}`);
  const { bench } = await load();
  for (const figure of await bench()) print(figure);
}
