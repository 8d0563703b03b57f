import { expect } from 'chai';
import { csv } from '../../../src/console/reports/csv.ts';

const linesOf = (table: string) => table.slice(1).split('\r\n');

describe('a table as CSV', () => {
  it('begins with the mark by which Excel knows UTF-8, and ends each line with CR LF', () => {
    expect(csv(['主题'], [['风控']])).to.equal('\uFEFF主题\r\n风控\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csv(['a'], [['x,y'], ['say "hi"'], ['one\ntwo']]).slice(1)).to.equal(
      'a\r\n"x,y"\r\n"say ""hi"""\r\n"one\ntwo"\r\n',
    );
  });

  for (const attack of ['=HYPERLINK("//evil")', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\r=1', '＝1+1'])
    it(`makes a text of the formula ${JSON.stringify(attack)}`, () => {
      const [, line = ''] = csv(['a'], [[attack]])
        .slice(1)
        .split(/(?<=^a)\r\n/);
      expect(line.replace(/^"/, '')).to.match(/^'/);
    });

  it('disarms headings, too, and leaves numbers what they are', () => {
    expect(
      linesOf(
        csv(
          ['=a', 'b'],
          [
            [-3, 0.25],
            [null, 1e-7],
          ],
        ),
      ),
    ).to.deep.equal(["'=a,b", '-3,0.25', ',1e-7', '']);
  });
});
