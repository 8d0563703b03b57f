import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { say } from './say.ts';
import { saidIn } from './turn.ts';

/** How feelings show in writing; the strongest first. */
const FEELINGS: readonly [RegExp, TextKey][] = [
  [
    /气死|火大|抢钱|坑人|坑爹|忽悠|[破烂](?:平台|系统|玩意|app)|垃圾|没人管|有没有人[管理]|凭什么|受够|烦死|踢皮球|ridiculous|furious|angry|fed up|sick of|garbage|useless|rip-?off|unacceptable/iu,
    'common.feelAngry',
  ],
  [
    /吓|慌|害怕|好怕|怕死|睡不着|心里没底|救命|手都抖|scared|afraid|worried|panic|frightened|anxious/u,
    'common.feelAfraid',
  ],
  [
    /急死|急得|好急|很急|太急|急用|着急|赶时间|赶着|快点|赶紧|来不及|跪求|急死个人|urgent|hurry|\basap\b|right away|no time/u,
    'common.feelHurried',
  ],
];

/** Meets the feeling that the message shows with one short line before anything is explained; calm words get none. */
export async function sayComfort(step: WaterfallStepContext): Promise<void> {
  const words = saidIn(step);
  const felt = FEELINGS.find(([shown]) => shown.test(words));
  if (felt) await say(step.context, felt[1]);
}
