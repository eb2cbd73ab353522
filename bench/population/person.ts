/** The person around the name: card, work, habits, allergies, family history. Drawn from the member's own stream. */
import { ageOn, dateOf, type DayNumber, DAYS_PER_YEAR } from './calendar.ts'
import type { Relative } from './family-block.ts'
import { BLOCK_SIZE, idNumber, phoneOf, placeOf } from './identity.ts'
import { type Random, weighted } from './random.ts'
import type {
  Allergy,
  CardState,
  FamilyHistory,
  Guardian,
  MaritalStatus,
  MemberLevel,
  MemberSource,
  Person,
} from './types.ts'

const sampleSource = weighted<MemberSource>([
  ['health-check', 44],
  ['corporate', 26],
  ['outpatient', 15],
  ['online', 8],
  ['referral', 7],
])
const sampleLevel = weighted<MemberLevel>([
  ['standard', 70],
  ['silver', 19],
  ['gold', 11],
])
const sampleCardState = weighted<CardState>([
  ['activated', 91],
  ['pending', 6],
  ['frozen', 2],
  ['closed', 1],
])
const sampleOccupation = weighted([
  ['企业职员', 22],
  ['工人', 10],
  ['教师', 8],
  ['工程师', 9],
  ['公务员', 7],
  ['个体经营', 8],
  ['销售', 8],
  ['医护人员', 4],
  ['司机', 4],
  ['企业管理者', 6],
  ['服务业', 7],
  ['自由职业', 4],
  ['农民', 3],
])
const sampleEducation = weighted([
  ['本科', 38],
  ['大专', 24],
  ['高中或中专', 18],
  ['初中', 10],
  ['硕士及以上', 10],
])
const sampleElderEducation = weighted([
  ['初中', 34],
  ['高中或中专', 28],
  ['小学', 18],
  ['大专', 13],
  ['本科', 7],
])
// ABO shares of Han Chinese blood donors, rounded; Rh negative is about 0.3 %.
const sampleBlood = weighted([
  ['O型', 31],
  ['A型', 29],
  ['B型', 29],
  ['AB型', 8],
  ['不详', 3],
])

const ALLERGIES = weighted<Allergy>([
  [{ substance: '青霉素', reaction: '皮疹', severity: 'mild' }, 30],
  [{ substance: '青霉素', reaction: '过敏性休克', severity: 'severe' }, 2],
  [{ substance: '头孢菌素', reaction: '皮疹、瘙痒', severity: 'mild' }, 16],
  [{ substance: '磺胺类', reaction: '皮疹', severity: 'mild' }, 10],
  [{ substance: '阿司匹林', reaction: '哮喘发作', severity: 'severe' }, 3],
  [{ substance: '碘造影剂', reaction: '荨麻疹', severity: 'mild' }, 4],
  [{ substance: '海鲜', reaction: '荨麻疹', severity: 'mild' }, 16],
  [{ substance: '花粉', reaction: '鼻炎、眼痒', severity: 'mild' }, 10],
  [{ substance: '芒果', reaction: '口周皮炎', severity: 'mild' }, 5],
  [{ substance: '酒精', reaction: '皮肤潮红、皮疹', severity: 'mild' }, 4],
])

const FAMILY_DISEASES: ReadonlyArray<readonly [disease: string, share: number]> = [
  ['高血压', 0.3],
  ['糖尿病', 0.15],
  ['脑卒中', 0.1],
  ['冠心病', 0.09],
  ['恶性肿瘤', 0.11],
  ['痛风', 0.03],
]
const RELATIVES = ['父亲', '母亲', '父亲', '母亲', '兄弟姐妹', '祖父母']

function maritalStatus(random: Random, relative: Relative, age: number): MaritalStatus {
  if (age < 20) return 'unmarried'
  if (relative.links.some((link) => link.relation === 'spouse')) return 'married'
  if (relative.role === 'mother') return random.chance(0.75) ? 'widowed' : 'married'
  const never = age < 24 ? 0.97 : age < 30 ? 0.6 : age < 40 ? 0.2 : 0.04
  const draw = random.unit()
  if (draw < never) return 'unmarried'
  if (draw < never + 0.06) return 'divorced'
  return random.chance(age < 60 ? 0.01 : (age - 55) / 70) ? 'widowed' : 'married'
}

function occupationOf(random: Random, relative: Relative, age: number): string {
  if (age < 6) return '学龄前儿童'
  if (age < 18) return '学生'
  if (age < 22 && random.chance(0.7)) return '学生'
  if (age >= (relative.sex === 'male' ? 60 : 55)) return random.chance(0.9) ? '退休' : sampleOccupation(random)
  return sampleOccupation(random)
}

function smokingOf(random: Random, relative: Relative, age: number): Person['smoking'] {
  if (age < 18) return 'never'
  // About half of Chinese men and 2 % of women smoke (2018 adult tobacco survey: 50.5 % and 2.1 %); centres see fewer.
  const draw = random.unit()
  if (relative.sex === 'female') return draw < 0.02 ? 'current' : draw < 0.027 ? 'former' : 'never'
  if (draw < 0.42) return 'current'
  return draw < 0.42 + age / 500 ? 'former' : 'never'
}

