import { expect } from 'chai';
import { isHarmlessPdf } from '../../src/documents/pdf.ts';
import { packed, pdf, SCRIPT } from './pdfs.ts';

describe('a PDF is taken', () => {
  const harmless: [string, Buffer][] = [
    ['with nothing but pages', pdf()],
    ['with packed objects', pdf([packed('<< /Type /Font >>')])],
    ['with a link to a page', pdf(['5 0 obj\n<< /S /URI /URI (https://example.com) >>\nendobj'])],
    ['that opens on its first page', pdf(['5 0 obj\n<< /OpenAction [3 0 R /Fit] >>\nendobj'])],
  ];
  for (const [name, bytes] of harmless)
    it(name, () => {
      expect(isHarmlessPdf(bytes)).to.equal(true);
    });
});

describe('a PDF is not taken', () => {
  const refused: [string, Buffer][] = [
    ['with a script', pdf([SCRIPT])],
    ['with a script whose name is written in codes', pdf([SCRIPT.replace('/JavaScript', '/J#61vaScr#69pt')])],
    ['with a packed script', pdf([packed('<< /S /JavaScript /JS (x) >>')])],
    ['with a packed script whose name is in codes', pdf([packed('<< /S /Java#53cript /JS (x) >>')])],
    ['with objects packed twice', pdf([packed('x', '/Filter [/ASCIIHexDecode /FlateDecode]')])],
    ['with objects packed by a way named elsewhere', pdf([packed('x', '/Filter 9 0 R')])],
    [
      'with objects mixed up before they were packed',
      pdf([packed('x', '/Filter /FlateDecode /DecodeParms 9 0 R')]),
    ],
    ['that starts a program', pdf(['5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj'])],
    ['with another file inside', pdf(['5 0 obj\n<< /Type /EmbeddedFile >>\nendobj'])],
    ['that sends a form away', pdf(['5 0 obj\n<< /S /SubmitForm >>\nendobj'])],
    ['that is locked', pdf(['5 0 obj\n<< /Encrypt 6 0 R >>\nendobj'])],
    ['with another file behind it', Buffer.concat([pdf(), Buffer.alloc(4000, 'PK')])],
    ['that is cut off', pdf().subarray(0, 200)],
    ['that begins as something else', Buffer.concat([Buffer.from('<html>'), pdf()])],
  ];
  for (const [name, bytes] of refused)
    it(name, () => {
      expect(isHarmlessPdf(bytes)).to.equal(false);
    });

  it('whose packed objects fill the memory', () => {
    expect(isHarmlessPdf(pdf([packed(' '.repeat(40 * 1024 * 1024))]))).to.equal(false);
  });
});
