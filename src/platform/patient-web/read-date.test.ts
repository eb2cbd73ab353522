import { expect, test } from 'vitest'
import { readDate } from './read-date.ts'

test.each([
  '1968-3-21',
  '1968.03.21',
  ' 1968年3月21日 ',
  '19680321',
  '1968/03/21',
  '1968 3 21',
  '１９６８年３月２１日',
  '１９６８０３２１',
])('%s is a date', (text) => expect(readDate(text)).toBe('1968-03-21'))

test.each(['', '21', '1968-13-01', '1968-02-30', '680321', '1968032', 'x'])('"%s" is none', (text) =>
  expect(readDate(text)).toBeUndefined(),
)
