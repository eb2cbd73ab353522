import { call } from '../../platform/web/index.ts'
import { signOut } from '../../rooms/staff/contract/sign-in.ts'

/** Ends the session here. Leaving works also when the server is away: there it ends by itself. */
export async function endSession(): Promise<void> {
  await call(signOut).catch(() => undefined)
}
