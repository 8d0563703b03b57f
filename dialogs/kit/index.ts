export * from './case-flow.ts';
export * from './collect-documents.ts';
export * from './platform-down.ts';
export * from './question.ts';
export { ask } from './question-prompt.ts';
export * from './say.ts';
export * from './services.ts';
export * from './topic-dialog.ts';
export * from './turn.ts';
