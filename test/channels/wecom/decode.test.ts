import { expect } from 'chai';
import { decodeCallback, decodeItem } from '../../../src/channels/wecom/decode.ts';

const item = (fields: object) => ({
  msgid: 'm-1_a',
  open_kfid: 'wk1',
  external_userid: 'wm1',
  send_time: 1_700_000_000,
  origin: 3,
  ...fields,
});

const contentOf = (msgtype: string, body: unknown) => {
  const decoded = decodeItem(item({ msgtype, [msgtype]: body }), 'wk1');
  return decoded?.kind === 'message' ? decoded.content : decoded;
};
const eventOf = (event_type: string, fields: object) => {
  const { external_userid: _, open_kfid: __, ...rest } = item({ msgtype: 'event', origin: 4 });
  const event = { event_type, open_kfid: 'wk2', external_userid: 'wm2', ...fields };
  return decodeItem({ ...rest, event }, 'wk1');
};

describe('the bell of WeCom', () => {
  const body = (fields: string) =>
    `<xml><ToUserName><![CDATA[ww1]]></ToUserName><CreateTime>1348831860</CreateTime><MsgType><![CDATA[event]]></MsgType>${fields}</xml>`;

  it('says for which account there is something to fetch, and how', () => {
    const bell = '<Event>kf_msg_or_event</Event><Token><![CDATA[ENCA]]></Token><OpenKfId>wk1</OpenKfId>';
    expect(decodeCallback(body(bell))).to.deep.equal({
      kind: 'bell',
      bell: { openKfId: 'wk1', token: 'ENCA' },
    });
  });

  it('is told from other callbacks, and from what is none', () => {
    expect(decodeCallback(body('<Event>change_contact</Event>'))).to.deep.equal({
      kind: 'other',
      type: 'change_contact',
    });
    expect(decodeCallback(body('<Event>kf_msg_or_event</Event><OpenKfId>wk1</OpenKfId>'))).to.equal(
      undefined,
    );
    expect(decodeCallback('<xml></xml>')).to.equal(undefined);
    expect(decodeCallback('?')).to.equal(undefined);
  });
});

