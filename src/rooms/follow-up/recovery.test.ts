import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody } from '../../../test/house.ts'
import * as questionnaire from '../questionnaire/contract/questionnaire.ts'
import { responseOf } from '../questionnaire/sample-form.ts'
import { installShippedQuestionnaires } from '../questionnaire/server/index.ts'
import { enrol } from './contract/run.ts'
import { aPerson, pass, setUp, signedIn, storyOf } from './sample-plan.ts'
import { installShippedProtocols } from './server/index.ts'

/** S3-20: on days 3 and 7 after an operation people are asked themselves, and what is unusual is a task at once. */
const house = await aHouse()
const stranger = nobody(house)
const db = () => house.house.databases.of(house.tenant.id)
const manager = await house.as('service-manager', { name: '李素珍' })

beforeAll(async () => {
  await setUp(house)
  await house.write(installShippedQuestionnaires)
})

const FINE = { danger: 'no', bleeding: 'no', fever: 'no', pain: 'less', wound: 'dry', eating: 'normal' }

async function anOperated(person: { birthDate?: string | null } = {}): Promise<string> {
  const patientId = await aPerson(house, { managerId: manager.staffId, ...(person as { birthDate?: string }) })
  const body = { protocol: 'post-surgery', anchorOn: house.clock.today('Asia/Shanghai'), reason: '外院手术' }
  await (await signedIn(house, manager.staffId)).call(enrol, { params: { patientId: patientId as never }, body })
  return patientId
}

