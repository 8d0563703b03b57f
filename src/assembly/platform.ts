import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createPlatformClient } from '../platform/client.ts';
import { type Sandbox, startSandbox } from '../platform/sandbox/server.ts';
import type { Secrets } from '../secrets.ts';
import type { Running } from './running.ts';

/** 卡盟金服's API; without one configured, the sandbox in this process stands in. */
export async function startPlatform(config: Config, secrets: Secrets, log: Logger, running: Running) {
  let { platform } = config;
  let sandbox: Sandbox | undefined;
  if (!platform) {
    const token = secrets.sandboxToken;
    const started = await startSandbox({ token, stateFile: join(config.dataDir, 'sandbox.json'), log });
    running.onStop(() => started.close());
    platform = { url: started.url, token };
    sandbox = started;
  }
  const client = createPlatformClient({ baseUrl: platform.url, token: platform.token, log });
  running.onStop(() => client.close());
  return { client, sandbox };
}
