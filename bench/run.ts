import { parseArgs } from 'node:util'
import { openGround, type Ground } from './ground.ts'

/** `npm run bench -- NAME [--patients N]`: see docs/operations.md for what each measures. */
const MEASURES: Record<string, () => Promise<{ measure: (ground: Ground) => Promise<void> }>> = {
  agenda: () => import('./measures/agenda.ts'),
  patient: () => import('./measures/patient.ts'),
  search: () => import('./measures/search.ts'),
  'tag-preview': () => import('./measures/tag-preview.ts'),
  segment: () => import('./measures/segment.ts'),
  journey: () => import('./measures/journey.ts'),
  intake: () => import('./measures/intake.ts'),
  report: () => import('./measures/report.ts'),
  draw: () => import('./measures/draw.ts'),
  start: () => import('./measures/start.ts'),
}

/** Measures that need no members. */
const BARE: Record<string, () => Promise<{ measure: () => Promise<void> }>> = {
  questionnaire: () => import('./measures/questionnaire.ts'),
  mail: () => import('./measures/mail.ts'),
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { patients: { type: 'string', default: '1000000' } },
})
const all = [...Object.keys(MEASURES), ...Object.keys(BARE)]
const names = positionals.length > 0 ? positionals : all
const patients = Number(values.patients)
const unknown = names.filter((name) => !all.includes(name))

if (unknown.length > 0 || !Number.isInteger(patients) || patients < 100) {
  console.error(`usage: npm run bench -- [${all.join('|')}] [--patients N]   (N ≥ 100)`)
  process.exitCode = 2
} else {
  for (const name of names) {
    if (name in BARE) {
      await (await BARE[name]!()).measure()
      continue
    }
    const { measure } = await MEASURES[name]!()
    // Each measure gets the ground afresh, so that one does not run in the memory of another.
    const ground = await openGround(patients)
    try {
      await measure(ground)
    } finally {
      await ground.close()
    }
  }
}