const mailsTo = (patientId: string) =>
  db()
    .selectFrom('message')
    .select(['template', 'touch', 'channel', 'values_sealed'])
    .where('patient_id', '=', patientId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
const tokenIn = (mail: { values_sealed: Buffer | null }) =>
  (JSON.parse(house.house.sealer.open(house.tenant.id, mail.values_sealed!)) as { link: string }).link.split(
    '/fill/',
  )[1]!
const tasksOf = (patientId: string) =>
  db()
    .selectFrom('task')
    .select(['type', 'priority', 'due_on', 'pool_role', 'title'])
    .where('patient_id', '=', patientId)
    .where('source', '=', 'questionnaire')
    .execute()
const alertsOf = (patientId: string) =>
  db().selectFrom('alert').select(['class', 'state']).where('patient_id', '=', patientId).execute()

async function answer(patientId: string, changes: Partial<typeof FINE>) {
  const given = Object.entries({ ...FINE, ...changes }).map(([linkId, code]) => [
    linkId,
    { system: 'urn:peiban:recovery', code },
  ])
  return stranger.call(questionnaire.submitLink, {
    params: { token: tokenIn((await mailsTo(patientId)).at(-1)!) },
    body: { birthDate: '1970-05-01', submission: randomUUID(), response: responseOf(Object.fromEntries(given)) },
  })
}

describe('the questions after an operation', () => {
  test('go out once on day 3 and once on day 7, with a link, and in one message each', async () => {
    const patientId = await anOperated()
    await pass(house, 2)
    expect(await mailsTo(patientId)).toEqual([])
    await pass(house, 1)
    const once = [{ template: 'post-surgery-questions', channel: 'email' }]
    expect(await mailsTo(patientId)).toMatchObject(once)
    await pass(house, 3)
    const mails = await mailsTo(patientId)
    expect(mails).toMatchObject([...once, ...once])
    expect(new Set(mails.map(tokenIn)).size).toBe(2)
    expect((await answer(patientId, {})).result).toBe('kept')
    await house.settle()
    const states = (await storyOf(house, patientId)).map((line) => line.split(' ').slice(0, 3).join(' '))
    expect(states).toContain('day-7-questions 1 done')
    expect(states).toContain('day-3-questions 1 missed')
  })

  test.each<[string, Partial<typeof FINE>]>([
    ['a fever', { fever: 'mild' }],
    ['a little blood', { bleeding: 'spots' }],
    ['pain that rises', { pain: 'more' }],
    ['a red wound', { wound: 'red' }],
    ['a weeping wound', { wound: 'weeping' }],
    ['meals that do not stay', { eating: 'vomiting' }],
  ])('%s: a task of the same day for the nurses, and no alarm', async (_name, changes) => {
    const patientId = await anOperated()
    await pass(house, 3)
    expect(await answer(patientId, changes)).toMatchObject({ result: 'kept', urgent: false })
    expect(await tasksOf(patientId)).toMatchObject([
      { priority: 'urgent', due_on: house.clock.today('Asia/Shanghai'), pool_role: 'service-manager' },
    ])
    expect(await alertsOf(patientId)).toEqual([])
  })

  test.each<[string, Partial<typeof FINE>]>([
    ['pain in the chest', { danger: 'yes' }],
    ['bleeding that does not stop', { bleeding: 'runs' }],
    ['a high fever', { fever: 'high' }],
    ['unbearable pain', { pain: 'unbearable' }],
  ])('%s: the duty list at once, and the person is told not to wait', async (_name, changes) => {
    const patientId = await anOperated()
    await pass(house, 3)
    expect(await answer(patientId, changes)).toMatchObject({ result: 'kept', urgent: true })
    expect(await alertsOf(patientId)).toMatchObject([{ class: 'A', state: 'raised' }])
    expect(await tasksOf(patientId)).toMatchObject([{ type: 'call', priority: 'stat' }])
  })

  test('bad answers on both days: one call that cannot wait, as long as nobody has made it', async () => {
    const patientId = await anOperated()
    await pass(house, 3)
    await answer(patientId, { danger: 'yes', wound: 'weeping' })
    await pass(house, 3)
    await answer(patientId, { danger: 'yes', wound: 'weeping' })
    const tasks = (await tasksOf(patientId)).map(({ type, priority }) => `${type} ${priority}`)
    expect(tasks.toSorted()).toEqual(['call stat', 'other urgent', 'other urgent'])
  })

  test('when all is well nobody has anything to do', async () => {
    const patientId = await anOperated()
    await pass(house, 3)
    expect(await answer(patientId, { wound: 'not-seen', fever: 'not-measured' })).toMatchObject({ result: 'kept' })
    expect(await tasksOf(patientId)).toEqual([])
    expect(await alertsOf(patientId)).toEqual([])
  })

  test('whom no link can be sent gets no letter that speaks of one, and a colleague asks', async () => {
    const patientId = await anOperated({ birthDate: null })
    await pass(house, 3)
    expect(await mailsTo(patientId)).toEqual([])
    const asked = await db()
      .selectFrom('task')
      .select('title')
      .where('patient_id', '=', patientId)
      .where('source', '=', 'follow-up')
      .execute()
    expect(asked.map(({ title }) => title).toSorted()).toEqual([
      '术后恢复随访 · 术后第 3 天',
      '术后恢复随访 · 术后第 3 天小问卷',
    ])
  })
})

const other = await aHouse()

describe('the edition that asks', () => {
  const db = () => other.house.databases.of(other.tenant.id)
  beforeAll(() => setUp(other))
  const versions = () =>
    db()
      .selectFrom('protocol')
      .select(['version', 'state', 'origin'])
      .where('code', '=', 'post-surgery')
      .orderBy('version')
      .execute()
  const set = (values: { version?: number; origin?: 'organization' | 'shipped'; state?: 'published' | 'retired' }) =>
    db().updateTable('protocol').set(values).where('code', '=', 'post-surgery').execute()

  test('takes the place of the one before where nobody has touched it, once', async () => {
    expect(await versions()).toEqual([{ version: 2, state: 'published', origin: 'shipped' }])
    await set({ version: 1 })
    await other.write(installShippedProtocols)
    await other.write(installShippedProtocols)
    expect(await versions()).toEqual([
      { version: 1, state: 'retired', origin: 'shipped' },
      { version: 2, state: 'published', origin: 'shipped' },
    ])
  })

  test('and leaves alone what an organization has made its own', async () => {
    await db().deleteFrom('protocol').where('code', '=', 'post-surgery').where('version', '=', 2).execute()
    await set({ origin: 'organization', state: 'published' })
    await other.write(installShippedProtocols)
    expect(await versions()).toEqual([{ version: 1, state: 'published', origin: 'organization' }])
  })
})
