/** What the tests of this room and of the one above agree on with the stand-ins. */
export const SERVICE = { appId: 'wx0123456789abcdef', secret: 'a secret of the account' }
export const MINI = { appId: 'wxfedcba9876543210', secret: 'another secret' }
export const CORP = { corpId: 'ww0123456789abcdef', agentId: 1000002, secret: 'of the application' }
export const AGREED = { token: 'agreed1', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
export const TEMPLATES = {
  REVISIT: { fields: { thing1: null, time2: null } },
  REPORT: { fields: { thing1: null, phrase2: null } },
}
