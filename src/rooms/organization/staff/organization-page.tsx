import { AddressTabs, Page, useT } from '../../../platform/web/index.ts'
import { Departments } from './departments.tsx'
import { HouseRules } from './house-rules.tsx'
import { Profile } from './profile.tsx'
import { Sites } from './sites.tsx'

/** The house's settings: who it is, by which hours it works, its sites and departments. */
export function OrganizationPage() {
  const t = useT('organization')
  return (
    <Page title={t('page.title')}>
      <AddressTabs
        items={[
          { key: 'profile', label: t('page.profile'), content: <Profile /> },
          { key: 'hours', label: t('page.hours'), content: <HouseRules /> },
          { key: 'sites', label: t('page.sites'), content: <Sites /> },
          { key: 'departments', label: t('page.departments'), content: <Departments /> },
        ]}
      />
    </Page>
  )
}
