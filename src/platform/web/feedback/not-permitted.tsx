import { useT } from '../language/use-t.ts'
import { Page } from '../page/page.tsx'
import { Go } from '../page/go.tsx'

/** In the place of a page that this person's role does not include. */
export function NotPermitted() {
  const t = useT('web')
  return (
    <Page title={t('notPermitted.title')} width="reading">
      <p>{t('notPermitted.text')}</p>
      <Go to="/">{t('toWorkbench')}</Go>
    </Page>
  )
}

/** For whoever has just come in and whose role opens no page at all: they asked for nothing, so nothing is refused. */
export function NothingYet() {
  const t = useT('web')
  return (
    <Page title={t('nothingYet.title')} width="reading">
      <p>{t('nothingYet.text')}</p>
    </Page>
  )
}

export function NotFound() {
  const t = useT('web')
  return (
    <Page title={t('notFound.title')} width="reading">
      <p>{t('notFound.text')}</p>
      <Go to="/">{t('toWorkbench')}</Go>
    </Page>
  )
}
