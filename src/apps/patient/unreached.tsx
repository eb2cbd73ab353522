import { language, Screen, Trouble } from '../../platform/patient-web/index.ts'

/** The page itself did not come through: said plainly, with a way to try again, and nothing that was typed is lost. */
export function Unreached() {
  const title = language.text('web', 'problem.unreached')
  return (
    <Screen>
      <Trouble problem={{ title }} onRetry={() => location.reload()} />
    </Screen>
  )
}
