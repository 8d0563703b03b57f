import { lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import Fastify from 'fastify';
import { z } from 'zod';
import { type AdminAnswer, AdminCommand, COMMANDS_PATH, runAdminCommand } from '../cases/admin-commands.ts';
import type { CaseDecisions } from '../cases/index.ts';
import type { Log } from '../domain/log.ts';
import { ReplayCommand, UnclearCommand } from '../insight/index.ts';
import { runStaffCommand, type StaffAccounts, StaffCommand } from '../staff/index.ts';

/** Linux takes 107 bytes, macOS 103. */
const MAX_PATH_BYTES = 100;

const Command = z.union([AdminCommand, ReplayCommand, StaffCommand, UnclearCommand]);

/** Whether a server answers on the socket; a file that a dead one left behind refuses. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
      .once('connect', () => {
        probe.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });
}

async function makeRoom(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (!there) return;
  if (!there.isSocket()) throw new Error(`${path} is in the way: it is not a socket`);
  if (await isServed(path)) throw new Error(`another server already listens on ${path}`);
  await unlink(path);
}

/**
 * Lets the operator of this machine give commands while the server holds the embedded database.
 * Only the owner of the socket file may connect. Throws a readable sentence when it cannot listen.
 */
export async function startAdminSocket(parts: {
  path: string;
  cases: CaseDecisions;
  accounts: StaffAccounts;
  replay: (command: ReplayCommand) => Promise<AdminAnswer>;
  unclear: (command: UnclearCommand) => Promise<AdminAnswer>;
  log: Log;
}): Promise<{ close(): Promise<void> }> {
  const { path, cases, accounts, replay, unclear, log } = parts;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    throw new Error(`the path of the admin socket is longer than ${MAX_PATH_BYTES} bytes: ${path}`);
  await makeRoom(path);

  const app = Fastify({ logger: false, bodyLimit: 64 * 1024 });
  app.setErrorHandler(async (error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500) log.error({ err: error }, 'admin command failed');
    const text = status >= 500 ? 'The command failed; the server’s log says why.' : 'Not a command.';
    return reply.code(status).send({ ok: false, text });
  });
  app.post(COMMANDS_PATH, async (request, reply) => {
    const command = Command.safeParse(request.body);
    if (!command.success) return reply.code(400).send({ ok: false, text: 'Not a command.' });
    const { data } = command;
    if (data.do === 'replay') return replay(data);
    if (data.do === 'unclear') return unclear(data);
    const staffCommand = StaffCommand.safeParse(data);
    return staffCommand.success
      ? runStaffCommand(accounts, staffCommand.data)
      : runAdminCommand(cases, AdminCommand.parse(data));
  });

  // The file must never exist with wider permissions, not even for a moment.
  const umask = process.umask(0o177);
  try {
    await app.listen({ path });
  } finally {
    process.umask(umask);
  }
  return { close: () => app.close() };
}
