import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { generateSync } from 'otplib';
import { verifyAudit } from '../../src/database/audit.ts';
import { createAccounts, createLogin, createSealer, type LoginStep } from '../../src/staff/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';

const CLIENT = { ip: '127.0.0.1', userAgent: 'test' };
const OWN = 'correct horse battery';

onBothDatabases((current) => {
  let count = 0;

  function open() {
    const clock = new FakeClock();
    const sealer = createSealer(randomBytes(32));
    const parts = {
      database: current(),
      clock,
      sealer,
      issuer: '解绑助手',
      secondFactor: 'required' as const,
    };
    return { clock, accounts: createAccounts(parts), login: createLogin(parts), n: ++count };
  }
  type Desk = ReturnType<typeof open>;

  async function hire(desk: Desk, roles: ('agent' | 'admin')[] = ['agent']) {
    const name = `member${desk.n}x${++count}`;
    const made = await desk.accounts.create(
      { login: name, number: `A${count}`, name, roles },
      'operator:test',
    );
    if (made.kind !== 'created' || !made.temporaryPassword) throw new Error(made.kind);
    return { ...made.member, password: made.temporaryPassword };
  }

  function stepOf<T extends { kind: string }>(outcome: T): LoginStep & T {
    expect(outcome.kind).to.equal('next');
    return outcome as LoginStep & T;
  }

  const codeAt = (secret: string, desk: Desk) =>
    generateSync({ secret, epoch: Math.floor(desk.clock.now().getTime() / 1000) });

  /** From the temporary password to a whole session. */
  async function settleIn(desk: Desk, roles: ('agent' | 'admin')[] = ['agent']) {
    const member = await hire(desk, roles);
    const first = stepOf(await desk.login.begin({ login: member.login, password: member.password }, CLIENT));
    expect(first.stage).to.equal('enrol');
    const enrolling = await desk.login.enrol(first.token);
    if (enrolling.kind !== 'enrolling') throw new Error(enrolling.kind);
    const { secret } = enrolling;
    const second = stepOf(await desk.login.confirmEnrolment(first.token, codeAt(secret, desk), CLIENT));
    expect(second.stage).to.equal('new-password');
    const third = stepOf(await desk.login.changePassword(second.token, { next: OWN }, CLIENT));
    expect(third.stage).to.equal('full');
    return { member, secret, token: third.token, recoveryCodes: second.recoveryCodes };
  }

  async function logIn(desk: Desk, { member, secret }: Awaited<ReturnType<typeof settleIn>>) {
    const first = stepOf(await desk.login.begin({ login: member.login, password: OWN }, CLIENT));
    desk.clock.advance(30_000);
    return stepOf(await desk.login.giveCode(first.token, codeAt(secret, desk), CLIENT));
  }

  describe('a first login', () => {
    it('sets up the second factor and a password of one’s own', async () => {
      const desk = open();
      const { member, token } = await settleIn(desk);
      const session = await desk.login.session(token);
      expect(session).to.include({ stage: 'full', steppedUp: true });
      expect(session?.member).to.include({ login: member.login, secondFactor: true });
    });

    it('does not take a short password, one with the login in it or a row of neighbours', async () => {
      const desk = open();
      const { token, member } = await settleIn(desk);
      const faults = [];
      for (const next of [
        'short',
        `${member.login}-and-more`,
        'abcdefghijklm',
        'aaaaaaaaaaaabb',
        'x'.repeat(200),
      ]) {
        const outcome = await desk.login.changePassword(token, { current: OWN, next }, CLIENT);
        faults.push(outcome.kind === 'unsuitable' ? outcome.fault : outcome.kind);
      }
      expect(faults).to.deep.equal(['too-short', 'contains-login', 'too-simple', 'too-simple', 'too-long']);
    });

    it('goes no step further with a token of the step before', async () => {
      const desk = open();
      const member = await hire(desk);
      const first = stepOf(
        await desk.login.begin({ login: member.login, password: member.password }, CLIENT),
      );
      const enrolling = await desk.login.enrol(first.token);
      if (enrolling.kind !== 'enrolling') throw new Error(enrolling.kind);
      await desk.login.confirmEnrolment(first.token, codeAt(enrolling.secret, desk), CLIENT);
      expect(await desk.login.session(first.token)).to.equal(undefined);
      expect((await desk.login.changePassword(first.token, { next: OWN }, CLIENT)).kind).to.equal(
        'no-session',
      );
    });
  });

  describe('a login', () => {
    it('asks for password and code', async () => {
      const desk = open();
      const settled = await settleIn(desk);
      expect((await logIn(desk, settled)).stage).to.equal('full');
    });

    it('refuses a wrong password and an unknown login with the same words', async () => {
      const desk = open();
      const { member } = await settleIn(desk);
      const wrong = await desk.login.begin({ login: member.login, password: 'not this one' }, CLIENT);
      const unknown = await desk.login.begin({ login: 'nobody-here', password: 'not this one' }, CLIENT);
      expect(wrong).to.deep.equal(unknown);
    });

    it('takes no code twice, not even at the same moment', async () => {
      const desk = open();
      const { member, secret } = await settleIn(desk);
      desk.clock.advance(60_000);
      const code = codeAt(secret, desk);
      const begun = [];
      for (let i = 0; i < 3; i++)
        begun.push(stepOf(await desk.login.begin({ login: member.login, password: OWN }, CLIENT)).token);
      const outcomes = await Promise.all(begun.map((token) => desk.login.giveCode(token, code, CLIENT)));
      expect(outcomes.map(({ kind }) => kind).sort()).to.deep.equal(['next', 'refused', 'refused']);
    });

    it('takes a recovery code once', async () => {
      const desk = open();
      const { member, recoveryCodes } = await settleIn(desk);
      const [code = ''] = recoveryCodes;
      const outcomes = [];
      for (let i = 0; i < 2; i++) {
        const { token } = stepOf(await desk.login.begin({ login: member.login, password: OWN }, CLIENT));
        outcomes.push((await desk.login.giveCode(token, code.toUpperCase(), CLIENT)).kind);
      }
      expect(outcomes).to.deep.equal(['next', 'refused']);
    });

    it('is locked after five failures, for a time that grows, and then open again', async () => {
      const desk = open();
      const settled = await settleIn(desk);
      const { login } = settled.member;
      for (let i = 0; i < 5; i++) await desk.login.begin({ login, password: 'wrong wrong wrong' }, CLIENT);
      expect((await desk.login.begin({ login, password: OWN }, CLIENT)).kind).to.equal('refused');
      desk.clock.advance(61_000);
      await desk.login.begin({ login, password: 'wrong wrong wrong' }, CLIENT);
      desk.clock.advance(61_000);
      expect((await desk.login.begin({ login, password: OWN }, CLIENT)).kind).to.equal('refused');
      desk.clock.advance(61_000);
      expect((await logIn(desk, settled)).stage).to.equal('full');
    });

    it('counts wrong codes as failures', async () => {
      const desk = open();
      const { member, secret } = await settleIn(desk);
      const { token } = stepOf(await desk.login.begin({ login: member.login, password: OWN }, CLIENT));
      for (let i = 0; i < 5; i++) await desk.login.giveCode(token, '000000', CLIENT);
      desk.clock.advance(30_000);
      expect((await desk.login.giveCode(token, codeAt(secret, desk), CLIENT)).kind).to.equal('refused');
    });
  });

  describe('a session', () => {
    it('ends after half an hour without activity, and not while there is some', async () => {
      const desk = open();
      const { token } = await settleIn(desk);
      for (let i = 0; i < 3; i++) {
        desk.clock.advance(25 * 60_000);
        expect(await desk.login.session(token)).to.not.equal(undefined);
      }
      desk.clock.advance(31 * 60_000);
      expect(await desk.login.session(token)).to.equal(undefined);
    });

    it('ends after twelve hours whatever is done', async () => {
      const desk = open();
      const { token } = await settleIn(desk);
      for (let i = 0; i < 35; i++) {
        desk.clock.advance(20 * 60_000);
        expect(await desk.login.session(token), `after ${(i + 1) * 20} minutes`).to.not.equal(undefined);
      }
      desk.clock.advance(20 * 60_000);
      expect(await desk.login.session(token)).to.equal(undefined);
    });

    it('ends at the logout, and all of them when the password changes', async () => {
      const desk = open();
      const settled = await settleIn(desk);
      const { token: other } = await logIn(desk, settled);
      await desk.login.logout(settled.token);
      expect(await desk.login.session(settled.token)).to.equal(undefined);
      const change = { current: OWN, next: 'another horse battery' };
      const { token: last } = stepOf(await desk.login.changePassword(other, change, CLIENT));
      expect(await desk.login.session(other)).to.equal(undefined);
      expect(await desk.login.session(last)).to.not.equal(undefined);
    });

    it('has shown a fresh code for five minutes', async () => {
      const desk = open();
      const { token, secret } = await settleIn(desk);
      desk.clock.advance(6 * 60_000);
      expect((await desk.login.session(token))?.steppedUp).to.equal(false);
      expect((await desk.login.stepUp(token, '000000')).kind).to.equal('refused');
      expect((await desk.login.stepUp(token, codeAt(secret, desk))).kind).to.equal('done');
      expect((await desk.login.session(token))?.steppedUp).to.equal(true);
    });
  });

  describe('an account', () => {
    it('keeps login and number for itself', async () => {
      const desk = open();
      const member = await hire(desk);
      const again = { login: member.login.toUpperCase(), number: 'Z1', name: 'x', roles: ['agent' as const] };
      expect(await desk.accounts.create(again, 'operator:test')).to.deep.equal({
        kind: 'taken',
        what: 'login',
      });
      const number = { login: `other${count}`, number: member.number, name: 'x', roles: ['agent' as const] };
      expect(await desk.accounts.create(number, 'operator:test')).to.deep.equal({
        kind: 'taken',
        what: 'number',
      });
    });

    it('that is switched off or given other roles has no session any more', async () => {
      const desk = open();
      const { member, token } = await settleIn(desk);
      await desk.accounts.change(member.id, { roles: ['reviewer'] }, 'staff:boss');
      expect(await desk.login.session(token)).to.equal(undefined);
      await desk.accounts.change(member.id, { active: false }, 'staff:boss');
      expect((await desk.login.begin({ login: member.login, password: OWN }, CLIENT)).kind).to.equal(
        'refused',
      );
    });

    it('is not changed by somebody who looked at an older one', async () => {
      const desk = open();
      const member = await hire(desk);
      await desk.accounts.change(member.id, { capacity: 3 }, 'staff:boss', 1);
      expect(await desk.accounts.change(member.id, { capacity: 9 }, 'staff:boss', 1)).to.deep.equal({
        kind: 'changed-meanwhile',
        version: 2,
      });
    });

    it('that is the last administrator’s stays one', async () => {
      const desk = open();
      for (const { id, roles } of await desk.accounts.list())
        if (roles.includes('admin')) await desk.accounts.change(id, { roles: ['agent'] }, 'staff:boss');
      const first = await hire(desk, ['admin']);
      const before = (await desk.accounts.list()).filter(
        ({ roles, active }) => active && roles.includes('admin'),
      );
      for (const { id } of before)
        if (id !== first.id) await desk.accounts.change(id, { active: false }, 'staff:boss');
      expect((await desk.accounts.change(first.id, { roles: ['agent'] }, 'staff:boss')).kind).to.equal(
        'last-admin',
      );
      expect((await desk.accounts.change(first.id, { active: false }, 'staff:boss')).kind).to.equal(
        'last-admin',
      );
      const second = await hire(desk, ['admin']);
      expect((await desk.accounts.change(first.id, { roles: ['agent'] }, 'staff:boss')).kind).to.equal(
        'done',
      );
      expect(await desk.accounts.hasAdmin()).to.equal(true);
      expect(second.roles).to.deep.equal(['admin']);
    });

    it('whose phone is lost sets up another one', async () => {
      const desk = open();
      const { member, token } = await settleIn(desk);
      await desk.accounts.resetSecondFactor(member.id, 'staff:boss');
      expect(await desk.login.session(token)).to.equal(undefined);
      const next = stepOf(await desk.login.begin({ login: member.login, password: OWN }, CLIENT));
      expect(next.stage).to.equal('enrol');
    });

    it('leaves its steps in the audit, whose chain holds', async () => {
      expect((await verifyAudit(current())).kind).to.equal('intact');
    });
  });
});
