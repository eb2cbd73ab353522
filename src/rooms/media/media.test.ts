import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/media.ts'
import type { MediaDefinition, Picture } from './contract/words.ts'
import { A_DRAWING, aMedia } from './sample-media.ts'
import { installShippedMedia, mediaFor } from './server/index.ts'
import { room } from './server/room.ts'
import { shippedMedia } from './server/shipped.ts'

const house = await aHouse({ now: '2026-11-22T02:00:00Z' })
const db = () => house.house.databases.of(house.tenant.id)
const editor = await house.as('content-editor', { name: '小编' })
const reviewer = await house.as('medical-reviewer', { name: '审核' })
const manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '张医生' })
const STILL = 'light-zh-still-1'

beforeAll(() => house.write(installShippedMedia))

/** Hands a file in as the page does. */
async function upload(content: Buffer | string, who: Caller = editor) {
  const raw = await house.app.inject({
    method: 'POST',
    url: '/api/media-pictures',
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream' },
    cookies: { peiban_session: who.token },
    payload: Buffer.from(content),
  })
  return { status: raw.statusCode, body: raw.json<Picture & { code?: string; title?: string }>() }
}
const aPicture = async () => (await upload(A_DRAWING)).body.key
const save = (definition: MediaDefinition, revision = 0, who: Caller = editor) =>
  who.try(contract.saveMedia, { params: { code: definition.code }, body: { definition, revision } })
const publish = (code: string, revision = 1, who: Caller = reviewer) =>
  who.try(contract.publishMedia, { params: { code }, body: { revision } })
const versionsOf = async (code: string) =>
  (await reviewer.call(contract.mediaVersions, { params: { code } })).rows.map((row) => `${row.version} ${row.state}`)

async function aPatient(change: Record<string, unknown> = {}): Promise<string> {
  return house.write(async (ctx) => {
    const person = {
      name: '王桂香',
      sex: 'female' as const,
      birthDate: '1966-05-01',
      email: 'wang@example.com',
      ...change,
    }
    const id = await registerPatient(ctx, person)
    await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: manager.staffId })
    return id
  })
}
const mayBeSent = (patientId: string, code: string) => ({ params: { patientId: patientId as never, code } })

