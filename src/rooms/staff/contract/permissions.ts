import type { Bilingual } from '../../../platform/contract/index.ts'

/**
 * The one table of who may do what. It says in code what `docs/roles.md` says in words; every "never" of that table
 * is a test in `permissions.test.ts`.
 */
export const PERMISSIONS = {
  'organization.configure': { zh: '机构设置', en: 'Configure the organization' },
  'integration.configure': { zh: '接口设置', en: 'Configure connections to other systems' },
  'staff.administer': { zh: '账号与权限管理', en: 'Administer accounts and roles' },
  'security.configure': { zh: '安全策略', en: 'Set the security policy' },
  'audit.read': { zh: '查看审计日志', en: 'Read the audit log' },
  'patient.read': { zh: '查看客户身份信息', en: 'Read identity and contact' },
  'patient.write': { zh: '修改客户身份信息', en: 'Change identity and contact' },
  'patient.unmask': { zh: '查看完整证件号与电话', en: 'See full identity numbers and phones' },
  'patient.merge': { zh: '合并重复客户', en: 'Merge duplicates' },
  'patient.import': { zh: '批量导入客户', en: 'Import members' },
  'card.open': { zh: '开卡', en: 'Open cards' },
  'card.manage': { zh: '冻结与注销卡', en: 'Freeze and close cards' },
  'record.read': { zh: '查看健康档案与结果', en: 'Read the record and results' },
  'record.write': { zh: '记录健康档案', en: 'Write to the record' },
  'intake.read': { zh: '查看报告接入', en: 'See what came in' },
  'intake.match': { zh: '确认报告归属', en: 'Settle whose report it is' },
  'intake.map': { zh: '对照检验项目', en: 'Map laboratory codes' },
  'intake.submit': { zh: '递交报告', en: 'Hand reports in' },
  'tag.read': { zh: '查看标签', en: 'See tags' },
  'tag.read-service': { zh: '查看服务类标签', en: 'See service tags' },
  'tag.write': { zh: '打标签与抑制标签', en: 'Set and suppress tags' },
  'tag.rule.read': { zh: '查看标签规则', en: 'See tag rules' },
  'tag.rule.write': { zh: '起草标签规则', en: 'Draft tag rules' },
  'tag.rule.publish': { zh: '发布标签规则', en: 'Publish tag rules' },
  'risk.read': { zh: '查看疾病风险评估', en: 'Read risk assessments' },
  'risk.assess': { zh: '做疾病风险评估', en: 'Assess risks' },
  'risk.release': { zh: '审核并发布风险评估结果', en: 'Release risk assessments' },
  'risk.instrument.read': { zh: '查看评估工具', en: 'See instruments' },
  'task.read': { zh: '查看计划', en: 'See tasks' },
  'task.assign-doctor': { zh: '分配责任医生', en: 'Assign the responsible doctor' },
  'task.do': { zh: '执行计划', en: 'Do tasks' },
  'task.create': { zh: '制定计划', en: 'Create tasks' },
  'task.hand-over': { zh: '转交计划', en: 'Hand tasks over' },
  'task.hand-over-bulk': { zh: '批量转交', en: 'Hand over in bulk' },
  'follow-up.read': { zh: '查看随访', en: 'See follow-ups' },
  'follow-up.do': { zh: '做随访', en: 'Do follow-ups' },
  'follow-up.enrol': { zh: '加入与结束随访方案', en: 'Start and end protocols' },
  'follow-up.protocol.read': { zh: '查看随访方案', en: 'See protocols' },
  'follow-up.protocol.write': { zh: '起草随访方案', en: 'Draft protocols' },
  'follow-up.protocol.publish': { zh: '发布随访方案', en: 'Publish protocols' },
  'questionnaire.read': { zh: '查看问卷', en: 'See questionnaires' },
  'questionnaire.design': { zh: '起草问卷', en: 'Draft questionnaires' },
  'questionnaire.publish': { zh: '发布问卷', en: 'Publish questionnaires' },
  'questionnaire.send': { zh: '发放问卷', en: 'Send questionnaires' },
  'questionnaire.interview': { zh: '代填与更正问卷', en: 'Record and correct answers' },
  'questionnaire.answers': { zh: '查看问卷答案', en: 'Read answers' },
  'questionnaire.answers-mental': { zh: '查看心理量表答案', en: 'Read answers about mood and mind' },
  'message.read': { zh: '查看消息', en: 'See messages' },
  'message.send': { zh: '发送服务消息', en: 'Send service messages' },
  'message.template.read': { zh: '查看消息模板', en: 'See message templates' },
  'message.template.write': { zh: '编辑消息模板', en: 'Edit message templates' },
  'message.template.publish': { zh: '审核并发布消息模板', en: 'Review and publish message templates' },
  'alert.read': { zh: '查看重要异常结果', en: 'See important abnormal results' },
  'alert.handle': { zh: '处理重要异常结果', en: 'Handle important abnormal results' },
  'alert.duty': { zh: '安排重要异常值班', en: 'Plan the duty list for alerts' },
  'alert.rule.read': { zh: '查看重要异常规则', en: 'See alert rules' },
  'alert.rule.write': { zh: '起草重要异常规则', en: 'Draft alert rules' },
  'alert.rule.confirm': { zh: '签认重要异常规则', en: 'Confirm alert rules in one’s own name' },
  'health-report.read': { zh: '查看健康报告', en: 'See health reports' },
  'health-report.print': { zh: '打印健康报告', en: 'Print health reports' },
  'health-report.sign': { zh: '签署报告分项', en: 'Sign parts of a report' },
  'health-report.sign-chief': { zh: '主检签发报告', en: 'Sign whole reports as chief examiner' },
  'patient-access.send': { zh: '给客户发送“我的健康”入口', en: 'Send patients the way to their own pages' },
  'growth.read': { zh: '查看生长发育', en: 'See growth' },
  'growth.write': { zh: '记录生长发育', en: 'Record growth' },
  'nodule.read': { zh: '查看结节管理', en: 'See nodules' },
  'nodule.write': { zh: '登记结节与复查', en: 'Record nodules and rechecks' },
  'nodule.grade': { zh: '确定结节分类', en: 'Settle the category of a nodule' },
  'advice.read': { zh: '查看健康建议', en: 'See advice' },
  'advice.give': { zh: '给出饮食与运动建议', en: 'Give advice on diet and exercise' },
  'advice.give-mind': { zh: '给出心理建议', en: 'Give advice on mood and mind' },
  'advice.content.read': { zh: '查看建议卡片', en: 'See advice cards' },
  'advice.content.write': { zh: '起草建议卡片', en: 'Draft advice cards' },
  'advice.content.publish': { zh: '审核并发布建议卡片', en: 'Review and publish advice cards' },
  'care-plan.read': { zh: '查看干预方案', en: 'See care plans' },
  'care-plan.write': { zh: '起草干预方案', en: 'Draft care plans' },
  'care-plan.template.read': { zh: '查看干预方案模板', en: 'See care plan templates' },
  'care-plan.template.write': { zh: '起草干预方案模板', en: 'Draft care plan templates' },
  'care-plan.template.publish': { zh: '审核并发布干预方案模板', en: 'Review and publish care plan templates' },
  'mood.read': { zh: '查看客户分享给自己的情绪日记', en: 'Read what clients share of their mood diary' },
  'counselling.note': { zh: '书写与查看自己的咨询记录', en: 'Write and read one’s own counselling notes' },
  'mdt.read': { zh: '查看多学科会诊记录', en: 'See MDT records' },
  'mdt.write': { zh: '记录多学科会诊', en: 'Record MDT meetings' },
  'care-stage.read': { zh: '查看就医阶段', en: 'See stages of care' },
  'care-stage.write': { zh: '转换就医阶段与勾选清单', en: 'Move stages of care and tick their lists' },
  'stage-summary.read': { zh: '查看阶段总结', en: 'See stage summaries' },
  'stage-summary.write': { zh: '起草阶段总结', en: 'Draft stage summaries' },
  'media.read': { zh: '查看图解与动画', en: 'See illustrations' },
  'media.write': { zh: '起草图解与动画', en: 'Draft illustrations' },
  'media.publish': { zh: '审核并发布图解与动画', en: 'Review and publish illustrations' },
  'interpretation.read': { zh: '查看报告解读', en: 'See interpretations of reports' },
  'interpretation.book': { zh: '预约报告解读', en: 'Book interpretations of reports' },
  'interpretation.do': { zh: '解读报告', en: 'Interpret reports' },
  'specialty-pack.read': { zh: '查看专科包', en: 'See specialty packs' },
  'specialty-pack.install': { zh: '启用与停用专科包', en: 'Install and remove specialty packs' },
  'plan.sign': { zh: '签署方案与总结', en: 'Sign plans and summaries' },
  'metrics.department': { zh: '查看科室指标', en: 'See department figures' },
} as const satisfies Record<string, Bilingual>

