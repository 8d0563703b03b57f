export {
  createAccounts,
  type NewStaff,
  type StaffAccounts,
  type StaffChange,
  type StaffOutcome,
} from './accounts.ts';
export { runStaffCommand, StaffCommand } from './admin-commands.ts';
export { createDemoStaff } from './demo.ts';
export { createLogin, type LoginStep, type StaffLogin } from './login.ts';
export { createOidc, type Oidc, type OidcSettings } from './oidc.ts';
export type { PasswordFault } from './passwords.ts';
export { createSealer, type Sealer } from './sealer.ts';
export { type Client, csrfToken, isCsrfToken, purgeSessions, type StaffSession } from './sessions.ts';
