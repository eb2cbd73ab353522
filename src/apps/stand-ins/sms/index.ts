export { aliyunStandIn } from './aliyun.ts'
export { tencentStandIn } from './tencent.ts'
export type { StandInSettings, TakenSms } from './desk.ts'
export type { Behaviour, SmsStandIn } from './server.ts'
