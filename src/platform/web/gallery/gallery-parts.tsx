import { Button, Input, Radio } from 'antd'
import { z } from 'zod'
import { ApiProblem } from '../api/api-problem.ts'
import { useConfirmReach } from '../feedback/confirm-reach.tsx'
import { Empty } from '../feedback/empty.tsx'
import { JobProgress } from '../feedback/job-progress.tsx'
import { Loading } from '../feedback/loading.tsx'
import { ProblemAlert } from '../feedback/problem-alert.tsx'
import { useSay } from '../feedback/use-say.tsx'
import { DateInput } from '../form/date-input.tsx'
import { DraftForm } from '../form/draft-form.tsx'
import { Field } from '../form/field.tsx'
import { TrendChart } from '../chart/trend-chart.tsx'
import { Spark } from '../chart/spark.tsx'
import { Card, Columns, Facts, Row, Stack } from '../page/layout.tsx'
import { Page } from '../page/page.tsx'
import { useToday } from '../page/session.ts'
import { AddressTabs } from '../page/address-tabs.tsx'
import { DateText, InstantText, RelativeDay } from '../text/dates.tsx'
import { Flag, Quantity } from '../text/flag.tsx'
import { KeyHint } from '../text/key-hint.tsx'
import { Masked } from '../text/masked.tsx'
import { SexAge } from '../text/sex-age.tsx'
import { Status } from '../text/status.tsx'
import { TagChip } from '../text/tag-chip.tsx'
import { fakeTrend, shift } from './fake-rows.ts'

const schema = z.object({ name: z.string().min(2), phone: z.string().regex(/^1\d{10}$/), birthDate: z.iso.date().optional(), sex: z.string() })
const refusal = new ApiProblem({ status: 409, code: 'ChangedMeanwhile', title: '就在刚才，别人改动了这条内容。请刷新后再改，您填写的内容还在。' })
const fault = new ApiProblem({ status: 500, code: 'Fault', title: '系统出了点问题，请稍后再试。', requestId: '0190b0a0-7c3e' })

/** Every small part of the kit, to be looked at. */
export function GalleryParts() {
  const today = useToday()
  const trend = fakeTrend(today)
  return (
    <Page title="组件" hint="陪伴员工端的全部组件" breadcrumbs={[{ label: '开发', to: '/dev/kit' }, { label: '组件' }]}>
      <Columns minPx={420}>
        <Card title="文字">
          <Words today={today} />
        </Card>
        <Card title="表单">
          <FakeForm />
        </Card>
        <Card title="趋势">
          <TrendChart title="糖化血红蛋白" unit="%" series={trend.a1c} events={trend.events} />
        </Card>
        <Card title="血压">
          <TrendChart title="血压" unit="mmHg" series={trend.pressure} />
          <Row>
            <Quantity value={126} unit="mmHg" flag="N" />
            <Spark points={trend.pressure[0]!.points} />
          </Row>
        </Card>
        <Card title="消息与询问">
          <Feedback />
        </Card>
        <Card title="标签页">
          <AddressTabs
            items={[
              { key: 'overview', label: '概览', content: <Loading /> },
              { key: 'results', label: '指标', content: <TrendChart title="尿酸" unit="μmol/L" series={[]} /> },
            ]}
          />
          <Empty title="做过的随访会显示在这里" hint="加入随访方案后，第一次随访会自动排好。" action={<Button type="primary">加入随访方案</Button>} />
        </Card>
      </Columns>
    </Page>
  )
}

function Words({ today }: { today: string }) {
  return (
    <Stack>
      <Facts
        items={[
          ['日期', <DateText key="1" date={today} />],
          ['时刻', <InstantText key="2" at={`${today}T06:05:00Z`} />],
          ['明天', <RelativeDay key="3" date={shift(today, 1)} />],
          ['三天前', <RelativeDay key="4" date={shift(today, -3)} due />],
          ['性别年龄', <SexAge key="5" sex="female" birthDate="1961-04-02" />],
          ['婴儿', <SexAge key="6" sex="male" birthDate={shift(today, -200)} />],
          ['电话', <Masked key="7" value="138****1999" label="王秀英的电话" reveal={async () => '13800001999'} />],
          ['快捷键', <KeyHint key="8" keys={['Ctrl', 'K']} />],
          ['数值', <Quantity key="9" value="7.8" unit="mmol/L" flag="H" />],
          ['偏低', <Quantity key="10" value="3.1" unit="mmol/L" flag="LL" />],
          ['异常', <Flag key="11" code="A" />],
        ]}
      />
      <Row>
        <Status>待领取</Status>
        <Status tone="due">待执行</Status>
        <Status tone="good">已处理</Status>
        <Status tone="danger">发送失败</Status>
        <Status tone="low">已转交</Status>
      </Row>
      <Row>
        <TagChip label="2 型糖尿病" because="2025-11-03 糖化血红蛋白 7.4%，两次不同日期达到诊断标准。" action={<Button size="small">抑制这个标签</Button>} />
        <TagChip label="复查到期" tone="due" because="甲状腺超声距上次已 13 个月。" />
        <TagChip label="危急值" tone="danger" because="血钾 6.8 mmol/L" />
        <TagChip label="血压达标" tone="good" />
        <TagChip label="低血糖" tone="low" />
      </Row>
    </Stack>
  )
}

function FakeForm() {
  return (
    <DraftForm
      name="gallery-form"
      schema={schema}
      submit="登记"
      onCancel={() => {}}
      onSubmit={async () => {
        throw new ApiProblem({ status: 400, code: 'InvalidInput', title: '有 1 处填写需要修改。', fields: [{ path: 'body.phone', message: '这个电话已经属于李建国。' }] })
      }}
    >
      <Field name="name" label="姓名" required>
        <Input />
      </Field>
      <Field name="phone" label="手机" required>
        <Input inputMode="numeric" />
      </Field>
      <Field name="birthDate" label="出生日期" from="由身份证号得出">
        <DateInput />
      </Field>
      <Field name="sex" label="性别" required>
        <Radio.Group options={[{ value: 'female', label: '女' }, { value: 'male', label: '男' }]} />
      </Field>
    </DraftForm>
  )
}

function Feedback() {
  const say = useSay()
  const confirm = useConfirmReach()
  const withdraw = () =>
    confirm({ title: '撤回 312 条未发送的消息？', reach: ['涉及 298 位客户，明天 09:00 起发送', '已送达的 41 条不受影响'], verb: '撤回 312 条', danger: true })
  return (
    <Stack>
      <Row>
        <Button onClick={() => say.done('已保存，王护士 14:05')}>已保存</Button>
        <Button onClick={() => say.undoable({ text: '已把 3 条任务转交给陈静', undo: () => say.done('已撤回') })}>可撤销</Button>
        <Button onClick={() => say.problem(refusal)}>拒绝</Button>
        <Button danger onClick={() => void withdraw()}>
          撤回消息
        </Button>
      </Row>
      <ProblemAlert problem={refusal} onRetry={() => {}} />
      <ProblemAlert problem={fault} />
      <JobProgress title="导入客户名单" state="running" done={4120} total={12000} failed={7} onCancel={() => {}} />
      <JobProgress title="导入客户名单" state="completed" done={12000} total={12000} failed={2} failures={[{ key: '1', text: '第 17 行：身份证号校验位不对' }, { key: '2', text: '第 803 行：手机号少一位' }]} />
    </Stack>
  )
}
