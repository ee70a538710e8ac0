// Runs in the measured window before its page. Follows STEPS: waits for an element, waits until it is painted, says so
// through the title, then acts as a clerk would. Not here: what the window shows.
(() => {
  const steps = STEPS;
  const say = (what) => {
    document.title = `bench:${what}`;
  };
  const acts = {
    press: (element) => element.click(),
    sign_in: (element) => {
      element.value = 'PASSWORD';
      element.dispatchEvent(new Event('input', { bubbles: true }));
      say('typed');
      element.closest('form').requestSubmit();
    },
  };
  acts.focus = (element) => element.focus();
  acts.nothing = () => {};
  acts.make_input = () => {
    const input = document.createElement('input');
    document.body.append(input);
  };
  // Two frames after a key, the first one with its letter is on the screen.
  acts.listen = (element) => {
    const [keys, pictures] = [[], []];
    let last = 0;
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'F9') {
          say(`pictures:${pictures.join(' ')}`);
          setTimeout(() => say(`keys:${keys.join(' ')}`), 100);
          return;
        }
        if (event.key.length !== 1) return;
        last = event.timeStamp;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => keys.push((performance.now() - event.timeStamp).toFixed(1));
          port2.postMessage(0);
        });
      },
      { capture: true },
    );
    // The receipt's picture, when it has come and is painted; once after each last key.
    document.addEventListener(
      'load',
      (event) => {
        if (event.target.tagName !== 'IMG' || last === 0) return;
        const since = last;
        last = 0;
        requestAnimationFrame(() => pictures.push((performance.now() - since).toFixed(1)));
      },
      { capture: true },
    );
    element.focus();
  };
  let waiting = false;
  const look = () => {
    const step = steps[0];
    const element = step && !waiting && document.querySelector(step.wait);
    if (!element) return;
    waiting = true;
    // The second frame begins when the first one, with the element in it, is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        steps.shift();
        if (step.say) say(step.say);
        if (step.act) acts[step.act](element);
        waiting = false;
        look();
      }),
    );
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  look();
})();
