import type { TurnInsight } from '../../src/domain/insight.ts';

/** What became of the topics of one conversation, by what reports know of its turns. */
export interface Fates {
  /** Topics that wait for the customer. */
  open: string[];
  /** Where a customer was left standing; a sound conversation has none. */
  deadEnds: string[];
}

function takeOut(from: string[], topic: string): boolean {
  const at = from.lastIndexOf(topic);
  if (at >= 0) from.splice(at, 1);
  return at >= 0;
}

/** Follows each topic from its beginning to its outcome, over whatever topics it has gone over to. */
export function fatesOf(insights: readonly TurnInsight[]): Fates {
  const open: string[] = [];
  const deadEnds: string[] = [];
  for (const { seq, entered, ended, step } of insights) {
    open.push(...entered);
    for (const end of ended) {
      if (!takeOut(open, end.topic)) deadEnds.push(`${seq}: ${end.topic} has ended and was never begun`);
      // What was waiting below goes on when it is led to.
      if ('to' in end && !entered.includes(end.to) && !open.includes(end.to))
        deadEnds.push(`${seq}: ${end.topic} went over to ${end.to}, which was not begun`);
    }
    // It asks nothing while the customer waits for a person or talks to one.
    const withPeople = open.at(-1) === 'handoff';
    if (open.length > 0 && step === null && !withPeople)
      deadEnds.push(`${seq}: ${open.at(-1)} is open and asks nothing`);
    if (open.length === 0 && step !== null) deadEnds.push(`${seq}: ${step} is asked and nothing is open`);
  }
  return { open, deadEnds };
}
