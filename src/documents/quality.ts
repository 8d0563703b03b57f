import type { QualityWarning, Slot } from '../domain/document.ts';
import { canGlare, PICTURE_RULES } from './picture-rules.ts';

/** Grey levels, one byte a point, row by row. */
export interface GreyPicture {
  data: Uint8Array;
  width: number;
  height: number;
}

/** What the warnings rest on. */
export interface Quality {
  /** 0 black to 255 white. */
  mean: number;
  /** Laplacian variance that a tenth of the tiles reach: paper around the text does not count. */
  sharpness: number;
  /** Share of the largest connected burnt-out area, 0 to 1. */
  whiteShare: number;
}

const TILE = 20;

interface Tiles {
  columns: number;
  rows: number;
  variances: number[];
  white: boolean[];
}

function measureTile(picture: GreyPicture, left: number, top: number): { variance: number; white: boolean } {
  const { data, width } = picture;
  const at = (index: number) => data[index] ?? 0;
  let sum = 0;
  let squares = 0;
  let white = 0;
  for (let y = top; y < top + TILE; y++) {
    for (let x = left; x < left + TILE; x++) {
      const i = y * width + x;
      const laplacian = at(i - width) + at(i + width) + at(i - 1) + at(i + 1) - 4 * at(i);
      sum += laplacian;
      squares += laplacian * laplacian;
      if (at(i) >= PICTURE_RULES.whiteLevel) white++;
    }
  }
  const count = TILE * TILE;
  return { variance: squares / count - (sum / count) ** 2, white: white > count * 0.9 };
}

function measureTiles(picture: GreyPicture): Tiles {
  // One point of margin on each side, which the Laplacian looks at.
  const columns = Math.floor((picture.width - 2) / TILE);
  const rows = Math.floor((picture.height - 2) / TILE);
  const tiles: Tiles = { columns, rows, variances: [], white: [] };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const tile = measureTile(picture, 1 + column * TILE, 1 + row * TILE);
      tiles.variances.push(tile.variance);
      tiles.white.push(tile.white);
    }
  }
  return tiles;
}

/** Size of the largest group of white tiles that touch each other. */
function largestWhiteArea({ columns, white }: Tiles): number {
  const seen = new Set<number>();
  let largest = 0;
  for (let start = 0; start < white.length; start++) {
    if (!white[start] || seen.has(start)) continue;
    seen.add(start);
    const area = [start];
    for (const tile of area) {
      const column = tile % columns;
      const neighbours = [tile - columns, tile + columns];
      if (column > 0) neighbours.push(tile - 1);
      if (column < columns - 1) neighbours.push(tile + 1);
      for (const neighbour of neighbours) {
        if (!white[neighbour] || seen.has(neighbour)) continue;
        seen.add(neighbour);
        area.push(neighbour);
      }
    }
    largest = Math.max(largest, area.length);
  }
  return largest;
}

/** Measures a picture that was brought to about 1000 px width; smaller ones measure alike. */
export function measureQuality(picture: GreyPicture): Quality {
  let sum = 0;
  for (const level of picture.data) sum += level;
  const tiles = measureTiles(picture);
  const count = Math.max(1, tiles.variances.length);
  const sorted = tiles.variances.sort((a, b) => a - b);
  return {
    mean: sum / Math.max(1, picture.data.length),
    sharpness: sorted[Math.floor(count * 0.9)] ?? 0,
    whiteShare: largestWhiteArea(tiles) / count,
  };
}

/** What to tell the customer about a picture. Darkness also takes sharpness away, so it is tested first. */
export function qualityWarnings(quality: Quality, shortSide: number, slot: Slot): QualityWarning[] {
  const warnings: QualityWarning[] = [];
  if (shortSide < PICTURE_RULES.smallShortSide) warnings.push('small');
  if (quality.mean < PICTURE_RULES.darkMean) warnings.push('dark');
  else if (quality.sharpness < PICTURE_RULES.blurredVariance) warnings.push('blurred');
  if (canGlare(slot) && quality.whiteShare > PICTURE_RULES.glareShare) warnings.push('glare');
  return warnings;
}
