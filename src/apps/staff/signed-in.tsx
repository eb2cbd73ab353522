import { useQueryClient } from '@tanstack/react-query'
import { call, forgetDrafts, Shell, SlotsContext, useGo } from '../../platform/web/index.ts'
import { changeLocale } from '../../rooms/staff/contract/account.ts'
import { pages, slots } from './pages.ts'
import { SessionGate } from './session-gate.tsx'
import { SIGN_IN_PATH } from './sign-in-address.ts'
import { endSession } from './sign-out.ts'

const ACCOUNT_PATH = '/account'

/** Everything that needs somebody who is signed in. */
export function SignedIn() {
  const go = useGo()
  const client = useQueryClient()
  const leave = async () => {
    await endSession()
    forgetDrafts()
    client.clear()
    go(SIGN_IN_PATH)
  }
  const hasAccount = pages.some(({ path }) => path === ACCOUNT_PATH)
  return (
    <SessionGate>
      <SlotsContext value={slots}>
        <Shell
          pages={pages}
          onSignOut={() => void leave()}
          // The page has changed already; the account learns of it when it can be reached.
          onLanguage={(locale) => void call(changeLocale, { body: { locale } }).catch(() => undefined)}
          {...(hasAccount ? { accountPath: ACCOUNT_PATH } : {})}
        />
      </SlotsContext>
    </SessionGate>
  )
}
