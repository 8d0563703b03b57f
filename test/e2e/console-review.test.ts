import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { accept, DESK, documentNamed, handIn, logIn, pictureOf } from './review-desk.ts';

describe('a case at the review desk', function () {
  this.timeout(120_000);
  // Each step goes on where the one before has ended.
  this.bail(true);
  let server: ProductServer;
  const devices: Device[] = [];
  let phone: Tab;
  let one: Tab;
  let two: Tab;
  let number: string;

  async function device(options?: Parameters<typeof openDevice>[0]): Promise<Device> {
    const opened = await openDevice(options);
    // The page asks who has logged in before anybody has, and stops asking for what is not looked at any more.
    opened.expectFaults(/401|ERR_ABORTED/);
    devices.push(opened);
    return opened;
  }

  const desk = async (login: string, path: string) => logIn(await device(DESK), { server, login, path });

  const expectNoBarriers = async (page: Page) => expect(await barriersOn(page)).to.deep.equal([]);

  const row = ({ page }: Tab) => page.getByRole('row').filter({ hasText: number });
  before(async () => {
    server = await startServer();
    phone = await (await device()).open(`${server.url}/?customer=risk-lock`);
    number = await handIn(phone);
  });
  after(async () => {
    for (const opened of devices) await opened.close();
    await server?.stop();
  });
  afterEach(() => {
    for (const opened of devices) expect(opened.faults()).to.deep.equal([]);
  });

  it('is found in the queue and claimed', async () => {
    one = await desk('reviewer1', '/review');
    await row(one).filter({ hasText: '风控解锁' }).filter({ hasText: '待审核' }).waitFor();
    await expectNoBarriers(one.page);
    await one.picture('50-queue');
    await one.page.keyboard.press('j');
    await one.page.keyboard.press('Enter');
    await one.page.getByText('认领后显示材料').waitFor();
    await expectNoBarriers(one.page);
    await one.picture('51-unclaimed');
    await one.page.keyboard.press('c');
    await one.page.getByText(/我认领着，还剩 1[45]:/).waitFor();
    await one.page.getByText('招商银行').first().waitFor();
    await pictureOf(one, '身份证人像面，已遮挡').waitFor();
    await expectNoBarriers(one.page);
    await one.picture('52-claimed');
  });

  it('is refused to a colleague, who reads who has it', async () => {
    two = await desk('reviewer2', '/review');
    await row(two).filter({ hasText: 'R01' }).waitFor();
    await row(two).getByRole('link').click();
    await two.page.getByText(/R01 正在处理，到/).waitFor();
    expect(await two.page.locator('.viewer-stage img').count()).to.equal(0);
  });

  it('shows a plain picture for a purpose, and says that it is recorded', async () => {
    await one.page.keyboard.press('m');
    await one.page.getByRole('radio', { name: '核对是不是本人' }).check();
    await one.page.getByRole('dialog').getByRole('button', { name: '显示明文' }).click();
    const code = one.page.getByLabel('动态码或备用码');
    const notice = one.page.getByText(/明文 · 目的：核对是不是本人 · 已记入审计/);
    await notice.waitFor();
    expect(await code.count()).to.equal(0);
    await pictureOf(one, '身份证人像面，明文').waitFor();
    await one.picture('53-plain');
    await one.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await one.page.keyboard.press('m');
    await notice.waitFor({ state: 'detached' });
  });

  it('is judged by the keyboard; the reviewer reads beforehand what the customer will', async () => {
    await accept(one, '身份证国徽面', 7);
    await accept(one, '手持身份证', 5);
    await documentNamed(one, '身份证人像面').click();
    await one.page.getByRole('button', { name: '不符：照片模糊' }).click();
    await one.page.getByText('照片有点糊。把证件放平、拿稳手机再拍一张').waitFor();
    await one.picture('54-return');
    await one.page.getByRole('button', { name: /^退 ?回$/ }).click();
    await documentNamed(one, '身份证人像面').filter({ hasText: '退回' }).waitFor();
    await one.page.keyboard.press('s');
    const question = one.page.getByRole('dialog', { name: '提交结论：退回补件：身份证人像面' });
    const words = (await question.locator('blockquote').textContent()) ?? '';
    await expectNoBarriers(one.page);
    await one.picture('55-conclude');
    await question.getByRole('button', { name: '提交结论' }).click();
    await one.page.getByText('已退回，客户已收到补件通知。').waitFor();
    await one.picture('56-returned');

    await phone.hears('照片有点糊');
    const told = (await phone.bubbles()).find((bubble) => bubble.includes('照片有点糊')) ?? '';
    expect(told.replace(/\s+/g, '')).to.equal(words.replace(/\s+/g, ''));
    await phone.picture('57-asked-again');
  });

  it('is asked only for that document, which comes back into the same case', async () => {
    await phone.choose('审核退回了，去补件');
    await phone.choose('现在补交');
    await phone.choose('同意');
    await phone.hears('请上传：身份证人像面');
    await phone.upload(await photo('good'));
    await phone.hears(`还是原来的案件号 ${number}`);
    await phone.picture('58-again');
  });

  it('is proposed by one, who cannot confirm it', async () => {
    await one.page.getByRole('button', { name: '返回队列' }).click();
    await row(one).getByRole('link').click();
    await one.page.getByText('认领后显示材料').waitFor();
    await one.page.keyboard.press('c');
    await one.page.getByText('第 2 次').first().waitFor();
    await accept(one, '身份证人像面', 8);
    await one.page.keyboard.press('s');
    await one.page.getByText('解除风控锁定要两个人').waitFor();
    await one.page.getByRole('dialog').getByRole('button', { name: '提交结论' }).click();
    await one.page.getByText('这是您自己提议的，要由另一位同事复核，您不能确认。').waitFor();
    expect(await one.page.getByRole('button', { name: '同意，生效' }).isDisabled()).to.equal(true);
    await expectNoBarriers(one.page);
    await one.picture('59-proposed');
  });

  it('is confirmed by a second person in another browser, and the customer is told', async () => {
    await two.page.getByRole('button', { name: '返回队列' }).click();
    await two.page.getByText('待我复核').click();
    await row(two).getByRole('link').click();
    await two.page.getByText('请先认领，看过材料再复核。').first().waitFor();
    await two.page.keyboard.press('c');
    await pictureOf(two, '身份证人像面，已遮挡').waitFor();
    await two.picture('60-second');
    await two.page.getByRole('button', { name: '同意，生效' }).click();
    await two.page.getByRole('dialog').getByRole('button', { name: '同意，生效' }).click();
    await two.page.getByText('已确认，客户会收到结果。').waitFor();
    await phone.hears(`${number}）通过了`);
    await phone.picture('61-approved');
  });

  it('stands in the audit with all who looked at it, and the chain is whole', async () => {
    const auditor = await desk('auditor', '/audit');
    await auditor.page.getByLabel('案件号').fill(number);
    await auditor.page.keyboard.press('Enter');
    await auditor.page.getByRole('cell', { name: /^提议结论/ }).waitFor();
    await auditor.page
      .getByRole('cell', { name: /^看了照片/ })
      .first()
      .waitFor();
    await auditor.page.getByRole('button', { name: '校验整条链' }).click();
    await auditor.page.getByText(/完整：\d+ 条记录首尾相接/).waitFor();
    await expectNoBarriers(auditor.page);
    await auditor.picture('62-audit');
  });
});
