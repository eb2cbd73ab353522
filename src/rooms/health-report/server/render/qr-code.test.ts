import { expect, it } from 'vitest'
import { qrSvg } from './qr-code.ts'

/** Reads the modules back from the path. */
function modulesOf(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1])
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    rows[Number(y)]!.fill(true, Number(x), Number(x) + Number(width))
  }
  return rows
}

it('draws the three finder patterns and nothing in the fourth corner', () => {
  const rows = modulesOf(qrSvg('https://report.example.org/v/9F2K'))
  const corner = (x: number, y: number) =>
    rows.slice(y, y + 7).map((row) =>
      row
        .slice(x, x + 7)
        .map((dark) => (dark ? '#' : '.'))
        .join(''),
    )
  const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']
  const far = rows.length - 7
  expect([corner(0, 0), corner(far, 0), corner(0, far)]).toEqual([finder, finder, finder])
  expect(corner(far, far)).not.toEqual(finder)
})

it('is the same for the same text and another for another', () => {
  expect(qrSvg('a')).toBe(qrSvg('a'))
  expect(qrSvg('a')).not.toBe(qrSvg('b'))
})
