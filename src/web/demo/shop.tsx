import { useEffect, useState } from 'preact/hooks';
import { LOCALES } from '../../domain/locale.ts';
import {
  addressOf,
  chosenCustomer,
  chosenLocale,
  type DemoCustomer,
  fetchCustomers,
  tokenUrlOf,
} from './customers.ts';
import texts from './texts.json' with { type: 'json' };

/** A page as a shop might have it, clearly marked as a demonstration. */
export function Shop() {
  return (
    <>
      <p class="notice" role="note">
        <b>{texts.mark}</b>
        <span>{texts.notice}</span>
      </p>
      <header class="top">
        <span class="logo">
          <Shield />
          {texts.brand}
        </span>
        <span class="path">{texts.path}</span>
      </header>
      <main class="page">
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <Languages />
        <Picker />
        <section class="embed" aria-labelledby="embed">
          <h2 id="embed">{texts.embed}</h2>
          <p>{texts.embedHint}</p>
          <pre>
            <code>{`<script src="${location.origin}/widget.js"\n  data-token-url="${tokenUrlOf(chosenCustomer())}" defer></script>`}</code>
          </pre>
        </section>
      </main>
    </>
  );
}

function Languages() {
  return (
    <nav class="languages" aria-label={texts.languages}>
      {LOCALES.map((locale) => (
        <a
          key={locale}
          href={addressOf(chosenCustomer(), locale)}
          lang={locale}
          aria-current={locale === chosenLocale() ? 'true' : undefined}
        >
          {texts[locale]}
        </a>
      ))}
    </nav>
  );
}

function Picker() {
  const [customers, setCustomers] = useState<DemoCustomer[] | 'loading' | 'failed'>('loading');
  useEffect(() => {
    if (customers !== 'loading') return;
    void fetchCustomers().then((list) => setCustomers(list ?? 'failed'));
  }, [customers]);

  return (
    <nav class="picker" aria-labelledby="picker">
      <h2 id="picker">{texts.picker}</h2>
      <p>{texts.pickerHint}</p>
      {customers === 'loading' && <p role="status">{texts.loading}</p>}
      {customers === 'failed' && (
        <p role="alert">
          {texts.failed}
          <button type="button" onClick={() => setCustomers('loading')}>
            {texts.retry}
          </button>
        </p>
      )}
      {Array.isArray(customers) && (
        <ul>
          {customers.map((customer) => (
            <Choice key={customer.id} id={customer.id} title={customer.title} />
          ))}
          <Choice id={undefined} title={texts.visitor} />
        </ul>
      )}
    </nav>
  );
}

function Choice({ id, title }: { id: string | undefined; title: string }) {
  const current = chosenCustomer() === id;
  return (
    <li>
      <a href={addressOf(id)} aria-current={current ? 'page' : undefined}>
        <span>{title}</span>
        {current && <em>{texts.current}</em>}
        {id && <code>{id}</code>}
      </a>
    </li>
  );
}

function Shield() {
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
      <path d="M12 2 4 5.500v6c0 5 3.4 8.7 8 10.5 4.6-1.8 8-5.5 8-10.500v-6z" fill="currentColor" />
      <path d="m8.5 11.8 2.6 2.6 4.6-5" fill="none" stroke="#fff" stroke-width="1.8" />
    </svg>
  );
}
