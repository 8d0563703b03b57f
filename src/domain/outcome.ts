/**
 * 结局: how a topic of conversation has ended for the customer. `solved`: the customer said so, or the question
 * was answered and nothing is left to do; `case`: a case was submitted or supplemented; `reminder`: the customer
 * is told later; `person`: registered for a person; `left`: declined, stopped, or went away to try or to wait.
 */
export const OUTCOMES = ['solved', 'case', 'reminder', 'person', 'left'] as const;

export type Outcome = (typeof OUTCOMES)[number];
