import { LogoutOutlined, TranslationOutlined, UserOutlined } from '@ant-design/icons';
import { App, Button, Empty, Layout, Menu, Modal, Spin, Typography } from 'antd';
import { Suspense, useState } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { mayDo, type StaffMember } from '../../../domain/staff.ts';
import { useLogout } from '../api/session.ts';
import { DeskProvider, useActiveChats } from '../chats/live/provider.tsx';
import { NewPassword } from '../login/new-password.tsx';
import { useSpeech } from '../texts.tsx';
import { Boundary } from './boundary.tsx';
import { Brand } from './brand.tsx';
import { PAGES } from './pages.tsx';

function Foot({ member }: { member: StaffMember }) {
  const { t, switchLocale } = useSpeech();
  const { message, modal } = App.useApp();
  const [changing, setChanging] = useState(false);
  const logout = useLogout();
  const chats = useActiveChats();

  function leave(): void {
    if (chats === 0) logout.mutate();
    else
      void modal.confirm({
        title: t('logout'),
        content: t('logoutAsk', { count: chats }),
        okText: t('logout'),
        onOk: () => logout.mutateAsync(),
      });
  }

  return (
    <div className="sider-foot">
      <Typography.Text ellipsis>
        {member.number} · {member.name}
      </Typography.Text>
      <Button type="text" icon={<UserOutlined />} onClick={() => setChanging(true)}>
        {t('changePassword')}
      </Button>
      <Button type="text" icon={<TranslationOutlined />} onClick={switchLocale}>
        {t('language')}
      </Button>
      <Button type="text" icon={<LogoutOutlined />} onClick={leave} loading={logout.isPending}>
        {t('logout')}
      </Button>
      <Modal
        open={changing}
        title={t('changePassword')}
        footer={null}
        onCancel={() => setChanging(false)}
        destroyOnHidden
      >
        <NewPassword
          withCurrent
          onDone={() => {
            setChanging(false);
            void message.success(t('passwordChanged'));
          }}
        />
      </Modal>
    </div>
  );
}

function Pages({ member }: { member: StaffMember }) {
  const { t } = useSpeech();
  const [location, navigate] = useLocation();
  const pages = PAGES.filter(({ permission }) => mayDo(member.roles, permission));
  const [first] = pages;
  return (
    <Layout style={{ height: '100%' }}>
      <Layout.Sider theme="light" width={208} breakpoint="lg" collapsedWidth={0}>
        <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
          <div className="sider-head">
            <Brand name="解绑助手" />
          </div>
          <Menu
            mode="inline"
            style={{ flex: 1, borderInlineEnd: 0 }}
            selectedKeys={pages.filter(({ path }) => location.startsWith(path)).map(({ path }) => path)}
            items={pages.map(({ path, title, icon, Badge }) => ({
              ...{ key: path, icon },
              label: (
                <span className="menu-label">
                  {t(title)} {Badge && <Badge />}
                </span>
              ),
            }))}
            onClick={({ key }) => navigate(key)}
          />
          <Foot member={member} />
        </div>
      </Layout.Sider>
      <Layout.Content style={{ overflow: 'auto' }}>
        <Boundary key={location.split('/')[1]}>
          <Suspense fallback={<Spin style={{ margin: 48 }} />}>
            <Switch>
              {pages.map(({ path, component }) => (
                <Route key={path} path={path} component={component} nest />
              ))}
              <Route>
                {first ? (
                  <Redirect to={first.path} />
                ) : (
                  <Empty style={{ marginTop: 96 }} description={t('nothingHere')} />
                )}
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </Layout.Content>
    </Layout>
  );
}

/** The frame of all pages: a menu of what this person may do. */
export function Shell({ member }: { member: StaffMember }) {
  return (
    <Router hook={useHashLocation}>
      {mayDo(member.roles, 'chat') ? (
        <DeskProvider member={member}>
          <Pages member={member} />
        </DeskProvider>
      ) : (
        <Pages member={member} />
      )}
    </Router>
  );
}