describe('a card of one’s own', () => {
  test('is drafted by one and published by another; people see it from then on', async () => {
    const own = await house.asPatient(await aPatient())
    expect((await save(aMedia(await aPicture()))).status).toBe(200)
    expect((await own.try(contract.readMyMedia, { params: { code: 'pulse' } })).status).toBe(404)
    expect((await publish('pulse', 1, editor)).status).toBe(403)
    expect((await publish('pulse')).status).toBe(200)
    const shown = await own.call(contract.readMyMedia, { params: { code: 'pulse' } })
    expect(shown).toMatchObject({
      version: 1,
      steps: [{ picture: { kind: 'drawing', moves: true }, alt: { zh: '两根手指按在手腕上。' } }],
    })
    expect((await save(aMedia(await aPicture(), { summary: { zh: '数一分钟。', en: 'For a minute.' } }))).status).toBe(
      200,
    )
    expect((await own.call(contract.readMyMedia, { params: { code: 'pulse' } })).version).toBe(1)
    expect((await publish('pulse')).status).toBe(200)
    expect(await versionsOf('pulse')).toEqual(['2 active', '1 retired'])
  })

  test('whoever wrote it does not publish it', async () => {
    await save(aMedia(await aPicture(), { code: 'own-one' }), 0, reviewer)
    expect((await publish('own-one')).code).toBe('OwnMedia')
    const { can } = await reviewer.call(contract.readMedia, { params: { code: 'own-one', version: 1 } })
    expect(can).toEqual({ edit: true, publish: false, retire: false })
  })

  test('with words that frighten or promise it is kept but not published', async () => {
    const title = { zh: '一定能好', en: 'You will be cured' }
    const kept = await editor.call(contract.saveMedia, {
      params: { code: 'bad-one' },
      body: { definition: aMedia(await aPicture(), { code: 'bad-one', title, expiresOn: '2026-11-22' }), revision: 0 },
    })
    expect(kept.faults.map(({ where, kind }) => `${where} ${kind}`)).toEqual([
      'title zh promise',
      'title en promise',
      'expiresOn over',
    ])
    expect((await publish('bad-one')).code).toBe('MediaFaulty')
  })

  test('two who write at once: one is told that it has changed; two who publish: once in force', async () => {
    const definition = aMedia(await aPicture(), { code: 'both' })
    const first = await Promise.all([save(definition), save(definition, 0, reviewer)])
    expect(first.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const changed = await save(definition, 1)
    expect(changed.status).toBe(200)
    const other = await house.as('medical-reviewer')
    const both = await Promise.all([publish('both', 2), publish('both', 2, other)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await versionsOf('both')).toEqual(['1 active'])
  })

  test('is retired by who publishes, and a draft is thrown away', async () => {
    const picture = await aPicture()
    await save(aMedia(picture, { code: 'gone' }))
    expect(await editor.call(contract.discardMedia, { params: { code: 'gone' } })).toEqual({ discarded: true })
    await save(aMedia(picture, { code: 'old' }))
    await publish('old')
    expect((await editor.try(contract.retireMedia, { params: { code: 'old' } })).status).toBe(403)
    expect(await reviewer.call(contract.retireMedia, { params: { code: 'old' } })).toEqual({ retired: true })
  })

  test.each([
    ['no step', { steps: [] }],
    [
      'a step without words for listeners',
      { steps: [{ picture: 'a'.repeat(64), caption: { zh: '一', en: 'a' }, source: '书' }] },
    ],
    ['a kind of its own', { kind: 'magic' }],
    ['a topic of no kind', { topics: ['star:aries'] }],
    ['a field that nobody knows', { secret: true }],
    ['no day', { expiresOn: 'soon' }],
  ])('is refused with %s', async (_what, change) => {
    expect((await save({ ...aMedia(await aPicture(), { code: 'rubbish' }), ...change } as never)).status).toBe(400)
  })

  test('needs pictures that are there, and the code of its path', async () => {
    expect((await save(aMedia('a'.repeat(64), { code: 'no-picture' }))).code).toBe('PictureUnknown')
    const definition = aMedia(await aPicture())
    const answer = await editor.try(contract.saveMedia, {
      params: { code: 'other' },
      body: { definition, revision: 0 },
    })
    expect(answer.code).toBe('MediaUnknown')
    expect((await editor.try(contract.readMedia, { params: { code: 'nobody', version: 1 } })).code).toBe('MediaUnknown')
  })
})

describe('pictures', () => {
  test('are the same by the same content, and say what they are', async () => {
    const first = await upload(A_DRAWING)
    expect(first.body).toMatchObject({ kind: 'drawing', media: 'image/svg+xml', width: 40, height: 30, moves: true })
    expect((await upload(`${A_DRAWING}\n<!-- the same -->`)).body.key).toBe(first.body.key)
  })

  test.each([
    ['a script', A_DRAWING.replace('<circle', '<script>alert(1)</script><circle'), 422, 'PictureRefused'],
    ['foreign content', A_DRAWING.replace('<circle', '<foreignObject/><circle'), 422, 'PictureRefused'],
    ['an address', A_DRAWING.replace('class="', 'fill="url(http://x/y)" class="'), 422, 'PictureRefused'],
    ['HTML under any name', '<html><script>alert(1)</script></html>', 422, 'PictureUnreadable'],
    ['a program', Buffer.alloc(200, 7), 422, 'PictureUnreadable'],
    ['nothing', '', 422, 'PictureUnreadable'],
    ['a GIF', `GIF89a${' '.repeat(100)}`, 422, 'PictureMovesAlone'],
    ['a drawing of half a megabyte', `${A_DRAWING}${' '.repeat(500_000)}`, 413, 'PictureTooLarge'],
    [
      'a film',
      Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(13_000_000)]),
      413,
      'PictureTooLarge',
    ],
  ])('%s is refused with words', async (_what, content, status, code) => {
    const answer = await upload(content)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.title).toMatch(/\p{Script=Han}/u)
  })

  test('are served with their type, dressed, and kept for a year', async () => {
    const params = { key: await aPicture(), look: 'dark-en-moving-1' }
    const { raw } = await editor.try(contract.showPicture, { params })
    expect(raw.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    expect(raw.body).toMatch(/^<svg [^>]*><style>[^<]*\.zh\{display:none\}[^<]*@keyframes[^<]*<\/style><circle/)
    const still = await editor.try(contract.showPicture, { params: { ...params, look: STILL } })
    expect(still.raw.body).not.toContain('@keyframes')
    expect((await editor.try(contract.showPicture, { params: { ...params, look: 'pink' } })).status).toBe(400)
    expect((await editor.try(contract.showPicture, { params: { key: 'b'.repeat(64), look: STILL } })).code).toBe(
      'PictureUnknown',
    )
  })

  test('a video comes in the parts that a phone asks for', async () => {
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(5000, 9)])
    const { body } = await upload(film)
    expect(body).toMatchObject({ kind: 'video', media: 'video/mp4', width: null, moves: true })
    const part = (range?: string) =>
      house.app.inject({
        url: `/api/media-pictures/${body.key}/${STILL}`,
        headers: range ? { range } : {},
        cookies: { peiban_session: editor.token },
      })
    const first = await part('bytes=0-99')
    expect([first.statusCode, first.headers['content-range'], first.rawPayload.length]).toEqual([
      206,
      `bytes 0-99/${film.length}`,
      100,
    ])
    expect((await part('bytes=99999-')).statusCode).toBe(416)
    expect((await part()).rawPayload).toEqual(film)
  })

  test('of another organization are not there', async () => {
    const theirs = await house.anOrganization('别家')
    const stranger = await house.as('content-editor', { tenant: theirs })
    const key = await aPicture()
    expect((await stranger.try(contract.showPicture, { params: { key, look: STILL } })).code).toBe('PictureUnknown')
    expect((await save(aMedia(key, { code: 'taken' }), 0, stranger)).code).toBe('PictureUnknown')
    expect((await stranger.call(contract.listMedia)).rows).toEqual([])
  })
})

