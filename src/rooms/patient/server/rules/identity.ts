import { ageOn, dateIn } from '../../../../platform/clock.ts'
import { isCalendarDate, readNationalId, tidyNationalId } from '../../contract/national-id.ts'
import { GUARDIAN_UNDER_YEARS, type Paper, type Sex } from '../../contract/person.ts'
import { patientProblem } from '../../contract/problems.ts'

export interface Identity {
  sex: Sex
  birthDate: string | null
  paper: Paper | null
}

/**
 * Brings paper, sex and birth date together. A national identity number says both; what was typed may leave them out
 * but not contradict them, since one of the two is then a mistake that would follow the person for years.
 * @throws Problem NationalIdWrong, PaperNumberWrong, SexContradictsPaper, BirthDateContradictsPaper, BirthDateWrong
 */
export function settleIdentity(
  typed: { sex?: Sex; birthDate?: string | null; paper?: Paper | null },
  today: string,
): Identity {
  if (typed.birthDate && !isPossibleBirthDate(typed.birthDate, today))
    throw patientProblem('BirthDateWrong', {}, 'body.birthDate')
  if (!typed.paper) return { sex: typed.sex ?? 'unknown', birthDate: typed.birthDate ?? null, paper: null }
  if (typed.paper.kind !== 'national-id')
    return {
      sex: typed.sex ?? 'unknown',
      birthDate: typed.birthDate ?? null,
      paper: { kind: typed.paper.kind, number: otherPaperNumber(typed.paper) },
    }
  const read = readNationalId(typed.paper.number, today)
  if (!read.ok) throw patientProblem('NationalIdWrong', { fault: read.fault }, 'body.paper.number')
  const isSexStated = typed.sex === 'male' || typed.sex === 'female'
  if (isSexStated && typed.sex !== read.sex) throw patientProblem('SexContradictsPaper', { sex: read.sex }, 'body.sex')
  if (typed.birthDate && typed.birthDate !== read.birthDate)
    throw patientProblem('BirthDateContradictsPaper', { birthDate: read.birthDate }, 'body.birthDate')
  // `other` is a statement about the person, not a slip of the pen: it stands beside the number.
  return {
    sex: typed.sex === 'other' ? 'other' : read.sex,
    birthDate: read.birthDate,
    paper: { kind: 'national-id', number: read.number },
  }
}

/** Passports and the like: no checksum, but letters and digits only, and at least five of them. */
function otherPaperNumber(paper: Paper): string {
  const number = tidyNationalId(paper.number)
  if (!/^[\p{L}\p{N}()/]{5,30}$/u.test(number)) throw patientProblem('PaperNumberWrong', {}, 'body.paper.number')
  return number
}

export function isPossibleBirthDate(birthDate: string, today: string): boolean {
  return isCalendarDate(birthDate) && birthDate <= today && ageOn(birthDate, today) <= 130
}

/** Whether somebody must answer for this person. An unknown birth date asks for nobody. */
export function needsGuardian(birthDate: string | null, today: string): boolean {
  return birthDate !== null && ageOn(birthDate, today) < GUARDIAN_UNDER_YEARS
}

/**
 * Whether a link or a session that was made for a child is a guardian's and no longer good: from the 14th birthday on the
 * person is asked themselves (PIPL §31). It goes by the date, so that no job has to run in time.
 */
export function wasGuardians(
  { birthDate, madeAt }: { birthDate: string | null; madeAt: Date },
  now: Date,
  timeZone: string,
): boolean {
  const wasChildOn = (instant: Date) => needsGuardian(birthDate, dateIn(instant, timeZone))
  return wasChildOn(madeAt) && !wasChildOn(now)
}
