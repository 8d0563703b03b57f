import type { ChatFacts } from '../model.ts';

/** 快捷回复, everybody's and one's own. */
export interface QuickReply {
  id: string;
  shared: boolean;
  shortcut: string;
  title: string;
  text: string;
  locale: string;
  version: number;
}

/** Those whose shortcut begins with it or whose title or text has it; the customer's language first. */
export function fitting(replies: readonly QuickReply[], search: string, locale: string): QuickReply[] {
  const wanted = search.toLowerCase();
  const rank = ({ shortcut, title, text, locale: of }: QuickReply) => {
    const other = of === locale ? 0 : 10;
    if (shortcut.toLowerCase().startsWith(wanted)) return other;
    if (title.toLowerCase().includes(wanted)) return other + 1;
    return text.toLowerCase().includes(wanted) ? other + 2 : undefined;
  };
  return replies
    .map((reply) => ({ reply, place: rank(reply) }))
    .filter(({ place }) => place !== undefined)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .map(({ reply }) => reply);
}

const VARIABLE = /\{\{(\w+)\}\}/g;

/** A variable that nothing is known for stays as it is, so that it is seen. */
export function filledIn(text: string, facts: ChatFacts | undefined, agent: string): string {
  const values: Record<string, string | undefined> = {
    customer: facts?.customer.nameMasked,
    agent,
    case: facts?.cases.find(({ number }) => number)?.number,
  };
  return text.replace(VARIABLE, (place, name: string) => values[name] ?? place);
}

/** The first variable that is still open. */
export const openVariable = (text: string): string | undefined => text.match(VARIABLE)?.[0];
