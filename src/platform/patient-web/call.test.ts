import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endpoint } from '../contract/index.ts'
import { ApiProblem } from '../web/api/api-problem.ts'
import { call, saying } from './call.ts'

afterEach(() => vi.unstubAllGlobals())

const note = endpoint({
  name: 'probe.note',
  method: 'POST',
  path: '/my/probe',
  summary: 'Note',
  gate: { permission: 'patient', audit: { none: 'a test' } },
  body: z.object({ phone: z.string() }),
  output: z.object({}),
})

test('what a page is told of a refused call is what to mend', async () => {
  const fields = [{ path: 'body.phone', message: '最多 30 个字，现在有 31 个' }]
  const refused = { status: 400, code: 'InvalidInput', title: '请看标出的位置。', fields }
  vi.stubGlobal('fetch', async () => Response.json(refused, { status: 400 }))
  await expect(call(note, { body: { phone: '1' } })).rejects.toMatchObject({ title: '最多 30 个字，现在有 31 个' })
})

test('a refusal of what was typed says what is wrong, each thing once', () => {
  const refused = new ApiProblem({
    status: 400,
    code: 'InvalidInput',
    title: '有 3 处填写需要修改，请看标出的位置。',
    fields: [
      { path: 'body.phone', message: '电话号码不对' },
      { path: 'body.name', message: '请填写这一项' },
      { path: 'body.words', message: '请填写这一项' },
    ],
  })
  expect(saying(refused).title).toBe('电话号码不对\n请填写这一项')
  expect(saying(refused).fields).toEqual(refused.fields)
})

test('another refusal keeps its words', () => {
  const refused = new ApiProblem({
    status: 409,
    code: 'TakeTooLate',
    title: '已经过了可以补记的时间。',
    path: 'body.at',
  })
  expect(saying(refused)).toBe(refused)
})
