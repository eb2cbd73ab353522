import '../../../questionnaire/staff/designer/designer.css'
import './design.css'
import { ConfigProvider } from 'antd'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { Card, SideDrawer, useHistory, useNarrow, useT } from '../../../../platform/web/index.ts'
import { axisOf } from '../../contract/axis.ts'
import type { ProtocolDefinition } from '../../contract/protocol.ts'
import { useSaid } from '../words.ts'
import { ExportDrawer } from '../exchange/export-drawer.tsx'
import { Conflict } from './conflict.tsx'
import { DesignContext, type Content } from './context.ts'
import { DayList } from './day-list.tsx'
import { FaultList } from './fault-list.tsx'
import { StepPanel } from './step-panel.tsx'
import { TimeAxis } from './time-axis.tsx'
import { Toolbar } from './toolbar.tsx'
import { localCopy, useDraft, type LocalCopy } from './use-draft.ts'
import { useFaults } from './use-faults.ts'
import { WalkDrawer } from './walk-drawer.tsx'
import { WholeCards } from './whole-cards.tsx'

export interface DesignerProps {
  code: string
  /** As the house has it. */
  given: ProtocolDefinition
  version: number
  /** Of the house's draft; 0 where there is none yet. */
  revision: number
  content: Content
  readOnly: boolean
  /** What this tab still had of an earlier visit. */
  left?: LocalCopy | undefined
}

/** The desk on which a pathway is designed: the whole above, the axis in the middle, the chosen step beside it. */
export function Designer({ code, given, version, revision, content, readOnly, left }: DesignerProps) {
  const t = useT('follow-up')
  const said = useSaid()
  const narrow = useNarrow()
  const history = useHistory(left?.definition ?? given)
  const definition = history.now
  const draft = useDraft(code, definition, { revision: left?.revision ?? revision, saved: given })
  const axis = useMemo(() => axisOf(definition), [definition])
  const faults = useFaults(definition, axis)
  const [chosen, select] = useState<string | undefined>(() => (narrow ? undefined : given.steps[0]?.code))
  const [side, setSide] = useState<'walk' | 'export'>()
  const selected = definition.steps.some((step) => step.code === chosen) ? chosen : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    if (readOnly || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key === 's') void draft.sendNow()
    else if (key === 'y' || (key === 'z' && event.shiftKey)) history.redo()
    else if (key === 'z') history.undo()
    else return
    event.preventDefault()
  }
  const step = definition.steps.find((one) => one.code === selected)
  return (
    <DesignContext value={{ definition, edit: history.edit, readOnly, axis, faults, content, selected, select }}>
      <ConfigProvider componentDisabled={readOnly}>
        {/* Keys of the whole desk; every act has a button too. */}
        <div className="pb-path" role="group" aria-label={t('design.title')} onKeyDown={onKeyDown}>
          {/* Walking and exporting are for whoever reads. */}
          <ConfigProvider componentDisabled={false}>
            <Toolbar
              history={history}
              saving={draft.saving}
              refusal={draft.refusal}
              isDraft={draft.isDraft}
              left={left !== undefined}
              readOnly={readOnly}
              onWalk={() => setSide('walk')}
              onExport={() => setSide('export')}
            />
          </ConfigProvider>
          {readOnly && <p className="pb-hint">{t('design.readOnly')}</p>}
          {draft.saving === 'conflict' && (
            <Conflict
              onTheirs={(theirs) => {
                history.edit(() => theirs.definition)
                localCopy.drop(code)
                draft.settle(theirs)
              }}
              onMine={draft.settle}
            />
          )}
          <ConfigProvider componentDisabled={false}>
            <WholeCards />
          </ConfigProvider>
          <div className="pb-path-desk">
            <div className="pb-path-main">
              <Card title={t('design.axis.title')}>
                {narrow ? (
                  <DayList />
                ) : (
                  <ConfigProvider componentDisabled={false}>
                    <TimeAxis />
                  </ConfigProvider>
                )}
              </Card>
              <FaultList />
            </div>
            {!narrow && step && (
              <aside className="pb-path-side" key={step.code}>
                <StepPanel />
              </aside>
            )}
          </div>
          {narrow && (
            <SideDrawer title={step ? said(step.name) : ''} open={step !== undefined} onClose={() => select(undefined)}>
              {step && <StepPanel key={step.code} />}
            </SideDrawer>
          )}
          <ConfigProvider componentDisabled={false}>
            <WalkDrawer open={side === 'walk'} onClose={() => setSide(undefined)} />
            <ExportDrawer open={side === 'export'} onClose={() => setSide(undefined)} code={code} version={version} />
          </ConfigProvider>
        </div>
      </ConfigProvider>
    </DesignContext>
  )
}
