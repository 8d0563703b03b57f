import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fitScale, pan, type Size, type View, whole, zoomAt } from './view.ts';

const NOTHING: Size = { width: 0, height: 0 };
const STEP_PX = 60;
const WHEEL = 0.0015;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [STEP_PX, 0],
  ArrowRight: [-STEP_PX, 0],
  ArrowUp: [0, STEP_PX],
  ArrowDown: [0, -STEP_PX],
};

/** A picture that is turned, zoomed, moved and lit by mouse, wheel and arrow keys. */
export function Canvas(props: {
  url: string;
  label: string;
  hint: string;
  view: View;
  onView(change: (view: View) => View): void;
}) {
  const { url, label, hint, view, onView } = props;
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(NOTHING);
  const [natural, setNatural] = useState(NOTHING);

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const wheel = (event: WheelEvent) => {
      // The page stays where it is; React's own listener could not keep it.
      event.preventDefault();
      const { left, top, width, height } = current.getBoundingClientRect();
      const point = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
      onView((before) => zoomAt(before, Math.exp(-event.deltaY * WHEEL), point));
    };
    current.addEventListener('wheel', wheel, { passive: false });
    return () => current.removeEventListener('wheel', wheel);
  }, [onView]);

  function drag({ currentTarget, pointerId, movementX, movementY }: PointerEvent): void {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    onView((before) => pan(before, movementX, movementY, size));
  }

  function press(event: KeyboardEvent): void {
    const move = ARROWS[event.key];
    if (!move) return;
    event.preventDefault();
    onView((before) => pan(before, move[0], move[1], size));
  }

  const { x, y, turns, zoom, brightness } = view;
  const scale = fitScale(natural, size, turns) * zoom;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element is a picture that can be moved.
    <div
      ref={box}
      className="viewer-canvas"
      role="group"
      aria-label={label}
      title={hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move what is in it.
      tabIndex={0}
      onPointerDown={({ currentTarget, pointerId, button }) => {
        if (button === 0) currentTarget.setPointerCapture(pointerId);
      }}
      onPointerMove={drag}
      onDoubleClick={() => onView(whole)}
      onKeyDown={press}
      onContextMenu={(event) => event.preventDefault()}
    >
      <img
        src={url}
        alt={label}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setNatural({ width, height })
        }
        style={{
          transform: `translate(-50%, -50%) translate(${x}px, ${y}px) rotate(${turns * 90}deg) scale(${scale})`,
          filter: `brightness(${brightness}%)`,
          visibility: natural.width === 0 ? 'hidden' : 'visible',
        }}
      />
    </div>
  );
}
