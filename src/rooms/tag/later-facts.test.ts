import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { systemActor } from '../../platform/context/context.ts'
import { readContext } from '../../platform/context/house.ts'
import { explain, wokenBy, type Explanation } from '../../platform/condition/index.ts'
import { agendaState, evaluateDue } from '../agenda/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { createTasks } from '../task/server/index.ts'
import type { Condition } from './contract/condition.ts'
import { tagStep, tagsOf } from './server/index.ts'
import { asksFor } from './server/fact-kinds.ts'
import { shippedTags } from './server/shipped.ts'

/** Tags that ask for facts of rooms that stand after the room tag. */
const house = await aHouse()
const { tenant, clock } = house
const ctx = () => readContext(house.house, { tenant, actor: systemActor(tenant.id, 'test') })
const overdue: Condition = { task: { types: ['recheck'], state: 'overdue' } }
let patientId = ''

async function publish(code: string, condition: Condition): Promise<void> {
  await house.write(async ({ tx }) => {
    await tx
      .insertInto('tag_rule')
      .values({
        organization_id: tenant.id,
        code,
        version: 1,
        state: 'published',
        definition: JSON.stringify({ ...shippedTags[0]!, code, condition, standsFor: null, then: [] }),
        author_id: null,
        created_at: clock.now(),
        published_by: null,
        published_at: clock.now(),
        retired_at: null,
      })
      .execute()
  })
}

const aTask = () =>
  house.write((tx) =>
    createTasks(tx, [
      {
        type: 'recheck',
        title: '复查',
        patientId,
        poolRole: 'service-manager',
        dueOn: '2026-03-05',
        source: 'test',
        sourceKey: tx.ids.next<string>(),
      },
    ]),
  )
const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [tagStep])) > 0);
}
const due = async () => (await agendaState(ctx().db, tenant.id, clock.now())).due
const tags = async () => (await tagsOf(ctx(), patientId)).map(({ code }) => code)

beforeAll(async () => {
  patientId = await house.write(
    async (tx) => (await registerPatient(tx, { name: '甲', sex: 'female', birthDate: '1980-01-01' })) as string,
  )
  await house.settle()
  await evaluate()
})

test('nobody is looked at for a task while no condition asks for tasks', async () => {
  expect(await asksFor(ctx(), ['task'])).toBe(false)
  await aTask()
  await house.settle()
  expect(await due()).toBe(0)
})

test('once a rule asks, the event wakes the person, time alone turns the tag, and the end of the task clears it', async () => {
  await publish('recheck-late', overdue)
  expect(await asksFor(ctx(), ['task'])).toBe(true)
  expect([...wokenBy(house.house.facts, overdue)]).toContain('task.created')
  await aTask()
  await house.settle()
  expect(await due()).toBe(1)
  await evaluate()
  expect(await tags()).toEqual([])
  // Due on 5 March: late from midnight of the 6th in Shanghai.
  const before = clock.now()
  clock.set('2026-03-05T15:59:59Z')
  await evaluate()
  expect(await tags()).toEqual([])
  clock.set('2026-03-05T16:00:00Z')
  await evaluate()
  expect(await tags()).toEqual(['recheck-late'])
  clock.set(before)
})

test('why somebody is in or not: each part with its answer, its words and its facts', async () => {
  const condition: Condition = {
    all: [{ sex: 'female' }, { any: [{ deceased: true }, { not: { task: { state: 'open' } } }] }],
  }
  const tree = (await explain(ctx(), condition, patientId))!
  const answers = ({ holds, parts }: Explanation): unknown =>
    parts.length > 0 ? [holds, ...parts.map(answers)] : holds
  expect(answers(tree)).toEqual([false, true, [false, false, [false, true]]])
  expect(tree.parts[0]).toMatchObject({ sentence: { zh: '女性', en: 'a woman' }, facts: [{ kind: 'sex' }] })
  expect(tree.parts[1]!.parts[1]!.parts[0]).toMatchObject({ facts: [{ kind: 'task', code: 'recheck' }] })
  expect(tree.parts[1]!.facts).toEqual([])
  expect(await explain(ctx(), condition, '00000000-0000-7000-8000-000000000000')).toBeUndefined()
})

test('a rule that asks what no room knows is left out, and the others stand', async () => {
  await publish('from-the-future', { weather: { is: 'wet' } } as never)
  await publish('grown-up', { age: { op: '>=', years: 18 } })
  await aTask()
  await house.settle()
  await evaluate()
  expect(await tags()).toContain('grown-up')
})
