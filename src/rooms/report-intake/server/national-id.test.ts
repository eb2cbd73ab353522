import { describe, expect, it } from 'vitest'
import { fictitiousId } from './hl7/sample-message.ts'
import { isNationalId, nationalIdCheck, tidyId } from './national-id.ts'

describe('isNationalId', () => {
  // The example of GB 11643-1999 itself.
  it.each(['11010519491231002X', '440524188001010014', fictitiousId('1981-03-05'), '110105491231002'])(
    '%s is one',
    (text) => {
      expect(isNationalId(text)).toBe(true)
    },
  )

  it.each([
    '110105194912310021',
    '11010519490231002X',
    '110105194912310',
    '123456',
    '',
    '11010519491231002x',
    '1101059912320021234',
  ])('%s is none', (text) => {
    expect(isNationalId(text)).toBe(false)
  })

  it('the check digit can be an X', () => {
    expect(nationalIdCheck('11010519491231002')).toBe('X')
  })

  it('tidies what people type', () => {
    expect(tidyId(' １１０１０５ 19491231002x ')).toBe('11010519491231002X')
  })
})
