import { describe, expect, test } from 'vitest'
import { readHolidayFile } from './holiday-file.ts'

const NEW_YEAR = { day: '2027-01-01', kind: 'off', name: '元旦' }
const WORKED = { day: '2027-01-03', kind: 'work', name: '元旦' }

describe('one table, however it is written', () => {
  test.each([
    ['CSV with headings', '日期,类型,名称\n2027-01-01,休,元旦\n2027-01-03,班,元旦'],
    ['CSV without, as people write dates', '\uFEFF2027/1/1，放假，元旦\r\n2027年1月3日，调休上班，元旦\r\n'],
    ['out of order, a day twice: the last word counts', '2027-01-03,休,x\n2027-01-01,off,元旦\n2027-01-03,work,元旦'],
    [
      'a list of JSON',
      JSON.stringify([
        { date: '2027-01-01', kind: 'off', name: '元旦' },
        { day: '20270103', type: 'work', name: '元旦' },
      ]),
    ],
    [
      'JSON with isOffDay',
      JSON.stringify({
        year: 2027,
        days: [
          { name: '元旦', date: '2027-01-01', isOffDay: true },
          { name: '元旦', date: '2027-01-03', isOffDay: false },
        ],
      }),
    ],
    [
      'JSON of two maps',
      JSON.stringify({
        holidays: { '2027-01-01': "New Year's Day,元旦,1" },
        workdays: { '2027-01-03': "New Year's Day,元旦,1" },
      }),
    ],
    [
      'iCalendar',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270102\r\nSUMMARY:元旦(休)\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270103\r\nSUMMARY:元\r\n 旦(班)\r\nEND:VEVENT\r\nEND:VCALENDAR',
    ],
  ])('%s', (_what, text) => expect(readHolidayFile(text)).toEqual([NEW_YEAR, WORKED]))

  test('an event of several days', () => {
    const text =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20271001\nDTEND:20271004\nSUMMARY:国庆节 假期\nEND:VEVENT\nEND:VCALENDAR'
    expect(readHolidayFile(text)).toEqual(
      ['2027-10-01', '2027-10-02', '2027-10-03'].map((day) => ({ day, kind: 'off', name: '国庆节' })),
    )
  })
})

test.each([
  ['2027-02-30,休,x', 1],
  ['2027-01-01,休,元旦\n2027-13-01,休,x', 2],
  ['2027-01-01,休,元旦\n2027-01-02,也许,x', 2],
  ['{"days": [{"date": "2027-01-01"}]}', 1],
  ['{not json', 1],
  ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT', 4],
])('%s cannot be read, and says where', (text, unreadable) => expect(readHolidayFile(text)).toEqual({ unreadable }))

test.each(['日期,类型\n', '[]', '{}', 'BEGIN:VCALENDAR\nEND:VCALENDAR'])('nothing in it is nothing: %s', (text) =>
  expect(readHolidayFile(text)).toEqual([]),
)
