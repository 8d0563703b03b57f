import { useEffect, useState } from 'preact/hooks';

/** WeChat's own functions, which it puts into the pages it shows. */
interface Bridge {
  invoke(name: string, options: object, done: () => void): void;
}

const READY = 'WeixinJSBridgeReady';
const bridgeHere = () => (window as { WeixinJSBridge?: Bridge }).WeixinJSBridge;
const nothing = () => undefined;

/** Closes the page where WeChat shows it, which leads back into the chat; undefined elsewhere. */
export function useWayBack(): (() => void) | undefined {
  const [bridge, setBridge] = useState(bridgeHere);
  useEffect(() => {
    const take = () => setBridge(bridgeHere);
    document.addEventListener(READY, take);
    return () => document.removeEventListener(READY, take);
  }, []);
  useEffect(() => {
    // The link is for one person: it is not to be passed on by a tap.
    bridge?.invoke('hideOptionMenu', {}, nothing);
  }, [bridge]);
  return bridge && (() => bridge.invoke('closeWindow', {}, nothing));
}
