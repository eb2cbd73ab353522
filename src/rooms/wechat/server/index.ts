/** The door of the room wechat. */
import './table.ts'
export { wechatActOf, type WeChatActOf } from './act.ts'
export { messagesWithStaff, withdrawFromStaff } from './mass.ts'
export { offeredNotices, type OfferedNotice } from './notice-page.ts'
export { sendWeChat, type WeChatAnswer, type WeChatToSend } from './send.ts'
export { dropStaffNotices, planStaffNotice, sendStaffNotices, type NewStaffNotice } from './staff-notice.ts'
export { wechatDoorman, type WeChatDoorman } from './visitor.ts'
export { wechatStandIns, wechatWays, type PlatformWay, type WeChatWays } from './ways.ts'