function drinkingOf(random: Random, relative: Relative, age: number): Person['drinking'] {
  if (age < 18) return 'never'
  const draw = random.unit()
  if (relative.sex === 'male') return draw < 0.2 ? 'regular' : draw < 0.65 ? 'occasional' : 'never'
  return draw < 0.02 ? 'regular' : draw < 0.22 ? 'occasional' : 'never'
}

function allergiesOf(random: Random): Allergy[] {
  if (!random.chance(0.11)) return []
  const first = ALLERGIES(random)
  const second = random.chance(0.12) ? ALLERGIES(random) : first
  return second.substance === first.substance ? [first] : [first, second]
}

function familyHistoryOf(random: Random): FamilyHistory[] {
  const found: FamilyHistory[] = []
  for (const [disease, share] of FAMILY_DISEASES) {
    if (random.chance(share)) found.push({ relative: random.choice(RELATIVES), disease })
  }
  return found
}

function guardianOf(seed: number, relative: Relative, block: readonly Relative[], age: number): Guardian | null {
  if (age >= 18) return null
  const link = relative.links.find((candidate) => candidate.relation === 'parent')
  const parent = link && block[link.index % BLOCK_SIZE]
  if (!parent) throw new Error(`a child without a parent in its block: ${relative.index}`)
  return {
    index: parent.index,
    name: parent.name,
    relation: parent.sex === 'male' ? 'father' : 'mother',
    phone: phoneOf(seed, parent.index),
  }
}

type Card = Pick<Person, 'cardNumber' | 'cardState' | 'cardOpenedOn' | 'cardActivatedOn'>

function cardOf(random: Random, relative: Relative, lastDay: DayNumber): Card {
  // One in forty opened within the last two weeks, so that the first plans of a new member are on today's lists.
  const daysAgo = random.chance(0.025) ? random.integer(0, 14) : random.integer(15, 2200)
  const openedDay = Math.max(lastDay - daysAgo, relative.birthDay + 30)
  const cardState = sampleCardState(random)
  const activatedDay = Math.min(lastDay, openedDay + (random.chance(0.8) ? 0 : random.integer(1, 6)))
  return {
    cardNumber: `8${String(10_000_000 + relative.index)}`,
    cardState,
    cardOpenedOn: dateOf(openedDay),
    cardActivatedOn: cardState === 'pending' ? null : dateOf(activatedDay),
  }
}

function deathDay(random: Random, age: number, todayDay: DayNumber): DayNumber | null {
  const daysAgo = random.integer(20, 700)
  return random.chance(age < 60 ? 0.0003 : age < 75 ? 0.003 : 0.012) ? todayDay - daysAgo : null
}

const MAIL_HOSTS = ['example.com', 'example.org', 'example.net']

/** The person of a place in a family block; `worry` is still null, because it depends on the conditions. */
export function personOf(
  random: Random,
  seed: number,
  relative: Relative,
  block: readonly Relative[],
  todayDay: DayNumber,
): Person {
  const diedDay = deathDay(random, (todayDay - relative.birthDay) / DAYS_PER_YEAR, todayDay)
  const age = ageOn(relative.birthDay, diedDay ?? todayDay)
  const place = placeOf(seed, Math.floor(relative.index / BLOCK_SIZE))
  const guardian = guardianOf(seed, relative, block, age)
  const spouse = relative.links.find((link) => link.relation === 'spouse')
  const sharesPhone = random.chance(age >= 70 ? 0.15 : 0) && spouse !== undefined
  const source = guardian || age >= 60 ? 'health-check' : sampleSource(random)
  const card = cardOf(random, relative, diedDay ?? todayDay)
  return {
    name: relative.name,
    sex: relative.sex,
    birthOn: dateOf(relative.birthDay),
    ageYears: age,
    deceasedOn: diedDay === null ? null : dateOf(diedDay),
    ethnicity: relative.ethnicity,
    idNumber: random.chance(0.03) ? null : idNumber(seed, relative.index, relative.birthDay, relative.sex),
    regionCode: place.code,
    city: place.city,
    district: place.district,
    phone: guardian?.phone ?? phoneOf(seed, sharesPhone ? spouse.index : relative.index),
    email:
      age >= 18 && random.chance(age < 60 ? 0.4 : 0.08) ? `member${relative.index}@${random.choice(MAIL_HOSTS)}` : null,
    occupation: occupationOf(random, relative, age),
    education: age < 18 ? '在读' : age >= 60 ? sampleElderEducation(random) : sampleEducation(random),
    maritalStatus: maritalStatus(random, relative, age),
    bloodType: sampleBlood(random) + (random.chance(0.003) ? ' RhD阴性' : ''),
    level: source === 'corporate' ? 'corporate' : sampleLevel(random),
    source,
    ...card,
    cardState: diedDay === null ? card.cardState : 'closed',
    smoking: smokingOf(random, relative, age),
    drinking: drinkingOf(random, relative, age),
    exercisePerWeek: random.poisson(age >= 60 ? 3.4 : 1.6),
    allergies: allergiesOf(random),
    familyHistory: familyHistoryOf(random),
    guardian,
    worry: null,
  }
}
