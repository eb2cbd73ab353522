import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { myPathways } from './contract/my.ts'
import { enrol, exitRun, listRuns } from './contract/run.ts'
import { aPathway, aStep, publish, words } from './sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn } from './sample-plan.ts'

const house = await aHouse()
const manager = await house.as('service-manager', { name: '李素珍' })
const about = {
  title: { zh: '术后陪伴', en: 'After the operation' },
  text: { zh: '出院后我们陪着您。', en: 'We stay with you.' },
}
await publish(
  house,
  aPathway(
    {
      code: 'shown',
      forPatient: about,
      phases: [{ code: 'early', name: words, forPatient: about }],
      goals: [{ code: 'calm', name: words, measure: { condition: { sex: 'female' } }, forPatient: words }],
    },
    [
      aStep({ code: 'hidden', track: 'hidden', kind: 'task', first: { days: 1 }, next: null, forPatient: undefined }),
      aStep({ code: 'first', next: 'second', phase: 'early' }),
      aStep({ code: 'second', first: null, next: null }),
    ],
  ),
)
await publish(house, aPathway({ code: 'own-work' }))
const start = async (patientId: string, protocol: string) =>
  (await signedIn(house, manager.staffId)).call(enrol, {
    params: { patientId: patientId as never },
    body: { protocol, reason: '' },
  })

test('您在第 1 步: the step that is open, what it is, until when, and who looks after the person', async () => {
  const patientId = await aPerson(house, { managerId: manager.staffId })
  await start(patientId, 'shown')
  await start(patientId, 'own-work')
  await evaluate(house)
  const mine = async () => (await house.asPatient(patientId)).call(myPathways)
  expect((await mine()).rows).toMatchObject([
    {
      title: about.title,
      step: { number: 1, of: 2, now: false },
      phase: about,
      goals: [words],
      carer: '李素珍',
      ended: null,
      leave: null,
    },
  ])
  await pass(house, 7)
  expect((await mine()).rows[0]).toMatchObject({ step: { number: 1, now: true } })
  await pass(house, 3)
  expect((await mine()).rows[0]).toMatchObject({ step: { number: 2, now: false }, phase: null })
})

test('what has ended stays for a month and says so; somebody else sees nothing of it', async () => {
  const [patientId, other] = [await aPerson(house, { managerId: manager.staffId }), await aPerson(house)] as const
  await start(patientId, 'shown')
  const caller = await signedIn(house, manager.staffId)
  const { runs } = await caller.call(listRuns, { params: { patientId: patientId as never } })
  await caller.call(exitRun, { params: { runId: runs[0]!.id }, body: { reason: 'graduated', note: '恢复得很好' } })
  const mine = async (id: string) => (await (await house.asPatient(id)).call(myPathways)).rows
  expect(await mine(patientId)).toMatchObject([{ step: null, ended: { words: null } }])
  expect(await mine(other)).toEqual([])
  house.clock.advance({ days: 31 })
  expect(await mine(patientId)).toEqual([])
})

test('staff have no own pathways', async () => {
  expect((await (await signedIn(house, manager.staffId)).try(myPathways)).status).toBeGreaterThanOrEqual(401)
})
