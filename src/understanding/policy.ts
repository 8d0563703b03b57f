import type { Decision, Intent, RankedIntent } from '../domain/intent.ts';
import { POLICY, type Zone } from './lexicon.ts';

/** What speaks for and against acting on a ranking. */
export interface Evidence {
  ranking: readonly RankedIntent[];
  /** First choice of the other classifier, when there is one; asked for only where it matters. */
  secondOpinion(): Intent | undefined;
  /** Share of the text's features that training knows, 0 to 1. */
  knownShare: number;
  /** Characters left for the classifier. */
  length: number;
}

function isDoubted({ secondOpinion }: Evidence, intent: Intent): boolean {
  const other = secondOpinion();
  return other !== undefined && other !== intent;
}

/** accept, ask or reject, by the thresholds of `lexicon/policy.yml`. */
export function decide(evidence: Evidence, zone: Zone): Decision {
  const [first, second] = evidence.ranking;
  if (!first || evidence.length === 0) return 'reject';
  const { knownShare } = POLICY;
  if (first.confidence < zone.ask || evidence.knownShare < knownShare.ask) return 'reject';

  const foreign = evidence.ranking.find(({ intent }) => intent === 'out_of_scope')?.confidence ?? 0;
  if (first.intent !== 'out_of_scope' && foreign > zone.outOfScope) return 'ask';

  const clear = first.confidence - (second?.confidence ?? 0) >= zone.margin;
  const sure = first.confidence >= zone.accept && clear && evidence.knownShare >= knownShare.accept;
  if (sure && (first.confidence >= zone.acceptDespiteDoubt || !isDoubted(evidence, first.intent)))
    return 'accept';
  // Nothing sensible can be offered as a question.
  return first.intent === 'out_of_scope' ? 'reject' : 'ask';
}
