import { Radio } from 'antd'
import { Suspense } from 'react'
import { Card, Columns, Facts, language, Page, Stack, useAction, useApi, useLocale, useSlot, useT } from '../../../platform/web/index.ts'
import { changeLocale } from '../contract/account.ts'
import { ROLES, type Role } from '../contract/permissions.ts'
import { me } from '../contract/staff.ts'
import { OwnPassword } from './own-password.tsx'
import { OwnSecondFactor } from './own-second-factor.tsx'
import { OwnSessions } from './own-sessions.tsx'

/** One's own account: password, authenticator, where one is signed in, language. */
export function AccountPage() {
  const t = useT('staff')
  const { data } = useApi(me)
  const parts = useSlot('accountParts')
  const words = useLocale() === 'en' ? 'en' : 'zh'
  const roles = (data?.roles ?? []).map((role) => ROLES[role as Role]?.[words] ?? role)
  return (
    <Page title={t('account.title')}>
      <Columns minPx={420}>
        <Stack>
          <Card title={t('account.who')}>
            <Facts
              items={[
                [t('staff.name'), data?.name],
                [t('signIn.login'), data?.login],
                [t('signIn.organization'), data?.organization.name],
                [t('staff.roles'), roles.join(t('comma'))],
              ]}
            />
          </Card>
          <Card title={t('account.password')}>
            <OwnPassword expiresAt={data?.passwordExpiresAt ?? null} lengthMin={data?.passwordLengthMin ?? 8} />
          </Card>
          <Card title={t('account.language')}>
            <LanguageChoice />
          </Card>
        </Stack>
        <Stack>
          <Card title={t('account.secondFactor')}>{data && <OwnSecondFactor {...data.secondFactor} />}</Card>
          <Card title={t('account.sessions')}>
            <OwnSessions />
          </Card>
          {parts.map(({ key, component: Component }) => (
            <Suspense key={key}>
              <Component />
            </Suspense>
          ))}
        </Stack>
      </Columns>
    </Page>
  )
}

function LanguageChoice() {
  const t = useT('staff')
  const locale = useLocale()
  const keep = useAction(changeLocale)
  const choose = (chosen: 'zh-CN' | 'en') => {
    keep.mutate({ body: { locale: chosen } })
    void language.choose(chosen)
  }
  return (
    <Radio.Group aria-label={t('account.language')} value={locale} onChange={(event) => choose(event.target.value as 'zh-CN' | 'en')}>
      <Radio value="zh-CN">
        <span lang="zh-CN">中文</span>
      </Radio>
      <Radio value="en">
        <span lang="en">English</span>
      </Radio>
    </Radio.Group>
  )
}
