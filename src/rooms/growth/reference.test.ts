import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { growth, type ReferencePack } from '../../clinical/index.ts'
import * as contract from './contract/growth.ts'
import { aChild } from './sample-child.ts'

const house = await aHouse()
let doctor: Caller
let other: Caller
let manager: Caller

beforeAll(async () => {
  doctor = await house.as('physician')
  other = await house.as('physician')
  manager = await house.as('service-manager')
})

/** Everybody is five centimetres taller than in the shipped one, so that it shows which was used. */
const taller = (change: Partial<ReferencePack> = {}): ReferencePack => ({
  ...growth.zongLi2013,
  code: 'taller',
  version: '2026',
  title: { zh: '试用参照', en: 'A reference to try' },
  source: 'made for this test',
  licence: 'none',
  tables: growth.zongLi2013.tables
    .filter(({ measure }) => measure === 'height')
    .map((table) => ({ ...table, rows: table.rows.map(([x, L, M, S]) => [x!, L!, M! + 5, S!]) })),
  ...change,
})

async function hand(who: Caller, content: string | Buffer) {
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/growth-references',
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream', 'x-peiban-locale': 'zh-CN' },
    cookies: { peiban_session: who.token },
    payload: content,
  })
  return { status: answer.statusCode, body: answer.json() as contract.ReferenceView & { code: string; title: unknown } }
}
const confirm = (who: Caller, code = 'taller', version = '2026') =>
  who.try(contract.confirmReference, { params: { code, version } })
const aSmallChild = () =>
  house.write((ctx) =>
    aChild(ctx, {
      name: '参照童',
      sex: 'female',
      birthDate: '2018-03-02',
      measured: [['2026-03-01', 127]],
      managerId: manager.staffId,
      doctorId: doctor.staffId,
    }),
  ) as Promise<never>

describe('a reference that the house brings', () => {
  test('is checked, waits for another person who is a physician, and then may be chosen', async () => {
    const handed = await hand(doctor, gzipSync(JSON.stringify(taller())))
    expect(handed.body).toMatchObject({ code: 'taller', state: 'waiting', importedBy: doctor.name })
    expect(handed.body.tables[0]).toMatchObject({ measure: 'height', by: 'ageYears', from: 0, to: 18, kind: 'lms' })
    const id = await aSmallChild()
    const choose = (reference: string, version: number) =>
      manager.try(contract.saveProfile, {
        params: { patientId: id },
        body: { fatherCm: null, motherCm: null, parentsMeasured: false, gestationWeeks: null, reference, version },
      })
    expect((await choose('taller', 0)).code).toBe('ReferenceUnknown')
    expect((await confirm(manager)).code).toBe('NotPermitted')
    expect((await confirm(doctor)).code).toBe('OwnReference')
    expect((await confirm(other)).body).toMatchObject({ state: 'active', confirmedBy: other.name })
    expect((await confirm(other)).code).toBe('ChangedMeanwhile')
    const before = await manager.call(contract.getCourse, { params: { patientId: id } })
    expect((await choose('taller', 0)).status).toBe(200)
    const after = await manager.call(contract.getCourse, { params: { patientId: id } })
    expect([before, after].map(({ measures }) => measures[0]!.points[0]!.reference)).toEqual([
      'zong-li-2013@1',
      'taller@2026',
    ])
    expect(after.measures[0]!.points[0]!.z).toBeLessThan(before.measures[0]!.points[0]!.z! - 0.5)
    const { rows } = await manager.call(contract.listReferences)
    expect(rows.map(({ code, state, children }) => [code, state, children])).toEqual([
      ['zong-li-2013', 'shipped', 0],
      ['taller', 'active', 1],
    ])
    await other.call(contract.retireReference, { params: { code: 'taller', version: '2026' } })
    const back = await manager.call(contract.getCourse, { params: { patientId: id } })
    expect(back.reference.code).toBe('zong-li-2013')
    expect(back.profile.reference).toBe('taller')
  })

  test('two who confirm two versions at once leave one in force', async () => {
    for (const version of ['a', 'b']) await hand(doctor, JSON.stringify(taller({ code: 'twice', version })))
    await Promise.all([confirm(other, 'twice', 'a'), confirm(other, 'twice', 'b')])
    const { rows } = await doctor.call(contract.listReferences)
    expect(
      rows
        .filter(({ code }) => code === 'twice')
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['active', 'retired'])
  })

  test('the same version twice is known already, and the shipped code is taken', async () => {
    await hand(doctor, JSON.stringify(taller({ code: 'once' })))
    expect((await hand(doctor, JSON.stringify(taller({ code: 'once' })))).body.code).toBe('ReferenceKnown')
    expect((await hand(doctor, JSON.stringify(taller({ code: 'zong-li-2013' })))).body.code).toBe('ReferenceKnown')
  })

  test.each<[string, string | Buffer, string, RegExp]>([
    ['no JSON', '{"format":', 'ReferenceUnreadable', /JSON/],
    ['another format', '{"format":"x"}', 'ReferenceUnreadable', /format/],
    ['no licence', JSON.stringify(taller({ licence: '' })), 'ReferenceUnreadable', /licence/],
    ['a broken archive', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'ReferenceUnreadable', /./],
    ['a photograph', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), 'ReferenceUnreadable', /./],
    ['nothing', '', 'ReferenceUnreadable', /./],
    [
      'metres',
      JSON.stringify(taller({ tables: [{ ...growth.zongLi2013.tables[0]!, rows: [[0, 1, 0.5, 0.04]] }] })),
      'ReferenceImplausible',
      /tables\[0\]\.rows\[0\]: median/,
    ],
    ['an archive that bursts', gzipSync(Buffer.alloc(70 * 1024 * 1024, 32)), 'ReferenceUnreadable', /./],
  ])('%s is refused and says why', async (_name, content, code, why) => {
    const { status, body } = await hand(doctor, content)
    expect([status < 500, body.code]).toEqual([true, code])
    expect(String(body.title)).toMatch(why)
  })

  test('too much is refused', async () =>
    expect((await hand(doctor, Buffer.alloc(9 * 1024 * 1024, 32))).body.code).toBe('ReferenceTooLarge'))

  const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')
  test.skipIf(!existsSync(file))(
    'WHO’s tables come in by the file as it is, and a child is shown by them',
    async () => {
      const handed = await hand(doctor, readFileSync(file))
      expect(handed.body).toMatchObject({ code: 'who', state: 'waiting' })
      expect(handed.body.tables).toHaveLength(18)
      await confirm(other, 'who', handed.body.version)
      const id = await aSmallChild()
      await manager.call(contract.saveProfile, {
        params: { patientId: id },
        body: {
          fatherCm: null,
          motherCm: null,
          parentsMeasured: false,
          gestationWeeks: null,
          reference: 'who',
          version: 0,
        },
      })
      const { measures, reference } = await manager.call(contract.getCourse, { params: { patientId: id } })
      expect(reference.code).toBe('who')
      expect(measures[0]!.points).toMatchObject([{ reference: 'who@pygrowthstandards-1.1', refused: null }])
      expect(measures[0]!.lines!.points.length).toBeGreaterThan(10)
    },
  )
})
