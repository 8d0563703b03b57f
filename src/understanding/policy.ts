import type { Decision, Intent, RankedIntent } from '../domain/intent.ts';
import { POLICY, type Zone } from './lexicon.ts';

/** What speaks for and against acting on a ranking. */
export interface Evidence {
  ranking: readonly RankedIntent[];
  /** First choice of the other classifier, when there is one. */
  secondOpinion: Intent | undefined;
  /** Share of the text's features that training knows, 0 to 1. */
  knownShare: number;
  /** Characters left for the classifier. */
  length: number;
}

/** accept, ask or reject, by the thresholds of `lexicon/policy.yml`. */
export function decide(evidence: Evidence, zone: Zone): Decision {
  const [first, second] = evidence.ranking;
  if (!first || evidence.length === 0) return 'reject';
  const { knownShare } = POLICY;
  if (first.confidence < zone.ask || evidence.knownShare < knownShare.ask) return 'reject';

  const foreign = evidence.ranking.find(({ intent }) => intent === 'out_of_scope')?.confidence ?? 0;
  if (first.intent !== 'out_of_scope' && foreign > zone.outOfScope) return 'ask';

  const doubted = evidence.secondOpinion !== undefined && evidence.secondOpinion !== first.intent;
  const wanted = doubted ? zone.acceptDespiteDoubt : zone.accept;
  const clear = first.confidence - (second?.confidence ?? 0) >= zone.margin;
  if (first.confidence >= wanted && clear && evidence.knownShare >= knownShare.accept) return 'accept';
  // Nothing sensible can be offered as a question.
  return first.intent === 'out_of_scope' ? 'reject' : 'ask';
}
