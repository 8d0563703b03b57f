import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AdminCommand } from '../cases/admin-commands.ts';
import { CASE_STATES, RETURN_REASONS } from '../domain/case.ts';
import { SLOTS } from '../domain/document.ts';
import { ROLES } from '../domain/staff.ts';
import { StaffCommand } from '../staff/index.ts';

export const USAGE = `Usage:
  npm run admin -- case list [--state STATE]...
  npm run admin -- case show NUMBER
  npm run admin -- case review NUMBER
  npm run admin -- case approve NUMBER
  npm run admin -- case reject NUMBER [--note TEXT]        the note is never sent to the customer
  npm run admin -- case needs-more NUMBER --slot SLOT --reason REASON [--slot … --reason …]
  npm run admin -- case close NUMBER
  npm run admin -- audit verify
  npm run admin -- create-agent LOGIN --number A12 --name NAME --role ROLE [--role ROLE]... [--group GROUP]...
                                                           --subject SUBJECT for the identity provider
  npm run admin -- staff list
  npm run admin -- staff disable | enable | reset-password | reset-second-factor LOGIN

  Decisions given here need no second person; the audit marks them as an override.

  --actor NAME   who decides, for the audit; the name of this machine's user unless given
  STATE   ${CASE_STATES.join(' | ')}
  SLOT    ${SLOTS.join(' | ')}
  REASON  ${RETURN_REASONS.join(' | ')}
  ROLE    ${ROLES.join(' | ')}`;

/** A command as typed, or what is wrong with it. */
export type Parsed =
  | { kind: 'command'; command: AdminCommand | StaffCommand }
  | { kind: 'wrong'; why?: string };

const OPTIONS = {
  state: { type: 'string', multiple: true },
  slot: { type: 'string', multiple: true },
  reason: { type: 'string', multiple: true },
  note: { type: 'string' },
  actor: { type: 'string' },
  number: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string', multiple: true },
  group: { type: 'string', multiple: true },
  subject: { type: 'string' },
} as const;

function readAs<T extends AdminCommand | StaffCommand>(shape: z.ZodType<T>, typed: object): Parsed {
  const parsed = shape.safeParse(typed);
  if (parsed.success) return { kind: 'command', command: parsed.data };
  const [issue] = parsed.error.issues;
  if (!issue || issue.path[0] === 'do') return { kind: 'wrong' };
  return { kind: 'wrong', why: `${issue.path.join('.')}: ${issue.message}` };
}

/** Reads what stands after `npm run admin --`. */
export function parseArguments(typed: string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: typed, options: OPTIONS, allowPositionals: true });
    const [topic, verb, third, ...more] = positionals;
    if (!topic || !verb || more.length > 0) return { kind: 'wrong' };
    const actor = values.actor ?? userInfo().username;
    if (topic === 'create-agent' || topic === 'staff') {
      const isNew = topic === 'create-agent';
      return readAs(StaffCommand, {
        do: isNew ? topic : `${topic}-${verb}`,
        login: isNew ? verb : third,
        number: values.number,
        name: values.name,
        roles: values.role,
        groups: values.group ?? ['default'],
        oidcSubject: values.subject,
        actor,
      });
    }
    const { slot = [], reason = [] } = values;
    if (slot.length !== reason.length) return { kind: 'wrong', why: 'Every --slot needs its --reason.' };
    return readAs(AdminCommand, {
      do: `${topic}-${verb}`,
      number: third,
      states: values.state,
      note: values.note,
      actor,
      returnedSlots: slot.map((name, at) => ({ slot: name, reason: reason[at] })),
    });
  } catch (error) {
    // An option that does not exist or lacks its value.
    return { kind: 'wrong', ...(error instanceof Error && { why: error.message }) };
  }
}
