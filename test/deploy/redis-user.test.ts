import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createClient } from 'redis';
import { openConnection } from '../../src/conversation/redis/connection.ts';
import {
  parseClusterNodes,
  type RedisSettings,
  redisAt,
  redisSettings,
} from '../../src/conversation/redis/settings.ts';
import { createRedisMemory } from '../../src/conversation/redis/shared-memory.ts';
import { createRedisStore } from '../../src/conversation/redis/store.ts';
import { silent } from '../../src/domain/log.ts';
import { fromRoot } from '../../src/root.ts';
import { eventually } from '../support/eventually.ts';
import { startCluster } from '../support/redis.ts';
import { freePort } from '../support/redis-process.ts';
import { describeStoreContract } from '../support/store-contract.ts';
import { textOf } from './files.ts';

const READY_MS = 60_000;
const PASSWORDS = {
  REDIS_PASSWORD: randomBytes(16).toString('hex'),
  REDIS_OPERATOR_PASSWORD: randomBytes(16).toString('hex'),
};

async function ask(url: string, ...command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}

/** What Redis has refused, as `command` or `key: name`. 7.2 also lists the client's attempt to tell its name. */
async function refusals(url: string): Promise<string[]> {
  const log = (await ask(url, 'ACL', 'LOG')) as unknown[][];
  const field = (entry: unknown[], name: string) => String(entry[entry.indexOf(name) + 1]);
  return log
    .map((entry) => `${field(entry, 'reason')}: ${field(entry, 'object')}`)
    .filter((refused) => refused !== 'command: client|setinfo');
}

interface Started {
  /** As the product's user, as the operator and as nobody. */
  url: string;
  operatorUrl: string;
  anonymousUrl: string;
  /** Ends it as a container's stop does. */
  stop(): Promise<number | null>;
}

/** Runs deploy/redis/start.sh with the settings beside it; only place and port are the test's. */
async function startAsDeployed(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'unbind-redis-deploy-'));
  mkdirSync(join(folder, 'run'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1'];
  const server: ChildProcess = spawn(fromRoot('deploy', 'redis', 'start.sh'), args, {
    env: {
      PATH: process.env.PATH,
      ...PASSWORDS,
      REDIS_SETTINGS: fromRoot('deploy', 'redis'),
      REDIS_RUN: join(folder, 'run'),
      REDIS_DATA: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2000);
    });
  }
  const cleanUp = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', cleanUp);
  const urlOf = (who: string) => `redis://${who}127.0.0.1:${port}`;
  const operatorUrl = urlOf(`operator:${PASSWORDS.REDIS_OPERATOR_PASSWORD}@`);
  await eventually(async () => {
    if (server.exitCode === null) await ask(operatorUrl, 'PING');
  }, READY_MS);
  if (server.exitCode !== null) throw new Error(`Redis did not start:\n${output}`);
  return {
    url: urlOf(`unbind:${PASSWORDS.REDIS_PASSWORD}@`),
    operatorUrl,
    anonymousUrl: urlOf(''),
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      process.off('exit', cleanUp);
      cleanUp();
      return server.exitCode;
    },
  };
}

async function shareMemory(settings: RedisSettings): Promise<void> {
  const connection = await openConnection({ settings, log: silent, purpose: 'test' });
  try {
    const memory = createRedisMemory({ connection });
    await memory.put('ticket', 'value', 60);
    expect(await memory.take('ticket')).to.equal('value');
    expect((await memory.hit('user', 1, 60_000)).count).to.equal(1);
  } finally {
    await connection.close();
  }
}

describeStoreContract('Redis as deploy/redis/start.sh runs it', async (clock) => {
  const server = await startAsDeployed();
  const store = await createRedisStore({ redis: redisAt(server.url), clock, log: silent });
  return {
    store,
    async close() {
      await store.close();
      expect(await refusals(server.operatorUrl)).to.deep.equal([]);
      expect(await server.stop()).to.equal(0);
    },
  };
});

