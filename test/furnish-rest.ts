import { writeEntry } from '../src/rooms/understanding/contract/understanding.ts'
import { sql } from 'kysely'
import type { Tenant } from '../src/platform/context/context.ts'
import { changeCallRules, getCallRules } from '../src/rooms/call-desk/contract/rule.ts'
import { makeReport as makeCareReport } from '../src/rooms/care-figures/server/index.ts'
import { openCard, sendCode } from '../src/rooms/card/contract/card.ts'
import { inviteFor } from '../src/rooms/family/contract/staff.ts'
import { enrolChild } from '../src/rooms/growth/contract/growth.ts'
import { aChild } from '../src/rooms/growth/sample-child.ts'
import { aPhoto, photoAs, visitAs } from '../src/rooms/home-visit/sample-visit.ts'
import { printMany } from '../src/rooms/health-report/contract/batch.ts'
import { changeMedicationRule, getMedicationRule } from '../src/rooms/medication/contract/rule.ts'
import { aContent } from '../src/rooms/medication/sample-medicine.ts'
import { start } from '../src/rooms/medication/server/schedule.ts'
import { getMailDomain, setReturnPattern } from '../src/rooms/mail-domain/contract/mail-domain.ts'
import { aPlain } from '../src/rooms/mail-report/sample-reports.ts'
import { takeReport } from '../src/rooms/mail-report/server/take.ts'
import { changeRules, getRules } from '../src/rooms/message/contract/rule.ts'
import { addSuppression } from '../src/rooms/message/contract/suppression.ts'
import { readingTokenOf, sendDue } from '../src/rooms/message/server/index.ts'
import { insertStop } from '../src/rooms/message/server/stop-store.ts'
import { addProcedure } from '../src/rooms/observation/server/index.ts'
import { createIssue } from '../src/rooms/newsletter/contract/newsletter.ts'
import { changePraiseRule, getPraiseRule } from '../src/rooms/praise/contract/praise.ts'
import { givePraise } from '../src/rooms/praise/server/index.ts'
import { putLogo } from '../src/rooms/organization/contract/organization.ts'
import { createDepartment, createSite } from '../src/rooms/organization/contract/place.ts'
import { startImport, uploadImport, type ImportView } from '../src/rooms/patient/contract/import.ts'
import { listPatients } from '../src/rooms/patient/contract/patient.ts'
import { answerForPatient } from '../src/rooms/questionnaire/contract/responses.ts'
import { inviteAnybody } from '../src/rooms/questionnaire/contract/invitations.ts'
import { setUpKiosk } from '../src/rooms/questionnaire/contract/kiosks.ts'
import { makeReport } from '../src/rooms/readership/server/index.ts'
import { addSource } from '../src/rooms/report-intake/contract/sources.ts'
import { startTable, type TableUpload } from '../src/rooms/report-intake/contract/tables.ts'
import { sampleMessage } from '../src/rooms/report-intake/server/hl7/sample-message.ts'
import { processIntake } from '../src/rooms/report-intake/server/index.ts'
import { createSegment, saveSegment } from '../src/rooms/segment/contract/segment.ts'
import { createWorklist, listItems, makeTask } from '../src/rooms/segment/contract/worklist.ts'
import { getSmsAccount, setSmsAccount } from '../src/rooms/sms/contract/account.ts'
import { createApiKey } from '../src/rooms/staff/contract/api-key.ts'
import type { Role } from '../src/rooms/staff/contract/permissions.ts'
import { handOverMany } from '../src/rooms/task/contract/hand-over.ts'
import { createNewTask } from '../src/rooms/task/contract/task.ts'
import { addWeChatAccount, setWeComStaff } from '../src/rooms/wechat/contract/account.ts'
import { putPlatformTemplate } from '../src/rooms/wechat/contract/template.ts'
import { saveMenu } from '../src/rooms/wechat/contract/menu.ts'
import type { Caller, TestHouse } from './house.ts'

