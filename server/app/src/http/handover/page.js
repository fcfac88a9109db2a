'use strict';
(() => {
  const ATTEMPTS = 90;
  const button = document.getElementById('show');
  const result = document.getElementById('result');
  const { path, token, busy, failed, expired } = result.dataset;
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const pause = () => new Promise((done) => setTimeout(done, 1000));

  async function post(act, body) {
    const headers = { 'content-type': 'application/json', 'x-handover-token': token };
    const answer = await fetch(`${path}/${act}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status === 401) throw new Error(expired);
    if (!answer.ok) throw new Error(failed);
    return answer.json();
  }

  // The private key never leaves this page and cannot be exported.
  async function ask() {
    const algorithm = { name: 'RSA-OAEP', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
    const pair = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
    const key = text(await crypto.subtle.exportKey('spki', pair.publicKey));
    await post('ask', { key });
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await pause();
      const { state, ciphertext } = await post('answer', {});
      if (state === 'waiting') break;
      if (state === 'ready') {
        const plain = await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, pair.privateKey, bytes(ciphertext));
        return new TextDecoder().decode(plain);
      }
    }
    throw new Error(failed);
  }

  button.addEventListener('click', async () => {
    button.disabled = true;
    result.textContent = busy;
    try {
      const shown = document.createElement('code');
      shown.textContent = await ask();
      result.replaceChildren(shown);
    } catch (error) {
      result.textContent = error.message === expired ? expired : failed;
    }
    button.disabled = false;
  });
})();
