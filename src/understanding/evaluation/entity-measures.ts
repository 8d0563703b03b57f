import type { Entities } from '../../domain/intent.ts';
import type { Judged } from './measures.ts';

/** Entities by value: a wrong value counts as missed and as invented. */
export interface EntityMeasures {
  kind: keyof Entities;
  wanted: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Kinds of sensitive data by utterance. */
export interface SensitiveMeasures {
  /** Of the kinds that are there, how many were seen. */
  recall: number;
  wanted: number;
  falseAlarms: number;
}

const KINDS = ['cardLast4', 'bank', 'amount', 'date', 'errorCode', 'caseId', 'phoneMasked'] as const;

interface Counts {
  wanted: number;
  found: number;
  right: number;
}

function countsOf(judged: readonly Judged[], kinds: readonly (keyof Entities)[]): Counts {
  const counts = { wanted: 0, found: 0, right: 0 };
  for (const { labelled, understanding } of judged) {
    for (const kind of kinds) {
      const [wanted, found] = [labelled.entities?.[kind], understanding.entities[kind]];
      counts.wanted += wanted === undefined ? 0 : 1;
      counts.found += found === undefined ? 0 : 1;
      counts.right += wanted !== undefined && wanted === found ? 1 : 0;
    }
  }
  return counts;
}

function measuresOf({ wanted, found, right }: Counts): Pick<EntityMeasures, 'precision' | 'recall' | 'f1'> {
  return {
    precision: found === 0 ? 1 : right / found,
    recall: wanted === 0 ? 1 : right / wanted,
    f1: wanted + found === 0 ? 1 : (2 * right) / (wanted + found),
  };
}

/** Entities of the utterances that have them noted, all kinds together and each; undefined without any. */
export function measureEntities(
  judged: readonly Judged[],
): { all: Omit<EntityMeasures, 'kind'>; kinds: EntityMeasures[] } | undefined {
  const noted = judged.filter((j) => j.labelled.entities !== undefined);
  if (noted.length === 0) return undefined;
  const all = countsOf(noted, KINDS);
  const kinds = KINDS.map((kind) => {
    const counts = countsOf(noted, [kind]);
    return { kind, wanted: counts.wanted, ...measuresOf(counts) };
  });
  return { all: { wanted: all.wanted, ...measuresOf(all) }, kinds };
}

/** Undefined when no utterance has its sensitive kinds noted. */
export function measureSensitive(judged: readonly Judged[]): SensitiveMeasures | undefined {
  const counts = { wanted: 0, seen: 0, falseAlarms: 0 };
  const noted = judged.filter((j) => j.labelled.sensitive !== undefined);
  if (noted.length === 0) return undefined;
  for (const { labelled, understanding } of noted) {
    const wanted = new Set(labelled.sensitive);
    counts.wanted += wanted.size;
    for (const kind of understanding.sensitive) {
      if (wanted.has(kind)) counts.seen += 1;
      else counts.falseAlarms += 1;
    }
  }
  const recall = counts.wanted === 0 ? 1 : counts.seen / counts.wanted;
  return { recall, wanted: counts.wanted, falseAlarms: counts.falseAlarms };
}
