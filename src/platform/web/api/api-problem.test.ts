import { expect, test } from 'vitest'
import { ApiProblem, fieldName, problemOf } from './api-problem.ts'

const words = { fault: 'went wrong' }
const answer = (status: number, body: string) => new Response(body, { status })

test('a refusal keeps its text, code and values', async () => {
  const problem = await problemOf(answer(423, '{"status":423,"code":"AccountLocked","title":"请 15 分钟后再试。","values":{"minutes":15}}'), words)
  expect(problem).toMatchObject({ status: 423, code: 'AccountLocked', title: '请 15 分钟后再试。', values: { minutes: 15 }, fields: [] })
  expect(problem.unreached).toBe(false)
})

test('fields are named as the form names them', async () => {
  const body = { code: 'InvalidInput', title: '有 2 处需要修改', path: 'body.phone', fields: [{ path: 'body.phone', message: '太短' }, { path: 'body.contacts.0.name', message: '必填' }] }
  const problem = await problemOf(answer(400, JSON.stringify(body)), words)
  expect(problem.fields).toEqual([{ field: 'phone', message: '太短' }, { field: 'contacts.0.name', message: '必填' }])
})

test('a refusal about one input stands at that input', () => {
  expect(new ApiProblem({ status: 409, code: 'LoginTaken', title: '已被占用', path: 'body.login' }).fields).toEqual([{ field: 'login', message: '已被占用' }])
})

test.each([
  ['<html>502 Bad Gateway</html>', 502],
  ['', 500],
  ['null', 500],
  ['{"message":"something else"}', 500],
])('what is not ours is a fault in our words: %s', async (body, status) => {
  expect(await problemOf(answer(status, body), words)).toMatchObject({ status, code: 'Fault', title: 'went wrong' })
})

test.each([
  ['body.phone', 'phone'],
  ['query.q', 'q'],
  ['params.patientId', 'patientId'],
  ['bodyweight', 'bodyweight'],
  ['body', ''],
])('%s is the field %s', (path, field) => expect(fieldName(path)).toBe(field))
