import { expect, test } from 'vitest'
import { addEncounter, correctFact } from '../../src/rooms/observation/server/index.ts'
import { enrol } from '../../src/rooms/follow-up/contract/run.ts'
import { aPathway, aStep, publish } from '../../src/rooms/follow-up/sample-pathway.ts'
import { aPerson, evaluate, pass, signedIn } from '../../src/rooms/follow-up/sample-plan.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage

test.each(['desktop', 'phone'] as const)(
  'a visit that falls into a stay says so, and comes after it (%s)',
  async (size) => {
    const manager = await house.as('service-manager', { name: '李素珍' })
    await publish(house, aPathway({}, [aStep({ next: null })]))
    const patientId = await aPerson(house, { managerId: manager.staffId })
    const caller = await signedIn(house, manager.staffId)
    await caller.call(enrol, { params: { patientId: patientId as never }, body: { protocol: 'weekly', reason: '' } })
    await evaluate(house)
    await pass(house, 7)
    const startedAt = house.clock.now()
    const { id } = await house.write((ctx) =>
      addEncounter(ctx, { patientId, class: 'inpatient', title: '住院', startedAt }),
    )
    await evaluate(house)
    const open = async (locale?: 'en') =>
      stage.openAs(await signedIn(house, manager.staffId), `/patients/${patientId}?tab=follow-up`, {
        size,
        at: house.clock.now(),
        ...(locale ? { locale } : {}),
      })
    const resting = await open()
    await resting.getByText('住院，出院后再约').first().waitFor()
    await screenshot(resting, `follow-up-resting-${size}`)
    expect(await axe(resting)).toEqual([])
    await resting.context().close()
    await pass(house, 5)
    const ended = { class: 'inpatient' as const, title: '住院', startedAt, endedAt: house.clock.now() }
    await house.write((ctx) => correctFact(ctx, 'encounter', { patientId, id }, ended, '出院'))
    house.clock.advance({ hours: 1 })
    await evaluate(house)
    const moved = await open()
    await moved.getByText('住院，已改到出院后').first().waitFor()
    await screenshot(moved, `follow-up-moved-${size}`)
    expect(await axe(moved)).toEqual([])
    const english = await open('en')
    await english.getByText('In hospital; moved to after the discharge').first().waitFor()
    await screenshot(english, `follow-up-moved-english-${size}`)
  },
)
