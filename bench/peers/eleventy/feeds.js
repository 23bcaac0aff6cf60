// Feeds and JSON documents of creators and brands. A creator's feeds hold the same entries, made once.
import { rendered, site } from "./corpus.js";
import { e, each } from "./parts.js";

const moment = (day) => `${day}T00:00:00Z`;
const bullets = (lines) => `<ul>${each(lines, (line) => `<li>${e(line)}</li>`)}</ul>`;
const notes = (title, lines) => (lines?.length ? `<p><strong>${title}</strong></p>${bullets(lines)}` : "");

const ofReview = (said) => ({
  url: `${site.url}${said.thing.page.path}#${said.anchor}`,
  title: said.feed_title,
  day: said.date,
  by: said.creator,
  html: `<p>${e(said.disclosure)}</p><p>${said.stars.text} · ${said.got.text} · ${e(said.verification)}</p>${rendered(said)}${notes("For", said.pros)}${notes("Against", said.cons)}`,
});
const thing = (pick) => `<li>${pick.labels.length ? `<strong>${e(pick.labels.join(", "))}</strong> ` : ""}<a href="${site.url}${pick.thing.page.path}">${e(pick.thing.title)}</a>${pick.note ? `<br>${e(pick.note)}` : ""}</li>`;
const ofPost = (post) => ({
  url: site.url + post.path,
  title: post.page.feed_title,
  day: post.date,
  html: `${post.page.statement ? `<p><strong>${e(post.page.statement.label)}</strong> ${e(post.page.statement.text)}</p>` : ""}${rendered(post)}<ul>${each(post.picks, thing)}</ul>`,
});

const newest = (all) => all.sort((a, b) => (a.day === b.day ? (a.url < b.url ? -1 : 1) : a.day < b.day ? 1 : -1)).slice(0, 50);
const entries = (creator) => (creator.entries ??= newest([...creator.posts.map(ofPost), ...creator.reviews.map(ofReview)]));

const author = (name, url) => `<author><name>${e(name)}</name><uri>${url}</uri></author>`;
const entry = (signed) => ({ url, title, day, html, by }) => `<entry><id>${e(url)}</id><title>${e(title)}</title><link rel="alternate" type="text/html" href="${e(url)}" />${signed ? author(by.name, site.url + by.path) : ""}<published>${moment(day)}</published><updated>${moment(day)}</updated><content type="html">${e(html)}</content></entry>`;

const feed = (home, title, subtitle, byline, all, signed) => `<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><id>${home}</id><title>${e(title)}</title>${subtitle}<link rel="self" type="application/atom+xml" href="${home}feed.xml" /><link rel="alternate" type="text/html" href="${home}" /><updated>${moment(all[0].day)}</updated>${byline}${each(all, entry(signed))}</feed>`;


export const atom = (creator) => {
  const home = site.url + creator.path;
  return feed(home, creator.feed_name, `<subtitle>${e(creator.tagline)}</subtitle>`, author(creator.name, home), entries(creator), false);
};
export const brandAtom = (brand) =>
  feed(site.url + brand.page.path, brand.feed.text, "", author(site.site, `${site.url}/`), newest(brand.all.map(ofReview)), true);

export const jsonFeed = (creator) => {
  const home = site.url + creator.path;
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: creator.feed_name,
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
    price: pick.shop.amount ? { amount: pick.shop.amount, currency: pick.shop.currency, as_of: pick.shop.as_of } : undefined,
    network: pick.shop.network,
    rel: pick.shop.rel,
    url: pick.shop.url,
  },
});

const review = (said, creator) => ({
  id: said.id, creator, product: ref(said.thing), brand: said.thing.brand.text,
  page: `${site.url}${said.thing.page.path}#${said.anchor}`, date: said.date, provenance: said.provenance,
  relationships: said.relationships, disclosure: said.disclosure, verification: said.verification, rating: said.rating,
  title: said.title, html: `<p>${e(said.disclosure)}</p>\n${rendered(said)}`, pros: said.pros, cons: said.cons,
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
    id: list.id, title: list.title, page: site.url + list.path, items: list.picks.map(item), html: rendered(list),
  })),
  posts: creator.posts.map((post) => ({
    id: post.id, title: post.title, date: post.date, page: site.url + post.path,
    disclosure: post.page.badges.length ? post.page.badges.map((badge) => badge.text) : undefined,
    items: post.picks.map(item), html: rendered(post),
  })),
  reviews: creator.reviews.map((said) => review(said)),
});

export const brandDocument = (brand) => JSON.stringify({
  ...brand.document,
  products: brand.products.map(ref),
  reviews: brand.all.map((said) => review(said, { handle: said.creator.handle, name: said.creator.name, page: site.url + said.creator.path })),
});
