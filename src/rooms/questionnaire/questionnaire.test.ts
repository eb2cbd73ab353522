import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { shippedQuestionnaires } from '../../clinical/questionnaire/content/index.ts'
import { aHouse, nobody, type Caller } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import * as contract from './contract/questionnaire.ts'
import { installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
const stranger = nobody(house)
const roles = [
  'physician',
  'service-manager',
  'counsellor',
  'content-editor',
  'medical-reviewer',
  'sales-manager',
] as const
const staff = {} as Record<(typeof roles)[number], Caller>
let patientId = '' as never
let count = 0

const aPatient = async (birthDate: string | null = '1970-05-06') => {
  const id = await house.write((ctx) =>
    registerPatient(ctx, {
      name: `问卷客${'甲乙丙丁戊己庚辛'[count % 8]}`,
      phone: `1360000${String(++count).padStart(4, '0')}`,
      ...(birthDate ? { birthDate } : {}),
    } as never),
  )
  await house.write((ctx) =>
    assignCarers(ctx, id, {
      doctorId: staff.physician.staffId,
      managerId: staff['service-manager'].staffId,
      counsellorId: staff.counsellor.staffId,
    } as never),
  )
  return id as never
}

beforeAll(async () => {
  for (const role of roles) staff[role] = await house.as(role)
  expect(await house.write(installShippedQuestionnaires)).toBe(shippedQuestionnaires.length)
  patientId = await aPatient()
})

const OPTIONS = ['not-at-all', 'several-days', 'more-than-half', 'nearly-every-day']
/** PHQ-9 with these points for its nine questions. */
function phq9(points: readonly number[], codes: readonly string[] = optionCodes()) {
  return {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: points.map((worth, n) => ({
      linkId: `phq9-${n + 1}`,
      answer: [{ valueCoding: { system: 'urn:peiban:scale:two-weeks', code: codes[worth] } }],
    })),
  }
}
function optionCodes(): string[] {
  const item = shippedQuestionnaires.find((one) => one.name === 'phq-9')!.item!.find((one) => one.linkId === 'phq9-1')!
  const codes = item.answerOption!.map((one) => (one['valueCoding'] as { code: string }).code)
  expect(codes).toHaveLength(OPTIONS.length)
  return codes
}
const submitted = (points: readonly number[]) => ({
  code: 'phq-9',
  version: 1,
  submission: randomUUID(),
  response: phq9(points) as never,
})
const tokenOf = (link: string) => link.split('/fill/')[1]!
const openTasks = (of: string) =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('task')
    .select(['type', 'priority', 'alert', 'source_key'])
    .where('patient_id', '=', of)
    .where('source', '=', 'questionnaire')
    .execute()
const responses = async (of: string) =>
  (
    await house.house.databases
      .of(house.tenant.id)
      .selectFrom('questionnaire_response')
      .select('id')
      .where('patient_id', '=', of)
      .execute()
  ).length

describe('S0-3 a questionnaire and its versions', () => {
  const definition = {
    resourceType: 'Questionnaire',
    status: 'draft',
    title: '睡眠自测',
    item: [{ linkId: 'hours', type: 'decimal', text: '昨晚睡了几小时？', required: true }],
  }

  test('one drafts, another publishes, and the version before it is retired', async () => {
    const [editor, reviewer] = [staff['content-editor'], staff['medical-reviewer']]
    const draft = await editor.call(contract.saveDraft, {
      params: { code: 'sleep' },
      body: { definition, revision: 0, sensitivity: 'ordinary', licence: '', source: '' },
    })
    expect(draft).toMatchObject({ version: 1, state: 'draft', questions: 1, revision: 1, title: { zh: '睡眠自测' } })
    expect(draft.can).toEqual({ edit: true, publish: false })
    expect(
      await reviewer.call(contract.publishDraft, { params: { code: 'sleep' }, body: { revision: 1 } }),
    ).toMatchObject({
      state: 'active',
      publishedBy: reviewer.name,
    })
    const second = await editor.call(contract.saveDraft, {
      params: { code: 'sleep' },
      body: { definition: { ...definition, title: '睡眠自测（二）' }, revision: 0 },
    })
    expect(second.version).toBe(2)
    await reviewer.call(contract.publishDraft, { params: { code: 'sleep' }, body: { revision: second.revision } })
    const { rows } = await editor.call(contract.listDefinitions)
    expect(rows.filter((row) => row.code === 'sleep').map((row) => [row.version, row.state])).toEqual([[2, 'active']])
    const first = await editor.call(contract.readDefinition, { params: { code: 'sleep', version: '1' } as never })
    expect(first).toMatchObject({ state: 'retired', title: { zh: '睡眠自测' } })
  })

  test('whoever wrote the draft does not publish it, and nothing has changed then', async () => {
    const reviewer = staff['medical-reviewer']
    const draft = await reviewer.call(contract.saveDraft, {
      params: { code: 'own' },
      body: { definition, revision: 0 },
    })
    const answer = await reviewer.try(contract.publishDraft, {
      params: { code: 'own' },
      body: { revision: draft.revision },
    })
    expect([answer.status, answer.code]).toEqual([403, 'OwnQuestionnaire'])
    const { state } = await reviewer.call(contract.readDefinition, { params: { code: 'own', version: '1' } as never })
    expect(state).toBe('draft')
  })

  test('a circle in its logic is kept as a draft, named, and not published', async () => {
    const circle = {
      ...definition,
      item: [
        {
          linkId: 'a',
          type: 'boolean',
          text: 'A',
          enableWhen: [{ question: 'b', operator: '=', answerBoolean: true }],
        },
        {
          linkId: 'b',
          type: 'boolean',
          text: 'B',
          enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
        },
      ],
    }
    const draft = await staff['content-editor'].call(contract.saveDraft, {
      params: { code: 'circle' },
      body: { definition: circle, revision: 0 },
    })
    expect(draft.reading.problems.map((one) => one['code'])).toEqual(['cycle'])
    const answer = await staff['medical-reviewer'].try(contract.publishDraft, {
      params: { code: 'circle' },
      body: { revision: draft.revision },
    })
    expect([answer.status, answer.code]).toEqual([422, 'DefinitionFaulty'])
  })

  test('two keep the same draft at once: one is told to look again', async () => {
    const keep = (title: string) =>
      staff['content-editor'].try(contract.saveDraft, {
        params: { code: 'twice' },
        body: { definition: { ...definition, title }, revision: 0 },
      })
    const answers = await Promise.all(['一', '二', '三'].map(keep))
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409, 409])
  })

  test('what is no questionnaire is refused in words', async () => {
    const answer = await staff['content-editor'].try(contract.saveDraft, {
      params: { code: 'none' },
      body: { definition: { resourceType: 'Patient' }, revision: 0 },
    })
    expect([answer.status, answer.code]).toEqual([422, 'NotAQuestionnaire'])
  })
})

