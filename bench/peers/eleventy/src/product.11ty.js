import { aggregate, crumbs, e, each, face, figures, filtered, got, heading, layout, ld, price, rating, share, shopLink, sides, strip, terms, when } from "../parts.js";
import { rendered, site } from "../corpus.js";

const bare = (html) => html.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();
const notes = (lines) => ({ "@type": "ItemList", itemListElement: lines.map((name, i) => ({ "@type": "ListItem", position: i + 1, name })) });

const reviewNode = (said, alone) => ({
  "@type": "Review",
  author: { "@type": "Person", name: said.creator.name, url: site.url + said.creator.path },
  datePublished: said.date,
  name: said.title,
  reviewRating: { "@type": "Rating", ratingValue: said.rating },
  reviewBody: `${said.disclosure} ${(said.bare ??= bare(rendered(said)))}`,
  positiveNotes: alone && said.pros ? notes(said.pros) : undefined,
  negativeNotes: alone && said.cons ? notes(said.cons) : undefined,
});

function offersNode(product) {
  const priced = product.shops.filter((shop) => shop.amount);
  const url = site.url + product.page.path;
  if (!priced.length) return undefined;
  if (priced.length === 1) {
    const [shop] = priced;
    return {
      "@type": "Offer", price: shop.amount, priceCurrency: shop.currency, availability: "https://schema.org/InStock", url,
      seller: { "@type": "Organization", name: shop.merchant },
    };
  }
  const amounts = priced.map((shop) => shop.amount).sort((a, b) => a - b);
  return { "@type": "AggregateOffer", lowPrice: amounts[0], highPrice: amounts.at(-1), priceCurrency: priced[0].currency, offerCount: priced.length, url };
}

function productNode(product) {
  const alone = product.reviews.length === 1;
  const given = product.reviews.map((said) => reviewNode(said, alone));
  return {
    "@type": "Product", name: product.title, brand: { "@type": "Brand", name: product.brand.text },
    description: bare(rendered(product)),
    review: alone ? given[0] : given.length ? given : undefined,
    aggregateRating: given.length > 1 ? { "@type": "AggregateRating", ratingValue: +product.aggregate.stars.value, ratingCount: product.aggregate.stars.count } : undefined,
    offers: offersNode(product),
  };
}

const disclosed = (said) => (said.disclosure ? `<p class="verdict__disclosure">${e(said.disclosure)}</p>\n` : "");
const verdict = (said) => `<figure class="verdict">
<blockquote><p>${e(said.text)}</p></blockquote>
${disclosed(said)}<figcaption><span class="face face--none" aria-hidden="true">${e(said.author.name[0])}</span> <span><a href="${said.url}">${e(said.author.name)}</a> ${got(said.got)} ${rating(said.stars)}</span></figcaption>
</figure>
`;
const critical = (said) => `<figure class="verdict verdict--critical">
<figcaption class="label">A critical voice</figcaption>
<blockquote><p>${e(said.text)}</p></blockquote>
${disclosed(said)}<p class="verdict__who"><a href="${said.url}">${e(said.author.name)}</a> ${got(said.got)} ${rating(said.stars)}</p>
</figure>
`;

const spark = (rows) => `<svg class="spark" viewBox="0 0 48 29" aria-hidden="true" focusable="false"><path class="bars__all" d="M0 0h48v5H0zM0 6h48v5H0zM0 12h48v5H0zM0 18h48v5H0zM0 24h48v5H0z"/>${each(rows, (bar) => (bar.count ? `<rect class="bars__part" y="${30 - bar.stars * 6}" width="${Math.floor((bar.percent * 12) / 25)}" height="5"/>` : ""))}</svg>`;

const mention = ({ creator, list, pick }) => `<li class="mention">
<h3 class="mention__who">${face(creator)} <span><a href="${creator.path}">${e(creator.name)}</a>${pick.got ? ` ${got(pick.got)}` : ""}</span></h3>
<p class="mention__list">in <a href="${list.path}">${e(list.title)}</a></p>
${pick.note ? `<p class="mention__note">${e(pick.note)}</p>\n` : ""}<div class="mention__buy">
${terms(pick)}</div>
</li>
`;

export default class {
  data() {
    return {
      pagination: { data: "products", size: 1, alias: "product", addAllPagesToCollections: false },
      permalink: ({ product }) => product.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ product }) {
    const category = product.category.at(-1);
    const said = product.reviews.length || product.shops.some((shop) => shop.amount) ? [productNode(product)] : [];
    return layout("product", product.page, ld(...said, crumbs(product.page)), `<div class="product product--plain">
<div class="product__text">
<p class="kicker"><span><a href="${product.brand.url}">${e(product.brand.text)}</a></span> <span><a href="${category.url}">${e(category.text)}</a></span></p>
<h1>${e(product.title)}</h1>
${when(product.aggregate, (all) => `<p class="product__stars"><a href="#reviews_">${rating(all.stars)} ${spark(all.bars)}</a></p>\n`)}${when(product.verdict, verdict)}${when(product.critical, critical)}<section class="offers" aria-labelledby="shops_">
<h2 id="shops_">Where to buy it</h2>
<ul>
${each(product.shops, (shop) => `<li class="offer">
<div class="offer__terms">
${price(shop)}
</div>
${shopLink(shop, product.title)}
</li>
`)}</ul>
<p class="offers__note">Prices move; the one at the shop’s checkout counts.</p>
</section>
${share}<div class="prose product__about">${rendered(product)}</div>
${sides("Good for", product.best_for, "Not for", product.not_for, 2)}<div class="details">
<h2>Details</h2>
${figures(Object.entries(product.specs).map(([label, value]) => ({ label, value })), "specs")}
</div>
</div>
</div>
${product.mentions.length ? `<section class="part" aria-labelledby="mentions_">
${heading("mentions_", "Who uses it")}
<ul class="mentions">
${each(product.mentions, mention)}</ul>
</section>
` : ""}<section class="part" aria-labelledby="reviews_">
${heading("reviews_", "Reviews", product.reviews.length ? product.reviews_shown : "")}
${when(product.aggregate, aggregate)}${product.reviews.length ? filtered(product.reviews, product.filters) : '<p class="empty">No reviews yet.</p>'}
</section>
${product.posts.length ? `<section class="part part--strip" aria-labelledby="posts_">
${heading("posts_", "Seen in pictures", "Everything with a number is named below its picture.")}
${strip(product.posts, true)}
</section>` : ""}`, { scripts: product.filters ? ["copy", "filters"] : ["copy"] });
  }
}
