import { sql } from 'kysely'
import { members, type Member } from '../../../bench/population/index.ts'
import { Random } from '../../../bench/population/random.ts'
import { addDays } from '../../../src/platform/clock.ts'
import type { WriteContext } from '../../../src/platform/context/context.ts'
import { INDICATORS, INSTRUMENTS, PROTOCOLS, QUESTIONNAIRES, SEGMENTS, TAGS, TEMPLATES } from './words.ts'

/**
 * People with facts of all rooms, as rows: believable ones for the record, and for what later rooms know rows drawn
 * close to where answers turn. Facts are laid down as they stand; how they came about is other tests' business.
 */
export async function populate(ctx: WriteContext, options: { seed: number; count: number }): Promise<void> {
  const staff = await someStaff(ctx)
  for (const member of members({ ...options, years: 3, today: ctx.today })) {
    const random = new Random(options.seed, member.index, 901)
    const lay = layer(ctx, random)
    const id = await person(lay, member, staff)
    await record(lay, id, member)
    await others(lay, id)
  }
}

type Row = Record<string, unknown>
type Layer = ReturnType<typeof layer>

function layer(ctx: WriteContext, random: Random) {
  const organization_id = ctx.organizationId
  const today = ctx.today
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.unit() * list.length)]!
  /** A day of the last `back` days, or of the next `ahead`. */
  const day = (back: number, ahead = 0) => addDays(today, Math.floor(random.unit() * (back + ahead + 1)) - back)
  const at = (on: string) => new Date(Date.parse(`${on}T00:00:00+08:00`) + Math.floor(random.unit() * 86_400) * 1000)
  const insert = async (table: string, row: Row): Promise<string> => {
    const id = ctx.ids.next<string>()
    const whole: Row = { organization_id, ...('id' in row ? {} : { id }), ...row }
    const entries = Object.entries(whole).filter(([, value]) => value !== undefined)
    await sql`insert into ${sql.table(table)} (${sql.join(entries.map(([key]) => sql.ref(key)))})
      values (${sql.join(entries.map(([, value]) => sql`${value}`))})`.execute(ctx.tx)
    return id
  }
  return { ctx, random, today, pick, day, at, insert, chance: (p: number) => random.chance(p) }
}

async function someStaff(ctx: WriteContext): Promise<string[]> {
  const { insert } = layer(ctx, new Random(1))
  const made: string[] = []
  for (const name of ['甲', '乙', '丙'])
    made.push(await insert('staff', { login: `s-${name}`, name, state: 'active', created_at: ctx.clock.now() }))
  return made
}

async function person(lay: Layer, { person: p }: Member, staff: readonly string[]): Promise<string> {
  const created = lay.at(lay.day(900))
  // Some are born on days that calendars argue about, and some just now.
  const birth = lay.chance(0.15)
    ? lay.pick([
        '2012-02-29',
        '2000-02-29',
        '1960-01-28',
        '1984-11-23',
        '2020-05-23',
        '1958-08-31',
        lay.day(400),
        lay.today,
      ])
    : lay.chance(0.05)
      ? null
      : p.birthOn
  return lay.insert('patient', {
    name: p.name,
    sex: lay.chance(0.05) ? 'unknown' : p.sex,
    birth_date: birth,
    level: p.level,
    source: p.source,
    doctor_id: lay.chance(0.6) ? lay.pick(staff) : null,
    manager_id: lay.chance(0.5) ? lay.pick(staff) : null,
    counsellor_id: lay.chance(0.2) ? lay.pick(staff) : null,
    state: p.deceasedOn ? 'deceased' : 'active',
    deceased_on: p.deceasedOn,
    created_at: created,
    updated_at: created,
  })
}

const fact = (lay: Layer, patient_id: string) => ({
  patient_id,
  source: 'import',
  recorded_at: lay.ctx.clock.now(),
  ...(lay.chance(0.08)
    ? { superseded_by: lay.ctx.ids.next<string>(), superseded_at: lay.ctx.clock.now(), superseded_because: 'corrected' }
    : {}),
})