describe('the product’s Redis user', function withServer() {
  this.timeout(READY_MS * 2);

  it('may share memory, and nothing that it does is refused', async () => {
    const server = await startAsDeployed();
    await shareMemory(redisAt(server.url));
    expect(await refusals(server.operatorUrl)).to.deep.equal([]);
    await server.stop();
  });

  it('may do in a Cluster with replicas whatever the store does', async () => {
    const rules = textOf('redis', 'unbind.acl').replaceAll('\n', ' ');
    const cluster = await startCluster({
      settings: { user: `unbind on >${PASSWORDS.REDIS_PASSWORD} ${rules}` },
    });
    const place = parseClusterNodes(
      cluster.nodes
        .split(',')
        .map((node) => `redis://unbind:${PASSWORDS.REDIS_PASSWORD}@${node}`)
        .join(','),
    );
    if (!place) throw new Error('not the nodes of a Cluster');
    const settings = redisSettings(place);
    expect(settings.waitReplicas).to.equal(1);
    const store = await createRedisStore({ redis: settings, log: silent });
    const heard: string[] = [];
    await store.onOffer((id) => heard.push(id));
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await store.open({ id, channel: 'directline', userId: 'dl_1', locale: 'zh-CN' });
      const end = await store.subscribe(id, () => heard.push(`${id} grew`));
      const message = {
        origin: 'customer',
        activity: { type: 'message', text: '你好' },
        dedupeKey: 'k',
      } as const;
      const accepted = await store.accept(id, message, 10_000);
      if (accepted.kind !== 'accepted' || !accepted.claim) throw new Error(accepted.kind);
      await store.commit(accepted.claim, {
        seq: 1,
        state: {},
        mode: 'bot',
        replies: [{ type: 'message', text: '好' }],
      });
      expect(await store.read(id, 0, 10)).to.have.length(2);
      await eventually(() => expect(heard).to.include(`${id} grew`), READY_MS);
      await end();
      await store.offer(id);
      await eventually(() => expect(heard).to.include(id), READY_MS);
    }
    expect(await store.pending(0, 10)).to.deep.equal([]);
    await store.ping();
    await shareMemory(settings);
    await store.close();
    for (const server of cluster.servers) expect(await refusals(server.url)).to.deep.equal([]);
    await cluster.stop();
  });

  it('may do nothing else, and nobody may do anything without a password', async () => {
    const server = await startAsDeployed();
    const refused = async (...command: string[]) => {
      const error = await ask(server.url, ...command).catch((reason: Error) => reason);
      expect(String(error), command.join(' ')).to.contain('NOPERM');
    };
    await refused('FLUSHALL');
    await refused('KEYS', '*');
    await refused('CONFIG', 'SET', 'appendonly', 'no');
    await refused('SHUTDOWN');
    await refused('DEL', 'unbind:x');
    await refused('GET', 'other:x');
    await refused('PUBLISH', 'other', 'x');
    await refused('EVAL', "return redis.call('GET', KEYS[1])", '1', 'other:x');
    const anonymous = await ask(server.anonymousUrl, 'PING').catch((reason: Error) => reason);
    expect(String(anonymous)).to.contain('NOAUTH');
    await server.stop();
  });

  it('is allowed exactly the commands that the sources name', () => {
    const allowed = [...textOf('redis', 'unbind.acl').matchAll(/\+([a-z|]+)/g)].map(
      (match) => match[1] ?? '',
    );
    expect([...allowed].sort()).to.deep.equal([...commandsInSources()].sort());
  });
});

/** Sent by the client itself: at the start, to find its way, and as other half of what is named. */
const UNNAMED = ['hello', 'unsubscribe'];
/** Of the client, not commands. */
const METHODS = ['close', 'connect', 'destroy', 'on', 'sendcommand', 'duplicate'];
const RENAMED: Record<string, string> = {
  configget: 'config|get',
  clusterslots: 'cluster|slots',
  clusterinfo: 'cluster|info',
  scriptload: 'script|load',
};

function commandsInSources(): Set<string> {
  const folder = fromRoot('src', 'conversation', 'redis');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|lua)$/.test(file),
  );
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  // XINFO is named with its second word, as rights are.
  const inScripts = [...sources.matchAll(/redis\.p?call\('([A-Z]+)'(?:, '([A-Z]{3,})')?/g)].map(
    ([, name = '', second]) => (second && name === 'XINFO' ? `${name}|${second}` : name),
  );
  const sent = [...sources.matchAll(/(?:sendCommand\(|const command = )\['([A-Z]+)'/g)].map(
    (match) => match[1] ?? '',
  );
  const called = [...sources.matchAll(/\bclient\.([a-zA-Z]+)\(/g)].map((match) => match[1] ?? '');
  const names = [...inScripts, ...sent, ...called].map((name) => name.toLowerCase());
  // Sentinels have users of their own.
  const own = names.filter((name) => !METHODS.includes(name) && name !== 'sentinel');
  return new Set([...own.map((name) => RENAMED[name] ?? name), ...UNNAMED]);
}
