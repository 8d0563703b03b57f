import type { Role } from '../domain/staff.ts';
import type { StaffAccounts } from './accounts.ts';

const DEMO: { login: string; number: string; name: string; roles: Role[]; groups: string[] }[] = [
  { login: 'agent1', number: 'A01', name: '小林', roles: ['agent'], groups: ['default', 'complaint'] },
  { login: 'agent2', number: 'A02', name: '小周', roles: ['agent'], groups: ['default', 'fraud'] },
  { login: 'reviewer1', number: 'R01', name: '老陈', roles: ['reviewer'], groups: [] },
  { login: 'reviewer2', number: 'R02', name: '方姐', roles: ['reviewer'], groups: [] },
  {
    login: 'lead',
    number: 'S01',
    name: '组长',
    roles: ['supervisor'],
    groups: ['default', 'complaint', 'fraud'],
  },
  { login: 'auditor', number: 'U01', name: '审计', roles: ['auditor'], groups: [] },
  { login: 'admin', number: 'X01', name: '管理员', roles: ['admin'], groups: [] },
];

/** Accounts to try the desk with, made once, all with one password. Returns their logins. */
export async function createDemoStaff(accounts: StaffAccounts, password: string): Promise<string[]> {
  if (!(await accounts.hasAdmin()))
    for (const account of DEMO) await accounts.create(account, 'system', { password });
  return DEMO.map(({ login }) => login);
}