async function record(lay: Layer, patientId: string, member: Member): Promise<void> {
  const seen = new Set(INDICATORS)
  for (const { takenAt, observations } of [...member.checkups, ...member.visits])
    for (const one of observations.filter(({ code }) => seen.has(code)))
      await lay.insert('observation', {
        ...fact(lay, patientId),
        code: one.code,
        effective_at: new Date(takenAt),
        value: one.value,
        value_text: one.text,
        unit: one.unit,
        flag: one.flag,
      })
  // Values of the last months, some of one moment, so that windows and ties are met.
  for (let n = Math.floor(lay.random.unit() * 8); n > 0; n--) {
    const moment = lay.chance(0.2) ? new Date(`${lay.today}T00:00:00+08:00`) : lay.at(lay.day(400))
    await lay.insert('observation', {
      ...fact(lay, patientId),
      code: lay.pick(INDICATORS.slice(0, 3)),
      effective_at: moment,
      value: Math.round((2 + lay.random.unit() * 150) * 10) / 10,
      flag: lay.pick(['N', 'H', 'L', null]),
    })
  }
  for (const one of member.conditions)
    await lay.insert('condition', {
      ...fact(lay, patientId),
      code: one.code,
      name: one.name,
      clinical_status: one.status,
      onset_on: lay.chance(0.2) ? null : one.recordedOn,
    })
  if (lay.chance(0.15))
    await lay.insert('condition', {
      ...fact(lay, patientId),
      code: 'F32.1',
      name: '中度抑郁发作',
      clinical_status: 'active',
      onset_on: lay.day(800),
    })
  for (const one of member.procedures)
    await lay.insert('procedure', {
      ...fact(lay, patientId),
      code: one.code,
      name: one.name,
      kind: lay.pick(['surgery', 'endoscopy', 'other']),
      performed_on: one.on,
    })
  if (lay.chance(0.4))
    await lay.insert('procedure', {
      ...fact(lay, patientId),
      code: lay.pick(['51.23', '45.23', '94.27']),
      name: lay.pick(['胆囊切除术', '肠镜', '心理治疗']),
      kind: lay.pick(['surgery', 'endoscopy']),
      performed_on: lay.chance(0.1) ? null : lay.day(800),
    })
  for (const one of member.medications)
    await lay.insert('medication', {
      ...fact(lay, patientId),
      code: lay.pick(['C08CA01', 'C09CA03', 'A10BA02', 'N06AB06', '']),
      name: one.name,
      started_on: lay.chance(0.2) ? null : lay.day(500, 20),
      ended_on: lay.chance(0.5) ? lay.day(100, 200) : null,
    })
  for (const one of member.person.familyHistory)
    await lay.insert('family_history', {
      ...fact(lay, patientId),
      relation: 'father',
      condition_code: lay.pick(['I10', 'E11', 'C34.9']),
      condition_name: one.disease,
    })
  for (const one of member.admissions)
    await lay.insert('encounter', {
      ...fact(lay, patientId),
      class: 'inpatient',
      title: one.reason,
      department: one.department,
      started_at: lay.at(one.admittedOn),
      ended_at: one.dischargedOn && lay.at(addDays(one.dischargedOn, 1)),
    })
  for (let n = Math.floor(lay.random.unit() * 4); n > 0; n--) {
    const started = lay.at(lay.day(500, 3))
    await lay.insert('encounter', {
      ...fact(lay, patientId),
      class: lay.pick(['outpatient', 'inpatient', 'emergency', 'health-check']),
      department: lay.pick(['心内科', '内分泌科', '精神科', '']),
      started_at: started,
      ended_at: lay.chance(0.6) ? new Date(started.getTime() + Math.floor(lay.random.unit() * 20) * 86_400_000) : null,
    })
  }
  if (lay.chance(0.7)) {
    const on = lay.at(lay.day(700))
    await lay.insert('report', {
      ...fact(lay, patientId),
      source: undefined,
      category: 'laboratory',
      title: '体检',
      status: 'final',
      source_system: 'test',
      source_report_id: lay.ctx.ids.next(),
      fingerprint: Buffer.from('x'),
      effective_at: on,
    })
  }
}

