import type { Room } from '../../../platform/context/room.ts'
import { sendInvitationJob } from './invitation-mail.ts'
import { forgetSessions } from './rounds.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'staff', routes, jobs: [sendInvitationJob], rounds: [forgetSessions] }
