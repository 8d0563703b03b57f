import { render } from 'preact';
import './style/index.css';
import { Chat } from './chat.tsx';
import { connectHost } from './host.ts';
import { speakHere } from './page-language.ts';
import { pageLocale } from './texts.ts';
import { followKeyboard } from './viewport.ts';

const named = new URLSearchParams(location.hash.slice(1)).get('locale');
speakHere(pageLocale(named, navigator.languages));
const root = document.getElementById('chat');
if (root) render(<Chat host={connectHost()} />, root);
followKeyboard();
