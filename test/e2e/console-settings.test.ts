import { expect } from 'chai';
import { Browser } from '../console/client.ts';
import { barriersOn } from '../support/axe.ts';
import { type Device, openDevice } from '../support/browser.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { atDesk, heard, type Seat } from './at-desk.ts';
import { Talk } from './direct-line.ts';

const ALL_DAY = '00:00-24:00';
const WEEKEND = '09:30-16:00';

/** Today, as the desk's calendar shows it. */
const today = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date());

describe('the settings at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let device: Device;
  let lead: Seat;
  let colleague: Browser;

  before(async () => {
    const hours = { HOURS_WEEKDAY: ALL_DAY, HOURS_SATURDAY: WEEKEND, HOURS_SUNDAY: WEEKEND };
    server = await startServer({ env: hours });
    const password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
    colleague = new Browser(server.url);
    await colleague.logIn('admin', password);
    device = await openDevice({ viewport: { width: 1280, height: 900 }, touch: false, scale: 1 });
    device.expectFaults(/ERR_ABORTED|409/);
    lead = atDesk(await device.open(`${server.url}/console/`));
    await lead.logIn('lead', password);
  });
  after(async () => {
    await device?.close();
    await server?.stop();
  });

  const field = (name: string) => lead.page.getByRole('textbox', { name, exact: true });
  const button = (name: string) => lead.page.getByRole('button', { name, exact: true });
  const open = (part: string) => lead.page.goto(`${server.url}/console/#/settings/${part}`);

  it('give the customer the next opening as soon as they are saved', async () => {
    const { page } = lead;
    await open('hours');
    await field('周一 第 1 段 开始').fill('930');
    await field('周一 第 1 段 结束').fill('25:00');
    await page.getByRole('alert').getByText('时间写成 09:00 这样').waitFor();
    expect(await button('保存').isDisabled()).to.equal(true);
    await lead.picture('70-settings-wrong-1280');

    await field('周一 第 1 段 结束').fill('12');
    await button('周一 加时段').click();
    await field('周一 第 2 段 开始').fill('1330');
    await field('周一 第 2 段 结束').fill('18:00');
    await button('用到周一至周五').click();
    await field('周五 第 2 段 开始').waitFor();
    expect(await field('周五 第 1 段 开始').inputValue()).to.equal('09:30');

    await page.getByLabel('添加节假日').first().fill(today());
    await page.keyboard.press('Enter');
    await page.keyboard.type(today());
    await page.keyboard.press('Enter');
    await page.getByText('现在休息：客户转人工会听到下次上班是').waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('71-settings-hours-1280');

    const before = await Talk.begin(server.url, 'risk-lock');
    const isWeekend = [0, 6].includes(new Date(`${today()}T00:00:00Z`).getUTCDay());
    await before.ask('转人工');
    if (!isWeekend) await heard(before, '您排在第一位');

    await page.keyboard.press('Control+s');
    await button('保存').waitFor({ state: 'detached' });
    const after = await Talk.begin(server.url, 'happy');
    await after.ask('转人工');
    await heard(after, '下次上班是明天 09:30');
  });

  it('show what somebody else has saved meanwhile, and save over what is not the same', async () => {
    const { page } = lead;
    await open('limits');
    const change = async (limits: object) => {
      const { desk } = (await colleague.request('GET', '/settings')).body as { desk: { version: number } };
      const body = { version: desk.version, change: limits };
      expect((await colleague.request('PATCH', '/settings', body)).status).to.equal(200);
    };
    const accept = page.getByRole('spinbutton', { name: '接起' });
    await accept.fill('40');
    await accept.press('Tab');
    await change({ acceptSeconds: 50 });
    await button('保存').click();
    await page.getByText('接起：30 秒 → 50 秒').waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('72-settings-meanwhile-1280');
    await button('仍按我的保存').click();
    await button('保存').waitFor({ state: 'detached' });
    const { desk } = (await colleague.request('GET', '/settings')).body as {
      desk: { value: { acceptSeconds: number; hours: { holidays: string[] } } };
    };
    expect(desk.value.acceptSeconds).to.equal(40);
    expect(desk.value.hours.holidays).to.have.length(1);
  });

  it('keep groups, members and quick replies', async () => {
    const { page } = lead;
    await open('groups');
    await button('修改: 防骗专席').click();
    await page.getByRole('switch', { name: '单独的服务目标' }).click();
    await page.getByRole('spinbutton', { name: '首次回复' }).fill('30');
    await page.getByRole('spinbutton', { name: '首次回复' }).press('Tab');
    expect(await barriersOn(page)).to.deep.equal([]);
    await button('保存').click();
    await page.getByRole('cell', { name: '首次 30 秒 · 后续 180 秒 · 解决 60 分钟' }).waitFor();

    await open('members');
    await page.getByRole('spinbutton', { name: '接待上限: 小林' }).fill('3');
    await page.getByRole('spinbutton', { name: '接待上限: 小林' }).press('Enter');
    await page.getByText('已保存').waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);

    await open('replies');
    await button('新建快捷回复').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('快捷词').fill('wh');
    await dialog.getByLabel('标题').fill('问好');
    await dialog.getByLabel('内容').fill('请把验证码发给我');
    await dialog.getByRole('button', { name: /保存$/ }).click();
    await page.getByRole('alert').getByText('不能向客户索要').waitFor();
    await dialog.getByLabel('内容').fill('您好，');
    await button('客户称呼').click();
    await dialog.getByRole('button', { name: /保存$/ }).click();
    await page.getByRole('cell', { name: '您好，{{customer}}' }).waitFor();
    expect(await barriersOn(page)).to.deep.equal([]);
    await lead.picture('73-settings-replies-1280');
    expect(device.faults().filter((fault) => !fault.includes('422'))).to.deep.equal([]);
  });
});
