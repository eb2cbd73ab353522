import { growth } from '../../../../clinical/index.ts'
import { addDays } from '../../../../platform/clock.ts'
import {
  OWN_CONSENT_YEARS,
  PROGRAMME_FROM_YEARS,
  PROGRAMME_LATEST_YEARS,
  PROGRAMME_UNTIL_YEARS,
  type ConsentRelation,
  type ConsentStanding,
} from '../../contract/growth.ts'

/** So long before the 14th birthday the family is talked to. */
export const HAND_OVER_DAYS_BEFORE = 30

export interface Dates {
  own_consent_from: string
  has_own_consent: boolean
}

/** Whose consent carries the programme on a day. */
export function consentStanding({ own_consent_from, has_own_consent }: Dates, today: string): ConsentStanding {
  if (has_own_consent) return 'own'
  return today < own_consent_from ? 'guardian' : 'wanting'
}

/** Why a child cannot be taken in on a day. */
export function enrolRefusal(birthDate: string, today: string): 'too-young' | 'too-old' | undefined {
  if (today < growth.birthdayOn(birthDate, PROGRAMME_FROM_YEARS)) return 'too-young'
  return today >= growth.birthdayOn(birthDate, PROGRAMME_UNTIL_YEARS) ? 'too-old' : undefined
}

export const ownConsentFrom = (birthDate: string): string => growth.birthdayOn(birthDate, OWN_CONSENT_YEARS)
export const endsOn = (birthDate: string, until18 = false): string =>
  growth.birthdayOn(birthDate, until18 ? PROGRAMME_LATEST_YEARS : PROGRAMME_UNTIL_YEARS)

/** Who may give consent on a day: below 14 a guardian, from 14 the young person. */
export function consentRefusal(
  birthDate: string,
  relation: ConsentRelation,
  givenOn: string,
): 'OwnConsentWanted' | 'ChildConsentTooEarly' | undefined {
  const isOwn = relation === 'self'
  const isOldEnough = givenOn >= ownConsentFrom(birthDate)
  if (isOwn) return isOldEnough ? undefined : 'ChildConsentTooEarly'
  return isOldEnough ? 'OwnConsentWanted' : undefined
}

/** When the next measurement is due: so many days after the last, or now where there is none. */
export function nextMeasureOn(lastOn: string | null, startedOn: string, everyDays: number): string {
  const due = lastOn === null ? startedOn : addDays(lastOn, everyDays)
  return due < startedOn ? startedOn : due
}

/** A year of the programme, which goes from one day of the start to the day before the next. */
export function yearOf(startedOn: string, year: number): { fromOn: string; toOn: string } {
  return { fromOn: growth.birthdayOn(startedOn, year - 1), toOn: addDays(growth.birthdayOn(startedOn, year), -1) }
}

/** The first year that is over, or nearly so, and was not summed up; a month before its end it may be. */
export function stageDue(startedOn: string, marked: readonly number[], today: string) {
  for (let year = 1; year <= 11; year++) {
    const { fromOn, toOn } = yearOf(startedOn, year)
    if (today < addDays(toOn, -30)) return null
    if (!marked.includes(year)) return { year, fromOn, toOn }
  }
  return null
}
