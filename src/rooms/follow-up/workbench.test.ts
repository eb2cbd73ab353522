import { beforeAll, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { getWorkbench } from '../task/contract/workbench.ts'
import { listVisits } from './contract/list.ts'
import { getVisit } from './contract/visit.ts'
import { aPerson, evaluate, pass, setUp, signedIn } from './sample-plan.ts'

/** The workbench and the list of follow-ups tell one story: overdue is what its window has passed of. */
const house = await aHouse()
let nurse: Caller

beforeAll(async () => {
  await setUp(house)
  nurse = await house.as('service-manager', { name: '李健管' })
})

async function bothPages() {
  const reader = await signedIn(house, nurse.staffId)
  const { today, overdue, soon } = await reader.call(getWorkbench)
  const [visit] = (await reader.call(listVisits, { query: {} })).rows
  const task = [...today.rows, ...overdue.rows][0]
  return {
    day: house.clock.today('Asia/Shanghai'),
    bench: overdue.count > 0 ? 'overdue' : today.count > 0 ? 'today' : soon > 0 ? 'soon' : 'later',
    visit: visit?.overdue ? 'overdue' : visit?.state,
    sameDates: !task || (task.plannedOn === visit!.dueOn && task.dueOn === visit!.windowUntil),
  }
}

test('from the day a window opens to the day after it', async () => {
  await aPerson(house, { condition: 'I10', managerId: nurse.staffId })
  await evaluate(house)
  const story = new Map<string, string>()
  for (let day = 0; day < 31; day++) {
    const { day: on, bench, visit, sameDates } = await bothPages()
    expect(sameDates).toBe(true)
    const words = `${bench} / ${visit}`
    if ([...story.values()].at(-1) !== words) story.set(on, words)
    await pass(house, 1)
  }
  expect(Object.fromEntries(story)).toEqual({
    '2026-03-02': 'later / undefined',
    '2026-03-03': 'later / due',
    '2026-03-09': 'soon / due',
    '2026-03-16': 'today / due',
    '2026-03-31': 'overdue / overdue',
  })
})

test('the task of a follow-up leads to its form', async () => {
  await aPerson(house, { name: '沈术后', surgeryOn: house.clock.today('Asia/Shanghai'), managerId: nurse.staffId })
  await evaluate(house)
  await pass(house, 2)
  await pass(house, 1)
  const reader = await signedIn(house, nurse.staffId)
  const task = (await reader.call(getWorkbench)).today.rows.find((row) => row.patient?.name === '沈术后')
  expect(task!.place!.kind).toBe('visit')
  const visit = await reader.call(getVisit, { params: { occurrenceId: task!.place!.id as never } })
  expect(visit).toMatchObject({ patient: { name: '沈术后' }, state: 'due', can: { complete: true } })
})
