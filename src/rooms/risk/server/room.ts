import type { Room } from '../../../platform/context/room.ts'
import { routes } from './routes.ts'
import { assessJob } from './step.ts'

export const room: Room = { name: 'risk', routes, jobs: [assessJob] }
