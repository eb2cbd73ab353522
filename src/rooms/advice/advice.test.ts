import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, type Caller } from '../../../test/house.ts'
import { RED_FLAGS } from '../../clinical/advice/index.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { addAllergy, addCondition, addFacts, addMedication, recordObservations } from '../observation/server/index.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { setRoomTag, installShippedTags } from '../tag/server/index.ts'
import * as contract from './contract/advice.ts'
import { myAdvice } from './contract/my.ts'
import { adviceCards, chosenAdvice, installShippedAdviceCards } from './server/index.ts'
import { room } from './server/room.ts'

const house = await aHouse({ now: '2026-11-22T02:00:00Z' })
const { tenant } = house
const db = () => house.house.databases.of(tenant.id)
const doctor = await house.as('physician', { name: '张医生' })
const manager = await house.as('service-manager', { name: '李健管' })
const counsellor = await house.as('counsellor', { name: '周顾问' })

beforeAll(() =>
  house.write(async (ctx) => {
    await installShippedTags(ctx)
    await installShippedAdviceCards(ctx)
  }),
)

interface Person {
  sex?: 'male' | 'female'
  birthDate?: string
  conditions?: string[]
  medicines?: string[]
  allergies?: string[]
  values?: Record<string, number>
}

/** A man of 60 of whom it is known that he has no allergy and takes nothing, unless told. */
async function aPatient({ sex = 'male', birthDate = '1966-05-01', ...person }: Person = {}): Promise<string> {
  return house.write(async (ctx) => {
    const patientId = await registerPatient(ctx, { name: '王建国', sex, birthDate })
    await assignCarers(ctx, patientId, {
      doctorId: doctor.staffId,
      managerId: manager.staffId,
      counsellorId: counsellor.staffId,
    })
    for (const code of person.conditions ?? []) await addCondition(ctx, { patientId, code, name: `诊断 ${code}` })
    for (const name of person.medicines ?? []) await addMedication(ctx, { patientId, name })
    for (const substance of person.allergies ?? []) await addAllergy(ctx, { patientId, substance })
    const absences = [
      ...(person.medicines ? [] : ['medication' as const]),
      ...(person.allergies ? [] : ['allergy' as const]),
    ]
    await addFacts(ctx, { absences: absences.map((about) => ({ patientId, about })) } as never)
    await recordObservations(
      ctx,
      Object.entries(person.values ?? {}).map(([code, value]) => ({
        id: ctx.ids.next<string>(),
        patientId,
        code,
        value,
        effectiveAt: ctx.clock.now(),
        source: 'staff',
      })),
    )
    return patientId
  })
}

const of = (patientId: string) => ({ params: { patientId: patientId as never } })
const proposalsOf = (patientId: string, who: Caller = manager) => who.call(contract.listProposals, of(patientId))
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)
const givenTo = async (patientId: string, who: Caller = doctor) =>
  (await who.call(contract.listGiven, of(patientId))).rows
const submission = () => house.house.ids.next<string>()

/** The body of a giving, as the page makes it from the card. */
async function bodyOf(patientId: string, code: string, who: Caller = doctor) {
  const { proposed, leftOut, others } = await proposalsOf(patientId, who)
  const card = [...proposed, ...leftOut, ...others].find((one) => one.code === code)!
  return {
    card: { code, version: card.version },
    locale: 'zh-CN' as const,
    text: {
      title: card.title.zh,
      summary: card.summary.zh,
      points: card.points.map(({ zh }) => zh),
      avoid: card.avoid.map(({ zh }) => zh),
    },
    asked: card.ask,
    submission: submission(),
  }
}

