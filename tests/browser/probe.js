/* What a reader sees of each disclosure on a page, and what of it she does not: a function of what the page should
   say, which gives every label with its text as painted and the names of its faults. `seen.py` says what they mean. */
({label, sentences}) => {
  const LEAST = 4.5;  // WCAG 2.2, 1.4.3: text against its ground
  const RUNNING = 20;  // letters from which on a text is read and not a figure, a name or a button
  const once = make => {
    const made = new Map();
    return key => made.has(key) ? made.get(key) : made.set(key, make(key)).get(key);
  };
  const style = once(e => getComputedStyle(e));
  const plain = once(text => text.replace(/\s+/g, ' ').trim());
  const PICTURES = ['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'OBJECT'];
  const near = 1.5;

  /* Colours of any notation as the device paints them: red, green, blue, alpha. */
  const brush = Object.assign(document.createElement('canvas'), {width: 1, height: 1})
    .getContext('2d', {willReadFrequently: true});
  const rgba = once(colour => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  });
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
  const linear = c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const contrast = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  };

  /* Everything can be hit, so that what lets clicks through is found as well where it covers. */
  if (!window.probed) {
    window.probed = new CSSStyleSheet();
    window.probed.replaceSync('*, ::before, ::after { pointer-events: auto !important }');
    document.adoptedStyleSheets.push(window.probed);
  }
  const swatch = document.createElement('i');
  swatch.style.cssText = 'color: Canvas; display: none';  // without a box, nothing has to be laid out again
  document.documentElement.append(swatch);
  const canvas = rgba(style(swatch).color);
  swatch.remove();

  const opacity = once(e => e ? style(e).opacity * opacity(e.parentElement) : 1);
  const isText = n => n.nodeType === 3 && n.data.trim() !== '';
  const rectsOf = node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(rect => rect.width > 0 && rect.height > 0);
  };
  const textsOf = e => {
    const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) if (isText(walk.currentNode)) found.push(walk.currentNode);
    return found;
  };
  const holds = (rect, x, y) => x > rect.left && x < rect.right && y > rect.top && y < rect.bottom;

  const isGround = s => s.backgroundImage !== 'none' || rgba(s.backgroundColor)[3] > 0;
  const isOpaque = once(e => isGround(style(e)) || PICTURES.includes(e.tagName)
    || ['::before', '::after'].map(part => getComputedStyle(e, part)).some(s => s.content !== 'none' && isGround(s)));
  const paints = (e, x, y) => opacity(e) > .01 && (
    isOpaque(e) || [...e.childNodes].some(n => isText(n) && rectsOf(n).some(rect => holds(rect, x, y)))
  );

  /* The colour under a text, from the stack of what lies there; null where it is a picture. */
  const ground = stack => stack.reduceRight((under, e) => {
    const s = style(e), [r, g, b, a] = rgba(s.backgroundColor), alpha = a * opacity(e);
    if (s.backgroundImage !== 'none' || PICTURES.includes(e.tagName)) return null;
    if (under === null) return alpha > .99 ? [r, g, b] : null;
    return over([r, g, b, alpha], under);
  }, canvas);
  const forced = matchMedia('(forced-colors: active)').matches;
  const ink = s => forced && s.forcedColorAdjust !== 'none' ? s.color : s.webkitTextFillColor;

  /* How much a text is enlarged by transforms; `offsetHeight` is rounded. */
  const scaleOf = e => {
    const scale = e.offsetHeight ? e.getBoundingClientRect().height / e.offsetHeight : 1;
    return Math.abs(scale - 1) * e.offsetHeight > 1 ? scale : 1;
  };
  const sizeOf = once(node => parseFloat(style(node.parentElement).fontSize) * scaleOf(node.parentElement));
  const isDrawn = e => e.checkVisibility({visibilityProperty: true}) && opacity(e) > .01
    && !isVeiled(e);
  const isVeiled = once(e => Boolean(e)
    && (style(e).filter !== 'none' || style(e).maskImage !== 'none' || isVeiled(e.parentElement)));

  /* Points in the corners and the middle of every line of a text. */
  const points = node => rectsOf(node).flatMap(({left, right, top, bottom}) => [
    [left + near, top + (bottom - top) * .3], [right - near, top + (bottom - top) * .3],
    [(left + right) / 2, (top + bottom) / 2],
    [left + near, bottom - (bottom - top) * .3], [right - near, bottom - (bottom - top) * .3],
  ]);

  /* The faults of a text as painted where it stands now: each of a set of names. */
  const faultsOf = e => {
    const nodes = textsOf(e), box = e.getBoundingClientRect();
    if (!nodes.length || box.width < 1 || box.height < 1 || !nodes.every(n => isDrawn(n.parentElement))) {
      return new Set(['hidden']);
    }
    const found = new Set();
    for (const node of nodes) {
      const s = style(node.parentElement), [r, g, b, a] = rgba(ink(s)), spots = points(node);
      if (!spots.length) found.add('hidden');
      for (const [x, y] of spots) {
        const stack = document.elementsFromPoint(x, y), at = stack.findIndex(each => e.contains(each));
        if (at < 0) found.add('clipped');
        else if (stack.slice(0, at).some(each => paints(each, x, y))) found.add('covered');
        else {
          const under = ground(stack.slice(at));
          const text = under && over([r, g, b, a * opacity(node.parentElement)], under);
          if (!under || contrast(text, under) < LEAST) found.add('faint');
        }
      }
    }
    return found;
  };

  /* The largest running text of the card that a label stands in; titles and quotations in figures set the tone. */
  const cardOf = e => e.closest('li, article, tr, figure') ?? e.parentElement;
  const said = once(card => textsOf(card).filter(n => plain(n.data).length >= RUNNING
    && !n.parentElement.closest('h1, h2, h3, h4, h5, h6, nav, a, .badge, .vh') && n.parentElement.checkVisibility()));
  const isSmall = e => {
    const own = Math.min(...textsOf(e).map(sizeOf));
    return own < Math.max(0, ...said(cardOf(e)).map(sizeOf)) - .01;
  };

  /* What a label is for: the link or the code in one element with it; else the title of its card, if that leads on. */
  const forOf = badge => badge.closest('.shop, .promo')?.querySelector('a[href], code')
    ?? badge.closest('.post')?.querySelector('h1 a, h2 a, h3 a, h4 a');
  const isBefore = (e, other) => {
    const inOrder = e.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    const a = e.getBoundingClientRect(), b = other.getBoundingClientRect();
    const beside = style(e).direction === 'rtl' ? a.left >= b.right - near : a.right <= b.left + near;
    return Boolean(inOrder) && (a.bottom <= b.top + near || (a.top < b.bottom && beside));
  };

  /* To the middle of the window, as a reader would. What is there already stays: scrolling costs more than looking. */
  const isAtHand = ({left, right, top, bottom}) =>
    left >= 0 && right <= innerWidth && top >= innerHeight * .15 && bottom <= innerHeight * .85;
  const shown = e => {
    if (!isAtHand(e.getBoundingClientRect())) {
      e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
    }
    return faultsOf(e);
  };
  const badges = [...document.querySelectorAll('.badge')].map(e => {
    const faults = shown(e), other = forOf(e);
    if (!faults.has('hidden') && isSmall(e)) faults.add('small');
    if (other && !faults.has('hidden') && !isBefore(e, other)) faults.add('after');
    return {
      kind: [...e.classList].find(name => name.startsWith('badge--')).slice('badge--'.length),
      text: e.innerText,
      link: other?.closest('.shop') ? plain(other.innerText) : null,
      where: e.closest('[id]')?.id,
      faults: [...faults].sort(),
    };
  });

  /* What was received for a review: a sentence that begins with the label. */
  const texts = textsOf(document.body);
  const received = texts.filter(n => plain(n.data).replace(' :', ':').startsWith(label + ':')).map(n => {
    const e = n.parentElement;
    return {text: plain(e.innerText), faults: [...shown(e), ...(isSmall(e) ? ['small'] : [])].sort()};
  });

  /* The statement: the innermost element around the label and every sentence of it. */
  const around = (e, parts) => {
    const text = plain(e?.textContent ?? '');
    return !e || parts.every(part => text.includes(part)) ? e : around(e.parentElement, parts);
  };
  scrollTo(0, 0);
  const wanted = [label, ...sentences].map(plain);
  const whole = texts.filter(n => plain(n.data).includes(wanted[0]))
    .map(n => around(n.parentElement, wanted)).find(e => e && !e.contains(document.querySelector('h1')));
  const statement = () => {
    const faults = whole ? faultsOf(whole) : new Set(['hidden']);
    if (faults.has('hidden')) return {text: '', faults: ['hidden']};
    const box = whole.getBoundingClientRect(), links = [...document.querySelectorAll('.shop a, .promo code')];
    if (box.top < 0 || box.bottom > innerHeight) {
      faults.clear();  // what is below the window is not painted yet
      faults.add('below');
    }
    if (links.some(link => !isBefore(whole, link))) faults.add('after');
    if (Math.min(...textsOf(whole).map(sizeOf)) < parseFloat(style(document.body).fontSize) - .01) faults.add('small');
    return {text: plain(whole.innerText), faults: [...faults].sort()};
  };
  return {badges, received, statement: sentences.length ? statement() : null};
}
