import { Alert, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useAccount } from '../data.ts';
import type { Account, ReviewCase } from '../model.ts';
import { useRefusalText, useReviewTexts, useTerm } from '../texts.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Holder({ customer }: Pick<Account, 'customer'>) {
  const t = useReviewTexts();
  if (customer.kind !== 'found') {
    return (
      <Fact label={t('customer')}>
        {t(customer.kind === 'not-found' ? 'accountNone' : 'accountUnavailable')}
      </Fact>
    );
  }
  return (
    <>
      <Fact label={t('name')}>
        <strong>{customer.nameMasked}</strong>{' '}
        <Tag color={customer.identityVerified ? 'green' : 'red'}>
          {t(customer.identityVerified ? 'verified' : 'unverified')}
        </Tag>
      </Fact>
      <Fact label={t('phone')}>{customer.phoneMasked ?? '–'}</Fact>
    </>
  );
}

function Cards({ cards }: Pick<Account, 'cards'>) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  if (cards.kind !== 'found' || cards.cards.length === 0) {
    const none = cards.kind === 'unavailable' ? 'accountUnavailable' : 'noCards';
    return <Fact label={t('cards')}>{t(none)}</Fact>;
  }
  return (
    <Fact label={t('cards')}>
      <ul className="card-list">
        {cards.cards.map(({ bank, last4, type, status, boundAt, ofCase }) => (
          <li
            key={`${bank}${last4}`}
            className={ofCase ? 'is-of-case' : ''}
            title={t('boundAt', { at: moment(boundAt, locale) })}
          >
            {bank} <strong>{last4}</strong> {t(`card-${type}`)} · {t(`card-${status}`)}
            {ofCase && <Tag color="blue">{t('cardOfCase')}</Tag>}
          </li>
        ))}
      </ul>
    </Fact>
  );
}

/** What the platform knows of the customer, masked, to be held beside the picture. */
export function Facts({ one, isMine }: { one: ReviewCase; isMine: boolean }) {
  const t = useReviewTexts();
  const term = useTerm();
  const refusalText = useRefusalText();
  const { data, error } = useAccount(one.number, isMine);
  const account = isMine ? data : undefined;
  return (
    <section className="facts" aria-label={t('account')}>
      <h2>{t('account')}</h2>
      {!isMine && <p className="is-idle">{t('accountHidden')}</p>}
      {isMine && error && <Alert type="warning" showIcon title={refusalText(error)} />}
      {isMine && !account && !error && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      <dl>
        {account && (
          <>
            <Holder customer={account.customer} />
            <Cards cards={account.cards} />
            {account.blockers.kind === 'found' && (
              <Fact label={t('blockers')}>
                {account.blockers.codes.length === 0
                  ? t('noBlockers')
                  : account.blockers.codes.map((code) => (
                      <Tag key={code} color="volcano">
                        {term('blocker', code)}
                      </Tag>
                    ))}
              </Fact>
            )}
          </>
        )}
        {!account && one.cardLast4 && <Fact label={t('cardOfCase')}>{one.cardLast4}</Fact>}
        {one.note && <Fact label={t('customerNote')}>{one.note}</Fact>}
      </dl>
    </section>
  );
}
