/**
 * Keeps the chat inside what the on-screen keyboard leaves free. Browsers that resize the page by
 * themselves report no difference; iOS does not, and scrolls the page away instead.
 */
export function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const adjust = () => {
    const hidden = window.innerHeight - viewport.height - viewport.offsetTop;
    const style = document.documentElement.style;
    style.setProperty('--keyboard', `${Math.max(0, Math.round(hidden))}px`);
    style.setProperty('--shift', `${Math.max(0, Math.round(viewport.offsetTop))}px`);
  };
  viewport.addEventListener('resize', adjust);
  viewport.addEventListener('scroll', adjust);
  adjust();
}
