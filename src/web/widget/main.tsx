import { render } from 'preact';
import './style/index.css';
import { Chat } from './chat.tsx';
import { connectHost } from './host.ts';
import { followKeyboard } from './viewport.ts';

const root = document.getElementById('chat');
if (root) render(<Chat host={connectHost()} />, root);
followKeyboard();
