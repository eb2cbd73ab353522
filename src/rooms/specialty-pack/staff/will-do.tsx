import { Stack, useT } from '../../../platform/web/index.ts'
import type { PackView, Plan } from '../contract/specialty-pack.ts'
import { useSaid } from './words.ts'

/** In the order in which they matter to whoever decides. */
const SHOWN: Plan[] = ['put', 'lay', 'renew', 'restore', 'taken', 'kept', 'off', 'there']

/** What installing, or an update, does with the parts: said before it is done. */
export function WillDo({ pack }: { pack: PackView }) {
  const t = useT('specialty-pack')
  const said = useSaid()
  const rules = pack.content.filter(({ kind, plan }) => kind === 'alert-rule' && plan === 'lay')
  return (
    <Stack tight>
      {SHOWN.map((plan) => {
        const parts = pack.content.filter((part) => part.plan === plan && !rules.includes(part))
        if (parts.length === 0) return null
        const names = parts.map(({ kind, name }) => `${said(name)}${t('inBrackets', { text: t(`kind.${kind}`) })}`)
        return (
          <section key={plan} aria-label={t(`will.${plan}`, { count: parts.length })}>
            <h3>{t(`will.${plan}`, { count: parts.length })}</h3>
            <p className="pb-hint">{t(`willHint.${plan}`)}</p>
            <p>{names.join(t('comma'))}</p>
          </section>
        )
      })}
      {rules.length > 0 && (
        <section aria-label={t('will.rules', { count: rules.length })}>
          <h3>{t('will.rules', { count: rules.length })}</h3>
          <p className="pb-hint">{t('willHint.rules')}</p>
          <p>{rules.map(({ name }) => said(name)).join(t('comma'))}</p>
        </section>
      )}
    </Stack>
  )
}
