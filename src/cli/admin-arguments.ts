import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { AdminCommand } from '../cases/admin-commands.ts';
import { CASE_STATES, RETURN_REASONS } from '../domain/case.ts';
import { SLOTS } from '../domain/document.ts';

export const USAGE = `Usage:
  npm run admin -- case list [--state STATE]...
  npm run admin -- case show NUMBER
  npm run admin -- case review NUMBER
  npm run admin -- case approve NUMBER
  npm run admin -- case reject NUMBER [--note TEXT]        the note is never sent to the customer
  npm run admin -- case needs-more NUMBER --slot SLOT --reason REASON [--slot … --reason …]
  npm run admin -- case close NUMBER
  npm run admin -- audit verify

  --actor NAME   who decides, for the audit; the name of this machine's user unless given
  STATE   ${CASE_STATES.join(' | ')}
  SLOT    ${SLOTS.join(' | ')}
  REASON  ${RETURN_REASONS.join(' | ')}`;

/** A command as typed, or what is wrong with it. */
export type Parsed = { kind: 'command'; command: AdminCommand } | { kind: 'wrong'; why?: string };

const OPTIONS = {
  state: { type: 'string', multiple: true },
  slot: { type: 'string', multiple: true },
  reason: { type: 'string', multiple: true },
  note: { type: 'string' },
  actor: { type: 'string' },
} as const;

/** Reads what stands after `npm run admin --`. */
export function parseArguments(typed: string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: typed, options: OPTIONS, allowPositionals: true });
    const [topic, verb, number, ...more] = positionals;
    if (!topic || !verb || more.length > 0) return { kind: 'wrong' };
    const { slot = [], reason = [] } = values;
    if (slot.length !== reason.length) return { kind: 'wrong', why: 'Every --slot needs its --reason.' };
    const parsed = AdminCommand.safeParse({
      do: `${topic}-${verb}`,
      number,
      states: values.state,
      note: values.note,
      actor: values.actor ?? userInfo().username,
      returnedSlots: slot.map((name, at) => ({ slot: name, reason: reason[at] })),
    });
    if (parsed.success) return { kind: 'command', command: parsed.data };
    const [issue] = parsed.error.issues;
    if (!issue || issue.path[0] === 'do') return { kind: 'wrong' };
    return { kind: 'wrong', why: `${issue.path.join('.')}: ${issue.message}` };
  } catch (error) {
    // An option that does not exist or lacks its value.
    return { kind: 'wrong', ...(error instanceof Error && { why: error.message }) };
  }
}
