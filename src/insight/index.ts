export { createInsights, type Insights } from './insights.ts';
export { type Recorder, startRecorder } from './recorder.ts';
