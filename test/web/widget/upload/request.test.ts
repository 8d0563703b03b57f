import { expect } from 'chai';
import { uploadRequestOf } from '../../../../src/web/widget/upload/request.ts';
import { botSays, uploadCard } from '../../support/activity.ts';

describe('upload request', () => {
  it('is read from the attachment of the agreed type', () => {
    expect(uploadRequestOf(uploadCard())).to.include({ slot: 'id-front', uploadUrl: '/uploads/ticket' });
    expect(uploadRequestOf(botSays({ attachments: [{ contentType: 'image/png' }] }))).to.equal(undefined);
  });

  for (const [what, content] of Object.entries({
    'an unknown slot': { slot: 'passport' },
    'no ticket': { uploadUrl: '' },
    'no consent text': { consent: { version: '1' } },
    'a size that is not a number': { maxBytes: '10' },
  })) {
    it(`is not shown with ${what}`, () => {
      expect(uploadRequestOf(uploadCard(content))).to.equal(undefined);
    });
  }
});
