import { randomUUID } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import { pdfPageTexts } from '../../platform/print/pdf-text.ts'
import * as kiosks from './contract/kiosks.ts'
import { printBlank, printResponse } from './contract/print.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, responseOf, type Team } from './sample-form.ts'
import { closeFormPrinter, installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
const stranger = nobody(house)
let team: Team
afterAll(closeFormPrinter)

/** A cough asks for its kind; the hidden sum is for machines alone. */
const FORM = {
  resourceType: 'Questionnaire',
  title: '咳嗽小问卷',
  language: 'zh-CN',
  item: [
    {
      linkId: 'part',
      type: 'group',
      text: '最近一周',
      item: [{ linkId: 'cough', type: 'boolean', text: '您咳嗽吗？', required: true }],
    },
    {
      linkId: 'kind',
      type: 'choice',
      text: '哪一种咳嗽？',
      enableWhen: [{ question: 'cough', operator: '=', answerBoolean: true }],
      answerOption: [
        { valueCoding: { system: 's', code: 'dry', display: '干咳' }, extension: [weight(1)] },
        { valueCoding: { system: 's', code: 'wet', display: '有痰' }, extension: [weight(2)] },
      ],
    },
    { linkId: 'words', type: 'text', text: '还想说什么？' },
    {
      linkId: 'secret',
      type: 'integer',
      text: '机器用的',
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }],
    },
  ],
  scoring: {
    scores: [
      {
        code: 'cough',
        name: { zh: '咳嗽分', en: 'Cough' },
        method: 'sum',
        items: ['kind'],
        bands: [
          { code: 'yes', from: 1, text: { zh: '有咳嗽', en: 'Coughs' }, advice: { zh: '多喝温水。', en: 'Drink.' } },
        ],
      },
    ],
  },
}
function weight(valueDecimal: number) {
  return { url: 'http://hl7.org/fhir/StructureDefinition/itemWeight', valueDecimal }
}

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
  await publish(house, 'cough', FORM)
})

/** The first question stands within a group. */
function given({ cough, ...rest }: Parameters<typeof responseOf>[0]): never {
  const { item, ...head } = responseOf({ cough: cough!, ...rest }) as { item: object[] }
  return { ...head, item: [{ linkId: 'part', item: item.slice(0, 1) }, ...item.slice(1)] } as never
}

const wet = { code: 'wet', system: 's' }
const answer = async (patientId: never, answers: Parameters<typeof responseOf>[0]) =>
  (
    await team.manager.call(contract.answerForPatient, {
      params: { patientId },
      body: { code: 'cough', version: 1, submission: randomUUID(), response: given(answers) },
    })
  ).response.id
