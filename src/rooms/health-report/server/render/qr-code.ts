import QRCode from 'qrcode'

/**
 * A QR code as one SVG path in a drawing of `modules + 8` units, quiet zone included. Level M: a quarter-inch smudge
 * on paper still leaves it readable. Deterministic.
 */
export function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const size = modules.size + quiet * 2
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      const start = column
      while (column + 1 < modules.size && modules.get(row, column + 1)) column++
      path += `M${start + quiet} ${row + quiet}h${column - start + 1}v1h-${column - start + 1}z`
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}"><path fill="#1B2726" d="${path}"/></svg>`
}
