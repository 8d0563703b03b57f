import { INTENTS } from '../../../../domain/intent.ts';
import { useWords } from '../../reports/data.ts';

/** What a matter is called at the desk: an intent, or a topic of the bot's. */
export function useMatterWords(): (matter: string) => string {
  const { data } = useWords();
  return (matter) => data?.terms.topic[matter] ?? data?.terms.intent[matter] ?? matter;
}

/** All matters that a group can ask for. */
export function useMatters(): { value: string; label: string }[] {
  const { data } = useWords();
  const words = useMatterWords();
  const all = new Set([...Object.keys(data?.terms.topic ?? {}), ...INTENTS]);
  return [...all].map((value) => ({ value, label: words(value) }));
}
