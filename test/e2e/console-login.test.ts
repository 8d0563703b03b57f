import { expect } from 'chai';
import { type Device, openDevice } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type ProductServer, startServer } from '../support/server.ts';
import { atDesk } from './at-desk.ts';

const SCREEN = { viewport: { width: 1280, height: 900 }, touch: false, scale: 1 };

describe('logging in and out at the desk', function () {
  this.timeout(120_000);
  let server: ProductServer;
  let password = '';
  const devices: Device[] = [];

  before(async () => {
    server = await startServer();
    password = /password +(\S+)/.exec(server.output())?.[1] ?? '';
  });
  after(async () => {
    for (const opened of devices) await opened.close();
    await server?.stop();
  });

  async function tab() {
    const device = await openDevice(SCREEN);
    devices.push(device);
    return device.open(`${server.url}/console/`);
  }

  it('a logout leads to the login, where nothing of the one before is left', async () => {
    const at = await tab();
    await atDesk(at).logIn('agent1', password);
    await at.page.getByRole('button', { name: '退出登录' }).click();
    await at.page.getByLabel('登录名').waitFor();
    await at.page.getByText('A01 · 小林').waitFor({ state: 'detached' });
    await atDesk(at).logIn('agent2', password);
    await at.page.getByText('A02 · 小周').waitFor();
  });

  it('a page that is left open counts as no activity: what it reads again by itself says so', async () => {
    const { page } = await tab();
    await page.getByLabel('登录名').fill('reviewer1');
    await page.getByLabel('密码').fill(password);
    const reads: boolean[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/review/summary')) reads.push('x-by-itself' in request.headers());
    });
    await page.keyboard.press('Enter');
    await eventually(() => expect(reads.slice(0, 2)).to.deep.equal([false, true]), 30_000);
  });

  it('recovery codes of a new second factor are shown before the desk, until they are kept', async () => {
    const { page } = await tab();
    const member = {
      ...{ id: '3f1c1a52-7a0e-4a55-9a58-3f0a5d0f7c11', login: 'audit9', number: 'U09', name: '审计九' },
      ...{ roles: ['auditor'], groups: [], skills: [], capacity: 5, locale: 'zh-CN' },
      ...{ active: true, secondFactor: true, version: 2 },
    };
    const session = (stage: string) => ({
      stage,
      member,
      steppedUp: true,
      expiresAt: '2099-01-01T00:00:00Z',
    });
    const answer = (path: string, json: object) =>
      page.route(`**/api/console/${path}`, (route) => route.fulfill({ json }));
    await answer('session', { oidc: false, session: session('enrol'), csrf: 'c' });
    await answer('login/second-factor', { secret: 'ABCDEFGH', uri: 'otpauth://totp/x?secret=ABCDEFGH' });
    await answer('login/second-factor/confirm', {
      ...{ session: session('full'), csrf: 'c', recoveryCodes: ['aaaaa-bbbbb-ccccc-ddddd'] },
    });
    await answer('audit?**', { entries: [] });
    await page.reload();
    await page.locator('#code').fill('123456');
    await page.keyboard.press('Enter');
    await page.getByText('aaaaa-bbbbb-ccccc-ddddd').waitFor();
    await page.getByRole('button', { name: '我已经存好了' }).click();
    await page.getByText('U09 · 审计九').waitFor();
  });
});
