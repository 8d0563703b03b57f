import { css } from './style.ts';

export interface PanelTexts {
  launch: string;
  /** With `{launch}` and `{count}`. */
  unread: string;
  frame: string;
}

/** The launcher button and the frame behind it. */
export interface Panel {
  frame: HTMLIFrameElement;
  /** Loads the chat at the first call. */
  open: () => void;
  close: () => void;
  showUnread: (count: number) => void;
  /** Changes the language of button and frame. */
  speak: (texts: PanelTexts) => void;
}

const ICON = [
  'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 3.5V16h-1A1.5 1.5 0 0 1 4 14.5z',
  'M8 9.5h8M8 12.5h5',
];

/** Builds the launcher at the end of the page. Nothing is fetched before the customer opens it. */
export function createPanel(frameUrl: string, texts: PanelTexts, changed: (open: boolean) => void): Panel {
  const root = document.createElement('div').attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const launcher = element('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false' });
  const badge = element('span', { class: 'badge', hidden: '' });
  const label = element('span', {});
  launcher.append(icon(), label, badge);
  const panel = element('div', { class: 'panel', role: 'dialog', hidden: '' });
  const frame = element('iframe', { allow: 'camera' });
  panel.append(frame);
  root.append(launcher, panel);
  document.body.append(root.host);
  const lock = pageLock();

  const show = (open: boolean) => {
    if (open && !frame.src) frame.src = frameUrl;
    panel.hidden = !open;
    launcher.hidden = open;
    launcher.setAttribute('aria-expanded', String(open));
    lock(open);
    if (open) frame.focus();
    else launcher.focus();
    changed(open);
  };
  launcher.addEventListener('click', () => show(true));
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') show(false);
  });
  let unread = 0;
  let words = texts;
  const name = () => {
    label.textContent = words.launch;
    panel.setAttribute('aria-label', words.frame);
    frame.title = words.frame;
    const counted = words.unread.replace('{launch}', words.launch).replace('{count}', String(unread));
    launcher.setAttribute('aria-label', unread === 0 ? words.launch : counted);
  };
  name();
  return {
    frame,
    open: () => show(true),
    close: () => show(false),
    showUnread: (count) => {
      badge.hidden = count === 0;
      badge.textContent = count > 99 ? '99+' : String(count);
      unread = count;
      name();
    },
    speak: (changed) => {
      words = changed;
      name();
    },
  };
}

/** On a phone the panel covers the page, which must not scroll behind it. */
function pageLock(): (locked: boolean) => void {
  const { style } = document.documentElement;
  let before = '';
  return (locked) => {
    if (!matchMedia('(max-width: 560px)').matches && locked) return;
    if (locked) before = style.overflow;
    style.overflow = locked ? 'hidden' : before;
  };
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function icon(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICON) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
