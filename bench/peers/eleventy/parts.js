// Parts that several pages show. Markup that comes back unchanged on other pages is kept with its record.
import { rendered, site } from "./corpus.js";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const SPECIAL = /[&<>"']/;
const EVERY = /[&<>"']/g;
export const e = (text) => (SPECIAL.test(text) ? text.replace(EVERY, (c) => ENTITIES[c]) : text);
export const each = (items, make) => {
  let out = "";
  for (let i = 0; i < items.length; i++) out += make(items[i], i);
  return out;
};
export const when = (value, make) => (value ? make(value) : "");

export const ld = (...nodes) => {
  const whole = nodes.length === 1 ? { "@context": "https://schema.org", ...nodes[0] } : { "@context": "https://schema.org", "@graph": nodes };
  return JSON.stringify(whole).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
};
export const crumbs = (page) => ({
  "@type": "BreadcrumbList",
  itemListElement: page.crumbs.map((step, i) => ({ "@type": "ListItem", position: i + 1, name: step.text, item: site.url + step.url })),
});
export const collection = (page, name, items) => {
  const once = [...new Map(items.map((item) => [item.url, item])).values()];
  return {
    "@type": "CollectionPage", name, url: site.url + page.path,
    mainEntity: {
      "@type": "ItemList", numberOfItems: once.length,
      itemListElement: once.map((item, i) => ({ "@type": "ListItem", position: i + 1, name: item.name, url: site.url + item.url })),
    },
  };
};

const here = (url, page) => (url === page.path ? ' aria-current="page"' : "");

// Of a page's kind is its stylesheet; scripts are the theme's, by name.
export const layout = (kind, page, data, main, { alternates = "", noindex = false, scripts = [] } = {}) => `<!doctype html>
<html lang="en-GB" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${e(page.title)}</title>
<meta name="description" content="${e(page.description)}">
${noindex ? '<meta name="robots" content="noindex">\n' : ""}<link rel="canonical" href="${site.url}${page.path}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f7f1e6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1a1511" media="(prefers-color-scheme: dark)">
<link rel="stylesheet" href="${site.stylesheets[kind]}">
<link rel="icon" type="image/svg+xml" href="${site.icon}">
${alternates}<meta property="og:type" content="${page.og}">
<meta property="og:site_name" content="${e(site.site)}">
<meta property="og:title" content="${e(page.title)}">
<meta property="og:description" content="${e(page.og_description)}">
<meta property="og:url" content="${site.url}${page.path}">
<meta name="twitter:card" content="summary">
<meta name="generator" content="${site.generator}">
${data ? `<script type="application/ld+json">${data}</script>\n` : ""}${each(scripts, (name) => `<script type="module" src="${site.scripts[name]}"></script>\n`)}</head>
<body>
<a class="skip" href="#main_">Skip to the content</a>
<header class="bar">
<p class="bar__title"><a href="/"${here("/", page)}>${e(site.site)}</a></p>
<p class="bar__search"><a href="/search/"${here("/search/", page)}>Search</a></p>
<nav aria-label="Main"><ul>${each(site.nav, (link) => `<li><a href="${link.url}"${here(link.url, page)}>${e(link.text)}</a></li>`)}</ul></nav>
</header>
${when(page.statement, (said) => `<aside class="statement" aria-label="Who is paid on this page"><p><b class="statement__label">${e(said.label)}</b> ${e(said.text)} <a href="/how-this-works/">How this works</a></p></aside>\n`)}${page.crumbs.length ? `<nav class="crumbs" aria-label="You are here"><ol>${each(page.crumbs, (link) => (link.url === page.path ? `<li><span aria-current="page">${e(link.text)}</span></li>` : `<li><a href="${link.url}">${e(link.text)}</a></li>`))}</ol></nav>\n` : ""}<main id="main_">
${main}
</main>
<footer class="foot">
<p class="foot__title"><a href="/">${e(site.site)}</a></p>
<p class="foot__how"><a href="/how-this-works/">How this works</a></p>
<p class="foot__made">Made with ${site.generator}</p>
</footer>
</body>
</html>
`;

export const rating = (stars) => (stars.markup ??= `<span class="rating"><span class="stars stars--h${stars.halves}" aria-hidden="true"></span> <span aria-hidden="true"><b>${stars.value}</b>${stars.count ? ` <span class="rating__count">(${stars.counted})</span>` : ""}</span><span class="vh">${stars.text}</span></span>`);
export const got = (badge) => `<span class="got got--${badge.kind}">${e(badge.text)}</span>`;
export const badges = (all) => each(all, (badge) => `<span class="badge badge--${badge.kind}">${e(badge.text)}</span> `);
export const face = (creator) => `<span class="face face--none" aria-hidden="true">${e(creator.first)}</span>`;
export const heading = (id, text, aside) => `<div class="part__head"><h2 id="${id}">${text}</h2>${aside ? `<p>${aside}</p>` : ""}</div>`;
export const figures = (all, kind) => `<dl class="${kind}">${each(all, (fact) => `<div><dt>${e(fact.label)}</dt><dd>${e(fact.value)}</dd></div>`)}</dl>`;
export const byline = (creator) => `<p class="byline">${face(creator)} <span>by <a href="${creator.path}">${e(creator.name)}</a></span></p>`;

export const price = (shop) => (shop.price ? `<p class="price"><b>${shop.price}</b>${when(shop.checked, (day) => ` <span class="price__checked">checked <time datetime="${day.iso}">${day.text}</time></span>`)}</p>` : "");
export const shopLink = (shop, title) => `<span class="shop">${shop.badges.length ? `<span class="badges">${badges(shop.badges)}</span>` : ""}<a class="buy" href="${e(shop.url)}" rel="${shop.rel}">${e(shop.text)}<span class="vh">: ${e(title)}</span></a></span>`;
// The price and the labelled link stand in the list's page, on the creator's and on the product's.
export const terms = (pick) => (pick.terms ??= `${price(pick.shop)}\n${shopLink(pick.shop, pick.thing.title)}\n`);

const beforeTitle = (pick) => {
  const { thing } = pick;
  return `<p class="card__brand"><a href="${thing.brand.url}">${e(thing.brand.text)}</a>${pick.got ? ` ${got(pick.got)}` : ""}</p>\n`;
};
const afterTitle = (pick) => `${pick.thing.aggregate ? `<p class="card__stars">${rating(pick.thing.aggregate.stars)}</p>\n` : ""}${pick.note ? `<p class="card__note">${e(pick.note)}</p>\n` : ""}<div class="card__buy">
${terms(pick)}${pick.more ? `<p class="card__more">${pick.more}</p>\n` : ""}</div>
</div>
</div>
</li>
`;
export const card = (pick, level, lead, number) => {
  const { thing } = pick;
  pick.before ??= beforeTitle(pick);
  pick.after ??= afterTitle(pick);
  return `<li class="cell${lead ? " cell--lead" : ""}" id="${pick.anchor}">
<div class="card">
<div class="card__media card__media--none"><span aria-hidden="true">${e(thing.first)}</span>${number ? `<span class="card__number">${number}</span>` : ""}</div>
<div class="card__text">
${pick.before}<h${level} class="card__title"><a href="${thing.page.path}">${e(thing.title)}</a></h${level}>
${pick.after}`;
};

export const shelfCard = (product, level) => `<li class="cell" id="${product.id}">
<div class="card">
<div class="card__media card__media--none"><span aria-hidden="true">${e(product.first)}</span></div>
<div class="card__text">
<p class="card__brand"><a href="${product.brand.url}">${e(product.brand.text)}</a></p>
${product.badges.length ? `<p class="badges">${badges(product.badges)}</p>\n` : ""}<h${level} class="card__title"><a href="${product.page.path}">${e(product.title)}</a></h${level}>
${product.aggregate ? `<p class="card__stars">${rating(product.aggregate.stars)}</p>\n` : ""}</div>
</div>
</li>
`;
export const shelf = (products, level) => `<ul class="cards">
${each(products, (product) => shelfCard(product, level))}</ul>`;

const side = (kind, title, lines, level) => (lines?.length ? `<div class="side side--${kind}"><h${level}>${title}</h${level}><ul>${each(lines, (line) => `<li>${e(line)}</li>`)}</ul></div>\n` : "");
export const sides = (good, forThem, bad, against, level) => (forThem?.length || against?.length ? `<div class="sides">
${side("for", good, forThem, level)}${side("against", bad, against, level)}</div>\n` : "");

const written = (said, level, namesProduct, filtered) => `<li class="reviews__item"${filtered ? ` data-in="stars-${said.stars.halves >> 1} got-${said.got.kind}" data-halves="${said.stars.halves}"` : ""}><article class="review" id="${said.anchor}" aria-labelledby="${said.anchor}_h">
<header class="review__head">
${face(said.creator)}
<div class="review__who">
${namesProduct ? `<p class="review__product"><a href="${said.thing.page.path}">${e(said.thing.title)}</a></p>\n` : ""}<p class="review__author">by <a href="${said.creator.path}">${e(said.creator.name)}</a></p>
<p class="review__meta"><time datetime="${said.day.iso}">${said.day.text}</time></p>
<p class="review__got">${got(said.got)} <span class="review__verified">${e(said.verification)}</span></p>
</div>
</header>
<div class="review__body">
<h${level} class="review__title" id="${said.anchor}_h">${e(said.title)}</h${level}>
<p class="review__stars">${rating(said.stars)}</p>
<p class="review__disclosure">${e(said.disclosure)}</p>
<div class="review__text">
<div class="prose">${rendered(said)}</div>
${sides("For", said.pros, "Against", said.cons, level + 1)}</div>
</div>
</article></li>
`;
// The newest of a creator stand on her page and on the brand's in the same words.
const review = (said, level, namesProduct, filtered) => (namesProduct && level === 3 ? (said.markup ??= written(said, 3, true)) : written(said, level, namesProduct, filtered));
export const reviews = (all, level, namesProduct, filtered = false) => `<ul class="reviews">
${each(all, (said) => review(said, level, namesProduct, filtered))}</ul>`;

// Filters over the reviews of a product: the stylesheet reads them, and all reviews are there without it.
const choice = (name, key, shown, label) => `<label><input type="radio" name="${name}" id="${name}-${key}"${shown} ${label}</label>\n`;
export const filtered = (all, filters) => (filters ? `<div class="filtered">
<div class="filters" hidden role="group" aria-label="Filter and sort the reviews on this page">
<fieldset class="filters__set"><legend>Order</legend>
${choice("order", "newest", " checked>", "Newest first")}${choice("order", "best", ">", "Best first")}${choice("order", "worst", ">", "Critical first")}</fieldset>
<fieldset class="filters__set"><legend>Show</legend>
${choice("in", "all", ` data-shown="${filters.shown}" checked>`, "All")}${each(filters.options ?? [], ({ key, shown, label, count }) => choice("in", key, ` data-shown="${shown}">`, `<span>${e(label)}</span> <span class="filters__count">(${count})</span>`))}</fieldset>
<details class="fold"><summary>Straight to a person’s review</summary>
<ul class="filters__people">${each(all, (said) => `<li><a href="#${said.anchor}">${e(said.creator.name)}</a></li>`)}</ul>
</details>
</div>
${reviews(all, 3, false, true)}
</div>` : reviews(all, 3, false));

export const bars = (rows) => `<ul class="bars">
${each(rows, (bar) => `<li><span class="bars__label">${bar.label}</span><svg class="bars__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bars__all" width="100" height="8"/><rect class="bars__part" width="${bar.percent}" height="8"/></svg><span class="bars__count">${bar.counted}</span></li>\n`)}</ul>`;
const sayings = (all, kind, label) => each(all ?? [], (saying) => `<li class="sayings__${kind}"><span><span class="vh">${label}: </span>${e(saying.text)}</span> <b>${saying.counted}</b></li>\n`);
// All ratings of a product or a brand.
export const aggregate = (all) => `<div class="sum">
<div class="sum__mean">
<p class="sum__figure"><b aria-hidden="true">${all.stars.value}</b> <span class="stars stars--h${all.stars.halves}" aria-hidden="true"></span></p>
<p class="sum__count">${all.stars.text}</p>
<ul class="sum__shares">${each(all.shares, (share) => `<li>${got(share.badge)} ${rating(share.stars)} <span class="sum__percent">${share.percent}</span></li>`)}</ul>
</div>
<div class="sum__bars">
<h3 class="label">Ratings by stars</h3>
${bars(all.bars)}
</div>
${all.pros || all.cons ? `<div class="sum__said">
<h3 class="label">Said more than once</h3>
<ul class="sayings">
${sayings(all.pros, "for", "For")}${sayings(all.cons, "against", "Against")}</ul>
</div>
` : ""}</div>
`;
export const share = '<div class="share" data-share="Share" data-address="Copy the address" data-copy="Copy" data-copied="Copied"></div>\n';

const things = (post) => (post.things ??= `<ol class="post__things">${each(post.picks, (pick) => `<li><a href="${pick.thing.page.path}">${e(pick.thing.title)}</a></li>`)}</ol>\n`);
export const teaser = (post, level, by) => `<li class="post"><article>
${post.page.badges.length ? `<p class="badges">${badges(post.page.badges)}</p>\n` : ""}<h${level} class="post__title"><a href="${post.path}">${e(post.title)}</a></h${level}>
<p class="post__meta">${by ? `<a href="${post.creator.path}">${e(post.creator.name)}</a> ` : ""}<time datetime="${post.date}">${post.page.day.text}</time></p>
${things(post)}</article></li>
`;
export const strip = (posts, by) => `<ul class="strip">
${each(posts, (post) => teaser(post, 3, by))}</ul>`;

export const about = (list) => `<div class="list__about">
<div class="prose list__intro">${rendered(list)}</div>
<p class="list__meta"><span>${list.page.count}</span></p>
</div>
`;
export const pagination = (pages) => (pages ? `<nav class="pages" aria-label="Pages">${when(pages.previous, (link) => `<a rel="prev" href="${link.url}">${link.text}</a>`)}<span>${pages.text}</span>${when(pages.next, (link) => `<a rel="next" href="${link.url}">${link.text}</a>`)}</nav>\n` : "");