async function others(lay: Layer, patientId: string): Promise<void> {
  const { ctx } = lay
  const now = ctx.clock.now()
  const many = (most: number) => Array.from({ length: Math.floor(lay.random.unit() * (most + 1)) })
  const by = { by_name: '甲' }
  for (const tag_code of TAGS.filter(() => lay.chance(0.3)))
    await lay.insert('patient_tag', {
      id: undefined,
      patient_id: patientId,
      tag_code,
      source: 'manual',
      state: lay.pick(['active', 'active', 'suppressed']),
      set_at: now,
      expires_at: lay.chance(0.5) ? lay.at(lay.day(20, 60)) : null,
      sensitivity: lay.chance(0.2) ? 'mental' : 'ordinary',
    })
  for (const segment_id of SEGMENTS.filter(() => lay.chance(0.5)))
    await lay.insert('segment_member', {
      id: undefined,
      segment_id,
      patient_id: patientId,
      since_at: lay.at(lay.day(400)),
      left_at: lay.chance(0.3) ? now : null,
    })
  if (lay.chance(0.6))
    await lay.insert('card', {
      patient_id: patientId,
      number: ctx.ids.next(),
      state: lay.pick(['pending', 'active', 'frozen', 'closed']),
      opened_at: lay.at(lay.day(400)),
    })
  if (lay.chance(0.7)) {
    const entered = lay.day(400)
    await lay.insert('patient_stage', {
      patient_id: patientId,
      stage: lay.pick(['first-visit', 'inpatient', 'discharge', 'long-term']),
      content_version: 1,
      entered_on: entered,
      entered_at: lay.at(entered),
      entered_by_name: '甲',
    })
  }
  if (lay.chance(0.8))
    await lay.insert('relationship', {
      id: undefined,
      patient_id: patientId,
      stage: lay.pick(['acquainted', 'joined', 'in-care', 'together', 'graduated']),
      since_at: lay.at(lay.day(400)),
      move_id: ctx.ids.next(),
    })
  for (const _ of many(3)) {
    const state = lay.pick(['requested', 'completed', 'cancelled'])
    await lay.insert('task', {
      patient_id: patientId,
      type: lay.pick(['follow-up', 'recheck', 'call', 'other']),
      state,
      pool_role: 'manager',
      due_on: lay.day(60, 60),
      source: lay.pick(['hand', 'tag', 'alert']),
      source_key: ctx.ids.next(),
      created_by_name: '甲',
      created_at: now,
      closed_at: state === 'requested' ? null : lay.at(lay.day(300)),
    })
  }
  for (const _ of many(4)) {
    const status = lay.pick(['booked', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'])
    await lay.insert('appointment', {
      patient_id: patientId,
      status,
      starts_at: lay.at(lay.day(500, 500)),
      service: lay.pick(['复诊', '体检']),
      department: lay.pick(['心内科', '外科', '内科', '']),
      cancelled_by: status === 'cancelled' ? lay.pick(['person', 'death']) : null,
      booked_by: '甲',
      booked_at: now,
      changed_by: '甲',
      changed_at: lay.at(lay.day(300)),
    })
  }
  for (const _ of many(4)) {
    const state = lay.pick(['accepted', 'failed', 'suppressed'])
    const created = lay.at(lay.day(300))
    await lay.insert('message', {
      patient_id: patientId,
      touch: `probe:${ctx.ids.next<string>()}`,
      channel: lay.pick(['in-app', 'email']),
      template: lay.pick(TEMPLATES),
      purpose: lay.pick(['service', 'care', 'promotion']),
      locale: 'zh-CN',
      state,
      source: 'test',
      created_at: created,
      sent_at: state === 'accepted' ? created : null,
    })
  }
  for (const purpose of ['service', 'care', 'promotion'].filter(() => lay.chance(0.25)))
    await lay.insert('message_preference', {
      id: undefined,
      patient_id: patientId,
      purpose,
      channel: lay.pick(['in-app', 'email']),
      opted_out_at: lay.chance(0.7) ? now : null,
      how: 'patient-word',
      ...by,
      changed_at: now,
    })
  for (const _ of many(3)) {
    const release = lay.pick(['clinician', 'automatic'])
    const computed = lay.at(lay.day(500))
    const id = ctx.ids.next<string>()
    const { code: instrument, bands } = lay.pick(INSTRUMENTS)
    await lay.insert('risk_assessment', {
      id,
      patient_id: patientId,
      instrument,
      version: '1',
      form: 'x',
      inputs: '[]',
      output: '{}',
      value: Math.round(lay.random.unit() * 300) / 10,
      band: lay.pick([...bands, null]),
      release,
      expires_on: lay.chance(0.6) ? lay.day(100, 200) : null,
      because: 'facts',
      computed_at: computed,
      input_hash: id,
    })
    if (lay.chance(0.4))
      await lay.insert('risk_decision', {
        id: undefined,
        patient_id: patientId,
        assessment_id: id,
        number: 1,
        decision: lay.pick(['released', 'withheld']),
        by_id: ctx.ids.next(),
        ...by,
        at: now,
      })
  }
  for (const _ of many(3)) {
    const { code, score, bands, question } = lay.pick(QUESTIONNAIRES)
    await lay.insert('questionnaire_response', {
      code,
      version: 1,
      patient_id: patientId,
      submission: ctx.ids.next(),
      author: 'patient',
      ...by,
      answered_at: lay.at(lay.day(400)),
      response: JSON.stringify({
        item: [
          {
            linkId: 'group',
            item: [
              { linkId: question, answer: [{ valueCoding: { code: lay.pick(['a', 'b']) } }] },
              { linkId: 'number', answer: [{ valueInteger: Math.floor(lay.random.unit() * 10) }] },
            ],
          },
        ],
      }),
      scores: JSON.stringify([
        { code: score, value: lay.chance(0.1) ? null : Math.floor(lay.random.unit() * 30), band: lay.pick(bands) },
      ]),
      superseded_by: lay.chance(0.1) ? ctx.ids.next() : null,
    })
  }
  for (const kind of ['weight', 'knee'].filter(() => lay.chance(0.4))) {
    const plan = lay.pick(['draft', 'active', 'paused', 'ended', 'discarded'])
    const runs = !['draft', 'discarded'].includes(plan)
    await lay.insert('care_plan', {
      patient_id: patientId,
      kind,
      title: '方案',
      state: plan,
      version: runs ? 1 : null,
      started_on: runs ? lay.day(120) : null,
      ...(plan === 'ended' ? { ended_on: lay.day(30), ended_at: now, end_reason: 'finished' } : {}),
      created_at: now,
    })
  }
  for (const protocol_code of PROTOCOLS.filter(() => lay.chance(0.4))) {
    const state = lay.pick(['active', 'completed', 'exited'])
    const started = lay.day(400, 0)
    const run_id = await lay.insert('plan_run', {
      patient_id: patientId,
      protocol_code,
      protocol_version: 1,
      entry_key: ctx.ids.next(),
      anchor_on: started,
      state,
      exit_reason: state === 'exited' ? 'refusal' : null,
      started_at: lay.at(started),
      started_by_name: '甲',
      ended_at: state === 'active' ? null : lay.at(lay.day(100)),
    })
    const visit = lay.pick(['planned', 'due', 'done', 'done-late', 'missed'])
    const due = lay.day(120, 60)
    const settled = !['planned', 'due'].includes(visit)
    const occurrence_id = await lay.insert('occurrence', {
      run_id,
      patient_id: patientId,
      step: 'visit',
      track: 'main',
      sequence: 1,
      window_from: due,
      due_on: due,
      window_until: due,
      state: visit,
      actual_on: visit.startsWith('done') ? lay.day(120) : null,
      settled_at: settled ? now : null,
      created_at: now,
    })
    for (const [n] of many(3).entries())
      await lay.insert('contact_attempt', {
        occurrence_id,
        patient_id: patientId,
        number: n + 1,
        channel: lay.pick(['phone', 'sms']),
        outcome: lay.pick(['reached', 'no-answer', 'busy']),
        started_at: lay.at(lay.day(120)),
        ...by,
        at: now,
      })
  }
}
