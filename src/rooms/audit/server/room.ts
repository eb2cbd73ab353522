import type { Room } from '../../../platform/context/room.ts'
import { routes } from './routes.ts'
import { sealAll } from './seal.ts'
import { verificationJob } from './verification.ts'

export const room: Room = {
  name: 'audit',
  routes,
  jobs: [verificationJob],
  rounds: [{ name: 'audit/seal', everySeconds: 1, run: sealAll }],
}
