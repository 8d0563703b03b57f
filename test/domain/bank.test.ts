import { expect } from 'chai';
import { isSameBank } from '../../src/domain/bank.ts';

describe('names of banks', () => {
  it('are the same with and without 中国 before them', () => {
    expect(isSameBank('光大银行', '中国光大银行')).to.equal(true);
    expect(isSameBank('中国民生银行股份有限公司', '民生银行')).to.equal(true);
  });

  it('of different banks stay different', () => {
    expect(isSameBank('中国银行', '中国工商银行')).to.equal(false);
    expect(isSameBank('招商银行', '工商银行')).to.equal(false);
  });
});