const paperOf = (patientId: never, responseId: string, who: Caller = team.manager, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  who.try(printResponse, { params: { patientId, responseId: responseId as never } }, { locale })
const textOf = (paper: Awaited<ReturnType<typeof paperOf>>) => {
  expect([paper.status, paper.raw.headers['content-type']]).toEqual([200, 'application/pdf'])
  return pdfPageTexts(paper.raw.rawPayload)
}

describe('an answered questionnaire on paper', () => {
  test('says whose it is, when and how it was filled in, each question with its answer, and what it came to', async () => {
    const patientId = await aPatientOf(house, team, { name: '欧阳䶮' })
    const id = await answer(patientId, { cough: true, kind: wet, words: '夜里重，\n躺下就咳😀。' })
    const pages = textOf(await paperOf(patientId, id))
    expect(pages).toHaveLength(1)
    const said = [
      house.tenant.name,
      '咳嗽小问卷',
      'cough · 第 1 版',
      '欧阳䶮',
      '1970-05-06',
      '2026-03-02 10:00',
      '同事当面或电话询问',
      '最近一周',
      '您咳嗽吗？',
      '有痰（2 分）',
      '夜里重，',
      '有咳嗽',
      '2 分',
      '多喝温水。',
      '结果只供健康管理参考，不是诊断。',
      '填写人签名',
      '第 1 页，共 1 页',
      '〓 表示',
    ]
    expect(said.filter((words) => !pages[0]!.includes(words))).toEqual([])
    expect(pages[0]).not.toContain('机器用的')
  })

  test('leaves out what was not asked in the end, and names what was left open', async () => {
    const patientId = await aPatientOf(house, team)
    const [page] = textOf(await paperOf(patientId, await answer(patientId, { cough: false })))
    expect(page).not.toContain('哪一种咳嗽')
    expect(page).toContain('还想说什么？未答')
    expect(page).toContain('没有计分，缺 1 题')
  })

  test('with the logo of the house above it', async () => {
    const { key } = await house.house.files.put(house.tenant.id, aPicture())
    const set = (logo: string | null) =>
      sql`update organization set logo_file = ${logo} where id = ${house.tenant.id}`.execute(
        house.house.databases.of(house.tenant.id),
      )
    const patientId = await aPatientOf(house, team)
    const id = await answer(patientId, { cough: false })
    const pictures = async () =>
      (await paperOf(patientId, id)).raw.rawPayload.toString('latin1').match(/\/Subtype\s*\/Image/g)?.length ?? 0
    expect(await pictures()).toBe(0)
    await set(key)
    expect(await pictures()).toBeGreaterThan(0)
    await set(null)
  })

  test('in the language of whoever prints it', async () => {
    const patientId = await aPatientOf(house, team)
    const id = await answer(patientId, { cough: true, kind: wet })
    const [page] = textOf(await paperOf(patientId, id, team.manager, 'en'))
    expect(
      ['Coughs', 'Page 1 of 1', 'not a diagnosis', 'Staff signature'].filter((one) => !page!.includes(one)),
    ).toEqual([])
  })

  test('long answers go on over pages that are numbered', async () => {
    const patientId = await aPatientOf(house, team)
    const id = await answer(patientId, {
      cough: true,
      kind: wet,
      words: '夜里咳得睡不着，家里人也睡不好。'.repeat(160),
    })
    const pages = textOf(await paperOf(patientId, id))
    expect(pages.length).toBeGreaterThan(1)
    expect(pages[1]).toContain(`第 2 页，共 ${pages.length} 页`)
    expect(pages[1]).toContain('咳嗽小问卷')
  })

  test('a correction says so on both papers', async () => {
    const patientId = await aPatientOf(house, team)
    const id = await answer(patientId, { cough: true, kind: wet })
    const corrected = await team.manager.call(contract.correctResponse, {
      params: { patientId, responseId: id },
      body: { submission: randomUUID(), response: given({ cough: false }), because: '客户听错了' },
    })
    expect(textOf(await paperOf(patientId, id))[0]).toContain('以更正后的为准')
    const [page] = textOf(await paperOf(patientId, corrected.response.id))
    expect(page).toContain('更正原因：客户听错了')
    expect(page).toContain(`${team.manager.name} 更正`)
  })

  test.each(['link', 'kiosk'] as const)('knows that it came by %s', async (way) => {
    const patientId = await aPatientOf(house, team)
    const made = await team.manager.call(contract.invitePatient, { params: { patientId }, body: { code: 'cough' } })
    let token = made.link.split('/fill/')[1]!
    if (way === 'kiosk') {
      const tablet = await team.manager.call(kiosks.setUpKiosk, { body: { name: '候诊区' } })
      const { code } = await team.manager.call(kiosks.codeForKiosk, { params: { invitationId: made.id } })
      const params = { token: tablet.link.split('/kiosk/')[1]! }
      token = (await stranger.call(kiosks.openKiosk, { params, body: { code } })).token!
    }
    const body = { birthDate: '1970-05-06', submission: randomUUID(), response: given({ cough: false }) }
    const { responseId } = await stranger.call(contract.submitLink, { params: { token }, body })
    const [page] = textOf(await paperOf(patientId, responseId!))
    expect(page).toContain(way === 'kiosk' ? '院内平板' : '手机链接')
    expect(page).toContain('本人')
  })

  test('of a scale of mood and mind for physicians and counsellors only; each paper is in the audit log', async () => {
    const patientId = await aPatientOf(house, team)
    const system = 'urn:peiban:scale:two-weeks'
    const nine = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`phq9-${n + 1}`, { system, code: 'not-at-all' }]),
    )
    const { response } = await team.physician.call(contract.answerForPatient, {
      params: { patientId },
      body: { code: 'phq-9', version: 1, submission: randomUUID(), response: responseOf(nine) },
    })
    expect((await paperOf(patientId, response.id)).code).toBe('ResponseUnknown')
    expect(textOf(await paperOf(patientId, response.id, team.counsellor)).join('')).toContain('不是诊断')
    const { rows } = await sql<{ outcome: string; subject_id: string }>`
      select outcome, subject_id from audit_entry where patient_id = ${patientId as string}
        and action = 'questionnaire.print-response' order by at`.execute(house.house.databases.of(house.tenant.id))
    expect(rows).toEqual([{ outcome: 'done', subject_id: response.id }])
  })

  test('is nothing to who may not, nor in another house', async () => {
    const patientId = await aPatientOf(house, team)
    const id = await answer(patientId, { cough: false })
    const sales = await house.as('sales-manager')
    const other = await house.as('service-manager')
    const elsewhere = await house.as('service-manager', { tenant: await house.anOrganization() })
    expect((await paperOf(patientId, id, sales)).status).toBe(403)
    expect((await paperOf(patientId, id, other)).status).toBe(404)
    expect((await paperOf(patientId, id, elsewhere)).status).toBe(404)
    const somebody = await aPatientOf(house, team)
    expect((await paperOf(somebody, id)).code).toBe('ResponseUnknown')
  })
})

