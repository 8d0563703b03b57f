import { Alert, Button, Card, Divider, Flex } from 'antd';
import { type SessionAnswer, useLogout } from '../api/session.ts';
import { Brand } from '../shell/brand.tsx';
import { useSpeech } from '../texts.tsx';
import { Code } from './code.tsx';
import { Enrol } from './enrol.tsx';
import { NewPassword } from './new-password.tsx';
import { Password } from './password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Stage = NonNullable<SessionAnswer['session']>['stage'];

function Step(props: { stage: Stage | undefined; onRecoveryCodes(codes: string[]): void }) {
  const { stage, onRecoveryCodes } = props;
  switch (stage) {
    case undefined:
      return <Password />;
    case 'totp':
      return <Code />;
    case 'enrol':
      return <Enrol onRecoveryCodes={onRecoveryCodes} />;
    case 'new-password':
      return <NewPassword />;
    case 'full':
      return null;
  }
}

/** Logging in: one step on screen at a time; new recovery codes stay on it until they are kept. */
export function Login(
  props: SessionAnswer & { codes: string[] | undefined; onCodes(codes?: string[]): void },
) {
  const { t, switchLocale } = useSpeech();
  const { session, oidc, codes, onCodes } = props;
  const stage = session?.stage;
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
            <RecoveryCodes codes={codes} onKept={() => onCodes()} />
          ) : (
            <Step stage={stage} onRecoveryCodes={onCodes} />
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
