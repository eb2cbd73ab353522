/**
 * A PNG as a drawing, since templates are handed texts alone: the bytes stand in it, nothing is fetched from elsewhere.
 * @param png whole file, 33 bytes at least; its own size becomes that of the drawing
 */
export function drawingOf(png: Buffer): string {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><image width="${width}" height="${height}" xlink:href="data:image/png;base64,${png.toString('base64')}"/></svg>`
}
