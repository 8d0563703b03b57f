import type { TurnContext } from 'botbuilder';
import { NOTES, type TopicEnd, type TurnNotes } from '../../src/domain/insight.ts';

/** What is noted about the turn that a dialog runs in. */
export function notesOf(context: TurnContext): TurnNotes {
  const notes = context.turnState.get<TurnNotes>(NOTES);
  if (!notes) throw new Error('a dialog runs outside of a turn');
  return notes;
}

export function noteEnded(context: TurnContext, end: TopicEnd): void {
  notesOf(context).ended.push(end);
}

/** A topic that has ended by going over to itself is not begun anew: it goes on. */
export function noteEntered(context: TurnContext, topic: string): void {
  const { entered, ended } = notesOf(context);
  const last = ended.at(-1);
  if (last && 'to' in last && last.topic === topic && last.to === topic) ended.pop();
  else entered.push(topic);
}
