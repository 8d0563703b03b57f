import sharp from 'sharp';

/** Fontconfig finds it in `fonts-noto-cjk`; sharp brings no fonts along. */
const FONT = 'Noto Sans CJK SC';
/** Text height is this part of the picture's width. */
const TEXT_SHARE = 0.022;
const POINTS = 12;
const POINTS_PER_INCH = 72;
const TILT_DEGREES = -24;
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function drawn(text: string, colour: string, dpi: number) {
  const markup = `<span foreground="${colour}" weight="bold">${escaped(text)}</span>`;
  return sharp({ text: { text: markup, font: `${FONT} ${POINTS}`, dpi, rgba: true } })
    .png()
    .toBuffer({ resolveWithObject: true });
}

/**
 * One tile of a watermark for a picture of this width: the text, light with a dark edge, so that it is seen on any
 * ground. Throws when there is no font to draw it with: a picture is not shown without.
 */
export async function watermarkTile(text: string, pictureWidth: number): Promise<Buffer> {
  const dpi = Math.max(40, Math.round((POINTS_PER_INCH * pictureWidth * TEXT_SHARE) / POINTS));
  const [light, dark] = [await drawn(text, '#ffffff52', dpi), await drawn(text, '#0000005c', dpi)];
  const edge = Math.max(1, Math.round(dpi / 70));
  const { width, height } = light.info;
  const gap = height * 2;
  const line = await sharp({
    create: { width: width + gap, height: height + gap, channels: 4, background: CLEAR },
  })
    .composite([
      { input: dark.data, left: edge, top: edge },
      { input: light.data, left: 0, top: 0 },
    ])
    .png()
    .toBuffer();
  const tile = await sharp(line).rotate(TILT_DEGREES, { background: CLEAR }).png().toBuffer();
  const { channels } = await sharp(tile).stats();
  if ((channels[3]?.max ?? 0) === 0) throw new Error(`no font to draw the watermark with: ${FONT}`);
  return tile;
}

/** The picture with the text burned in all over it. */
export async function burn(jpeg: Buffer, text: string): Promise<Buffer> {
  const { width } = await sharp(jpeg).metadata();
  const tile = await watermarkTile(text, width);
  return sharp(jpeg)
    .composite([{ input: tile, tile: true }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Blocks along the longer side of a masked picture: on an identity card each is larger than a digit. */
const BLOCKS = 32;
const MASKED_SIDE = 1200;

/** The picture as coarse blocks: what kind of document it is can be seen, nothing on it can be read. */
export async function mask(jpeg: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(jpeg)
    .resize(BLOCKS, BLOCKS, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } })
    .resize(MASKED_SIDE, MASKED_SIDE, { fit: 'inside', kernel: 'nearest' })
    .jpeg({ quality: 80 })
    .toBuffer();
}
