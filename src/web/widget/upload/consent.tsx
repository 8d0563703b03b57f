import { ShieldIcon } from '../icons.tsx';
import { fill, texts } from '../texts.ts';
import type { UploadRequest } from './request.ts';

/** The separate consent, folded away but never hidden: its title, version and whole text. */
export function Consent({ request }: { request: UploadRequest }) {
  return (
    <details class="upload-consent">
      <summary>
        <ShieldIcon />
        <span>
          {texts.upload.consentLead}
          <b>
            {texts.upload.consentTitle} · {fill(texts.upload.version, { version: request.consent.version })}
          </b>
        </span>
      </summary>
      <p class="upload-consent-text">{request.consent.text}</p>
    </details>
  );
}