describe('answers', () => {
  test('are scored and kept, and the band asks for its task once', async () => {
    const body = submitted([2, 2, 2, 2, 2, 0, 0, 0, 0])
    const first = await staff.physician.call(contract.answerForPatient, { params: { patientId }, body })
    expect(first).toMatchObject({ created: true, urgent: false })
    expect(first.response.scores).toMatchObject([{ code: 'total', value: 10, band: 'moderate' }])
    const again = await staff.physician.call(contract.answerForPatient, { params: { patientId }, body })
    expect([again.created, again.response.id]).toEqual([false, first.response.id])
    expect(await openTasks(patientId)).toHaveLength(1)
  })

  test('S0-47 the ninth question of PHQ-9 asks for a call at once, whatever the sum', async () => {
    const person = await aPatient()
    const kept = await staff.counsellor.call(contract.answerForPatient, {
      params: { patientId: person },
      body: submitted([0, 0, 0, 0, 0, 0, 0, 0, 1]),
    })
    expect(kept.urgent).toBe(true)
    expect(await openTasks(person)).toMatchObject([{ type: 'call', priority: 'stat' }])
  })

  test('what is missing is named, and nothing is kept', async () => {
    const person = await aPatient()
    const answer = await staff.physician.try(contract.answerForPatient, {
      params: { patientId: person },
      body: { ...submitted([]), response: phq9([1, 1]) as never },
    })
    expect([answer.status, answer.code]).toEqual([422, 'AnswersIncomplete'])
    expect([await responses(person), await openTasks(person)]).toEqual([0, []])
  })

  test('a correction is a new version with its reason; the second at once is told to look again', async () => {
    const person = await aPatient()
    const { response } = await staff.physician.call(contract.answerForPatient, {
      params: { patientId: person },
      body: submitted([1, 1, 1, 1, 1, 0, 0, 0, 0]),
    })
    const correct = (points: number[]) =>
      staff.physician.try(contract.correctResponse, {
        params: { patientId: person, responseId: response.id },
        body: { submission: randomUUID(), response: phq9(points) as never, because: '客户说第一题听错了' },
      })
    const both = await Promise.all([correct([0, 1, 1, 1, 1, 0, 0, 0, 0]), correct([2, 1, 1, 1, 1, 0, 0, 0, 0])])
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409])
    const { rows } = await staff.physician.call(contract.responsesOf, { params: { patientId: person } })
    expect(rows).toHaveLength(2)
    const old = rows.find((row) => row.id === response.id)!
    expect(old.supersededBy).toBe(rows.find((row) => row.id !== response.id)!.id)
    const one = await staff.physician.call(contract.readResponse, {
      params: { patientId: person, responseId: rows[0]!.id },
    })
    expect(one).toMatchObject({ corrects: response.id, because: '客户说第一题听错了' })
  })

  test('R2 a scale of the mind shows to physicians and counsellors, not to managers; sales see none at all', async () => {
    const seen = (who: Caller) =>
      who.call(contract.responsesOf, { params: { patientId } }).then(({ rows }) => rows.length)
    expect(await seen(staff.physician)).toBeGreaterThan(0)
    expect(await seen(staff.counsellor)).toBeGreaterThan(0)
    expect(await seen(staff['service-manager'])).toBe(0)
    expect((await staff['sales-manager'].try(contract.responsesOf, { params: { patientId } })).status).toBe(403)
  })
})

