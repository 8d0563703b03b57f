import { expect } from 'chai';
import {
  brighten,
  fitScale,
  pan,
  START,
  turn,
  whole,
  zoomAt,
} from '../../../../src/web/console/review/viewer/view.ts';

const BOX = { width: 800, height: 400 };

describe('how a picture lies in the viewer', () => {
  it('fits whole, however it is turned, and is never blown up for it', () => {
    const picture = { width: 1600, height: 1000 };
    expect(fitScale(picture, BOX, 0)).to.equal(0.4);
    expect(fitScale(picture, BOX, 1)).to.equal(0.25);
    expect(fitScale(picture, BOX, -1)).to.equal(0.25);
    expect(fitScale({ width: 100, height: 50 }, BOX, 0)).to.equal(1);
  });

  it('keeps the point under the pointer where it is while it is zoomed', () => {
    const point = { x: 120, y: -40 };
    const before = pan(START, 30, 10, BOX);
    const after = zoomAt(before, 2, point);
    // The same point of the picture, as far from its middle as before, on twice the scale.
    expect((point.x - after.x) / after.zoom).to.equal((point.x - before.x) / before.zoom);
    expect((point.y - after.y) / after.zoom).to.equal((point.y - before.y) / before.zoom);
  });

  it('is neither lost out of sight nor zoomed or lit beyond use', () => {
    const { x, y } = pan(START, 10_000, -10_000, BOX);
    expect([x, y]).to.deep.equal([400, -200]);
    expect(zoomAt(START, 1000).zoom).to.equal(12);
    expect(zoomAt(START, 0.0001).zoom).to.equal(0.5);
    expect(brighten(START, 1000).brightness).to.equal(260);
    expect(brighten(START, -1000).brightness).to.equal(40);
  });

  it('comes back to its place when it is turned or fitted; light and turns stay', () => {
    const moved = brighten(pan(zoomAt(START, 3), 50, 50, BOX), 20);
    expect(turn(moved, -1)).to.include({ turns: -1, x: 0, y: 0, zoom: 3 });
    expect(whole(turn(moved, 1))).to.deep.equal({ ...START, turns: 1, brightness: 120 });
  });
});
