import { render } from 'preact';
import type { UploadPageGiven } from '../../domain/upload-page.ts';
import { locale, speak } from '../widget/texts.ts';
import './style.css';
import { Page } from './page.tsx';
import { words } from './texts.ts';

const given: UploadPageGiven | null = JSON.parse(document.getElementById('given')?.textContent ?? 'null');
speak(given?.locale);
document.documentElement.lang = locale;
document.title = words().title;
const root = document.getElementById('page');
if (root) {
  // What stands there until the script runs.
  root.textContent = '';
  render(<Page given={given} />, root);
}
