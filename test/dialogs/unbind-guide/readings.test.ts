import { expect } from 'chai';
import { type Spoken, spokenOf } from '../../../dialogs/kit/index.ts';
import {
  AGREEMENT_ANSWERS,
  HANDLED_ANSWERS,
  LIST_ANSWERS,
  NAMED_ANSWERS,
  PRECHECK_ANSWERS,
  STEP_ANSWERS,
} from '../../../dialogs/unbind-guide/readings.ts';

type Row = [text: string, value: string | undefined];

function reads(name: string, spoken: Spoken, rows: Row[]): void {
  for (const [text, value] of rows) {
    it(`${name}: 「${text}」 is ${value ?? 'asked again'}`, () =>
      expect(spokenOf(text, spoken)).to.equal(value));
  }
}

describe('answers in the guide', () => {
  reads('prechecks', PRECHECK_ANSWERS, [
    ['嗯 都没问题', 'good'],
    ['好的', 'good'],
    ['第二条我不确定', 'unsure'],
    ['好像有问题', 'unsure'],
    ['帮我查下', 'look'],
    ['没有', undefined],
    ['没有了 都关了', 'none-left'],
    ['有个爱奇艺', 'agreements'],
    ['尾号5678那张', 'card'],
    ['1234和5678都要解', 'several'],
    ['asdf', undefined],
  ]);

  reads('agreements', AGREEMENT_ANSWERS, [
    ['没了 都关了', 'none'],
    ['都取消了', 'none'],
    ['没有自动扣款', 'none'],
    ['有个爱奇艺 还有手机分24期', 'some'],
    ['视频会员', 'some'],
    ['有啥区别', undefined],
    ['asdf', undefined],
  ]);

  reads('one agreement', NAMED_ANSWERS, [
    ['爱奇艺关了但是分期还没还完', 'handled'],
    ['还没关了', 'later'],
    ['那我先去弄 明天再来', 'leave'],
  ]);

  reads('handled', HANDLED_ANSWERS, [
    ['都关了', 'handled'],
    ['嗯', 'handled'],
    ['那我先去弄 明天再来', 'later'],
    ['还没弄好', 'later'],
    ['我要先去处理', 'later'],
    ['asdf', undefined],
  ]);

  reads('steps', STEP_ANSWERS, [
    ['好了', 'next'],
    ['弄好了', 'next'],
    ['到了', 'next'],
    ['然后呢', 'next'],
    ['嗯', 'next'],
    ['到选卡这步了 然后呢', 'next'],
    ['回到上一步', 'back'],
    ['找不到这个入口', 'stuck'],
    ['不行', undefined],
    ['asdf', undefined],
  ]);

  reads('list', LIST_ANSWERS, [
    ['列表里没了', 'shown'],
    ['没了', 'shown'],
    ['写着已解绑', 'shown'],
    ['是的', 'shown'],
    ['还在', 'not-yet'],
    ['显示处理中', 'not-yet'],
    ['没变', 'not-yet'],
    ['不是', 'not-yet'],
    ['asdf', undefined],
  ]);
});
