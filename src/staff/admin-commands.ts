import { z } from 'zod';
import { ROLES } from '../domain/staff.ts';
import type { StaffAccounts, StaffOutcome } from './accounts.ts';

const Login = z.string().regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'lower case letters, digits and . _ @ - only');
const Actor = z.string().regex(/^[\w.@-]{1,64}$/, 'a name of letters, digits, dot, dash or @');

/** What an operator may ask for about accounts of the desk, on the command line. */
export const StaffCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('staff-list') }),
  z.object({
    do: z.literal('create-agent'),
    login: Login,
    number: z.string().regex(/^[A-Z]{1,3}\d{1,5}$/, 'one to three capital letters and a number: A12'),
    name: z.string().trim().min(1).max(40),
    roles: z.array(z.enum(ROLES)).min(1),
    groups: z.array(z.string().min(1).max(32)),
    oidcSubject: z.string().min(1).max(255).optional(),
    actor: Actor,
  }),
  z.object({
    do: z.enum(['staff-disable', 'staff-enable', 'staff-reset-password', 'staff-reset-second-factor']),
    login: Login,
    actor: Actor,
  }),
]);
export type StaffCommand = z.infer<typeof StaffCommand>;

interface Said {
  ok: boolean;
  text: string;
}
const said = (text: string): Said => ({ ok: true, text });
const refused = (text: string): Said => ({ ok: false, text });

function answerTo(outcome: StaffOutcome): Said {
  switch (outcome.kind) {
    case 'done':
      return said(`${outcome.member.login} is ${outcome.member.active ? 'active' : 'switched off'}.`);
    case 'created':
      return outcome.temporaryPassword === undefined
        ? said(`${outcome.member.login} logs in at the identity provider.`)
        : said(
            `${outcome.member.login} logs in with this password once and chooses another: ${outcome.temporaryPassword}`,
          );
    case 'unknown':
      return refused('There is no such account.');
    case 'taken':
      return refused(`Another account has this ${outcome.what} already.`);
    case 'changed-meanwhile':
      return refused('Somebody else has just changed this account; try again.');
    case 'last-admin':
      return refused('There would be no administrator left.');
  }
}

/** Carries out one command of an operator. */
export async function runStaffCommand(accounts: StaffAccounts, command: StaffCommand): Promise<Said> {
  const everybody = await accounts.list();
  if (command.do === 'staff-list') {
    const lines = everybody.map(({ login, number, name, roles, active }) =>
      [number, login, name, roles.join('+'), active ? 'active' : 'switched off'].join('  '),
    );
    return said(lines.length === 0 ? 'No accounts.' : lines.join('\n'));
  }
  const { actor, login } = command;
  const by = `operator:${actor}`;
  if (command.do === 'create-agent') {
    const { do: _, actor: __, ...account } = command;
    return answerTo(await accounts.create(account, by));
  }
  const found = everybody.find((one) => one.login === login);
  if (!found) return refused('There is no such account.');
  switch (command.do) {
    case 'staff-disable':
      return answerTo(await accounts.change(found.id, { active: false }, by));
    case 'staff-enable':
      return answerTo(await accounts.change(found.id, { active: true }, by));
    case 'staff-reset-password':
      return answerTo(await accounts.resetPassword(found.id, by));
    case 'staff-reset-second-factor':
      return answerTo(await accounts.resetSecondFactor(found.id, by));
  }
}
