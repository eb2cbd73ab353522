import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Row, SideDrawer, Stack, useAction, useGo, useSay, useT } from '../../../platform/web/index.ts'
import { getProtocol, listProtocols, takeShippedProtocol } from '../contract/catalogue.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { compare } from './design/compare.ts'
import { partsOfStep, partsOfWhole } from './newer-parts.ts'
import { ProtocolSteps } from './protocol-steps.tsx'
import { useSaid } from './words.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'

interface Props {
  code: string
  data: OutputOf<typeof getProtocol>
}

/** Peiban ships another version than the house has: what differs, and the way to take it over as a draft. */
export function NewerNote({ code, data }: Props) {
  const t = useT('follow-up')
  const go = useGo()
  const say = useSay()
  const [open, setOpen] = useState(false)
  const { newer } = data
  const take = useAction(takeShippedProtocol, {
    invalidates: [getProtocol, listProtocols],
    onDone: ({ version }) => {
      say.done(t('newer.taken', { version }))
      go(`/protocols/${code}/design`)
    },
  })
  const own = data.versions.find(({ state }) => state === 'published') ?? data.versions[0]
  if (!newer || !own) return null
  const hasDraft = data.versions.some(({ state }) => state === 'draft')
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('newer.title')}
        description={
          <Stack tight>
            <span>{t('newer.hint')}</span>
            <Row>
              <Button onClick={() => setOpen(true)}>{t('newer.look')}</Button>
            </Row>
          </Stack>
        }
      />
      <SideDrawer
        title={t('newer.drawer', { version: own.version })}
        open={open}
        onClose={() => setOpen(false)}
        widthPx={880}
      >
        {open && (
          <Stack>
            <Changes before={own.definition} after={newer} />
            {data.can.draft && (
              <Row>
                <Button
                  type="primary"
                  disabled={hasDraft}
                  loading={take.isPending}
                  onClick={() => take.mutate({ params: { code }, body: {} }, { onError: say.problem })}
                >
                  {t('newer.take')}
                </Button>
                {hasDraft && <span className="pb-hint">{t('newer.draftFirst')}</span>}
              </Row>
            )}
            <h3>{t('newer.steps')}</h3>
            <ProtocolSteps definition={newer} forms={data.forms} />
          </Stack>
        )}
      </SideDrawer>
    </>
  )
}

function Changes({ before, after }: { before: ProtocolDefinition; after: ProtocolDefinition }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { added, removed, changed } = compare(before, after)
  const old = new Map(before.steps.map((step) => [step.code, step]))
  const named = (parts: ReturnType<typeof partsOfWhole>) =>
    parts.map((part) => t(`newer.part.${part}`)).join(t('comma'))
  const names = (steps: readonly ProtocolDefinition['steps'][number][]) =>
    steps.map(({ name }) => said(name)).join(t('comma'))
  const whole = partsOfWhole(before, after)
  const lines = [
    ...(whole.length > 0 ? [t('newer.whole', { parts: named(whole) })] : []),
    ...(added.length > 0 ? [t('newer.added', { names: names(added) })] : []),
    ...(removed.length > 0 ? [t('newer.removed', { names: names(removed) })] : []),
    ...changed.map((step) =>
      t('newer.changed', { name: said(step.name), parts: named(partsOfStep(old.get(step.code)!, step)) }),
    ),
  ]
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20, listStyle: 'disc' }}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
