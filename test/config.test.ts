import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { refusal } from './support/refusal.ts';

const KEY = 'k'.repeat(40);
const PRODUCTION = {
  NODE_ENV: 'production',
  REDIS_URL: 'redis://127.0.0.1:6379',
  DATABASE_URL: 'postgresql://u:p@127.0.0.1/db',
  PLATFORM_API_URL: 'https://api.example',
  PLATFORM_API_TOKEN: 'token',
  DIRECT_LINE_SECRET: KEY,
  TOKEN_SIGNING_KEY: `${KEY}2`,
  DOCUMENT_KEK: Buffer.alloc(32, 1).toString('base64'),
};

describe('settings', () => {
  it('have a default each', () => {
    const config = readConfig({});
    expect(config).to.include({
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      env: 'development',
      proxyHops: 0,
    });
    expect(config.platform).to.equal(undefined);
    expect(config.openingHours.periods[1]).to.deep.equal([{ from: '09:00', to: '18:00' }]);
    expect(config.settings.reviewWorkingDays).to.equal(undefined);
    expect(config.settings.reminderHours).to.deep.equal({
      timeZone: 'Asia/Shanghai',
      from: '09:00',
      to: '21:00',
    });
  });

  it('take an empty value for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', HOURS_SATURDAY: '' }).port).to.equal(3978);
  });

  it('are read as what they are', () => {
    const { settings, openingHours } = readConfig({
      APP_PATH: '我的, 支付设置',
      PAYMENT_SETTINGS_PATH: '设置, 支付',
      REVIEW_WORKING_DAYS: '1-3',
      HOURS_WEEKDAY: '09:00-12:00,13:30-18:00',
      HOLIDAYS: '2026-10-01,2026-10-02',
      MAKE_UP_DAYS: '2026-10-10',
      REMINDER_HOURS: '10:00-20:00',
      BUSY_HOURS: '08:00-10:00',
      CREDIT_REPORT_MONTHS: '6',
    });
    expect(settings.reminderHours).to.deep.equal({ timeZone: 'Asia/Shanghai', from: '10:00', to: '20:00' });
    expect(settings.appPath).to.deep.equal(['我的', '支付设置']);
    expect(settings.securityPath).to.deep.equal(['我的', '账户安全']);
    expect(settings.paymentSettingsPath).to.deep.equal(['设置', '支付']);
    expect(settings.profilePath).to.deep.equal(['个人中心']);
    expect(settings.creditReportMonths).to.equal(6);
    expect(settings.busyHours).to.deep.equal({ from: '08:00', to: '10:00' });
    expect(settings.reviewWorkingDays).to.deep.equal({ from: 1, to: 3 });
    expect(openingHours.periods[5]).to.have.length(2);
    expect(openingHours.holidays).to.deep.equal(['2026-10-01', '2026-10-02']);
    expect(openingHours.makeUpDays?.['2026-10-10']).to.deep.equal(openingHours.periods[5]);
  });

  const BAD: [string, string][] = [
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['REDIS_URL', 'redis://:sehr-geheim@host:port'],
    ['REDIS_URL', 'redis://host:6379/zero'],
    ['REDIS_URL', 'redis://host,other'],
    ['REDIS_URL', 'redis://user:%@host'],
    ['REDIS_URL', 'redis+sentinel://host:26379'],
    ['REDIS_CLUSTER_NODES', 'host:1,,host:2'],
    ['REDIS_CLUSTER_NODES', 'redis://a:1,rediss://b:2'],
    ['REDIS_CA_FILE', '/nowhere.pem'],
    ['REDIS_WAIT_REPLICAS', '-1'],
    ['REDIS_SENTINEL_PASSWORD', 'sehr-geheim'],
    ['DOCUMENT_KEK', 'short'],
    ['DIRECT_LINE_SECRET', 'short'],
    ['HOURS_WEEKDAY', '9-18'],
    ['HOURS_WEEKDAY', '09:00-25:00'],
    ['HOURS_SATURDAY', '09:00-12:00,11:59-18:00'],
    ['MAKE_UP_DAYS', '10.10.'],
    ['REMINDER_HOURS', '21:00-09:00'],
    ['REMINDER_HOURS', '09:00-12:00,14:00-21:00'],
    ['PLATFORM_EVENTS_SECRET', 'short'],
    ['HOLIDAYS', '1 October'],
    ['TIME_ZONE', 'Mars/Olympus'],
    ['TRUST_PROXY', 'true'],
    ['ALLOW_EMBEDDED', 'yes'],
  ];
  for (const [name, value] of BAD) {
    it(`name ${name} when it is ${value}, and do not print the value`, () => {
      const message = refusal({ [name]: value });
      expect(message).to.include(name);
      if (/SECRET|PASSWORD|KEK$/.test(name)) expect(message).to.not.include(value);
      expect(message).to.not.include('geheim');
    });
  }

  it('say where Redis is, whatever it is made of', () => {
    const redisOf = (variables: Record<string, string>) => readConfig(variables).redis;
    expect(redisOf({})).to.equal(undefined);
    expect(redisOf({ REDIS_URL: 'redis://host' })).to.deep.equal({
      servers: { kind: 'standalone', address: { host: 'host', port: 6379 } },
      database: 0,
      tls: false,
      waitReplicas: 0,
    });
    expect(redisOf({ REDIS_URL: 'rediss://bot:a%3Ab%2Fc@[::1]:7/2' })).to.deep.equal({
      servers: { kind: 'standalone', address: { host: '::1', port: 7 } },
      username: 'bot',
      password: 'a:b/c',
      database: 2,
      tls: {},
      waitReplicas: 0,
    });
    const viaSentinels = {
      REDIS_URL: 'redis+sentinel://:pw@a:1,b/main?db=4',
      REDIS_SENTINEL_PASSWORD: 'other',
    };
    const sentinels = [
      { host: 'a', port: 1 },
      { host: 'b', port: 26_379 },
    ];
    expect(redisOf(viaSentinels)).to.deep.equal({
      servers: { kind: 'sentinel', sentinels, master: 'main', password: 'other' },
      password: 'pw',
      database: 4,
      tls: false,
      waitReplicas: 1,
    });
    expect(
      redisOf({ REDIS_CLUSTER_NODES: 'rediss://u:p@a:1, rediss://b', REDIS_WAIT_REPLICAS: '2' }),
    ).to.deep.equal({
      servers: {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 1 },
          { host: 'b', port: 6379 },
        ],
      },
      username: 'u',
      password: 'p',
      database: 0,
      tls: {},
      waitReplicas: 2,
    });
  });

  it('refuse what contradicts itself about Redis', () => {
    expect(refusal({ REDIS_URL: 'redis://a', REDIS_CLUSTER_NODES: 'b:1' })).to.include('not both');
    expect(refusal({ REDIS_URL: 'redis://a', REDIS_SENTINEL_PASSWORD: 'x' })).to.include('redis+sentinel://');
    expect(refusal({ REDIS_WAIT_REPLICAS: '1' })).to.include('REDIS_WAIT_REPLICAS needs REDIS_URL');
  });

  it('let production start when nothing is missing', () => {
    expect(refusal(PRODUCTION)).to.equal('accepted');
  });
  for (const name of Object.keys(PRODUCTION).filter((key) => key !== 'NODE_ENV')) {
    it(`keep production from starting without ${name}`, () => {
      expect(refusal({ ...PRODUCTION, [name]: '' })).to.include(name);
    });
  }
  it('let production start with a Redis Cluster', () => {
    expect(refusal({ ...PRODUCTION, REDIS_URL: '', REDIS_CLUSTER_NODES: 'host:6379' })).to.equal('accepted');
  });
  it('keep production from starting with one secret for two purposes', () => {
    expect(refusal({ ...PRODUCTION, TOKEN_SIGNING_KEY: KEY })).to.include('must differ');
  });
  it('name every fault at once', () => {
    expect(refusal({ PORT: 'x', TIME_ZONE: 'y' }))
      .to.include('PORT')
      .and.to.include('TIME_ZONE');
  });
});
