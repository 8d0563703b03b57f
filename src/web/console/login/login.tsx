import { Alert, Button, Card, Divider, Flex } from 'antd';
import { useState } from 'react';
import { useLogout } from '../api/session.ts';
import { Brand } from '../shell/brand.tsx';
import { useSpeech } from '../texts.tsx';
import { Code } from './code.tsx';
import { Enrol } from './enrol.tsx';
import { NewPassword } from './new-password.tsx';
import { Password } from './password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export type Stage = 'totp' | 'enrol' | 'new-password';

function Step({
  stage,
  onRecoveryCodes,
}: {
  stage: Stage | undefined;
  onRecoveryCodes(codes: string[]): void;
}) {
  switch (stage) {
    case undefined:
      return <Password />;
    case 'totp':
      return <Code />;
    case 'enrol':
      return <Enrol onRecoveryCodes={onRecoveryCodes} />;
    case 'new-password':
      return <NewPassword />;
  }
}

/** Logging in: one step on screen at a time. */
export function Login({ stage, oidc }: { stage: Stage | undefined; oidc: boolean }) {
  const { t, switchLocale } = useSpeech();
  const [codes, setCodes] = useState<string[]>();
  const logout = useLogout();
  const refused = new URLSearchParams(location.search).get('login') === 'refused';
  return (
    <main className="login">
      <Card
        className="login-card"
        title={<Brand name={t('title')} />}
        extra={
          <Button type="link" size="small" onClick={switchLocale}>
            {t('language')}
          </Button>
        }
      >
        <Flex vertical gap={16}>
          {refused && !stage && <Alert type="error" showIcon title={t('error-refusedByProvider')} />}
          {codes ? (
            <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
          ) : (
            <Step stage={stage} onRecoveryCodes={setCodes} />
          )}
          {oidc && !stage && (
            <>
              <Divider plain>{t('or')}</Divider>
              <Button block href="../api/console/oidc/start">
                {t('loginWithProvider')}
              </Button>
            </>
          )}
          {stage && !codes && (
            <Button type="link" onClick={() => logout.mutate()}>
              {t('startOver')}
            </Button>
          )}
        </Flex>
      </Card>
    </main>
  );
}
