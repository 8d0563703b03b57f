import type { Device, Tab } from '../support/browser.ts';
import { photo } from '../support/photos.ts';
import type { ProductServer } from '../support/server.ts';

const CASE_NUMBER = /JB\d{14}/;

/** A screen at the desk. */
export const DESK = { viewport: { width: 1280, height: 860 }, touch: false, scale: 1 };

/** Opens the demo's widget as a customer whose account is locked and hands in three photos; the case's number. */
export async function handIn(phone: Tab): Promise<string> {
  await phone.openWidget();
  await phone.say('解绑一直失败');
  await phone.choose('现在申请');
  await phone.choose('这张卡不用了');
  await phone.choose('同意');
  const good = await photo('good');
  await phone.hears('请上传：身份证人像面');
  await phone.upload(good);
  await phone.hears('请上传：身份证国徽面');
  await phone.upload(good);
  await phone.choose('同意');
  await phone.hears('请上传：手持身份证照片');
  await phone.upload(good);
  await phone.choose('提交审核');
  await phone.hears(CASE_NUMBER);
  return CASE_NUMBER.exec((await phone.bubbles()).at(-1) ?? '')?.[0] ?? '';
}

/** Logs a member of the demo's staff in, at a page of the desk. */
export async function logIn(
  device: Device,
  { server, login, path }: { server: ProductServer; login: string; path: string },
): Promise<Tab> {
  const tab = await device.open(`${server.url}/console/#${path}`);
  await tab.page.getByLabel('登录名').fill(login);
  await tab.page.getByLabel('密码').fill(passwordOf(server));
  await tab.page.keyboard.press('Enter');
  await tab.page.getByRole('heading', { level: 1 }).waitFor();
  return tab;
}

/** The password of the demo's staff, as it is printed at the start. */
export function passwordOf(server: ProductServer): string {
  return /password +(\S+)/.exec(server.output())?.[1] ?? '';
}

export const documentNamed = ({ page }: Tab, name: string) =>
  page.getByRole('navigation', { name: '材料' }).getByRole('button', { name });

export const pictureOf = ({ page }: Tab, name: string) => page.getByRole('img', { name });

/** Looks at the document, ticks its list by the keyboard and accepts it. */
export async function accept(tab: Tab, name: string, checks: number): Promise<void> {
  await documentNamed(tab, name).click();
  await pictureOf(tab, `${name}，已遮挡`).waitFor();
  for (let check = 1; check <= checks; check++) await tab.page.keyboard.press(String(check));
  await tab.page.keyboard.press('a');
  await documentNamed(tab, name).filter({ hasText: '通过' }).waitFor();
}
