import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { evaluateDue } from '../agenda/server/index.ts'
import { recordObservations } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { listPatientTags } from '../tag/contract/tag.ts'
import { installShippedTags, tagsOf as standingTagsOf, tagStep } from '../tag/server/index.ts'
import shipped from '../tag/content/shipped-tags.json' with { type: 'json' }
import { answerRisks, assessRisks, decideRelease, listRisks } from './contract/risk.ts'
import { mapped } from './server/mapping.ts'
import { bandTags } from './server/tags.ts'

const house = await aHouse({ now: '2026-11-22T02:00:00Z' })
const { tenant } = house
const doctor = await house.as('physician')

beforeAll(() => house.write(installShippedTags))

describe('the content', () => {
  test('names bands that instruments have and tags that are shipped, each tag of one instrument only', () => {
    const bands = mapped.flatMap(({ instrument: { card } }) => card.bands.map(({ code }) => `${card.code} ${code}`))
    const tags = shipped.tags.map(({ code }) => code)
    expect(bandTags.filter(({ instrument, band }) => !bands.includes(`${instrument} ${band}`))).toEqual([])
    expect(bandTags.filter(({ tag }) => !tags.includes(tag))).toEqual([])
    const instruments = Map.groupBy(bandTags, ({ tag }) => tag)
    for (const [tag, list] of instruments)
      expect([tag, new Set(list.map(({ instrument }) => instrument)).size]).toEqual([tag, 1])
  })
})

const of = (patientId: string) => ({ params: { patientId: patientId as never } })

async function weighed(patientId: string, value: number) {
  house.clock.advance({ minutes: 1 })
  await house.write((ctx) =>
    recordObservations(ctx, [
      { id: ctx.ids.next<string>(), patientId, code: 'weight', value, effectiveAt: ctx.clock.now(), source: 'staff' },
    ]),
  )
  await doctor.call(assessRisks, of(patientId))
}

/** A woman of 66 years past the menopause, for OSTA. */
async function anOldWoman(weightKg: number): Promise<string> {
  const id = await house.write(async (ctx) => {
    const patientId = await registerPatient(ctx, { name: '王秀兰', sex: 'female', birthDate: '1960-05-01' })
    await assignCarers(ctx, patientId, { doctorId: doctor.staffId })
    return patientId as string
  })
  await doctor.call(answerRisks, { ...of(id), body: { answers: [{ question: 'postmenopausal', value: true }] } })
  await weighed(id, weightKg)
  return id
}

async function decide(patientId: string, decision: 'released' | 'withheld', back = 0) {
  const { risks } = await doctor.call(listRisks, of(patientId))
  const line = risks.find(({ instrument }) => instrument === 'osta')!
  const chosen = [line.newest!, ...line.former][back]!
  await doctor.call(decideRelease, {
    params: { patientId: patientId as never, assessmentId: chosen.id as never },
    body: { decision, note: '面谈', after: back === 0 ? line.newest!.release.number : 0 },
  })
}
const tagsOf = async (patientId: string) =>
  (await doctor.call(listPatientTags, of(patientId))).tags.filter(({ code }) => code.startsWith('risk-'))
/** Asked of the door: a session does not last over the year that passes here. */
const codesOf = async (patientId: string) =>
  (await house.write((ctx) => standingTagsOf(ctx, patientId)))
    .map(({ code }) => code)
    .filter((code) => code.startsWith('risk-'))
const evaluate = async () => {
  while ((await evaluateDue(house.house, tenant, [tagStep])) > 0);
}

describe('a band speaks through a tag', () => {
  test('once it is released, with the instrument, the band and the day as its reason, until the next is due', async () => {
    const id = await anOldWoman(50)
    expect(await codesOf(id)).toEqual([])
    await decide(id, 'released')
    expect(await tagsOf(id)).toMatchObject([
      {
        code: 'risk-osteoporosis-medium',
        source: 'room',
        facts: [{ kind: 'risk', code: 'osta', band: { zh: '可能性中等' }, at: '2026-11-22' }],
        // The end of 22 November 2027 in Shanghai.
        expiresAt: '2027-11-22T16:00:00.000Z',
      },
    ])
  })

  test('a newer result takes its place once it is released; one that says nothing only takes it away', async () => {
    const id = await anOldWoman(50)
    await decide(id, 'released')
    await weighed(id, 44)
    expect(await codesOf(id)).toEqual(['risk-osteoporosis-medium'])
    await decide(id, 'released')
    expect(await codesOf(id)).toEqual(['risk-osteoporosis-high'])
    await weighed(id, 65)
    await decide(id, 'released')
    expect(await codesOf(id)).toEqual([])
  })

  test('an older result that is released late says nothing', async () => {
    const id = await anOldWoman(44)
    await weighed(id, 50)
    await decide(id, 'released', 1)
    expect(await codesOf(id)).toEqual([])
  })

  test('kept back, it is silent again', async () => {
    const id = await anOldWoman(50)
    await decide(id, 'released')
    await decide(id, 'withheld')
    expect(await codesOf(id)).toEqual([])
  })

  test('ends when the next assessment is due', async () => {
    const id = await anOldWoman(50)
    await decide(id, 'released')
    await evaluate()
    const before = house.clock.now()
    house.clock.set('2027-11-22T15:59:00Z')
    await evaluate()
    expect(await codesOf(id)).toHaveLength(1)
    house.clock.set('2027-11-22T16:00:00Z')
    await evaluate()
    expect(await codesOf(id)).toEqual([])
    house.clock.set(before)
  })
})