describe('S0-11 cards for a person', () => {
  test('are proposed with the facts and days behind them', async () => {
    const id = await aPatient({ conditions: ['I10'], values: { ldl: 4.1 } })
    const { proposed, leftOut, locale } = await proposalsOf(id)
    const salt = proposed.find(({ code }) => code === 'diet-salt')!
    expect(salt.reasons).toEqual([{ kind: 'condition', text: { zh: '诊断 I10', en: '诊断 I10' }, on: '2026-11-22' }])
    expect(proposed.find(({ code }) => code === 'diet-lipid')!.reasons).toMatchObject([
      { kind: 'indicator', text: { zh: expect.stringContaining('4.1 mmol/L') as string }, on: '2026-11-22' },
    ])
    expect(salt).toMatchObject({ source: expect.stringContaining('食养指南') as string, reviewer: null, givenOn: null })
    expect(leftOut).toEqual([])
    expect(locale).toBe('zh-CN')
  })

  test('that would harm are left out with what stands against them', async () => {
    const id = await aPatient({ conditions: ['I10', 'N18.3'], medicines: ['缬沙坦胶囊'], values: { k: 5.2 } })
    const { proposed, leftOut } = await proposalsOf(id)
    expect(codes(proposed)).not.toContain('diet-salt-substitute')
    expect(leftOut.find(({ code }) => code === 'diet-salt-substitute')!.obstacles.map(({ fact }) => fact.kind)).toEqual(
      ['condition', 'indicator', 'medicine'],
    )
  })

  test('S0-8 follow the constitution and the season', async () => {
    const id = await aPatient()
    await house.write((ctx) => setRoomTag(ctx, id, 'constitution-yangxu'))
    const { proposed, solarTerm } = await proposalsOf(id)
    const wellness = codes(proposed.filter(({ kind }) => kind === 'wellness'))
    expect(wellness).toEqual(expect.arrayContaining(['wellness-yangxu', 'wellness-winter', 'wellness-winter-yangxu']))
    expect(wellness).not.toContain('wellness-summer')
    expect(solarTerm).toBe('小雪')
  })

  test('that are over are chosen for nobody and stand first in the list', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    const expire = (on: string) =>
      sql`update advice_card set expires_on = ${on}, definition = jsonb_set(definition, '{expiresOn}', to_jsonb(${on}::text)) where code = 'diet-salt'`.execute(
        db(),
      )
    await expire('2026-11-22')
    expect(codes((await proposalsOf(id)).proposed)).not.toContain('diet-salt')
    const { rows } = await doctor.call(contract.listCards, {})
    expect(rows[0]).toMatchObject({ code: 'diet-salt', expired: true })
    await expire('2026-11-23')
    expect(codes((await proposalsOf(id)).proposed)).toContain('diet-salt')
    expect((await doctor.call(contract.listCards, {})).rows[0]).toMatchObject({ expired: false, expiresSoon: true })
    await expire('2028-11-30')
  })

  test('nobody is advised who has died', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    await sql`update patient set state = 'deceased', deceased_on = '2026-11-01' where id = ${id}`.execute(db())
    expect(await proposalsOf(id)).toMatchObject({ proposed: [], leftOut: [], others: [] })
  })
})

