import { AddressTabs, Page, useCan, useT } from '../../../platform/web/index.ts'
import { CardsTab } from './cards-tab.tsx'
import { GuidelinesTab } from './guidelines-tab.tsx'

/** 结节管理设置: which guideline each organ is looked after by, and what people read. */
export function SettingsPage() {
  const t = useT('nodule')
  const seesGuidelines = useCan('nodule.read')
  const seesCards = useCan('advice.content.read')
  const items = [
    ...(seesGuidelines ? [{ key: 'guidelines', label: t('cards.guidelines'), content: <GuidelinesTab /> }] : []),
    ...(seesCards ? [{ key: 'cards', label: t('cards.tab'), content: <CardsTab /> }] : []),
  ]
  return (
    <Page title={t('nav.settings')} hint={t('setting.hint')}>
      <AddressTabs items={items} />
    </Page>
  )
}
