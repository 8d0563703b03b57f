import type { Slot } from '../domain/document.ts';

/**
 * What a picture must be like. The quality figures were measured on text cards photographed at
 * 4000 x 3000, brought to 1000 px width: a tenth of the tiles of a sharp picture has a Laplacian
 * variance of 4800 and more, a blur of sigma 3 is still legible (1100), sigma 8 is not (92); a picture
 * at 15 % of its light has a mean of 23 to 26, a normal one of 156; a large reflection whitens 9 %.
 * Not measured on real documents, so they only warn: the customer decides, a person has the last word.
 */
export const PICTURE_RULES = {
  /** Decoding more costs too much memory; four times what a 12-megapixel phone makes. */
  maxPixels: 50_000_000,
  /** Kept size: 4000 px across an identity card are 46 px per millimetre, more than anybody reads. */
  maxStoredSide: 4000,
  /** Below this the digits of an identity card are under 15 px high: nobody can check them. */
  refusedShortSide: 320,
  /** Below this a reviewer has trouble. */
  smallShortSide: 600,
  /** Grey level, 0 to 255. */
  darkMean: 40,
  /** Laplacian variance of the sharper tenth of the picture. */
  blurredVariance: 150,
  /** Grey level from which a point counts as burnt out. */
  whiteLevel: 250,
  /** Share of the picture that one connected white area may take. */
  glareShare: 0.08,
  jpegQuality: 85,
} as const;

/** A bank's letter is white paper, and evidence is mostly screenshots: white there says nothing about glare. */
export function canGlare(slot: Slot): boolean {
  return slot !== 'closure-certificate' && slot !== 'evidence';
}
