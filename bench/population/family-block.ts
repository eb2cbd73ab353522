/**
 * Eight neighbours at a time: who lives with whom, how old, and what they are called. A block is drawn from its own
 * stream, so links between relatives never need a look at another slice.
 */
import { DAYS_PER_YEAR, type DayNumber, yearOf } from './calendar.ts'
import { BLOCK_SIZE, uniqueBirthDay } from './identity.ts'
import { familyName, givenName, uyghurFatherName, uyghurName } from './names.ts'
import { Random, weighted } from './random.ts'
import type { FamilyLink, Relation, Sex } from './types.ts'

export type Role = 'head' | 'spouse' | 'minor' | 'adult-child' | 'mother' | 'father'

export type Relative = {
  index: number
  householdId: number
  role: Role
  sex: Sex
  birthDay: DayNumber
  name: string
  ethnicity: string
  links: FamilyLink[]
}

type Template = { roles: readonly Role[]; headAge: readonly [number, number]; headIsMan: number }

/** Shares are our own estimate of who joins a health-check centre together. */
const sampleTemplate = weighted<Template>([
  [{ roles: ['head'], headAge: [18.4, 90], headIsMan: 0.5 }, 46],
  [{ roles: ['head', 'spouse'], headAge: [24, 88], headIsMan: 1 }, 24],
  [{ roles: ['head', 'spouse', 'minor'], headAge: [28, 50], headIsMan: 1 }, 5],
  [{ roles: ['head', 'spouse', 'minor', 'minor'], headAge: [30, 48], headIsMan: 1 }, 1.2],
  [{ roles: ['head', 'minor'], headAge: [28, 50], headIsMan: 0.35 }, 2.5],
  [{ roles: ['head', 'adult-child'], headAge: [46, 78], headIsMan: 0.35 }, 5],
  [{ roles: ['head', 'spouse', 'adult-child'], headAge: [48, 78], headIsMan: 1 }, 5],
  [{ roles: ['head', 'spouse', 'mother'], headAge: [30, 58], headIsMan: 1 }, 3],
  [{ roles: ['head', 'spouse', 'mother', 'father'], headAge: [28, 54], headIsMan: 1 }, 2],
  [{ roles: ['head', 'spouse', 'minor', 'mother', 'father'], headAge: [30, 48], headIsMan: 1 }, 1.3],
])

/** Five-year age bands of a health-check centre: working age first, the retired second. Our own estimate. */
const sampleAgeBand = weighted<number>([
  [18, 3],
  [20, 5],
  [25, 10],
  [30, 13.5],
  [35, 13.5],
  [40, 11.5],
  [45, 10.5],
  [50, 10.5],
  [55, 9],
  [60, 6.5],
  [65, 4.5],
  [70, 2.8],
  [75, 1.5],
  [80, 0.9],
  [85, 0.3],
])

const OTHER_ETHNICITIES = weighted<string>([
  ['满族', 9],
  ['回族', 9],
  ['土家族', 7],
  ['壮族', 7],
  ['蒙古族', 4],
  ['苗族', 4],
  ['朝鲜族', 2],
])
const OLDEST_YEARS = 96
const ADULT_FROM_YEARS = 18.4

function headAge(random: Random, [low, high]: readonly [number, number]): number {
  for (let attempt = 0; attempt < 30; attempt++) {
    const age = sampleAgeBand(random) + random.between(0, 5)
    if (age >= low && age <= high) return age
  }
  return random.between(low, Math.min(high, low + 20))
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** Age of a relative; `mother` is the age of the woman whose child a child is (or the head's, for a lone father). */
function ageOf(random: Random, role: Role, head: number, mother: number): number {
  switch (role) {
    case 'head':
      return head
    case 'spouse':
      return within(head - 1.8 + 2.6 * random.normal(), 21, 90)
    case 'minor':
      return within(mother - random.between(23, 35), 4.6, 17.4)
    case 'adult-child':
      return within(mother - random.between(22, 33), ADULT_FROM_YEARS, 60)
    case 'mother':
      return within(head + random.between(21, 31), 45, OLDEST_YEARS - 3)
    case 'father':
      return within(head + random.between(23, 34), 47, OLDEST_YEARS - 3)
  }
}

function relationOf(mine: Role, theirs: Role): Relation | null {
  const generation: Record<Role, number> = { mother: 0, father: 0, head: 1, spouse: 1, minor: 2, 'adult-child': 2 }
  const step = generation[theirs] - generation[mine]
  if (step === 0) return generation[mine] === 2 ? null : 'spouse'
  // The elders in a template are the head's own parents.
  if (generation[mine] === 0 || generation[theirs] === 0) {
    if (mine === 'head') return 'parent'
    return theirs === 'head' ? 'child' : null
  }
  return step > 0 ? 'child' : 'parent'
}

function household(
  random: Random,
  template: Template,
  block: number,
  firstIndex: number,
  todayDay: DayNumber,
): Relative[] {
  const age = headAge(random, template.headAge)
  const headSex: Sex = random.chance(template.headIsMan) ? 'male' : 'female'
  const surname = familyName(random)
  const uyghur = random.chance(0.004) ? uyghurFatherName(random) : null
  const ethnicity = uyghur ? '维吾尔族' : random.chance(0.05) ? OTHER_ETHNICITIES(random) : '汉族'
  let motherAge = age
  const relatives = template.roles.map((role, at): Relative => {
    const years = ageOf(random, role, age, motherAge)
    if (role === 'spouse') motherAge = years
    const sex: Sex =
      role === 'head'
        ? headSex
        : role === 'spouse' || role === 'mother'
          ? 'female'
          : role === 'father'
            ? 'male'
            : random.chance(0.52)
              ? 'male'
              : 'female'
    const birthDay = uniqueBirthDay(block, todayDay - Math.round(years * DAYS_PER_YEAR))
    // Wives and mothers keep their own family name in China; children carry the father's.
    const marriedIn = role === 'spouse' || role === 'mother'
    const bornTo =
      marriedIn || (role !== 'head' && role !== 'father' && template.roles.length === 2 && headSex === 'female')
    const name = uyghur
      ? uyghurName(random, sex, role === 'head' ? uyghur : uyghurFatherName(random))
      : (bornTo ? familyName(random) : surname) + givenName(random, sex, yearOf(birthDay))
    return { index: firstIndex + at, householdId: firstIndex, role, sex, birthDay, name, ethnicity, links: [] }
  })
  for (const person of relatives) {
    for (const other of relatives) {
      const relation = person === other ? null : relationOf(person.role, other.role)
      if (relation) person.links.push({ relation, index: other.index })
    }
  }
  return relatives
}

/**
 * The eight members `block * 8 … block * 8 + 7`, in order. Every link stays inside the block.
 * `todayDay` fixes how old they are, so another `today` gives other birth dates.
 */
export function blockOf(seed: number, block: number, todayDay: DayNumber): Relative[] {
  const random = new Random(seed, block, 1)
  const members: Relative[] = []
  while (members.length < BLOCK_SIZE) {
    const template = sampleTemplate(random)
    if (template.roles.length > BLOCK_SIZE - members.length) continue
    members.push(...household(random, template, block, block * BLOCK_SIZE + members.length, todayDay))
  }
  return members
}
