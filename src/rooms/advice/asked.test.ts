import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as questionnaires from '../questionnaire/contract/questionnaire.ts'
import * as contract from './contract/advice.ts'
import { installShippedAdviceCards } from './server/index.ts'
import { room } from './server/room.ts'

const house = await aHouse()
const { tenant } = house
const db = () => house.house.databases.of(tenant.id)
let doctor: Caller, manager: Caller, counsellor: Caller

/** Three points or more name two cards: one on food, one on the mind. */
const sleepForm = (title: string) => ({
  resourceType: 'Questionnaire',
  title,
  language: 'zh-CN',
  item: [{ linkId: 'nights', type: 'integer', text: '一周里有几晚睡不好？', required: true }],
  scoring: {
    scores: [
      {
        code: 'nights',
        name: { zh: '睡不好的夜数', en: 'bad nights' },
        method: 'sum',
        items: ['nights'],
        unit: '晚',
        bands: [
          { code: 'fine', below: 3, text: { zh: '睡得还行', en: 'sleeps well enough' } },
          {
            code: 'bad',
            from: 3,
            text: { zh: '睡得不好', en: 'sleeps badly' },
            actions: [
              { kind: 'advice', code: 'diet-reflux', text: { zh: '反酸', en: 'Reflux' } },
              { kind: 'advice', code: 'mind-small-steps', text: { zh: '小步', en: 'Steps' } },
              { kind: 'advice', code: 'no-such-card' },
            ],
          },
        ],
      },
    ],
  },
})

beforeAll(async () => {
  doctor = await house.as('physician')
  manager = await house.as('service-manager')
  counsellor = await house.as('counsellor')
  await house.write(installShippedAdviceCards)
  const [editor, reviewer] = [await house.as('content-editor'), await house.as('medical-reviewer')]
  for (const [code, sensitivity] of [
    ['sleep', 'ordinary'],
    ['night', 'mental'],
  ] as const) {
    const definition = sleepForm(`${code} 自测`) as never
    const draft = await editor.call(questionnaires.saveDraft, {
      params: { code },
      body: { definition, sensitivity, revision: 0 },
    })
    await reviewer.call(questionnaires.publishDraft, { params: { code }, body: { revision: draft.revision } })
  }
})

let count = 0
async function aPatient(): Promise<string> {
  return house.write(async (ctx) => {
    const phone = `1390000${String(++count).padStart(4, '0')}`
    const id = await registerPatient(ctx, { name: '王建国', sex: 'male', birthDate: '1966-05-01', phone } as never)
    await assignCarers(ctx, id, {
      doctorId: doctor.staffId,
      managerId: manager.staffId,
      counsellorId: counsellor.staffId,
    })
    return id
  })
}

const responseOf = (nights: number) =>
  ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: [{ linkId: 'nights', answer: [{ valueInteger: nights }] }],
  }) as never
async function answer(patientId: string, nights: number, code = 'sleep'): Promise<string> {
  const { response } = await doctor.call(questionnaires.answerForPatient, {
    params: { patientId: patientId as never },
    body: { code, version: 1, submission: randomUUID(), response: responseOf(nights) },
  })
  await house.settle()
  house.clock.advance({ minutes: 1 })
  return response.id
}
const proposed = async (patientId: string, who: Caller = doctor) =>
  (await who.call(contract.listProposals, { params: { patientId: patientId as never } })).proposed
const askedOf = (patientId: string) =>
  db().selectFrom('advice_asked').selectAll().where('patient_id', '=', patientId).orderBy('card_code').execute()
const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code)

