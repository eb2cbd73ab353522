import { expect, test } from 'vitest'
import { fileNameOf } from './transfer.ts'

test.each([
  [null, undefined],
  ['attachment', undefined],
  ['attachment; filename="report.pdf"', 'report.pdf'],
  ['attachment; filename=report.pdf', 'report.pdf'],
  [`attachment; filename="report.pdf"; filename*=UTF-8''%E4%BD%93%E6%A3%80%E6%8A%A5%E5%91%8A.pdf`, '体检报告.pdf'],
])('%s names %s', (disposition, name) => expect(fileNameOf(disposition)).toBe(name))
