import { Input, Select } from 'antd'
import { Card, Columns, DraftForm, Field, Loading, ProblemAlert, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { changeOrganization, getOrganization } from '../contract/organization.ts'
import { Logo } from './logo.tsx'

type Values = Omit<OutputOf<typeof getOrganization>, 'id' | 'slug' | 'logo' | 'version'>

/** Name, contact, time zone, language and logo. */
export function Profile() {
  const t = useT('organization')
  const { data, error, refetch } = useApi(getOrganization)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Columns minPx={420}>
      <Card title={t('page.profile')}>
        <ProfileForm key={data.version} organization={data} />
      </Card>
      <Card title={t('logo.title')}>
        <Logo version={data.logo} />
      </Card>
    </Columns>
  )
}

function ProfileForm({ organization }: { organization: OutputOf<typeof getOrganization> }) {
  const t = useT('organization')
  const say = useSay()
  const change = useAction(changeOrganization, { invalidates: [getOrganization, { name: 'staff.me' }], onDone: () => say.done(t('saved')) })
  const { id: _id, slug: _slug, logo: _logo, version, ...initial } = organization
  const save = (values: Values) => change.mutateAsync({ body: { ...initial, ...values, version } })
  return (
    <DraftForm<Values> name="organization" initial={initial} schema={changeOrganization.body} onSubmit={save} submit={t('save')}>
      <Field name="name" label={t('profile.name')} required extra={t('profile.nameUse')}>
        <Input maxLength={100} />
      </Field>
      <Field name="nameEn" label={t('profile.nameEn')}>
        <Input maxLength={200} />
      </Field>
      <Field name="phone" label={t('profile.phone')}>
        <Input maxLength={40} />
      </Field>
      <Field name="address" label={t('profile.address')}>
        <Input maxLength={200} />
      </Field>
      <Field name="timeZone" label={t('profile.timeZone')} required extra={t('profile.timeZoneUse')}>
        <Select showSearch options={timeZones(organization.timeZone).map((zone) => ({ value: zone, label: zone }))} />
      </Field>
      <Field name="locale" label={t('profile.locale')} required>
        <Select
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Field>
    </DraftForm>
  )
}

/** What the browser knows, with the zones of China first. */
function timeZones(current: string): string[] {
  const first = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'Asia/Macau', 'Asia/Taipei']
  return [...new Set([current, ...first, ...Intl.supportedValuesOf('timeZone')])]
}
