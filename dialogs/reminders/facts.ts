import type { Fact } from '../kit/fact.ts';

/** Questions that a text of this topic answers by itself. */
export const FACTS: readonly Fact[] = [
  {
    key: 'reminders.howToGet',
    intent: 'reminders',
    asked: ['能帮我定个提醒吗', '可以设置闹钟吗', '你能到点提醒我吗', 'can you set a reminder'],
  },
];
