import { Input, Switch } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { type Column, DraftForm, Field, Loading, ProblemAlert, Status, useAction, useApi, useT } from '../../../platform/web/index.ts'
import { changeSite, createSite, listSites } from '../contract/place.ts'
import { PlaceTable } from './place-table.tsx'

type Site = OutputOf<typeof listSites>['sites'][number]

/** The buildings patients come to. */
export function Sites() {
  const t = useT('organization')
  const { data, error, refetch } = useApi(listSites)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const columns: Column<Site>[] = [
    { key: 'name', title: t('sites.name'), render: ({ name }) => name },
    { key: 'active', title: t('state'), render: ({ active }) => <Status tone={active ? 'good' : 'plain'}>{t(active ? 'inUse' : 'outOfUse')}</Status>, card: 'aside' },
    { key: 'address', title: t('profile.address'), render: ({ address }) => address },
    { key: 'phone', title: t('profile.phone'), render: ({ phone }) => phone },
  ]
  return (
    <PlaceTable
      kind="sites"
      rows={data.sites}
      columns={columns}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      form={(site, close) => <SiteForm site={site} onClose={close} />}
    />
  )
}

interface Values {
  name: string
  address?: string
  phone?: string
  active?: boolean
}

function SiteForm({ site, onClose }: { site: Site | undefined; onClose: () => void }) {
  const t = useT('organization')
  const create = useAction(createSite, { invalidates: [listSites] })
  const change = useAction(changeSite, { invalidates: [listSites] })
  const save = async ({ name, address = '', phone = '', active = true }: Values) => {
    if (site) await change.mutateAsync({ params: { siteId: site.id }, body: { name, address, phone, active, version: site.version } })
    else await create.mutateAsync({ body: { name, address, phone } })
    onClose()
  }
  return (
    <DraftForm<Values> name={`site-${site?.id ?? 'new'}`} {...(site ? { initial: site } : {})} schema={createSite.body} onSubmit={save} submit={t('save')} onCancel={onClose}>
      <Field name="name" label={t('sites.name')} required>
        <Input maxLength={100} />
      </Field>
      <Field name="address" label={t('profile.address')}>
        <Input maxLength={200} />
      </Field>
      <Field name="phone" label={t('profile.phone')}>
        <Input maxLength={40} />
      </Field>
      {site && (
        <Field name="active" label={t('inUse')} required extra={t('sites.outOfUseMeans')} valuePropName="checked">
          <Switch />
        </Field>
      )}
    </DraftForm>
  )
}
