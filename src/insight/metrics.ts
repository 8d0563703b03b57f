import { Counter, Histogram, type Registry } from 'prom-client';
import type { TurnInsight } from '../domain/insight.ts';

/** Counts what understanding decides: `nlu_decisions_total`, `nlu_confidence`, `nlu_misunderstandings_total`. */
export function measureDecisions(registry: Registry): (insight: TurnInsight) => void {
  const registers = [registry];
  const decisions = new Counter({
    name: 'nlu_decisions_total',
    help: 'Messages by their likeliest intent and whether it was acted on, asked about or rejected',
    labelNames: ['intent', 'decision'] as const,
    registers,
  });
  const confidence = new Histogram({
    name: 'nlu_confidence',
    help: 'Confidence in the likeliest intent',
    labelNames: ['intent'] as const,
    buckets: [0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1],
    registers,
  });
  const misunderstandings = new Counter({
    name: 'nlu_misunderstandings_total',
    help: 'Messages that were not understood, or not rightly, by how that showed',
    labelNames: ['why', 'intent'] as const,
    registers,
  });
  return ({ intent, decision, confidence: sure, unclear = [] }) => {
    if (intent && decision) decisions.inc({ intent, decision });
    if (intent && sure !== null) confidence.observe({ intent }, sure);
    for (const { why, intent: taken } of unclear) misunderstandings.inc({ why, intent: taken });
  };
}
