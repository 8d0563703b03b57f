/** The launcher's own look, kept inside its shadow root: neither side's rules reach the other. */
export const css = `
:host { all: initial; }
.launcher {
  position: fixed; z-index: 2147483000;
  right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
  display: flex; align-items: center; gap: 8px; height: 52px; padding: 0 20px 0 16px;
  border: 0; border-radius: 26px; background: #0b5d57; color: #fff; cursor: pointer;
  font: 600 16px/1 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  box-shadow: 0 1px 2px rgb(6 40 38 / .25), 0 8px 24px rgb(6 40 38 / .22);
}
.launcher:hover { background: #094e49; }
.launcher:focus-visible { outline: 3px solid #f2b84b; outline-offset: 3px; }
.launcher svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.badge {
  position: absolute; top: -6px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; box-sizing: border-box;
  border-radius: 11px; background: #b3261e; color: #fff; font-size: 13px; line-height: 22px; text-align: center;
}
.panel {
  position: fixed; z-index: 2147483001; overflow: hidden; background: #f4f6f5;
  right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
  width: 400px; height: min(680px, calc(100vh - 40px)); border-radius: 16px;
  box-shadow: 0 0 0 1px rgb(6 40 38 / .08), 0 16px 48px rgb(6 40 38 / .24);
}
.panel iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal; }
[hidden] { display: none !important; }
@media (max-width: 560px) {
  .panel { inset: 0; width: auto; height: auto; border-radius: 0; box-shadow: none; }
}
@media (prefers-color-scheme: dark) { .panel { background: #101615; } }
@media (prefers-reduced-motion: no-preference) {
  .panel:not([hidden]) { animation: rise .2s cubic-bezier(.2, .8, .3, 1); }
  @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
}
@media print { .launcher, .panel { display: none; } }
`;
