import { randomUUID } from 'node:crypto'
import excel from 'exceljs'
import { beforeAll, describe, expect, test } from 'vitest'
import { templateByCode, wantedTexts } from '../../clinical/questionnaire/template/index.ts'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import * as contract from './contract/questionnaire.ts'
import * as interviews from './contract/interviews.ts'
import { draftFromTemplate, listTemplates, readTemplateSheet } from './contract/templates.ts'
import { aPatientOf, aTeam, responseOf, type Team } from './sample-form.ts'

const house = await aHouse()
let team: Team
const staff = {} as Record<'content-editor' | 'medical-reviewer' | 'sales-manager' | 'physician', Caller>

beforeAll(async () => {
  team = await aTeam(house)
  for (const role of ['content-editor', 'medical-reviewer', 'sales-manager', 'physician'] as const)
    staff[role] = await house.as(role)
})

const textsOf = (code: string) =>
  wantedTexts(templateByCode(code)!).map((one) => ({ code: one.code, zh: `文字 ${one.code}`, en: '' }))
const draft = (code: string, texts = textsOf(code), revision = 0, by = staff['content-editor']) =>
  by.try(draftFromTemplate, { params: { code }, body: { texts, right: '书面同意 2026-05-01', revision } })
const stateOf = async (code: string) => {
  const { rows } = await staff['content-editor'].call(listTemplates)
  const found = rows.find((one) => one.code === code)!
  return [found.state, found.revision] as const
}
const publish = (code: string, revision: number, by = staff['medical-reviewer']) =>
  by.try(contract.publishDraft, { params: { code }, body: { revision } })
const invite = (patientId: never, code: string) =>
  team.physician.try(contract.invitePatient, { params: { patientId }, body: { code } })

describe('until the wording is here', () => {
  test('every scale is listed with its licence, and wants it', async () => {
    const { rows, can } = await staff['content-editor'].call(listTemplates)
    expect(rows.map(({ code }) => code).toSorted()).toEqual(
      ['barthel', 'cat', 'constitution-60', 'isi', 'mna-sf', 'morse-fall', 'pss-10', 'psqi', 'sas', 'sds'].toSorted(),
    )
    expect(rows.every(({ state, licence }) => state === 'wanting' && licence.zh.length > 8)).toBe(true)
    expect(rows.find(({ code }) => code === 'constitution-60')!.questions).toBe(60)
    expect(can.draft).toBe(true)
  })

  test('it can neither be sent nor filled in with somebody, and the refusal says why', async () => {
    const patientId = await aPatientOf(house, team)
    const sent = await invite(patientId, 'isi')
    expect([sent.status, sent.code]).toEqual([409, 'TextsWanted'])
    expect(JSON.stringify(sent)).toContain('失眠')
    const open = await team.physician.try(contract.inviteAnybody, { body: { code: 'isi' } })
    expect([open.status, open.code]).toEqual([409, 'TextsWanted'])
    const asked = await team.physician.try(interviews.openInterview, { params: { patientId, code: 'isi' } })
    expect([asked.status, asked.code]).toEqual([409, 'TextsWanted'])
    expect((await invite(patientId, 'no-such-thing')).code).toBe('QuestionnaireUnknown')
  })

  test.each<[string, () => ReturnType<typeof draft>, number, string]>([
    ['one text too few', () => draft('isi', textsOf('isi').slice(0, -1)), 422, 'TextsLacking'],
    [
      'an empty text',
      () =>
        draft(
          'isi',
          textsOf('isi').map((one) => ({ ...one, zh: one.code === 'isi-3' ? '  ' : one.zh })),
        ),
      422,
      'TextsLacking',
    ],
    [
      'a text of another scale',
      () => draft('isi', [...textsOf('isi'), { code: 'sas-1', zh: '文字', en: '' }]),
      422,
      'TextUnknown',
    ],
    ['a scale that is none', () => draft('phq-9', []), 404, 'QuestionnaireUnknown'],
    ['somebody who may not', () => draft('isi', textsOf('isi'), 0, staff['sales-manager']), 403, 'NotPermitted'],
  ])('%s makes no draft', async (_what, attempt, status, code) => {
    const answer = await attempt()
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(await stateOf('isi')).toEqual(['wanting', 0])
  })

  test('who may read questionnaires but not design them sees the list and no more', async () => {
    expect((await staff.physician.call(listTemplates)).can.draft).toBe(false)
    expect((await draft('isi', textsOf('isi'), 0, staff.physician)).status).toBe(403)
  })
})

test('brought, drafted, published by a second person, sent and scored', async () => {
  const patientId = await aPatientOf(house, team)
  const made = await draft('barthel')
  expect(made.status).toBe(200)
  const [state, revision] = await stateOf('barthel')
  expect([state, revision]).toEqual(['draft', 1])
  // A draft is not in force yet.
  expect((await invite(patientId, 'barthel')).code).toBe('TextsWanted')
  const view = await staff['medical-reviewer'].call(contract.readDefinition, {
    params: { code: 'barthel', version: 1 },
  })
  expect(view.licence).toMatch(/马里兰.*使用依据：书面同意 2026-05-01/s)
  expect([view.reading.problems, view.reading.unsupported, view.reading.toEmbed]).toEqual([[], [], []])
  expect((await publish('barthel', revision)).status).toBe(200)
  expect((await stateOf('barthel'))[0]).toBe('active')
  const sent = await invite(patientId, 'barthel')
  expect(sent.status).toBe(200)
  const answers = [10, 0, 5, 10, 10, 10, 10, 15, 15, 10].map((points, n) => [
    `barthel-${n + 1}`,
    { system: `urn:peiban:scale:barthel:${n + 1}`, code: String(points) },
  ])
  const kept = await nobody(house).call(contract.submitLink, {
    params: { token: (sent.body as unknown as { link: string }).link.split('/fill/')[1]! },
    body: { birthDate: '1970-05-06', submission: randomUUID(), response: responseOf(Object.fromEntries(answers)) },
  })
  // Its card asks that a clinician reads it first: the person is told nothing, the team all.
  expect([kept.result, kept.scores]).toEqual(['kept', []])
  const { rows } = await team.physician.call(contract.responsesOf, { params: { patientId } })
  expect(rows).toMatchObject([{ author: 'patient', scores: [{ code: 'total', value: 95, band: 'mild' }] }])
})

