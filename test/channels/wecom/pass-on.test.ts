import { expect } from 'chai';
import { text } from '../../../locales/index.ts';
import type { ServiceState, WecomClient } from '../../../src/channels/wecom/client.ts';
import { elsewhereIn, passOn } from '../../../src/channels/wecom/pass-on.ts';

type Client = Pick<WecomClient, 'serviceState' | 'transfer' | 'sendOnEvent' | 'servicers'>;
const TALK = { openKfId: 'wk1', customer: 'c1' };

describe('passing a talk to the people in WeCom', () => {
  let did: string[];
  let state: ServiceState;
  let transferred: Awaited<ReturnType<Client['transfer']>>;
  let servicers: Awaited<ReturnType<Client['servicers']>>;

  const client: Client = {
    serviceState: async () => ({ kind: 'done', value: { state, agent: undefined } }),
    async transfer(_talk, to, agent) {
      did.push(`to ${to} ${agent ?? ''}`.trim());
      return transferred;
    },
    async sendOnEvent(code, _id, message) {
      did.push(`${code}: ${message.msgtype === 'text' ? message.text.content : ''}`);
      return { kind: 'done', value: undefined };
    },
    servicers: async () => servicers,
  };
  const wording = (key: 'channels.passedOn' | 'channels.nobodyTook' | 'handoff.neverAsks') =>
    text('zh-CN', key);
  const pass = (servicer?: string) =>
    passOn(
      { account: { handoff: 'wecom', servicer }, client },
      { talk: TALK, conversationId: 'wk1:c1', locale: 'zh-CN' },
      {
        messageId: 'm1',
        hold: async (_id, waits) => void did.push(`held ${waits}`),
        async send(message) {
          did.push(`said ${message.msgtype === 'text' ? message.text.content : ''}`);
          return { kind: 'sent' };
        },
      },
    );

  beforeEach(() => {
    did = [];
    state = 'bot';
    transferred = { kind: 'done', value: { code: 'code1' } };
    servicers = { kind: 'done', value: [] };
  });

  it('puts it into the queue, says so by the code, and keeps out of it', async () => {
    expect(await pass()).to.deep.equal({ kind: 'sent' });
    expect(did).to.deep.equal(['to queue', `code1: ${wording('channels.passedOn')}`, 'held with-person']);
  });

  it('gives it to the agent of the account, with the warning that nobody else brings then', async () => {
    await pass('zhang');
    const line = `code1: ${wording('channels.passedOn')}\n\n${wording('handoff.neverAsks')}`;
    expect(did).to.deep.equal(['to person zhang', line, 'held with-person']);
  });

  it('takes it from no person, and passes it on once when it is done twice', async () => {
    for (state of ['queue', 'person'] as const) expect(await pass()).to.deep.equal({ kind: 'sent' });
    expect(did).to.deep.equal(['held with-person', 'held with-person']);
  });

  it('tells the customer when nobody took it', async () => {
    transferred = { kind: 'refused', reason: 'agent-unavailable', code: 95014 };
    expect(await pass('zhang')).to.deep.equal({ kind: 'sent' });
    expect(did).to.deep.equal(['to person zhang', `said ${wording('channels.nobodyTook')}`]);
  });

  it('tries again when there is no answer, and holds nothing back before it is known', async () => {
    transferred = { kind: 'unknown', why: 'timeout' };
    expect(await pass()).to.deep.equal({ kind: 'again' });
    expect(did).to.deep.equal(['to queue']);
  });

  it('is possible where somebody is there, or cannot be asked', async () => {
    const account = { handoff: 'wecom', servicer: undefined } as const;
    const where = (given: object = {}) => elsewhereIn({ account: { ...account, ...given }, client }, 'wk1');
    expect(await where()).to.equal('away');
    servicers = { kind: 'done', value: [{ id: 'li', online: true }] };
    expect([await where(), await where({ servicer: 'zhang' })]).to.deep.equal(['there', 'away']);
    servicers = { kind: 'unreachable' };
    expect([await where(), await where({ handoff: 'console' })]).to.deep.equal(['there', undefined]);
  });
});
