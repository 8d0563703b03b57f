import type { DialogContext } from 'botbuilder-dialogs';
import {
  concernsPlan,
  hearHandoffChanged,
  isOffer,
  keepUpload,
  MENU,
  openQuestion,
  outdated,
  readAnswer,
  type Services,
  say,
  sayCaseChanged,
  sayReminder,
} from '../../dialogs/index.ts';
import { CASE_CHANGED, type CaseChanged } from '../domain/case.ts';
import { UPLOAD_COMPLETED, type UploadCompleted } from '../domain/document.ts';
import { HANDOFF_CHANGED, type HandoffChanged } from '../domain/handoff.ts';
import { REMINDER_DUE, type ReminderDue } from '../domain/reminder.ts';
import { follow } from './follow.ts';
import type { Memory } from './memory.ts';
import { dropUnknown, restartOutdated, resumeBelow } from './other-release.ts';

async function welcome(dc: DialogContext): Promise<void> {
  await say(dc.context, 'common.welcome', {}, { choices: MENU });
}

async function uploadCompleted(dc: DialogContext): Promise<void> {
  const gone = dropUnknown(dc);
  if (gone.any) await say(dc.context, 'common.topicGone');
  const question = outdated(dc) ? undefined : openQuestion(dc);
  if (question && readAnswer(dc.context, question)) return follow(dc, await dc.continueDialog());
  keepUpload(dc, dc.context.activity.value as UploadCompleted);
  await say(dc.context, 'upload.received');
  if (gone.open) await resumeBelow(dc);
  else await restartOutdated(dc);
}

/** Nothing waits for the customer but the question whether the plan is gone on with. */
function isIdle(dc: DialogContext): boolean {
  if (!dc.activeDialog) return true;
  const question = dc.stack.length === 1 && !outdated(dc) ? openQuestion(dc) : undefined;
  return dc.activeDialog.id === 'diagnose' && isOffer(question);
}

async function reminderDue(dc: DialogContext, due: ReminderDue): Promise<void> {
  if (!concernsPlan(dc.context, due) || !isIdle(dc)) return sayReminder(dc.context, due);
  await dc.cancelAllDialogs(true);
  return follow(dc, await dc.beginDialog('diagnose', { back: 'reminded', due }));
}

/** Something that happened outside the chat: a start, a stored document, a decided case, a reminder. */
export async function handleEvent(dc: DialogContext, services: Services, memory: Memory): Promise<void> {
  const { activity } = dc.context;
  if (activity.type === 'conversationUpdate') return welcome(dc);
  if (activity.type !== 'event') return;
  if (activity.name === UPLOAD_COMPLETED) return uploadCompleted(dc);
  if (activity.name === CASE_CHANGED) return sayCaseChanged(dc.context, activity.value as CaseChanged);
  if (activity.name === REMINDER_DUE) return reminderDue(dc, activity.value as ReminderDue);
  if (activity.name !== HANDOFF_CHANGED) return;
  const result = await hearHandoffChanged(dc, services, activity.value as HandoffChanged, memory);
  if (result) await follow(dc, result);
}

/** The same while people have the conversation: it is told, and what was open stays as it is. */
export async function hearNotice(dc: DialogContext): Promise<void> {
  const { activity } = dc.context;
  if (activity.name === CASE_CHANGED) return sayCaseChanged(dc.context, activity.value as CaseChanged);
  if (activity.name === REMINDER_DUE) return sayReminder(dc.context, activity.value as ReminderDue);
  if (activity.name !== UPLOAD_COMPLETED) return;
  keepUpload(dc, activity.value as UploadCompleted);
  await say(dc.context, 'upload.received');
}
