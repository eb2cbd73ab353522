import { AppstoreOutlined, BellOutlined, HomeOutlined, SettingOutlined, TagsOutlined, TeamOutlined } from '@ant-design/icons'
import { useLocation } from '@tanstack/react-router'
import { MeContext, type Me } from '../page/session.ts'
import type { StaffPage } from '../page/staff-page.ts'
import { GalleryList } from './gallery-list.tsx'
import { GalleryParts } from './gallery-parts.tsx'
import { ShellFrame } from '../shell/shell.tsx'

const me: Me = {
  id: null,
  name: '李慧敏',
  roles: [],
  permissions: [],
  locale: 'zh-CN',
  organization: { id: 'x', name: '江城市第一人民医院健康管理中心', timeZone: 'Asia/Shanghai' },
}

const entry = (path: string, label: string, group: NonNullable<StaffPage['nav']>['group'], order: number, icon: typeof HomeOutlined): StaffPage & { room: string } => ({
  path,
  room: 'gallery',
  nav: { group, order, icon, label },
  component: () => null,
})

const pages = [
  entry('/dev/kit', '工作台', 'daily', 1, HomeOutlined),
  entry('/dev/kit/list', '客户', 'daily', 2, TeamOutlined),
  entry('/dev/3', '随访', 'daily', 3, AppstoreOutlined),
  entry('/dev/4', '报告接入', 'reports', 4, AppstoreOutlined),
  entry('/dev/5', '消息', 'patients', 5, BellOutlined),
  entry('/dev/6', '标签规则', 'content', 6, TagsOutlined),
  entry('/dev/7', '机构设置', 'settings', 7, SettingOutlined),
]

/** The kit inside of the shell, with nobody signed in and nothing asked from the server. */
export function GalleryPage() {
  const isList = useLocation({ select: ({ pathname }) => pathname.endsWith('/list') })
  return (
    <MeContext value={me}>
      <ShellFrame pages={pages} onSignOut={() => {}}>
        {isList ? <GalleryList /> : <GalleryParts />}
      </ShellFrame>
    </MeContext>
  )
}
