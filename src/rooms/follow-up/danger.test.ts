import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { enrol } from './contract/run.ts'
import { complete, correctAnswers as correct } from './contract/visit.ts'
import { aPerson, evaluate, setUp, signedIn } from './sample-plan.ts'
import { layPackedProtocol, pathwaysOfPacks } from './server/index.ts'
import { tellsOfDanger } from './server/danger.ts'
import { findForm } from './server/forms.ts'

const house = await aHouse()

/** S0-47: what a visit tells of danger to life calls whoever is on duty, whichever form it stands in. */
describe('what a form tells', () => {
  const form = (code: string) => findForm(code)!
  test.each([
    ['mental-visit', { 'emergency-signs': ['suicide'] }],
    ['mental-visit', { 'suicide-attempt': 1 }],
    ['mental-visit', { 'self-harm': 2 }],
    ['mental-visit', { 'tell-us': '昨晚说想自杀' }],
    ['mental-visit', { worry: '怕拖累孩子' }],
    ['companion-call', { 'emergency-signs': ['suicide'], signs: ['suicide'], 'tell-us': '不想活了' }],
    ['hypertension-visit', { 'tell-us': '活着没意思' }],
  ])('%s %o is danger', (code, answers) => expect(tellsOfDanger(form(code), answers as never)).toBe(true))

  test.each([
    ['mental-visit', { 'emergency-signs': ['violence'] }],
    ['mental-visit', { 'suicide-attempt': 0, 'self-harm': 0 }],
    ['mental-visit', { 'tell-us': '否认自杀念头，睡得还行' }],
    ['mental-visit', { 'advice-given': '如有轻生念头，请拨打 12356' }],
    ['hypertension-visit', { 'tell-us': '和女儿去公园了' }],
  ])('%s %o is none', (code, answers) => expect(tellsOfDanger(form(code), answers as never)).toBe(false))
})

describe('a visit', () => {
  let nurse: Caller
  let doctor: Caller
  beforeAll(async () => {
    await setUp(house)
    const pathway = pathwaysOfPacks.get('severe-mental')!
    await house.write((ctx) => layPackedProtocol(ctx, pathway, true))
    nurse = await house.as('service-manager', { name: '李健管' })
    doctor = await house.as('physician', { name: '张医生' })
  })

  const CALM = {
    'emergency-signs': ['none'],
    object: 'person',
    'risk-level': 0,
    symptoms: ['none'],
    insight: 'full',
    stability: 'stable',
    sleep: 'good',
    diet: 'good',
    care: 'good',
    housework: 'good',
    work: 'good',
    learning: 'good',
    contact: 'good',
    'minor-trouble': 0,
    trouble: 0,
    disaster: 0,
    'self-harm': 0,
    'suicide-attempt': 0,
    locked: 'never',
    inpatient: 'never',
    adherence: 'regular',
    'adverse-reaction': 'none',
    physical: 'none',
    effect: 'same',
    carer: 'fine',
    'teach-back': true,
  }

  async function visited(answers: object) {
    const patientId = await aPerson(house, { managerId: nurse.staffId, doctorId: doctor.staffId })
    await (
      await signedIn(house, nurse.staffId)
    ).call(enrol, {
      params: { patientId: patientId as never },
      body: { protocol: 'severe-mental', anchorOn: house.clock.today('Asia/Shanghai') } as never,
    })
    await evaluate(house)
    const { id } = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('occurrence')
      .select('id')
      .where('patient_id', '=', patientId)
      .orderBy('due_on')
      .executeTakeFirstOrThrow()
    const body = { actualOn: house.clock.today('Asia/Shanghai'), way: 'home', classReason: '', lateReason: '' }
    await (
      await signedIn(house, nurse.staffId)
    ).call(complete, {
      params: { occurrenceId: id as never },
      body: { ...body, answers: { ...CALM, ...answers } } as never,
    })
    return { patientId, occurrenceId: id as never }
  }

  const alertsOf = async (patientId: string) => {
    return house.house.databases
      .of(house.tenant.id)
      .selectFrom('alert')
      .selectAll()
      .where('patient_id', '=', patientId)
      .execute()
  }

  test('of 精神障碍 with "自杀" ticked raises one alert of safety, and a correction no second one', async () => {
    const { patientId, occurrenceId } = await visited({ 'emergency-signs': ['suicide'], 'tell-us': '说想自杀' })
    const [alert, ...more] = await alertsOf(patientId)
    expect(more).toEqual([])
    expect(alert).toMatchObject({ class: 'A', kind: 'safety', state: 'raised', source: 'follow-up' })
    expect(JSON.stringify(alert)).not.toContain('想自杀')
    expect(alert!.note).toMatch(/12356.*120.*110/)
    await (
      await signedIn(house, nurse.staffId)
    ).call(correct, {
      params: { occurrenceId },
      body: {
        version: 1,
        because: '补充睡眠',
        answers: { ...CALM, 'emergency-signs': ['suicide'], sleep: 'poor' },
      } as never,
    })
    expect(await alertsOf(patientId)).toHaveLength(1)
  })

  test('a calm one raises none, and one that is corrected into danger does', async () => {
    const { patientId, occurrenceId } = await visited({ 'tell-us': '否认自杀念头' })
    expect(await alertsOf(patientId)).toEqual([])
    await (
      await signedIn(house, nurse.staffId)
    ).call(correct, {
      params: { occurrenceId },
      body: { version: 1, because: '家属后来说的', answers: { ...CALM, 'suicide-attempt': 1 } } as never,
    })
    expect(await alertsOf(patientId)).toMatchObject([{ kind: 'safety' }])
  })
})