interface Furnishing {
  house: TestHouse
  tenant: Tenant
  staff: ReadonlyMap<Role, Caller>
}

/** What a demonstration does not show but a house has: what waits, what was refused, what was handed in, files and keys. */
export async function furnishRest(house: TestHouse, tenant: Tenant, staff: ReadonlyMap<Role, Caller>): Promise<void> {
  const given = { house, tenant, staff }
  await aChildOfTheProgramme(given)
  await placesAndKeys(given)
  await anImport(given)
  await resultsComeIn(given)
  await deskAndTasks(given)
  await shortMessages(given)
  await mailsComeBack(given)
  await aFileAsALink(given)
  await aSegmentAndAList(given)
  await anIssueIsWritten(given)
  await accountsWithWeChat(given)
  await mailsThatWereRead(given)
  await makeCareReport(house.house, tenant)
  await whatPeopleSaid(given)
  await familiesAreLetIn(given)
  await aRating(given)
  await aVisitAtHome(given)
  await theyTakeMedicine(given)
  await aLoginThatFails(given)
}

/** Of everybody, since nobody knows who will be asked for. */
async function theyTakeMedicine({ house, tenant }: Furnishing): Promise<void> {
  const patients = house.house.databases.of(tenant.id).selectFrom('patient').select('id').where('organization_id', '=', tenant.id)
  const content = aContent(house.clock.today(tenant.timeZone), { minutes: [1380] })
  const next = () => house.house.ids.next<string & never>() as string
  for (const { id: patientId } of await patients.where('state', '=', 'active').execute())
    await house.write(async (ctx) => {
      await givePraise(ctx, [{ patientId, milestone: 'first-visit', occurrence: next() }])
      await start(ctx, patientId, { id: next() as never, medicationId: null, content })
    }, tenant)
}

/** With words, which are read one by one. */
async function aRating({ house, staff }: Furnishing): Promise<void> {
  const manager = staff.get('service-manager')!
  const { rows } = await manager.call(listPatients, { query: { limit: 1, state: 'active' } as never })
  const coding = { system: 'urn:peiban:visit-satisfaction', code: '5' }
  const item = [
    { linkId: 'score', answer: [{ valueCoding: coding }] },
    { linkId: 'words', answer: [{ valueString: '护士讲得很清楚' }] },
  ]
  const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item } as never
  const body = { code: 'visit-satisfaction', version: 1, submission: house.house.ids.next<string>(), response }
  await manager.call(answerForPatient, { params: { patientId: rows[0]!.id }, body })
  await house.settle()
}

/** It is told of and holds nothing back. */
async function aLoginThatFails({ house, tenant }: Furnishing): Promise<void> {
  await house.write(
    (ctx) => insertStop(ctx, { kind: 'login', scope: 'email', why: 'mail-login', reply: '535 no such login' }),
    tenant,
  )
}

async function aChildOfTheProgramme({ house, tenant, staff }: Furnishing): Promise<void> {
  const [doctor, manager] = [staff.get('physician')!, staff.get('service-manager')!]
  const measured = [
    ['2024-03-01', 121, 23],
    ['2025-03-01', 127, 26],
    ['2026-03-01', 133, 29],
  ] as const
  const team = { doctorId: doctor.staffId, managerId: manager.staffId }
  const child = { name: '林晓禾', sex: 'female', birthDate: '2017-03-02', measured, ...team } as const
  const patientId = await house.write((ctx) => aChild(ctx, child), tenant)
  const consent = { relation: 'mother', name: '林母', givenOn: '2026-03-01', way: 'paper', textVersion: '1' } as const
  await manager.call(enrolChild, { params: { patientId: patientId as never }, body: { consent } })
}

