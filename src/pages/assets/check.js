import { checkConsistency, checkEntry, fromBase64, ProofFault } from './proof.js';

/** The largest checkpoint that this browser tab has seen. Gone with the tab. */
const SEEN = 'einmal-checkpoint';

const place = document.getElementById('check');
const { receipt, trust, texts } = JSON.parse(place.dataset.check);

function row(text, holds) {
  const item = document.createElement('li');
  item.textContent = `${holds ? '✔' : '✖'} ${text}`;
  document.getElementById('check-steps').append(item);
}

async function proofOf(oldSize, newSize) {
  const answer = await fetch(`/check/consistency/${oldSize}/${newSize}`);
  // The session may have ended: that says nothing about the log.
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** What was seen before must be the beginning of what is there now, whichever of the two is larger. */
async function checkAgainstSeen(now) {
  const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? 'null');
  const here = { size: now.size, root: btoa(String.fromCharCode(...now.root)) };
  if (seen === null) {
    sessionStorage.setItem(SEEN, JSON.stringify(here));
    return 0;
  }
  const [older, newer] = seen.size <= here.size ? [seen, here] : [here, seen];
  const answer = older.size === newer.size ? { proof: [] } : await proofOf(older.size, newer.size);
  await checkConsistency({
    oldSize: older.size,
    newSize: newer.size,
    oldRoot: fromBase64(older.root),
    newRoot: fromBase64(newer.root),
    proof: answer.proof.map(fromBase64),
  });
  sessionStorage.setItem(SEEN, JSON.stringify(newer));
  return older.size;
}

async function run() {
  const result = document.getElementById('check-result');
  document.getElementById('check-offline').open = false;
  try {
    const now = await checkEntry({ receipt, trust });
    row(texts.inclusion, true);
    row(texts.witnesses.replace('{0}', String(now.witnesses)).replace('{1}', String(trust.witnesses.length)), true);
    const before = await checkAgainstSeen(now);
    row(before === 0 ? texts.first : texts.consistency.replace('{0}', String(before)), true);
    result.textContent = texts.holds;
    place.dataset.state = 'holds';
  } catch (error) {
    const isFault = error instanceof ProofFault;
    row(isFault ? (texts.faults[error.message] ?? texts.malformed) : String(error?.message ?? error), false);
    result.textContent = isFault ? texts.fails : texts.unknown;
    place.dataset.state = isFault ? 'fails' : 'unknown';
    document.getElementById('check-offline').open = true;
  }
  place.hidden = false;
}

await run();