describe('shipped cards', () => {
  test('are there for everybody after the round, in a new organization too, and once', async () => {
    const theirs = await house.anOrganization('新医院')
    const { run } = room.rounds![0]!
    await run(house.house, theirs)
    await run(house.house, theirs)
    const stranger = await house.as('service-manager', { tenant: theirs })
    const { rows, can } = await stranger.call(contract.listMedia)
    expect(rows.length).toBe(shippedMedia.length)
    expect(can).toEqual({ write: false, publish: false })
    const { cover } = rows[0]!
    expect((await stranger.try(contract.showPicture, { params: { key: cover.key, look: STILL } })).status).toBe(200)
  })

  test('the door finds them by topic', async () => {
    const found = await house.write((ctx) => mediaFor(ctx, ['indicator:ldl', 'condition:E78.0']))
    expect(found[0]).toMatchObject({ code: 'ldl', path: '/my/media/ldl' })
    expect(await house.write((ctx) => mediaFor(ctx, ['organ:spleen']))).toEqual([])
  })

  test('say where people find them', async () => {
    const { usage } = await editor.call(contract.readMedia, { params: { code: 'hba1c', version: 1 } })
    expect(usage).toEqual({ indicators: [{ zh: '糖化血红蛋白', en: expect.any(String) }], opened: 0, sent: 0 })
  })
})

