import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import * as contract from './contract/growth.ts'
import { aChild } from './sample-child.ts'
import { followMeasurements } from './server/index.ts'

const house = await aHouse()
let writer: Caller
let reader: Caller
let manager: Caller

beforeAll(async () => {
  writer = await house.as('content-editor')
  reader = await house.as('medical-reviewer')
  manager = await house.as('service-manager')
})

type Programme = contract.ProgrammeDefinition
type Signs = contract.SignsDefinition
const viewOf = async (code: contract.ContentCode, who = writer) =>
  (await who.call(contract.listGrowthContent)).rows.find((one) => one.code === code)!
const inForce = async <D extends contract.ContentDefinition>(code: D['kind']) =>
  structuredClone((await viewOf(code)).inForce.definition) as D
const keep = (definition: contract.ContentDefinition, revision = 0, who = writer) =>
  who.try(contract.draftGrowthContent, {
    params: { contentCode: definition.kind },
    body: { definition, revision },
  })
const publish = (code: contract.ContentCode, revision = 1, who = reader) =>
  who.try(contract.publishGrowthContent, { params: { contentCode: code }, body: { revision } })
const discard = (code: contract.ContentCode) =>
  writer.call(contract.discardGrowthContent, { params: { contentCode: code } })
const child = (measured: [string, number][] = []) =>
  house.write((ctx) =>
    aChild(ctx, { name: '写写', sex: 'female', birthDate: '2017-03-02', measured, managerId: manager.staffId }),
  ) as Promise<never>
const enrol = (patientId: string, textVersion: string) =>
  manager.try(contract.enrolChild, {
    params: { patientId: patientId as never },
    body: { consent: { relation: 'mother', name: '王秀英', givenOn: '2026-03-02', way: 'phone', textVersion } },
  })

describe('what came with Peiban', () => {
  test('counts until somebody has published something else; each module says what it is about and where from', async () => {
    const { inForce: now, draft, history } = await viewOf('programme')
    expect([now.version, now.state, draft, history]).toMatchObject([0, 'shipped', null, [{ version: 0 }]])
    const { modules, items } = now.definition as Programme
    expect(modules.map(({ module }) => module)).toEqual([...contract.MODULES])
    for (const { module, about, source } of modules) {
      expect(about.zh.length).toBeGreaterThan(30)
      expect(source).not.toBe('')
      expect(items.filter((item) => item.module === module).length).toBeGreaterThanOrEqual(2)
    }
  })
})