declare module '../../../platform/contract/endpoint.ts' {
  interface PermissionRegistry extends Record<keyof typeof PERMISSIONS, true> {}
}

export const ROLES = {
  'front-desk': { zh: '前台 / 体检运营', en: 'Front desk' },
  'sales-manager': { zh: '销售型健管师', en: 'Health manager (sales)' },
  'service-manager': { zh: '服务型健管师', en: 'Health manager (service)' },
  physician: { zh: '全科医生 / 责任医生', en: 'Physician' },
  counsellor: { zh: '心理顾问', en: 'Counsellor' },
  'desk-agent': { zh: '咨询客服', en: 'Desk agent' },
  'content-editor': { zh: '内容运营', en: 'Content editor' },
  'medical-reviewer': { zh: '医学审核', en: 'Medical reviewer' },
  'quality-lead': { zh: '质控 / 科主任', en: 'Quality lead / head of department' },
  'corporate-hr': { zh: '企业 HR', en: 'Corporate HR' },
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'security-administrator': { zh: '安全管理员', en: 'Security administrator' },
  'audit-administrator': { zh: '审计管理员', en: 'Audit administrator' },
} as const satisfies Record<string, Bilingual>

export type Role = keyof typeof ROLES
export type PermissionCode = keyof typeof PERMISSIONS

