import type { Tab } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import type { Talk } from './direct-line.ts';

/** A page of the desk, as its agent works with it. */
export function atDesk({ page, picture }: Tab) {
  const box = (name: string) => page.getByRole('combobox', { name, exact: true });
  return {
    page,
    picture,
    async logIn(login: string, password: string) {
      await page.getByLabel('登录名').fill(login);
      await page.getByLabel('密码').fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '会话', exact: true }).waitFor();
    },
    async goOnline() {
      await page.getByRole('combobox', { name: '我的状态' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: '在线' }).click();
      await page.getByText('您现在离线').waitFor({ state: 'detached' });
    },
    mine: page.getByRole('region', { name: '我的会话' }),
    waiting: page.getByRole('region', { name: '等待接待' }),
    transcript: page.getByRole('log'),
    reply: box('回复客户'),
    note: box('内部备注'),
    async says(text: string) {
      await box('回复客户').fill(text);
      await box('回复客户').press('Enter');
      await page.getByRole('log').getByText(text, { exact: true }).waitFor();
    },
  };
}
export type Seat = ReturnType<typeof atDesk>;

/** Waits until the customer has been told something with these words. */
export const heard = (talk: Talk, text: string) =>
  eventually(async () => (await talk.said()).some((said) => said.text?.includes(text)), 10_000);
