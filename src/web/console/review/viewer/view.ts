/** How a picture lies in its box: moved from the middle by `x`, `y`, `zoom` 1 = fits, quarter turns to the right. */
export interface View {
  zoom: number;
  x: number;
  y: number;
  turns: number;
  /** Percent. */
  brightness: number;
}

export interface Size {
  width: number;
  height: number;
}

export const START: View = { zoom: 1, x: 0, y: 0, turns: 0, brightness: 100 };

const ZOOMS = { least: 0.5, most: 12 };
const BRIGHTNESS = { least: 40, most: 260 };

const within = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));

/** How much the picture is made smaller to be seen whole; never larger than it is. */
export function fitScale(picture: Size, box: Size, turns: number): number {
  const lies = turns % 2 === 0;
  const width = lies ? picture.width : picture.height;
  const height = lies ? picture.height : picture.width;
  if (width === 0 || height === 0) return 1;
  return Math.min(1, box.width / width, box.height / height);
}

/** Larger or smaller, while the point (from the middle of the box) stays where it is. */
export function zoomAt(view: View, factor: number, point = { x: 0, y: 0 }): View {
  const zoom = within(ZOOMS.least, view.zoom * factor, ZOOMS.most);
  const by = zoom / view.zoom;
  return { ...view, zoom, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by };
}

/** Moved, but never out of sight. */
export function pan(view: View, dx: number, dy: number, box: Size): View {
  const reach = (side: number) => (side / 2) * Math.max(1, view.zoom);
  return {
    ...view,
    x: within(-reach(box.width), view.x + dx, reach(box.width)),
    y: within(-reach(box.height), view.y + dy, reach(box.height)),
  };
}

/** A quarter turn; to the right is 1. */
export function turn(view: View, by: 1 | -1): View {
  // Not brought back to 0..3: it would spin the long way round on the screen.
  return { ...view, turns: view.turns + by, x: 0, y: 0 };
}

export function brighten(view: View, by: number): View {
  return { ...view, brightness: within(BRIGHTNESS.least, view.brightness + by, BRIGHTNESS.most) };
}

/** Seen whole again; how it is turned and lit stays. */
export function whole(view: View): View {
  return { ...view, zoom: 1, x: 0, y: 0 };
}
