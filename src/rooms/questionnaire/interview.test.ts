import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { recordObservations } from '../observation/server/index.ts'
import { mergePatients, proposeMerge } from '../patient/contract/merge.ts'
import * as interviews from './contract/interviews.ts'
import * as contract from './contract/questionnaire.ts'
import { aPatientOf, aTeam, publish, responseOf, VISIT_FORM, type Team } from './sample-form.ts'
import { installShippedQuestionnaires } from './server/index.ts'

const house = await aHouse()
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
  await publish(house, 'visit', VISIT_FORM)
})

const weigh = (patientId: string) =>
  house.write((ctx) =>
    recordObservations(ctx, [
      {
        id: ctx.ids.next(),
        patientId,
        code: 'weight',
        value: 71,
        unit: 'kg',
        effectiveAt: ctx.clock.now(),
        source: 'lab',
      },
    ]),
  )
const at = (patientId: never, code = 'visit') => ({ params: { patientId, code } })
const begin = (patientId: never, who = team.manager) => who.call(interviews.openInterview, at(patientId))
const half = responseOf({ worry: '睡不' })

describe('a colleague asks', () => {
  test('what is known is there, what was begun is there again at any desk, and goes with the answers', async () => {
    const patientId = await aPatientOf(house, team)
    await weigh(patientId)
    const opened = await begin(patientId)
    expect(opened).toMatchObject({ version: 1, draft: null, former: null, known: { answers: { weight: [71] } } })
    const { submission } = opened
    await team.manager.call(interviews.keepInterview, {
      ...at(patientId),
      body: { version: 1, submission, response: half },
    })
    expect(await begin(patientId)).toMatchObject({ submission, draft: half })
    const { draft } = await begin(patientId, team.physician)
    expect(draft).toBeNull()
    const body = { code: 'visit', version: 1, submission, response: responseOf({ weight: 71, worry: '睡不好' }) }
    await team.manager.call(contract.answerForPatient, { params: { patientId }, body })
    expect((await begin(patientId)).draft).toBeNull()
  })

  test('the draft is sealed, and may be thrown away', async () => {
    const patientId = await aPatientOf(house, team)
    const body = { version: 1, submission: randomUUID(), response: half }
    await team.manager.call(interviews.keepInterview, { ...at(patientId), body })
    const { draft_sealed } = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('questionnaire_interview')
      .select('draft_sealed')
      .where('patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    expect(draft_sealed.includes('睡不')).toBe(false)
    expect(await team.manager.call(interviews.dropInterview, at(patientId))).toEqual({ dropped: true })
    expect(await team.manager.call(interviews.dropInterview, at(patientId))).toEqual({ dropped: false })
  })

  test('two screens keep at once: one draft', async () => {
    const patientId = await aPatientOf(house, team)
    const keep = () =>
      team.manager.try(interviews.keepInterview, {
        ...at(patientId),
        body: { version: 1, submission: randomUUID(), response: half },
      })
    expect((await Promise.all([keep(), keep(), keep()])).map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('who may not read the record is shown nothing of it, and what they ask again is counted', async () => {
    const patientId = await aPatientOf(house, team)
    await weigh(patientId)
    expect((await begin(patientId, team.counsellor)).known.answers).toEqual({})
    const body = {
      code: 'visit',
      version: 1,
      submission: randomUUID(),
      response: responseOf({ weight: 71, worry: '累' }),
    }
    const { response } = await team.counsellor.call(contract.answerForPatient, { params: { patientId }, body })
    const row = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('questionnaire_response')
      .select(['known_count', 'asked_again'])
      .where('id', '=', response.id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ known_count: 0, asked_again: 1 })
  })

  test('R2 scales of the mind are asked by those who may read them', async () => {
    const patientId = await aPatientOf(house, team)
    const refused = await team.manager.try(interviews.openInterview, at(patientId, 'phq-9'))
    expect([refused.status, refused.code]).toEqual([403, 'MindAskedByOthers'])
    const body = { code: 'phq-9', version: 1, submission: randomUUID(), response: responseOf({}) }
    expect((await team.manager.try(contract.answerForPatient, { params: { patientId }, body })).code).toBe(
      'MindAskedByOthers',
    )
    expect((await team.counsellor.call(interviews.openInterview, at(patientId, 'phq-9'))).version).toBe(1)
    const sales = await house.as('sales-manager')
    expect((await sales.try(interviews.openInterview, at(patientId))).status).toBe(403)
  })

  test.each<[string, number, string | undefined]>([
    ['nosuch', 404, 'QuestionnaireUnknown'],
    ['UPPER CASE', 400, undefined],
  ])('the questionnaire %s: %d', async (code, status, problem) => {
    const answer = await team.manager.try(interviews.openInterview, at(await aPatientOf(house, team), code))
    expect([answer.status, problem && answer.code]).toEqual([status, problem])
  })
})

describe('a correction', () => {
  test('opens the version that was asked, with its answers; a newer one does not', async () => {
    const patientId = await aPatientOf(house, team)
    const body = { code: 'visit', version: 1, submission: randomUUID(), response: responseOf({ worry: '腿疼' }) }
    const { response } = await team.manager.call(contract.answerForPatient, { params: { patientId }, body })
    await publish(house, 'visit', { ...VISIT_FORM, title: '就诊前（二）' })
    const opened = await team.manager.call(interviews.openInterview, {
      ...at(patientId),
      query: { corrects: response.id },
    })
    expect(opened).toMatchObject({ version: 1, title: { zh: '就诊前' }, former: { item: [{ linkId: 'worry' }] } })
    expect((await begin(patientId)).version).toBe(2)
    const other = await team.manager.try(interviews.openInterview, {
      ...at(await aPatientOf(house, team)),
      query: { corrects: response.id },
    })
    expect([other.status, other.code]).toEqual([404, 'ResponseUnknown'])
  })
})

test('what was begun follows a merge', async () => {
  const [from, into] = [await aPatientOf(house, team), await aPatientOf(house, team)]
  const { version, submission } = await begin(from)
  await team.manager.call(interviews.keepInterview, { ...at(from), body: { version, submission, response: half } })
  const { proposalId } = await team.manager.call(proposeMerge, { body: { oneId: from, otherId: into } })
  await team.manager.call(mergePatients, {
    params: { proposalId },
    body: { intoId: into, chosen: {}, reason: '同一个人' },
  })
  await house.settle()
  expect((await begin(into)).submission).toBe(submission)
})
