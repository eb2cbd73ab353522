import { AddressTabs, Page, useCan, useT } from '../../../platform/web/index.ts'
import { ContentPart } from './content-part.tsx'
import { ReferenceList } from './reference-list.tsx'

/** 生长设置: what children are compared with, what the programme says, and from where a sign is shown. */
export function ReferencesPage() {
  const t = useT('growth')
  const seesReferences = useCan('growth.read')
  const seesContent = useCan('advice.content.read')
  const items = [
    ...(seesReferences ? [{ key: 'references', label: t('setting.references'), content: <ReferenceList /> }] : []),
    ...(seesContent
      ? (['programme', 'signs'] as const).map((code) => ({
          key: code,
          label: t(`setting.${code}`),
          content: <ContentPart key={code} code={code} />,
        }))
      : []),
  ]
  return (
    <Page title={t('nav.references')} hint={t('setting.hint')}>
      <AddressTabs items={items} />
    </Page>
  )
}
