import { expect } from 'chai';
import { checkFiles } from '../../../../src/web/console/chats/chat/check-files.ts';

const file = (name: string, type = 'image/png', size = 100) => ({ name, type, size });

describe('files that an agent chooses', () => {
  it('are all good when they are pictures and PDFs of a size', () => {
    const chosen = [file('a.png'), file('b.pdf', 'application/pdf', 10 * 1024 * 1024)];
    expect(checkFiles(chosen, 5)).to.deep.equal({ good: [0, 1], problem: undefined });
  });

  it('go without those that cannot be sent, and it is told of the first', () => {
    const chosen = [
      file('x.exe', 'application/x-msdownload'),
      file('a.png'),
      file('leer.png', 'image/png', 0),
    ];
    expect(checkFiles(chosen, 5)).to.deep.equal({
      good: [1],
      problem: { key: 'fileWrongType', name: 'x.exe' },
    });
    const large = file('gross.jpg', 'image/jpeg', 10 * 1024 * 1024 + 1);
    expect(checkFiles([large], 5).problem?.key).to.equal('fileTooLarge');
    expect(checkFiles([file('leer.png', 'image/png', 0)], 5).problem?.key).to.equal('fileEmpty');
  });

  it('are as many as there is room for', () => {
    expect(checkFiles([file('a.png'), file('b.png')], 1)).to.deep.equal({
      good: [0],
      problem: { key: 'fileTooMany', name: 'b.png' },
    });
  });
});
