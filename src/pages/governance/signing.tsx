import type { CatalogueDecision } from '../../tokens/catalogue-act.js';
import { Submit } from '../oversight/widgets.js';
import { Alert } from '../shell/alert.js';
import { CsrfField } from '../shell/form.js';
import type { Visit } from '../visit.js';
import { GOVERNANCE_TEXTS } from './governance-texts.js';

type Props = Readonly<{ visit: Visit; decision: CatalogueDecision; node: string; fault: string | undefined }>;

/** The text that an administrator signs where the pages do not reach, and the place for their signature. */
export function Signing({ visit, decision, node, fault }: Props) {
  const texts = GOVERNANCE_TEXTS[visit.language];
  const { act, reason, request_id, proposal } = decision;
  return (
    <>
      {fault === undefined ? null : <Alert>{fault}</Alert>}
      <p class="kern-body">{texts.signingLead}</p>
      <Text id="statement" label={texts.statement} value={JSON.stringify(decision, undefined, 2)} rows={12} />
      <Text
        id="command"
        label={texts.command}
        value={`einmal policy sign-decision --node ${node} --as <administrator> --key <file>`}
        rows={2}
      />
      <p class="kern-hint">{texts.commandHint}</p>
      <form class="kern-fieldset" method="post" action={`/governance/proposals/${proposal.id}/decision`}>
        <CsrfField visit={visit} />
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="reason" value={reason} />
        <input type="hidden" name="request_id" value={request_id} />
        <div class="kern-form-input">
          <label class="kern-label" for="signature">
            {texts.signature}
          </label>
          <textarea
            class="kern-form-input__input"
            id="signature"
            name="signature"
            rows={6}
            required
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <Submit>{texts.send}</Submit>
      </form>
    </>
  );
}

type TextProps = Readonly<{ id: string; label: string; value: string; rows: number }>;

/** To be copied, by keyboard too. */
function Text({ id, label, value, rows }: TextProps) {
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={id}>
        {label}
      </label>
      <textarea class="kern-form-input__input statement" id={id} rows={rows} readonly spellcheck={false}>
        {value}
      </textarea>
    </div>
  );
}
