import { Button, Input } from 'antd'
import { useState } from 'react'
import { ProblemAlert, SideDrawer, Stack, useAction, useGo, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { draftProtocol, listProtocols } from '../../contract/catalogue.ts'
import { protocolCode } from '../../contract/words.ts'
import { freeCode } from './edits.ts'
import { emptyPathway } from './empty.ts'

/** A name is enough to begin. */
export function NewPathway({ taken, open, onClose }: { taken: readonly string[]; open: boolean; onClose: () => void }) {
  const t = useT('follow-up')
  const go = useGo()
  const [zh, setZh] = useState('')
  const [en, setEn] = useState('')
  const [typed, setCode] = useState<string>()
  const begin = useAction(draftProtocol, {
    invalidates: [listProtocols],
    onDone: (_answer, input) => go(`/protocols/${(input as { params: { code: string } }).params.code}/design`),
  })
  const slug = en
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50)
  const code = typed ?? freeCode(taken, slug.length > 1 ? slug : 'pathway')
  const isTaken = taken.includes(code)
  const isCode = protocolCode.safeParse(code).success && !isTaken
  return (
    <SideDrawer title={t('design.new.title')} open={open} onClose={onClose}>
      <Stack>
        <Labelled label={t('design.new.zh')}>
          <Input
            value={zh}
            maxLength={60}
            placeholder={t('design.new.example')}
            onChange={({ target }) => setZh(target.value)}
          />
        </Labelled>
        <Labelled label={t('design.new.en')} hint={t('design.words.same')}>
          <Input value={en} maxLength={80} onChange={({ target }) => setEn(target.value)} />
        </Labelled>
        <Labelled label={t('design.new.code')} hint={t(isTaken ? 'design.new.taken' : 'design.new.codeHint')}>
          <Input value={code} status={isCode ? '' : 'error'} onChange={({ target }) => setCode(target.value.trim())} />
        </Labelled>
        <ProblemAlert problem={begin.error} />
        <Button
          type="primary"
          disabled={zh.trim() === '' || !isCode}
          loading={begin.isPending}
          onClick={() =>
            begin.mutate({
              params: { code },
              body: { definition: emptyPathway(code, { zh: zh.trim(), en: en.trim() || zh.trim() }), revision: 0 },
            })
          }
        >
          {t('design.new.begin')}
        </Button>
      </Stack>
    </SideDrawer>
  )
}