/** 三员 (GB/T 22239 level 3): each excludes every other role, so that none of them can reach patient data. */
export const ADMINISTRATORS = ['system-administrator', 'security-administrator', 'audit-administrator'] as const satisfies Role[]

export const GRANTS: Record<Role, readonly PermissionCode[]> = {
  'front-desk': [
    'patient.read', 'patient.write', 'patient.unmask', 'patient.merge', 'patient.import', 'card.open', 'card.manage',
    'intake.read', 'intake.match', 'task.read',
  ],
  'sales-manager': ['patient.read', 'tag.read-service', 'task.read', 'task.assign-doctor', 'message.read'],
  'service-manager': [
    'patient.read', 'patient.write', 'patient.unmask', 'patient.merge', 'record.read', 'record.write', 'intake.read', 'intake.match', 'intake.submit',
    'tag.read', 'tag.read-service', 'tag.write', 'tag.rule.read', 'task.read', 'task.do', 'task.create', 'task.hand-over',
    'follow-up.read', 'follow-up.do', 'follow-up.enrol', 'follow-up.protocol.read', 'message.read', 'message.send',
    'message.template.read', 'health-report.read', 'health-report.print', 'alert.read', 'alert.handle', 'alert.rule.read',
    'risk.read', 'risk.assess', 'risk.instrument.read', 'questionnaire.read', 'questionnaire.send', 'questionnaire.interview', 'questionnaire.answers',
    'patient-access.send', 'growth.read', 'growth.write', 'nodule.read', 'nodule.write', 'advice.read', 'advice.give', 'advice.content.read', 'care-plan.read', 'care-plan.write', 'care-plan.template.read', 'mdt.read', 'mdt.write', 'care-stage.read', 'care-stage.write', 'stage-summary.read', 'stage-summary.write',
    'media.read', 'interpretation.read', 'interpretation.book', 'specialty-pack.read',
  ],
  physician: [
    'patient.read', 'patient.write', 'patient.unmask', 'record.read', 'record.write', 'intake.read', 'intake.match', 'intake.map',
    'tag.read', 'tag.read-service', 'tag.write', 'tag.rule.read', 'task.read', 'task.do', 'task.create', 'task.hand-over',
    'follow-up.read', 'follow-up.do', 'follow-up.enrol', 'follow-up.protocol.read', 'message.read', 'message.send',
    'message.template.read', 'health-report.read', 'health-report.print', 'plan.sign',
    'alert.read', 'alert.handle', 'alert.rule.read', 'alert.rule.confirm',
    'risk.read', 'risk.assess', 'risk.release', 'risk.instrument.read', 'questionnaire.read', 'questionnaire.send', 'questionnaire.interview', 'questionnaire.answers', 'questionnaire.answers-mental',
    'mood.read', 'nodule.grade', 'advice.give-mind', 'health-report.sign', 'health-report.sign-chief', 'patient-access.send', 'growth.read', 'growth.write', 'nodule.read', 'nodule.write', 'advice.read', 'advice.give', 'advice.content.read', 'care-plan.read', 'care-plan.write', 'care-plan.template.read', 'mdt.read', 'mdt.write', 'care-stage.read', 'care-stage.write', 'stage-summary.read', 'stage-summary.write',
    'media.read', 'interpretation.read', 'interpretation.book', 'interpretation.do', 'specialty-pack.read',
  ],
  counsellor: ['patient.read', 'task.read', 'task.do', 'task.create', 'message.read', 'questionnaire.read', 'questionnaire.send', 'questionnaire.interview', 'questionnaire.answers', 'questionnaire.answers-mental',
    'advice.read', 'advice.give-mind', 'advice.content.read', 'care-plan.read', 'mood.read', 'counselling.note', 'mdt.read', 'care-stage.read', 'stage-summary.read',
    'media.read', 'specialty-pack.read',
  ],
  'desk-agent': [],
  'content-editor': ['tag.rule.read', 'tag.rule.write', 'follow-up.protocol.read', 'follow-up.protocol.write', 'message.template.read', 'message.template.write', 'risk.instrument.read', 'questionnaire.read', 'questionnaire.design',
    'advice.content.read', 'advice.content.write', 'care-plan.template.read', 'care-plan.template.write',
    'media.read', 'media.write', 'specialty-pack.read',
  ],
  'medical-reviewer': ['tag.rule.read', 'tag.rule.write', 'tag.rule.publish', 'follow-up.protocol.read', 'follow-up.protocol.publish', 'message.template.read', 'message.template.publish', 'intake.map', 'alert.rule.read', 'alert.rule.write', 'alert.rule.confirm', 'risk.instrument.read', 'questionnaire.read', 'questionnaire.design', 'questionnaire.publish',
    'advice.content.read', 'advice.content.write', 'advice.content.publish', 'care-plan.template.read', 'care-plan.template.publish',
    'media.read', 'media.write', 'media.publish', 'specialty-pack.read',
  ],
  'quality-lead': ['metrics.department', 'task.read', 'task.hand-over', 'task.hand-over-bulk', 'tag.rule.read', 'follow-up.protocol.read', 'message.template.read', 'alert.read', 'alert.handle', 'alert.duty', 'alert.rule.read', 'alert.rule.write', 'alert.rule.confirm', 'risk.instrument.read', 'questionnaire.read',
    'advice.content.read', 'care-plan.template.read',
    'media.read', 'specialty-pack.read', 'specialty-pack.install',
  ],
  'corporate-hr': [],
  'system-administrator': ['organization.configure', 'integration.configure'],
  'security-administrator': ['staff.administer', 'security.configure'],
  'audit-administrator': ['audit.read'],
}

/** What a person with these roles may do. */
export function permissionsOf(roles: readonly string[]): Set<PermissionCode> {
  return new Set(roles.flatMap((role) => (Object.hasOwn(GRANTS, role) ? GRANTS[role as Role] : [])))
}

/** Why a set of roles may not stand together; undefined when it may. */
export function roleConflict(roles: readonly Role[]): Role | undefined {
  const administrator = ADMINISTRATORS.find((role) => roles.includes(role))
  return administrator && roles.length > 1 ? administrator : undefined
}
