import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { TOPICS, type TopicId } from '../../dialogs/index.ts';
import { REFERENCE_LOCALE, type TextKey } from '../../locales/index.ts';
import { fromRoot } from '../../src/root.ts';

/** A fact about unbinding, the texts that say it (with what makes them say it) and the topics that send them. */
interface Fact {
  fact: string;
  said: Partial<Record<TextKey, RegExp>>;
  topics: TopicId[];
}

const FACTS: Fact[] = [
  {
    fact: 'three conditions: account in order, nothing open on the platform, card and person the same',
    said: { 'unbind-guide.prechecks': /账户能正常用.*没结清.*实名一致/su },
    topics: ['unbind-guide'],
  },
  {
    fact: 'accounts long unused, out of date or with suspicious dealings are locked against unbinding',
    said: { 'risk-lock.why': /很久没登录.*信息过期.*可疑交易/su },
    topics: ['risk-lock'],
  },
  {
    fact: 'the real-name rule is why card and account must be of one person',
    said: { 'unbind-guide.prechecks': /实名制的要求/su, 'identity-mismatch.notHolder': /同一个人/su },
    topics: ['unbind-guide', 'identity-mismatch'],
  },
  {
    fact: 'agreements on automatic debits are looked up and ended first, or something may fall overdue',
    said: {
      'unbind-guide.autopay': /会员续费.*分期.*逾期/su,
      'autopay.closeFirst': /先.*自动扣款.*再解绑.*逾期/su,
    },
    topics: ['unbind-guide', 'autopay'],
  },
  {
    fact: 'unbinding ends the right to charge the card, it is not deleting what is stored of it',
    said: { 'unbind-guide.difference': /停掉这张卡的支付授权/su },
    topics: ['unbind-guide'],
  },
  {
    fact: 'first step: log in by the official app or site; false sites pose as a way to unbind',
    said: {
      'unbind-guide.step1': /官方 App.*官网.*解绑通道.*骗/su,
      'official-channel.tell-link': /解绑通道.*假/su,
    },
    topics: ['unbind-guide', 'official-channel'],
  },
  {
    fact: 'where it is found in the app, as the operator has set it',
    said: {
      'unbind-guide.step1': /\{\{path\}\}/su,
      'official-channel.tell-entry': /\{\{path\}\}/su,
      'security-settings.howTo-no-password': /\{\{payment\}\}/su,
    },
    topics: ['unbind-guide', 'official-channel', 'security-settings'],
  },
  {
    fact: 'to delete is something else than to unbind, asks for a stricter check and is what fails',
    said: {
      'unbind-guide.difference': /记录还在.*“删除”.*验证更严/su,
      'unbind-guide.step2': /不是“删除”/su,
    },
    topics: ['unbind-guide'],
  },
  {
    fact: 'second step: choose the card, unbind, pass the check by message, face or transaction password',
    said: {
      'unbind-guide.step2': /选\{\{card\}\}.*短信、刷脸或交易密码/su,
      'verification.twoNumbers': /平台注册手机.*银行预留手机/su,
    },
    topics: ['unbind-guide', 'verification'],
  },
  {
    fact: 'the check grows with the risk: another place or a large sum may ask for one more',
    said: {
      'unbind-guide.step2': /异地登录、有大额交易.*多验一样/su,
      'verification.extraCheck': /异地登录、有大额交易.*身份证照片.*银行预留手机/su,
    },
    topics: ['unbind-guide', 'verification'],
  },
  {
    fact: 'trying often leads to a temporary lock',
    said: { 'unbind-guide.step2': /连着试.*临时锁定/su, 'maintenance.stopClicking': /别再连着点/su },
    topics: ['unbind-guide', 'maintenance'],
  },
  {
    fact: 'third step: look at when it was bound, the last dealings, what is open; not frozen, not reported lost',
    said: {
      'unbind-guide.step3': /绑定时间、最近交易和待结清金额.*没有冻结或挂失/su,
      'card-status.explainFrozen': /不能是冻结状态/su,
      'card-status.explainLost': /不能是挂失状态/su,
    },
    topics: ['unbind-guide', 'card-status'],
  },
  {
    fact: 'money that is still open on the platform stands in the way and is cleared first',
    said: {
      'balance.howTo-WITHDRAWAL_IN_TRANSIT': /要等它到账或者退回来/su,
      'balance.howTo-UNSETTLED_BALANCE': /提现，或者花掉/su,
      'balance.howTo-UNPAID_BILL': /付清/su,
      'unbind-guide.step3': /待结清金额是 0/su,
    },
    topics: ['balance', 'unbind-guide'],
  },
  {
    fact: 'fourth step: submit; where the page shows a cooling-off period it can be taken back and followed',
    said: {
      'unbind-guide.step4': /冷却期.*撤回.*以页面显示为准/su,
      'cooling-off.unknown': /以您页面显示的为准/su,
      'progress.processing': /还在处理/su,
    },
    topics: ['unbind-guide', 'cooling-off', 'progress'],
  },
  {
    fact: 'done is what the list of cards says; picture and message are kept as proof',
    said: {
      'unbind-guide.verify': /“已解绑”.*短信/su,
      'unbind-guide.keepProof': /截.*图.*短信.*凭据/su,
      'progress.done': /截.*图.*短信.*凭据/su,
    },
    topics: ['unbind-guide', 'progress'],
  },
  {
    fact: 'a risk lock: hand in the identity documents and say why, a person reviews, then it is released',
    said: {
      'risk-lock.why': /提交身份材料，由人工审核；通过之后再解锁/su,
      'risk-lock.reason': /为什么想解绑/su,
      'verification.locked': /次数多了.*锁/su,
    },
    topics: ['risk-lock', 'verification'],
  },
  {
    fact: 'no clicking on and no other device: it may end in a stricter limit',
    said: { 'risk-lock.stopTrying': /别再点解绑，也别换手机.*更严格的限制/su },
    topics: ['risk-lock'],
  },
  {
    fact: 'card of somebody else: bring in an own card and the holder’s identity card, then unbind the old one',
    said: {
      'identity-mismatch.notHolder': /本人的新卡.*本人的身份证.*审核通过后，再解旧卡/su,
      'identity-mismatch.infoExpired': /更新身份和银行卡信息/su,
    },
    topics: ['identity-mismatch'],
  },
  {
    fact: 'card closed at the bank: its certificate of closure',
    said: { 'identity-mismatch.cardClosed': /账户注销证明/su },
    topics: ['identity-mismatch'],
  },
  {
    fact: 'a fault: look at the announcements, try at a quieter hour, or call a number found on the official site',
    said: {
      'maintenance.until': /公告/su,
      'maintenance.tryLater': /错开人多的时候/su,
      'official-channel.tell-number': /官网.*号码/su,
    },
    topics: ['maintenance', 'official-channel'],
  },
  {
    fact: 'check one: statements of the next cycles; a charge after unbinding is disputed at the bank, with proof',
    said: {
      'aftercare.tell-bills': /后面一两期.*拒付，结果由银行定/su,
      'dispute.bankWay': /拒付或争议处理.*结果由银行按规则定/su,
    },
    topics: ['aftercare', 'dispute'],
  },
  {
    fact: 'check two: removed from the payment settings; payments without password and quick pay',
    said: { 'aftercare.tell-account': /移除.*小额免密.*快捷支付/su },
    topics: ['aftercare'],
  },
  {
    fact: 'check three: the credit report after three months, only where instalments or loans ran over the card',
    said: {
      'aftercare.tell-credit': /\{\{months\}\} 个月.*分期、贷款/su,
      'aftercare.credit-why': /办过分期或贷款的才用查/su,
    },
    topics: ['aftercare'],
  },
  {
    fact: 'prevent: no public networks, a new password, login alerts, so that nobody binds it again',
    said: {
      'aftercare.tell-prevent': /登录密码.*登录提醒.*公共网络.*再绑/su,
      'security-settings.howTo-alerts': /登录提醒/su,
    },
    topics: ['aftercare', 'security-settings'],
  },
];

