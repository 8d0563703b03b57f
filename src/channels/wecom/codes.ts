import type { Codes } from '../tencent/api.ts';

/** The documentation gives no code for a message id that was used before, only that it is an error. */
const REPEATED = /msgid.*(?:duplicat|repeat|exist|used)|(?:duplicat|repeat|exist|used).*msgid/i;

/** Error codes of WeCom's APIs, by what is to be done about them. https://developer.work.weixin.qq.com/document/path/90313 */
export const CODES: Codes = {
  table: {
    [-1]: 'busy',
    40001: 'not-configured',
    40013: 'not-configured',
    40014: 'token',
    42001: 'token',
    40004: 'media',
    40007: 'media',
    40003: 'customer-gone',
    40096: 'customer-gone',
    40058: 'invalid',
    45002: 'too-long',
    45009: 'rate',
    45033: 'rate',
    48002: 'not-configured',
    60020: 'not-configured',
    95000: 'not-configured',
    95001: 'quota-used',
    95002: 'window-closed',
    95004: 'not-configured',
    95007: 'sync-token',
    95013: 'window-closed',
    95014: 'agent-unavailable',
    95016: 'wrong-state',
    95017: 'not-configured',
    95018: 'wrong-state',
  },
  reasonOf: (_code, message) => (REPEATED.test(message) ? 'repeated' : undefined),
};
