import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { accept, DESK, documentNamed, handIn, logIn, passwordOf, pictureOf } from './review-desk.ts';

const REASON = '防伪纹断开，像是后期拼接 <b>见图</b>';

describe('a case at the review desk that goes wrong', function () {
  this.timeout(120_000);
  // Each step goes on where the one before has ended.
  this.bail(true);
  let server: ProductServer;
  const devices: Device[] = [];
  let phone: Tab;
  let one: Tab;
  let number: string;

  async function device(options?: Parameters<typeof openDevice>[0]): Promise<Device> {
    const opened = await openDevice(options);
    // The page asks who has logged in before anybody has, and stops asking for what is not looked at any more.
    opened.expectFaults(/401|ERR_ABORTED/);
    devices.push(opened);
    return opened;
  }
  const desk = async (login: string, path: string) => logIn(await device(DESK), { server, login, path });
  const alert = (tab: Tab) => tab.page.getByRole('alert');

  before(async () => {
    server = await startServer();
    phone = await (await device()).open(`${server.url}/?customer=risk-lock`);
    number = await handIn(phone);
    one = await desk('reviewer1', `/review/${number}`);
    await one.page.getByText('认领后显示材料').waitFor();
    await one.page.keyboard.press('c');
    await pictureOf(one, '身份证人像面，已遮挡').waitFor();
  });
  after(async () => {
    for (const opened of devices) await opened.close();
    await server?.stop();
  });
  afterEach(() => {
    for (const opened of devices) expect(opened.faults()).to.deep.equal([]);
  });

  it('asks for a fresh code before a plain picture, and goes on by itself', async () => {
    devices[1]?.expectFaults(/403/);
    const refusal = { error: { code: 'StepUpNeeded', message: 'This needs a fresh code.' } };
    await one.page.route('**/plain-views', (route) => route.fulfill({ status: 403, json: refusal }), {
      times: 1,
    });
    await one.page.keyboard.press('m');
    await one.page.getByRole('radio', { name: '辨认证件上的字' }).check();
    await one.page.getByRole('dialog').getByRole('button', { name: '显示明文' }).click();
    const code = one.page.getByLabel('动态码或备用码');
    await code.fill(passwordOf(server));
    await code.press('Enter');
    await pictureOf(one, '身份证人像面，明文').waitFor();
    await one.page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  });

  it('turns, enlarges, moves and lights the picture by keys and wheel', async () => {
    const picture = pictureOf(one, '身份证人像面，明文');
    const style = async () => (await picture.getAttribute('style')) ?? '';
    await one.page.keyboard.press(']');
    expect(await style()).to.include('rotate(90deg)');
    await one.page.keyboard.press('+');
    await one.page.getByText('125%').waitFor();
    await picture.hover({ force: true });
    await one.page.mouse.wheel(0, -400);
    await one.page.getByText('228%').waitFor();
    await one.page.getByRole('group', { name: '身份证人像面，明文' }).focus();
    const before = await style();
    await one.page.keyboard.press('ArrowLeft');
    expect(await style()).not.to.equal(before);
    await one.page.keyboard.press('.');
    expect(await style()).to.include('brightness(120%)');
    await one.page.keyboard.press('0');
    await one.page.getByText('100%').waitFor();
    await one.page.keyboard.press('?');
    await one.page.getByRole('dialog', { name: '快捷键' }).waitFor();
    expect(await barriersOn(one.page)).to.deep.equal([]);
    await one.picture('70-shortcuts');
    await one.page.keyboard.press('Escape');
    await one.page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'hidden' });
  });

  it('tells what has changed when two tabs of one person meet', async () => {
    devices[1]?.expectFaults(/409/);
    const [, opened] = devices;
    const path = `**/review/cases/${number}`;
    // What happens meanwhile does not reach the page before it acts.
    let isCutOff = true;
    await one.page.route(path, (route) => (isCutOff ? undefined : route.continue()));
    const other = await opened?.open(`${server.url}/console/#/review/${number}`);
    if (!other) throw new Error('no second tab');
    await pictureOf(other, '身份证人像面，已遮挡').waitFor();
    await accept(other, '身份证国徽面', 7);
    await other.page.close();
    await documentNamed(one, '手持身份证').click();
    for (const check of '12345') await one.page.keyboard.press(check);
    isCutOff = false;
    await one.page.keyboard.press('a');
    await alert(one)
      .filter({ hasText: /案件刚刚变了：R01 在 [\d:]+ 一份材料通过/ })
      .waitFor();
    await documentNamed(one, '身份证国徽面').filter({ hasText: '通过' }).waitFor();
    // What was ticked is still ticked.
    await one.page.keyboard.press('a');
    await documentNamed(one, '手持身份证').filter({ hasText: '通过' }).waitFor();
  });

  it('keeps what was typed when a supervisor takes the case away', async () => {
    await documentNamed(one, '身份证人像面').click();
    await one.page.keyboard.press('f');
    await one.page.getByRole('radio', { name: '有修改痕迹' }).check();
    await one.page.getByLabel('给复核同事的说明').fill(REASON);
    await one.picture('71-refuse');

    const lead = await desk('lead', `/review/${number}`);
    await lead.page.getByRole('button', { name: '收回认领' }).click();
    await lead.page.getByLabel('收回的原因').fill('换人复查');
    await lead.page.getByRole('dialog').getByRole('button', { name: '收回认领' }).click();
    await lead.page.getByText('认领后显示材料').waitFor();

    await one.page.getByRole('button', { name: /^拒 ?绝$/ }).click();
    await alert(one)
      .filter({ hasText: /S01 在 [\d:]+ 收回认领|您的认领已经到期，或被主管收回了/ })
      .waitFor();
    await one.picture('72-taken-away');
    expect(await barriersOn(one.page)).to.deep.equal([]);
    expect(await one.page.locator('.viewer-stage img').count()).to.equal(0);
    expect(await one.page.getByLabel('给复核同事的说明').inputValue()).to.equal(REASON);
    await alert(one).getByRole('button', { name: '重新认领' }).click();
    await pictureOf(one, '身份证人像面，已遮挡').waitFor();
    await one.page.getByRole('button', { name: /^拒 ?绝$/ }).click();
    await documentNamed(one, '身份证人像面').filter({ hasText: '拒绝' }).waitFor();
  });

  it('is refused for good only when a second person agrees; the customer reads no reason', async () => {
    await one.page.keyboard.press('s');
    const question = one.page.getByRole('dialog', { name: '提交结论：拒绝' });
    await question.getByText('拒绝要两个人').waitFor();
    await one.picture('73-final');
    await question.getByRole('button', { name: '提交结论' }).click();
    await one.page.getByText('已提交，等另一位同事复核。').waitFor();

    const two = await desk('reviewer2', `/review/${number}`);
    await two.page.getByText('请先认领，看过材料再复核。').first().waitFor();
    await two.page.keyboard.press('c');
    await pictureOf(two, '身份证人像面，已遮挡').waitFor();
    await two.page.getByRole('tab', { name: /内部备注/ }).click();
    // Words are words, whatever they look like.
    await two.page.getByText(REASON).waitFor();
    await two.page.getByText('换人复查').waitFor();
    await two.page.getByRole('button', { name: '同意，生效' }).click();
    await two.page.getByRole('dialog').getByRole('button', { name: '同意，生效' }).click();
    await two.page.getByText('已确认，客户会收到结果。').waitFor();
    await two.picture('74-rejected');
    await phone.hears('没有通过');
    expect((await phone.bubbles()).join())
      .not.to.include('修改痕迹')
      .and.not.to.include('防伪纹');
  });

  it('is kept under a legal hold, handed out and deleted at the customer’s request', async () => {
    const admin = await desk('admin', '/records');
    const { page } = admin;
    await page.getByRole('button', { name: '设置保全' }).click();
    await page.getByRole('dialog').getByLabel('案件号').fill(number);
    await page.getByRole('dialog').getByLabel('依据和原因').fill('法院调取');
    await page.getByRole('dialog').getByRole('button', { name: '设置保全' }).click();
    await page.getByRole('row').filter({ hasText: number }).filter({ hasText: '生效中' }).waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await admin.picture('75-holds');

    await page.getByRole('tab', { name: '导出与删除' }).click();
    const [out, away] = [0, 1].map((at) => page.locator('.rights .ant-card').nth(at));
    if (!out || !away) throw new Error('no cards');
    await out.getByLabel('客户标识').fill('risk-lock');
    const downloading = page.waitForEvent('download');
    await out.getByRole('button', { name: '导出文件' }).click();
    expect(readFileSync(await (await downloading).path(), 'utf8')).to.include(number);
    await away.getByLabel('客户标识', { exact: true }).fill('risk-lock');
    await away.getByLabel('再输入一次客户标识').fill('risk-loc');
    await away.getByRole('button', { name: /^删 ?除$/ }).click();
    await away.getByText('两次输入的客户标识不一样。').waitFor();
    await away.getByLabel('再输入一次客户标识').fill('risk-lock');
    await away.getByRole('button', { name: /^删 ?除$/ }).click();
    await away.getByText(`案件 ${number} · 法律保全`).waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await admin.picture('76-rights');
  });
});