describe('a blank one for a pen', () => {
  const blank = (code: string, version = 1, locale: 'zh-CN' | 'en' = 'zh-CN') =>
    team.manager.try(printBlank, { params: { code, version: version as never } }, { locale })

  test('has its options, says when a question is to be answered, and leaves out what nobody fills in', async () => {
    const [page] = textOf(await blank('cough'))
    const said = ['姓名', '出生日期', '您咳嗽吗？', '是', '否', '当第 1 题', '干咳', '有痰', '可以不答', '填写人签名']
    expect(said.map((one) => one.replace('当', '')).filter((one) => !page!.includes(one))).toEqual([])
    expect(page).not.toContain('机器用的')
    expect(page).not.toContain('结果只供')
  })

  test('of every shipped questionnaire, in both languages; source and licence stand at its end', async () => {
    for (const code of ['phq-9', 'constitution-33', 'ipaq-sf', 'intake-mind'])
      for (const locale of ['zh-CN', 'en'] as const) {
        const pages = textOf(await blank(code, 1, locale))
        expect(pages.join('')).toContain(locale === 'en' ? 'Staff signature' : '医护人员签名')
      }
    expect(textOf(await blank('phq-9')).join('')).toContain('使用许可')
  })

  test('a draft says on its face that it is one; what nobody has is nothing', async () => {
    const editor = await house.as('content-editor')
    const definition = { ...FORM, title: '咳嗽小问卷二' } as never
    await editor.call(contract.saveDraft, { params: { code: 'cough' }, body: { definition, revision: 0 } })
    expect(textOf(await blank('cough', 2))[0]).toContain('草稿，没有发布')
    expect((await blank('no-such')).code).toBe('QuestionnaireUnknown')
    const sales = await house.as('corporate-hr')
    expect((await sales.try(printBlank, { params: { code: 'cough', version: 1 as never } })).status).toBe(403)
  })
})

/** A red PNG of 12 by 4 points with a transparent edge. */
function aPicture(): Buffer {
  const [width, height] = [12, 4]
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const row = Buffer.concat([
    Buffer.from([0]),
    ...Array.from({ length: width }, (_, x) => Buffer.from([200, 30, 30, x === 0 ? 0 : 255])),
  ])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