describe('changed by two', () => {
  test('limits: a draft counts for nothing, its writer does not publish it, and the next curve is read by them', async () => {
    const id = await child([
      ['2025-03-02', 128],
      ['2026-03-01', 132.6],
    ])
    const slow = async () =>
      (await manager.call(contract.getCourse, { params: { patientId: id } })).signs.filter(({ code }) =>
        code.endsWith('slow'),
      )
    expect(await slow()).toMatchObject([{ code: 'maybe-slow', values: { limit: 5 } }])
    const signs = await inForce<Signs>('signs')
    signs.slow.bands.at(-1)!.cmPerYear = 4
    expect((await keep(signs)).status).toBe(200)
    expect(await slow()).toHaveLength(1)
    expect((await viewOf('signs')).can).toEqual({ write: true, publish: false })
    expect((await keep(signs, 1, reader)).status).toBe(200)
    expect((await publish('signs', 2)).code).toBe('GrowthContentOwn')
    const third = await house.as('medical-reviewer')
    expect((await publish('signs', 2, third)).status).toBe(200)
    expect(await slow()).toEqual([])
    expect(await viewOf('signs')).toMatchObject({
      inForce: { version: 1, changedBy: reader.name, publishedBy: third.name },
      draft: null,
      history: [{ version: 1 }, { version: 0, state: 'retired' }],
    })
  })

  test('other words of the consent are another version: who read the old ones is asked to read again', async () => {
    const before = await child()
    expect((await enrol(before, '1')).status).toBe(200)
    const programme = await inForce<Programme>('programme')
    programme.consent.points[0]!.text = { zh: '每两个月量一次。', en: 'Measured every two months.' }
    programme.measureEveryDays = 60
    // Whatever version a client claims, the house gives its own.
    programme.consent.version = '1'
    await keep(programme)
    expect((await publish('programme')).status).toBe(200)
    const id = await child([['2026-03-01', 132]])
    expect((await enrol(id, '1')).code).toBe('GrowthConsentText')
    const { text, modules } = await manager.call(contract.getProgramme, { params: { patientId: id } })
    expect([text.version, text.points[0]!.text.zh, modules.length]).toEqual(['H1', '每两个月量一次。', 5])
    expect((await enrol(id, 'H1')).status).toBe(200)
    const row = (await manager.call(contract.getProgramme, { params: { patientId: id } })).enrolment!
    expect([row.nextOn, row.consents[0]!.textVersion, row.consents[0]!.way]).toEqual(['2026-04-30', 'H1', 'phone'])
    expect(row.consents[0]!.recordedAt).toBe(house.clock.now().toISOString())
    await house.write(followMeasurements)
    expect((await manager.call(contract.getProgramme, { params: { patientId: id } })).enrolment!.nextOn).toBe(
      '2026-04-30',
    )
    const kept = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('growth_consent')
      .select(['text_version', 'consent_text'])
      .orderBy('recorded_at')
      .orderBy('id')
      .execute()
    expect(
      kept.map(({ text_version, consent_text }) => [text_version, (consent_text as { version: string }).version]),
    ).toEqual([
      ['1', '1'],
      ['H1', 'H1'],
    ])
    // The words as they were are the version they were.
    const back = await inForce<Programme>('programme')
    back.consent = { ...(await shippedConsent()), version: 'anything' }
    await keep(back)
    expect(((await viewOf('programme')).draft!.definition as Programme).consent.version).toBe('1')
    await discard('programme')
  })

  const shippedConsent = async () => {
    const { SHIPPED } = await import('./server/content.ts')
    return structuredClone(SHIPPED.programme.consent)
  }

  test.each<[string, (programme: Programme) => void, string]>([
    ['a promise', (p) => void (p.modules[3]!.about.zh = '跟着做，一定能长高。'), 'promise'],
    ['a hormone in English', (p) => void (p.items[0]!.title.en = 'Ask about growth hormone'), 'promise'],
    ['words that frighten', (p) => void (p.consent.points[0]!.text.zh = '错过就晚了！'), 'shouting'],
    [
      'a module with nothing to do',
      (p) => void (p.items = p.items.filter(({ module }) => module !== 'tcm')),
      'empty-module',
    ],
  ])('%s may be a draft, and is not published', async (_name, change, kind) => {
    const programme = await inForce<Programme>('programme')
    change(programme)
    expect((await keep(programme)).status).toBe(200)
    const { draft } = await viewOf('programme')
    expect(draft!.faults.map((fault) => fault.kind)).toContain(kind)
    expect((await publish('programme', draft!.revision)).code).toBe('GrowthContentFaulty')
    expect((await discard('programme')).draft).toBeNull()
  })

  test('limits that end before they begin are not published', async () => {
    const signs = await inForce<Signs>('signs')
    signs.slow.bands[0] = { fromYears: 5, toYears: { female: 4, male: 13 }, cmPerYear: 5 }
    await keep(signs)
    expect((await publish('signs')).code).toBe('GrowthContentFaulty')
    await discard('signs')
  })

  test('two who keep or publish at once: one does', async () => {
    const signs = await inForce<Signs>('signs')
    const kept = await Promise.all([keep(signs), keep({ ...signs, lowestPercentile: 5 }, 0, reader)])
    expect(kept.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const third = await house.as('medical-reviewer')
    const fourth = await house.as('medical-reviewer')
    const published = await Promise.all([publish('signs', 1, third), publish('signs', 1, fourth)])
    expect(published.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('one kind does not go where the other stands', async () => {
    const definition = await inForce<Signs>('signs')
    const params = { contentCode: 'programme' as const }
    expect((await writer.try(contract.draftGrowthContent, { params, body: { definition, revision: 0 } })).code).toBe(
      'GrowthContentKind',
    )
  })

  test('only who may: a front desk reads nothing, a manager publishes nothing; another house has its own', async () => {
    const desk = await house.as('front-desk')
    expect((await desk.try(contract.listGrowthContent)).code).toBe('NotPermitted')
    expect((await publish('signs', 1, manager)).code).toBe('NotPermitted')
    const theirs = await house.as('medical-reviewer', { tenant: await house.anOrganization() })
    expect((await viewOf('programme', theirs)).inForce).toMatchObject({ version: 0, state: 'shipped' })
  })
})
