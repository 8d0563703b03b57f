import { expect } from 'chai';
import { readUploadAnswer } from '../../../../src/web/widget/upload/answer.ts';

describe('answer to an upload', () => {
  it('tells the warnings it knows', () => {
    const body = JSON.stringify({ documentId: 'd', slot: 'id-front', warnings: ['glare', 'unheard-of'] });
    expect(readUploadAnswer(201, body)).to.deep.equal({
      kind: 'stored',
      documentId: 'd',
      warnings: ['glare'],
    });
  });

  it('passes on the words of a refusal', () => {
    const body = JSON.stringify({ error: { code: 'PictureUnreadable', message: '照片打不开' } });
    const refused = { kind: 'refused', code: 'PictureUnreadable', message: '照片打不开' };
    expect(readUploadAnswer(422, body)).to.deep.equal(refused);
  });

  it('lets the same file be sent again when nothing came, the server is busy or a proxy answered', () => {
    expect(readUploadAnswer(0, '')).to.deep.equal({ kind: 'unreachable', message: undefined });
    expect(readUploadAnswer(502, '<html>')).to.deep.equal({ kind: 'unreachable', message: undefined });
    const busy = JSON.stringify({ error: { code: 'TooManyUploads', message: '请稍后' } });
    expect(readUploadAnswer(429, busy)).to.deep.equal({ kind: 'unreachable', message: '请稍后' });
  });
});
