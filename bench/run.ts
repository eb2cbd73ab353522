import { parseArgs } from 'node:util'
import { openGround, type Ground } from './ground.ts'

/** `npm run bench -- NAME [--patients N]`: see docs/operations.md for what each measures. */
const MEASURES: Record<string, () => Promise<{ measure: (ground: Ground) => Promise<void> }>> = {
  agenda: () => import('./measures/agenda.ts'),
  patient: () => import('./measures/patient.ts'),
  search: () => import('./measures/search.ts'),
  'tag-preview': () => import('./measures/tag-preview.ts'),
  intake: () => import('./measures/intake.ts'),
  report: () => import('./measures/report.ts'),
  start: () => import('./measures/start.ts'),
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { patients: { type: 'string', default: '1000000' } },
})
const names = positionals.length > 0 ? positionals : Object.keys(MEASURES)
const patients = Number(values.patients)
const unknown = names.filter((name) => !(name in MEASURES))

if (unknown.length > 0 || !Number.isInteger(patients) || patients < 100) {
  console.error(`usage: npm run bench -- [${Object.keys(MEASURES).join('|')}] [--patients N]   (N ≥ 100)`)
  process.exitCode = 2
} else {
  for (const name of names) {
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
