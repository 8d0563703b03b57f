import type { CaseState } from './case.ts';
import type { Slot } from './document.ts';

export type CaseRefusal =
  | { code: 'unknown-case' }
  | { code: 'wrong-state'; state: CaseState }
  /** These slots hold no document. */
  | { code: 'documents-missing'; slots: Slot[] };

/** Thrown by `Cases` when a step is asked for that the case does not allow; dialogs check before they ask. */
export class CaseRefused extends Error {
  override name = 'CaseRefused';
  readonly operation: string;
  readonly refusal: CaseRefusal;

  constructor(operation: string, refusal: CaseRefusal) {
    super(`case: ${operation} refused: ${refusal.code}`);
    this.operation = operation;
    this.refusal = refusal;
  }
}
