import { SideDrawer, Stack, useT } from '../../../platform/web/index.ts'
import type { PatientTag } from '../contract/tag.ts'
import { TagWhy } from './tag-why.tsx'
import { useBilingual } from './words.ts'

export interface WhyDrawerProps {
  patientId: string
  tag: PatientTag | undefined
  onClose: () => void
}

/** 为什么有这个标签: the rule part by part, each with its answer and its facts as they are now. */
export function WhyDrawer({ patientId, tag, onClose }: WhyDrawerProps) {
  const t = useT('tag')
  const words = useBilingual()
  return (
    <SideDrawer
      title={tag ? t('why.title', { name: words(tag.name) }) : ''}
      open={tag !== undefined}
      onClose={onClose}
      widthPx={560}
    >
      {tag && (
        <Stack>
          <p style={{ margin: 0 }}>{words(tag.explanation)}</p>
          <TagWhy patientId={patientId} code={tag.code} />
        </Stack>
      )}
    </SideDrawer>
  )
}
