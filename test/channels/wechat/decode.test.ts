import { expect } from 'chai';
import { cdata } from '../../../src/channels/tencent/xml.ts';
import { decode } from '../../../src/channels/wechat/decode.ts';

function xml(fields: Record<string, string | number>): string {
  const all = { ToUserName: 'gh_1', FromUserName: 'oABC-1', CreateTime: 1348831860, ...fields };
  const lines = Object.entries(all).map(([tag, value]) => {
    return `<${tag}>${typeof value === 'number' ? value : cdata(value)}</${tag}>`;
  });
  return `<xml>${lines.join('\n')}</xml>`;
}

const contentOf = (fields: Record<string, string | number>) => {
  const decoded = decode(xml({ MsgId: '1234567890123456789', ...fields }), 'wx1');
  return decoded?.kind === 'message' ? decoded.content : decoded;
};
const eventOf = (fields: Record<string, string | number>) => {
  const decoded = decode(xml({ MsgType: 'event', ...fields }), 'wx1');
  return decoded?.kind === 'event' ? decoded.event : decoded;
};

describe('messages from WeChat', () => {
  const messages: [Record<string, string | number>, object][] = [
    [
      { MsgType: 'text', Content: '你好 ]]> 😀' },
      { kind: 'text', text: '你好 ]]> 😀', menuId: undefined },
    ],
    [
      { MsgType: 'text', Content: '满意', bizmsgmenuid: '7-1' },
      { kind: 'text', text: '满意', menuId: '7-1' },
    ],
    [
      { MsgType: 'image', PicUrl: 'http://x', MediaId: 'm' },
      { kind: 'image', mediaId: 'm' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '我要解绑' },
      { kind: 'voice', mediaId: 'm', words: '我要解绑' },
    ],
    [
      { MsgType: 'voice', MediaId16K: 'm16' },
      { kind: 'voice', mediaId: 'm16', words: undefined },
    ],
    [
      { MsgType: 'video', MediaId: 'm', ThumbMediaId: 't' },
      { kind: 'video', mediaId: 'm' },
    ],
    [
      { MsgType: 'shortvideo', MediaId: 'm' },
      { kind: 'video', mediaId: 'm' },
    ],
    [
      { MsgType: 'location', Location_X: '23.134521', Location_Y: '113.358803', Scale: 20, Label: '某地' },
      { kind: 'location', latitude: 23.134521, longitude: 113.358803, label: '某地' },
    ],
    [
      { MsgType: 'link', Title: 't', Description: 'd', Url: 'https://x' },
      { kind: 'link', title: 't', description: 'd', url: 'https://x' },
    ],
    [
      { MsgType: 'miniprogrampage', Title: 't', AppId: 'wx2', PagePath: 'a/b' },
      { kind: 'mini-program', title: 't', page: 'a/b' },
    ],
    [
      { MsgType: 'hologram', Shape: 'cube' },
      { kind: 'unsupported', type: 'hologram' },
    ],
    [{ MsgType: 'a<b>&\n{}' }, { kind: 'unsupported', type: 'ab' }],
    [{ MsgType: '是' }, { kind: 'unsupported', type: 'unknown' }],
    [{ MsgType: 'image' }, { kind: 'unsupported', type: 'image' }],
    [
      { MsgType: 'location', Location_X: 'north', Location_Y: '1' },
      { kind: 'unsupported', type: 'location' },
    ],
    [{ MsgType: '__proto__' }, { kind: 'unsupported', type: '__proto__' }],
    [{ MsgType: 'constructor' }, { kind: 'unsupported', type: 'constructor' }],
  ];
  for (const [fields, expected] of messages) {
    it(`like ${JSON.stringify(fields)} are read`, () => {
      expect(contentOf(fields)).to.deep.equal(expected);
    });
  }

  const events: [Record<string, string | number>, object][] = [
    [
      { Event: 'subscribe', EventKey: '' },
      { kind: 'followed', scene: undefined },
    ],
    [
      { Event: 'subscribe', EventKey: 'qrscene_123', Ticket: 'T' },
      { kind: 'followed', scene: '123' },
    ],
    [{ Event: 'unsubscribe' }, { kind: 'unfollowed' }],
    [
      { Event: 'SCAN', EventKey: '123' },
      { kind: 'scanned', scene: '123' },
    ],
    [
      { Event: 'CLICK', EventKey: 'HELP' },
      { kind: 'menu-tapped', key: 'HELP' },
    ],
    [
      { Event: 'VIEW', EventKey: 'https://x' },
      { kind: 'page-opened', url: 'https://x' },
    ],
    [{ Event: 'LOCATION', Latitude: '23.1' }, { kind: 'located' }],
    [
      { Event: 'TEMPLATESENDJOBFINISH', MsgID: 200163836, Status: 'failed:user block' },
      { kind: 'template-sent', status: 'failed:user block' },
    ],
    [
      { Event: 'kf_create_session', KfAccount: 'a@b' },
      { kind: 'person', change: 'create' },
    ],
    [
      { Event: 'kf_close_session', KfAccount: 'a@b' },
      { kind: 'person', change: 'close' },
    ],
    [
      { Event: 'kf_switch_session', FromKfAccount: 'a' },
      { kind: 'person', change: 'switch' },
    ],
    [
      { Event: 'user_enter_tempsession', SessionFrom: 'shop' },
      { kind: 'entered', from: 'shop' },
    ],
    [
      { Event: 'debug_demo', debug_str: 'x' },
      { kind: 'unsupported', type: 'debug_demo' },
    ],
  ];
  for (const [fields, expected] of events) {
    it(`about ${fields.Event} ${fields.EventKey ?? ''} are read as events`, () => {
      expect(eventOf(fields)).to.deep.equal(expected);
    });
  }

  it('say who sent them and when, and have a key that each delivery repeats', () => {
    const body = xml({ MsgType: 'text', Content: 'a', MsgId: '6054768590064713728' });
    expect(decode(body, 'wx1')).to.deep.include({
      customer: 'oABC-1',
      account: 'gh_1',
      sentAt: new Date(1_348_831_860_000),
      dedupeKey: 'wx:wx1:m:6054768590064713728',
    });
    const click = xml({ MsgType: 'event', Event: 'CLICK', EventKey: 'HELP' });
    expect(decode(click, 'wx1')).to.include({ dedupeKey: 'wx:wx1:e:oABC-1:1348831860:CLICK:HELP' });
    const other = xml({ MsgType: 'event', Event: 'CLICK', EventKey: 'HOURS' });
    expect(decode(other, 'wx1')?.dedupeKey).not.to.equal(decode(click, 'wx1')?.dedupeKey);
  });

  it('without an id have the same key each time, too', () => {
    const body = xml({ MsgType: 'text', Content: 'a' });
    expect(decode(body, 'wx1')?.dedupeKey).to.equal(decode(body, 'wx1')?.dedupeKey);
  });

  it('in JSON are read alike, ids of 64 bits whole', () => {
    const body =
      '{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1714037059,"MsgType":"text","Content":"\\"MsgId\\":9007199254740993","MsgId":9007199254740993}';
    expect(decode(body, 'wx1')).to.deep.equal({
      kind: 'message',
      customer: 'o1',
      account: 'gh_1',
      sentAt: new Date(1_714_037_059_000),
      dedupeKey: 'wx:wx1:m:9007199254740993',
      content: { kind: 'text', text: '"MsgId":9007199254740993', menuId: undefined },
    });
  });

  const none: Record<string, string> = {
    'without a sender':
      '<xml><ToUserName>g</ToUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>',
    'with two senders': xml({ MsgType: 'text' }).replace('</xml>', '<FromUserName>o2</FromUserName></xml>'),
    'with a sender that is no id': xml({ MsgType: 'text', FromUserName: 'o|1' }),
    'with a time that is none': xml({ MsgType: 'text', CreateTime: 'now' }),
    'that are events without a name': xml({ MsgType: 'event' }),
    'that are other JSON': '{"a":1}',
    'that are a list': '[1]',
    'that are broken JSON': '{"a":',
    'with a DOCTYPE': `<!DOCTYPE x>${xml({ MsgType: 'text' })}`,
    'that are nothing': '',
  };
  for (const [what, body] of Object.entries(none)) {
    it(`are none ${what}`, () => {
      expect(decode(body, 'wx1')).to.equal(undefined);
    });
  }
});
