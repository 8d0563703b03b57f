import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readlink, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';

const HEARTBEAT_MS = 5_000;
/** Longer than a busy process or a suspended disk needs for a heartbeat. */
const SILENT_MS = 30_000;
const CLEARING_MS = 5_000;
const RETRY_MS = 20;
const TRIES = 400;

const Holder = z.object({
  pid: z.number().int().positive(),
  /** Start of the process in clock ticks since boot; tells it from a later one with the same pid. */
  started: z.string().nullable(),
  /** Boot and pid namespace: only there the pid means anything. */
  machine: z.string(),
  host: z.string(),
  token: z.string(),
});
type Holder = z.infer<typeof Holder>;

/** The directory belongs to another running process. The message is for the operator. */
export class DirectoryInUse extends Error {
  override name = 'DirectoryInUse';
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function startOf(pid: number): Promise<string | null> {
  const status = await textOf(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces and parentheses; the start is the 20th field after it.
  return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function machine(): Promise<string> {
  const boot = await textOf('/proc/sys/kernel/random/boot_id');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return boot ? `${boot.trim()} ${namespace}` : hostname();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** On the same machine the process itself tells; from elsewhere only its heartbeat does. */
async function isHeld(holder: Holder, heardMsAgo: number): Promise<boolean> {
  if (holder.machine !== (await machine())) return heardMsAgo < SILENT_MS;
  if (!isAlive(holder.pid)) return false;
  if (holder.started === null) return heardMsAgo < SILENT_MS;
  return holder.started === (await startOf(holder.pid));
}

async function holderIn(path: string): Promise<{ text: string; holder: Holder | undefined } | undefined> {
  const text = await textOf(path);
  if (text === undefined) return undefined;
  try {
    return { text, holder: Holder.parse(JSON.parse(text)) };
  } catch {
    return { text, holder: undefined };
  }
}

/**
 * Removes a dead process's lock. One at a time, and only if it is still that lock: a slower process
 * must not remove the lock of whoever has taken over meanwhile.
 */
async function clear(path: string, staleText: string): Promise<void> {
  const guard = `${path}.clearing`;
  try {
    await mkdir(guard);
  } catch {
    const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: Date.now() }));
    // Whoever made it died in the few instructions below.
    if (Date.now() - mtimeMs > CLEARING_MS) await rmdir(guard).catch(() => undefined);
    return setTimeout(RETRY_MS);
  }
  try {
    if ((await textOf(path)) === staleText) await unlink(path);
  } finally {
    await rmdir(guard);
  }
}

async function take(path: string, mine: string, token: string): Promise<void> {
  // Linked complete: nobody ever reads half a lock, and linking fails where one is.
  const draft = `${path}.${token}`;
  await writeFile(draft, mine, { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, path);
  } finally {
    await unlink(draft);
  }
}

/**
 * Makes this process the only holder of a directory; the returned function gives it back.
 * A lock whose process is dead is taken over. Throws `DirectoryInUse` naming the holder otherwise.
 */
export async function lockDirectory(path: string): Promise<() => Promise<void>> {
  const token = randomUUID();
  const mine = JSON.stringify({
    pid: process.pid,
    started: await startOf(process.pid),
    machine: await machine(),
    host: hostname(),
    token,
  } satisfies Holder);

  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await take(path, mine, token);
      return keep(path, mine);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const there = await holderIn(path);
    if (!there) continue;
    const heardMsAgo = Date.now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
    if (there.holder && (await isHeld(there.holder, heardMsAgo))) throw inUse(path, there.holder);
    await clear(path, there.text);
  }
  throw new DirectoryInUse(
    `The data directory ${dirname(path)} is being opened by another process; try again.`,
  );
}

function inUse(path: string, holder: Holder): DirectoryInUse {
  return new DirectoryInUse(
    `The data directory ${dirname(path)} is in use by process ${holder.pid} on ${holder.host}; ` +
      'stop that process first, or set DATA_DIR to another directory.',
  );
}

function keep(path: string, mine: string): () => Promise<void> {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A missed heartbeat matters only to other machines, and the next one makes up for it.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    if ((await textOf(path)) === mine) await unlink(path);
  };
}
