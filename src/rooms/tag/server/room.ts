import type { Room } from '../../../platform/context/room.ts'
import { identityListeners } from './identity.ts'
import { listeners } from './merge.ts'
import { routes } from './routes.ts'

export const room: Room = { name: 'tag', routes, listeners: [...listeners, ...identityListeners] }
