import { useSyncExternalStore } from 'react';
import { Store } from '../live/store.ts';

/** How somebody at the desk wants to be called. */
export interface AlertPrefs {
  sound: boolean;
  /** Count in the title of the page. */
  title: boolean;
  /** Messages of the browser while the page is not looked at. */
  notify: boolean;
}

const KEPT = 'desk-alerts';
const USUAL: AlertPrefs = { sound: true, title: true, notify: false };

class KeptPrefs extends Store<AlertPrefs> {
  change(change: Partial<AlertPrefs>): void {
    this.set(change);
    localStorage.setItem(KEPT, JSON.stringify(this.state));
  }
}

export const alertPrefs = new KeptPrefs({ ...USUAL, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') });

export const useAlertPrefs = (): AlertPrefs => useSyncExternalStore(alertPrefs.subscribe, alertPrefs.read);
