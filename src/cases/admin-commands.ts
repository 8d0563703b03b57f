import { z } from 'zod';
import { CASE_STATES, type Case, RETURN_REASONS } from '../domain/case.ts';
import { SLOTS } from '../domain/document.ts';
import type { CaseDecisions, DecisionOutcome } from './decisions.ts';

const CaseNumber = z.string().regex(/^JB\d{14}$/, 'a case number looks like JB20261122000017');
const Actor = z.string().regex(/^[\w.@-]{1,64}$/, 'a name of letters, digits, dot, dash or @');

/** Route of the admin socket that commands are posted to. */
export const COMMANDS_PATH = '/commands';

/** What an operator may ask for on the command line; also the body that the admin socket takes. */
export const AdminCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('case-list'), states: z.array(z.enum(CASE_STATES)).optional() }),
  z.object({ do: z.literal('case-show'), number: CaseNumber }),
  z.object({ do: z.enum(['case-review', 'case-approve', 'case-close']), number: CaseNumber, actor: Actor }),
  z.object({
    do: z.literal('case-reject'),
    number: CaseNumber,
    actor: Actor,
    note: z.string().max(2000).optional(),
  }),
  z.object({
    do: z.literal('case-needs-more'),
    number: CaseNumber,
    actor: Actor,
    returnedSlots: z.array(z.object({ slot: z.enum(SLOTS), reason: z.enum(RETURN_REASONS) })),
  }),
  z.object({ do: z.literal('audit-verify') }),
]);
export type AdminCommand = z.infer<typeof AdminCommand>;

/** What the operator reads, and whether it went as asked. */
export const AdminAnswer = z.object({ ok: z.boolean(), text: z.string() });
export type AdminAnswer = z.infer<typeof AdminAnswer>;

const said = (text: string): AdminAnswer => ({ ok: true, text });
const refused = (text: string): AdminAnswer => ({ ok: false, text });

/** Carries out one command of an operator. */
export async function runAdminCommand(cases: CaseDecisions, command: AdminCommand): Promise<AdminAnswer> {
  switch (command.do) {
    case 'case-list': {
      const found = await cases.queue(command.states ? { states: command.states } : {});
      return said(found.length === 0 ? 'No cases.' : found.map(lineOf).join('\n'));
    }
    case 'case-show': {
      const found = await cases.get(command.number);
      return found ? said(JSON.stringify(found, null, 2)) : refused('There is no case with this number.');
    }
    case 'case-review':
      return answerTo(await cases.startReview(command.number, operator(command.actor)));
    case 'case-approve':
      return answerTo(await cases.approve(command.number, operator(command.actor)));
    case 'case-close':
      return answerTo(await cases.close(command.number, operator(command.actor)));
    case 'case-reject':
      return answerTo(await cases.reject(command.number, operator(command.actor), command.note));
    case 'case-needs-more':
      return answerTo(await cases.needsMore(command.number, operator(command.actor), command.returnedSlots));
    case 'audit-verify':
      return auditAnswer(cases);
  }
}

const operator = (name: string) => `operator:${name}`;

function lineOf(found: Case): string {
  const slots = `${found.filledSlots.length}/${found.requiredSlots.length} documents`;
  return [found.number, found.state, found.kind, found.submittedAt, slots].join('  ');
}

function answerTo(outcome: DecisionOutcome): AdminAnswer {
  switch (outcome.kind) {
    case 'done':
      return said(`${outcome.case.number} is now ${outcome.case.state}.`);
    case 'unknown-case':
      return refused('There is no case with this number.');
    case 'wrong-state':
      return refused(`Not possible: the case is ${outcome.state}.`);
    case 'changed-meanwhile':
      return refused('Somebody else has just changed this case; look at it again.');
    case 'nothing-returned':
      return refused('Name at least one slot, each once: --slot id-front --reason BLURRY.');
    case 'slots-not-asked':
      return refused(`The case never asked for ${outcome.slots.join(', ')}.`);
  }
}

async function auditAnswer(cases: CaseDecisions): Promise<AdminAnswer> {
  const check = await cases.verifyAudit();
  if (check.kind === 'intact') return said(`Audit intact: ${check.rows} rows, end ${check.hash || 'empty'}.`);
  return refused(`AUDIT TAMPERED WITH: row ${check.seq} is ${check.reason}.`);
}