describe('what a person looks at', () => {
  test('is found by the words of reports, noted in the log, and counted of nobody', async () => {
    const patientId = await aPatient()
    const own = await house.asPatient(patientId)
    const { rows, sent } = await own.call(contract.myMediaIndex)
    expect(rows.find(({ code }) => code === 'hba1c')!.words).toEqual(expect.arrayContaining(['糖化血红蛋白', 'hba1c']))
    expect(sent).toEqual([])
    await own.call(contract.readMyMedia, { params: { code: 'hba1c' } })
    await own.call(contract.countOpening, { params: { code: 'hba1c' } })
    await own.call(contract.countOpening, { params: { code: 'hba1c' } })
    expect(await own.call(contract.countOpening, { params: { code: 'no-such' } })).toEqual({})
    const { usage } = await editor.call(contract.readMedia, { params: { code: 'hba1c', version: 1 } })
    expect(usage.opened).toBe(2)
    const counted = await sql`select * from media_opening where organization_id = ${house.tenant.id}`.execute(db())
    expect(counted.rows).toEqual([{ organization_id: house.tenant.id, code: 'hba1c', month: '2026-11', opened: 2 }])
    const log =
      await sql`select action, detail from audit_entry where patient_id = ${patientId} and action like 'my.media%'`.execute(
        db(),
      )
    expect(log.rows).toEqual([{ action: 'my.media', detail: { code: 'hba1c', version: 1 } }])
  })

  test('openings at once are all counted', async () => {
    const own = await house.asPatient(await aPatient())
    await Promise.all(Array.from({ length: 8 }, () => own.call(contract.countOpening, { params: { code: 'egfr' } })))
    const { usage } = await editor.call(contract.readMedia, { params: { code: 'egfr', version: 1 } })
    expect(usage.opened).toBe(8)
  })

  test('needs a session of patients: staff and strangers are shown nothing', async () => {
    for (const who of [editor, nobody(house)])
      for (const asked of [contract.myMediaIndex, contract.readMyMedia, contract.showMyPicture])
        expect(
          (await who.try(asked, { params: { code: 'ldl', key: 'a'.repeat(64), look: STILL } } as never)).status,
        ).toBe(401)
    const own = await house.asPatient(await aPatient())
    expect((await own.try(contract.listMedia)).status).toBe(401)
  })
})

