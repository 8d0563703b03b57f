import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useSpeech } from '../texts.tsx';

function Broken() {
  const { t } = useSpeech();
  return (
    <Result
      status="error"
      title={t('pageBroken')}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    />
  );
}

/** Keeps the rest of the desk usable when a page cannot be shown: a fault of ours, or a part that did not load. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
