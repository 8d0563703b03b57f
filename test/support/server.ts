import { type ProductServer, STOP_MS, startServer } from './product-server.ts';

export { buildProduct, type ProductServer, plainEnvironment, startServer } from './product-server.ts';

let shared: Promise<ProductServer> | undefined;

/** One server for all files that leave it running; every test takes a conversation or customer of its own. */
export function sharedServer(): Promise<ProductServer> {
  shared ??= startServer();
  return shared;
}

after(async function stopSharedServer() {
  this.timeout(STOP_MS + 5000);
  await (await shared)?.stop();
});