/** Of one pixel. */
const LOGO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function placesAndKeys({ house, staff }: Furnishing): Promise<void> {
  const administrator = staff.get('system-administrator')!
  const answer = await house.app.inject({
    method: 'PUT',
    url: `/api${putLogo.path}`,
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream' },
    cookies: { peiban_session: administrator.token },
    payload: Buffer.from(LOGO, 'base64'),
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  await administrator.call(createSite, { body: { name: '东院', address: '东街一号', phone: '' } as never })
  await administrator.call(createDepartment, { body: { name: '健康管理科', siteId: null, leadId: null } })
}

async function hand<T>({ house }: Furnishing, who: Caller, path: string, content: string, name: string): Promise<T> {
  const answer = await house.app.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: { 'x-peiban': '1', 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
    cookies: { peiban_session: who.token },
    payload: Buffer.from(content),
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<T>()
}

/** A list of members of which one row is refused; how its columns were read is kept. */
async function anImport(given: Furnishing): Promise<void> {
  const desk = given.staff.get('front-desk')!
  const rows = ['姓名,出生日期,手机,病案号', '韩梅,1981-03-05,13800007001,TB1', '李雷,不知道,13800007002,TB2', '王强,1970-02-01,13800007003,TB3']
  const { id, mapping } = await hand<ImportView>(given, desk, uploadImport.path, rows.join('\r\n'), '会员.csv')
  await desk.call(startImport, { params: { importId: id }, body: { mapping, saveAs: '体检中心名单' } })
  await given.house.settle()
}

/** Reports of a person who is known and of one who is not, with a code that nobody has mapped; and a spreadsheet. */
async function resultsComeIn(given: Furnishing): Promise<void> {
  const { house, tenant, staff } = given
  const administrator = staff.get('system-administrator')!
  await administrator.call(addSource, { body: { name: '检验系统', sending: 'LIS/东院' } as never })
  const { key } = await administrator.call(createApiKey, { body: { name: '检验接口', permissions: ['intake.submit'], validDays: 30 } })
  const pids = ['PID|1||TB1^^^&BLH||韩梅||19810305|F', 'PID|1||X404^^^&BLH||查无此人||19900101|M']
  for (const [n, pid] of pids.entries())
    await house.app.inject({
      method: 'POST',
      url: '/api/intake/hl7',
      payload: sampleMessage({ msh: { id: `R${n}` }, pid, results: ['OBX|1|NM|Z99^没见过的项目||12.3|umol/L|3.4-20.5|N|||F'] }),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
    })
  const manager = staff.get('service-manager')!
  const rows = [
    '姓名,出生日期,病历号,条码号,采样时间,项目名称,结果,单位,参考范围',
    '韩梅,1981-03-05,TB1,B1,2026/1/4 08:00,总胆固醇,6.1,mmol/L,0-5.2',
    '韩梅,1981-03-05,TB1,B1,不知道,尿酸,300,umol/L,',
  ]
  const table = await hand<TableUpload>(given, manager, '/intake/tables', rows.join('\r\n'), '结果.csv')
  await manager.call(startTable, { params: { uploadId: table.id }, body: { ...table.mapping, saveAs: '东院检验' } })
  while ((await processIntake(house.house, tenant)) > 0) await house.settle()
}

/** A code on its way to a phone, a link for anybody, a hand-over, a list of reports to print. */
async function deskAndTasks({ house, tenant, staff }: Furnishing): Promise<void> {
  const [desk, manager, lead] = [staff.get('front-desk')!, staff.get('service-manager')!, staff.get('quality-lead')!]
  const patient = { name: '新来的人', birthDate: '1979-05-05', phone: '13800007009' }
  const { card } = await desk.call(openCard, { body: { patient } as never })
  await desk.call(sendCode, { params: { cardId: card.id } })
  await manager.call(inviteAnybody, { body: { code: 'findrisc', closesAt: null } as never })
  await manager.call(setUpKiosk, { body: { name: '一楼平板' } })
  const other = await house.as('service-manager', { tenant, name: '接手的人' })
  const task = { type: 'call', title: '交给同事的电话', ownerId: manager.staffId, dueOn: '2026-03-05' }
  const { id } = await manager.call(createNewTask, { body: task as never })
  await lead.call(handOverMany, {
    body: { selection: { taskIds: [id] }, toId: other.staffId as never, reason: '轮休', expected: 1 } as never,
  })
  const { policy, version } = (await lead.call(getRules)).current
  for (const n of [0, 1]) await lead.call(changeRules, { body: { policy, version: version + n, because: '本院议定' } })
  const calls = (await lead.call(getCallRules)).current
  for (const n of [0, 1]) await lead.call(changeCallRules, { body: { policy: calls.policy, version: calls.version + n, because: '本院议定' } })
  const medicines = (await lead.call(getMedicationRule)).current
  const praised = (await lead.call(getPraiseRule)).current
  for (const n of [0, 1]) {
    const because = '本院议定'
    await lead.call(changeMedicationRule, { body: { policy: medicines.policy, version: medicines.version + n, because } })
    await lead.call(changePraiseRule, { body: { policy: praised.policy, version: praised.version + n, because } })
  }
  await lead.call(addSuppression, { body: { channel: 'email', address: 'gone@example.com', reason: 'asked' } })
  const { rows } = await manager.call(listPatients, { query: { limit: 3 } as never })
  // Somebody who was operated on yesterday is asked how they are.
  const surgery = { code: '47.0', name: '阑尾切除术', kind: 'surgery', performedOn: '2026-03-01' } as const
  await house.write((ctx) => addProcedure(ctx, { patientId: rows[0]!.id, ...surgery }), tenant)
  await manager.call(printMany, { body: { title: '春季名单', patientIds: rows.map((row) => row.id), drafts: true } as never })
  await house.settle()
  await sendDue(house.house, tenant)
  await house.settle()
}

/** A file that somebody was sent, as the ledger of links keeps it: a demonstration has no web address to send one by. */
async function aFileAsALink({ house, tenant }: Furnishing): Promise<void> {
  await house.write(
    (ctx) => sql`insert into file_link (organization_id, id, patient_id, token_hash, file_key, file_name_sealed, media, size_bytes, expires_at, created_by_name, created_at)
      select ${tenant.id}, ${ctx.ids.next()}, id, ${Buffer.from(tenant.id)}, ${'0'.repeat(64)}, ${ctx.sealer.seal(tenant.id, `出院小结 ${tenant.id}.pdf`)}, 'application/pdf', 1, ${ctx.clock.now()}, '周护士', ${ctx.clock.now()}
      from patient where organization_id = ${tenant.id} and manager_id is not null order by id limit 1`.execute(ctx.tx),
    tenant,
  )
}

/** A key to sign with, a return address, and a bounce that nobody understood. */
async function mailsComeBack({ house, tenant, staff }: Furnishing): Promise<void> {
  const administrator = staff.get('system-administrator')!
  const { version } = await administrator.call(getMailDomain)
  const returnPattern = `bounce+*@${tenant.id.slice(-6)}.example.org`
  await administrator.call(setReturnPattern, { body: { returnPattern, version } })
  // Mails of the demonstration come from no domain of their own, and a key is made for one.
  await house.write(
    (ctx) => sql`insert into mail_key (organization_id, id, kind, domain, selector, public_key, private_sealed, state, made_by_name, made_at)
      values (${tenant.id}, ${ctx.ids.next()}, 'ed25519', ${`${tenant.id.slice(-6)}.example.org`}, 'pb2603a', 'AAAA', ${ctx.sealer.seal(tenant.id, 'none')}, 'made', '钱工', ${ctx.clock.now()})`.execute(ctx.tx),
    tenant,
  )
  const raw = aPlain({ to: returnPattern, from: 'postmaster@x.example', subject: '系统退信', text: `见附件 ${tenant.id}` })
  await house.write((ctx) => takeReport(ctx, { raw: Buffer.from(raw), way: 'post', to: '' }), tenant)
}

/** An account, and a receipt of a message that nobody here has sent. */
async function shortMessages({ house, staff }: Furnishing): Promise<void> {
  const administrator = staff.get('system-administrator')!
  const { account: known } = await administrator.call(getSmsAccount)
  const account = { provider: 'aliyun', keyId: 'LTAI-furnished', keySecret: 'kept to itself', signName: '和康体检', codeTemplate: 'SMS_C', codeText: '验证码${code}' } as const
  const { callbacks } = await administrator.call(setSmsAccount, { body: { ...account, version: known?.version ?? null } })
  const receipt = { phone_number: '13900000001', success: true, err_code: 'DELIVERED', biz_id: '1^0', out_id: 'unknown' }
  await house.app.inject({
    method: 'POST',
    url: new URL(callbacks.receipts).pathname,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify([receipt]),
  })
}

async function accountsWithWeChat({ house, tenant, staff }: Furnishing): Promise<void> {
  const administrator = staff.get('system-administrator')!
  const secrets = { secret: 'kept to itself', token: 'agreed1', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
  const service = { kind: 'service', name: '服务号', appId: 'wx5555555555555555', ...secrets } as const
  const { id: accountId } = await administrator.call(addWeChatAccount, { body: service })
  const fields = [{ key: 'thing1', label: '事项' }]
  const template = { channel: 'wechat-template', title: '复诊提醒', fields } as const
  await administrator.call(putPlatformTemplate, { params: { accountId, templateId: 'FURNISHED' }, body: template })
  const notice = { ...template, channel: 'wechat-notice', title: '报告通知' } as const
  await administrator.call(putPlatformTemplate, { params: { accountId, templateId: 'FURNISHED-NOTICE' }, body: notice })
  const draft = [{ name: '我的健康', url: 'https://care.example.org/my' }]
  await administrator.call(saveMenu, { params: { accountId }, body: { draft, version: 0 } })
  const wecom = { kind: 'wecom', name: '企业微信', appId: 'ww5555555555555555', agentId: 1_000_002, ...secrets } as const
  const corp = await administrator.call(addWeChatAccount, { body: wecom })
  const manager = staff.get('service-manager')!
  const rows = [{ userId: 'wang', staffId: manager.staffId as never }]
  await administrator.call(setWeComStaff, { params: { accountId: corp.id }, body: { rows } })
  // The platform that makes such a code is none of this house's.
  await house.write(
    ({ tx, ids, clock }) => sql`insert into wechat_contact_way (organization_id, id, account_id, config_id, name, user_ids, temporary, code_url, made_by_name, made_at)
      values (${tenant.id}, ${ids.next()}, ${corp.id}, 'way1', '一楼咨询台', '{wang}', false, 'https://wework.qpic.cn/way1', '钱工', ${clock.now()})`.execute(tx),
    tenant,
  )
}

/** Of last month and of this one, of the manager's people; somebody looked at them. */
async function mailsThatWereRead({ house, tenant, staff }: Furnishing): Promise<void> {
  const organizationId = tenant.id
  const { rows } = await staff.get('service-manager')!.call(listPatients, { query: { limit: 2 } as never })
  const ids = await house.write(async ({ tx, ids }) => {
    const made: string[] = []
    for (const [n, { id: patientId }] of rows.entries()) {
      const [id, sentAt] = [ids.next(), n === 0 ? '2026-02-10T02:00:00Z' : '2026-03-01T02:00:00Z']
      await sql`insert into message (organization_id, id, patient_id, touch, channel, template, purpose, locale, state, source, created_at, sent_at, counts_reading)
        values (${organizationId}, ${id}, ${patientId}, 'furnished', 'email', 'thinking-of-you', 'care', 'zh-CN', 'accepted', 'test', ${sentAt}, ${sentAt}, true)`.execute(tx)
      made.push(id)
    }
    return made
  }, tenant)
  for (const messageId of ids) {
    const token = readingTokenOf({ sealer: house.house.sealer, organizationId }, { messageId, link: 0, url: '' })
    await house.app.inject({ method: 'GET', url: `/api/o?t=${token}`, headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0' } })
  }
  await makeReport(house.house, tenant, '2026-03-05')
}

/** Of everybody, so that each member of staff finds their own in it; somebody has begun to work through the list. */
async function anIssueIsWritten({ staff }: Furnishing): Promise<void> {
  await staff.get('content-editor')!.call(createIssue, { body: { month: '2026-03', number: 1 } })
}

async function aSegmentAndAList({ house, staff }: Furnishing): Promise<void> {
  const [editor, manager] = [staff.get('content-editor')!, staff.get('service-manager')!]
  const condition = { age: { op: '>=', years: 0 } } as const
  const definition = { name: { zh: '所有会员', en: 'All members' }, purpose: '年末问候一次', mode: 'dynamic', condition } as const
  const { id } = await editor.call(createSegment, { body: { definition } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  const list = { name: '年末问候', purpose: '每位打一个电话', condition, sort: 'due', targetDays: 30 } as const
  const { id: worklistId } = await manager.call(createWorklist, { body: { definition: list } })
  await house.settle()
  const { rows } = await manager.call(listItems, { params: { worklistId }, query: {} as never })
  const params = { worklistId, patientId: rows[0]!.patient.id }
  await manager.call(makeTask, { params, body: { dueOn: '2026-03-20' } })
}

/** On the cards of those who come in, so that each sees their own. */
async function whatPeopleSaid({ staff }: Furnishing): Promise<void> {
  const manager = staff.get('service-manager')!
  const { rows } = await manager.call(listPatients, { query: { limit: 50 } as never })
  const said = { words: '想先问清楚再决定', speaker: 'person', source: 'phone', heardOn: '2026-03-01' } as const
  for (const { id: patientId } of rows) {
    const answer = await manager.try(writeEntry, { params: { patientId }, body: { kind: 'decides', said } })
    // Nothing is written of somebody who has died.
    if (answer.status !== 200 && answer.code !== 'UnderstandingPatientGone') throw new Error(answer.raw.body)
  }
}

/** Each of them has asked somebody in, on their word. */
async function familiesAreLetIn({ staff }: Furnishing): Promise<void> {
  const manager = staff.get('service-manager')!
  const { rows } = await manager.call(listPatients, { query: { limit: 50, state: 'active' } as never })
  const word = { kind: 'paper', note: '授权书存档案柜' } as const
  for (const [n, { id: patientId }] of rows.entries()) {
    const phone = `1370000${String(n).padStart(4, '0')}`
    const body = { name: '家人', relation: 'child' as const, phone, scopes: ['view' as const], word }
    await manager.call(inviteFor, { params: { patientId }, body })
  }
}

/** With photos that somebody has agreed to, each a different one. */
async function aVisitAtHome({ house, tenant, staff }: Furnishing): Promise<void> {
  const manager = staff.get('service-manager')!
  const { rows } = await manager.call(listPatients, { query: { limit: 20, state: 'active' } as never })
  const content = { address: `和平街 ${tenant.id.slice(-6)} 号`, arrivedAt: '2026-03-01T00:30:00.000Z', leftAt: '2026-03-01T01:15:00.000Z' }
  for (const { id, ageYears } of rows) {
    const saidBy = ageYears !== null && ageYears < 14 ? ('guardian' as const) : ('person' as const)
    const visit = await visitAs(house, manager, id as never, { content, photos: { answer: 'given', saidBy } })
    await photoAs(house, manager, visit.id, { bytes: aPhoto(`pixels of ${tenant.id}`) })
  }
}
