// A creator's feeds and her JSON document. Both feeds hold the same entries, made once.
import { rendered, site } from "./corpus.js";
import { e, each } from "./parts.js";

const moment = (day) => `${day}T00:00:00Z`;
const bullets = (lines) => `<ul>${each(lines, (line) => `<li>${e(line)}</li>`)}</ul>`;
const notes = (title, lines) => (lines?.length ? `<p><strong>${title}</strong></p>${bullets(lines)}` : "");

const ofReview = (said) => ({
  url: `${site.url}${said.thing.page.path}#${said.anchor}`,
  title: said.feedTitle,
  day: said.day.iso,
  html: `<p>${e(said.disclosure)}</p><p>${said.stars.text} · ${said.got.text} · ${e(said.verification)}</p>${rendered(said)}${notes("For", said.pros)}${notes("Against", said.cons)}`,
});
const thing = (pick) => `<li>${pick.labels.length ? `<strong>${e(pick.labels.join(", "))}</strong> ` : ""}<a href="${site.url}${pick.thing.page.path}">${e(pick.thing.title)}</a>${pick.note ? `<br>${e(pick.note)}` : ""}</li>`;
const ofPost = (post) => ({
  url: site.url + post.page.path,
  title: post.feedTitle,
  day: post.day.iso,
  html: `${post.page.statement ? `<p><strong>${e(post.page.statement.label)}</strong> ${e(post.page.statement.text)}</p>` : ""}${rendered(post)}<ul>${each(post.picks, thing)}</ul>`,
});

const entries = (creator) =>
  (creator.entries ??= [...creator.posts.map(ofPost), ...creator.reviews.map(ofReview)].sort((a, b) => (a.day === b.day ? (a.url < b.url ? -1 : 1) : a.day < b.day ? 1 : -1)));

const entry = ({ url, title, day, html }) => `<entry><id>${e(url)}</id><title>${e(title)}</title><link rel="alternate" type="text/html" href="${e(url)}" /><published>${moment(day)}</published><updated>${moment(day)}</updated><content type="html">${e(html)}</content></entry>`;

export const atom = (creator) => {
  const home = site.url + creator.path;
  const all = entries(creator);
  return `<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><id>${home}</id><title>${e(creator.feedName)}</title><subtitle>${e(creator.tagline)}</subtitle><link rel="self" type="application/atom+xml" href="${home}feed.xml" /><link rel="alternate" type="text/html" href="${home}" /><updated>${moment(all[0].day)}</updated><author><name>${e(creator.name)}</name><uri>${home}</uri></author>${each(all, entry)}</feed>`;
};

export const jsonFeed = (creator) => {
  const home = site.url + creator.path;
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: creator.feedName,
    home_page_url: home,
    feed_url: `${home}feed.json`,
    description: creator.tagline,
    language: "en-GB",
    authors: [{ name: creator.name, url: home }],
    items: entries(creator).map(({ url, title, day, html }) => ({
      id: url, url, title, content_html: html, date_published: moment(day), date_modified: moment(day),
    })),
  });
};

const ref = (product) => ({ id: product.id, title: product.title, page: site.url + product.page.path });
const item = (pick) => ({
  title: pick.thing.title,
  relationships: pick.relationships,
  disclosure: pick.labels,
  brand: pick.thing.brand.text,
  product: ref(pick.thing),
  note: pick.note,
  shop: {
    merchant: pick.shop.merchant,
    disclosure: pick.labels,
    availability: pick.shop.available,
    price: pick.shop.amount ? { amount: pick.shop.amount, currency: pick.shop.currency, as_of: pick.shop.asOf } : undefined,
    network: pick.shop.network,
    rel: pick.shop.rel,
    url: pick.shop.url,
  },
});

export const document = (creator) => JSON.stringify({
  version: 1,
  language: "en-GB",
  disclosure: creator.disclosure,
  profile: {
    handle: creator.handle, name: creator.name, page: site.url + creator.path, ties: [], tagline: creator.tagline,
    html: rendered(creator), location: creator.location, interests: creator.interests,
  },
  lists: creator.lists.map((list) => ({
    id: list.id, title: list.title, page: site.url + list.page.path, items: list.picks.map(item), html: rendered(list),
  })),
  posts: creator.posts.map((post) => ({
    id: post.id, title: post.title, date: post.day.iso, page: site.url + post.page.path, items: post.picks.map(item), html: rendered(post),
  })),
  reviews: creator.reviews.map((said) => ({
    id: said.id, product: ref(said.thing), brand: said.thing.brand.text,
    page: `${site.url}${said.thing.page.path}#${said.anchor}`, date: said.day.iso, provenance: said.provenance,
    relationships: said.relationships, disclosure: said.disclosure, verification: said.verification, rating: said.rating,
    title: said.title, html: rendered(said), pros: said.pros, cons: said.cons,
  })),
});
