import { memberAt, oulMessage, type Member } from '../../bench/population/index.ts'

/** Day of the check-up, systolic and diastolic pressure in mmHg, fasting glucose in mmol/L. */
const VALUES = [
  ['2024-03-05', 128, 82, 5.6],
  ['2025-03-06', 136, 86, 6.3],
  ['2025-12-10', 148, 92, 6.8],
  ['2026-01-14', 152, 94, 7.1],
  ['2026-02-26', 156, 96, 7.4],
] as const

/** Who comes: made up, 45 years old, nothing known of an illness. */
export function newcomer(name: string): Member {
  const member = memberAt(1, 143, { years: 3, today: '2026-03-02' })
  return { ...member, person: { ...member.person, name } }
}

/** Their check-ups of three years, each as the OUL^R24 that a laboratory sends; the last three within half a year. */
export function checkUpMessages(member: Member): string[] {
  return VALUES.map(([on, sbp, dbp, fpg], at) => {
    const values: Record<string, number> = { sbp, dbp, fpg }
    const like = member.checkups[Math.min(at, member.checkups.length - 1)]!
    const observations = like.observations.map((one) => {
      const value = values[one.code]
      if (value === undefined) return one
      const isHigh = one.high !== null && value > one.high
      return { ...one, value, flag: isHigh ? ('H' as const) : ('N' as const) }
    })
    const compact = on.replaceAll('-', '')
    const checkup = { ...like, number: `TJ${compact}`, on, takenAt: `${on}T08:10:00+08:00`, observations }
    return oulMessage(member, checkup, { controlId: `C${at + 1}`, sentAt: `${compact}163000` })
  })
}
