import { useApi, useLocale, useT } from '../../../platform/web/index.ts'
import { ROLES } from '../contract/permissions.ts'
import { listDemoAccounts } from '../contract/sign-in.ts'

/** The accounts of a demonstration: one click fills the form. */
export function DemoAccounts({ organization, onChoose }: { organization: string; onChoose: (login: string, password: string) => void }) {
  const t = useT('staff')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const { data } = useApi(listDemoAccounts, { query: { organization } })
  const password = data?.password
  if (!data || !password) return null
  return (
    <section aria-labelledby="demo-accounts" style={{ marginTop: 24, borderTop: '1px solid var(--pb-line)', paddingTop: 16 }}>
      <h2 id="demo-accounts" style={{ fontSize: 14, margin: '0 0 4px' }}>
        {t('signIn.demo')}
      </h2>
      <p className="pb-hint" style={{ marginBottom: 8 }}>{t('signIn.demoHint', { password })}</p>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, columns: '180px 2', columnGap: 16 }}>
        {data.accounts.map(({ login, roles }) => (
          <li key={login} style={{ breakInside: 'avoid', padding: '3px 0' }}>
            <button type="button" className="pb-link" onClick={() => onChoose(login, password)}>
              {login}
            </button>{' '}
            <span className="pb-hint">{roles.map((role) => ROLES[role][language]).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
