import { expect, test } from 'vitest'
import { duplicateQuestion } from './duplicate-question.ts'

const paper = { kind: 'national-id' as const, number: '51343620000320711X' }

test.each([
  [{}, undefined],
  [{ name: '王芳' }, undefined],
  [{ name: '王', phone: '13800000001' }, undefined],
  [{ name: '王芳', phone: '1380000' }, undefined],
  [{ phone: '13800000001' }, undefined],
  [
    { name: '王芳', phone: '13800000001' },
    { name: '王芳', phone: '13800000001' },
  ],
  [
    { name: '王芳', birthDate: '1980-01-02' },
    { name: '王芳', birthDate: '1980-01-02' },
  ],
  [{ paper: { ...paper, number: '5134362000' } }, undefined],
  [{ paper }, { paper }],
  [{ paper: { kind: 'passport' as const, number: 'E12' } }, undefined],
  [
    { name: '小宝', guardian: { name: '妈', relation: 'mother' as const, phone: '13800000001' } },
    { name: '小宝', phone: '13800000001' },
  ],
])('%j', (values, question) => {
  expect(duplicateQuestion(values, '2026-03-02')).toEqual(question)
})
