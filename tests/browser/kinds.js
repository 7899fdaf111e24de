// All that axe judges a thing by, but for its words: what it is and stands in, how it is styled and
// on what ground, what it says of itself, whether it says anything, what it refers to, whether it
// is seen, has to be scrolled or is small, and which heading comes before. Every other row of a
// table may be of another colour. Of the page: its title and language, and that it has its parts.
window.kinds = (() => {
  const REFERRING = ["aria-controls", "aria-describedby", "aria-labelledby", "for", "headers"];
  const TELLING = ["aria-hidden", "aria-level", "lang", "role", "scope", "tabindex", "type"];
  const ROWS = "tbody > tr, li";
  const PLACES = {
    header: "header, [role=banner]",
    main: "main, [role=main]",
    footer: "footer, [role=contentinfo]",
    first: "h1",
  };
  const LANDMARK = `header, nav, main, footer, aside, dialog, section[aria-label],
    section[aria-labelledby], form[aria-label], form[aria-labelledby], [role=region], [role=banner],
    [role=main], [role=contentinfo], [role=navigation], [role=complementary], [role=search], search,
    [role=dialog], [role=alertdialog], .skip-link`;
  const PRESSED = "a, button, input, select, summary, textarea, [tabindex]";
  const HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]";
  const CLEAR = "rgba(0, 0, 0, 0)";
  const there = () => {
    const ids = new Map(), before = new Map();
    for (const { id } of document.querySelectorAll("[id]")) ids.set(id, ids.get(id) + 1 || 1);
    let last = "";
    for (const one of document.querySelectorAll(HEADINGS)) {
      before.set(one, `after ${last}`);
      if (one.checkVisibility()) last = one.ariaLevel ?? one.localName;
    }
    return { ids, before, grounds: new Map() };
  };
  const ground = (one, grounds) => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      const own = `${backgroundColor} ${backgroundImage === "none" ? "" : "image"} ${opacity}`;
      const solid = /^rgb\(/.test(backgroundColor) && opacity === "1";
      const plain = backgroundColor === CLEAR && backgroundImage === "none" && opacity === "1";
      const below = solid ? "" : ground(one.parentElement, grounds);
      grounds.set(one, plain ? below : own + below);
    }
    return grounds.get(one);
  };
  const style = (one, grounds) => {
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) return "";
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(one);
    const inside = one.closest(LANDMARK) ? "" : "outside";
    const on = ground(one, grounds);
    return `${color} ${fontSize} ${fontWeight} ${textDecorationLine} ${on} ${inside}`;
  };
  const small = (one) => {
    if (!one.matches(PRESSED)) return "";
    const { width, height } = one.getBoundingClientRect();
    return width < 24 || height < 24 ? "small" : "";
  };
  const attribute = ({ name, value }, ids) => {
    if (TELLING.includes(name)) return `${name}=${value}`;
    const lost = REFERRING.includes(name) && value.split(/\s+/).some((id) => id && !ids.has(id));
    return lost ? `${name} to nothing` : value.trim() ? name : `${name} empty`;
  };
  const kind = (one, { ids, before, grounds }) => [
    one.parentElement?.localName,
    one.localName,
    ...[...one.classList].sort(),
    ...[...one.attributes].map((each) => attribute(each, ids)),
    ids.get(one.id) > 1 ? `two of ${one.id}` : "",
    one.textContent.trim() ? "says" : "",
    one.scrollWidth > one.clientWidth ? "scrolls" : "",
    one.checkVisibility({ visibilityProperty: true }) ? "" : "unseen",
    small(one),
    style(one, grounds),
    before.get(one) ?? "",
  ].join(" ");
  const within = (root, about) =>
    [root, ...root.querySelectorAll("*")].map((one) => kind(one, about));
  const whole = () => {
    const { documentElement: page, title } = document;
    const view = document.querySelector("meta[name=viewport]")?.content;
    const navs = [...document.querySelectorAll("nav")].map(
      (one) => one.ariaLabel ?? document.getElementById(
        one.getAttribute("aria-labelledby"))?.textContent ?? "");
    return [
      `${title.trim() ? "titled" : "untitled"} ${page.lang} ${view}`,
      `${navs.length - new Set(navs).size} of the same name`,
      ...Object.entries(PLACES).map(
        ([name, where]) => `${document.querySelectorAll(where).length} ${name}`),
    ];
  };
  const state = () => [...document.querySelectorAll("*")].flatMap((one, at) => [
    ...(one.matches(":checked, :disabled, :invalid, :modal, :popover-open") ? [at] : []),
    ...("value" in one ? [`${at} ${Boolean(one.value)}`] : []),
    ...(one === document.activeElement ? [`${at} on`] : []),
  ]);
  return {
    all: () => [...whole(), ...new Set(within(document.body, there()))],
    alike: () => {
      const about = there(), met = new Set(), found = [];
      for (const row of document.querySelectorAll(ROWS)) {
        if (row.parentElement.closest(ROWS)) continue;
        const even = [...row.parentElement.children].indexOf(row) % 2;
        const kinds = within(row, about).map((one) => `${even} ${one}`);
        if (kinds.every((one) => met.has(one))) found.push(row);
        kinds.forEach((one) => met.add(one));
      }
      return found;
    },
    // All that stands there and how, but for what is drawn by lot; "" where that is not known.
    same: () => {
      const all = [...document.querySelectorAll("*")];
      const deep = all.some((one) => one.shadowRoot || one.localName === "iframe");
      if (deep || document.getAnimations().length || document.adoptedStyleSheets.length) return "";
      const asked = ["prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors: none"];
      const source = document.documentElement.outerHTML
        .replace(/(nonce|name="csrfmiddlewaretoken" value)="[^"]*"/g, "");
      return [
        innerWidth, innerHeight, scrollX, scrollY,
        ...asked.map((one) => matchMedia(`(${one})`).matches),
        ...state(), source,
      ].join(" ");
    },
  };
})();
