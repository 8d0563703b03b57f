import type { Origin } from '../conversation/store.ts';
import type { TopicEnd, TurnInsight } from '../domain/insight.ts';
import type { Replay, ReplayLine } from './replay.ts';

const SPEAKERS: Record<Origin, string> = { customer: '客户', bot: '客服', system: '系统', agent: '坐席' };

/** 2026-11-23 10:00:05, the time of the desk. */
const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const INDENT = ' '.repeat('2026-11-23 10:00:05  '.length);

function saidIn({ text, event, choices, attachments }: ReplayLine): string {
  const said = [
    event && `(${event})`,
    text?.replaceAll('\n', `\n${INDENT}      `),
    attachments > 0 && `[附件 ×${attachments}]`,
    ...choices.map((choice) => `[${choice}]`),
  ];
  return said.filter(Boolean).join(' ');
}

function endOf(end: TopicEnd): string {
  return 'to' in end ? `${end.topic} -> ${end.to}` : `${end.topic}: ${end.outcome}`;
}

function decisionsOf(turn: TurnInsight): string {
  const { intent, confidence, decision, answered, topic, step, causes, ended } = turn;
  const taken = [
    intent && `意图 ${intent} ${confidence?.toFixed(2)} ${decision}`,
    answered !== null && (answered ? '答了上一问' : '没答上一问'),
    topic && `主题 ${step ? `${topic} -> ${step}` : topic}`,
    causes.length > 0 && `原因 ${causes.join(', ')}`,
    ended.length > 0 && `结局 ${ended.map(endOf).join(', ')}`,
  ];
  return taken.filter(Boolean).join(' · ');
}

function linesOf(line: ReplayLine): string[] {
  const said = `${TIME.format(new Date(line.at))}  ${SPEAKERS[line.from]}: ${saidIn(line)}`;
  const decisions = line.turn && decisionsOf(line.turn);
  return decisions ? [said, `${INDENT}${decisions}`] : [said];
}

/** A conversation as staff and developers read it: who said what and when, and beneath it what was decided. */
export function transcriptOf({ conversation, lines }: Replay): string {
  const { id, channel, locale, known } = conversation;
  const head = `会话 ${id} · ${channel} · ${locale} · ${known ? '已识别的客户' : '访客'}`;
  return [head, ...lines.flatMap(linesOf)].join('\n');
}
