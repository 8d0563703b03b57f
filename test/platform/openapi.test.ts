import { expect } from 'chai';
import type { z } from 'zod';
import { platformEventBody } from '../../src/http/platform-events.ts';
import * as schemas from '../../src/platform/schemas.ts';
import { closedValidator, contract, type Media, mediaOf, operations, validator } from './contract.ts';

/** What the client checks each 200 with. */
const REPLIES: Record<string, z.ZodType> = {
  customer: schemas.customerReply,
  cards: schemas.cardsReply,
  eligibility: schemas.eligibilityReply,
  unbindRequests: schemas.unbindRequestsReply,
  announcements: schemas.announcementsReply,
  identityLink: schemas.identityLinkReply,
  submitReviewDecision: schemas.reviewReceipt,
};

const examplesOf = ({ examples }: Media) => Object.values(examples).map((example) => example.value);

/** Every variant of a JSON value with one property gone or of another type. */
function* damaged(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield 'not a list';
    for (const [i, item] of value.entries()) for (const d of damaged(item)) yield value.with(i, d);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, child] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([k]) => k !== key));
      for (const d of damaged(child)) yield { ...value, [key]: d };
    }
  } else {
    yield null;
    yield typeof value === 'string' ? 7 : '';
    yield typeof value === 'number' ? -1.5 : '';
    yield 'ordinary';
  }
}

function expectAgreement(schema: z.ZodType, media: Media): number {
  const declared = validator(media.schema);
  let compared = 0;
  for (const example of examplesOf(media)) {
    expect(schema.safeParse(example).success, JSON.stringify(example)).to.equal(true);
    for (const variant of damaged(example)) {
      // A code unknown to the contract is the one thing that the client takes and the contract does not name.
      if (JSON.stringify(variant).includes('"code"') && /"code":(?!"[A-Z_]+")/.test(JSON.stringify(variant)))
        continue;
      const here = schema.safeParse(variant).success;
      expect(here, JSON.stringify(variant)).to.equal(declared.safeParse(variant).success);
      compared++;
    }
  }
  return compared;
}

describe('openapi.yaml', function () {
  this.timeout(10_000);

  it('has the paths that the product calls', () => {
    expect(operations.map((op) => `${op.method.toUpperCase()} ${op.path}`)).to.have.members([
      'GET /v1/customers/{customerId}',
      'GET /v1/customers/{customerId}/cards',
      'GET /v1/customers/{customerId}/cards/{cardId}/unbind-eligibility',
      'GET /v1/customers/{customerId}/unbind-requests',
      'GET /v1/announcements',
      'GET /v1/identity-links/{channel}/{externalId}',
      'POST /v1/review-decisions',
    ]);
    expect(contract.openapi).to.equal('3.1.0');
  });

  it('has examples for every reply, and all of them keep to their schema', () => {
    for (const op of operations) {
      for (const [status, response] of Object.entries(op.responses)) {
        const media = mediaOf(response);
        const closed = closedValidator(media.schema);
        expect(examplesOf(media), `${op.operationId} ${status}`).not.to.have.length(0);
        for (const example of examplesOf(media)) closed.parse(example);
      }
    }
  });

  for (const [operationId, schema] of Object.entries(REPLIES)) {
    it(`means the same replies to ${operationId} as the client accepts`, () => {
      const op = operations.find((candidate) => candidate.operationId === operationId);
      expect(expectAgreement(schema, mediaOf(op?.responses['200']))).to.be.greaterThan(3);
    });
  }

  it('means the same review decisions as the sandbox accepts', () => {
    const op = operations.find((candidate) => candidate.operationId === 'submitReviewDecision');
    const media = op?.requestBody?.content['application/json'];
    if (!media) throw new Error('no request body');
    expect(expectAgreement(schemas.reviewDecisionBody, media)).to.be.greaterThan(10);
  });

  it('means the same events as the product takes', () => {
    const media = contract.webhooks.platformEvent.post.requestBody.content['application/json'];
    expect(expectAgreement(platformEventBody, media)).to.be.greaterThan(10);
  });

  it('keeps unmasked names and phone numbers out', () => {
    const customer = validator(contract.components.schemas.Customer);
    const masked = { id: 'c', nameMasked: '张*', phoneMasked: '138****8000', identityVerified: true };
    expect(customer.safeParse(masked).success).to.equal(true);
    expect(customer.safeParse({ ...masked, nameMasked: '张三' }).success).to.equal(false);
    expect(customer.safeParse({ ...masked, phoneMasked: '13800138000' }).success).to.equal(false);
  });
});
