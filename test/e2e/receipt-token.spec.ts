import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { checkSignedReceipts } from '../../src/verify/check-receipt-token.js';
import { parseDocument } from '../../src/verify/document.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { mother, newborn } from '../support/e2e-people.js';
import { CAST_DICTIONARY, e2eSystem } from '../support/e2e-system.js';
import { verifyReceiptToken } from '../verifier/second-verifier.js';

let familienkasse: Consumer;
let elterngeld: NodeConnection;
let connection: NodeConnection;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  connection = await connectToNode(familienkasse.profile);
  const other = await consumer('elterngeld-online');
  elterngeld = await connectToNode(other.profile);
  other.close();
});
afterAll(() => {
  for (const it of [familienkasse, connection, elterngeld]) it.close();
});

it('an online service gets a signed receipt for an exchange of its own, and anybody verifies it with public keys', async () => {
  const applicants = [mother, newborn];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
  const { exchange_id, receipt } = await familienkasse.prefill(form('kindergeld', decisions, applicants));
  const index = Number(receipt?.log_index);
  const issued = await connection.issueReceipt(index);
  const { trust, endpoints } = e2eSystem();
  const claims = decodeJwt(issued.receipt_token);
  expect(decodeProtectedHeader(issued.receipt_token).typ).toBe('einmal-receipt+jwt');
  expect(claims).toMatchObject({ iss: endpoints.http, aud: familienkasse.id, jti: exchange_id, log_index: index });
  expect(claims.release_digest).toBe(issued.receipt.opening.caller.release_digest);
  const text = JSON.stringify(claims);
  expect(CAST_DICTIONARY.filter((personal) => text.includes(personal))).toEqual([]);

  const document = parseDocument(JSON.stringify(issued));
  expect((await checkSignedReceipts(document, { vkey: trust.log }, trust.node)).verdict).toBe('holds');
  expect(verifyReceiptToken(issued.receipt_token, trust.node, issued.receipt)).toEqual([]);
  await expect(elterngeld.issueReceipt(index)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});
