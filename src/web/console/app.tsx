import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { useErrorText } from './api/errors.ts';
import { useSession } from './api/session.ts';
import { Login } from './login/login.tsx';
import { Shell } from './shell/shell.tsx';
import { StepUp } from './shell/step-up.tsx';
import { useSpeech } from './texts.tsx';

const THEME = {
  token: {
    colorPrimary: '#1f5f8b',
    colorLink: '#1f5f8b',
    colorLinkHover: '#174a6d',
    colorInfo: '#1f5f8b',
    borderRadius: 8,
    // The library's own are too light to be read by everybody.
    colorError: '#b3261e',
    orange7: '#a04100',
    green7: '#1f6b1a',
    colorTextPlaceholder: '#66717d',
    colorTextDescription: '#5c6773',
  },
  cssVar: { key: 'desk' },
  components: { Menu: { itemSelectedBg: '#e6eff6', itemSelectedColor: '#1f5f8b' } },
};

function Desk() {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const { data, error, isPending, refetch } = useSession();
  // Told this once: they stay until they are kept, also where the login is whole with them.
  const [codes, setCodes] = useState<string[]>();
  if (isPending) return <Spin size="large" fullscreen />;
  if (error) {
    return (
      <Result
        status="warning"
        title={errorText(error)}
        extra={<Button onClick={() => void refetch()}>{t('reload')}</Button>}
      />
    );
  }
  const { session, oidc } = data;
  if (session?.stage !== 'full' || codes) return <Login {...data} codes={codes} onCodes={setCodes} />;
  return (
    <>
      <Shell member={session.member} />
      <StepUp oidc={oidc && !session.member.secondFactor} />
    </>
  );
}

/** The desk of the staff. */
export function App() {
  const { locale } = useSpeech();
  return (
    <ConfigProvider locale={locale === 'en' ? enUS : zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
      <AntApp style={{ height: '100%' }}>
        <Desk />
      </AntApp>
    </ConfigProvider>
  );
}