describe('sending', () => {
  test('a letter brings the link and does not name the card; the person finds it first', async () => {
    const patientId = await aPatient()
    expect(await manager.call(contract.mailMedia, mayBeSent(patientId, 'colonoscopy'))).toEqual({
      toMasked: expect.stringContaining('@'),
    })
    const { rows, cards } = await manager.call(contract.listSentMedia, { params: { patientId: patientId as never } })
    expect(rows).toMatchObject([
      { code: 'colonoscopy', version: 1, by: 'mail', sentOn: '2026-11-22', sentBy: '李健管' },
    ])
    expect(cards.length).toBeGreaterThan(15)
    const letters = await sql<{
      template: string
      source: string
    }>`select template, source from message where patient_id = ${patientId}`.execute(db())
    expect(letters.rows).toEqual([{ template: 'media-card', source: 'media' }])
    const own = await house.asPatient(patientId)
    expect((await own.call(contract.myMediaIndex)).sent).toEqual([
      { code: 'colonoscopy', sentOn: '2026-11-22', sentBy: '李健管' },
    ])
    const log =
      await sql`select detail from audit_entry where patient_id = ${patientId} and action = 'media.mail'`.execute(db())
    expect(log.rows).toEqual([{ detail: { code: 'colonoscopy', version: 1 } }])
  })

  test('a code leads to the card itself', async () => {
    const patientId = await aPatient()
    const { link } = await manager.call(contract.showMediaCode, mayBeSent(patientId, 'ldl'))
    expect(link).toContain('/my/enter/')
    const ways = await sql`select page, sent_by from patient_way where patient_id = ${patientId}`.execute(db())
    expect(ways.rows).toEqual([{ page: '/my/media/ldl', sent_by: 'code' }])
  })

  test.each([
    ['no address', { email: undefined }, 'ldl', 'WayEmailWanted'],
    ['no date of birth', { birthDate: undefined }, 'ldl', 'WayBirthDateWanted'],
    ['a card that is not there', {}, 'no-such', 'MediaNotInForce'],
  ])('is refused with %s', async (_what, change, code, problem) => {
    expect((await manager.try(contract.mailMedia, mayBeSent(await aPatient(change), code))).code).toBe(problem)
  })

  test('nothing is sent to somebody who has died', async () => {
    const patientId = await aPatient()
    await sql`update patient set state = 'deceased', deceased_on = '2026-11-01' where id = ${patientId}`.execute(db())
    expect((await manager.try(contract.mailMedia, mayBeSent(patientId, 'ldl'))).status).toBe(409)
  })

  test('follows a merge of two files, and its undoing', async () => {
    const [fromId, intoId] = [await aPatient(), await aPatient({ name: '王桂香二' })]
    await manager.call(contract.showMediaCode, mayBeSent(fromId, 'ldl'))
    const merge = { fromId, intoId, mergeId: house.house.ids.next<string>() }
    const of = async (id: string) =>
      (
        await sql`select 1 from media_sent where organization_id = ${house.tenant.id} and patient_id = ${id}`.execute(
          db(),
        )
      ).rows.length
    const handle = (event: unknown) => room.listeners!.find((one) => one.event === event)!.handle
    await house.write((ctx) => handle(patientMerged)(ctx, merge as never, ''))
    expect([await of(fromId), await of(intoId)]).toEqual([0, 1])
    await house.write((ctx) => handle(patientUnmerged)(ctx, merge as never, ''))
    expect([await of(fromId), await of(intoId)]).toEqual([1, 0])
  })
})

describe('who may', () => {
  test.each(['service-manager', 'counsellor', 'quality-lead', 'physician'] as const)(
    'a %s looks and writes nothing',
    async (role) => {
      const who = await house.as(role)
      expect((await who.call(contract.listMedia)).can).toEqual({ write: false, publish: false })
      expect((await save(aMedia(await aPicture(), { code: 'mine' }), 0, who)).status).toBe(403)
      expect((await upload(A_DRAWING, who)).status).toBe(403)
    },
  )

  test.each(['sales-manager', 'front-desk', 'corporate-hr'] as const)('a %s sees none', async (role) => {
    expect((await (await house.as(role)).try(contract.listMedia)).status).toBe(403)
  })

  test.each(['content-editor', 'medical-reviewer', 'counsellor', 'quality-lead'] as const)(
    'a %s sends none',
    async (role) => {
      const who = await house.as(role)
      expect((await who.try(contract.mailMedia, mayBeSent(await aPatient(), 'ldl'))).status).toBe(403)
    },
  )
})

// The last, since every session ends while the clock goes on.
test('a card that is over is shown to nobody, sent to nobody, and stands first in the library', async () => {
  const patientId = await aPatient()
  await save(aMedia(await aPicture(), { code: 'short', expiresOn: '2026-11-24' }))
  await publish('short')
  house.clock.advance({ days: 2 })
  const own = await house.asPatient(patientId)
  expect((await own.try(contract.readMyMedia, { params: { code: 'short' } })).code).toBe('MediaUnknown')
  expect((await own.call(contract.myMediaIndex)).rows.map(({ code }) => code)).not.toContain('short')
  const later = await house.as('service-manager')
  await house.write((ctx) => assignCarers(ctx, patientId, { doctorId: doctor.staffId, managerId: later.staffId }))
  expect((await later.call(contract.listMedia)).rows[0]).toMatchObject({ code: 'short', expired: true })
  expect((await later.try(contract.mailMedia, mayBeSent(patientId, 'short'))).code).toBe('MediaNotInForce')
})
