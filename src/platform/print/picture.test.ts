import { expect, test } from 'vitest'
import { drawingOf } from './picture.ts'

test('a picture becomes a drawing of its own size that reaches for nothing', () => {
  const png = Buffer.alloc(33)
  png.writeUInt32BE(120, 16)
  png.writeUInt32BE(40, 20)
  const drawing = drawingOf(png)
  expect(drawing).toContain('viewBox="0 0 120 40"')
  expect([...drawing.matchAll(/href="([^"]{0,22})/g)].map((found) => found[1])).toEqual(['data:image/png;base64,'])
})