describe('giving', () => {
  test('keeps what was edited word for word, with who, when and why', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    const body = await bodyOf(id, 'diet-salt')
    body.text.points[0] = '老伴做菜，请把这一条念给她听。'
    const given = await manager.call(contract.giveAdvice, { ...of(id), body })
    expect(given).toMatchObject({
      edited: true,
      givenBy: '李健管',
      cardCode: 'diet-salt',
      cardVersion: 1,
      takenBack: null,
    })
    const [row] = await givenTo(id)
    expect(row).toMatchObject({
      text: body.text,
      reasons: [{ kind: 'condition' }],
      givenAt: house.clock.now().toISOString(),
    })
    expect((await proposalsOf(id)).proposed.find(({ code }) => code === 'diet-salt')!.givenOn).toBe('2026-11-22')
    const { rows } = await sql<{ action: string; detail: unknown }>`
      select action, detail from audit_entry where patient_id = ${id} and actor_id = ${manager.staffId} and action = 'advice.give'`.execute(
      db(),
    )
    expect(rows).toMatchObject([{ detail: { kind: 'diet', basis: 'card', card: 'diet-salt' } }])
  })

  test('the same submission counts once, also from two tabs at once', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    const body = await bodyOf(id, 'diet-salt')
    const both = await Promise.all([1, 2].map(() => manager.try(contract.giveAdvice, { ...of(id), body })))
    expect(both.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1)
    expect((await manager.try(contract.giveAdvice, { ...of(id), body })).status).toBe(200)
    expect(await givenTo(id)).toHaveLength(1)
  })

  test('is not possible by another version of the card, or one that nobody has', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    const body = await bodyOf(id, 'diet-salt')
    const code = async (card: { code: string; version: number }) =>
      (await manager.try(contract.giveAdvice, { ...of(id), body: { ...body, card } })).code
    expect(await code({ code: 'diet-salt', version: 2 })).toBe('AdviceCardOver')
    expect(await code({ code: 'no-such', version: 1 })).toBe('AdviceCardOver')
  })

  test('against an obstacle only a doctor gives, and writes why', async () => {
    const id = await aPatient({ conditions: ['I10', 'N18.3'] })
    const body = await bodyOf(id, 'diet-salt-substitute')
    const with_ = (who: Caller, despite = '') => who.try(contract.giveAdvice, { ...of(id), body: { ...body, despite } })
    expect((await with_(manager)).code).toBe('AdviceNotSuitable')
    expect((await with_(doctor)).code).toBe('AdviceNotSuitable')
    expect((await with_(manager, '血钾一直偏低')).code).toBe('AdviceNeedsDoctor')
    expect((await with_(doctor, '血钾一直偏低')).status).toBe(200)
    expect(await givenTo(id)).toMatchObject([{ despite: '血钾一直偏低' }])
  })

  test('asks first where the record is silent', async () => {
    const id = await house.write(async (ctx) => {
      const patientId = await registerPatient(ctx, { name: '陈晓', sex: 'female', birthDate: '1994-03-01' })
      await assignCarers(ctx, patientId, { doctorId: doctor.staffId, managerId: manager.staffId })
      await addCondition(ctx, { patientId, code: 'E66', name: '肥胖' })
      return patientId as string
    })
    const body = await bodyOf(id, 'diet-weight')
    expect(body.asked).toEqual(expect.arrayContaining(['pregnancy', 'medicine']))
    const answer = await manager.try(contract.giveAdvice, { ...of(id), body: { ...body, asked: ['pregnancy'] } })
    expect(answer.code).toBe('AdviceAskFirst')
    expect((await manager.try(contract.giveAdvice, { ...of(id), body })).status).toBe(200)
  })

  test('of a card that no rule has chosen needs a reason of one’s own', async () => {
    const id = await aPatient()
    const body = await bodyOf(id, 'diet-reflux')
    expect((await manager.try(contract.giveAdvice, { ...of(id), body })).code).toBe('AdviceNeedsReason')
    expect(
      (await manager.try(contract.giveAdvice, { ...of(id), body: { ...body, because: '客户自己问的' } })).status,
    ).toBe(200)
  })

  test.each([
    ['您患有胃炎。', 422],
    ['坚持就一定会好。', 422],
    ['吃完饭站一会儿。', 200],
  ])('words: %s', async (point, status) => {
    const id = await aPatient({ conditions: ['K21'] })
    const body = await bodyOf(id, 'diet-reflux')
    expect(
      (
        await manager.try(contract.giveAdvice, {
          ...of(id),
          body: { ...body, text: { ...body.text, points: [point] } },
        })
      ).status,
    ).toBe(status)
  })

  test('what stands in the database never changes', async () => {
    const id = await aPatient({ conditions: ['I10'] })
    await manager.call(contract.giveAdvice, { ...of(id), body: await bodyOf(id, 'diet-salt') })
    await expect(sql`update advice_given set text = '{}' where patient_id = ${id}`.execute(db())).rejects.toThrow(
      'append-only',
    )
    await expect(sql`delete from advice_given where patient_id = ${id}`.execute(db())).rejects.toThrow()
  })
})