const texts = new Map<string, string>();
for (const file of readdirSync(fromRoot('locales', REFERENCE_LOCALE)).filter((name) =>
  name.endsWith('.json'),
)) {
  const read: Record<string, string> = JSON.parse(
    readFileSync(fromRoot('locales', REFERENCE_LOCALE, file), 'utf8'),
  );
  for (const [key, text] of Object.entries(read)) texts.set(`${file.replace('.json', '')}.${key}`, text);
}
const all = [...texts].map(([key, text]) => ({ key, text }));

function sourceOf(topic: TopicId): string {
  const files = readdirSync(fromRoot('dialogs', topic), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(fromRoot('dialogs', topic, file), 'utf8'))
    .join('\n');
}

/** Whether a source sends a text: by its key, or by a key that it puts together. */
function sends(source: string, key: string): boolean {
  if (source.includes(`'${key}'`)) return true;
  const prefixes = [...source.matchAll(/`([a-z-]+\.[A-Za-z-]*)\$\{/g)].map(([, prefix = '']) => prefix);
  return prefixes.some((prefix) => key.startsWith(prefix) && !prefix.endsWith('.'));
}

describe('facts about unbinding', () => {
  it('are twenty-four', () => {
    expect(FACTS).to.have.length(24);
  });

  for (const { fact, said, topics } of FACTS) {
    it(`${fact}: ${topics.join(', ')}`, () => {
      const unsaid = Object.entries(said).filter(([key, sign]) => !sign.test(texts.get(key) ?? ''));
      expect(unsaid.map(([key]) => `${key}: ${texts.get(key)}`)).to.deep.equal([]);
      const sources = topics.map((topic) => ({ topic, source: sourceOf(topic) }));
      const sendsIt = ({ source }: { source: string }) => Object.keys(said).some((key) => sends(source, key));
      expect(sources.filter((one) => !sendsIt(one)).map(({ topic }) => topic)).to.deep.equal([]);
      const sentByNone = Object.keys(said).filter((key) => !sources.some(({ source }) => sends(source, key)));
      expect(sentByNone).to.deep.equal([]);
    });
  }

  it('belong to topics there are', () => {
    expect(TOPICS).to.include.members(FACTS.flatMap(({ topics }) => topics));
  });
});

/** Texts that break a rule, by what they say. */
const breaking = (rule: (text: string) => boolean) =>
  all.filter(({ text }) => rule(text)).map(({ key, text }) => `${key}: ${text}`);

/** The sentences of all texts in which a word stands. */
const sentencesWith = (word: RegExp) =>
  all.flatMap(({ key, text }) =>
    text
      .split(/(?<=[。！？；\n])/su)
      .filter((sentence) => word.test(sentence))
      .map((sentence) => ({ key, sentence })),
  );
const without = (word: RegExp, needed: RegExp) =>
  sentencesWith(word).filter(({ sentence }) => !needed.test(sentence));

describe('cautions', () => {
  it('1: no text says that the platform is licensed; where it is looked up is said', () => {
    expect(without(/持牌|牌照|许可证/su, /人民银行官网查/su)).to.deep.equal([]);
  });

  it('2: what is open is the platform’s; nobody is told to pay back the card first', () => {
    expect(
      breaking((text) => /先(?:还清|还完|结清信用卡)/u.test(text.replace(/不用为了解绑先还清/gu, ''))),
    ).to.deep.equal([]);
    expect(texts.get('balance.bankDebt')).to.match(/照常还/su);
  });

  it('3: where a withdrawal goes is left to the page', () => {
    expect(breaking((text) => /提现到信用卡/u.test(text))).to.deep.equal([]);
    expect(texts.get('balance.moveOut')).to.match(/看页面/su);
  });

  it('4: nothing is promised to be wiped out', () => {
    expect(texts.get('unbind-guide.records')).to.match(/依法要保存.*不能跟您说一点不留/su);
    expect(breaking((text) => /彻底(?:清除|删除|抹)|全部抹/u.test(text))).to.deep.equal([]);
  });

  it('5: no hours of a cooling-off period are said, only the page’s or the platform’s', () => {
    expect(breaking((text) => /24 ?小时|二十四小时/u.test(text))).to.deep.equal([]);
  });

  it('6: nobody is frightened with a freeze for ever', () => {
    expect(breaking((text) => /永久|永远|终身/u.test(text))).to.deep.equal([]);
  });

  it('7: a picture with the document in hand has a consent of its own and never goes through the chat', () => {
    expect(texts.get('consent.facePhoto')).to.match(/单独.*可以不同意/su);
    expect(texts.get('upload.notInChat')).to.match(/聊天/su);
  });

  it('8: no number beginning with 400, and no word that such are all false', () => {
    expect(breaking((text) => /(?<!\d)400(?!\d)/u.test(text))).to.deep.equal([]);
  });

  it('9: the names of places in the app are settings, words are spelled right', () => {
    expect(breaking((text) => /持证人|账周期|安全中心/u.test(text))).to.deep.equal([]);
  });

  it('10: nobody is told to lift the loss report in order to unbind', () => {
    expect(texts.get('card-status.explainLost')).to.match(/不要为了解绑去解挂/su);
    expect(without(/解挂/su, /不要|别/su)).to.deep.equal([]);
  });

  it('11: a charge is first told apart, and a dispute’s end is the bank’s', () => {
    expect(texts.get('dispute.whenTraded')).to.match(/之前的，还是之后的/su);
    expect(breaking((text) => /(?:会|能|可以)(?:全额)?退(?:款|钱|给您)/u.test(text))).to.deep.equal([]);
  });

  it('12: before quick pay is switched off, what it covers is asked', () => {
    expect(texts.get('security-settings.quickPayScope')).to.match(/先别急着关.*所有卡一起关/su);
  });

  it('13: a message that did not come is no failure', () => {
    expect(texts.get('unbind-guide.verify')).to.match(/没收到不等于没成/su);
  });

  it('14: a new card is the customer’s own, and nobody passes a check for another', () => {
    expect(texts.get('identity-mismatch.familyDocuments')).to.match(/自己来核验.*谁也不能替别人/su);
    expect(texts.get('verification.faceTips')).to.match(/别人代刷不行/su);
  });

  it('15: which rule has locked an account is not told; a quiet hour is only an example', () => {
    expect(texts.get('risk-lock.why')).to.match(/具体触发了哪一条，平台不对外说/su);
    expect(breaking((text) => /因为您的?(?:IP|设备|网络)/iu.test(text))).to.deep.equal([]);
    expect(texts.get('maintenance.tryLater')).to.match(/比如/su);
  });
});