test('who drafted it does not publish it', async () => {
  const both = await house.as(['content-editor', 'medical-reviewer'])
  expect((await draft('cat', textsOf('cat'), 0, both)).status).toBe(200)
  const own = await publish('cat', 1, both)
  expect([own.status, own.code]).toEqual([403, 'OwnQuestionnaire'])
  expect((await publish('cat', 1)).status).toBe(200)
})

test('two who bring the wording at once: one is kept, the other is told', async () => {
  const answers = await Promise.all([draft('psqi'), draft('psqi')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)!.code).toBe('ChangedMeanwhile')
  expect((await draft('psqi', textsOf('psqi'), 1)).status).toBe(200)
  expect(await stateOf('psqi')).toEqual(['draft', 2])
})

test('SDS is of the mind: for known people only, and item 19 calls somebody at once', async () => {
  const patientId = await aPatientOf(house, team)
  await draft('sds')
  await publish('sds', 1)
  expect((await team.physician.try(contract.inviteAnybody, { body: { code: 'sds' } })).code).toBe('NotForAnybody')
  const answers = Array.from({ length: 20 }, (_, n) => [
    `sds-${n + 1}`,
    { system: 'urn:peiban:scale:sds:answer', code: n === 18 ? '2' : '1' },
  ])
  const kept = await team.physician.call(contract.answerForPatient, {
    params: { patientId },
    body: { code: 'sds', version: 1, submission: randomUUID(), response: responseOf(Object.fromEntries(answers)) },
  })
  expect(kept.urgent).toBe(true)
  // Ten reversed at 4, ten at 1, one of them at 2: 51, × 1.25 = 63.75, the integer part.
  expect(kept.response.scores).toMatchObject([{ code: 'standard', value: 63 }])
})

describe('a sheet', () => {
  const send = async (content: Buffer | string, who = staff['content-editor']) => {
    const answer = await house.app.inject({
      method: 'POST',
      url: `/api${readTemplateSheet.path}`,
      headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream', 'x-file-name': 'x' },
      cookies: { peiban_session: who.token },
      payload: Buffer.from(content as string),
    })
    return [answer.statusCode, answer.json() as { code?: string; rows?: string[][] }] as const
  }

  test('of Excel and as CSV gives its rows', async () => {
    const book = new excel.Workbook()
    book.addWorksheet('文字').addRows([
      ['编码', '中文'],
      ['isi-1', '一'],
      ['isi-2', 2],
    ])
    const rows = [
      ['编码', '中文'],
      ['isi-1', '一'],
      ['isi-2', '2'],
    ]
    expect(await send(Buffer.from(await book.xlsx.writeBuffer()))).toEqual([200, { rows }])
    expect(await send('\uFEFF编码,中文\r\nisi-1,一\r\nisi-2,2\r\n')).toEqual([200, { rows }])
  })

  test.each<[string, Buffer | string, number, string]>([
    ['nothing', '', 415, 'SheetUnreadable'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 415, 'ImportFileOldExcel'],
    ['a broken one', Buffer.from('PK\u0003\u0004 and then nothing of use'), 415, 'SheetUnreadable'],
    ['three megabytes', 'x'.repeat(3 * 1024 * 1024), 413, 'ImportFileTooLarge'],
  ])('of %s is refused', async (_what, content, status, code) => {
    const [got, body] = await send(content)
    expect([got, body.code]).toEqual([status, code])
  })

  test('is read for nobody who may not design', async () => {
    expect((await send('a,b', staff['sales-manager']))[0]).toBe(403)
  })
})

test('a control character that was pasted into a draft or an answer costs nothing', async () => {
  const patientId = await aPatientOf(house, team)
  const texts = textsOf('mna-sf').map((one) => ({ ...one, zh: `${one.zh}\u0000\u0007` }))
  expect((await draft('mna-sf', texts)).status).toBe(200)
  const definition = {
    resourceType: 'Questionnaire',
    language: 'zh-CN',
    title: '一句\u0000话',
    item: [{ linkId: 'word', type: 'string', text: '想说\u0000什么？', required: true }],
  }
  await staff['content-editor'].call(contract.saveDraft, {
    params: { code: 'one-word' },
    body: { definition: definition as never, revision: 0 },
  })
  expect((await publish('one-word', 1)).status).toBe(200)
  const kept = await team.physician.call(contract.answerForPatient, {
    params: { patientId },
    body: {
      code: 'one-word',
      version: 1,
      submission: randomUUID(),
      response: responseOf({ word: '头\u0000痛\ud800' }),
    },
  })
  const read = await team.physician.call(contract.readResponse, { params: { patientId, responseId: kept.response.id } })
  expect(JSON.stringify(read.response)).toContain('头痛\ufffd')
})
