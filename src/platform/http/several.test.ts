import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { registerPatient } from '../../rooms/patient/server/index.ts'
import { SEVERAL_MAX, SEVERAL_PATH, type SeveralAnswer } from '../contract/several.ts'

/** Several reads of one's own in one call: each past its own gate, as if it had come alone. */
const house = await aHouse()
let token = ''
let manager = ''

beforeAll(async () => {
  const id = await house.write((ctx) =>
    registerPatient(ctx, { name: '王秀英', sex: 'female', birthDate: '1958-03-21' } as never),
  )
  token = (await house.asPatient(id)).token
  manager = (await house.as('service-manager')).token
})

const query = (asked: readonly string[]) => new URLSearchParams(asked.map((path): [string, string] => ['ask', path])).toString()
async function ask(asked: readonly string[], cookies: Record<string, string> = { peiban_patient: token }) {
  const url = `/api${SEVERAL_PATH}?${query(asked)}`
  const raw = await house.app.inject({ method: 'GET', url, cookies, headers: { 'x-peiban-locale': 'en' } })
  return { status: raw.statusCode, answers: raw.json<SeveralAnswer[]>() }
}
const alone = async (path: string) =>
  (
    await house.app.inject({
      method: 'GET',
      url: `/api${path}`,
      cookies: { peiban_patient: token },
      headers: { 'x-peiban-locale': 'en' },
    })
  ).json<{ code?: string }>()

test('each is answered as if it had been asked alone, in the order it was asked', async () => {
  const asked = ['/my/home', '/my/messages?limit=10', '/my/plan', '/my/people']
  const { status, answers } = await ask(asked)
  expect(status).toBe(200)
  expect(answers).toEqual(await Promise.all(asked.map(async (path) => ({ status: 200, body: await alone(path) }))))
})

test('one that is refused leaves the others be, and says why in the language that is read', async () => {
  const { answers } = await ask(['/my/home', '/my/no-such-thing', '/my/messages?limit=0'])
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 400])
  expect(answers[1]!.body).toMatchObject({ code: 'NotFound', title: expect.stringContaining('Not found') })
})

test('nobody gets nothing, and staff no more than without it', async () => {
  for (const cookies of [{}, { peiban_session: manager }] as Record<string, string>[])
    expect((await ask(['/my/home', '/my/plan'], cookies)).answers.map(({ status }) => status)).toEqual([401, 401])
})

test('each read is noted by its own rule', async () => {
  const count = async () =>
    (
      await house.house.databases
        .of(house.tenant.id)
        .selectFrom('audit_entry')
        .select('action')
        .where('action', '=', 'my.trends')
        .execute()
    ).length
  const before = await count()
  await alone('/my/trends')
  const each = (await count()) - before
  await ask(['/my/trends', '/my/home'])
  expect((await count()) - before).toBe(2 * each)
})

test.each([
  ['what is not one’s own', ['/patients']],
  ['a way round', ['/my/../patients']],
  ['a way round in other letters', ['/my/%2e%2e/patients']],
  ['another house', ['//elsewhere/my/plan']],
  ['itself', [`${SEVERAL_PATH}?ask=/my/plan`]],
  ['nothing', []],
  ['more than a page has', Array.from({ length: SEVERAL_MAX + 1 }, () => '/my/plan')],
])('%s is not asked for', async (_, asked) => {
  const cookies = { peiban_session: manager, peiban_patient: token }
  expect((await ask(asked, cookies)).status).toBe(400)
})
