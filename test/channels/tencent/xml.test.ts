import { expect } from 'chai';
import { cdata, MAX_CALLBACK_BYTES, parseXml } from '../../../src/channels/tencent/xml.ts';

describe('XML of callbacks', () => {
  it('keeps every value as the text it is', () => {
    const body =
      '<xml><MsgId>1234567890123456789</MsgId><Content><![CDATA[ 007 <b>&amp; ]]></Content><Scale>1.0</Scale></xml>';
    expect(parseXml(body)).to.deep.equal({
      MsgId: '1234567890123456789',
      Content: ' 007 <b>&amp; ',
      Scale: '1.0',
    });
  });

  it('reads back what is written as CDATA, whatever it holds', () => {
    for (const text of ['a]]>b', ']]>', ']]]]>>', '👨‍👩‍👧 ]]', '<xml></xml>', '&lt;']) {
      expect(parseXml(`<xml><Content>${cdata(text)}</Content></xml>`)).to.deep.equal({ Content: text });
    }
  });

  it('lets a customer write about DOCTYPE', () => {
    const body = '<xml><Content><![CDATA[<!DOCTYPE html> 怎么写]]></Content></xml>';
    expect(parseXml(body)).to.deep.equal({ Content: '<!DOCTYPE html> 怎么写' });
  });

  const bad: Record<string, string> = {
    'with a DOCTYPE': '<!DOCTYPE xml><xml><A>1</A></xml>',
    'with an external entity': '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><A>&e;</A></xml>',
    'with an entity declared in lower case': '<!doctype x [<!entity e "v">]><xml><A>&e;</A></xml>',
    'with a DOCTYPE between two texts': '<xml><A><![CDATA[a]]></A><!DOCTYPE x><B><![CDATA[b]]></B></xml>',
    'cut off': '<xml><A><![CDATA[1]]></A><B>',
    'cut off within CDATA': '<xml><A><![CDATA[1',
    'closed wrongly': '<xml><A>1</B></xml>',
    'with another root': '<html><A>1</A></html>',
    'with two roots': '<xml><A>1</A></xml><xml><A>2</A></xml>',
    'without elements': '<xml>text</xml>',
    'that is none': 'hello',
    'that is empty': '',
    'nested deeply': `<xml>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</xml>`,
    'of very many elements': `<xml>${'<a/>'.repeat(10_000)}</xml>`,
    'of texts that never end': `<xml>${'<![CDATA['.repeat(7_000)}</xml>`,
    'longer than allowed': `<xml><A>${'汉'.repeat(MAX_CALLBACK_BYTES / 3)}</A></xml>`,
  };
  for (const [what, body] of Object.entries(bad)) {
    it(`takes no document ${what}`, () => {
      expect(parseXml(body)).to.equal(undefined);
    });
  }

  it('gives nobody a way to the prototypes', () => {
    const parsed = parseXml('<xml><__proto__><admin>1</admin></__proto__><constructor>1</constructor></xml>');
    expect(({} as { admin?: unknown }).admin).to.equal(undefined);
    expect((parsed as { admin?: unknown } | undefined)?.admin).to.equal(undefined);
  });
});