describe('S0-11 advice on mood and mind', () => {
  const withLowMood = () => aPatient({ conditions: ['F32'] })

  test('is proposed to doctors and counsellors, not to managers', async () => {
    const id = await withLowMood()
    expect(codes((await proposalsOf(id, counsellor)).proposed)).toContain('mind-small-steps')
    expect(codes((await proposalsOf(id, doctor)).proposed)).toContain('mind-small-steps')
    const seen = await proposalsOf(id, manager)
    expect([...seen.proposed, ...seen.leftOut, ...seen.others].filter(({ kind }) => kind === 'mind')).toEqual([])
  })

  test('a counsellor gives it, and sees that there is a reason but not the record', async () => {
    const id = await withLowMood()
    const { proposed, leftOut, others, can } = await proposalsOf(id, counsellor)
    expect([...proposed, ...leftOut, ...others].every(({ kind }) => kind === 'mind')).toBe(true)
    expect(can).toEqual({ give: false, giveMind: true, override: false })
    expect(proposed[0]!.reasons).toMatchObject([{ kind: 'condition', text: null }])
    const given = await counsellor.call(contract.giveMindAdvice, {
      ...of(id),
      body: await bodyOf(id, 'mind-small-steps', counsellor),
    })
    expect(given).toMatchObject({ kind: 'mind', givenBy: '周顾问', reasons: [{ text: null }] })
    expect((await givenTo(id))[0]!.reasons[0]!.text).not.toBeNull()
  })

  test('by no way from a manager, and nothing else from a counsellor', async () => {
    const id = await aPatient({ conditions: ['F32', 'I10'] })
    const mind = await bodyOf(id, 'mind-small-steps', doctor)
    expect((await manager.try(contract.giveMindAdvice, { ...of(id), body: mind })).status).toBe(403)
    expect((await manager.try(contract.giveAdvice, { ...of(id), body: mind })).code).toBe('AdviceOtherKind')
    const salt = await bodyOf(id, 'diet-salt', doctor)
    expect((await counsellor.try(contract.giveAdvice, { ...of(id), body: salt })).status).toBe(403)
    expect((await counsellor.try(contract.giveMindAdvice, { ...of(id), body: salt })).code).toBe('AdviceOtherKind')
    expect(await givenTo(id)).toEqual([])
  })

  test('a manager sees that there is some, and takes none back', async () => {
    const id = await withLowMood()
    const given = await counsellor.call(contract.giveMindAdvice, {
      ...of(id),
      body: await bodyOf(id, 'mind-small-steps', counsellor),
    })
    expect(await manager.call(contract.listGiven, of(id))).toMatchObject({ rows: [], hidden: 1 })
    const params = { patientId: id as never, givenId: given.id }
    expect((await manager.try(contract.takeBackAdvice, { params, body: { because: '试试' } })).code).toBe(
      'AdviceOtherKind',
    )
    expect((await manager.try(contract.takeBackMindAdvice, { params, body: { because: '试试' } })).status).toBe(403)
    expect((await counsellor.try(contract.takeBackMindAdvice, { params, body: { because: '换一张' } })).status).toBe(
      200,
    )
  })
})

