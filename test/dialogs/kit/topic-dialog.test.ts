import { TurnContext } from 'botbuilder';
import { DialogContext, DialogSet, DialogTurnStatus } from 'botbuilder-dialogs';
import { expect } from 'chai';
import { finish, goToIntent, type Step, TopicDialog } from '../../../dialogs/index.ts';
import { TurnAdapter } from '../../../src/bot/adapter.ts';
import { emptyNotes, NOTES } from '../../../src/domain/insight.ts';

function begin(step: Step) {
  const context = new TurnContext(new TurnAdapter(), { type: 'message', text: '' });
  context.turnState.set(NOTES, emptyNotes());
  const set = new DialogSet().add(new TopicDialog('diagnose', 1, [step]));
  return new DialogContext(set, context, { dialogStack: [] }).beginDialog('diagnose');
}

async function refusalOf(step: Step): Promise<string> {
  return begin(step).then(
    () => 'none',
    (error: Error) => error.message,
  );
}

describe('the end of a topic', () => {
  it('is refused when nothing says what has come of it', async () => {
    expect(await refusalOf((step) => step.endDialog())).to.match(/diagnose ends without an outcome/);
    expect(await refusalOf((step) => step.next())).to.match(/diagnose ends without an outcome/);
    expect(await refusalOf((step) => step.endDialog({ kind: 'done' }))).to.match(/without an outcome/);
  });

  it('is what has come of it', async () => {
    const { status, result } = await begin((step) => finish(step, 'reminder'));
    expect({ status, result }).to.deep.equal({
      status: DialogTurnStatus.complete,
      result: { outcome: 'reminder' },
    });
  });

  it('is the topic that an intent opens', async () => {
    const { result } = await begin((step) => goToIntent(step, 'charged_after_unbind'));
    expect(result).to.deep.equal({ goto: 'dispute', options: { intent: 'charged_after_unbind' } });
  });
});
