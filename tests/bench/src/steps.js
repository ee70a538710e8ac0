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
