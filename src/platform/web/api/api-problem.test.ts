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

test.each([
  ['an id that is none', { status: 400, code: 'InvalidInput', fields: [{ path: 'params.campaignId', message: '编号不对' }] }, [true, true]],
  ['what is not there', { status: 404, code: 'NotFound' }, [true, true]],
  ['what is gone', { status: 410, code: 'LinkOver' }, [true, true]],
  ['too long a span', { status: 422, code: 'CareSpanTooLong', path: 'query.until' }, [false, true]],
  ['a form', { status: 400, code: 'InvalidInput', fields: [{ path: 'params.campaignId', message: '' }, { path: 'body.name', message: '' }] }, [false, false]],
  ['a refusal about nothing in particular', { status: 409, code: 'ChangedMeanwhile' }, [false, false]],
  ['a fault', { status: 500, code: 'Fault' }, [false, false]],
  ['nobody reached', { status: 0, code: 'Unreached' }, [false, false]],
])('whether to ask again may help: %s', (_, body, [nowhere, final]) => {
  expect([new ApiProblem(body).leadsNowhere, new ApiProblem(body).isFinal]).toEqual([nowhere, final])
  expect(new ApiProblem(body).saying('说得明白些')).toMatchObject({ title: '说得明白些', status: body.status, isFinal: final })
})