describe('messages from WeCom', () => {
  const messages: [string, unknown, object][] = [
    ['text', { content: '你好' }, { kind: 'text', text: '你好', menuId: undefined }],
    ['text', { content: '满意', menu_id: '7-1' }, { kind: 'text', text: '满意', menuId: '7-1' }],
    ['image', { media_id: 'm' }, { kind: 'image', mediaId: 'm' }],
    ['voice', { media_id: 'm' }, { kind: 'voice', mediaId: 'm' }],
    ['video', { media_id: 'm' }, { kind: 'video', mediaId: 'm' }],
    ['file', { media_id: 'm' }, { kind: 'file', mediaId: 'm' }],
    [
      'location',
      { latitude: 23.1, longitude: 113.3, name: '广州', address: '某路' },
      { kind: 'location', latitude: 23.1, longitude: 113.3, label: '广州 某路' },
    ],
    [
      'link',
      { title: 't', desc: 'd', url: 'https://x', pic_url: 'p' },
      { kind: 'link', title: 't', description: 'd', url: 'https://x' },
    ],
    [
      'miniprogram',
      { title: 't', appid: 'a', pagepath: 'p' },
      { kind: 'mini-program', title: 't', page: 'p' },
    ],
    ...[
      'business_card',
      'msgmenu',
      'channels_shop_product',
      'channels_shop_order',
      'merged_msg',
      'channels',
      'meeting',
      'schedule',
      'note',
      'of_next_year',
    ].map((type): [string, unknown, object] => [type, { any: 1 }, { kind: 'unsupported', type }]),
    ['image', {}, { kind: 'unsupported', type: 'image' }],
    ['text', null, { kind: 'unsupported', type: 'text' }],
    ['toString', {}, { kind: 'unsupported', type: 'toString' }],
  ];
  for (const [msgtype, body, expected] of messages) {
    it(`of type ${msgtype} ${JSON.stringify(body)} are read`, () => {
      expect(contentOf(msgtype, body)).to.deep.equal(expected);
    });
  }

  it('say who sent them, when, and to which account', () => {
    expect(decodeItem(item({ msgtype: 'text', text: { content: 'a' } }), 'wk9')).to.deep.include({
      kind: 'message',
      messageId: 'm-1_a',
      openKfId: 'wk1',
      customer: 'wm1',
      sentAt: new Date(1_700_000_000_000),
    });
  });

  it('are told from what an agent wrote in WeCom', () => {
    const decoded = decodeItem(
      item({ origin: 5, servicer_userid: 'zhang', msgtype: 'text', text: { content: 'a' } }),
      'wk1',
    );
    expect(decoded).to.include({ kind: 'agent-message', agent: 'zhang', customer: 'wm1' });
  });

  const events: [string, object, object][] = [
    [
      'enter_session',
      { scene: 'app', scene_param: 'p', welcome_code: 'C' },
      { kind: 'entered', scene: 'app', sceneParam: 'p', welcomeCode: 'C' },
    ],
    ['enter_session', {}, { kind: 'entered', scene: '', sceneParam: '', welcomeCode: undefined }],
    [
      'msg_send_fail',
      { fail_msgid: 'f1', fail_type: 6 },
      { kind: 'send-failed', messageId: 'f1', reason: 'quota' },
    ],
    [
      'msg_send_fail',
      { fail_msgid: 'f1', fail_type: 77 },
      { kind: 'send-failed', messageId: 'f1', reason: 'unknown' },
    ],
    [
      'servicer_status_change',
      { servicer_userid: 'zhang', status: 2, stop_type: 1 },
      { kind: 'agent-status', agent: 'zhang', online: false },
    ],
    [
      'session_status_change',
      { change_type: 1, new_servicer_userid: 'zhang', msg_code: 'C' },
      { kind: 'session', change: 'taken', agent: 'zhang', code: 'C' },
    ],
    [
      'session_status_change',
      { change_type: 3, old_servicer_userid: 'zhang', msg_code: 'C' },
      { kind: 'session', change: 'ended', agent: 'zhang', code: 'C' },
    ],
    ['session_status_change', { change_type: 9 }, { kind: 'unsupported', type: 'session_status_change' }],
    ['user_recall_msg', { recall_msgid: 'r1' }, { kind: 'recalled', by: 'customer', messageId: 'r1' }],
    ['servicer_recall_msg', { recall_msgid: 'r1' }, { kind: 'recalled', by: 'agent', messageId: 'r1' }],
    [
      'reject_customer_msg_switch_change',
      { servicer_userid: 'zhang', reject_switch: 1 },
      { kind: 'reject-switch', agent: 'zhang', rejects: true },
    ],
    ['of_next_year', {}, { kind: 'unsupported', type: 'of_next_year' }],
  ];
  for (const [type, fields, expected] of events) {
    it(`about ${type} ${JSON.stringify(fields)} are read as events`, () => {
      const decoded = eventOf(type, fields);
      expect(decoded).to.include({ kind: 'event', customer: 'wm2', openKfId: 'wk2', messageId: 'm-1_a' });
      expect(decoded?.kind === 'event' && decoded.event).to.deep.equal(expected);
    });
  }

  it('are none without id, time, type or sender', () => {
    const whole = item({ msgtype: 'text', text: { content: 'a' } });
    for (const without of ['msgid', 'send_time', 'msgtype', 'origin', 'external_userid']) {
      expect(decodeItem({ ...whole, [without]: undefined }, 'wk1'), without).to.equal(undefined);
    }
    for (const odd of [null, 'text', 7, [], { ...whole, msgtype: 'event' }]) {
      expect(decodeItem(odd, 'wk1')).to.equal(undefined);
    }
  });
});
