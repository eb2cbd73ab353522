import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateInput,
  DateText,
  DraftForm,
  Field,
  InstantText,
  Loading,
  openFile,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useConfirmReach,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listSealedReports, openSealedReport, printSealedReport, recordWish, withdrawWish } from '../contract/sealed.ts'

type Sealed = OutputOf<typeof listSealedReports>
const CHANGED = [listSealedReports]

/** 单独封装: opened on purpose. Whether there is something for the sealed sheet, the wish in writing, and the sheets. */
export function SealedPart({ patientId }: { patientId: string }) {
  const t = useT('health-report')
  const [open, setOpen] = useState(false)
  return (
    <Card title={t('sealed.title')} extra={!open && <Button onClick={() => setOpen(true)}>{t('sealed.open')}</Button>}>
      {open ? <Opened patientId={patientId} /> : <p className="pb-hint">{t('sealed.hint')}</p>}
    </Card>
  )
}

function Opened({ patientId }: { patientId: string }) {
  const t = useT('health-report')
  const [asking, setAsking] = useState(false)
  const params = { patientId: patientId as never }
  const { data, error, refetch } = useApi(listSealedReports, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  if (data.exams.length === 0 && data.papers.length === 0) return <p className="pb-hint">{t('sealed.nothing')}</p>
  const wished = new Set(data.wishes.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ examId }) => examId))
  const unwished = data.exams.filter(({ id }) => !wished.has(id))
  return (
    <Stack>
      {data.exams.map((exam) => (
        <ExamRow key={exam.id} patientId={patientId} exam={exam} sealed={data} wished={wished.has(exam.id)} />
      ))}
      {data.can.record && unwished.length > 0 && (
        <Row>
          <Button onClick={() => setAsking(true)}>{t('sealed.record')}</Button>
        </Row>
      )}
      {data.papers.map((paper) => (
        <PaperRow key={paper.id} patientId={patientId} paper={paper} mayOpen={data.can.print} />
      ))}
      <WishDrawer patientId={patientId} exams={unwished} open={asking} onClose={() => setAsking(false)} />
    </Stack>
  )
}

function ExamRow({
  patientId,
  exam,
  sealed,
  wished,
}: {
  patientId: string
  exam: Sealed['exams'][number]
  sealed: Sealed
  wished: boolean
}) {
  const t = useT('health-report')
  const say = useSay()
  const confirm = useConfirmReach()
  const params = { patientId: patientId as never }
  const print = useAction(printSealedReport, { invalidates: CHANGED })
  const back = useAction(withdrawWish, { invalidates: CHANGED })
  const wish = sealed.wishes.find(({ examId, withdrawnAt }) => examId === exam.id && withdrawnAt === null)
  const takeBack = async () => {
    const agreed = await confirm({
      title: t('sealed.backTitle'),
      reach: [t('sealed.backReach')],
      verb: t('sealed.back'),
      danger: true,
    })
    if (agreed && wish) back.mutate({ params: { ...params, wishId: wish.id } }, { onError: say.problem })
  }
  return (
    <Row>
      <span>
        <InstantText at={exam.at} /> {exam.title}
      </span>
      <Status tone={wished ? 'good' : 'plain'}>{t(wished ? 'sealed.wished' : 'sealed.unwished')}</Status>
      {wish && (
        <span className="pb-hint">
          <DateText date={wish.wishedOn} /> {t('sealed.kept', { where: wish.keptWhere, name: wish.recordedBy })}
        </span>
      )}
      {wish && sealed.can.print && (
        <Button
          size="small"
          loading={print.isPending}
          onClick={() =>
            print.mutate(
              { params, body: { examId: exam.id } },
              { onSuccess: () => say.done(t('print.done')), onError: say.problem },
            )
          }
        >
          {t('sealed.print')}
        </Button>
      )}
      {wish && sealed.can.record && (
        <Button size="small" type="text" danger onClick={() => void takeBack()}>
          {t('sealed.back')}
        </Button>
      )}
    </Row>
  )
}

function PaperRow({
  patientId,
  paper,
  mayOpen,
}: {
  patientId: string
  paper: Sealed['papers'][number]
  mayOpen: boolean
}) {
  const t = useT('health-report')
  const say = useSay()
  const open = () =>
    void openFile(openSealedReport, { params: { patientId: patientId as never, reportId: paper.id } }).catch(
      say.problem,
    )
  const standing = paper.state === 'ready' || paper.state === 'waiting'
  return (
    <Row>
      <strong className="pb-number">{t('list.number', { number: paper.number })}</strong>
      <Status tone={standing ? 'good' : 'plain'}>{t(`state.${paper.state}`)}</Status>
      {paper.signedBy && <span className="pb-hint">{t('list.signed', { name: paper.signedBy })}</span>}
      {standing && mayOpen && (
        <Button size="small" onClick={open}>
          {t('list.open')}
          <span className="pb-sr">{paper.number}</span>
        </Button>
      )}
    </Row>
  )
}

interface Wish {
  examId: string
  wishedOn: string
  keptWhere: string
  signedByPerson?: boolean
}

function WishDrawer({
  patientId,
  exams,
  open,
  onClose,
}: {
  patientId: string
  exams: Sealed['exams']
  open: boolean
  onClose: () => void
}) {
  const t = useT('health-report')
  const say = useSay()
  const today = useToday()
  const record = useAction(recordWish, { invalidates: CHANGED })
  const send = async ({ examId, wishedOn, keptWhere }: Wish) => {
    await record.mutateAsync({
      params: { patientId: patientId as never },
      body: { examId: examId as never, wishedOn, keptWhere, signedByPerson: true },
    })
    onClose()
    say.done(t('sealed.recorded'))
  }
  return (
    <SideDrawer title={t('sealed.record')} open={open} onClose={onClose} widthPx={440}>
      <p className="pb-hint">{t('sealed.recordHint')}</p>
      <DraftForm<Wish>
        key={exams[0]?.id ?? 'none'}
        name={`sealed-wish-${patientId}`}
        initial={{ examId: exams[0]?.id ?? '', wishedOn: today, keptWhere: '' }}
        keepDraft={false}
        submit={t('act.save')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="examId" label={t('print.exam')} required>
          <Select
            options={exams.map(({ id, title, at }) => ({ value: id as string, label: `${at.slice(0, 10)} ${title}` }))}
          />
        </Field>
        <Field name="wishedOn" label={t('sealed.wishedOn')} required>
          <DateInput />
        </Field>
        <Field name="keptWhere" label={t('sealed.keptWhere')} required>
          <Input maxLength={120} placeholder={t('sealed.keptPlaceholder')} />
        </Field>
        <Form.Item
          name="signedByPerson"
          valuePropName="checked"
          rules={[
            {
              validator: (_rule, value) =>
                value ? Promise.resolve() : Promise.reject(new Error(t('sealed.mustSign'))),
            },
          ]}
        >
          <Checkbox>{t('sealed.signedByPerson')}</Checkbox>
        </Form.Item>
      </DraftForm>
    </SideDrawer>
  )
}