test('taking back needs a reason, happens once, and stays in the history', async () => {
  const id = await aPatient({ conditions: ['I10'] })
  const { id: givenId } = await manager.call(contract.giveAdvice, { ...of(id), body: await bodyOf(id, 'diet-salt') })
  const params = { patientId: id as never, givenId }
  expect((await manager.try(contract.takeBackAdvice, { params, body: { because: '' } })).status).toBe(400)
  const both = await Promise.all(
    ['给错人了', '写错了'].map((because) => manager.try(contract.takeBackAdvice, { params, body: { because } })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await givenTo(id)).toMatchObject([{ takenBack: { by: '李健管' } }])
  const other = await aPatient()
  expect(
    (
      await manager.try(contract.takeBackAdvice, {
        params: { ...params, patientId: other as never },
        body: { because: '试试' },
      })
    ).code,
  ).toBe('AdviceUnknown')
})

describe('the calculators', () => {
  const none = Object.fromEntries(RED_FLAGS.map((flag) => [flag, false]))
  const text = { title: '每天吃多少', summary: '', points: ['每天 1900 千卡。'], avoid: [] }
  const energy = {
    basis: 'energy' as const,
    heightCm: 172,
    weightKg: 84,
    activity: 'light' as const,
    goal: 'lose' as const,
  }
  const exercise = {
    basis: 'exercise' as const,
    sbp: 130,
    dbp: 80,
    restingHr: 70,
    betaBlocker: false,
    active: false,
    redFlags: none,
  }
  const giveIt = (id: string, input: contract.ComputeBody, who = manager) =>
    who.try(contract.giveComputed, { ...of(id), body: { input, locale: 'zh-CN', text, submission: submission() } })

  test('begin with the record and its days', async () => {
    const id = await aPatient({
      medicines: ['美托洛尔'],
      conditions: ['E11'],
      values: { height: 172, weight: 84, hr: 64, fpg: 7.2 },
    })
    expect(await manager.call(contract.readBody, of(id))).toMatchObject({
      sex: 'male',
      ageYears: 60,
      heightCm: { value: 172, on: '2026-11-22' },
      restingHr: { value: 64 },
      betaBlocker: { name: '美托洛尔' },
      diabetes: { name: '诊断 E11' },
      egfr: null,
      pregnant: null,
      medicinesKnown: true,
    })
  })

  test('the server computes again what is given, by the age and sex of the record', async () => {
    const id = await aPatient({ values: { egfr: 80 } })
    const given = await giveIt(id, { ...energy, egfr: 80 })
    expect(given.status).toBe(200)
    const row = await db()
      .selectFrom('advice_given')
      .select(['kind', 'source', 'computed'])
      .where('patient_id', '=', id)
      .executeTakeFirstOrThrow()
    // 10 × 84 + 6.25 × 172 − 5 × 60 + 5 = 1620; × 1.4 − 500
    expect(row).toMatchObject({
      kind: 'diet',
      computed: { output: { energy: { restingKcal: 1620, targetKcal: 1768 }, portions: { total: 20 } } },
    })
    expect(row.source).toContain('Mifflin')
    expect((await giveIt(id, exercise)).status).toBe(200)
  })

  test.each([
    ['a deficit with an eating disorder on record', { conditions: ['F50.0'] }, energy],
    [
      'energy in a pregnancy on record, whatever was entered',
      { sex: 'female', birthDate: '1996-01-01', conditions: ['Z34'] },
      { ...energy, pregnant: false },
    ],
    ['energy for a child', { birthDate: '2012-01-01' }, energy],
    ['exercise with chest pain', {}, { ...exercise, redFlags: { ...none, 'chest-pain': true } }],
    ['exercise at 180', {}, { ...exercise, sbp: 180 }],
    ['exercise where nobody has asked', {}, { ...exercise, redFlags: {} }],
  ] as [string, Person, contract.ComputeBody][])('refuse %s', async (_what, person, input) => {
    const id = await aPatient(person)
    expect((await giveIt(id, input)).code).toBe('AdviceNotComputable')
    expect(await givenTo(id)).toEqual([])
  })

  test('a beta-blocker on record makes it effort by feeling, whatever was entered', async () => {
    const id = await aPatient({ medicines: ['酒石酸美托洛尔片'] })
    await giveIt(id, exercise)
    const { computed } = await db()
      .selectFrom('advice_given')
      .select('computed')
      .where('patient_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(computed).toMatchObject({ output: { intensity: { by: 'effort', because: 'beta-blocker' } } })
  })

  test('are not for a counsellor', async () => {
    const id = await aPatient()
    expect((await giveIt(id, energy, counsellor)).status).toBe(403)
    expect((await counsellor.try(contract.readBody, of(id))).status).toBe(403)
  })
})

describe('the person’s own page', () => {
  test('shows what stands in the words it was given in, and nobody else’s', async () => {
    const [id, other] = [await aPatient({ conditions: ['I10'] }), await aPatient()]
    const body = await bodyOf(id, 'diet-salt')
    const { id: givenId } = await manager.call(contract.giveAdvice, { ...of(id), body })
    const me = await house.asPatient(id)
    const { rows } = await me.call(myAdvice)
    expect(rows).toMatchObject([{ text: body.text, givenBy: '李健管', givenOn: '2026-11-22' }])
    expect((await (await house.asPatient(other)).call(myAdvice)).rows).toEqual([])
    await manager.call(contract.takeBackAdvice, {
      params: { patientId: id as never, givenId },
      body: { because: '换一张' },
    })
    expect((await me.call(myAdvice)).rows).toEqual([])
    expect((await manager.try(myAdvice)).status).not.toBe(200)
  })
})

test('a merge brings advice along, and takes it home when it is undone', async () => {
  const [from, into] = [await aPatient({ conditions: ['I10'] }), await aPatient()]
  await manager.call(contract.giveAdvice, { ...of(from), body: await bodyOf(from, 'diet-salt') })
  const mergeId = submission()
  const send = (event: typeof patientMerged | typeof patientUnmerged) => {
    const listener = room.listeners!.find((one) => one.event.name === event.name)!
    return house.write((ctx) => listener.handle(ctx, { fromId: from, intoId: into, mergeId } as never, mergeId))
  }
  await send(patientMerged)
  expect(await givenTo(into)).toHaveLength(1)
  expect(await givenTo(from)).toHaveLength(0)
  await send(patientUnmerged)
  expect(await givenTo(into)).toHaveLength(0)
  expect(await givenTo(from)).toHaveLength(1)
})

test('the door gives what the rules choose, and cards by code', async () => {
  const id = await aPatient({ conditions: ['I10', 'F32'] })
  const chosen = await house.write((ctx) => chosenAdvice(ctx, id))
  expect(chosen[0]).toMatchObject({ version: 1, definition: { code: 'diet-salt' }, reasons: [{ kind: 'condition' }] })
  // A round of the house has no right to the mind.
  expect(chosen.some(({ definition }) => definition.kind === 'mind')).toBe(false)
  const cards = await house.write((ctx) => adviceCards(ctx, ['diet-salt', 'no-such']))
  expect(cards.map(({ definition }) => definition.code)).toEqual(['diet-salt'])
})

describe('who may', () => {
  test.each([
    'sales-manager',
    'front-desk',
    'desk-agent',
    'content-editor',
    'quality-lead',
    'corporate-hr',
    'system-administrator',
  ] as const)('a %s reads and gives no advice', async (role) => {
    const id = await aPatient()
    const who = await house.as(role)
    expect((await who.try(contract.listProposals, of(id))).status).toBe(403)
    expect((await who.try(contract.listGiven, of(id))).status).toBe(403)
    expect((await who.try(contract.giveAdvice, { ...of(id), body: await bodyOf(id, 'diet-reflux') })).status).toBe(403)
  })

  test('a manager sees their own patients only, and the look is in the audit log', async () => {
    const id = await aPatient()
    const other = await house.as('service-manager')
    expect((await other.try(contract.listProposals, of(id))).status).toBe(404)
    await proposalsOf(id)
    const { rows } =
      await sql`select 1 from audit_entry where patient_id = ${id} and action = 'advice.read' and actor_id = ${manager.staffId}`.execute(
        db(),
      )
    expect(rows).toHaveLength(1)
  })
})
