import { systemActor } from '../../../platform/context/context.ts'
import { write } from '../../../platform/context/house.ts'
import type { Room } from '../../../platform/context/room.ts'
import { clearEndedAccess } from './access.ts'
import { patientFactForms } from './fact-forms.ts'
import { patientFacts } from './fact-kinds.ts'
import { importJobs } from './import/routes.ts'
import { routes } from './routes.ts'

export const room: Room = {
  name: 'patient',
  routes,
  facts: patientFacts,
  factForms: patientFactForms,
  jobs: importJobs,
  rounds: [
    {
      name: 'patient/clear-ended-access',
      everySeconds: 600,
      run: (house, tenant) =>
        write(house, { tenant, actor: systemActor(tenant.id, 'patient/clear-ended-access') }, clearEndedAccess),
    },
  ],
}
