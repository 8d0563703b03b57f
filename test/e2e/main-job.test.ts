import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';
import { type Device, openDevice, type Tab } from '../support/browser.ts';
import { photo } from '../support/photos.ts';
import { type ProductServer, plainEnvironment, startServer } from '../support/server.ts';

const CASE_NUMBER = /JB\d{14}/;

/** The operator's command line, as README shows it. */
async function admin(dataDir: string, ...typed: string[]): Promise<string> {
  const program = ['--no-install', 'tsx', fromRoot('src', 'cli', 'admin.ts'), ...typed];
  const { stdout } = await promisify(execFile)('npx', program, {
    cwd: fromRoot(),
    env: plainEnvironment({ DATA_DIR: dataDir }),
  });
  return stdout;
}

describe('a customer whose account is locked', function () {
  this.timeout(90_000);
  let server: ProductServer;
  let phone: Device;
  let tab: Tab;
  let number: string;

  before(async () => {
    server = await startServer();
    phone = await openDevice();
    tab = await phone.open(`${server.url}/?customer=risk-lock`);
  });
  after(async () => {
    await phone?.close();
    await server?.stop();
  });
  afterEach(() => expect(phone.faults()).to.deep.equal([]));

  it('opens the widget on a phone and is greeted', async () => {
    await tab.picture('01-shop');
    await tab.openWidget();
    await tab.hears('我是解绑助手');
    await tab.picture('02-welcome');
  });

  it('writes what is wrong and is told to stop trying', async () => {
    await tab.say('解绑一直失败');
    await tab.hears('请您停一下');
    await tab.hears('要现在申请人工审核吗');
    await tab.picture('03-stop-trying');
  });

  it('goes on by quick replies to the consent', async () => {
    await tab.choose('现在申请');
    await tab.hears('这次为什么想解绑');
    await tab.picture('04-reason');
    await tab.choose('这张卡不用了');
    await tab.hears('您同意吗');
    await tab.picture('05-consent');
    await tab.choose('同意');
    await tab.hears('请上传:身份证人像面'.replace(':', '：'));
    await tab.picture('06-card');
  });

  it('hands in both sides of the identity card', async () => {
    const good = await photo('good');
    await tab.upload(good);
    await tab.hears('请上传：身份证国徽面');
    await tab.picture('07-second-card');
    await tab.upload(good);
    await tab.hears('还需要一张手持证件照');
  });

  it('consents apart to the photo with the face', async () => {
    await tab.picture('08-face-consent');
    await tab.choose('同意');
    await tab.hears('请上传：手持身份证照片');
    await tab.upload(await photo('good'));
    await tab.hears('材料齐了，一共 3 份');
    await tab.picture('09-confirm');
  });

  it('submits and gets a case number', async () => {
    await tab.choose('提交审核');
    await tab.hears(CASE_NUMBER);
    number = CASE_NUMBER.exec((await tab.bubbles()).at(-1) ?? '')?.[0] ?? '';
    expect(number).to.match(CASE_NUMBER);
    await tab.picture('10-case-number');
  });

  it('finds the whole conversation again after a reload', async () => {
    const before = await tab.bubbles();
    await tab.page.reload();
    await tab.openWidget();
    await tab.hears(number);
    expect(await tab.bubbles()).to.deep.equal(before);
    await tab.picture('11-reloaded');
  });

  it('is told of the approval in the open widget', async () => {
    const said = await admin(server.dataDir, 'case', 'approve', number, '--actor', 'li');
    expect(said).to.equal(`${number} is now approved.\n`);
    await tab.hears(`${number}）通过了`);
    await tab.picture('12-approved');
  });

  it('asks again, and nothing is in the way any more', async () => {
    await tab.say('解绑一直失败');
    await tab.hears('都没有拦着解绑的问题');
    await tab.picture('13-free');
    await tab.hears('步');
    await tab.picture('14-steps');
  });
});