describe('a band that names advice cards', () => {
  test('proposes them with the score as the reason; nothing is given or sent', async () => {
    const id = await aPatient()
    await answer(id, 4)
    const card = (await proposed(id)).find(({ code }) => code === 'diet-reflux')!
    expect(card.reasons).toEqual([
      {
        kind: 'answers',
        text: { zh: '“sleep 自测”睡不好的夜数 4 晚，睡得不好', en: '“sleep 自测”, bad nights 4 晚: sleeps badly' },
        on: '2026-03-02',
      },
    ])
    expect(card.givenOn).toBeNull()
    const { rows } = await doctor.call(contract.listGiven, { params: { patientId: id as never } })
    expect(rows).toEqual([])
    const { rows: messages } = await sql`select 1 from message where patient_id = ${id}`.execute(db())
    expect(messages).toEqual([])
  })

  test('stands once, also when the event comes twice, or two at once', async () => {
    const id = await aPatient()
    const responseId = await answer(id, 5)
    const listener = room.listeners!.find(({ name }) => name === 'advice/ask')!
    const payload = {
      responseId,
      patientId: id,
      code: 'sleep',
      version: 1,
      sensitivity: 'ordinary',
      scores: [],
      corrects: null,
      advice: [{ card: 'diet-reflux', because: { zh: '重复', en: 'again' } }],
    }
    const again = () => house.write((ctx) => listener.handle(ctx, payload as never, randomUUID()))
    await Promise.all([again(), again()])
    const rows = await askedOf(id)
    expect(rows.map(({ card_code }) => card_code)).toEqual(['diet-reflux', 'mind-small-steps', 'no-such-card'])
    expect(rows[0]!.because.zh).not.toBe('重复')
  })

  test('below the band nothing is proposed', async () => {
    const id = await aPatient()
    await answer(id, 2)
    expect([await askedOf(id), codes(await proposed(id)).includes('diet-reflux')]).toEqual([[], false])
  })

  test('newer answers and a correction take it back', async () => {
    const id = await aPatient()
    const first = await answer(id, 6)
    await answer(id, 1)
    expect(codes(await proposed(id))).not.toContain('diet-reflux')
    const again = await answer(id, 6)
    expect(codes(await proposed(id))).toContain('diet-reflux')
    await doctor.call(questionnaires.correctResponse, {
      params: { patientId: id as never, responseId: again as never },
      body: { submission: randomUUID(), response: responseOf(0), because: '客户记错了' },
    })
    await house.settle()
    expect(codes(await proposed(id))).not.toContain('diet-reflux')
    expect((await askedOf(id)).filter(({ response_id }) => response_id === first).every((row) => row.ended_at)).toBe(
      true,
    )
  })

  test('an event of answers that are no longer the newest changes nothing', async () => {
    const id = await aPatient()
    const old = await answer(id, 6)
    await answer(id, 0)
    const listener = room.listeners!.find(({ name }) => name === 'advice/ask')!
    const payload = {
      responseId: old,
      code: 'sleep',
      sensitivity: 'ordinary',
      advice: [{ card: 'diet-salt', because: { zh: '晚', en: 'late' } }],
    }
    await house.write((ctx) => listener.handle(ctx, payload as never, randomUUID()))
    expect((await askedOf(id)).every((row) => row.ended_at !== null)).toBe(true)
  })

  test('speaks for half a year', async () => {
    const id = await aPatient()
    await answer(id, 6)
    await sql`update advice_asked set answered_at = answered_at - interval '184 days' where patient_id = ${id}`.execute(
      db(),
    )
    expect(codes(await proposed(id))).not.toContain('diet-reflux')
  })

  test('cards on mood and mind reach doctors and counsellors only', async () => {
    const id = await aPatient()
    await answer(id, 4)
    expect(codes(await proposed(id, counsellor))).toEqual(['mind-small-steps'])
    expect(codes(await proposed(id, doctor))).toEqual(expect.arrayContaining(['diet-reflux', 'mind-small-steps']))
    const seen = codes(await proposed(id, manager))
    expect([seen.includes('diet-reflux'), seen.includes('mind-small-steps')]).toEqual([true, false])
  })

  test('R2 of a scale of mood and mind the score is read by those who may read its answers', async () => {
    const id = await aPatient()
    await answer(id, 4, 'night')
    const reasonFor = async (who: Caller) =>
      (await proposed(id, who)).find(({ code }) => code === 'diet-reflux')!.reasons[0]
    expect(await reasonFor(manager)).toEqual({ kind: 'score', text: null, on: '2026-03-02' })
    expect(await reasonFor(doctor)).toMatchObject({
      kind: 'score',
      text: { zh: expect.stringContaining('4 晚') as string },
    })
  })

  test('given, it carries its reason; it follows a merge and comes home again', async () => {
    const [id, into] = [await aPatient(), await aPatient()]
    await answer(id, 4)
    const card = (await proposed(id)).find(({ code }) => code === 'diet-reflux')!
    const given = await manager.call(contract.giveAdvice, {
      params: { patientId: id as never },
      body: {
        card: { code: card.code, version: card.version },
        locale: 'zh-CN',
        text: { title: '反酸', summary: '', points: ['饭后站一会儿。'], avoid: [] },
        asked: card.ask,
        submission: randomUUID(),
      },
    })
    expect(given.reasons[0]).toMatchObject({ kind: 'answers', text: { zh: expect.stringContaining('4 晚') as string } })
    const mergeId = randomUUID()
    const send = (event: typeof patientMerged | typeof patientUnmerged) => {
      const listener = room.listeners!.find((one) => one.event.name === event.name)!
      return house.write((ctx) => listener.handle(ctx, { fromId: id, intoId: into, mergeId } as never, mergeId))
    }
    await send(patientMerged)
    expect([(await askedOf(into)).length, (await askedOf(id)).length]).toEqual([3, 0])
    await send(patientUnmerged)
    expect([(await askedOf(into)).length, (await askedOf(id)).length]).toEqual([0, 3])
  })
})
