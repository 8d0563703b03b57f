export { createInsights, type Insights } from './insights.ts';
export { measureDecisions } from './metrics.ts';
export { type Recorder, startRecorder } from './recorder.ts';
export { createReplay, type Replay, ReplayCommand } from './replay.ts';
export { createReports, type Reports } from './reports/index.ts';
export {
  createUnclear,
  createUnclearGroups,
  UnclearCommand,
  type UnclearGroups,
  unclearPhrases,
} from './unclear.ts';
