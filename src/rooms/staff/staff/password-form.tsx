import { Form, Input, Select } from 'antd'
import { useEffect } from 'react'
import { call, DraftForm, Field, Loading, ProblemAlert, useApi, useLocale, useT } from '../../../platform/web/index.ts'
import { listSignInOrganizations } from '../../organization/contract/organization.ts'
import { signIn, type SignInStep } from '../contract/sign-in.ts'
import { DemoAccounts } from './demo-accounts.tsx'

const REMEMBERED = 'peiban.organization'

interface Values {
  organization?: string
  login: string
  password: string
}

/** Organization (where there are several), login, password. */
export function PasswordForm({ onArrive }: { onArrive: (owes: SignInStep | null) => void }) {
  const t = useT('staff')
  const locale = useLocale()
  const [form] = Form.useForm<Values>()
  const { data, error, refetch } = useApi(listSignInOrganizations)
  const slug = Form.useWatch('organization', form) ?? (data?.organizations.length === 1 ? data.organizations[0]!.slug : undefined)
  const chosen = data?.organizations.find((organization) => organization.slug === slug)
  useEffect(() => {
    const remembered = localStorage.getItem(REMEMBERED)
    if (data && data.organizations.length > 1 && data.organizations.some((o) => o.slug === remembered)) form.setFieldValue('organization', remembered)
  }, [data, form])

  const enter = async ({ login, password }: Values) => {
    if (chosen) localStorage.setItem(REMEMBERED, chosen.slug)
    const { owes } = await call(signIn, { body: { login, password, ...(chosen ? { organization: chosen.slug } : {}) } })
    onArrive(owes)
  }
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  if (data.organizations.length === 0) return <p>{t('signIn.nowhere')}</p>
  return (
    <>
      {data.organizations.length === 1 && <p className="pb-hint" style={{ margin: '4px 0 16px' }}>{nameOf(data.organizations[0]!, locale)}</p>}
      <DraftForm<Values> name="sign-in" keepDraft={false} form={form} onSubmit={enter} submit={t('signIn.enter')}>
        {data.organizations.length > 1 && (
          <Field name="organization" label={t('signIn.organization')} required>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={data.organizations.map((organization) => ({ value: organization.slug, label: nameOf(organization, locale) }))}
            />
          </Field>
        )}
        <Field name="login" label={t('signIn.login')} required>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus maxLength={60} />
        </Field>
        <Field name="password" label={t('signIn.password')} required>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Field>
      </DraftForm>
      {chosen?.demo && <DemoAccounts organization={chosen.slug} onChoose={(login, password) => form.setFieldsValue({ login, password })} />}
    </>
  )
}

function nameOf({ name, nameEn }: { name: string; nameEn: string }, locale: string): string {
  return locale === 'en' && nameEn ? nameEn : name
}
