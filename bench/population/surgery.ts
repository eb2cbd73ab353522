/** Operations and the stays in hospital around them; one patient in two hundred was operated within the last ten days. */
import { dateOf, type DayNumber, dayOf } from './calendar.ts'
import { byDay, CONDITION_NAMES } from './conditions.ts'
import { thyroidGrade } from './imaging.ts'
import type { Latent } from './physiology.ts'
import { type Random, weighted } from './random.ts'
import type { Admission, Condition, Procedure } from './types.ts'

type Operation = {
  code: string
  name: string
  forCode: string
  department: string
  /** Nights in hospital: before the operation, after it. */
  nights: readonly [number, number]
  /** How often this operation is drawn among those that suit the person. */
  weight: number
  /** Needs the condition to be known; otherwise the condition is recorded with the operation. */
  needsCondition: boolean
  suits: (body: Latent, age: number) => boolean
}

/** ICD-9-CM-3 codes and the usual Chinese names. */
const OPERATIONS: readonly Operation[] = [
  {
    code: '06.39',
    name: '甲状腺部分切除术',
    forCode: 'E04.1',
    department: '甲状腺外科',
    nights: [1, 3],
    weight: 12,
    needsCondition: true,
    suits: (body) => thyroidGrade(body) !== '3',
  },
  {
    code: '51.23',
    name: '腹腔镜胆囊切除术',
    forCode: 'K80.2',
    department: '肝胆外科',
    nights: [1, 3],
    weight: 25,
    needsCondition: true,
    suits: () => true,
  },
  {
    code: '85.21',
    name: '乳腺肿物切除术',
    forCode: 'N63',
    department: '乳腺外科',
    nights: [1, 1],
    weight: 3,
    needsCondition: true,
    suits: () => true,
  },
  {
    code: '32.20',
    name: '胸腔镜下肺楔形切除术',
    forCode: 'R91',
    department: '胸外科',
    nights: [2, 5],
    weight: 2,
    needsCondition: true,
    suits: (_, age) => age >= 35,
  },
  {
    code: '36.07',
    name: '冠状动脉药物洗脱支架植入术',
    forCode: 'I25.1',
    department: '心内科',
    nights: [1, 3],
    weight: 14,
    needsCondition: true,
    suits: () => true,
  },
  {
    code: '47.01',
    name: '腹腔镜阑尾切除术',
    forCode: 'K35',
    department: '普外科',
    nights: [0, 3],
    weight: 1,
    needsCondition: false,
    suits: (_, age) => age >= 8,
  },
  {
    code: '45.42',
    name: '结肠息肉内镜下切除术',
    forCode: 'K63.5',
    department: '消化内科',
    nights: [1, 1],
    weight: 1.4,
    needsCondition: false,
    suits: (_, age) => age >= 40,
  },
  {
    code: '17.11',
    name: '腹腔镜腹股沟疝修补术',
    forCode: 'K40',
    department: '普外科',
    nights: [1, 2],
    weight: 1.2,
    needsCondition: false,
    suits: (body, age) => body.sex === 'male' && age >= 40,
  },
  {
    code: '68.29',
    name: '腹腔镜子宫肌瘤剔除术',
    forCode: 'D25',
    department: '妇科',
    nights: [1, 4],
    weight: 2,
    needsCondition: false,
    suits: (body, age) => body.sex === 'female' && age >= 28 && age <= 52,
  },
  {
    code: '13.41',
    name: '白内障超声乳化摘除术',
    forCode: 'H25',
    department: '眼科',
    nights: [0, 1],
    weight: 3,
    needsCondition: false,
    suits: (_, age) => age >= 62,
  },
  {
    code: '81.54',
    name: '全膝关节置换术',
    forCode: 'M17',
    department: '骨科',
    nights: [2, 6],
    weight: 1.2,
    needsCondition: false,
    suits: (_, age) => age >= 62,
  },
]

/** Chronic: the operation helps, the disease stays. */
const STAYS_ACTIVE = new Set(['I25.1'])

export type SurgicalHistory = { procedures: Procedure[]; admissions: Admission[] }

function dayOfOperation(random: Random, recent: boolean, lastDay: DayNumber): DayNumber {
  if (recent) return lastDay - random.integer(0, 10)
  return lastDay - 11 - Math.round(random.exponential(4.5 * 365))
}

/**
 * Operations up to `lastDay`, oldest first (at most one). Conditions that it heals are closed in `conditions`, those it
 * reveals are added. `age` in years on `lastDay`.
 */
export function surgicalHistory(
  random: Random,
  index: number,
  body: Latent,
  age: number,
  lastDay: DayNumber,
  conditions: Condition[],
): SurgicalHistory {
  const recent = random.chance(0.005)
  const none: SurgicalHistory = { procedures: [], admissions: [] }
  if (!recent && !random.chance(age < 18 ? 0.01 : 0.05 + 0.003 * (age - 18))) return none
  const day = dayOfOperation(random, recent, lastDay)
  const ageThen = age - (lastDay - day) / 365.25
  const suited = OPERATIONS.filter((operation) => {
    const known = conditions.find((condition) => condition.code === operation.forCode)
    return (
      operation.suits(body, ageThen) &&
      (!operation.needsCondition || (known !== undefined && dayOf(known.recordedOn) < day))
    )
  })
  if (suited.length === 0) return none
  const operation = weighted(suited.map((candidate) => [candidate, candidate.weight] as const))(random)
  closeCondition(operation, day, conditions)
  const admittedDay = day - operation.nights[0]
  const dischargedDay = day + operation.nights[1]
  return {
    procedures: [{ code: operation.code, name: operation.name, on: dateOf(day), forCode: operation.forCode }],
    admissions: [
      {
        number: `ZY${String(index).padStart(8, '0')}-1`,
        admittedOn: dateOf(admittedDay),
        dischargedOn: dischargedDay > lastDay ? null : dateOf(dischargedDay),
        department: operation.department,
        reason: CONDITION_NAMES[operation.forCode] as string,
      },
    ],
  }
}

function closeCondition(operation: Operation, day: DayNumber, conditions: Condition[]): void {
  const on = dateOf(day)
  let condition = conditions.find((candidate) => candidate.code === operation.forCode)
  if (!condition) {
    condition = {
      code: operation.forCode,
      name: CONDITION_NAMES[operation.forCode] as string,
      recordedOn: on,
      status: 'active',
      resolvedOn: null,
    }
    conditions.push(condition)
    conditions.sort(byDay)
  }
  if (STAYS_ACTIVE.has(operation.forCode)) return
  condition.status = 'resolved'
  condition.resolvedOn = on
}
