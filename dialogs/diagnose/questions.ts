import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { ask, type Choice, type Line, spoken } from '../kit/index.ts';

const UNBOUND: Choice = { value: 'unbound', key: 'diagnose.isSolved' };
const NOT_YET: Choice = { value: 'not-yet', key: 'diagnose.notYet' };
const PERSON: Choice = { value: 'person', key: 'common.toHuman' };
const WAIT: Choice = { value: 'wait', key: 'diagnose.wait' };

const NO = /没有?(?:好|弄|解|成|到|过)|还没|还是|不行|没变|失败/u;
const IS_UNBOUND = /解开|解绑(?:了|成)|没了|不在|解掉|成功/u;

const HOW = spoken(
  [
    [NO, 'not-yet'],
    [IS_UNBOUND, 'unbound'],
    [/好了|弄好|办好|解锁|到账|通过|结清|结束|可以了|行了/u, 'ready'],
  ],
  { yes: 'ready', no: 'not-yet' },
);
const SOLVED = spoken(
  [
    [NO, 'not-yet'],
    [IS_UNBOUND, 'unbound'],
  ],
  { yes: 'unbound', no: 'not-yet' },
);
const WAITING = spoken(
  [
    [/再看|看看|怎么(?:办|弄)|再说一遍/u, 'again'],
    [/等|知道|明白/u, 'wait'],
  ],
  { yes: 'again', no: 'wait' },
);
const STILL_NOT = spoken([[/等|知道|明白|再试/u, 'wait']], { yes: 'person', no: 'wait' });

/** 「现在怎么样了?」 where the platform cannot tell: `unbound`, `ready` to be unbound, or `not-yet`. */
export function askHow(step: WaterfallStepContext, matter: Line): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'diagnose.how',
    slots: { matter },
    choices: [UNBOUND, { value: 'ready', key: 'diagnose.ready' }, NOT_YET],
    spoken: HOW,
    retry: 'diagnose.howRetry',
    aside: true,
  });
}

/** 「解开了吗?」 after the steps were shown: `unbound` or `not-yet`. */
export function askSolved(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'diagnose.solved',
    choices: [UNBOUND, NOT_YET],
    spoken: SOLVED,
    retry: 'diagnose.solvedRetry',
    aside: true,
  });
}

/** All was worked through and waits for somebody: `again`, `person` or `wait`. */
export function askWaiting(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'diagnose.stillWaiting',
    choices: [{ value: 'again', key: 'diagnose.lookAgain' }, PERSON, WAIT],
    spoken: WAITING,
    retry: 'diagnose.waitingRetry',
    aside: true,
  });
}

/** It has not helped: `person` or `wait`. */
export function askPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, {
    kind: 'choice',
    key: 'diagnose.offerPerson',
    choices: [PERSON, WAIT],
    spoken: STILL_NOT,
    aside: true,
  });
}
