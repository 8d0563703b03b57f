import { expect } from 'chai';
import type { SensitiveKind } from '../../src/domain/intent.ts';
import { mask } from '../../src/understanding/mask.ts';
import { isHongKongId, isTaiwanId } from '../../src/understanding/masking/checksums.ts';

const HIDDEN: [text: string, secret: string, kind: SensitiveKind][] = [
  ['我的身份證是A123456(3)', 'A123456(3)', 'idNumber'],
  ['A123456(3)', 'A123456(3)', 'idNumber'],
  ['A1234563', 'A1234563', 'idNumber'],
  ['a123456（3）', 'a123456（3）', 'idNumber'],
  ['香港身份证号 AB987654(3)', 'AB987654(3)', 'idNumber'],
  ['HKID: A123456(9)', 'A123456(9)', 'idNumber'],
  ['身分證字號A123456789', 'A123456789', 'idNumber'],
  ['Ａ１２３４５６７８９', 'Ａ１２３４５６７８９', 'idNumber'],
  ['身分證 A123456780 一直說不對', 'A123456780', 'idNumber'],
  ['居留證號 A800000014', 'A800000014', 'idNumber'],
  ['澳门身份证1234567(8)', '1234567(8)', 'idNumber'],
  ['回乡证H12345678', 'H12345678', 'idNumber'],
  ['台胞證號碼 12345678', '12345678', 'idNumber'],
  ['护照E12345678能用吗', 'E12345678', 'idNumber'],
  ['門號0912345678', '0912345678', 'phone'],
  ['0912-345-678', '0912-345-678', 'phone'],
  ['我在台灣 +886 912 345 678', '+886 912 345 678', 'phone'],
  ['886-0912345678', '886-0912345678', 'phone'],
  ['+852 9123 4567', '+852 9123 4567', 'phone'],
  ['(852) 6123-4567', '(852) 6123-4567', 'phone'],
  ['我手機91234567', '91234567', 'phone'],
  ['打俾我 6123 4567', '6123 4567', 'phone'],
  ['whatsapp 51234567', '51234567', 'phone'],
  ['+853 66123456', '+853 66123456', 'phone'],
  ['電話係九一二三四五六七', '九一二三四五六七', 'phone'],
];

const SHOWN = [
  '订单号A123456789',
  '訂單 A1234563',
  '单号0912345678',
  '订单编号 91234567',
  '流水号 85291234567',
  'A1234567',
  'A123456780',
  'E123456',
  'JB2026112',
  'JB 20261122012345',
  '20261123',
  '9123 4567',
  '金额 91234567 元',
  '客服电话 9551 2345',
  '客服電話 61234567',
  '尾号 6123 和 4567',
  '版本 V1234567',
  '有效期还有12345678秒',
  '0.912345678',
  '1234567',
  '交易单号 0912345678',
];

describe('mask, beyond the mainland', () => {
  for (const [text, secret, kind] of HIDDEN) {
    it(`hides ${JSON.stringify(text)}`, () => {
      const masked = mask(text);
      expect(masked.sensitive, masked.text).to.deep.equal([kind]);
      expect(masked.text).not.to.include(secret);
      expect(masked.text.replace(/[^\d]/g, ''), masked.text).to.have.length.at.most(3);
      expect(mask(masked.text)).to.deep.equal({ text: masked.text, sensitive: [] });
    });
  }
  for (const text of SHOWN) {
    it(`leaves ${JSON.stringify(text)} alone`, () =>
      expect(mask(text)).to.deep.equal({ text, sensitive: [] }));
  }

  it('tells a check digit that is right from one that is not', () => {
    expect(['A1234563', 'C1234569', 'AB9876543'].map(isHongKongId)).to.deep.equal([true, true, true]);
    expect(['A1234564', 'AB9876544', '', 'A123456'].map(isHongKongId)).to.deep.equal([
      false,
      false,
      false,
      false,
    ]);
    expect(['A123456789', 'F131104093', 'A800000014'].map(isTaiwanId)).to.deep.equal([true, true, true]);
    expect(['A123456788', 'A323456789', ''].map(isTaiwanId)).to.deep.equal([false, false, false]);
  });
});
