import { type AdminAnswer, AdminCommand, runAdminCommand } from '../cases/admin-commands.ts';
import { createCases } from '../cases/index.ts';
import { connect } from '../database/connect.ts';
import { systemClock } from '../domain/clock.ts';
import { createAccounts, runStaffCommand, StaffCommand } from '../staff/index.ts';
import { parseArguments, USAGE } from './admin-arguments.ts';
import { askServer, print, socketIn } from './admin-call.ts';

/** On the database itself; the servers' outboxes find what has to be told within a second. */
async function onDatabase(databaseUrl: string, command: AdminCommand | StaffCommand): Promise<AdminAnswer> {
  const database = await connect({ databaseUrl, dataDir: '' });
  try {
    const parts = { database, clock: systemClock };
    const staffCommand = StaffCommand.safeParse(command);
    return staffCommand.success
      ? await runStaffCommand(createAccounts(parts), staffCommand.data)
      : await runAdminCommand(createCases(parts), AdminCommand.parse(command));
  } finally {
    await database.close();
  }
}

async function main(typed: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const parsed = parseArguments(typed);
  if (parsed.kind === 'wrong') {
    console.error(parsed.why ? `${parsed.why}\n\n${USAGE}` : USAGE);
    return 1;
  }
  const { command } = parsed;
  return print(
    env.DATABASE_URL
      ? onDatabase(env.DATABASE_URL, command)
      : askServer(socketIn(env.DATA_DIR || 'data'), command),
  );
}

process.exitCode = await main(process.argv.slice(2), process.env);
