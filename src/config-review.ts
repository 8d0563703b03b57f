import { z } from 'zod';
import { CASE_KINDS } from './domain/case.ts';
import { SLOTS } from './domain/document.ts';
import { RETENTION_OUTCOMES, type RetentionPolicy, type RetentionRule } from './domain/retention.ts';
import { DEFAULT_REVIEW_RULES, type ReviewRules } from './domain/review.ts';

/** `name=number`, several with commas. */
const numbers = (example: string, max: number) =>
  z.string().transform((text, context) =>
    text
      .split(',')
      .filter(Boolean)
      .map((part) => {
        const [name = '', given = ''] = part.split('=').map((side) => side.trim());
        const number = Number(given);
        if (given === '' || !Number.isFinite(number) || number < 0 || number > max)
          context.addIssue({ code: 'custom', message: `must look like ${example}` });
        return [name, number] as const;
      }),
  );

const isOneOf = <T extends string>(known: readonly T[], name: string | undefined): name is T =>
  known.some((one) => one === name);

/** `SLOT=DAYS`, `OUTCOME=DAYS` or `SLOT/OUTCOME=DAYS`. */
const retention = numbers('rejected=180,id-in-hand/approved=7', 36_500).transform((pairs, context) =>
  pairs.map(([name, days]): RetentionRule => {
    const [first, second] = name.split('/');
    if (isOneOf(SLOTS, first) && second === undefined) return { slot: first, days };
    if (isOneOf(SLOTS, first) && isOneOf(RETENTION_OUTCOMES, second))
      return { slot: first, outcome: second, days };
    if (isOneOf(RETENTION_OUTCOMES, first) && second === undefined) return { outcome: first, days };
    context.addIssue({ code: 'custom', message: `knows no document or outcome ${name}` });
    return { days };
  }),
);

const targets = numbers('risk-lock=9,complaint=4', 10_000).transform((pairs, context) =>
  pairs.map(([kind, hours]) => {
    if (!isOneOf(CASE_KINDS, kind))
      context.addIssue({ code: 'custom', message: `knows no kind of case ${kind}` });
    return [kind, hours * 60] as const;
  }),
);

/** Settings of the review desk. */
export const reviewVariables = {
  DOCUMENT_RETENTION: retention.default([]),
  REVIEW_TARGET_HOURS: targets.default([]),
  REVIEW_SAMPLE_PERCENT: z.coerce.number().min(0).max(100).default(5),
};

interface ReviewEnv {
  DOCUMENT_RETENTION: RetentionRule[];
  DOCUMENT_RETENTION_DAYS: number;
  REVIEW_TARGET_HOURS: (readonly [string, number])[];
  REVIEW_SAMPLE_PERCENT: number;
}

export function reviewOf(env: ReviewEnv): { review: ReviewRules; documentRetention: RetentionPolicy } {
  const targetMinutes = {
    ...DEFAULT_REVIEW_RULES.targetMinutes,
    ...Object.fromEntries(env.REVIEW_TARGET_HOURS),
  };
  return {
    review: { ...DEFAULT_REVIEW_RULES, targetMinutes, sampleShare: env.REVIEW_SAMPLE_PERCENT / 100 },
    documentRetention: { defaultDays: env.DOCUMENT_RETENTION_DAYS, rules: env.DOCUMENT_RETENTION },
  };
}
