import { render } from 'preact';
import './style.css';
import { chosenCustomer, chosenLocale, tokenUrlOf } from './customers.ts';
import { Shop } from './shop.tsx';

const root = document.getElementById('demo');
if (root) render(<Shop />, root);

// The widget comes in through its loader, exactly as on a partner's page; only the tag is made by script
// here, because its token address depends on the chosen customer.
const script = document.createElement('script');
script.src = new URL('widget.js', document.baseURI).href;
script.dataset.tokenUrl = tokenUrlOf(chosenCustomer());
script.dataset.locale = chosenLocale() ?? '';
if (!chosenCustomer()) script.dataset.anonymous = '';
if (chosenCustomer() && matchMedia('(min-width: 900px)').matches) script.dataset.open = '';
document.body.append(script);