describe('a link', () => {
  const inviteTo = async (person: never) =>
    tokenOf(
      (
        await staff.physician.call(contract.invitePatient, {
          params: { patientId: person },
          body: { code: 'phq-9', closesAt: null },
        })
      ).link,
    )
  const birthDate = '1970-05-06'

  test('tells a stranger nothing, opens with the date of birth, keeps what is half done, and takes the answers once', async () => {
    const person = await aPatient()
    const token = await inviteTo(person)
    expect(await stranger.call(contract.lookAtLink, { params: { token } })).toMatchObject({
      state: 'open',
      title: null,
      needsBirthDate: true,
      questions: 10,
    })
    const wrong = await stranger.call(contract.openLink, { params: { token }, body: { birthDate: '1970-05-07' } })
    expect(wrong).toEqual({
      result: 'wrong-birth-date',
      triesLeft: 4,
      definition: null,
      today: null,
      submission: null,
      draft: null,
      known: null,
    })
    const opened = await stranger.call(contract.openLink, { params: { token }, body: { birthDate } })
    expect([opened.result, opened.definition?.['name'], opened.draft]).toEqual(['open', 'phq-9', null])
    const half = phq9([1, 2])
    const kept = await stranger.call(contract.keepDraft, {
      params: { token },
      body: { birthDate, response: half as never },
    })
    expect(kept.keptAt).toBe(house.clock.now().toISOString())
    expect((await stranger.call(contract.openLink, { params: { token }, body: { birthDate } })).draft).toEqual(half)
    const incomplete = await stranger.call(contract.submitLink, {
      params: { token },
      body: { birthDate, submission: randomUUID(), response: half as never },
    })
    expect([incomplete.result, incomplete.missing.length]).toEqual(['incomplete', 7])
    const body = { birthDate, submission: randomUUID(), response: phq9([1, 1, 1, 1, 1, 1, 1, 1, 0]) as never }
    const results = await Promise.all(
      [1, 2, 3].map(() => stranger.call(contract.submitLink, { params: { token }, body })),
    )
    expect(results.map((one) => one.result).toSorted()).toEqual(['kept', 'kept-before', 'kept-before'])
    expect(results.flatMap((one) => one.scores)).toEqual([])
    expect(await responses(person)).toBe(1)
    expect((await stranger.call(contract.lookAtLink, { params: { token } })).state).toBe('answered')
    const { rows } = await staff.physician.call(contract.responsesOf, { params: { patientId: person } })
    expect(rows).toMatchObject([{ author: 'patient', scores: [{ value: 8, band: 'mild' }] }])
  })

  test('locks after five wrong dates, also when they come at once, and the right one opens it no more', async () => {
    const token = await inviteTo(await aPatient())
    const wrong = (day: number) =>
      stranger.call(contract.openLink, { params: { token }, body: { birthDate: `1980-01-0${day}` } })
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(wrong))
    expect(answers.filter((one) => one.result === 'wrong-birth-date')).toHaveLength(4)
    expect((await stranger.call(contract.openLink, { params: { token }, body: { birthDate } })).result).toBe('locked')
  })

  test('one open link per person and questionnaire; withdrawn, it takes no answers and another may be sent', async () => {
    const person = await aPatient()
    const token = await inviteTo(person)
    const second = await staff.physician.try(contract.invitePatient, {
      params: { patientId: person },
      body: { code: 'phq-9' },
    })
    expect([second.status, second.code]).toEqual([409, 'InvitedAlready'])
    const { rows } = await staff.physician.call(contract.invitationsOf, { params: { patientId: person } })
    await staff.physician.call(contract.withdrawInvitation, { params: { invitationId: rows[0]!.id } })
    const answer = await stranger.call(contract.submitLink, {
      params: { token },
      body: { birthDate, submission: randomUUID(), response: phq9([0, 0, 0, 0, 0, 0, 0, 0, 3]) as never },
    })
    expect([answer.result, await responses(person), await openTasks(person)]).toEqual(['not-open', 0, []])
    expect(await inviteTo(person)).not.toBe(token)
  })

  test('closes at its time, and is not sent without a date of birth', async () => {
    const person = await aPatient()
    const closesAt = new Date(house.clock.now().getTime() + 600_000).toISOString()
    const { link } = await staff.physician.call(contract.invitePatient, {
      params: { patientId: person },
      body: { code: 'gad-7', closesAt },
    })
    house.clock.advance({ minutes: 11 })
    expect((await stranger.call(contract.lookAtLink, { params: { token: tokenOf(link) } })).state).toBe('closed')
    const unknown = await staff.physician.try(contract.invitePatient, {
      params: { patientId: await aPatient(null) },
      body: { code: 'gad-7' },
    })
    expect([unknown.status, unknown.code]).toEqual([422, 'BirthDateWanted'])
  })

  test('for anybody counts to its quota, and never asks a scale of the mind', async () => {
    const mental = await staff.physician.try(contract.inviteAnybody, { body: { code: 'phq-9' } })
    expect([mental.status, mental.code]).toEqual([422, 'NotForAnybody'])
    const { link } = await staff.physician.call(contract.inviteAnybody, { body: { code: 'sleep', quota: 2 } })
    const token = tokenOf(link)
    expect(await stranger.call(contract.lookAtLink, { params: { token } })).toMatchObject({
      state: 'open',
      needsBirthDate: false,
    })
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'hours', answer: [{ valueDecimal: 6.5 }] }],
    }
    const submit = () =>
      stranger.call(contract.submitLink, { params: { token }, body: { submission: randomUUID(), response } })
    const results = await Promise.all([submit(), submit(), submit(), submit()])
    expect(results.map((one) => one.result).toSorted()).toEqual(['kept', 'kept', 'not-open', 'not-open'])
    expect((await stranger.call(contract.lookAtLink, { params: { token } })).state).toBe('full')
    const few = await staff.physician.call(contract.statistics, { params: { code: 'sleep' } })
    expect(few).toMatchObject({ n: 2, withheld: true, bands: [], items: [] })
  })

  test('a newer version leaves a link as it is; retiring the questionnaire closes it', async () => {
    const [editor, reviewer] = [staff['content-editor'], staff['medical-reviewer']]
    const { link } = await staff.physician.call(contract.inviteAnybody, { body: { code: 'sleep' } })
    const params = { token: tokenOf(link) }
    const state = async () => (await stranger.call(contract.lookAtLink, { params })).state
    const definition = {
      resourceType: 'Questionnaire',
      title: '三',
      item: [{ linkId: 'x', type: 'boolean', text: '？' }],
    }
    const next = await editor.call(contract.saveDraft, { params: { code: 'sleep' }, body: { definition, revision: 0 } })
    await reviewer.call(contract.publishDraft, { params: { code: 'sleep' }, body: { revision: next.revision } })
    expect([await state(), (await stranger.call(contract.openLink, { params, body: {} })).result]).toEqual([
      'open',
      'open',
    ])
    await reviewer.call(contract.retireDefinition, { params: { code: 'sleep' } })
    expect([await state(), (await stranger.call(contract.openLink, { params, body: {} })).result]).toEqual([
      'away',
      'not-open',
    ])
  })

  test('a token that is none of ours is nothing', async () => {
    const token = `${house.tenant.id.replaceAll('-', '')}.${'x'.repeat(43)}`
    expect((await stranger.call(contract.lookAtLink, { params: { token } })).state).toBe('unknown')
    expect((await stranger.call(contract.openLink, { params: { token }, body: {} })).result).toBe('not-open')
  })
})

test('statistics from five answers on: bands and answers with their counts', async () => {
  for (let n = 0; n < 5; n++)
    await staff.physician.call(contract.answerForPatient, {
      params: { patientId: await aPatient() },
      body: submitted([0, 0, 0, 0, 0, 0, 0, 0, 0]),
    })
  const { n, withheld, bands, items } = await staff.physician.call(contract.statistics, { params: { code: 'phq-9' } })
  expect(withheld).toBe(false)
  expect(bands.reduce((sum, one) => sum + one.n, 0)).toBe(n)
  const ninth = items.find((one) => one.linkId === 'phq9-9')!
  expect(ninth.answers.reduce((sum, one) => sum + one.n, 0)).toBe(n)
})
